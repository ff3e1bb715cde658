//! What a surface brings to its book: its commands, its refusals, its rules. The book itself names none of them.

use super::Book;
use domain::{
    context::{Actor, Context},
    id::CommandId,
    session::Me,
    sync::{Replay, Rules, View, wire::Mutation},
    time::{Date, Instant, Zone},
};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::marker::PhantomData;

/// A vocabulary, named by its commands: what staff may do, what customers may do.
pub trait Vocabulary: Clone + PartialEq + Send + Sync + 'static {
    /// Why a command is not carried out.
    type Refusal: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static;
    /// The version of the commands' shape; sent with each of them.
    const VERSION: u32;
    /// What is said of something that is no command, or no refusal this build knows.
    const MALFORMED: Self::Refusal;

    /// Its name and its arguments, as they travel.
    fn written(&self) -> Option<(String, Box<RawValue>)>;

    /// Reads a command that travelled; nothing if this build does not know it.
    fn read(name: &str, version: u32, args: &RawValue) -> Option<Self>;

    /// Shows it over what this device knows.
    fn replay(&self, view: &mut View<'_>, context: &Context) -> Replay;

    /// Why it would be refused here and now. What cannot be judged here is not refused.
    fn refusal(&self, view: View<'_>, me: &Me, context: &Context) -> Option<Self::Refusal>;

    /// What the company has laid down, as far as this device knows it.
    fn under(view: &View<'_>, context: Context) -> Context;

    /// Company time, once it is known here. Tracked.
    fn zone(book: &Book) -> Option<Zone>;
}

/// The circumstances of a command on this device: in UTC until the company is known.
pub(super) fn context<V: Vocabulary>(view: &View<'_>, command: CommandId, by: Actor, at: Instant) -> Context {
    V::under(view, Context::new(at, Date::from_days(at.0.div_euclid(86_400_000)), by, command))
}

/// The rules of a vocabulary, as sync asks for them.
struct Spoken<V>(PhantomData<V>);

impl<V: Vocabulary> Rules for Spoken<V> {
    fn replay(&self, view: &mut View<'_>, mutation: &Mutation, by: Actor, at: Instant) -> Replay {
        let Some(command) = V::read(&mutation.name, mutation.v, &mutation.args) else { return Replay::Waiting };
        let context = context::<V>(view, mutation.cmd_id, by, at);
        command.replay(view, &context)
    }
}

/// What the book keeps of the vocabulary it was opened with.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    pub rules: fn() -> Box<dyn Rules>,
    pub zone: fn(&Book) -> Option<Zone>,
}

impl Tongue {
    pub fn of<V: Vocabulary>() -> Self {
        Self { rules: || Box::new(Spoken::<V>(PhantomData)), zone: V::zone }
    }
}
