//! What the timeline consists of.

use crate::{
    context::Actor,
    customers::{self, scopes_of},
    id::{ContactId, CustomerId, EntryId, OrderId, PersonId, StepId, TicketId},
    money::{Currency, Money, Points},
    row::{Missing, Rows, codes, json_fields, rows},
    sync::Scope,
    text::{Line, Name, Prose},
    time::Instant,
};
use serde::{Deserialize, Serialize};

pub use customers::FieldChange;

codes! {
    /// How somebody was in touch (S092).
    Method {
        Call = "call": "电话", "Call";
        Visit = "visit": "拜访", "Visit";
        Wechat = "wechat": "微信", "WeChat";
        Email = "email": "邮件", "E-mail";
        Meeting = "meeting": "会议", "Meeting";
        Other = "other": "其他", "Other";
    }

    /// What it came to (S092).
    Outcome {
        Reached = "reached": "已沟通", "Reached";
        Agreed = "agreed": "达成一致", "Agreed";
        Considering = "considering": "考虑中", "Considering";
        Objection = "objection": "有异议", "Objection";
        NotReached = "not_reached": "未联系上", "Not reached";
    }

    StepState {
        Open = "open": "待办", "Open";
        Done = "done": "已完成", "Done";
        Dropped = "dropped": "已取消", "Dropped";
    }
}

/// A contact with a customer, as its author records it: method, time, result, person, details (S092).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    pub method: Method,
    pub outcome: Outcome,
    #[serde(default)]
    pub contact: Option<ContactId>,
    /// Somebody who is not in the archive.
    #[serde(default)]
    pub with: Option<Name>,
    pub details: Prose,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Opened,
    FollowedUp(FollowUp),
    Edited {
        changes: Vec<FieldChange>,
    },
    ContactAdded {
        name: Name,
    },
    ContactEdited {
        name: Name,
        changes: Vec<FieldChange>,
    },
    ContactRemoved {
        name: Name,
    },
    Archived,
    Restored,
    Transferred {
        from: Option<PersonId>,
        to: Option<PersonId>,
    },
    StepDone {
        text: Line,
    },
    TicketOpened {
        ticket: TicketId,
        subject: Line,
    },
    TicketSolved {
        ticket: TicketId,
        subject: Line,
    },
    TicketRated {
        ticket: TicketId,
        subject: Line,
        stars: u8,
    },
    Bought {
        order: OrderId,
        amount: Money,
        currency: Currency,
    },
    Refunded {
        order: OrderId,
        amount: Money,
        currency: Currency,
    },
    Redeemed {
        title: Line,
        points: Points,
    },
    /// How likely they are to recommend us.
    Answered {
        score: u8,
        #[serde(default)]
        comment: Option<Prose>,
    },
    /// Into another tier, as it was called then; out of all of them without a name.
    Ranked {
        rises: bool,
        #[serde(default)]
        zh: Option<Name>,
        #[serde(default)]
        en: Option<Name>,
    },
}

json_fields!(What);

rows! {
    /// One thing that happened with a customer.
    Entry in "timeline_entry" {
        id: EntryId,
        customer: CustomerId,
        /// When it happened, as its author says; when it was recorded is in the audit.
        happened_at: Instant,
        by: Actor,
        what: What,
        withdrawn: bool,
    }

    /// One thing somebody means to do for a customer, with a reminder.
    Step in "timeline_step" {
        id: StepId,
        customer: CustomerId,
        text: Line,
        due: Instant,
        who: PersonId,
        state: StepState,
        created_at: Instant,
        finished_at: Option<Instant>,
    }
}

impl Entry {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![match self.what {
            What::Bought { .. } | What::Refunded { .. } | What::Redeemed { .. } => Scope::Ledger(self.customer),
            _ => Scope::History(self.customer),
        }])
    }
}

impl Step {
    /// An open one is in the lists of those who see the customer; a closed one is history.
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let lists = if self.state == StepState::Open { scopes_of(rows, self.customer)? } else { Vec::new() };
        Ok(lists.into_iter().chain([Scope::History(self.customer)]).collect())
    }
}

impl Step {
    /// Whether its time has come and nobody has closed it.
    #[must_use]
    pub fn is_due(&self, at: Instant) -> bool {
        self.state == StepState::Open && self.due <= at
    }
}

/// A next step, as its author plans it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDraft {
    pub id: StepId,
    pub text: Line,
    pub due: Instant,
    pub who: PersonId,
}
