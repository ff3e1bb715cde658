//! What the indexes of words find for a query, and how well it fits: asked of them once, when somebody wants to know.

use super::{
    grams::{Part, word},
    numbers::Numbers,
};
use crate::db::Trouble;
use domain::search::Fit;
use rusqlite::Connection;
use std::cell::OnceCell;

/// How well what is found may fit, best first.
pub(super) const FITS: [Fit; 5] = [Fit::Exact, Fit::Head, Fit::Sound, Fit::Inside, Fit::Elsewhere];

/// Whoever fits at all fits in one of these ways, what is quickest to be found first.
pub(super) const ANY: [Fit; 3] = [Fit::Inside, Fit::Elsewhere, Fit::Sound];

pub(super) const CUSTOMERS: &str = "SELECT rowid FROM customer_text WHERE customer_text MATCH ? LIMIT ?";
pub(super) const TICKETS: &str = "SELECT rowid FROM closed_ticket_text WHERE closed_ticket_text MATCH ? LIMIT ?";

/// One question to an index of words. It may find nearly everything, so the first of it are looked at first.
pub(super) struct Words<'a> {
    connection: &'a Connection,
    sql: &'static str,
    /// None, where nothing can be found.
    question: Option<String>,
    few: i64,
    first: OnceCell<Numbers>,
    all: OnceCell<Numbers>,
}

impl<'a> Words<'a> {
    pub fn new(connection: &'a Connection, sql: &'static str, question: Option<String>, few: u64) -> Self {
        Self { connection, sql, question, few: few.cast_signed(), first: OnceCell::new(), all: OnceCell::new() }
    }

    /// As many as are few, and one more.
    pub fn first(&self) -> Result<&Numbers, Trouble> {
        self.once(&self.first, self.few + 1)
    }

    pub fn are_few(&self) -> Result<bool, Trouble> {
        Ok(self.first()?.len() <= self.few.cast_unsigned())
    }

    pub fn all(&self) -> Result<&Numbers, Trouble> {
        if self.are_few()? { self.first() } else { self.once(&self.all, -1) }
    }

    fn once<'n>(&self, cell: &'n OnceCell<Numbers>, limit: i64) -> Result<&'n Numbers, Trouble> {
        if let Some(found) = cell.get() {
            return Ok(found);
        }
        let found = self.question.as_ref().map_or(Ok(Numbers::default()), |question| {
            let mut statement = self.connection.prepare_cached(self.sql)?;
            let numbers = statement.query_map((question, limit), |row| row.get(0))?;
            Ok::<_, Trouble>(numbers.collect::<Result<Vec<i64>, _>>()?.into())
        })?;
        Ok(cell.get_or_init(|| found))
    }
}

/// Customers whom a query finds.
pub(super) struct Matches<'a>([Words<'a>; FITS.len()]);

impl<'a> Matches<'a> {
    pub fn new(connection: &'a Connection, query: &str, few: u64) -> Self {
        Self(FITS.map(|fit| Words::new(connection, CUSTOMERS, question(fit, query), few)))
    }

    /// Whoever fits in this way, or in a better one besides.
    pub fn at_least(&self, fit: Fit) -> &Words<'a> {
        let [exact, head, sound, inside, elsewhere] = &self.0;
        match fit {
            Fit::Exact => exact,
            Fit::Head => head,
            Fit::Sound => sound,
            Fit::Inside => inside,
            Fit::Elsewhere => elsewhere,
        }
    }

    /// Whoever fits so and no better.
    pub fn best(&self, fit: Fit) -> Result<Numbers, Trouble> {
        let mut rest = self.at_least(fit).all()?.clone();
        for better in better(fit) {
            if !rest.is_empty() {
                rest = rest.without(self.at_least(*better).all()?);
            }
        }
        Ok(rest)
    }

    /// Whether whoever fits in this way, fits in no better one.
    pub fn is_alone(&self, fit: Fit) -> Result<bool, Trouble> {
        better(fit).iter().try_fold(true, |alone, better| Ok(alone && self.at_least(*better).first()?.is_empty()))
    }
}

/// What is looked at to know who fits better: whoever fits exactly has a head that fits, and that is inside.
const fn better(fit: Fit) -> &'static [Fit] {
    match fit {
        Fit::Exact => &[],
        Fit::Head => &[Fit::Exact],
        Fit::Sound => &[Fit::Head],
        Fit::Inside => &[Fit::Head, Fit::Sound],
        Fit::Elsewhere => &[Fit::Inside, Fit::Sound],
    }
}

/// What the index of words is asked; nothing, where nothing can fit so.
fn question(fit: Fit, query: &str) -> Option<String> {
    Some(match fit {
        Fit::Exact => format!("name : {}", Part::Name.whole(query)),
        Fit::Head => format!("name : {}", Part::Name.head(query)),
        Fit::Sound => format!("sound : {}", word(query)?),
        Fit::Inside => format!("name : {}", Part::Name.inside(query)),
        Fit::Elsewhere => format!("elsewhere : {}", Part::Elsewhere.inside(query)),
    })
}
