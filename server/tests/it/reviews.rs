//! The review of tiers by share, from the quarter's first minute to the midnight on which all change (S116–S119).

use domain::{
    access::{Reach, Role},
    change::{self, Command},
    context::Actor,
    customers::Figure,
    id::{CustomerId, Id, ReviewId},
    lookup::{Found, Question},
    loyalty::{self, Lot, Member, Move, Review, ReviewState, Rules, Tiers, portal as shown, qualifying},
    money::{Currency, Money, Points},
    row::{Field, Row, Rows},
    text::Line,
    time::{Date, Instant, Zone},
    words::Lang,
};
use server::loyalty::{Asked, told};

use std::cmp::Reverse;

use super::{
    harness::{House, NOON, Somebody, fresh},
    lookup::ask,
    wire::Holder,
};

const CUSTOMERS: i64 = 40;

fn zone() -> Zone {
    Zone::fixed("Asia/Shanghai", 8 * 3_600)
}

fn midnight(day: &str) -> Instant {
    zone().moment(day.parse().expect("a date"), 0)
}

struct Club {
    house: House,
    marketing: Somebody,
    customers: Vec<CustomerId>,
}

/// Forty customers, each with more points than the one before; tiers are by share since yesterday.
async fn club() -> Club {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let marketing = house.join("何韵", Role::Marketing, &[east]).await;
    let mut club = Club { house, marketing, customers: Vec::new() };
    let rules = Box::new(Rules { tiers: Tiers::usual_by_share(), ..Rules::usual(Money::new(100).expect("an amount")) });
    club.does(loyalty::Command::PlanProgramme { id: fresh(), from: zone().date_at(NOON), rules }).await;
    for n in 1..=CUSTOMERS {
        let customer = club.house.customer("拾禾餐饮", east, None).await;
        let points = Points::new(n * 10).expect("points");
        club.does(loyalty::Command::Give { customer, points, reason: Line::parse("礼").expect("a line") }).await;
        club.customers.push(customer);
    }
    club
}

impl Club {
    async fn tries(&self, command: loyalty::Command) -> Result<(), change::Refusal> {
        self.house.command(self.marketing.actor(), Command::Loyalty(command)).await.expect("no trouble")
    }

    async fn does(&self, command: loyalty::Command) {
        assert_eq!(self.tries(command.clone()).await, Ok(()), "{command:?}");
    }

    /// The server's clock stands here, and its jobs have gone round until nothing was left to do.
    async fn at(&self, now: Instant) {
        self.house.clock.move_to(now);
        for _ in 0..9 {
            server::jobs::review_tiers(&self.house.db, now).await.expect("no trouble");
        }
    }

    /// Somebody who manages the programme and has signed in just now.
    async fn manager(&self) -> Somebody {
        self.house.join("何韵", Role::Marketing, &[]).await
    }

    /// As those who manage the programme are sent them, the latest first.
    async fn reviews(&self) -> Vec<Review> {
        let mut device = Holder::new();
        device.pull(&self.house, &self.manager().await).await;
        let mut reviews: Vec<Review> = device.all();
        reviews.sort_by_key(|review| Reverse((review.on, review.at)));
        reviews
    }

    async fn ranks(&self, on: &str) -> Vec<i64> {
        let on: Date = on.parse().expect("a date");
        let mut ranks = Vec::new();
        for customer in &self.customers {
            ranks.push(self.house.row::<Member>(*customer).await.expect("a member").rank_on(on));
        }
        ranks
    }
}

fn rows<T: Row>(found: &Found) -> Vec<T> {
    let wanted = found.rows.iter().filter(|row| row.0 == T::ENTITY);
    wanted.map(|row| serde_json::from_str(row.2.get()).expect("a row")).collect()
}

/// Two diamonds of forty (5 %), five gold ones (12 %), the best first.
fn expected() -> Vec<i64> {
    [vec![0; 33], vec![1; 5], vec![2; 2]].concat()
}

#[tokio::test]
async fn a_quarter_begins_with_a_proposal_and_what_is_approved_comes_true() {
    let club = club().await;
    club.at(midnight("2026-12-31")).await;
    assert_eq!(club.reviews().await, [], "the programme is younger than its quarter");
    club.at(midnight("2027-01-01")).await;
    let [review] = &club.reviews().await[..] else { panic!("one review") };
    assert_eq!((review.state, review.by, review.on.to_string().as_str()), (ReviewState::Proposed, Actor::System, "2027-01-01"));
    assert_eq!((&review.sizes.0[..], review.rises, review.falls), (&[(40, 33), (0, 5), (0, 2)][..], 7, 0));

    let found = ask(&club.house, &club.manager().await, Question::Moves(review.id)).await;
    let moves: Vec<Move> = rows(&found);
    assert_eq!((found.total, moves.iter().map(|it| it.place).max()), (7, Some(7)));
    assert_eq!(rows::<Figure>(&found).len(), 7, "with who it is");
    for it in &moves {
        let of = it.customer;
        let lots = club.house.db.read(move |snapshot| Ok(snapshot.rows().by::<Lot>("customer", &of.to_cell())?)).await;
        let lots = lots.expect("lots").into_iter().map(|lot| lot.holding());
        assert_eq!(it.score, qualifying(lots, &Tiers::usual_by_share(), review.on), "as the rule says");
    }

    let on = "2027-01-04".parse().expect("a date");
    club.does(loyalty::Command::ApproveReview { review: review.id, on }).await;
    club.at(midnight("2027-01-01").plus_seconds(60)).await;
    assert_eq!(club.ranks("2027-01-03").await, [0; 40]);
    assert_eq!(club.ranks("2027-01-04").await, expected(), "all at one midnight, though nothing is booked");
    let guest = club.house.guest("罗一舟", club.customers[39]).await;
    let mut phone = Holder::new();
    phone.pull(&club.house, &guest).await;
    let told = phone.get::<shown::Member>(club.customers[39]).expect("a member");
    assert_eq!((told.rank, told.next_rank, told.next_on), (0, Some(2), Some(on)), "customers are told before");

    club.at(midnight("2027-01-04")).await;
    let booked: Vec<i64> = {
        let mut booked = Vec::new();
        for customer in &club.customers {
            booked.push(club.house.row::<Figure>(*customer).await.expect("figures").rank);
        }
        booked
    };
    assert_eq!(booked, expected());
    assert_eq!(club.reviews().await[0].state, ReviewState::Done);
    assert_eq!(club.house.count("SELECT count(*) FROM loyalty_member WHERE next_on IS NOT NULL").await, 0);
    assert_eq!(club.house.count("SELECT count(*) FROM timeline_entry WHERE what LIKE '%ranked%'").await, 7, "told once");
    club.at(midnight("2027-03-31")).await;
    assert_eq!(club.reviews().await.len(), 1, "one a quarter");
    assert_eq!(server::db::check(&club.house.file()), []);
}

/// A server that stopped while it worked a review out begins anew: scores may have changed since.
#[tokio::test]
async fn a_review_that_was_left_halfway_is_begun_anew() {
    let club = club().await;
    let id: ReviewId = fresh();
    club.does(loyalty::Command::AskReview { id }).await;
    let mover = loyalty::Mover { customer: club.customers[0], place: 1, score: Points::ZERO, from: 0, to: 2 };
    let enter = Command::Loyalty(loyalty::Command::EnterMovers { review: id, movers: vec![mover] });
    assert_eq!(club.house.command(Actor::System, enter).await.expect("no trouble"), Ok(()));
    club.at(NOON.plus_seconds(60)).await;
    let states: Vec<ReviewState> = club.reviews().await.into_iter().map(|review| review.state).collect();
    assert!(states.contains(&ReviewState::Dropped) && states.contains(&ReviewState::Proposed) && states.len() == 2, "{states:?}");
    let proposed = club.reviews().await.into_iter().find(|review| review.state == ReviewState::Proposed).expect("the new one");
    let moves: Vec<Move> = rows(&ask(&club.house, &club.manager().await, Question::Moves(proposed.id)).await);
    assert!(moves.len() == 7 && moves.iter().all(|it| it.customer != club.customers[0]));
}

/// S134, access: what a review says is for those who manage the programme.
#[tokio::test]
async fn nobody_else_is_shown_reviews() {
    let club = club().await;
    let id: ReviewId = fresh();
    club.does(loyalty::Command::AskReview { id }).await;
    club.at(NOON.plus_seconds(60)).await;
    let team = club.house.row::<domain::customers::Customer>(club.customers[0]).await.expect("a customer").team;
    for role in [Role::Sales, Role::Service, Role::Support] {
        let other = club.house.join("林晓", role, &[team]).await;
        let found = ask(&club.house, &other, Question::Moves(id)).await;
        assert_eq!((found.ids.len(), found.total, found.rows.len()), (0, 0, 0), "{role:?}");
        let mut device = Holder::new();
        device.pull(&club.house, &other).await;
        assert_eq!(device.all::<Review>(), [], "{role:?}");
    }
    assert_eq!(ask(&club.house, &club.manager().await, Question::Moves(Id::ONLY.into())).await.total, 0, "of no review");
}

/// What the command line tells of a past day: the ledger replayed, and reviews as they would have been.
#[tokio::test]
async fn the_ledger_is_told_as_of_any_day() {
    let club = club().await;
    let last = club.customers[39];
    // What happens at one moment has no order.
    club.house.clock.move_to(NOON.plus_seconds(60));
    club.does(loyalty::Command::Take {
        customer: last,
        points: Points::new(150).expect("points"),
        reason: Line::parse("误发").expect("a line"),
    })
    .await;
    let asks = async |asked: Asked| {
        let today = "2026-11-21".parse().expect("a date");
        club.house.db.read(move |snapshot| told(snapshot, &asked, (today, Currency::Cny), Lang::En)).await.expect("no trouble")
    };
    let day = |text: &str| text.parse::<Date>().expect("a date");
    let on = Some(day("2026-11-21"));
    let lines = asks(Asked::Points { on }).await;
    assert_eq!(lines[0], "2026-11-21: earned 8200 = active 8050 + locked 0 + used 150 + expired 0 + taken back 0");
    assert!(asks(Asked::Points { on: Some(day("2026-11-20")) }).await[0].starts_with("2026-11-20: earned 0 ="), "nothing was earned then");
    assert!(asks(Asked::Points { on: Some(day("2028-01-01")) }).await[0].contains("active 0 + locked 0 + used 150 + expired 8050"));

    let lines = asks(Asked::Reviews { from: day("2026-10-01"), to: day("2027-04-01") }).await;
    assert_eq!(lines[2], "2027-01-01\t40\t33 (82.5%)\t5 (12.5%)\t2 (5.0%)\t7\t0");
    assert_eq!(lines[3], "2027-04-01\t40\t33 (82.5%)\t5 (12.5%)\t2 (5.0%)\t0\t0", "nobody flaps");

    let no = club.house.row::<domain::customers::Customer>(last).await.and_then(|customer| customer.no).expect("a number");
    let lines = asks(Asked::History { customer: no }).await;
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].ends_with("+400\t400\tgiven 礼") && lines[1].ends_with("-150\t250\ttaken 误发"), "{lines:?}");
    assert!(lines[2].ends_with("active"), "{lines:?}");
}
