//! Lists of customers, asked of their index: what [`Filter::admits`] says in conditions, what [`Filter::compare`] says in orders.

use super::{
    matches::{ANY, FITS, Matches},
    numbers::Numbers,
    paging::{Content, Fits, Later, List, Look, Order, Page, Part, Shelf, Term},
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{
    customers::{self, Column, CustomerState, Filter, QUIET_DAYS, View},
    id::Id,
    search::{Findable, Fit, folded},
    time::Instant,
};
use rusqlite::{Row, params_from_iter};
use std::rc::Rc;

pub(super) const SHELF: Shelf = Shelf {
    table: "customer_list",
    id: "customer",
    by_team: "customer_list_team",
    by_owner: "customer_list_owner",
    texts: "x.name, x.sound, x.elsewhere",
    beside: "",
};

/// No text that is kept is as long.
pub(super) const LONGEST: usize = 1_200;

pub(super) fn find(look: &Look<'_>, filter: &Filter, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
    let query = folded(&filter.query);
    if query.chars().nth(LONGEST).is_some() {
        return Ok(Page::EMPTY);
    }
    let (list, is_by_fit) = (list(look, filter), filter.order.is_none() && !query.is_empty());
    let place = after.map(|id| look.place(list.shelf, &list.order, id, |row| fit(row, &query))).transpose()?.flatten();
    let part = |fit: Fit| if is_by_fit { FITS.iter().position(|it| *it == fit) } else { Some(0) };
    let place = place.and_then(|(fit, place)| Some((part(fit?)?, place)));
    let content = if query.is_empty() { look.whole(&list)? } else { content(look, &list, is_by_fit, &query)? };
    look.page(&list, content, place, most)
}

/// This one, if it is theirs to see.
pub(super) fn one(look: &Look<'_>, id: Id) -> Result<Page, Trouble> {
    let sql = Sql::with("SELECT 1 FROM customer_list AS x WHERE x.customer = ? AND ", value(id)).and_then(&look.sight.seen());
    let is_seen = look.snapshot.connection().prepare_cached(&sql.text)?.exists(params_from_iter(&sql.values))?;
    Ok(if is_seen { Page { ids: vec![id], total: 1, has_more: false } } else { Page::EMPTY })
}

pub(super) fn list(look: &Look<'_>, filter: &Filter) -> List {
    let own = admitted(filter, look);
    let set = if is_of_an_owner(filter) { of_an_owner(look, &own) } else { look.narrowed(&SHELF, &own) };
    List { shelf: &SHELF, admitted: Sql::all(&[own, look.sight.seen()]), set, order: order(filter) }
}

/// Whom a query finds: all in one, or who fits best first.
fn content<'a>(look: &'a Look<'_>, list: &'a List, is_by_fit: bool, query: &'a str) -> Result<Content<'a>, Trouble> {
    let fits = if is_by_fit { FITS.map(Some).to_vec() } else { vec![None] };
    let fitting = move |best: Option<Fit>| -> Fits<'a> {
        Box::new(move |row| Ok(fit(row, query)?.is_some_and(|fit| best.is_none_or(|best| best == fit))))
    };
    // Of few who are admitted the rule itself tells how each fits.
    if let Some(few) = look.few(&list.set)? {
        let found = look.sifted(&SHELF, &few, |row| fit(row, query))?;
        let best = |best: Option<Fit>| found.iter().filter(|(_, fit)| best.is_none_or(|it| it == *fit)).map(|(n, _)| *n).collect();
        let parts = fits.into_iter().map(|fit| Part::Few(best(fit))).map(|part| Later { likely: None, part: Box::new(|| Ok(part)) });
        return Ok(Content { total: found.len() as u64, parts: parts.collect() });
    }
    let matches = Rc::new(Matches::new(look.snapshot.connection(), query, look.to_probe()));
    let found = Rc::new(found(look, list, &matches)?);
    let total = (*found).as_ref().map_or(look.bounds.counted, Numbers::len);
    let part = |best: Option<Fit>| {
        let (matches, found, fits) = (matches.clone(), found.clone(), fitting(best));
        // Of what begins with a letter the index of words has to put thousands of readings together.
        let is_dear = found.is_none() && best == Some(Fit::Sound) && matches!(query.as_bytes(), [b'a'..=b'z']);
        let part = move || match (&*found, best) {
            (Some(found), Some(best)) => Ok(look.part(matches.best(best)?.within(found))),
            (Some(found), None) => Ok(look.part(found.clone())),
            (None, Some(best)) => one_of_many(look, list, &matches, best, fits),
            (None, None) => Ok(Part::Fitting(fits)),
        };
        Later { likely: is_dear.then(|| fitting(best)), part: Box::new(part) }
    };
    Ok(Content { total, parts: fits.into_iter().map(part).collect() })
}

/// Whom a query finds, unless they are more than are counted: then no further way of fitting is looked at.
fn found(look: &Look<'_>, list: &List, matches: &Matches<'_>) -> Result<Option<Numbers>, Trouble> {
    let mut found = Numbers::default();
    for fit in ANY {
        let Some(admitted) = look.admitted(list, matches.at_least(fit))? else { return Ok(None) };
        found = found.with(admitted.all());
        if found.len() > look.bounds.counted {
            return Ok(None);
        }
    }
    Ok(Some(found))
}

/// A part of what is more than is counted. What nearly everybody is in is not looked up: the next few are in it.
fn one_of_many<'a>(look: &Look<'_>, list: &List, matches: &Matches<'_>, best: Fit, fits: Fits<'a>) -> Result<Part<'a>, Trouble> {
    if !matches.at_least(best).are_few()? && matches.is_alone(best)? {
        return Ok(Part::Fitting(fits));
    }
    let these = matches.best(best)?;
    Ok(if these.len() <= look.bounds.counted { look.part(look.probe(list, &these)?) } else { Part::Among(these) })
}

/// As [`Filter::admits`] says, of a row called `x`.
fn admitted(list: &Filter, look: &Look<'_>) -> Sql {
    let state = if list.view == View::Archived { CustomerState::Archived } else { CustomerState::Active };
    let mut all = vec![Sql::with("x.state = ?", state.code().to_owned())];
    match list.view {
        View::All | View::Archived => {}
        View::Mine => all.push(Sql::with("x.owner = ?", value(look.me))),
        View::Quiet => all.push(Sql::with("(x.last_at IS NULL OR x.last_at <= ?)", quiet_since(look.snapshot.at()))),
        View::WithoutStep => all.push(Sql::of("x.next_due IS NULL")),
    }
    all.extend(list.owner.map(|owner| Sql::with("x.owner = ?", value(owner))));
    all.extend(list.nature.map(|nature| Sql::with("x.nature = ?", nature.code().to_owned())));
    all.extend(list.industry.map(|industry| Sql::with("x.industry = ?", industry.code().to_owned())));
    Sql::all(&all)
}

/// The last moment of which [`customers::is_quiet`] says so: whole seconds are compared.
fn quiet_since(now: Instant) -> i64 {
    now.0.saturating_sub((QUIET_DAYS * 86_400 + 1) * 1_000)
}

fn is_of_an_owner(list: &Filter) -> bool {
    list.owner.is_some() || list.view == View::Mine
}

fn of_an_owner(look: &Look<'_>, admitted: &Sql) -> Sql {
    let start = format!("SELECT x.n AS n FROM customer_list AS x INDEXED BY {} WHERE ", SHELF.by_owner);
    Sql::of(start).and_then(&Sql::all(&[admitted.clone(), look.sight.seen()]))
}

fn order(list: &Filter) -> Order {
    let Some(customers::Order { column, descending }) = list.order else {
        let terms = [("last_at", true), ("created_at", false)].map(|(column, optional)| Term { column, descending: true, optional });
        return Order { index: "customer_list_recent", terms: terms.to_vec() };
    };
    let (index, column) = match column {
        Column::Name => ("customer_list_sound", "sound"),
        Column::No => ("customer_list_no", "no"),
        Column::LastContact => ("customer_list_last", "last_at"),
        Column::NextStep => ("customer_list_next", "next_due"),
    };
    Order { index, terms: vec![Term { column, descending, optional: true }] }
}

/// How a row whose texts follow its id fits.
pub(super) fn fit(row: &Row<'_>, query: &str) -> Result<Option<Fit>, Trouble> {
    let sound = row.get::<_, Option<String>>(2)?.unwrap_or_default();
    Ok(Findable::kept(row.get(1)?, &sound, row.get(3)?).fit(query))
}
