//! Rules that are planned, previewed and then hold (request 20): what the preview said is what happens, and nobody waits
//! while it does.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant as Moment},
};

use axum::http::StatusCode;
use domain::{
    access::{Reach, Role},
    change::Command,
    customers::Figure,
    id::{CustomerId, Id, VersionId},
    loyalty::{self, Cost, Draft, Member, Named, Preview, Programme, Rules, Tiers, Version, VersionState, portal as shown},
    money::{Currency, Money, Points},
    orders,
    testing::is_full,
    text::Line,
    time::{Date, Instant, Zone},
    timeline::{self, StepDraft},
};
use rand::{RngExt, SeedableRng, rngs::ChaCha12Rng};
use server::jobs::{keep_programme, settle_points};

use super::{
    harness::{House, NOON, Somebody, fresh},
    wire::Holder,
};

fn zone() -> Zone {
    Zone::fixed("Asia/Shanghai", 8 * 3_600)
}

fn date(day: &str) -> Date {
    day.parse().expect("a date")
}

fn midnight(day: &str) -> Instant {
    zone().moment(date(day), 0)
}

struct Club {
    house: House,
    marketing: Somebody,
    customers: Vec<CustomerId>,
}

/// So many customers, each with a purchase of up to 12,000 yuan on the day that the clock shows.
async fn club(count: usize) -> Club {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let marketing = house.join("何韵", Role::Marketing, &[east]).await;
    let (mut customers, mut chance) = (Vec::new(), ChaCha12Rng::seed_from_u64(4));
    for _ in 0..count {
        let customer = house.customer("拾禾餐饮", east, None).await;
        buys(&house, &marketing, customer, chance.random_range(1..12_000)).await;
        customers.push(customer);
    }
    Club { house, marketing, customers }
}

async fn buys(house: &House, by: &Somebody, customer: CustomerId, yuan: i64) {
    let today = zone().date_at(house.clock.now());
    let (amount, currency) = (Money::new(yuan * 100).expect("an amount"), Currency::Cny);
    let draft = orders::Draft {
        no: None,
        customer,
        ordered_on: today,
        what: None,
        pieces: None,
        amount,
        currency,
        paid_on: Some(today),
        earns: true,
    };
    let command = Command::Orders(orders::Command::Record { id: fresh(), draft: Box::new(draft) });
    // Who may, does not matter here.
    assert_eq!(house.command(domain::context::Actor::System, command).await.expect("no trouble"), Ok(()), "{by:?}");
}

/// Four tiers where there were three, reached sooner, and two points for a yuan.
fn generous() -> Rules {
    let mut rules = Rules::usual(Money::new(100).expect("an amount"));
    rules.earning.points = Points::new(2).expect("points");
    let lowest = loyalty::Tier { from: Points::new(500).expect("points"), ..rules.tiers.tiers[0].clone() };
    rules.tiers.tiers.insert(0, lowest);
    rules.tiers.tiers[2].from = Points::new(4_000).expect("points");
    rules
}

impl Club {
    async fn does(&self, command: loyalty::Command) {
        let done = self.house.command(self.marketing.actor(), Command::Loyalty(command.clone())).await.expect("no trouble");
        assert_eq!(done, Ok(()), "{command:?}");
    }

    async fn preview(&self, rules: &Rules, from: &str) -> Preview {
        let draft = Draft { from: date(from), rules: rules.clone() };
        self.house.post(&self.marketing, "/api/programme/preview", &draft).await.ok()
    }

    async fn plan(&self, rules: &Rules, from: &str) -> VersionId {
        let id = fresh();
        self.does(loyalty::Command::PlanProgramme { id, from: date(from), rules: Box::new(rules.clone()) }).await;
        id
    }

    /// The clock stands here, and the job has gone round until nothing was left to do.
    async fn at(&self, now: Instant) {
        self.house.clock.move_to(now);
        for later in 0..9 {
            keep_programme(&self.house.db, Instant(now.0 + later)).await.expect("no trouble");
        }
    }

    async fn ranks(&self) -> BTreeMap<CustomerId, i64> {
        let mut ranks = BTreeMap::new();
        for customer in &self.customers {
            ranks.insert(*customer, self.house.row::<Member>(*customer).await.map_or(0, |member| member.rank));
        }
        ranks
    }

    async fn state(&self, version: VersionId) -> VersionState {
        self.house.row::<Version>(version).await.expect("a version").state
    }
}

fn in_each(ranks: &BTreeMap<CustomerId, i64>) -> Vec<i64> {
    let highest = ranks.values().max().copied().unwrap_or_default();
    (0..=highest).map(|rank| i64::try_from(ranks.values().filter(|it| **it == rank).count()).expect("few")).collect()
}

/// Who is promised something gets it, and nobody else.
#[tokio::test]
async fn what_a_preview_says_is_what_happens() {
    let club = club(60).await;
    let (before, rules) = (club.ranks().await, generous());
    let preview = club.preview(&rules, "2026-12-01").await;
    assert_eq!(club.ranks().await, before, "looking changes nothing");
    let version = club.plan(&rules, "2026-12-01").await;
    club.at(midnight("2026-12-01").plus_seconds(-1)).await;
    assert_eq!((club.state(version).await, club.ranks().await), (VersionState::Planned, before.clone()));

    club.at(midnight("2026-12-01")).await;
    let after = club.ranks().await;
    assert_eq!(club.state(version).await, VersionState::Done);
    assert_eq!(preview.sizes.0.iter().map(|(before, _)| *before).collect::<Vec<_>>(), [in_each(&before), vec![0]].concat());
    assert_eq!(preview.sizes.0.iter().map(|(_, after)| *after).collect::<Vec<_>>(), in_each(&after));
    let moved: BTreeMap<_, _> = preview.named.iter().map(|Named { customer, from, to, .. }| (*customer, (*from, *to))).collect();
    let seen = before.iter().filter(|(customer, rank)| after[customer] != **rank).map(|(it, rank)| (*it, (*rank, after[it])));
    assert_eq!(moved, seen.collect());
    assert!(preview.rises > 0 && preview.rises + preview.falls == i64::try_from(moved.len()).expect("few"), "{preview:?}");
    for (customer, rank) in &after {
        assert_eq!(club.house.row::<Figure>(*customer).await.expect("a figure").rank, *rank, "and everybody sees it");
    }
}

/// The purchases of the past year, bought again, earn what the preview said.
#[tokio::test]
async fn what_a_preview_says_it_costs_is_what_it_costs() {
    let club = club(40).await;
    let mut rules = generous();
    rules.tiers.tiers.iter_mut().for_each(|tier| tier.percent = 100);
    let Cost { purchases, now, then } = club.preview(&rules, "2026-12-01").await.cost;
    let sum = "SELECT sum(earned) FROM loyalty_lot";
    let earned = club.house.count(sum).await;
    assert_eq!(purchases, 40);
    assert!(now.get() >= earned, "in the tiers of now, not in those they were bought in");
    club.plan(&rules, "2026-12-01").await;
    club.at(midnight("2026-12-01")).await;
    let mut chance = ChaCha12Rng::seed_from_u64(4);
    for customer in &club.customers {
        buys(&club.house, &club.marketing, *customer, chance.random_range(1..12_000)).await;
    }
    assert_eq!(club.house.count(sum).await - earned, then.get());
}

/// Tiers by share are previewed as a review of that day finds them; until there is one, nobody moves.
#[tokio::test]
async fn tiers_by_share_wait_for_their_review() {
    let club = club(120).await;
    let rules = Rules { tiers: Tiers::usual_by_share(), ..Rules::usual(Money::new(100).expect("an amount")) };
    let preview = club.preview(&rules, "2026-12-01").await;
    let [_, (_, gold), (_, diamond)] = preview.sizes.0[..] else { panic!("{:?}", preview.sizes) };
    let permille = |count: i64| count * 1_000 / 120;
    assert!((120..=150).contains(&permille(gold)) && (50..=80).contains(&permille(diamond)), "{gold} gold, {diamond} diamond");
    let before = club.ranks().await;
    let version = club.plan(&rules, "2026-12-01").await;
    club.at(midnight("2026-12-01")).await;
    assert_eq!((club.state(version).await, club.ranks().await), (VersionState::Done, before));
}

/// What was called off, and what another plan took the place of, never begins.
#[tokio::test]
async fn what_is_called_off_never_holds() {
    let club = club(10).await;
    let before = club.ranks().await;
    let replaced = club.plan(&generous(), "2026-12-01").await;
    let called_off = club.plan(&generous(), "2026-12-02").await;
    assert_eq!((club.state(replaced).await, club.state(called_off).await), (VersionState::Dropped, VersionState::Planned));
    club.does(loyalty::Command::DropPlan { from: date("2026-12-02") }).await;
    assert_eq!(club.state(called_off).await, VersionState::Dropped);
    for day in ["2026-12-01", "2026-12-02", "2026-12-03"] {
        club.at(midnight(day)).await;
        assert_eq!(club.ranks().await, before, "{day}");
    }
    assert_eq!(club.house.row::<Programme>(Id::ONLY).await.expect("a programme").until, None);
}

/// Somebody who has thought again a moment later: the last word holds, and the job comes to an end.
#[tokio::test]
async fn rules_that_follow_each_other_at_once_end_with_the_last() {
    let club = club(30).await;
    let today = zone().date_at(NOON).to_string();
    let before = club.ranks().await;
    let first = club.plan(&generous(), &today).await;
    let last = club.plan(&Rules::usual(Money::new(100).expect("an amount")), &today).await;
    club.at(NOON).await;
    assert_eq!((club.state(first).await, club.state(last).await), (VersionState::Done, VersionState::Done));
    assert_eq!(club.ranks().await, before);
}

/// What is planned is marketing's business until it holds.
#[tokio::test]
async fn nobody_is_sent_what_is_only_planned() {
    let club = club(1).await;
    let guest = club.house.guest("罗一舟", club.customers[0]).await;
    let sales = club.house.join("林晓", Role::Sales, &[]).await;
    let version = club.plan(&generous(), "2026-12-01").await;
    let (mut phone, mut device) = (Holder::new(), Holder::new());
    phone.pull(&club.house, &guest).await;
    device.pull(&club.house, &sales).await;
    let usual = Rules::usual(Money::new(100).expect("an amount"));
    assert_eq!(phone.all::<shown::Programme>().iter().map(|it| &it.tiers).collect::<Vec<_>>(), [&usual.tiers]);
    let programme = device.all::<Programme>();
    assert_eq!(programme.iter().map(|it| (&it.rules, it.until)).collect::<Vec<_>>(), [(&usual, Some(date("2026-12-01")))]);
    assert!(!device.has::<Version>(version) && !phone.has::<Version>(version));
    for nobody in [&sales, &club.house.join("周知行", Role::Service, &[]).await] {
        let answers = [
            club.house.get(nobody, "/api/programme/versions").await.status,
            club.house.post(nobody, "/api/programme/preview", &Draft { from: date("2026-12-01"), rules: generous() }).await.status,
        ];
        assert_eq!(answers, [StatusCode::FORBIDDEN; 2]);
    }
    let versions: Vec<Version> = club.house.get(&club.marketing, "/api/programme/versions").await.ok();
    let versions: Vec<_> = versions.into_iter().map(|it| (it.id, it.state)).collect();
    assert_eq!(versions, [(version, VersionState::Planned), (VersionId(Id::ONLY), VersionState::Done)]);
}

#[tokio::test]
async fn rules_that_make_no_sense_are_not_previewed() {
    let club = club(0).await;
    let mut rules = generous();
    rules.tiers.window_days = 1;
    let draft = Draft { from: date("2026-12-01"), rules };
    assert_eq!(club.house.post(&club.marketing, "/api/programme/preview", &draft).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Plans a step again and again, and says how long each took.
async fn others_meanwhile(club: &Club, job: impl Future<Output = ()>) -> (Duration, Vec<Duration>) {
    let began = Moment::now();
    let mut took = Vec::new();
    let others = async {
        loop {
            let due = club.house.clock.now().plus_seconds(86_400);
            let step = StepDraft { id: fresh(), text: Line::parse("回访").expect("a line"), due, who: club.marketing.person };
            let note = timeline::Command::Plan { customer: club.customers[0], step };
            let begun = Moment::now();
            assert_eq!(club.house.command(club.marketing.actor(), Command::Timeline(note)).await.expect("no trouble"), Ok(()));
            took.push(begun.elapsed());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        () = job => {}
        () = others => {}
    }
    took.sort_unstable();
    (began.elapsed(), took)
}

fn told(what: &str, (took, others): &(Duration, Vec<Duration>)) {
    let at = |percent: usize| others.get(others.len() * percent / 100).or(others.last()).copied().unwrap_or_default();
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = memory.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    eprintln!("{what}: {took:.1?}; {} commands of others, p50 {:.1?}, p99 {:.1?}; {memory}", others.len(), at(50), at(99));
}

/// Must show 5: at full size ten thousand are in other tiers, and all their points expire later, while others work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_while_everybody_moves() {
    let count = if is_full() { 10_000 } else { 30 };
    let club = club(count).await;
    let mut rules = generous();
    // Everybody who is in a tier falls out of it, and everybody else rises.
    rules.tiers.tiers.truncate(1);
    rules.tiers.tiers[0].from = Points::new(1).expect("points");
    let version = club.plan(&rules, "2026-12-01").await;
    club.house.clock.move_to(midnight("2026-12-01"));
    let before = club.ranks().await;
    let moved = others_meanwhile(&club, club.at(midnight("2026-12-01"))).await;
    let changed = club.ranks().await.iter().filter(|(customer, rank)| before[customer] != **rank).count();
    assert_eq!(club.state(version).await, VersionState::Done);
    told(&format!("{changed} of {count} moved"), &moved);

    let end = NOON.plus_seconds(500 * 86_400);
    club.house.clock.move_to(end);
    let expired = others_meanwhile(&club, async { _ = settle_points(&club.house.db, end).await.expect("no trouble") }).await;
    assert_eq!(club.house.count("SELECT sum(earned - used - returned - lapsed) FROM loyalty_lot").await, 0);
    told(&format!("points of {count} expired"), &expired);
}
