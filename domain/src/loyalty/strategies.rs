//! Any lot, entry, reward and programme, and any command about them, for properties.

use super::{
    Band, Benefit, Command, Earning, Entry, Finding, Keeping, Lot, Member, Metal, Move, Mover, Parts, Programme, Rate, Redemption,
    RedemptionState, Review, ReviewState, Reward, RewardDraft, RewardKind, Rules, Sizes, Source, Tier, Tiers, Validity, Version,
    VersionState, Why, portal,
};
use crate::{
    context::Actor,
    id::{Id, LedgerId, LotId, ReviewId, VersionId},
    money::{Money, Points},
    testing::{About, dates, id, lines, moments, moneys, names, people, points, proses, recent_dates},
};
use proptest::{collection::vec, option::of, prelude::*, sample::select};

fn lot_ids() -> impl Strategy<Value = LotId> {
    (0..9u8).prop_map(|n| id(b'l', n).into())
}

fn parts() -> impl Strategy<Value = Parts> {
    vec((lot_ids(), points()), 0..3).prop_map(Parts)
}

fn rates() -> impl Strategy<Value = Rate> {
    (points(), moneys(), 100..300i64).prop_map(|(points, per, percent)| Rate { points, per, percent })
}

pub fn lots(about: About) -> impl Strategy<Value = Lot> {
    let source = prop_oneof![rates().prop_map(|rate| Source::Order { rate }), lines().prop_map(|reason| Source::Given { reason })];
    let counts = (points(), points(), points(), points(), points());
    (lot_ids(), any::<bool>(), of(about.orders()), source, (dates(), dates(), of(dates())), counts).prop_map(
        move |(id, open, order, source, (earned_on, opens_on, expires_on), (earned, used, returned, lapsed, reversed))| Lot {
            id,
            customer: about.customer(),
            open_of: open.then_some(about.customer()),
            order,
            source,
            earned_on,
            opens_on,
            expires_on,
            earned,
            used,
            returned,
            lapsed,
            reversed,
        },
    )
}

fn whys(about: About) -> BoxedStrategy<Why> {
    prop_oneof![
        (about.orders(), moneys(), of(lines())).prop_map(|(order, amount, what)| Why::Bought { order, amount, what }),
        (about.orders(), moneys()).prop_map(|(order, amount)| Why::Refunded { order, amount }),
        (about.redemptions(), lines()).prop_map(|(redemption, title)| Why::Redeemed { redemption, title }),
        (about.redemptions(), lines()).prop_map(|(redemption, title)| Why::Restored { redemption, title }),
        lines().prop_map(|reason| Why::Given { reason }),
        lines().prop_map(|reason| Why::Taken { reason }),
        Just(Why::Expired),
    ]
    .boxed()
}

pub fn entries(about: About) -> impl Strategy<Value = Entry> {
    ((0..9u8), moments(), dates(), people(), -999..999i64, 0..99i64, parts(), whys(about)).prop_map(
        move |(n, at, on, by, points, owed, parts, why)| Entry {
            id: LedgerId(id(b'g', n)),
            customer: about.customer(),
            at,
            on,
            by: Actor::Staff(by),
            points,
            owed,
            parts,
            why,
        },
    )
}

pub fn members(about: About) -> impl Strategy<Value = Member> {
    let next = of((0..4i64, dates()));
    (points(), points(), points(), points(), points(), (0..4i64, dates()), next).prop_map(
        move |(earned, used, returned, lapsed, owed, (rank, ranked_on), next)| Member {
            id: about.customer(),
            earned,
            used,
            returned,
            lapsed,
            owed,
            rank,
            ranked_on,
            next_rank: next.map(|(rank, _)| rank),
            next_on: next.map(|(_, on)| on),
        },
    )
}

pub fn reviews() -> impl Strategy<Value = Review> {
    let when = (of(dates()), moments(), of(moments()));
    (review_ids(), any::<bool>(), select(ReviewState::ALL), dates(), sizes(), people(), when).prop_map(
        |(id, open, state, on, sizes, by, (takes_effect_on, at, decided_at))| Review {
            id,
            open,
            state,
            on,
            sizes,
            rises: 2,
            falls: 1,
            takes_effect_on,
            by: Actor::Staff(by),
            at,
            decided_by: decided_at.map(|_| Actor::Staff(by)),
            decided_at,
        },
    )
}

fn review_ids() -> impl Strategy<Value = ReviewId> {
    (0..3u8).prop_map(|n| id(b'v', n).into())
}

fn sizes() -> impl Strategy<Value = Sizes> {
    vec((0..99i64, 0..99i64), 0..4).prop_map(Sizes)
}

fn movers(about: About) -> impl Strategy<Value = Mover> {
    (1..9i64, points(), 0..3i64, 0..3i64).prop_map(move |(place, score, from, to)| Mover {
        customer: about.customer(),
        place,
        score,
        from,
        to,
    })
}

pub fn moves(about: About) -> impl Strategy<Value = Move> {
    (0..9u8, review_ids(), movers(about)).prop_map(|(n, review, Mover { customer, place, score, from, to })| Move {
        id: id(b'w', n),
        review,
        customer,
        place,
        score,
        from,
        to,
    })
}

fn drafts() -> impl Strategy<Value = RewardDraft> {
    let price = (1..400i64).prop_filter_map("points", Points::new);
    (names(), of(names()), of(proses()), select(RewardKind::ALL), price, of(0..4i64), 0..2i64, prop::bool::weighted(0.9)).prop_map(
        |(zh, en, details, kind, price, stock, from_rank, offered)| RewardDraft { zh, en, details, kind, price, stock, from_rank, offered },
    )
}

pub fn rewards(about: About) -> impl Strategy<Value = Reward> {
    (about.rewards(), drafts(), moments()).prop_map(|(id, draft, created_at)| {
        let RewardDraft { zh, en, details, kind, price, stock, from_rank, offered } = draft;
        Reward { id, zh, en, details, kind, price, stock, from_rank, offered, created_at }
    })
}

pub fn redemptions(about: About) -> impl Strategy<Value = Redemption> {
    let what = (about.redemptions(), about.rewards(), lines(), points(), parts(), "[0-9A-Z]{10}");
    (what, select(RedemptionState::ALL), people(), moments(), dates(), of(moments())).prop_map(
        move |((id, reward, title, price, parts, code), state, by, at, on, closed_at)| Redemption {
            id,
            customer: about.customer(),
            reward,
            title,
            price,
            parts,
            code,
            state,
            by: Actor::Staff(by),
            at,
            on,
            closed_at,
        },
    )
}

pub fn rules() -> impl Strategy<Value = Rules> {
    let earning = ((0..20i64).prop_filter_map("points", Points::new), (0..500i64).prop_filter_map("money", Money::new), -1..30i64)
        .prop_map(|(points, per, lock_days)| Earning { points, per, lock_days });
    let validity = prop_oneof![
        Just(Validity::Never),
        (0..24i64).prop_map(|months| Validity::Months { months }),
        (0..500i64).prop_map(|days| Validity::Days { days }),
    ];
    let benefit = (lines(), lines()).prop_map(|(zh, en)| Benefit { zh, en });
    let tier = (names(), names(), select(Metal::ALL), points(), 90..300i64, vec(benefit, 0..2))
        .prop_map(|(zh, en, metal, from, percent, benefits)| Tier { zh, en, metal, from, band: None, percent, benefits });
    let band = (1..400i64, 5..90i64).prop_map(|(least, wide)| Band { least, most: least + wide });
    let bands = prop::option::weighted(0.4, vec(band, 4));
    let keeping = of((1..90i64, any::<bool>()).prop_map(|(days, one_step)| Keeping { days, one_step }));
    let tiers = (20..500i64, keeping, vec(tier, 0..4), bands).prop_map(|(window_days, keeping, mut tiers, bands)| {
        tiers.sort_by_key(|tier: &Tier| tier.from);
        for (tier, band) in tiers.iter_mut().zip(bands.into_iter().flatten()) {
            (tier.from, tier.band) = (Points::ZERO, Some(band));
        }
        Tiers { window_days, keeping, tiers }
    });
    (earning, validity, tiers).prop_map(|(earning, validity, tiers)| Rules { earning, validity, tiers })
}

pub fn programmes() -> impl Strategy<Value = Programme> {
    (recent_dates(), prop::option::of(recent_dates()), rules(), moments()).prop_map(|(from, until, rules, updated_at)| Programme {
        id: Id::ONLY,
        from,
        until,
        rules,
        updated_at,
    })
}

fn version_ids() -> impl Strategy<Value = VersionId> {
    (0..3u8).prop_map(|n| id(b'V', n).into())
}

pub fn versions() -> impl Strategy<Value = Version> {
    (version_ids(), select(VersionState::ALL), recent_dates(), rules(), people(), moments())
        .prop_map(|(id, state, from, rules, by, at)| Version { id, programme: Id::ONLY, state, from, rules, by: Actor::Staff(by), at })
}

/// Any command about rewards and the programme, which are everybody's.
pub fn programme_commands() -> BoxedStrategy<Command> {
    let about = About(0);
    prop_oneof![
        4 => (about.rewards(), drafts()).prop_map(|(id, reward)| Command::AddReward { id, reward: Box::new(reward) }),
        1 => (about.rewards(), drafts()).prop_map(|(id, reward)| Command::EditReward { id, reward: Box::new(reward) }),
        1 => (version_ids(), recent_dates(), rules()).prop_map(|(id, from, rules)| Command::PlanProgramme { id, from, rules: Box::new(rules) }),
        1 => recent_dates().prop_map(|from| Command::DropPlan { from }),
        1 => review_ids().prop_map(|id| Command::AskReview { id }),
        1 => (review_ids(), recent_dates()).prop_map(|(review, on)| Command::ApproveReview { review, on }),
        1 => review_ids().prop_map(|review| Command::DropReview { review }),
    ]
    .boxed()
}

/// Any command about this customer's points.
pub fn commands(about: About) -> BoxedStrategy<Command> {
    let customer = about.customer();
    let some = || (0..300i64).prop_filter_map("points", Points::new);
    prop_oneof![
        4 => (about.redemptions(), about.rewards(), some()).prop_map(move |(id, reward, price)| Command::Redeem { id, customer, reward, price }),
        1 => about.redemptions().prop_map(|redemption| Command::Fulfil { redemption }),
        2 => about.redemptions().prop_map(|redemption| Command::CallOff { redemption }),
        2 => (some(), lines()).prop_map(move |(points, reason)| Command::Give { customer, points, reason }),
        2 => (some(), lines()).prop_map(move |(points, reason)| Command::Take { customer, points, reason }),
        1 => Just(Command::Settle { customer }),
        1 => (review_ids(), vec(movers(about), 0..2)).prop_map(|(review, movers)| Command::EnterMovers { review, movers }),
        1 => (review_ids(), dates(), sizes()).prop_map(|(review, on, sizes)| Command::ProposeReview {
            review,
            finding: Finding { on, sizes, rises: 0, falls: 1 },
        }),
        1 => (0..9u8).prop_map(|n| Command::AnnounceMove { id: id(b'w', n) }),
        1 => review_ids().prop_map(|review| Command::FinishReview { review }),
        1 => version_ids().prop_map(|version| Command::BeginVersion { version }),
        1 => version_ids().prop_map(|version| Command::FinishVersion { version }),
    ]
    .boxed()
}

/// Any command of a customer's about their points.
pub fn portal_commands(about: About) -> BoxedStrategy<portal::Command> {
    let price = (1..400i64).prop_filter_map("points", Points::new);
    (about.redemptions(), about.rewards(), price).prop_map(|(id, reward, price)| portal::Command::Redeem { id, reward, price }).boxed()
}
