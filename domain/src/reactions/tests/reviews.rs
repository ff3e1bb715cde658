//! Tiers by share change by reviews alone: proposed, approved, and in force for everybody at one midnight (S116–S119).

use super::points::{date, did, does, noon_of, on, points, with_rules};
use crate::{
    access, change,
    context::Actor,
    customers::Figure,
    id::{Id, ReviewId},
    loyalty::{Command, Contender, Event, Finding, Lot, Member, Move, Programme, Refusal, Review, ReviewState, Tiers, judged, qualifying},
    row::Rows,
    testing::{About, HE, Office, company, customer, id, line},
    timeline::{Entry, What},
};

const REVIEW: ReviewId = ReviewId(id(b'v', 1));

/// Tiers are by share, and the three customers have 300, 200 and 100 points.
fn office() -> Office {
    let mut office = on("2026-09-20");
    with_rules(&mut office, |rules| rules.tiers = Tiers::usual_by_share());
    office.store.put(&customer(About(2).customer(), "拾禾餐饮", None)).expect("a store");
    for n in 0..3u8 {
        let count = points(100 * (3 - i64::from(n)));
        did(&mut office, Command::Give { customer: About(n).customer(), points: count, reason: line("礼") });
    }
    office.now = noon_of("2026-10-01");
    office
}

fn job(office: &mut Office, command: Command) -> Vec<change::Event> {
    office.by_itself(&change::Command::Loyalty(command)).expect("a job may")
}

/// What the server's job does: it reads everybody's standing and enters who would move.
fn work_out(office: &mut Office) {
    let today = company().today(office.now);
    let programme: Programme = office.store.row(Id::ONLY);
    let contenders = office.store.all::<Member>().into_iter().map(|member| {
        let lots = office.store.all::<Lot>().into_iter().filter(|lot| lot.customer == member.id).map(|lot| lot.holding());
        let score = qualifying(lots, &programme.rules.tiers, today);
        Contender { customer: member.id, rank: member.rank_on(today), score, earned: member.earned }
    });
    let (finding, movers) = judged(&programme.rules.tiers, contenders.collect(), today);
    job(office, Command::EnterMovers { review: REVIEW, movers });
    job(office, Command::ProposeReview { review: REVIEW, finding });
}

fn member(office: &Office, n: u8) -> Member {
    office.store.row(About(n).customer())
}

fn ranks(office: &Office) -> Vec<i64> {
    let today = company().today(office.now);
    (0..3u8).map(|n| member(office, n).rank_on(today)).collect()
}

fn state(office: &Office) -> ReviewState {
    office.store.row::<Review>(REVIEW).state
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Loyalty(refusal))
}

#[test]
fn what_was_approved_is_so_for_all_at_one_midnight() {
    let mut office = office();
    assert_eq!(ranks(&office), [0, 0, 0], "whatever is earned: only a review gives a tier");
    did(&mut office, Command::AskReview { id: REVIEW });
    work_out(&mut office);
    let review: Review = office.store.row(REVIEW);
    assert_eq!((review.sizes.0, review.rises, review.falls), (vec![(3, 1), (0, 1), (0, 1)], 2, 0));
    did(&mut office, Command::ApproveReview { review: REVIEW, on: date("2026-10-03") });
    let moves = office.store.all::<Move>();
    for it in &moves {
        job(&mut office, Command::AnnounceMove { id: it.id });
    }
    office.now = company().zone.moment(date("2026-10-02"), 24 * 60 - 1);
    assert_eq!(ranks(&office), [0, 0, 0], "until the last minute");
    office.now = office.now.plus_seconds(60);
    assert_eq!(ranks(&office), [2, 1, 0], "everybody at once, booked or not");
    for n in 0..3u8 {
        job(&mut office, Command::Settle { customer: About(n).customer() });
    }
    job(&mut office, Command::FinishReview { review: REVIEW });
    assert_eq!(ranks(&office), [2, 1, 0]);
    assert_eq!((member(&office, 0).rank, member(&office, 0).next_on), (2, None));
    assert_eq!(office.store.row::<Figure>(About(0).customer()).rank, 2);
    let told = office.store.all::<Entry>().into_iter().filter(|entry| matches!(entry.what, What::Ranked { rises: true, .. })).count();
    assert_eq!((told, state(&office)), (2, ReviewState::Done));
    assert_eq!(job(&mut office, Command::Settle { customer: About(0).customer() }), [], "booked once");
}

/// S119: what is bought after the proposal is the next review's.
#[test]
fn a_proposal_stands_whatever_is_bought_meanwhile() {
    let mut office = office();
    did(&mut office, Command::AskReview { id: REVIEW });
    work_out(&mut office);
    let last = About(2).customer();
    did(&mut office, Command::Give { customer: last, points: points(5_000), reason: line("礼") });
    assert!(office.store.all::<Move>().iter().all(|it| it.customer != last));
    did(&mut office, Command::DropReview { review: REVIEW });
    assert_eq!((state(&office), ranks(&office)), (ReviewState::Dropped, vec![0, 0, 0]));
}

#[test]
fn a_review_under_way_is_decided_before_anything_else() {
    let mut office = office();
    did(&mut office, Command::AskReview { id: REVIEW });
    assert_eq!(does(&mut office, Command::AskReview { id: ReviewId(id(b'v', 2)) }), refused(Refusal::ReviewOpen));
    let rules = Box::new(office.store.row::<Programme>(Id::ONLY).rules);
    let other_rules = |from| Command::PlanProgramme { id: id(b'V', 9).into(), from, rules: rules.clone() };
    let (today, tomorrow) = (date("2026-10-01"), date("2026-10-02"));
    assert_eq!(does(&mut office, other_rules(today)), refused(Refusal::ReviewOpen));
    let approve = |on| Command::ApproveReview { review: REVIEW, on };
    assert_eq!(does(&mut office, approve(tomorrow)), refused(Refusal::ReviewDecided), "nothing is proposed yet");
    work_out(&mut office);
    for day in ["2026-10-01", "2026-09-30", "2026-11-02"] {
        assert_eq!(does(&mut office, approve(date(day))), refused(Refusal::NoSuchDay), "{day}");
    }
    did(&mut office, approve(tomorrow));
    assert_eq!(does(&mut office, Command::DropReview { review: REVIEW }), refused(Refusal::ReviewDecided), "customers may have been told");
    job(&mut office, Command::FinishReview { review: REVIEW });
    did(&mut office, other_rules(today));
}

#[test]
fn where_tiers_are_reached_by_points_there_is_nothing_to_review() {
    let mut office = on("2026-10-01");
    assert_eq!(does(&mut office, Command::AskReview { id: REVIEW }), refused(Refusal::NoShares));
}

/// What jobs do, nobody else does.
#[test]
fn nobody_enters_movers_by_hand() {
    let mut office = office();
    did(&mut office, Command::AskReview { id: REVIEW });
    let finding = Finding { on: date("2026-10-01"), sizes: Default::default(), rises: 0, falls: 0 };
    let by_hand = [
        Command::EnterMovers { review: REVIEW, movers: Vec::new() },
        Command::ProposeReview { review: REVIEW, finding },
        Command::AnnounceMove { id: id(b'w', 1) },
        Command::FinishReview { review: REVIEW },
    ];
    for command in by_hand {
        assert_eq!(does(&mut office, command), Err(change::Refusal::Access(access::Refusal::NotFound)));
    }
    assert_eq!(office.store.row::<Review>(REVIEW).by, Actor::Staff(HE));
}

/// The next tier's rate counts from its day on, though nothing is booked yet.
#[test]
fn purchases_earn_by_the_tier_of_their_day() {
    let mut office = office();
    let customer = About(1).customer();
    office.store.put(&Member { next_rank: Some(1), next_on: Some(date("2026-10-02")), ..member(&office, 1) }).expect("a store");
    let programme: Programme = office.store.row(Id::ONLY);
    let percent = |office: &Office, day: &str| programme.rules.rate(office.store.row::<Member>(customer).rank_on(date(day))).percent;
    assert_eq!((percent(&office, "2026-10-01"), percent(&office, "2026-10-02")), (100, 120));
    office.now = noon_of("2026-10-02");
    let events = job(&mut office, Command::Settle { customer });
    assert!(matches!(&events[0], change::Event::Loyalty(Event::Ranked { member, from: 0 }) if member.rank == 1), "{events:?}");
}
