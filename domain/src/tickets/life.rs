//! The life of a ticket: which state may follow which, and what an answer does to it. One table for both sides.

use super::{Kind, Refusal};
use crate::{row::codes, service_level::Priority};

codes! {
    /// The clock runs while a ticket is new or open. Solved is not closed: a customer's answer opens it again.
    State {
        New = "new": "新建", "New";
        Open = "open": "处理中", "In progress";
        Waiting = "waiting": "待客户回复", "Waiting for customer";
        Solved = "solved": "已解决", "Solved";
        Closed = "closed": "已关闭", "Closed";
    }
}

/// A solved ticket that nobody answers is closed after so many days.
pub const CLOSES_AFTER_DAYS: i64 = 7;

/// The one table of legal transitions.
const MOVES: [(State, State); 9] = [
    (State::New, State::Open),
    (State::New, State::Waiting),
    (State::New, State::Solved),
    (State::Open, State::Waiting),
    (State::Open, State::Solved),
    (State::Waiting, State::Open),
    (State::Waiting, State::Solved),
    (State::Solved, State::Open),
    (State::Solved, State::Closed),
];

impl State {
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        MOVES.contains(&(self, next))
    }

    /// Whether it is our turn: the clock runs.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::New | Self::Open)
    }

    /// Whether something is still to be done, by us or by the customer.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::New | Self::Open | Self::Waiting)
    }
}

/// The state after a customer has written: what waited for them, or seemed solved, is ours again.
pub fn answered(state: State) -> Result<State, Refusal> {
    match state {
        State::New | State::Open => Ok(state),
        State::Waiting | State::Solved => Ok(State::Open),
        State::Closed => Err(Refusal::Closed),
    }
}

/// How urgent something of this kind is at first. From the second tier on a customer is served one step sooner (S126).
#[must_use]
pub const fn first_priority(kind: Kind, rank: i64) -> Priority {
    let ordinary = match kind {
        Kind::Complaint => Priority::High,
        Kind::Support | Kind::Return | Kind::Consultation => Priority::Normal,
        Kind::Suggestion => Priority::Low,
    };
    if rank >= 2 { ordinary.raised() } else { ordinary }
}
