//! Who hears of an answer, and where it counts.

use crate::{
    channel::Channel,
    customers::Figure,
    insights::{Cell, Mark, Measure, Sides, Touch, cell_id},
    notices::{Cause, Notice},
    row::Rows,
    surveys::tests::{office, says},
    testing::{LIN, NOON, SHIHE, ZHOU, company},
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

/// Who has become a gold member since did not answer as one.
#[test]
fn an_answer_counts_for_the_tier_and_the_owner_of_its_day() {
    let mut office = office();
    let rank = |office: &mut crate::testing::Office, rank| office.store.change::<Figure>(SHIHE, |figure| figure.rank = rank);
    rank(&mut office, 2).expect("memory");
    says(&mut office, 1, 3).expect("an answer");
    rank(&mut office, 3).expect("memory");
    let marks = office.store.all::<Mark>();
    let sides = Sides { department: None, person: Some(LIN), rank: 2, touch: Some(Touch::Survey), channel: Some(Channel::Portal) };
    assert_eq!(marks.iter().map(Mark::sides).collect::<Vec<_>>(), [sides]);
}
