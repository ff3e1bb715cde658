//! What a ticket's clocks say: which promise is next, what is left of it, and whether it was kept.

use super::words;
use crate::{
    browser::format,
    ui::Light,
    words::{Lang, Text},
};
use domain::{
    calendar::WorkingTime,
    context::Terms,
    tickets::{State, Ticket},
    time::{Instant, Zone},
};

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    Response,
    Resolution,
}

/// How a promise stands, in minutes of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Left {
        minutes: i64,
        due: Instant,
    },
    Late {
        minutes: i64,
    },
    /// It is the customer's turn.
    Paused {
        minutes: i64,
    },
    Kept {
        minutes: i64,
    },
    Missed {
        minutes: i64,
        over: i64,
    },
    /// Nobody answered, and nobody owes it any more.
    Never,
}

/// The part of a queue in which a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Urgency {
    Late,
    Today,
    Later,
    Paused,
    Done,
}

impl Urgency {
    pub const ALL: [Self; 5] = [Self::Late, Self::Today, Self::Later, Self::Paused, Self::Done];

    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Late => words::OVERDUE,
            Self::Today => words::DUE_TODAY,
            Self::Later => words::DUE_LATER,
            Self::Paused => words::PAUSED_GROUP,
            Self::Done => words::DONE_GROUP,
        }
    }
}

#[must_use]
pub fn urgency(ticket: &Ticket, now: Instant, zone: &Zone) -> Urgency {
    match (ticket.state, ticket.next_due()) {
        (State::Waiting, _) => Urgency::Paused,
        (_, None) => Urgency::Done,
        (_, Some(due)) if due < now => Urgency::Late,
        (_, Some(due)) if zone.date_at(due) <= zone.date_at(now) => Urgency::Today,
        (_, Some(_)) => Urgency::Later,
    }
}

fn minutes(milliseconds: i64) -> i64 {
    milliseconds / 60_000
}

fn running(due: Instant, now: Instant, time: WorkingTime<'_>) -> Standing {
    if now > due {
        Standing::Late { minutes: minutes(time.between(due, now)) }
    } else {
        Standing::Left { minutes: minutes(time.between(now, due)), due }
    }
}

fn ended(due: Instant, at: Instant, took: i64, time: WorkingTime<'_>) -> Standing {
    if at > due {
        Standing::Missed { minutes: minutes(took), over: minutes(time.between(due, at)) }
    } else {
        Standing::Kept { minutes: minutes(took) }
    }
}

/// How the first answer stands. It is owed until it is given, whosever turn it is.
#[must_use]
pub fn response(ticket: &Ticket, now: Instant, terms: &Terms) -> Standing {
    let time = terms.working();
    match ticket.replied_at {
        Some(at) => ended(ticket.response_due, at, time.between(ticket.opened_at, at), time),
        None if ticket.state.is_pending() => running(ticket.response_due, now, time),
        None => Standing::Never,
    }
}

/// How the solution stands.
#[must_use]
pub fn resolution(ticket: &Ticket, now: Instant, terms: &Terms) -> Standing {
    let (time, due) = (terms.working(), ticket.resolution_due);
    match (ticket.solved_at, ticket.clock.stopped) {
        (Some(at), _) => ended(due, at, time.between(ticket.opened_at, at) - ticket.clock.held, time),
        (None, Some(since)) if since > due => Standing::Late { minutes: minutes(time.between(due, since)) },
        (None, Some(since)) => Standing::Paused { minutes: minutes(time.between(since, due)) },
        (None, None) => running(due, now, time),
    }
}

/// What is owed next and how it stands; nothing once it is solved.
#[must_use]
pub fn next(ticket: &Ticket, now: Instant, terms: &Terms) -> Option<(Promise, Standing)> {
    if !ticket.state.is_pending() {
        return None;
    }
    let answers = ticket.state.is_ours() && ticket.replied_at.is_none() && ticket.response_due <= ticket.resolution_due;
    Some(if answers { (Promise::Response, response(ticket, now, terms)) } else { (Promise::Resolution, resolution(ticket, now, terms)) })
}

/// The lamp of a running promise: amber in its last quarter.
#[must_use]
pub fn light(ticket: &Ticket, promise: Promise, standing: Standing) -> Option<Light> {
    let target = match promise {
        Promise::Response => ticket.clock.target.response,
        Promise::Resolution => ticket.clock.target.resolution,
    };
    match standing {
        Standing::Late { .. } => Some(Light::Red),
        Standing::Left { minutes, .. } if minutes * 4 <= target => Some(Light::Amber),
        Standing::Left { .. } => Some(Light::Green),
        Standing::Paused { .. } | Standing::Kept { .. } | Standing::Missed { .. } | Standing::Never => None,
    }
}

/// A length of working time, a minute at least. Its days are not of 24 hours, so it is told in hours.
#[must_use]
pub fn span(lang: Lang, minutes: i64) -> String {
    match lang {
        _ if (60..1_440).contains(&minutes) => format::duration(lang, minutes),
        Lang::Zh if minutes < 60 => format!("{} 分钟", minutes.max(1)),
        Lang::En if minutes < 60 => format!("{} min", minutes.max(1)),
        Lang::Zh => format!("{} 小时", minutes / 60),
        Lang::En => format!("{}h", minutes / 60),
    }
}

/// A promise in a sentence.
#[must_use]
pub fn sentence(lang: Lang, promise: Promise, standing: Standing) -> String {
    let say = |minutes| span(lang, minutes);
    let answer = promise == Promise::Response;
    match (standing, lang) {
        (Standing::Left { minutes, .. }, Lang::Zh) => format!("还剩 {}工作时间", say(minutes)),
        (Standing::Left { minutes, .. }, Lang::En) => format!("{} of working time left", say(minutes)),
        (Standing::Late { minutes: 0 }, _) => words::LATE_NOW.in_lang(lang).to_owned(),
        (Standing::Late { minutes }, Lang::Zh) => format!("已超时 {}", say(minutes)),
        (Standing::Late { minutes }, Lang::En) => format!("Overdue by {}", say(minutes)),
        (Standing::Paused { minutes }, Lang::Zh) => format!("已暂停，等待客户，还剩 {}", say(minutes)),
        (Standing::Paused { minutes }, Lang::En) => format!("Paused, waiting for the customer, {} left", say(minutes)),
        (Standing::Kept { minutes }, Lang::Zh) => format!("已在 {}内{}", say(minutes), if answer { "回复" } else { "解决" }),
        (Standing::Kept { minutes }, Lang::En) => format!("{} within {}", if answer { "Answered" } else { "Solved" }, say(minutes)),
        (Standing::Missed { minutes, over }, Lang::Zh) => {
            format!("{}后{}，超时 {}", say(minutes), if answer { "回复" } else { "解决" }, say(over))
        }
        (Standing::Missed { minutes, over }, Lang::En) => {
            format!("{} after {}, {} late", if answer { "Answered" } else { "Solved" }, say(minutes), say(over))
        }
        (Standing::Never, Lang::Zh) => "没有回复过".to_owned(),
        (Standing::Never, Lang::En) => "Never answered".to_owned(),
    }
}

/// Which clock a row of the queue shows, in two characters.
#[must_use]
pub fn short_name(promise: Promise, standing: Standing) -> Text {
    match (standing, promise) {
        (Standing::Late { .. }, _) => words::LATE,
        (Standing::Paused { .. }, _) => words::PAUSED,
        (_, Promise::Response) => words::RESPONSE_SHORT,
        (_, Promise::Resolution) => words::RESOLUTION_SHORT,
    }
}

/// What is left, as a row of the queue shows it: time today, the moment on another day.
#[must_use]
pub fn left(lang: Lang, standing: Standing, zone: &Zone, now: Instant) -> String {
    match standing {
        Standing::Left { minutes, due } => {
            let (date, today) = (zone.date_at(due), zone.date_at(now));
            if date == today { span(lang, minutes) } else { format::moment(lang, date, zone.minute_at(due), today) }
        }
        Standing::Late { minutes: 0 } => String::new(),
        Standing::Late { minutes } => span(lang, minutes),
        Standing::Paused { minutes } => words::left_when_paused(lang, &span(lang, minutes)),
        Standing::Kept { .. } | Standing::Missed { .. } | Standing::Never => String::new(),
    }
}
