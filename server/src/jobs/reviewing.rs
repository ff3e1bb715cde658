//! The quarterly review of tiers by share: asked for when a quarter begins, worked out from what everybody earned, and
//! carried out once it is approved.

use domain::{
    change::Command,
    id::{CustomerId, Id, ReviewId},
    loyalty::{self, Contender, Programme, Review, ReviewState, judged, quarter},
    row::Rows,
    settings::Company,
    time::{Date, Instant},
};

use super::deeds::{Deed, carry_out, id_of};
use crate::{
    db::{Db, Snapshot, Trouble},
    loyalty::{Score, ranks, scores},
};

/// So many are entered with one command, so that a transaction stays small.
const AT_ONCE: usize = 20;

const OPEN: &str = "SELECT id FROM loyalty_review WHERE open = 1";
const REVIEWED: &str = "SELECT 1 FROM loyalty_review WHERE \"on\" >= ?1";
const ENTERED: &str = "SELECT 1 FROM loyalty_move WHERE review = ?1";
/// Whoever moves and does not know it yet.
const UNTOLD: &str = "SELECT it.id FROM loyalty_move AS it INDEXED BY loyalty_move_review
    CROSS JOIN loyalty_member AS member ON member.id = it.customer
    WHERE it.review = ?1 AND member.rank <> it.\"to\" AND member.next_on IS NULL";
const DUE: &str = "SELECT id FROM loyalty_member WHERE next_on <= ?1";

/// One step further; says how much was done.
pub async fn review_tiers(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let deeds = db.read(move |snapshot| next(snapshot, now)).await?;
    carry_out(db, now, deeds).await
}

fn next(snapshot: &Snapshot<'_>, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let rows = snapshot.rows();
    let (Some(company), Some(programme)) = (rows.get::<Company>(Id::ONLY)?, rows.get::<Programme>(Id::ONLY)?) else {
        return Ok(Vec::new());
    };
    let today = company.today(now);
    let open = ids(snapshot, OPEN, ())?.first().copied();
    let Some(review) = open.map(|id| rows.get::<Review>(id)).transpose()?.flatten() else {
        return Ok(asked(snapshot, &programme, programme.from, today)?.into_iter().collect());
    };
    match review.state {
        ReviewState::Asked => worked_out(snapshot, &programme, &review, today, now),
        ReviewState::Approved => carried_on(snapshot, &review, today, company.zone.moment(today, 0)),
        ReviewState::Proposed | ReviewState::Done | ReviewState::Dropped => Ok(Vec::new()),
    }
}

/// What is done about a review or somebody in it, so that one deed is never taken for another.
#[derive(Clone, Copy)]
enum Mark {
    Ask,
    Drop,
    Propose,
    Announce,
    Book,
    Finish,
    /// And one more for each command that enters some.
    Enter,
}

fn deed(thing: impl Into<Id>, moment: Instant, mark: Mark, command: loyalty::Command) -> Deed {
    Deed { id: id_of(thing.into(), Id::ONLY, moment, mark as u32), command: Command::Loyalty(command) }
}

/// Once a quarter, where the programme is older than the quarter and nobody has asked already.
fn asked(snapshot: &Snapshot<'_>, programme: &Programme, since: Date, today: Date) -> Result<Option<Deed>, Trouble> {
    let (first, _) = quarter(today);
    let is_reviewed = snapshot.connection().prepare_cached(REVIEWED)?.exists([first.to_string()])?;
    if is_reviewed || since >= first || !programme.rules.tiers.are_by_share() {
        return Ok(None);
    }
    let day = Instant(first.days());
    let id = ReviewId::from(Id::from(id_of(Id::ONLY, Id::ONLY, day, 1)));
    Ok(Some(deed(id, day, Mark::Ask, loyalty::Command::AskReview { id })))
}

fn worked_out(snapshot: &Snapshot<'_>, programme: &Programme, review: &Review, today: Date, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let id = review.id;
    if snapshot.connection().prepare_cached(ENTERED)?.exists([Id::from(id).bytes()])? {
        // The server stopped halfway, and scores may have changed since: begun anew.
        let anew = ReviewId::from(Id::from(id).together(Id::ONLY, 1));
        return Ok(vec![
            deed(id, now, Mark::Drop, loyalty::Command::DropReview { review: id }),
            deed(anew, now, Mark::Ask, loyalty::Command::AskReview { id: anew }),
        ]);
    }
    let (finding, movers) = judged(&programme.rules.tiers, contenders(snapshot, programme, today)?, today);
    let enter = |(movers, n): (&[loyalty::Mover], u32)| {
        let command = loyalty::Command::EnterMovers { review: id, movers: movers.to_vec() };
        Deed { id: id_of(id.into(), Id::ONLY, now, Mark::Enter as u32 + n), command: Command::Loyalty(command) }
    };
    let mut deeds: Vec<Deed> = movers.chunks(AT_ONCE).zip(0..).map(enter).collect();
    deeds.push(deed(id, now, Mark::Propose, loyalty::Command::ProposeReview { review: id, finding }));
    Ok(deeds)
}

fn contenders(snapshot: &Snapshot<'_>, programme: &Programme, today: Date) -> Result<Vec<Contender>, Trouble> {
    let ranks = ranks(snapshot, today)?;
    let contend =
        |Score { customer, score, earned }| ranks.get(&customer).map(|rank| Contender { customer, rank: rank.held, score, earned });
    Ok(scores(snapshot, programme.rules.tiers.window_days, today)?.into_iter().filter_map(contend).collect())
}

/// Everybody who moves is told; once the day has come it is booked.
fn carried_on(snapshot: &Snapshot<'_>, review: &Review, today: Date, midnight: Instant) -> Result<Vec<Deed>, Trouble> {
    let (id, approved) = (Id::from(review.id), review.decided_at.unwrap_or(review.at));
    let untold = ids(snapshot, UNTOLD, [id.bytes()])?;
    if !untold.is_empty() {
        return Ok(untold.into_iter().map(|it| deed(it, approved, Mark::Announce, loyalty::Command::AnnounceMove { id: it })).collect());
    }
    if review.takes_effect_on.is_none_or(|on| today < on) {
        return Ok(Vec::new());
    }
    let settle = |customer: Id| deed(customer, midnight, Mark::Book, loyalty::Command::Settle { customer: CustomerId::from(customer) });
    let due: Vec<Deed> = ids(snapshot, DUE, [today.to_string()])?.into_iter().map(settle).collect();
    if due.is_empty() {
        return Ok(vec![deed(id, approved, Mark::Finish, loyalty::Command::FinishReview { review: review.id })]);
    }
    Ok(due)
}

fn ids(snapshot: &Snapshot<'_>, sql: &str, of: impl rusqlite::Params) -> Result<Vec<Id>, Trouble> {
    let mut ids = snapshot.connection().prepare_cached(sql)?;
    let ids = ids.query_map(of, |row| Ok(Id::from_bytes(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    /// All members and their lots are looked at once a quarter; nothing else looks through a table.
    #[test]
    fn only_a_review_looks_at_everybody() {
        assert_eq!(db::plan(OPEN), ["SEARCH loyalty_review USING INDEX loyalty_review_open (open=?)"]);
        assert_eq!(db::plan(REVIEWED), ["SEARCH loyalty_review USING COVERING INDEX loyalty_review_on (on>?)"]);
        assert_eq!(db::plan(ENTERED), ["SEARCH loyalty_move USING COVERING INDEX loyalty_move_review (review=?)"]);
        assert_eq!(db::plan(DUE), ["SEARCH loyalty_member USING INDEX loyalty_member_next_on (next_on<?)"]);
        let untold = db::plan(UNTOLD);
        assert!(untold.iter().all(|step| step.starts_with("SEARCH")), "{untold:?}");
    }
}
