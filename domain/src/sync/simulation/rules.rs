//! The smallest vocabulary that can go wrong: items in scopes, marks that must neither be lost nor doubled, a guarded name.

use crate::{
    context::Actor,
    id::{CommandId, Id},
    row::{Missing, Rows, json_fields, rows},
    sync::{Replay, Rules, Scope, View, wire::Mutation},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// The name under which deeds travel.
pub const DEED: &str = "item.deed";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Homes(pub Vec<Scope>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(pub Vec<CommandId>);

json_fields!(Homes, Marks);

rows! {
    /// Something in a few scopes.
    Item in "item" {
        id: Id,
        homes: Homes,
        name: String,
        /// The commands that were carried out on it, each as often as it was.
        marks: Marks,
    }
}

impl Item {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(self.homes.0.clone())
    }

    pub fn marked_by(&self, command: CommandId) -> usize {
        self.marks.0.iter().filter(|mark| **mark == command).count()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Make {
        id: Id,
        homes: Vec<Scope>,
    },
    /// All of them in one change, or none.
    Mark {
        ids: Vec<Id>,
    },
    /// `from` is the name its author saw.
    Rename {
        id: Id,
        from: String,
        to: String,
    },
    Move {
        id: Id,
        homes: Vec<Scope>,
    },
    Erase {
        id: Id,
    },
}

/// Why a deed came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    Refused(&'static str),
    Unknown,
}

impl From<Missing> for Stopped {
    fn from(_: Missing) -> Self {
        Self::Unknown
    }
}

impl Deed {
    /// The items it is about.
    pub fn items(&self) -> Vec<Id> {
        match self {
            Self::Make { id, .. } | Self::Rename { id, .. } | Self::Move { id, .. } | Self::Erase { id } => vec![*id],
            Self::Mark { ids } => ids.clone(),
        }
    }

    pub fn read(mutation: &Mutation) -> Option<Self> {
        if mutation.name == DEED { serde_json::from_str(mutation.args.get()).ok() } else { None }
    }

    /// The rule, the same on both sides.
    pub fn carry_out<R: Rows>(&self, rows: &mut R, command: CommandId) -> Result<(), Stopped> {
        match self {
            Self::Make { id, homes } => {
                // As opening a customer: shown at once, though only the server knows every id.
                if matches!(rows.get::<Item>(*id), Ok(Some(_))) {
                    return Err(Stopped::Refused("taken"));
                }
                rows.put(&Item { id: *id, homes: Homes(homes.clone()), name: "new".into(), marks: Marks(vec![command]) })?;
            }
            Self::Mark { ids } => {
                let items = ids.iter().map(|id| known(rows, *id)).collect::<Result<Vec<_>, _>>()?;
                for mut item in items {
                    item.marks.0.push(command);
                    rows.put(&item)?;
                }
            }
            Self::Rename { id, from, to } => {
                let item = known(rows, *id)?;
                if item.name != *from {
                    return Err(Stopped::Refused("renamed"));
                }
                rows.put(&Item { name: to.clone(), ..item })?;
            }
            Self::Move { id, homes } => {
                let item = known(rows, *id)?;
                rows.put(&Item { homes: Homes(homes.clone()), ..item })?;
            }
            Self::Erase { id } => {
                known(rows, *id)?;
                rows.del::<Item>(*id)?;
            }
        }
        Ok(())
    }
}

fn known<R: Rows>(rows: &R, id: Id) -> Result<Item, Stopped> {
    rows.get::<Item>(id)?.ok_or(Stopped::Refused("not_found"))
}

/// The rules as a device runs them.
#[derive(Clone, Copy)]
pub struct ItemRules;

impl Rules for ItemRules {
    fn replay(&self, view: &mut View<'_>, mutation: &Mutation, _by: Actor, _at: Instant) -> Replay {
        let shown = Deed::read(mutation).is_some_and(|deed| deed.carry_out(view, mutation.cmd_id).is_ok());
        if shown { Replay::Shown } else { Replay::Waiting }
    }
}
