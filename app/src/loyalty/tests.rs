//! What the card says, how a history explains itself, why a reward cannot be had.

use super::{
    ReviewsCard,
    card::summary,
    history,
    redeem::Offers,
    standing::Standing,
    tiers::{benefits, permille, share},
};
use crate::{
    customers::testing::customer,
    testing::{held, render},
    words::Lang,
};
use domain::{
    access::Role,
    context::Actor,
    id::{CustomerId, Id},
    loyalty::{Holding, Lot, Member, Programme, Review, ReviewState, Reward, RewardKind, Rules, Sizes, Source, Tiers, Why},
    money::{Currency, Points},
    text::{Line, Name},
    time::{Date, Instant},
};
use leptos::prelude::*;

const CUSTOMER: CustomerId = CustomerId(Id::from_bytes([3; 16]));

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn points(count: i64) -> Points {
    Points::new(count).expect("points")
}

fn programme() -> Programme {
    Programme::usual(Currency::Cny.unit(), date("2026-01-01"), Instant(0))
}

fn holding(earned_on: &str, earned: i64, used: i64) -> Holding {
    let earned_on = date(earned_on);
    Holding {
        earned_on,
        opens_on: earned_on,
        expires_on: Some(earned_on.plus_days(400)),
        earned: points(earned),
        used: points(used),
        returned: Points::ZERO,
        lapsed: Points::ZERO,
        reversed: Points::ZERO,
    }
}

fn member(rank: i64, owed: i64) -> Member {
    Member { rank, owed: points(owed), ..Member::new(CUSTOMER, date("2026-11-01")) }
}

fn standing(rank: i64, owed: i64, lots: &[Holding]) -> Standing {
    Standing::of(&programme(), Some(&member(rank, owed)), lots, date("2026-11-22"))
}

#[test]
fn the_card_counts_what_can_be_spent_and_what_is_missing() {
    let lots = [holding("2026-01-10", 3_000, 500), holding("2026-10-01", 1_000, 0)];
    let it = standing(1, 0, &lots);
    assert_eq!(it.open, points(3_500), "what was spent is not there");
    assert_eq!(
        it.next_said(&programme(), Lang::Zh, date("2026-11-22")),
        "再得 1,000 积分升金卡会员",
        "spending takes nothing from the way up"
    );
    assert_eq!(it.expiry_said(Lang::Zh, date("2026-11-22")), "2027年2月14日到期 2,500");
    // The lot of January counts for 365 days; then a thousand is too little for silver.
    assert_eq!(it.kept_until, Some(date("2027-01-09")));
}

#[test]
fn the_highest_tier_has_no_next_and_nobody_owes_without_being_told() {
    let it = standing(3, 320, &[holding("2026-06-01", 12_000, 12_000)]);
    assert_eq!(it.next_said(&programme(), Lang::En, date("2026-11-22")), "The highest tier");
    assert_eq!(it.besides(Lang::Zh).as_deref(), Some("退款后欠 320 积分，从以后得到的里扣。"));
    assert_eq!(standing(0, 0, &[]).besides(Lang::Zh), None);
    assert_eq!(standing(0, 0, &[]).kept_until, None);
}

#[test]
fn points_that_wait_are_not_counted_as_there() {
    let waits = Holding { opens_on: date("2026-12-01"), ..holding("2026-11-20", 80, 0) };
    let it = standing(0, 0, &[waits]);
    assert_eq!((it.open, it.locked), (Points::ZERO, points(80)));
    assert_eq!(it.besides(Lang::En).as_deref(), Some("80 more wait for their day."));
}

#[test]
fn the_card_wears_the_metal_of_its_tier() {
    let html = |rank| {
        let it = standing(rank, 0, &[holding("2026-10-01", 6_240, 0)]);
        render(Role::Service, vec![held(&programme())], || summary(&programme(), &it, Lang::Zh, date("2026-11-22")))
    };
    assert!(html(2).contains("data-metal=\"gold\"") && html(2).contains("金卡会员") && html(2).contains("6,240"));
    assert!(html(0).contains("data-metal=\"plain\"") && html(0).contains("还没有等级"));
}

fn reward(n: u8, price: i64, from_rank: i64, stock: Option<i64>) -> Reward {
    Reward {
        id: Id::from_bytes([n; 16]).into(),
        zh: Name::parse("滤杯套装").expect("a name"),
        en: None,
        details: None,
        kind: RewardKind::Goods,
        price: points(price),
        stock,
        from_rank,
        offered: true,
        created_at: Instant(0),
    }
}

fn offered(reward: &Reward) -> String {
    let lot = Lot {
        id: Id::from_bytes([5; 16]).into(),
        customer: CUSTOMER,
        open_of: Some(CUSTOMER),
        order: None,
        source: Source::Given { reason: Line::parse("开业礼").expect("a line") },
        earned_on: date("2026-01-01"),
        opens_on: date("2026-01-01"),
        expires_on: None,
        earned: points(500),
        used: Points::ZERO,
        returned: Points::ZERO,
        lapsed: Points::ZERO,
        reversed: Points::ZERO,
    };
    render(Role::Service, vec![held(&customer(CUSTOMER)), held(&lot), held(&member(1, 0)), held(&programme()), held(reward)], || {
        view! { <Offers customer=CUSTOMER on_close=Callback::new(|()| ())/> }.into_any()
    })
}

#[test]
fn a_reward_that_cannot_be_had_says_why() {
    assert!(!offered(&reward(1, 500, 0, None)).contains("aria-disabled"));
    assert!(offered(&reward(1, 620, 0, None)).contains("还差 120 积分。"));
    assert!(offered(&reward(1, 100, 2, None)).contains("这件礼品需要更高的会员等级。"));
    assert!(offered(&reward(1, 100, 0, Some(0))).contains("这件礼品已经兑完"));
}

#[test]
fn a_movement_says_its_reason() {
    let reason = Line::parse("物流延误补偿").expect("a line");
    assert_eq!(history::title(&Why::Given { reason: reason.clone() }, Lang::Zh), "赠送：物流延误补偿");
    assert_eq!(history::title(&Why::Taken { reason }, Lang::En), "Taken: 物流延误补偿");
}

#[test]
fn benefits_are_paired_line_by_line() {
    let pairs = benefits("优先发货\n\n免费刻字\n", "Priority shipping").expect("benefits");
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|it| (it.zh.as_str(), it.en.as_str())).collect();
    assert_eq!(pairs, [("优先发货", "Priority shipping"), ("免费刻字", "免费刻字")]);
}

/// Appendix B6: whoever is in a tier by share is told that a review gives it, and what it has given.
#[test]
fn a_tier_by_share_is_told_by_its_reviews() {
    let today = date("2026-11-22");
    let programme = Programme { rules: Rules { tiers: Tiers::usual_by_share(), ..programme().rules }, ..programme() };
    let lots = [holding("2026-10-01", 1_000, 0)];
    let it = Standing::of(&programme, Some(&member(1, 0)), &lots, today);
    assert_eq!(
        (it.next_said(&programme, Lang::Zh, today), it.way(&programme), it.kept_until),
        ("每季度按排名评定，下次 2027年1月1日".into(), None, None)
    );
    let told = Member { next_rank: Some(2), next_on: Some(date("2026-12-01")), ..member(1, 0) };
    let it = Standing::of(&programme, Some(&told), &lots, today);
    assert_eq!((it.rank, it.next_said(&programme, Lang::Zh, today).as_str()), (1, "12月1日起为钻石会员"));
    let it = Standing::of(&programme, Some(&told), &lots, date("2026-12-01"));
    assert_eq!((it.rank, it.coming), (2, None), "booked or not");
}

fn review(state: ReviewState) -> Review {
    Review {
        id: Id::from_bytes([9; 16]).into(),
        open: !state.next().is_empty(),
        state,
        on: date("2026-10-01"),
        sizes: Sizes(vec![(400, 332), (0, 48), (0, 20)]),
        rises: 68,
        falls: 0,
        takes_effect_on: None,
        by: Actor::System,
        at: Instant(0),
        decided_by: None,
        decided_at: None,
    }
}

#[test]
fn one_review_at_a_time_is_shown_with_what_it_found() {
    let by_share = Programme { rules: Rules { tiers: Tiers::usual_by_share(), ..programme().rules }, ..programme() };
    let page = |role, programme: Programme, state| {
        let rows = [held(&programme), held(&review(state))];
        render(role, rows.into(), || view! { <ReviewsCard/> }.into_any())
    };
    let html = page(Role::Marketing, by_share.clone(), ReviewState::Proposed);
    assert!(html.contains("400 位") && html.contains("升 68") && html.contains("降 0") && html.contains("待批准"), "{html}");
    assert!(!html.contains("现在评定"), "one is under way: {html}");
    assert!(page(Role::Marketing, by_share.clone(), ReviewState::Done).contains("现在评定"));
    assert!(!page(Role::Sales, by_share, ReviewState::Done).contains("评定"), "not theirs");
    assert!(!page(Role::Marketing, programme(), ReviewState::Dropped).contains("现在评定"), "tiers are reached by points");
}

#[test]
fn shares_are_typed_in_percent() {
    for (typed, stored) in [
        ("5", Some(50)),
        ("12.5", Some(125)),
        (" 8 ", Some(80)),
        ("100", Some(1_000)),
        ("", None),
        ("5.25", None),
        ("-1", None),
        ("x", None),
    ] {
        assert_eq!(permille(typed), stored, "{typed}");
    }
    assert_eq!((share(50), share(125)), ("5".to_owned(), "12.5".to_owned()));
}
