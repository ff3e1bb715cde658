//! What orders do to points, and points to tiers: earned, spent, given back, expired.

use crate::{
    change,
    context::Actor,
    customers::Figure,
    id::{ContactId, Id, OrderId, RedemptionId, RefundId, RewardId},
    loyalty::{
        Command, Entry, Holding, Lot, Member, Metal, Programme, Redemption, RedemptionState, Refusal, Reward, RewardDraft, RewardKind,
        Rules, Tier, Tiers, Version, Why, available, code_of, expiring, portal,
    },
    money::{Currency, Money, Points},
    orders, portal as guests,
    testing::{HE, Office, SHIHE, acting, company, id, line, name},
    tickets,
    time::{Date, Instant},
};

pub(super) const WANG: ContactId = ContactId(id(b'k', 1));
const CUP: RewardId = RewardId(id(b'a', 1));
const TAKEN: RedemptionId = RedemptionId(id(b'd', 1));

pub(super) fn points(count: i64) -> Points {
    Points::new(count).expect("points")
}

pub(super) fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Noon of this day in Shanghai.
pub(super) fn noon_of(day: &str) -> Instant {
    company().zone.moment(date(day), 12 * 60)
}

pub(super) fn on(day: &str) -> Office {
    let mut office = Office::default();
    office.now = noon_of(day);
    office
}

pub(super) fn does(office: &mut Office, command: Command) -> Result<Vec<change::Event>, change::Refusal> {
    office.does(HE, &change::Command::Loyalty(command))
}

pub(super) fn did(office: &mut Office, command: Command) {
    does(office, command.clone()).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
}

/// A paid order of so many yuan, today.
fn buys(office: &mut Office, n: u8, yuan: i64) {
    let today = company().today(office.now).to_string();
    buys_on(office, n, yuan, &today);
}

/// A paid order of that day, told today.
pub(super) fn buys_on(office: &mut Office, n: u8, yuan: i64, day: &str) {
    let draft = orders::Draft {
        no: None,
        customer: SHIHE,
        ordered_on: date(day),
        what: None,
        pieces: None,
        amount: Money::new(yuan * 100).expect("an amount"),
        currency: Currency::Cny,
        paid_on: Some(date(day)),
        earns: true,
    };
    office.did(HE, &change::Command::Orders(orders::Command::Record { id: OrderId(id(b'o', n)), draft: Box::new(draft) }));
}

fn refunds(office: &mut Office, n: u8, yuan: i64) {
    let amount = Money::new(yuan * 100).expect("an amount");
    let (id, order) = (RefundId(id(b'r', office.store.all::<orders::Refund>().len() as u8 + 1)), OrderId(id(b'o', n)));
    office.did(HE, &change::Command::Orders(orders::Command::Refund { id, order, amount, reason: None }));
}

pub(super) fn cup(price: i64) -> Box<RewardDraft> {
    let kind = RewardKind::Goods;
    Box::new(RewardDraft {
        zh: name("随行杯"),
        en: None,
        details: None,
        kind,
        price: points(price),
        stock: None,
        from_rank: 0,
        offered: true,
    })
}

fn redeem(n: u8, price: i64) -> Command {
    Command::Redeem { id: RedemptionId(id(b'd', n)), customer: SHIHE, reward: CUP, price: points(price) }
}

fn holdings(office: &Office) -> Vec<Holding> {
    office.store.all::<Lot>().iter().map(Lot::holding).collect()
}

fn balance(office: &Office) -> i64 {
    available(holdings(office), company().today(office.now)).get()
}

fn member(office: &Office) -> Member {
    office.store.row(SHIHE)
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Loyalty(refusal))
}

/// S135: a point for each whole yuan, rounded down, until the end of the month a year ahead.
#[test]
fn a_paid_order_earns_points_that_last_a_year() {
    let mut office = on("2026-11-18");
    buys(&mut office, 1, 360);
    let [lot] = &office.store.all::<Lot>()[..] else { panic!("one lot") };
    assert_eq!((lot.earned, lot.earned_on, lot.expires_on), (points(360), date("2026-11-18"), Some(date("2027-11-30"))));
    let [entry] = &office.store.all::<Entry>()[..] else { panic!("one entry") };
    assert!(matches!(&entry.why, Why::Bought { amount, .. } if amount.get() == 36_000), "{:?}", entry.why);
    assert_eq!((entry.points, member(&office).left()), (360, points(360)));
}

/// Expiry is at midnight in company time: the last day is still good, the next is not.
#[test]
fn points_expire_at_midnight() {
    let mut office = on("2026-11-18");
    buys(&mut office, 1, 100);
    let at = |day: &str, minute| company().zone.moment(date(day), minute);
    for (moment, left) in [(at("2027-11-30", 23 * 60 + 59), 100), (at("2027-12-01", 0), 0)] {
        office.now = moment;
        assert_eq!(balance(&office), left);
    }
    office.by_itself(&change::Command::Loyalty(Command::Settle { customer: SHIHE })).expect("a job may");
    let booked: Vec<i64> = office.store.all::<Entry>().iter().filter(|entry| entry.why == Why::Expired).map(|entry| entry.points).collect();
    assert_eq!(booked, [-100]);
    let again = office.by_itself(&change::Command::Loyalty(Command::Settle { customer: SHIHE })).expect("a job may");
    assert_eq!(again, [], "booked once");
}

/// Trap 4: all of what expires is named, by day.
#[test]
fn all_that_expires_is_named() {
    let mut office = on("2026-10-05");
    buys(&mut office, 1, 120);
    office.now = noon_of("2026-11-18");
    buys(&mut office, 2, 300);
    buys(&mut office, 3, 50);
    let days = expiring(holdings(&office), date("2026-11-18"));
    assert_eq!(days, [(date("2027-10-31"), points(120)), (date("2027-11-30"), points(350))]);
}

/// Spec 3.2: nearest expiry first.
#[test]
fn the_nearest_expiry_is_spent_first() {
    let mut office = on("2026-11-18");
    did(&mut office, Command::AddReward { id: CUP, reward: cup(150) });
    buys(&mut office, 1, 100);
    office.now = noon_of("2026-12-18");
    buys(&mut office, 2, 100);
    did(&mut office, redeem(1, 150));
    let left: Vec<(Option<Date>, i64)> = holdings(&office).iter().map(|lot| (lot.expires_on, lot.left().get())).collect();
    assert_eq!(left.iter().find(|(last, _)| *last == Some(date("2027-11-30"))).map(|(_, left)| *left), Some(0));
    assert_eq!(balance(&office), 50);
    assert_eq!(does(&mut office, redeem(2, 150)), refused(Refusal::NotEnoughPoints { missing: 100 }));
}

/// Requests 19: called off, the same lots have their points again, with their old expiry.
#[test]
fn a_redemption_called_off_fills_the_same_lots() {
    let mut office = on("2026-11-18");
    did(&mut office, Command::AddReward { id: CUP, reward: cup(80) });
    buys(&mut office, 1, 100);
    let before = office.store.all::<Lot>();
    did(&mut office, redeem(1, 80));
    let redemption: Redemption = office.store.row(TAKEN);
    assert_eq!((redemption.state, redemption.code.len(), balance(&office)), (RedemptionState::Granted, 10, 20));
    did(&mut office, Command::CallOff { redemption: TAKEN });
    assert_eq!(office.store.all::<Lot>(), before);
    assert_eq!(does(&mut office, Command::CallOff { redemption: TAKEN }), refused(Refusal::RedemptionClosed));
    assert_eq!(does(&mut office, Command::Fulfil { redemption: TAKEN }), refused(Refusal::RedemptionClosed));
}

/// Trap 1 (odoo 257854), request 19: points go back with the money, in proportion.
#[test]
fn a_refund_takes_its_points_back() {
    let mut office = on("2026-11-18");
    buys(&mut office, 1, 300);
    refunds(&mut office, 1, 100);
    assert_eq!((balance(&office), member(&office).owed), (200, Points::ZERO));
    refunds(&mut office, 1, 200);
    assert_eq!(balance(&office), 0);
}

/// What was spent before it was taken back is owed, shown, and paid by what is earned next.
#[test]
fn spent_points_that_are_taken_back_are_owed() {
    let mut office = on("2026-11-18");
    did(&mut office, Command::AddReward { id: CUP, reward: cup(250) });
    buys(&mut office, 1, 300);
    did(&mut office, redeem(1, 250));
    refunds(&mut office, 1, 300);
    assert_eq!((balance(&office), member(&office).owed), (0, points(250)));
    buys(&mut office, 2, 100);
    assert_eq!((balance(&office), member(&office).owed), (0, points(150)));
    buys(&mut office, 3, 200);
    assert_eq!((balance(&office), member(&office).owed), (50, Points::ZERO));
}

/// What lapsed and is taken back was nobody's any more: it is not owed.
#[test]
fn a_refund_after_expiry_owes_nothing() {
    let mut office = on("2026-11-18");
    buys(&mut office, 1, 300);
    office.now = noon_of("2027-12-01");
    office.by_itself(&change::Command::Loyalty(Command::Settle { customer: SHIHE })).expect("a job may");
    refunds(&mut office, 1, 300);
    assert_eq!((member(&office).owed, balance(&office)), (Points::ZERO, 0));
}

fn tiered(window_days: i64, from: &[i64]) -> Tiers {
    let tier = |from: &i64| Tier {
        zh: name("级"),
        en: name("Tier"),
        metal: Metal::Silver,
        from: points(*from),
        band: None,
        percent: 100,
        benefits: vec![],
    };
    Tiers { window_days, keeping: None, tiers: from.iter().map(tier).collect() }
}

/// Other rules from today on.
pub fn with_rules(office: &mut Office, change: impl FnOnce(&mut Rules)) {
    let mut rules = office.store.row::<Programme>(Id::ONLY).rules;
    change(&mut rules);
    let n = u8::try_from(office.store.all::<Version>().len()).expect("few versions");
    let from = company().today(office.now);
    did(office, Command::PlanProgramme { id: id(b'V', n).into(), from, rules: Box::new(rules) });
}

fn with_tiers(office: &mut Office, tiers: Tiers) {
    with_rules(office, |rules| rules.tiers = tiers);
}

/// Check value of vsigo.cn HelpCenter4825: 0/500/2000/5000/10000, a point per yuan, a refund demotes at once.
#[test]
fn a_tier_is_reached_by_earning_and_lost_by_refund() {
    let mut office = on("2026-11-18");
    with_tiers(&mut office, tiered(365, &[500, 2_000, 5_000, 10_000]));
    let ranks: Vec<i64> = [(1, 499), (2, 1), (3, 1_500), (4, 3_000), (5, 5_000)]
        .map(|(n, yuan)| {
            buys(&mut office, n, yuan);
            member(&office).rank
        })
        .to_vec();
    assert_eq!(ranks, [0, 1, 2, 3, 4]);
    refunds(&mut office, 5, 1);
    assert_eq!((member(&office).rank, office.store.row::<Figure>(SHIHE).rank), (3, 3));
}

/// Check value of mzcsn.com: a window of 400 days, 2000/5000/10000; Gold with 3000 left in it falls to Silver.
#[test]
fn a_tier_falls_when_the_window_moves_on() {
    let mut office = on("2026-01-01");
    with_tiers(&mut office, tiered(400, &[2_000, 5_000, 10_000]));
    buys(&mut office, 1, 3_000);
    office.now = noon_of("2026-06-01");
    buys(&mut office, 2, 3_000);
    assert_eq!(member(&office).rank, 2);
    let settle = |office: &mut Office, day: &str| {
        office.now = noon_of(day);
        office.by_itself(&change::Command::Loyalty(Command::Settle { customer: SHIHE })).expect("a job may");
        member(office).rank
    };
    assert_eq!(settle(&mut office, "2027-02-04"), 2, "the four hundredth day counts");
    assert_eq!(settle(&mut office, "2027-02-05"), 1);
}

/// Trap 3, request 20 (open-loyalty 131): a tier follows from what was earned, not from what is left.
#[test]
fn spending_never_demotes() {
    let mut office = on("2026-11-18");
    did(&mut office, Command::AddReward { id: CUP, reward: cup(2_000) });
    buys(&mut office, 1, 2_000);
    did(&mut office, redeem(1, 2_000));
    assert_eq!((balance(&office), member(&office).rank), (0, 1));
}

/// S126: a member of the second tier is served one step sooner.
#[test]
fn a_tier_raises_tickets() {
    let mut office = on("2026-11-18");
    buys(&mut office, 1, 5_000);
    let draft = tickets::Draft {
        files: Vec::new(),
        customer: SHIHE,
        contact: None,
        kind: tickets::Kind::Support,
        channel: tickets::Channel::Phone,
        subject: line("不工作"),
        text: crate::testing::prose("没反应"),
        priority: None,
        assignee: None,
    };
    let ticket = crate::id::TicketId(id(b'w', 1));
    office.did(HE, &change::Command::Tickets(tickets::Command::Open { id: ticket, draft: Box::new(draft) }));
    assert_eq!(office.store.row::<tickets::Ticket>(ticket).priority, crate::service_level::Priority::High);
}

#[test]
fn a_reward_is_had_at_its_price_in_stock_and_in_its_tier() {
    let mut office = on("2026-11-18");
    buys(&mut office, 1, 500);
    let few = RewardDraft { stock: Some(1), ..*cup(100) };
    did(&mut office, Command::AddReward { id: CUP, reward: Box::new(few.clone()) });
    assert_eq!(does(&mut office, redeem(1, 99)), refused(Refusal::PriceChanged));
    did(&mut office, redeem(1, 100));
    assert_eq!(does(&mut office, redeem(2, 100)), refused(Refusal::NotOffered));
    did(&mut office, Command::CallOff { redemption: TAKEN });
    assert_eq!(office.store.row::<Reward>(CUP).stock, Some(1));
    did(&mut office, Command::EditReward { id: CUP, reward: Box::new(RewardDraft { from_rank: 1, ..few.clone() }) });
    assert_eq!(does(&mut office, redeem(2, 100)), refused(Refusal::TierTooLow));
    did(&mut office, Command::EditReward { id: CUP, reward: Box::new(RewardDraft { offered: false, ..few }) });
    assert_eq!(does(&mut office, redeem(2, 100)), refused(Refusal::NotOffered));
}

#[test]
fn points_are_given_and_taken_with_a_reason() {
    let mut office = on("2026-11-18");
    let give = |count| Command::Give { customer: SHIHE, points: points(count), reason: line("建议被采纳") };
    assert_eq!(does(&mut office, give(0)), refused(Refusal::NoPoints));
    did(&mut office, give(200));
    let take = |count| Command::Take { customer: SHIHE, points: points(count), reason: line("录入有误") };
    assert_eq!(does(&mut office, take(300)), refused(Refusal::NotEnoughPoints { missing: 100 }));
    did(&mut office, take(50));
    assert_eq!(balance(&office), 150);
}

/// Section 2, limit (i): on a customer's device a redemption is a reservation until the server has looked.
#[test]
fn on_a_device_a_redemption_is_a_reservation() {
    let mut office = on("2026-11-18");
    did(&mut office, Command::AddReward { id: CUP, reward: cup(80) });
    buys(&mut office, 1, 100);
    let command = portal::Command::Redeem { id: TAKEN, reward: CUP, price: points(80) };
    let mut shown = crate::testing::Store::default().with(&portal::Reward::of(&office.store.row(CUP)));
    let context = acting(office.now, Actor::Portal { contact: WANG, customer: SHIHE }, 9);
    portal::run(&mut shown, &command, &context).expect("a reservation");
    let reserved: portal::Redemption = shown.row(TAKEN);
    assert_eq!((reserved.state, reserved.code), (RedemptionState::Reserved, None));
    office.in_portal(WANG, SHIHE, &guests::Command::Loyalty(command)).expect("points are there");
    assert_eq!(portal::Redemption::of(&office.store.row(TAKEN)).code, Some(code_of(TAKEN)));
}
