//! What only the server can add to a command about tickets, in the same transaction: a number.

use domain::{
    change::Event,
    row::Rows,
    tickets::{self, Ticket},
};

use crate::db::{Trouble, Tx};

/// The first ticket's number is 1001: people read it out on the telephone.
const NEXT: &str =
    "INSERT INTO counter (name, next) VALUES ('ticket', 1002) ON CONFLICT (name) DO UPDATE SET next = next + 1 RETURNING next - 1";

/// Called for every command that was carried out, after its reactions.
pub(crate) fn complete(tx: &mut Tx<'_>, events: &[Event]) -> Result<(), Trouble> {
    for event in events {
        let Event::Tickets(tickets::Event::Opened { ticket, .. }) = event else { continue };
        let no: i64 = tx.connection().prepare_cached(NEXT)?.query_row((), |row| row.get(0))?;
        tx.rows().change::<Ticket>(ticket.id, |ticket| ticket.no = Some(no))?;
    }
    Ok(())
}
