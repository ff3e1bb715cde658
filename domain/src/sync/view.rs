//! What a device sees: confirmed rows with the pending commands replayed over them.

use super::wire::Mutation;
use crate::{
    context::Actor,
    id::Id,
    row::{Cell, Missing, Row, Rows},
    time::Instant,
};
use std::{collections::BTreeMap, rc::Rc};

/// A row's name on a device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub entity: Rc<str>,
    pub id: Id,
}

impl Key {
    #[must_use]
    pub fn new(entity: &str, id: Id) -> Self {
        Self { entity: entity.into(), id }
    }
}

/// What replaying a command on this device came to. Only the server's verdict is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// Its effect is in the view.
    Shown,
    /// It cannot be judged here, or would be refused now; the server decides.
    Waiting,
}

/// The rules that a surface of the app knows. The sync core itself names no command and no row type.
pub trait Rules {
    /// Runs a pending command over the view. Where it cannot, it leaves the view untouched.
    fn replay(&self, view: &mut View<'_>, mutation: &Mutation, by: Actor, at: Instant) -> Replay;
}

/// Confirmed rows by key.
pub(super) type Base = BTreeMap<Key, super::kept::Held>;
/// What pending commands made of them; `None` is deleted.
pub(super) type Overlay = BTreeMap<Key, Option<Rc<str>>>;

/// Base and overlay while one command runs; its writes are kept or dropped as a whole.
pub struct View<'a> {
    base: &'a Base,
    overlay: &'a Overlay,
    written: Overlay,
}

impl<'a> View<'a> {
    pub(super) fn new(base: &'a Base, overlay: &'a Overlay) -> Self {
        Self { base, overlay, written: Overlay::new() }
    }

    pub(super) fn written(self) -> Overlay {
        self.written
    }

    fn json(&self, key: &Key) -> Option<Option<&str>> {
        let over = self.written.get(key).or_else(|| self.overlay.get(key));
        match over {
            Some(row) => Some(row.as_deref()),
            None => self.base.get(key).map(|held| Some(&*held.json)),
        }
    }
}

impl Rows for View<'_> {
    /// A row that is not here may exist elsewhere: absence is never certain on a device.
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        match self.json(&Key::new(T::ENTITY, id.into())) {
            Some(Some(json)) => serde_json::from_str(json).map(Some).map_err(|_| Missing),
            Some(None) => Ok(None),
            None => Err(Missing),
        }
    }

    /// A device never knows that it has all of them.
    fn by<T: Row>(&self, _column: &'static str, _value: &Cell) -> Result<Vec<T>, Missing> {
        Err(Missing)
    }

    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing> {
        let json = serde_json::to_string(row).map_err(|_| Missing)?;
        self.written.insert(Key::new(T::ENTITY, row.id()), Some(json.into()));
        Ok(())
    }

    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing> {
        self.written.insert(Key::new(T::ENTITY, id.into()), None);
        Ok(())
    }
}
