//! Who hears of an answer, and where it counts.

use crate::{
    insights::{Cell, Measure, cell_id},
    notices::{Cause, Notice},
    surveys::tests::{office, says},
    testing::{LIN, NOON, ZHOU, company},
    timeline::{Entry, What},
};

/// S152: who is not content is called back; who is, is left in peace.
#[test]
fn an_unhappy_customer_is_called_back() {
    for (score, told) in [(6, vec![ZHOU, LIN]), (7, vec![]), (10, vec![])] {
        let mut office = office();
        says(&mut office, 1, score).expect("an answer");
        let mut people: Vec<_> =
            office.store.all::<Notice>().into_iter().filter(|notice| notice.cause == Cause::Unhappy).map(|notice| notice.person).collect();
        people.sort_unstable();
        assert_eq!(people, told, "{score}");
        let said = office.store.all::<Entry>().into_iter().any(|entry| matches!(entry.what, What::Answered { .. }));
        assert!(said, "it stands on the timeline");
    }
}

#[test]
fn an_answer_counts_on_its_day() {
    let mut office = office();
    says(&mut office, 1, 10).expect("an answer");
    let cell: Cell = office.store.row(cell_id(company().today(NOON), None, Measure::Nps));
    assert_eq!((cell.n, cell.good, cell.bad, cell.sum), (1, 1, 0, 10));
}
