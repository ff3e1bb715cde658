//! Rules hold from their day on: planned before, asked by the day ever after (request 20).

use super::points::{buys_on, date, did, does, noon_of, on, points, with_rules};
use crate::{
    access, change,
    id::{Id, ReviewId, VersionId},
    loyalty::{
        Command, FURTHEST_DAYS, Keeping, Lot, Member, Programme, Refusal, Review, ReviewState, Rules, Tiers, Version, VersionState,
        rules_on,
    },
    testing::{Office, SHIHE, company, id, line},
};

const PLAN: VersionId = VersionId(id(b'V', 1));

/// Three points where there was one.
fn triple(office: &Office) -> Box<Rules> {
    let mut rules = office.store.row::<Programme>(Id::ONLY).rules;
    rules.earning.points = points(3);
    Box::new(rules)
}

fn plan(office: &Office, from: &str) -> Command {
    Command::PlanProgramme { id: PLAN, from: date(from), rules: triple(office) }
}

fn job(office: &mut Office, command: Command) -> Result<Vec<change::Event>, change::Refusal> {
    office.by_itself(&change::Command::Loyalty(command))
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Loyalty(refusal))
}

fn earned(office: &Office) -> Vec<i64> {
    let mut lots = office.store.all::<Lot>();
    lots.sort_by_key(|lot| lot.order);
    lots.iter().map(|lot| lot.earned.get()).collect()
}

fn state(office: &Office) -> VersionState {
    office.store.row::<Version>(PLAN).state
}

/// Whether the job was quick or slow, and whenever an order is told: its own day decides.
#[test]
fn an_order_earns_by_the_rules_of_its_day() {
    let mut office = on("2026-11-18");
    let planned = plan(&office, "2026-12-01");
    did(&mut office, planned);
    assert_eq!(state(&office), VersionState::Planned);
    buys_on(&mut office, 1, 10, "2026-11-18");
    office.now = noon_of("2026-12-01");
    buys_on(&mut office, 2, 10, "2026-12-01");
    buys_on(&mut office, 3, 10, "2026-11-30");
    job(&mut office, Command::BeginVersion { version: PLAN }).expect("its day");
    buys_on(&mut office, 4, 10, "2026-12-01");
    buys_on(&mut office, 5, 10, "2026-11-30");
    // Before there was a programme.
    buys_on(&mut office, 6, 10, "2020-01-01");
    assert_eq!(earned(&office), [10, 30, 10, 30, 10, 10]);
    let programme: Programme = office.store.row(Id::ONLY);
    assert_eq!((programme.from, programme.until, programme.rules.earning.points), (date("2026-12-01"), None, points(3)));
}

/// A refund takes back by the rule that gave (trap 1).
#[test]
fn new_rules_leave_what_was_earned_as_it_was() {
    let mut office = on("2026-11-18");
    buys_on(&mut office, 1, 10, "2026-11-18");
    let before = office.store.all::<Lot>();
    let now = plan(&office, "2026-11-18");
    did(&mut office, now);
    assert_eq!(state(&office), VersionState::Begun, "from today on");
    assert_eq!(office.store.all::<Lot>(), before);
    buys_on(&mut office, 2, 10, "2026-11-18");
    assert_eq!(earned(&office), [10, 30]);
}

#[test]
fn one_plan_takes_the_place_of_another_and_none_is_in_the_past() {
    let mut office = on("2026-11-18");
    let far = date("2026-11-18").plus_days(FURTHEST_DAYS + 1).to_string();
    for day in ["2026-11-17", &far] {
        let planned = plan(&office, day);
        assert_eq!(does(&mut office, planned), refused(Refusal::NoSuchDay), "{day}");
    }
    let planned = plan(&office, "2026-12-01");
    did(&mut office, planned);
    let other = Command::PlanProgramme { id: VersionId(id(b'V', 2)), from: date("2026-12-01"), rules: triple(&office) };
    did(&mut office, other);
    assert_eq!((state(&office), office.store.row::<Version>(id(b'V', 2)).state), (VersionState::Dropped, VersionState::Planned));
    let call_off = |day| Command::DropPlan { from: date(day) };
    assert_eq!(does(&mut office, call_off("2026-12-02")), refused(Refusal::PlanDecided), "not the one that was seen");
    did(&mut office, call_off("2026-12-01"));
    assert_eq!(does(&mut office, call_off("2026-12-01")), refused(Refusal::PlanDecided));
    office.now = noon_of("2026-12-02");
    assert_eq!(job(&mut office, Command::BeginVersion { version: PLAN }), refused(Refusal::PlanDecided));
    let rules = |day: &str| rules_on(&office.store, date(day)).expect("rows").expect("rules").earning.points;
    assert_eq!((rules("2026-11-18"), rules("2026-12-02")), (points(1), points(1)), "what was called off never holds");
}

#[test]
fn only_jobs_begin_what_was_planned_and_not_before_its_day() {
    let mut office = on("2026-11-18");
    let planned = plan(&office, "2026-12-01");
    did(&mut office, planned);
    for command in [Command::BeginVersion { version: PLAN }, Command::FinishVersion { version: PLAN }] {
        assert_eq!(does(&mut office, command), Err(change::Refusal::Access(access::Refusal::NotFound)));
    }
    assert_eq!(job(&mut office, Command::FinishVersion { version: PLAN }), refused(Refusal::PlanDecided));
    assert_eq!(job(&mut office, Command::BeginVersion { version: PLAN }), refused(Refusal::NoSuchDay));
}

/// What was found by former rules is not approved any more.
#[test]
fn a_proposal_ends_with_the_rules_it_was_made_by() {
    let review = ReviewId(id(b'v', 1));
    let mut office = on("2026-11-18");
    with_rules(&mut office, |rules| rules.tiers = Tiers::usual_by_share());
    let rules = triple(&office);
    let next = VersionId(id(b'V', 9));
    did(&mut office, Command::PlanProgramme { id: next, from: date("2026-12-01"), rules });
    did(&mut office, Command::AskReview { id: review });
    office.now = noon_of("2026-12-01");
    job(&mut office, Command::BeginVersion { version: next }).expect("its day");
    let review: Review = office.store.row(review);
    assert_eq!((review.state, review.open), (ReviewState::Dropped, false));
}

/// The tier follows the rules of today, by what was earned (S130).
#[test]
fn settling_gives_the_tier_of_the_new_rules() {
    let mut office = on("2026-11-18");
    did(&mut office, Command::Give { customer: SHIHE, points: points(1_500), reason: line("礼") });
    with_rules(&mut office, |rules| rules.tiers.tiers[0].from = points(1_000));
    assert_eq!(office.store.row::<Member>(SHIHE).rank, 0);
    job(&mut office, Command::Settle { customer: SHIHE }).expect("a job may");
    let member: Member = office.store.row(SHIHE);
    assert_eq!((member.rank, member.ranked_on), (1, company().today(office.now)));
}

fn settled(office: &mut Office, day: &str) -> (i64, Option<i64>, Option<String>) {
    office.now = noon_of(day);
    job(office, Command::Settle { customer: SHIHE }).expect("a job may");
    let member: Member = office.store.row(SHIHE);
    (member.rank, member.next_rank, member.next_on.map(|on| on.to_string()))
}

/// Whoever keeps a tier for a while falls by one at a time and is told before; whoever earns meanwhile stays.
#[test]
fn a_tier_is_kept_for_its_days_of_grace_and_left_step_by_step() {
    let mut office = on("2026-01-01");
    with_rules(&mut office, |rules| rules.tiers.keeping = Some(Keeping { days: 60, one_step: true }));
    did(&mut office, Command::Give { customer: SHIHE, points: points(10_000), reason: line("礼") });
    assert_eq!(settled(&mut office, "2026-12-31"), (3, None, None));
    assert_eq!(settled(&mut office, "2027-01-01"), (3, Some(2), Some("2027-03-02".into())), "out of the window, and told");
    assert_eq!(settled(&mut office, "2027-02-01"), (3, Some(2), Some("2027-03-02".into())), "grace does not begin anew");
    assert_eq!(settled(&mut office, "2027-03-02"), (2, Some(1), Some("2027-05-01".into())));
    did(&mut office, Command::Give { customer: SHIHE, points: points(6_000), reason: line("礼") });
    assert_eq!(settled(&mut office, "2027-03-03"), (2, None, None), "enough for gold again");
    did(&mut office, Command::Give { customer: SHIHE, points: points(9_000), reason: line("礼") });
    assert_eq!(settled(&mut office, "2027-03-04"), (3, None, None), "up at once");
}

/// Without steps the fall is as deep as the points are few, after the same grace.
#[test]
fn grace_without_steps_ends_where_the_points_are() {
    let mut office = on("2026-01-01");
    with_rules(&mut office, |rules| rules.tiers.keeping = Some(Keeping { days: 30, one_step: false }));
    did(&mut office, Command::Give { customer: SHIHE, points: points(10_000), reason: line("礼") });
    assert_eq!(settled(&mut office, "2027-01-01"), (3, Some(0), Some("2027-01-31".into())));
    assert_eq!(office.store.row::<Member>(SHIHE).rank_on(date("2027-01-31")), 0, "the date alone makes it true");
    assert_eq!(settled(&mut office, "2027-01-31"), (0, None, None));
}
