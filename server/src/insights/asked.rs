//! Figures that devices do not hold: of any side, broken down by any other, over a range of days.

use std::collections::BTreeMap;

use domain::{
    context::Actor,
    id::Id,
    insights::{Breakdown, Dimension, Figures, Filter, Line, Measure, Question, Side, Tally},
    row::BadCell,
    sync::Scope,
    time::Date,
};
use rusqlite::{ToSql, types::ValueRef};

use crate::db::{Snapshot, Trouble};

/// Answers as of this snapshot; nothing to somebody who does not see figures.
pub fn asked(snapshot: &Snapshot<'_>, by: Actor, question: &Question) -> Result<Option<Breakdown>, Trouble> {
    if !snapshot.grants(by)?.contains(&Scope::Figures) {
        return Ok(None);
    }
    let Question { from, to, of, by } = *question;
    let Filter { department, person, tier, touch, channel } = of;
    let id = |id: Option<Id>| id.map(|id| id.bytes());
    let (department, person) = (id(department.map(Into::into)), id(person.map(Into::into)));
    let (touch, channel) = (touch.map(|touch| touch.code()), channel.map(|channel| channel.code()));
    let (from, to) = (from.to_string(), to.to_string());
    let values: [&dyn ToSql; 7] = [&from, &to, &department, &person, &tier, &touch, &channel];
    let mut sums = snapshot.connection().prepare_cached(&sums(by))?;
    let mut sums = sums.query(values)?;
    let mut sides: BTreeMap<Side, Figures> = BTreeMap::new();
    while let Some(row) = sums.next()? {
        let measure = Measure::from_code(row.get_ref(1)?.as_str().map_err(|_| BAD)?).ok_or(BAD)?;
        let tally = Tally { n: row.get(2)?, good: row.get(3)?, bad: row.get(4)?, sum: row.get(5)? };
        sides.entry(side(by, row.get_ref(0)?)?).or_default().add(measure, tally);
    }
    Ok(Some(Breakdown { lines: sides.into_iter().map(|(of, figures)| Line { of, figures }).collect() }))
}

/// One statement for each dimension. Only the range of days leads into the key: what a day holds is little.
fn sums(by: Dimension) -> String {
    let column = column(by);
    format!(
        "SELECT {column} AS side, measure, sum(n), sum(good), sum(bad), sum(sum) FROM insight_fine WHERE \"on\" BETWEEN ?1 AND ?2 \
         AND (?3 IS NULL OR department = ?3) AND (?4 IS NULL OR person = ?4) AND (?5 IS NULL OR rank = ?5) \
         AND (?6 IS NULL OR touch = ?6) AND (?7 IS NULL OR channel = ?7) GROUP BY 1, 2"
    )
}

const fn column(by: Dimension) -> &'static str {
    match by {
        Dimension::Department => "department",
        Dimension::Person => "person",
        Dimension::Tier => "rank",
        Dimension::Touch => "touch",
        Dimension::Channel => "channel",
        Dimension::Month => "substr(\"on\", 1, 7) || '-01'",
    }
}

const BAD: BadCell = BadCell { column: "insight_fine" };

/// What a fine cell says of a side: what is empty is nobody's, or not known.
fn side(by: Dimension, value: ValueRef<'_>) -> Result<Side, Trouble> {
    let id = || match value {
        ValueRef::Blob([]) => Ok(None),
        ValueRef::Blob(bytes) => bytes.try_into().map(|bytes| Some(Id::from_bytes(bytes))).map_err(|_| BAD),
        _ => Err(BAD),
    };
    let text = || value.as_str().map_err(|_| BAD);
    Ok(match by {
        Dimension::Department => Side::Department(id()?.map(Into::into)),
        Dimension::Person => Side::Person(id()?.map(Into::into)),
        Dimension::Tier => Side::Tier(value.as_i64().map_err(|_| BAD)?),
        Dimension::Touch => Side::Touch(known(text()?, domain::insights::Touch::from_code)?),
        Dimension::Channel => Side::Channel(known(text()?, domain::channel::Channel::from_code)?),
        Dimension::Month => Side::Month(text()?.parse::<Date>().map_err(|_| BAD)?),
    })
}

fn known<T>(code: &str, read: fn(&str) -> Option<T>) -> Result<Option<T>, BadCell> {
    if code.is_empty() { Ok(None) } else { read(code).map(Some).ok_or(BAD) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Nothing but the days that are asked for is read, off the one table that is in their order.
    #[test]
    fn only_the_days_that_are_asked_for_are_read() {
        for by in Dimension::ALL {
            let plan = plan(&sums(*by));
            let reads: Vec<&String> = plan.iter().filter(|step| !step.starts_with("USE TEMP B-TREE FOR GROUP BY")).collect();
            assert_eq!(reads, ["SEARCH insight_fine USING PRIMARY KEY (on>? AND on<?)"], "{by:?}");
        }
    }
}
