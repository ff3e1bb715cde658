//! A solved ticket that nobody answers is closed: what comes up later is a new one.

use domain::{
    change::Command,
    id::{Id, TicketId},
    tickets::{self, CLOSES_AFTER_DAYS, State},
    time::Instant,
};

use super::deeds::{Deed, carry_out, id_of};
use crate::db::{Db, Trouble};

const DAY_SECONDS: i64 = 86_400;

/// The oldest first, so many in one round.
const SOLVED: &str = "SELECT id, solved_at FROM ticket WHERE state = 'solved' AND solved_at <= ?1 ORDER BY solved_at LIMIT 500";

/// An answer would have opened it again, so whatever is still solved has had none.
pub async fn close_what_nobody_answers(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let since = now.plus_seconds(-CLOSES_AFTER_DAYS * DAY_SECONDS);
    let solved = db.read(move |snapshot| {
        let mut solved = snapshot.connection().prepare_cached(SOLVED)?;
        let solved = solved.query_map([since.0], |row| Ok((Id::from_bytes(row.get(0)?), Instant(row.get(1)?))))?;
        Ok(solved.collect::<Result<Vec<(Id, Instant)>, _>>()?)
    });
    let close = |(id, solved_at): (Id, Instant)| {
        let command = tickets::Command::Move { ticket: TicketId(id), from: State::Solved, to: State::Closed };
        Deed { id: id_of(id, Id::ONLY, solved_at, 0), command: Command::Tickets(command) }
    };
    carry_out(db, now, solved.await?.into_iter().map(close).collect()).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn only_what_is_to_be_closed_is_looked_at() {
        assert_eq!(db::plan(SOLVED), ["SEARCH ticket USING INDEX ticket_solved (solved_at<?)"]);
    }
}
