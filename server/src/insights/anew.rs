//! Filling in what an earlier version did not keep of marks: by the tickets and answers behind them, as these are now.

use domain::{
    channel::Channel,
    id::Id,
    insights::{Measure, Touch, mark_id},
};
use rusqlite::{Connection, types::Value};

use super::fine::RECOUNTED;
use crate::db::{Trouble, Tx};

const TICKETS: &str = "SELECT ticket.id, assignee, coalesce(rank, 0), kind, channel \
     FROM ticket LEFT JOIN customer_figure ON customer_figure.id = customer";
const ANSWERS: &str = "SELECT survey_answer.id, owner, coalesce(rank, 0) FROM survey_answer \
     JOIN customer ON customer.id = survey_answer.customer LEFT JOIN customer_figure ON customer_figure.id = survey_answer.customer";

/// The migration's trigger hands it on to the mark.
const FILL: &str = "UPDATE to_count SET person = ?2, rank = ?3, touch = ?4, channel = ?5 WHERE mark = ?1";

/// Fills in what a migration named, and counts the fine cells of all.
pub(crate) fn count_anew(tx: &Tx<'_>) -> Result<(), Trouble> {
    let connection = tx.connection();
    let marks: i64 = connection.query_row("SELECT count(*) FROM to_count", (), |row| row.get(0))?;
    if marks == 0 {
        return Ok(());
    }
    let of_ticket = [Measure::Opened, Measure::Response, Measure::Resolution, Measure::Csat];
    fill(connection, TICKETS, &of_ticket, |row| Ok([row.get(3)?, row.get(4)?]))?;
    let survey = [Touch::Survey.code(), Channel::Portal.code()];
    fill(connection, ANSWERS, &[Measure::Nps], |_| Ok(survey.map(|code| Value::Text(code.to_owned()))))?;
    connection.execute("DELETE FROM insight_fine", ())?;
    connection.execute(&format!("INSERT INTO insight_fine {RECOUNTED}"), ())?;
    connection.execute("DELETE FROM to_count", ())?;
    tracing::info!(marks, "figures were counted by all their sides");
    Ok(())
}

type Told = rusqlite::Result<[Value; 2]>;

fn fill(connection: &Connection, sources: &str, measures: &[Measure], told: impl Fn(&rusqlite::Row<'_>) -> Told) -> Result<(), Trouble> {
    let mut sources = connection.prepare(sources)?;
    let mut sources = sources.query(())?;
    let mut fill = connection.prepare(FILL)?;
    while let Some(row) = sources.next()? {
        let (of, person, rank): (_, Option<Vec<u8>>, i64) = (Id::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?);
        let [touch, channel] = told(row)?;
        for measure in measures {
            fill.execute((mark_id(of, *measure).bytes(), &person, rank, &touch, &channel))?;
        }
    }
    Ok(())
}
