//! Notices: one row per person and cause, so that nobody misses what they must know and nobody is told twice.
//!
//! Invariant: a notice is its reader's alone.

#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

use crate::{
    change::Stop,
    context::{Actor, Context},
    id::{CustomerId, NoticeId, PersonId},
    row::{Missing, Rows, codes, rows},
    sync::Scope,
    text::Line,
    time::Instant,
};
use serde::{Deserialize, Serialize};

codes! {
    /// Why somebody is told.
    Cause {
        Assigned = "assigned": "分配给你的客户", "Assigned to you";
        StepDue = "step_due": "下一步到期", "Next step due";
    }
}

rows! {
    /// Something a person should know.
    Notice in "notice" {
        id: NoticeId,
        person: PersonId,
        cause: Cause,
        customer: Option<CustomerId>,
        text: Option<Line>,
        by: Actor,
        /// From when on it is shown: reminders wait for working time.
        at: Instant,
        read_at: Option<Instant>,
    }
}

impl Notice {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::User(self.person.into())])
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// At most 100 at once.
    Read {
        ids: Vec<NoticeId>,
    },
    Unread {
        id: NoticeId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Told { notice: Notice },
    WasRead { id: NoticeId, at: Instant },
    MadeUnread { id: NoticeId },
}

/// How many notices one command marks.
pub const AT_ONCE: usize = 100;

/// What `command` would do. Marking what is gone or marked does nothing: it is not worth a refusal.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    let mine = |id: NoticeId| Ok::<_, Stop>(rows.get::<Notice>(id)?.filter(|notice| Some(notice.person) == context.by.person()));
    match command {
        Command::Read { ids } => {
            let mut events = Vec::new();
            for id in ids.iter().take(AT_ONCE) {
                if mine(*id)?.is_some_and(|notice| notice.read_at.is_none()) {
                    events.push(Event::WasRead { id: *id, at: context.at });
                }
            }
            Ok(events)
        }
        Command::Unread { id } => {
            let read = mine(*id)?.is_some_and(|notice| notice.read_at.is_some());
            Ok(if read { vec![Event::MadeUnread { id: *id }] } else { Vec::new() })
        }
    }
}

impl Event {
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Told { notice } => rows.put(notice),
            Self::WasRead { id, at } => rows.change::<Notice>(*id, |notice| notice.read_at = Some(*at)),
            Self::MadeUnread { id } => rows.change::<Notice>(*id, |notice| notice.read_at = None),
        }
    }
}
