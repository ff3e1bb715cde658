//! What a device keeps: confirmed rows, pending commands, and how far it has come.

use super::{
    Scope, Scopes,
    view::Key,
    wire::{Cursor, Mutation},
};
use crate::id::{ClientId, CommandId};
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
}

/// One completed pull: to be kept in one transaction, and told to the other tabs.
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
