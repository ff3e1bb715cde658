//! What a surface brings to its book: its commands, its refusals, its rules. The book itself names none of them.

use super::Book;
use domain::{
    context::{Actor, Context},
    id::{CommandId, Id},
    session::Me,
    sync::{Replay, Rules, View, wire::Mutation},
    time::{Date, Instant, Zone},
};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::{any::Any, cell::OnceCell, future::Future, marker::PhantomData, pin::Pin, rc::Rc};

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
fn context<V: Vocabulary>(view: &View<'_>, command: CommandId, by: Actor, at: Instant) -> Context {
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

/// What a vocabulary judges by, whichever it is.
trait Judge: Rules {
    /// Why this command would be refused, if it would be.
    fn refusal(&self, command: &dyn Any, view: View<'_>, me: &Me, at: Instant) -> Option<Box<dyn Any>>;
}

impl<V: Vocabulary> Judge for Spoken<V> {
    fn refusal(&self, command: &dyn Any, view: View<'_>, me: &Me, at: Instant) -> Option<Box<dyn Any>> {
        let context = context::<V>(&view, CommandId(Id::ONLY), me.actor, at);
        let why = command.downcast_ref::<V>()?.refusal(view, me, &context)?;
        Some(Box::new(why))
    }
}

/// The rules, once they have come. Until then pending commands wait for them, and only the server judges.
#[derive(Clone, Default)]
pub(super) struct Learned(Rc<OnceCell<Box<dyn Judge>>>);

impl Learned {
    pub fn is_there(&self) -> bool {
        self.0.get().is_some()
    }

    /// True if they were not there before.
    pub fn learn<V: Vocabulary>(&self) -> bool {
        self.0.set(Box::new(Spoken::<V>(PhantomData))).is_ok()
    }

    pub fn refusal<V: Vocabulary>(&self, command: &V, view: View<'_>, me: &Me, at: Instant) -> Option<V::Refusal> {
        self.0.get()?.refusal(command, view, me, at)?.downcast().ok().map(|why| *why)
    }
}

impl Rules for Learned {
    fn replay(&self, view: &mut View<'_>, mutation: &Mutation, by: Actor, at: Instant) -> Replay {
        self.0.get().map_or(Replay::Waiting, |rules| rules.replay(view, mutation, by, at))
    }
}

/// Brings a vocabulary's rules, which may be in another bundle, and has the book learn them.
pub type FetchRules = fn(Book) -> Pin<Box<dyn Future<Output = ()>>>;

/// What the book keeps of the vocabulary it was opened with.
#[derive(Clone)]
pub(super) struct Tongue {
    pub rules: Learned,
    pub fetch: FetchRules,
    pub zone: fn(&Book) -> Option<Zone>,
}
