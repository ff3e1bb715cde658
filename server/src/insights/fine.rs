//! Fine cells: the sum of marks by day, measure and all their sides. They follow their marks in the transaction that changes one.

use domain::{
    id::Id,
    insights::{Mark, Measure, Sides, Tally},
    row::{Cell, Row},
    time::Date,
};
use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value};

use crate::db::{Snapshot, Trouble};

const KEY: &str = "\"on\" = ?1 AND measure = ?2 AND department = ?3 AND person = ?4 AND rank = ?5 AND touch = ?6 AND channel = ?7";
const ADD: &str = "INSERT INTO insight_fine (\"on\", measure, department, person, rank, touch, channel, n, good, bad, sum) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO UPDATE SET \
     n = n + excluded.n, good = good + excluded.good, bad = bad + excluded.bad, sum = sum + excluded.sum";

/// As marks say, to the last one.
pub(super) const RECOUNTED: &str = "SELECT \"on\", measure, coalesce(department, x'') AS department, coalesce(person, x'') AS person, rank, \
     coalesce(touch, '') AS touch, coalesce(channel, '') AS channel, sum(tally ->> 'n') AS n, sum(tally ->> 'good') AS good, \
     sum(tally ->> 'bad') AS bad, sum(tally ->> 'sum') AS sum FROM insight_mark GROUP BY 1, 2, 3, 4, 5, 6, 7";

fn take() -> String {
    format!("UPDATE insight_fine SET n = n - ?8, good = good - ?9, bad = bad - ?10, sum = sum - ?11 WHERE {KEY} RETURNING n")
}

fn forget() -> String {
    format!("DELETE FROM insight_fine WHERE {KEY}")
}

/// Puts right by the difference what a mark that was changed says of its cells.
pub(super) fn follow(connection: &Connection, before: Option<&[Cell]>, after: Option<&[Cell]>) -> Result<(), Trouble> {
    let mark = |cells: Option<&[Cell]>| cells.map(|cells| Mark::from_cells(cells.to_vec())).transpose();
    if let Some(before) = mark(before)? {
        let values = values(before.on, before.measure, before.sides(), before.tally);
        let left: Option<i64> = connection.prepare_cached(&take())?.query_row(params_from_iter(&values), |row| row.get(0)).optional()?;
        match left {
            Some(0) => _ = connection.prepare_cached(&forget())?.execute(params_from_iter(values.iter().take(7)))?,
            Some(_) => {}
            None => return Err(Trouble::Broken(format!("mark {} is in no fine cell", before.id))),
        }
    }
    if let Some(after) = mark(after)? {
        let values = values(after.on, after.measure, after.sides(), after.tally);
        connection.prepare_cached(ADD)?.execute(params_from_iter(&values))?;
    }
    Ok(())
}

fn values(on: Date, measure: Measure, sides: Sides, tally: Tally) -> [Value; 11] {
    let Sides { department, person, rank, touch, channel } = sides;
    let id = |id: Option<Id>| Value::Blob(id.map_or_else(Vec::new, |id| id.bytes().to_vec()));
    let text = |code: Option<&str>| Value::Text(code.unwrap_or_default().to_owned());
    let count = Value::Integer;
    [
        Value::Text(on.to_string()),
        text(Some(measure.code())),
        id(department.map(Into::into)),
        id(person.map(Into::into)),
        count(rank),
        text(touch.map(|touch| touch.code())),
        text(channel.map(|channel| channel.code())),
        count(tally.n),
        count(tally.good),
        count(tally.bad),
        count(tally.sum),
    ]
}

/// Tells whatever cell, fine or not, is not the sum of its marks.
pub(crate) fn proved(snapshot: &Snapshot<'_>, mut tell: impl FnMut(String)) -> Result<(), Trouble> {
    let fine = "\"on\", measure, department, person, rank, touch, channel, n, good, bad, sum";
    let coarse = "\"on\", measure, coalesce(department, x'') AS department, n, good, bad, sum";
    let summed = format!(
        "SELECT \"on\", measure, department, sum(n), sum(good), sum(bad), sum(sum) FROM ({RECOUNTED}) GROUP BY 1, 2, 3 HAVING sum(n) > 0"
    );
    for (what, kept, must) in [
        ("fine cell", format!("SELECT {fine} FROM insight_fine"), RECOUNTED.to_owned()),
        ("cell", format!("SELECT {coarse} FROM insight_cell WHERE n > 0"), summed),
    ] {
        for (less, more, is) in [(&kept, &must, "says more than its marks"), (&must, &kept, "says less than its marks")] {
            let sql = format!("SELECT \"on\", measure FROM (SELECT * FROM ({less}) EXCEPT SELECT * FROM ({more})) ORDER BY 1, 2 LIMIT 20");
            let mut wrong = snapshot.connection().prepare(&sql)?;
            for cell in wrong.query_map((), |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))? {
                let (on, measure) = cell?;
                tell(format!("a {what} of {measure} on {on} {is}"));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// However much has counted, a change steps into the one cell that it is about.
    #[test]
    fn a_change_steps_to_its_cell() {
        for sql in [ADD, &take(), &forget()] {
            let plan = plan(sql);
            assert!(plan.iter().all(|step| step.contains("PRIMARY KEY") && step.matches("=?").count() == 7), "{sql}: {plan:?}");
        }
    }
}
