//! How a ticket stands, in a sentence for its customer: what we promised, whose turn it is, how it ended.

use super::words;
use crate::{book::Book, ui::Icon, words::Lang};
use domain::{
    tickets::{State, portal::Ticket},
    time::Instant,
};

/// What a sentence about a ticket is about: decides its sign and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Only on this device so far.
    Unsent,
    Ours,
    /// Ours, and later than we promised.
    Late,
    Theirs,
    Done,
}

impl Turn {
    /// Later than promised is for this device's clock to say.
    #[must_use]
    pub fn of(ticket: &Ticket, unsent: bool, now: Instant) -> Self {
        match ticket.state {
            State::New if unsent && ticket.no.is_none() => Self::Unsent,
            State::New | State::Open if ticket.answer_due.is_some_and(|due| due < now) => Self::Late,
            State::New | State::Open => Self::Ours,
            State::Waiting => Self::Theirs,
            State::Solved | State::Closed => Self::Done,
        }
    }

    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Unsent => Icon::Cloud,
            Self::Ours | Self::Late => Icon::Clock,
            Self::Theirs => Icon::Reply,
            Self::Done => Icon::Check,
        }
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsent => "unsent",
            Self::Ours => "ours",
            Self::Late => "late",
            Self::Theirs => "theirs",
            Self::Done => "done",
        }
    }
}

/// The sentence. Tracked; renewed with the clock.
#[must_use]
pub fn sentence(book: Book, lang: Lang, ticket: &Ticket, turn: Turn) -> String {
    let carer = ticket.carer.as_ref().map(ToString::to_string);
    match (turn, ticket.answer_due) {
        (Turn::Unsent, _) => words::WAITS_FOR_LINE.in_lang(lang).to_owned(),
        (Turn::Ours, Some(due)) => words::we_answer_by(lang, &book.moment(lang, due)),
        (Turn::Late, Some(due)) => words::we_are_late(lang, &book.moment(lang, due)),
        (Turn::Ours | Turn::Late, None) => match carer {
            Some(name) => words::cares(lang, &name),
            None => if ticket.state == State::New { words::RECEIVED } else { words::IN_PROGRESS }.in_lang(lang).to_owned(),
        },
        (Turn::Theirs, _) => carer.map_or_else(|| words::YOUR_TURN.in_lang(lang).to_owned(), |name| words::waits_for_you(lang, &name)),
        (Turn::Done, _) => if ticket.state == State::Solved { words::SOLVED } else { words::CLOSED }.in_lang(lang).to_owned(),
    }
}
