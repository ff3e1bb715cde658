//! Lists of customers, asked of their index: what [`Filter::admits`] says in conditions, what [`Filter::compare`] says in orders.

use super::{
    grams::{Part, word},
    paging::{Look, Order, Page, Shelf, Step, Steps, Term, known, nothing},
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

/// How well what is found may fit, best first.
const FITS: [Fit; 5] = [Fit::Exact, Fit::Head, Fit::Sound, Fit::Inside, Fit::Elsewhere];

pub(super) fn find(look: &Look<'_>, list: &Filter, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
    let query = folded(&list.query);
    if query.chars().nth(LONGEST).is_some() {
        return Ok(Page::EMPTY);
    }
    let steps = steps(look, list, &query)?;
    let place = after.map(|id| look.place(&SHELF, &steps.order, id, |row| fit(row, &query))).transpose()?.flatten();
    let is_by_fit = list.order.is_none() && !query.is_empty();
    let part = |fit: Fit| if is_by_fit { FITS.iter().position(|it| *it == fit) } else { Some(0) };
    let place = place.and_then(|(fit, place)| Some((part(fit?)?, place)));
    look.page(&SHELF, &steps, place, most)
}

/// This one, if it is theirs to see.
pub(super) fn one(look: &Look<'_>, id: Id) -> Result<Page, Trouble> {
    let sql = Sql::with("SELECT 1 FROM customer_list AS x WHERE x.customer = ? AND ", value(id)).and_then(&look.sight.seen());
    let is_seen = look.snapshot.connection().prepare_cached(&sql.text)?.exists(params_from_iter(&sql.values))?;
    Ok(if is_seen { Page { ids: vec![id], total: 1, has_more: false } } else { Page::EMPTY })
}

pub(super) fn steps<'q>(look: &Look<'_>, list: &Filter, query: &'q str) -> Result<Steps<'q>, Trouble> {
    let (own, order) = (admitted(list, look), order(list));
    let set = if is_of_an_owner(list) { of_an_owner(look, &own) } else { look.narrowed(&SHELF, &own) };
    let admitted = Sql::all(&[own, look.sight.seen()]);
    if query.is_empty() {
        return Ok(Steps { parts: vec![Step { set: None, fits: None }], admitted, all: set, order });
    }
    let matching = matched(&any(query), &admitted);
    // Few who are admitted, or few who are found: how each fits is told by the rule itself.
    let found = match [set, matching.clone()].iter().find_map(|set| look.few(set).transpose()).transpose()? {
        Some(few) => Some(sifted(look, &few, query)?),
        None => None,
    };
    let by_fit: Vec<Sql> = match &found {
        Some(found) => FITS.iter().map(|fit| numbers(found, |it| it == *fit)).collect(),
        None => FITS.iter().map(|fit| class(*fit, query).map_or_else(nothing, |class| matched(&class, &admitted))).collect(),
    };
    let all = found.map_or(matching, |found| numbers(&found, |_| true));
    let parts = match list.order {
        Some(_) => vec![Step { set: None, fits: Some(Box::new(move |row| Ok(fit(row, query)?.is_some()))) }],
        None => by_fit.into_iter().zip(FITS).map(|(set, best)| part(set, best, query)).collect(),
    };
    Ok(Steps { parts, admitted, all, order })
}

fn part(set: Sql, best: Fit, query: &str) -> Step<'_> {
    Step { set: Some(set), fits: Some(Box::new(move |row| Ok(fit(row, query)? == Some(best)))) }
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

/// What fits of few rows, each with its number.
fn sifted(look: &Look<'_>, set: &Sql, query: &str) -> Result<Vec<(i64, Fit)>, Trouble> {
    let sql = Sql::of("SELECT x.n, x.name, x.sound, x.elsewhere FROM customer_list AS x WHERE x.n IN (").and_then(set).then(")");
    let mut statement = look.snapshot.connection().prepare_cached(&sql.text)?;
    let mut rows = statement.query(params_from_iter(&sql.values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(fit(row, query)?.map(|fit| Ok::<_, Trouble>((row.get(0)?, fit))).transpose()?);
    }
    Ok(found)
}

fn numbers(found: &[(i64, Fit)], which: impl Fn(Fit) -> bool) -> Sql {
    known(found.iter().filter(|(_, fit)| which(*fit)).map(|(n, _)| *n))
}

/// Numbers of admitted customers whom the index of words finds.
fn matched(question: &str, admitted: &Sql) -> Sql {
    let start = "SELECT x.n AS n FROM customer_text CROSS JOIN customer_list AS x INDEXED BY customer_list_n \
         ON x.n = customer_text.rowid WHERE customer_text MATCH ? AND ";
    Sql::with(start, question.to_owned()).and_then(admitted)
}

/// Whatever fits.
pub(super) fn any(query: &str) -> String {
    let sound = word(query).map(|word| format!(" OR (sound : {word})")).unwrap_or_default();
    format!("(name : {}) OR (elsewhere : {}){sound}", Part::Name.inside(query), Part::Elsewhere.inside(query))
}

/// What fits so and no better; none, if nothing can.
fn class(fit: Fit, query: &str) -> Option<String> {
    let name = Part::Name;
    let [inside, head, whole] = [name.inside(query), name.head(query), name.whole(query)];
    let sound = word(query).map(|word| format!("(sound : {word})"));
    let but_sound = |question: String| sound.as_ref().map_or(question.clone(), |sound| format!("({question}) NOT {sound}"));
    Some(match fit {
        Fit::Exact => format!("name : {whole}"),
        Fit::Head => format!("(name : {head}) NOT (name : {whole})"),
        Fit::Sound => format!("{} NOT (name : {head})", sound.as_ref()?),
        Fit::Inside => but_sound(format!("(name : {inside}) NOT (name : {head})")),
        Fit::Elsewhere => but_sound(format!("(elsewhere : {}) NOT (name : {inside})", Part::Elsewhere.inside(query))),
    })
}
