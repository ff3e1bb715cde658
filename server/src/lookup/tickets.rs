//! Lists of closed tickets, newest first, asked of their index.

use super::{
    customers::{self, LONGEST},
    grams::{Part, word},
    paging::{Look, Order, Page, Shelf, Step, Steps, Term},
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{
    id::{Id, TicketId},
    lookup::MOST_COUNTED,
    row::Rows as _,
    search::folded,
    tickets::{Filter, Ticket, is_meant},
};
use rusqlite::{Row, types::Value};
use std::fmt::Display;

/// Whom a query names is told by the customer's texts, what it means by the ticket's.
pub(super) const SHELF: Shelf = Shelf {
    table: "closed_ticket",
    id: "ticket",
    by_team: "closed_ticket_team",
    by_owner: "closed_ticket_owner",
    texts: "c.name, c.sound, c.elsewhere, x.no, x.subject",
    beside: " CROSS JOIN customer_list AS c ON c.customer = x.customer",
};

pub(super) fn find(look: &Look<'_>, list: &Filter, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
    let query = folded(&list.query);
    if query.chars().nth(LONGEST).is_some() {
        return Ok(Page::EMPTY);
    }
    let steps = steps(look, list, &query);
    let place = after.map(|id| look.place(&SHELF, &steps.order, id, |row| fits(row, &query))).transpose()?.flatten();
    look.page(&SHELF, &steps, place.and_then(|(fits, place)| fits.then_some((0, place))), most)
}

/// This one, if its customer is theirs to see.
pub(super) fn one(look: &Look<'_>, id: TicketId) -> Result<Page, Trouble> {
    let Some(ticket) = look.snapshot.rows().get::<Ticket>(id)? else { return Ok(Page::EMPTY) };
    let customer = customers::one(look, ticket.customer.into())?;
    Ok(Page { ids: customer.ids.iter().map(|_| id.into()).collect(), ..customer })
}

pub(super) fn steps<'q>(look: &Look<'_>, list: &Filter, query: &'q str) -> Steps<'q> {
    let (own, order) = (narrowing(list), order());
    let seen = look.sight.seen();
    let set = match list.assignee {
        Some(_) => {
            let start = "SELECT x.n AS n FROM closed_ticket AS x INDEXED BY closed_ticket_assignee WHERE ";
            Sql::of(start).and_then(&Sql::all(&[own.clone(), seen.clone()]))
        }
        None => look.narrowed(&SHELF, &own),
    };
    let admitted = Sql::all(&[own, seen]);
    let (set, fits) = if query.is_empty() {
        (set, None)
    } else {
        let fits: super::paging::Fits<'q> = Box::new(move |row| fits(row, query));
        (matched(query, &admitted), Some(fits))
    };
    Steps { all: set, parts: vec![Step { set: None, fits }], admitted, order }
}

/// As [`Filter::admits`] says of closed ones, of a row called `x`.
fn narrowing(list: &Filter) -> Sql {
    let mut all = vec![Sql::of("1")];
    all.extend(list.kind.map(|kind| Sql::with("x.kind = ?", kind.code().to_owned())));
    all.extend(list.priority.map(|priority| Sql::with("x.priority = ?", priority.code().to_owned())));
    all.extend(list.assignee.map(|assignee| Sql::with("x.assignee = ?", value(assignee))));
    Sql::all(&all)
}

/// As [`domain::tickets::Ticket::place`] says of closed ones.
fn order() -> Order {
    Order { index: "closed_ticket_recent", terms: vec![Term { column: "solved_at", descending: true, optional: false }] }
}

fn fits(row: &Row<'_>, query: &str) -> Result<bool, Trouble> {
    let (no, subject): (Option<i64>, String) = (row.get(4)?, row.get(5)?);
    Ok(is_meant(no, &subject, query) || customers::fit(row, query)?.is_some())
}

/// A number as the index of words takes it: it has a beginning where nothing of it is typed yet.
pub(super) fn numbered(no: impl Display) -> String {
    format!("n{no}")
}

/// Numbers of tickets that the query means, and of those whose customers it names; of either so many as are counted.
fn matched(query: &str, admitted: &Sql) -> Sql {
    let own = "SELECT n FROM (SELECT x.n AS n FROM closed_ticket_text \
         CROSS JOIN closed_ticket AS x INDEXED BY closed_ticket_n ON x.n = closed_ticket_text.rowid WHERE closed_ticket_text MATCH ? AND ";
    let theirs = "SELECT n FROM (SELECT x.n AS n FROM customer_text CROSS JOIN customer_list AS c INDEXED BY customer_list_n ON c.n = customer_text.rowid \
         CROSS JOIN closed_ticket AS x INDEXED BY closed_ticket_customer ON x.customer = c.customer \
         WHERE customer_text MATCH ? AND ";
    let number = query.strip_prefix('#').unwrap_or(query);
    let by_number = word(&numbered(number)).map(|no| format!(" OR (no : {no})")).unwrap_or_default();
    let meant = format!("(subject : {}){by_number}", Part::Name.inside(query));
    let most = Sql::with(" LIMIT ?)", Value::Integer(MOST_COUNTED.cast_signed()));
    let side = |start: &str, question: String| Sql::with(start, question).and_then(admitted).and_then(&most);
    side(own, meant).then(" UNION ").and_then(&side(theirs, customers::any(query)))
}
