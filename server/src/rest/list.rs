//! Pages of customers, by number, and what is looked for among them.
//!
//! The order is that of an index, so a page without a question reads what it shows. A question is asked of each
//! customer in that order by the same rule as on devices, and of so many at most.

use super::{customers::Search, posted::bad, words::Refusal};
use crate::{db::Trouble, error::Failed};
use domain::{
    id::Id,
    search::{Findable, folded},
    text::CustomerNo,
};
use rusqlite::Connection;

const PAGE: usize = 50;
const MOST: usize = 200;
/// Among so many customers is looked for, and no further: a bound on what one request costs.
const LOOKED_AT: u32 = 200_000;
/// The longest question that means anything.
const QUESTION: usize = 120;

/// A page as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    limit: usize,
    /// The last number of the page before; empty before the first.
    after: String,
    /// Folded; empty if nothing is asked.
    question: String,
}

/// A page as it was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub ids: Vec<Id>,
    pub next: Option<String>,
    pub total: u64,
}

impl Listing {
    pub fn read(search: &Search) -> Result<Self, Failed> {
        let limit = match search.limit.as_deref() {
            None | Some("") => PAGE,
            Some(text) => {
                let limit = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
                limit.ok_or_else(|| bad("limit", &Refusal::BadLimit))?
            }
        };
        let after = match search.cursor.as_deref() {
            None | Some("") => String::new(),
            Some(cursor) => opened(cursor).ok_or_else(|| bad("cursor", &Refusal::BadCursor))?,
        };
        let question = folded(search.q.as_deref().unwrap_or_default()).chars().take(QUESTION).collect();
        Ok(Self { limit, after, question })
    }
}

/// A cursor is the last number of its page, written so that nobody takes it for one.
fn closed(no: &str) -> String {
    no.bytes().fold(String::new(), |cursor, byte| cursor + &format!("{byte:02x}"))
}

fn opened(cursor: &str) -> Option<String> {
    let digits = cursor.as_bytes().chunks(2);
    let bytes = digits.map(|pair| {
        let fits = pair.len() == 2 && pair.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        std::str::from_utf8(pair).ok().filter(|_| fits).and_then(|pair| u8::from_str_radix(pair, 16).ok())
    });
    let no = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
    CustomerNo::parse(&no).ok().filter(|read| read.as_str() == no).map(|_| no)
}

const COUNT: &str = "SELECT count(*) FROM customer WHERE no > ''";
const AFTER: &str = "SELECT id, no FROM customer WHERE no > ?1 ORDER BY no LIMIT ?2";
const ALL: &str = "SELECT customer.id, no, name, sound FROM customer CROSS JOIN customer_figure ON customer_figure.id = customer.id \
     WHERE no > '' ORDER BY no LIMIT ?1";

pub fn page(connection: &Connection, listing: &Listing) -> Result<Found, Trouble> {
    if listing.question.is_empty() { plain(connection, listing) } else { searched(connection, listing) }
}

fn plain(connection: &Connection, listing: &Listing) -> Result<Found, Trouble> {
    let total: i64 = connection.prepare_cached(COUNT)?.query_row((), |row| row.get(0))?;
    let mut after = connection.prepare_cached(AFTER)?;
    // One more than is shown says whether there is another page.
    let shown_and_one = i64::try_from(listing.limit + 1).unwrap_or(i64::MAX);
    let found = after.query_map((&listing.after, shown_and_one), |row| Ok((Id::from_bytes(row.get(0)?), row.get(1)?)))?;
    let found: Vec<(Id, String)> = found.collect::<Result<_, _>>()?;
    Ok(cut(found, listing.limit, crate::db::number(total)?))
}

fn searched(connection: &Connection, listing: &Listing) -> Result<Found, Trouble> {
    let mut all = connection.prepare_cached(ALL)?;
    let mut rows = all.query([LOOKED_AT])?;
    let (mut found, mut total): (Vec<(Id, String)>, u64) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let no = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let name = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
        let sound = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        if Findable::new(name, sound, &[no]).fit(&listing.question).is_none() {
            continue;
        }
        total += 1;
        if found.len() <= listing.limit && no > listing.after.as_str() {
            found.push((Id::from_bytes(row.get(0)?), no.to_owned()));
        }
    }
    Ok(cut(found, listing.limit, total))
}

fn cut(mut found: Vec<(Id, String)>, limit: usize, total: u64) -> Found {
    let is_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| is_more).map(|(_, no)| closed(no));
    Found { ids: found.into_iter().map(|(id, _)| id).collect(), next, total }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// In the order of the index, without sorting; looking for something reads each customer's sound by its key.
    #[test]
    fn a_page_walks_along_the_index_of_numbers() {
        for sql in [COUNT, AFTER, ALL] {
            let plan = plan(sql);
            let steps = plan.iter().all(|step| step.starts_with("SEARCH"));
            assert!(steps && plan[0].contains("customer_no"), "{sql}: {plan:?}");
        }
    }

    #[test]
    fn a_cursor_is_read_as_it_was_given() {
        for no in ["C0001", "a/b_c.d-e", "0"] {
            assert_eq!(opened(&closed(no)).as_deref(), Some(no));
        }
        for bad in ["x", "4", "zz", "C0001", "ff", "20", "4g", "é", "43300a", "27204f52"] {
            assert_eq!(opened(bad), None, "{bad}");
        }
    }
}
