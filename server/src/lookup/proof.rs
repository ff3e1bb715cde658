//! Proving that the tables of lists say what the rows say.

use super::kept::{NAMES, subject, text, told, told_of_ticket};
use crate::{
    db::{Snapshot, Trouble},
    lookup::grams::Part,
};
use domain::id::Id;
use rusqlite::types::Value;

const CUSTOMERS: &str = "SELECT customer, state, team, owner, nature, industry, no, sound, last_at, created_at, next_due, name, elsewhere, sz \
     FROM customer_list LEFT JOIN customer_text_docsize ON customer_text_docsize.id = n";
const TICKETS: &str = "SELECT ticket, customer, team, owner, kind, priority, assignee, solved_at, no, subject, sz \
     FROM closed_ticket LEFT JOIN closed_ticket_text_docsize ON closed_ticket_text_docsize.id = n";
/// Each with how many there must be.
const COUNTS: [(&str, &str); 4] = [
    ("customer_list", "SELECT count(*) FROM customer"),
    ("customer_text_docsize", "SELECT count(*) FROM customer"),
    ("closed_ticket", "SELECT count(*) FROM ticket WHERE state = 'closed'"),
    ("closed_ticket_text_docsize", "SELECT count(*) FROM ticket WHERE state = 'closed'"),
];

/// Tells whatever is not so.
pub(crate) fn proved(snapshot: &Snapshot<'_>, mut tell: impl FnMut(String)) -> Result<(), Trouble> {
    let connection = snapshot.connection();
    each(snapshot, CUSTOMERS, |id, entry, sizes| {
        let expected = told(&snapshot.rows(), connection, id)?;
        let words = |told: &Vec<Value>| {
            let [name, elsewhere, sound] = NAMES.map(|place| text(told.get(place)));
            sized(&[&Part::Name.grams(name), &Part::Elsewhere.grams(elsewhere), sound])
        };
        if expected.as_deref() != Some(entry) || expected.as_ref().map(words) != Some(sizes) {
            tell(format!("customer {id} is not listed as it is"));
        }
        Ok(())
    })?;
    each(snapshot, TICKETS, |id, entry, sizes| {
        let expected = told_of_ticket(&snapshot.rows(), id)?;
        let words = |told: &Vec<Value>| {
            let (subject, no) = subject(told);
            sized(&[&subject, &no])
        };
        if expected.as_deref() != Some(entry) || expected.as_ref().map(words) != Some(sizes) {
            tell(format!("ticket {id} is not listed as it is"));
        }
        Ok(())
    })?;
    for (table, expected) in COUNTS {
        let count = |sql: &str| connection.query_row(sql, (), |row| row.get::<_, i64>(0));
        let (is, must) = (count(&format!("SELECT count(*) FROM {table}"))?, count(expected)?);
        if is != must {
            tell(format!("{table} has {is} entries where {must} must be"));
        }
    }
    Ok(())
}

fn each(snapshot: &Snapshot<'_>, sql: &str, mut look: impl FnMut(Id, &[Value], Vec<u8>) -> Result<(), Trouble>) -> Result<(), Trouble> {
    let mut statement = snapshot.connection().prepare(sql)?;
    let columns = statement.column_count() - 1;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let entry = (0..columns).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>()?;
        look(Id::from_bytes(row.get(0)?), &entry, row.get::<_, Option<_>>(columns)?.unwrap_or_default())?;
    }
    Ok(())
}

/// How many words each column has, as the index of words keeps it: numbers in groups of seven bits.
fn sized(columns: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for column in columns {
        let count = column.split_ascii_whitespace().count();
        for group in (0..4).rev() {
            let rest = count >> (7 * group);
            if rest > 0 || group == 0 {
                bytes.push(u8::try_from(rest & 0x7f).unwrap_or_default() | if group > 0 { 0x80 } else { 0 });
            }
        }
    }
    bytes
}
