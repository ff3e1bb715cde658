//! Lists of closed tickets, newest first, asked of their index.

use super::{
    customers::{self, LONGEST},
    grams::{self, word},
    matches::{ANY, Matches, TICKETS, Words},
    numbers::{Numbers, known},
    paging::{Content, List, Look, Order, PIECE, Page, Part, Shelf, Term},
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{
    id::{Id, TicketId},
    row::Rows as _,
    search::folded,
    tickets::{Filter, Ticket, is_meant},
};
use rusqlite::Row;
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

pub(super) fn find(look: &Look<'_>, filter: &Filter, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
    let query = folded(&filter.query);
    if query.chars().nth(LONGEST).is_some() {
        return Ok(Page::EMPTY);
    }
    let list = list(look, filter);
    let place = after.map(|id| look.place(list.shelf, &list.order, id, |row| fits(row, &query))).transpose()?.flatten();
    let content = if query.is_empty() { look.whole(&list)? } else { content(look, &list, &query)? };
    look.page(&list, content, place.and_then(|(fits, place)| fits.then_some((0, place))), most)
}

/// This one, if its customer is theirs to see.
pub(super) fn one(look: &Look<'_>, id: TicketId) -> Result<Page, Trouble> {
    let Some(ticket) = look.snapshot.rows().get::<Ticket>(id)? else { return Ok(Page::EMPTY) };
    let customer = customers::one(look, ticket.customer.into())?;
    Ok(Page { ids: customer.ids.iter().map(|_| id.into()).collect(), ..customer })
}

pub(super) fn list(look: &Look<'_>, filter: &Filter) -> List {
    let (own, seen) = (narrowing(filter), look.sight.seen());
    let set = match filter.assignee {
        Some(_) => {
            let start = "SELECT x.n AS n FROM closed_ticket AS x INDEXED BY closed_ticket_assignee WHERE ";
            Sql::of(start).and_then(&Sql::all(&[own.clone(), seen.clone()]))
        }
        None => look.narrowed(&SHELF, &own),
    };
    List { shelf: &SHELF, admitted: Sql::all(&[own, seen]), set, order: order() }
}

fn content<'a>(look: &Look<'_>, list: &List, query: &'a str) -> Result<Content<'a>, Trouble> {
    if let Some(few) = look.few(&list.set)? {
        let found: Numbers = look.sifted(&SHELF, &few, |row| Ok(fits(row, query)?.then_some(())))?.iter().map(|(n, ())| *n).collect();
        return Ok(Content::of(found.len(), look.part(found)));
    }
    Ok(match found(look, list, query)? {
        Some(found) => Content::of(found.len(), look.part(found)),
        None => Content::of(look.bounds.counted, Part::Fitting(Box::new(move |row| fits(row, query)))),
    })
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

/// Tickets that the query means, and those whose customers it names, unless they are more than are counted.
fn found(look: &Look<'_>, list: &List, query: &str) -> Result<Option<Numbers>, Trouble> {
    let number = query.strip_prefix('#').unwrap_or(query);
    let by_number = word(&numbered(number)).map(|no| format!(" OR (no : {no})")).unwrap_or_default();
    let meant = format!("(subject : {}){by_number}", grams::Part::Name.inside(query));
    let connection = look.snapshot.connection();
    let meant = Words::new(connection, TICKETS, Some(meant), look.to_probe());
    let Some(mut found) = look.admitted(list, &meant)? else { return Ok(None) };
    let customers = Matches::new(connection, query, look.to_probe());
    for fit in ANY {
        for piece in customers.at_least(fit).all()?.all().chunks(PIECE) {
            found = found.with(&look.numbers(&theirs(list, piece))?.collect::<Vec<_>>());
            if found.len() > look.bounds.counted {
                return Ok(None);
            }
        }
    }
    Ok(Some(found))
}

/// Tickets of these customers.
pub(super) fn theirs(list: &List, customers: &[i64]) -> Sql {
    let from = ") AS known CROSS JOIN customer_list AS c INDEXED BY customer_list_n ON c.n = known.n \
         CROSS JOIN closed_ticket AS x INDEXED BY closed_ticket_customer ON x.customer = c.customer WHERE ";
    Sql::of("SELECT x.n FROM (").and_then(&known(customers)).then(from).and_then(&list.admitted)
}
