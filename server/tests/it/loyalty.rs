//! Orders and points over the wire: what is bought is seen by those who may, and nobody spends a point twice.

use domain::{
    access::{Reach, Role},
    change::{self, Command},
    context::Actor,
    customers::{Figure, Worth},
    id::{CustomerId, Id, OrderId, RefundId, RewardId},
    loyalty::{self, Lot, Member, Programme, Redemption, RedemptionState, RewardDraft, RewardKind, Rules, portal as shown},
    money::{Currency, Money, Points},
    orders::{self, Draft, Order, portal as bought},
    portal,
    row::Row,
    sync::{Scope, wire::Mutation},
    time::{Date, Zone},
};

use super::{
    harness::{Guest, House, NOON, Somebody, command_id, fresh, name},
    wire::{Holder, mutation, push, taken},
};

fn points(count: i64) -> Points {
    Points::new(count).expect("points")
}

fn yuan(amount: i64) -> Money {
    Money::new(amount * 100).expect("an amount")
}

fn today() -> Date {
    Zone::fixed("Asia/Shanghai", 8 * 3_600).date_at(NOON)
}

fn sale(customer: CustomerId, amount: i64) -> (OrderId, Command) {
    let id = fresh();
    let draft = Draft {
        no: None,
        customer,
        ordered_on: today(),
        what: None,
        pieces: None,
        amount: yuan(amount),
        currency: Currency::Cny,
        paid_on: Some(today()),
        earns: true,
    };
    (id, Command::Orders(orders::Command::Record { id, draft: Box::new(draft) }))
}

fn redeem(reward: RewardId, price: i64) -> Mutation {
    let command = portal::Command::Loyalty(shown::Command::Redeem { id: fresh(), reward, price: points(price) });
    let (name, args) = command.written().expect("a command that can be written");
    Mutation { mid: 1, cmd_id: command_id(), v: portal::VERSION, name, args, client_ts: NOON }
}

/// A shop with one customer, somebody there, and a cup to be had.
struct Shop {
    house: House,
    zhou: Somebody,
    customer: CustomerId,
    guest: Guest,
    cup: RewardId,
}

async fn shop(price: i64, stock: Option<i64>) -> Shop {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let zhou = house.join("周明", Role::Manager, &[east]).await;
    let customer = house.customer("拾禾餐饮", east, None).await;
    let guest = house.guest("罗一舟", customer).await;
    let cup = fresh();
    let kind = RewardKind::Goods;
    let reward =
        RewardDraft { zh: name("随行杯"), en: None, details: None, kind, price: points(price), stock, from_rank: 0, offered: true };
    let add = Command::Loyalty(loyalty::Command::AddReward { id: cup, reward: Box::new(reward) });
    let shop = Shop { house, zhou, customer, guest, cup };
    shop.does(add).await;
    shop
}

impl Shop {
    async fn does(&self, command: Command) {
        assert_eq!(self.house.command(self.zhou.actor(), command).await.expect("no trouble"), Ok(()));
    }

    /// Every redemption of the customer's that was granted, and what is left.
    async fn stands(&self) -> (i64, Member) {
        let granted = self.house.count("SELECT count(*) FROM loyalty_redemption WHERE state = 'granted'").await;
        (granted, self.house.row::<Member>(self.customer).await.expect("a member"))
    }
}

/// S135, S136: bought by staff, seen at the customer's; redeemed there, seen by staff.
#[tokio::test]
async fn what_is_bought_is_spent_in_the_portal() {
    let shop = shop(80, None).await;
    let (order, bought) = sale(shop.customer, 128);
    let answer = push(&shop.house, &shop.zhou, fresh(), &[mutation(1, &bought)]).await;
    assert!(taken(&answer).results[0].ok, "{}", answer.text);

    let mut phone = Holder::new();
    phone.pull(&shop.house, &shop.guest).await;
    assert_eq!(phone.get::<bought::Order>(order).map(|order| order.amount), Some(yuan(128)));
    assert_eq!(phone.get::<bought::Order>(order).and_then(|order| order.no).map(|no| no.to_string()), Some("O-000001".into()));
    let lots: Vec<i64> = phone.rows.iter().filter(|((entity, _), _)| entity == "portal_lot").map(|_| 1).collect();
    assert_eq!(lots.len(), 1);
    assert!(phone.has::<shown::Reward>(shop.cup) && phone.has::<shown::Programme>(Id::ONLY));

    let answer = push(&shop.house, &shop.guest, phone.client_id, &[redeem(shop.cup, 80)]).await;
    assert!(taken(&answer).results[0].ok, "{}", answer.text);
    phone.pull(&shop.house, &shop.guest).await;
    let taken: Vec<shown::Redemption> = phone
        .rows
        .iter()
        .filter(|((entity, _), _)| entity == "portal_redemption")
        .map(|(_, (json, _))| serde_json::from_str(json).expect("a redemption"))
        .collect();
    assert_eq!(
        taken.iter().map(|it| (it.state, it.code.as_ref().map(String::len))).collect::<Vec<_>>(),
        [(RedemptionState::Granted, Some(10))]
    );

    let mut desk = Holder::with(&[shop.customer]);
    desk.pull(&shop.house, &shop.zhou).await;
    assert_eq!(desk.get::<Member>(shop.customer).map(|member| member.left()), Some(points(48)));
    assert_eq!(desk.get::<Worth>(shop.customer).map(|worth| worth.spent), Some(yuan(128)));
    assert!(desk.get::<Redemption>(taken[0].id).is_some());
}

/// Security B1: two hundred at once for ten.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_redemptions_of_ten_are_ten() {
    let shop = shop(10, None).await;
    let (_, bought) = sale(shop.customer, 105);
    shop.does(bought).await;
    let pushes = (0..200).map(|_| {
        let (house, guest, cup) = (&shop.house, &shop.guest, shop.cup);
        async move { taken(&push(house, guest, fresh(), &[redeem(cup, 10)]).await).results[0].ok }
    });
    let granted = futures_util::future::join_all(pushes).await.into_iter().filter(|ok| *ok).count();
    let (kept, member) = shop.stands().await;
    assert_eq!((granted, kept, member.used, member.left()), (10, 10, points(100), points(5)));
}

/// Security B2: one command from two devices, many times, is done once.
#[tokio::test]
async fn the_same_redemption_from_two_devices_is_one() {
    let shop = shop(10, None).await;
    let (_, bought) = sale(shop.customer, 100);
    shop.does(bought).await;
    let wanted = redeem(shop.cup, 10);
    for _ in 0..200 {
        let answer = push(&shop.house, &shop.guest, fresh(), std::slice::from_ref(&wanted)).await;
        assert!(taken(&answer).results[0].ok);
    }
    assert_eq!(shop.stands().await.0, 1);
}

/// Security B7: the last one is had once.
#[tokio::test(flavor = "multi_thread")]
async fn a_reward_with_one_left_is_had_once() {
    let shop = shop(1, Some(1)).await;
    let (_, bought) = sale(shop.customer, 500);
    shop.does(bought).await;
    let pushes = (0..50).map(|_| {
        let (house, guest, cup) = (&shop.house, &shop.guest, shop.cup);
        async move { taken(&push(house, guest, fresh(), &[redeem(cup, 1)]).await).results[0].ok }
    });
    let granted = futures_util::future::join_all(pushes).await.into_iter().filter(|ok| *ok).count();
    assert_eq!((granted, shop.stands().await.0), (1, 1));
}

/// Trap 1: the money back, the points back, the tier with them; all in one transaction.
#[tokio::test]
async fn a_refund_takes_points_and_tier_back() {
    let shop = shop(10, None).await;
    let (order, bought) = sale(shop.customer, 2_000);
    shop.does(bought).await;
    assert_eq!(shop.house.row::<Figure>(shop.customer).await.map(|figure| figure.rank), Some(1));
    let refund = orders::Command::Refund { id: fresh::<RefundId>(), order, amount: yuan(500), reason: None };
    shop.does(Command::Orders(refund)).await;
    let member = shop.stands().await.1;
    assert_eq!((member.left(), member.rank), (points(1_500), 0));
    assert_eq!(shop.house.row::<Figure>(shop.customer).await.map(|figure| figure.rank), Some(0));
    assert_eq!(shop.house.count("SELECT count(*) FROM timeline_entry WHERE what LIKE '%ranked%'").await, 2);
}

/// 技术工程师仅可见产品使用行为数据: nothing of money reaches a technician's device.
#[tokio::test]
async fn technical_support_sees_no_money() {
    let shop = shop(10, None).await;
    let (order, bought) = sale(shop.customer, 7_654);
    shop.does(bought).await;
    let east = shop.house.row::<domain::customers::Customer>(shop.customer).await.expect("a customer").team;
    let tian = shop.house.join("田一", Role::Support, &[east]).await;
    let mut device = Holder::with(&[shop.customer]);
    device.pull(&shop.house, &tian).await;
    assert!(device.has::<domain::customers::Customer>(shop.customer));
    assert!(!device.has::<Order>(order) && !device.has::<Worth>(shop.customer) && !device.has::<Member>(shop.customer));
    assert!(device.cursors.contains_key(&Scope::History(shop.customer)), "what happened otherwise");
    assert!(device.cursors.keys().all(|scope| !matches!(scope, Scope::Money(_) | Scope::Ledger(_))));
    assert!(!device.rows.keys().any(|(entity, _)| entity == Lot::ENTITY || entity == "loyalty_entry"), "no points");
    let pays: Vec<&String> =
        device.rows.values().map(|(json, _)| json).filter(|json| json.contains("bought") || json.contains("765400")).collect();
    assert!(pays.is_empty(), "nor on the timeline: {pays:?}");
}

/// Somebody of another customer spends nothing of theirs.
#[tokio::test]
async fn a_stranger_spends_nothing() {
    let shop = shop(10, None).await;
    let (_, bought) = sale(shop.customer, 100);
    shop.does(bought).await;
    let team = shop.house.row::<domain::customers::Customer>(shop.customer).await.expect("a customer").team;
    let other = shop.house.customer("木屿", team, None).await;
    let stranger = shop.house.guest("陌生人", other).await;
    let before = shop.house.everything().await;
    let answer = push(&shop.house, &stranger, fresh(), &[redeem(shop.cup, 10)]).await;
    let verdict = taken(&answer).results.remove(0);
    assert!(!verdict.ok);
    let refusal: portal::Refusal = serde_json::from_value(verdict.refusal.expect("a refusal")).expect("one of ours");
    assert_eq!(refusal, portal::Refusal::Loyalty(loyalty::Refusal::NotEnoughPoints { missing: 10 }));
    assert_eq!(shop.house.everything().await, before);
}

/// A job books what expired, once.
#[tokio::test]
async fn what_expired_is_booked_by_the_system() {
    let shop = shop(10, None).await;
    let (_, bought) = sale(shop.customer, 100);
    shop.does(bought).await;
    shop.house.clock.move_to(NOON.plus_seconds(400 * 86_400));
    let settle = || Command::Loyalty(loyalty::Command::Settle { customer: shop.customer });
    for _ in 0..2 {
        assert_eq!(shop.house.command(Actor::System, settle()).await.expect("no trouble"), Ok(()));
    }
    let member = shop.stands().await.1;
    assert_eq!((member.left(), member.lapsed), (points(0), points(100)));
    let refused = shop.house.command(shop.zhou.actor(), settle()).await.expect("no trouble");
    assert_eq!(refused, Err(change::Refusal::Access(domain::access::Refusal::NotFound)), "nobody else settles");
}

/// Amounts and counts out of reason are refused before any rule is asked.
#[tokio::test]
async fn amounts_below_zero_and_beyond_reason_are_malformed() {
    let shop = shop(10, None).await;
    let before = shop.house.everything().await;
    for (mid, amount) in (1..).zip(["-1", "1000000000001", "9223372036854775807", "1.5", "\"100\"", "null"]) {
        let (_, bought) = sale(shop.customer, 1);
        let mut sent = mutation(1, &bought);
        sent.args = serde_json::value::RawValue::from_string(sent.args.get().replace("\"amount\":100", &format!("\"amount\":{amount}")))
            .expect("JSON");
        let verdict = taken(&push(&shop.house, &shop.zhou, fresh(), &[sent]).await).results.remove(0);
        assert!(!verdict.ok && verdict.refusal.is_some_and(|refusal| refusal == "malformed"), "{mid}: {amount}");
    }
    assert_eq!(shop.house.everything().await, before);
}

/// The programme is there from the beginning, so setting it writes over a row: a rule must have read it.
#[tokio::test]
async fn the_programme_is_changed_by_those_who_may() {
    let shop = shop(10, None).await;
    let was: Programme = shop.house.row(Id::ONLY).await.expect("a programme");
    let (twice, from) = (Rules::usual(yuan(2)), was.from);
    shop.does(Command::Loyalty(loyalty::Command::PlanProgramme { id: fresh(), from, rules: Box::new(twice.clone()) })).await;
    assert_eq!(shop.house.row::<Programme>(Id::ONLY).await, Some(Programme { rules: twice, updated_at: NOON, ..was }));
}

/// A tier falls by itself when its points leave the window; a job writes it down, once a day.
#[tokio::test]
async fn a_tier_falls_by_itself() {
    let shop = shop(10, None).await;
    let (_, bought) = sale(shop.customer, 2_000);
    shop.does(bought).await;
    for (days, rank) in [(364, 1), (365, 0)] {
        let now = NOON.plus_seconds(days * 86_400);
        shop.house.clock.move_to(now);
        server::jobs::settle_points(&shop.house.db, now).await.expect("no trouble");
        assert_eq!(shop.stands().await.1.rank, rank, "{days}");
    }
    let now = NOON.plus_seconds(400 * 86_400);
    shop.house.clock.move_to(now);
    assert_eq!(server::jobs::settle_points(&shop.house.db, now).await.expect("no trouble"), 1, "expired meanwhile");
    assert_eq!(server::jobs::settle_points(&shop.house.db, now).await.expect("no trouble"), 0);
    assert_eq!(shop.stands().await.1.left(), points(0));
}
