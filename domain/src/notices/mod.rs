//! Notices: one row per person and cause, so that nobody misses what they must know and nobody is told twice.
//!
//! Invariant: a notice is its reader's alone.

#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

use crate::{
    access,
    change::Stop,
    context::{Actor, Context},
    id::{CustomerId, Id, NoticeId, PersonId, TicketId},
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
        TicketOpened = "ticket_opened": "新工单，还没有人处理", "New ticket, nobody on it yet";
        TicketAssigned = "ticket_assigned": "分配给你的工单", "Ticket assigned to you";
        TicketAnswered = "ticket_answered": "客户回复了工单", "The customer wrote";
        TicketRated = "ticket_rated": "客户评价了工单", "The customer rated a ticket";
        ResponseDue = "response_due": "首次响应将超时", "First response falls due";
        ResolutionDue = "resolution_due": "解决时限将到", "Resolution falls due";
        Unhappy = "unhappy": "客户不满意，请回访", "An unhappy customer to call back";
        Mentioned = "mentioned": "在内部备注中提到你", "You were mentioned in a note";
        HandedOver = "handed_over": "同事的客户、工单和计划交给了你", "A colleague's work is now yours";
    }
}

rows! {
    /// Something a person should know: one row per person, cause and thing. What happens again comes up again.
    Notice in "notice" {
        id: NoticeId,
        person: PersonId,
        cause: Cause,
        customer: Option<CustomerId>,
        ticket: Option<TicketId>,
        text: Option<Line>,
        by: Actor,
        /// From when on it is shown: reminders wait for working time.
        at: Instant,
        read_at: Option<Instant>,
        /// How often it has happened since it was read.
        times: i64,
    }
}

impl Notice {
    /// A notice of the system's about one thing.
    #[must_use]
    pub fn of(person: PersonId, cause: Cause, thing: Id, at: Instant) -> Self {
        let mark = Cause::ALL.iter().position(|it| *it == cause).unwrap_or_default();
        let id = Id::from(person).together(thing, u32::try_from(mark).unwrap_or_default()).into();
        Self { id, person, cause, customer: None, ticket: None, text: None, by: Actor::System, at, read_at: None, times: 1 }
    }

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
    /// A job's alone: something falls due.
    Remind {
        person: PersonId,
        cause: Cause,
        thing: Id,
        #[serde(default)]
        customer: Option<CustomerId>,
        #[serde(default)]
        ticket: Option<TicketId>,
        #[serde(default)]
        text: Option<Line>,
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
        Command::Remind { person, cause, thing, customer, ticket, text } => {
            if context.by != Actor::System {
                return Err(access::Refusal::NotFound.into());
            }
            let at = context.terms()?.working().next(context.at);
            let notice = Notice { customer: *customer, ticket: *ticket, text: text.clone(), ..Notice::of(*person, *cause, *thing, at) };
            Ok(vec![Event::Told { notice }])
        }
    }
}

impl Event {
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Told { notice } => {
                let before = rows.get::<Notice>(notice.id)?.filter(|before| before.read_at.is_none());
                rows.put(&Notice { times: before.map_or(1, |before| before.times + 1), ..notice.clone() })
            }
            Self::WasRead { id, at } => rows.change::<Notice>(*id, |notice| notice.read_at = Some(*at)),
            Self::MadeUnread { id } => rows.change::<Notice>(*id, |notice| notice.read_at = None),
        }
    }
}
