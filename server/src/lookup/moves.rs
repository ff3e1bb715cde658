//! Whom a review of tiers moves, for those who manage the programme.

use super::{
    paging::{Look, Page},
    runs::Run,
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::id::{Id, ReviewId};

const MOVES: Run = Run { table: "loyalty_move", index: "loyalty_move_review", at: "r.place", is_latest_first: false, condition: "1" };

pub(super) fn find(look: &Look<'_>, review: ReviewId, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
    MOVES.page(look, &of(review), after, most)
}

fn of(review: ReviewId) -> Sql {
    Sql::with("r.review = ?", value(review))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;
    use rusqlite::types::Value;

    #[test]
    fn a_review_is_read_in_the_order_of_its_places() {
        let review = of(ReviewId(Id::ONLY));
        for place in [None, Some((Value::Integer(1), Id::ONLY))] {
            let steps = plan(&MOVES.read(&review, place, 200).text);
            assert!(steps[0].contains("loyalty_move_review (review=?") && !steps.iter().any(|step| step.contains("TEMP")), "{steps:?}");
        }
    }
}
