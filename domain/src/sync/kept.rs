//! What a device keeps: confirmed rows, pending commands, and how far it has come.

use super::{
    Scope, Scopes,
    view::Key,
    wire::{Cursor, Mutation},
};
use crate::{
    id::{ClientId, CommandId, CustomerId},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, rc::Rc};

/// A confirmed row and the scopes through which it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub json: Rc<str>,
    pub scopes: Scopes,
}

/// A command that the server has not confirmed, or has refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    /// `mid` is 0 until the command has been saved on the device.
    pub mutation: Mutation,
    /// Why the server refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<serde_json::Value>,
}

/// What a device keeps besides rows and commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub client_id: ClientId,
    pub epoch: Option<String>,
    pub cursors: BTreeMap<Scope, Cursor>,
    pub confirmed_mid: u64,
    /// Customers whose history is wanted here, the one opened last at the end.
    #[serde(default)]
    pub pins: Vec<CustomerId>,
    /// When a pull was last answered; `None` before the first, and where an earlier version did not note it.
    #[serde(default)]
    pub heard_at: Option<Instant>,
    /// How many customers its user sees, where they are too many to be carried.
    #[serde(default)]
    pub archive: Option<u64>,
}

/// A device that has been without its server for longer shows nothing until it has been in touch: somebody whose access has
/// ended reads no longer than this.
pub const MAX_OFFLINE_DAYS: i64 = 14;

impl Saved {
    /// Of a device that has never spoken with the server.
    #[must_use]
    pub const fn fresh(client_id: ClientId) -> Self {
        Self { client_id, epoch: None, cursors: BTreeMap::new(), confirmed_mid: 0, pins: Vec::new(), heard_at: None, archive: None }
    }

    /// Whether the history of this customer is here, as far as its user may see it.
    #[must_use]
    pub fn is_whole(&self, customer: CustomerId) -> bool {
        let scopes = Scope::pinned(customer);
        let mut begun = scopes.iter().filter_map(|scope| self.cursors.get(scope)).peekable();
        begun.peek().is_some() && begun.all(|Cursor(cursor, since)| cursor >= since)
    }

    /// Whether this device has been without its server for too long to show what it has.
    #[must_use]
    pub fn is_stale(&self, now: Instant) -> bool {
        self.heard_at.is_some_and(|at| now.seconds_since(at) > MAX_OFFLINE_DAYS * 86_400)
    }

    /// Wants a customer's history, one of so many at `most`. True if it was not wanted before.
    pub(super) fn pin(&mut self, customer: CustomerId, wish: Wish, most: usize) -> bool {
        let pins = &mut self.pins;
        let known = pins.contains(&customer);
        match wish {
            Wish::Opened => {
                pins.retain(|pinned| *pinned != customer);
                pins.push(customer);
                pins.drain(..pins.len().saturating_sub(most));
            }
            Wish::Near if !known && pins.len() < most => pins.insert(0, customer),
            Wish::Near => return false,
        }
        !known
    }
}

/// Why a device wants the history of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Its user looks at it.
    Opened,
    /// They may want to, where there is no line.
    Near,
}

/// One completed pull, or a page of a first one: to be kept in one transaction, and told to the other tabs.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Everything held before is to be forgotten first.
    pub clear: bool,
    /// `None`: the row is no longer here.
    pub rows: Vec<(Key, Option<Held>)>,
    pub saved: Saved,
    /// Commands that are no longer pending.
    pub settled: Vec<CommandId>,
    /// Those of them that were refused: shown until their author has dealt with them.
    pub refused: Vec<Pending>,
}
