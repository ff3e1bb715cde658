//! What the demonstration's customers bought, took for their points and said of us.

use super::{
    conversations::{BLAME, PRAISE, SO_SO},
    story::{Deed, Telling, filled},
    tickets::Asker,
};
use crate::demo::chance::Chance;
use domain::{
    change::Command,
    context::Actor,
    customers::Kind,
    id::{OrderId, RewardId},
    loyalty::{self, RewardDraft, RewardKind},
    money::{Currency, Money, Points},
    orders::{self, Draft},
    portal,
    surveys::{REST_DAYS, Score, portal as asked},
    text::{Line, Name, Prose},
    time::Instant,
};

/// What is sold: its name, the price in yuan, and how many at once a company takes.
type Goods = (&'static str, i64, i64);

const GOODS: [Goods; 8] = [
    ("意式拼配豆 1 kg", 128, 12),
    ("埃塞俄比亚耶加雪菲 500 g", 98, 6),
    ("云南保山豆 1 kg", 88, 12),
    ("燕麦奶 1 L × 12", 168, 6),
    ("磨豆机刀盘", 420, 1),
    ("M1 冲煮头密封圈套装", 150, 2),
    ("上门清洗保养", 380, 1),
    ("拉花缸 600 ml", 118, 2),
];

/// What a company buys now and then, and how often: one in the last year makes a tier.
const MACHINES: [(Goods, u32); 3] = [(("E2 磨豆机", 4_280, 1), 6), (("C2 冷萃机", 6_800, 1), 3), (("M1 半自动咖啡机", 11_800, 1), 3)];

/// What points are good for: its names, what it is, and the price. The last but one is for the second tier, one is given away.
const REWARDS: [(&str, &str, &str, RewardKind, i64, i64); 6] = [
    ("认养一棵咖啡树", "Adopt a coffee tree", "以你的名义捐给保山的咖农，树牌会拍照寄来。", RewardKind::Goods, 300, 0),
    ("随行保温杯", "Travel mug", "350 ml，哑光黑，可刻名字。", RewardKind::Goods, 800, 0),
    ("精品豆 250 g", "250 g of specialty beans", "当季产区，下单当天烘焙。", RewardKind::Goods, 1_200, 0),
    ("磨豆机深度清洗一次", "One deep clean of a grinder", "上门服务，两小时内完成。", RewardKind::Service, 1_500, 0),
    ("咖啡师培训半天", "Half a day of barista training", "在你的店里，最多六位同事。", RewardKind::Service, 4_000, 2),
    ("¥100 抵扣券", "¥100 voucher", "下一张订单直接抵扣。", RewardKind::Discount, 2_500, 0),
];

/// Puts the rewards on offer; says which they are, and their prices.
pub fn offer(chance: &mut Chance, telling_since: Instant, by: domain::id::PersonId) -> (Vec<(RewardId, Points)>, Vec<Deed>) {
    let mut offered = Vec::new();
    let mut deeds = Vec::new();
    for (zh, en, details, kind, price, from_rank) in REWARDS {
        let (Ok(zh), Some(price)) = (Name::parse(zh), Points::new(price)) else { continue };
        let id = RewardId(chance.id(telling_since));
        let (en, details) = (Name::parse(en).ok(), Prose::parse(details).ok());
        let reward = RewardDraft { zh, en, details, kind, price, stock: None, from_rank, offered: true };
        let command = Command::Loyalty(loyalty::Command::AddReward { id, reward: Box::new(reward) });
        deeds.push(Deed { at: telling_since, by: Actor::Staff(by), id: chance.id(telling_since).into(), command: command.into() });
        offered.push((id, price));
    }
    (offered, deeds)
}

/// Everything one customer bought and said.
pub fn tell(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>, lively: bool) -> Vec<Deed> {
    let count = if lively { chance.number(5..11) } else { chance.weighed(&[(0, 34), (1, 18), (3, 22), (5, 16), (8, 10)]) };
    let mut deeds = Vec::new();
    for _ in 0..count {
        let bought = any(chance, telling, asker);
        deeds.extend(order(chance, telling, asker, &bought).unwrap_or_default());
    }
    deeds.extend(said(chance, telling, asker));
    deeds
}

/// What the guest bought: how many days ago, which of the goods, how many. Enough for the second tier, some of it about
/// to expire.
const OF_THE_GUEST: [(i64, usize, i64); 7] = [(363, 0, 4), (330, 3, 3), (250, 4, 2), (160, 6, 4), (95, 0, 12), (40, 1, 4), (12, 6, 2)];

/// What the guest bought, and a tree.
pub fn of_the_guest(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>, rewards: &[(RewardId, Points)]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    for (ago, goods, pieces) in OF_THE_GUEST {
        let Some((what, price, _)) = GOODS.get(goods).copied() else { continue };
        deeds.extend(order(chance, telling, asker, &Bought { ago, what, price, pieces }).unwrap_or_default());
    }
    if let Some((reward, price)) = rewards.first().copied() {
        let at = chance.at_work(&telling.staff.zone, telling.today.plus_days(-120));
        let command = loyalty::Command::Redeem { id: chance.id(at).into(), customer: asker.customer, reward, price };
        deeds.push(ours(chance, at, telling, Command::Loyalty(command)));
    }
    deeds
}

/// Something somebody bought.
struct Bought {
    /// So many days ago.
    ago: i64,
    what: &'static str,
    /// Of one, in yuan.
    price: i64,
    pieces: i64,
}

fn ours(chance: &mut Chance, at: Instant, telling: &Telling<'_>, command: Command) -> Deed {
    Deed { at, by: Actor::Staff(telling.region.service), id: chance.id(at).into(), command: command.into() }
}

/// Anything that is sold, some day since they are customers.
fn any(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>) -> Bought {
    let days = telling.today.days_since(telling.staff.zone.date_at(asker.opened));
    let ago = chance.number(0..days.max(1));
    let machine = asker.kind == Kind::Company && chance.percent(9);
    let (what, price, most) = if machine { chance.weighed(&MACHINES) } else { chance.of(&GOODS) };
    let most = if asker.kind == Kind::Company { most } else { most.min(3) };
    Bought { ago, what, price, pieces: chance.number(1..most + 1) }
}

/// An order, mostly paid on its day; now and then a part of it comes back.
fn order(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>, bought: &Bought) -> Option<Vec<Deed>> {
    let Bought { ago, what, price, pieces } = *bought;
    let zone = &telling.staff.zone;
    let at = chance.at_work(zone, telling.today.plus_days(-ago));
    if at <= asker.opened || at >= telling.now {
        return None;
    }
    let on = zone.date_at(at);
    let (id, amount): (OrderId, _) = (chance.id(at).into(), Money::new(price * pieces * 100)?);
    // What was ordered in the last few days may not be paid yet.
    let paid_on = (ago > 3 || chance.percent(60)).then_some(on);
    let draft = Draft {
        no: None,
        customer: asker.customer,
        ordered_on: on,
        what: Line::parse(what).ok(),
        pieces: Some(pieces),
        amount,
        currency: Currency::Cny,
        paid_on,
        earns: true,
    };
    let mut deeds = vec![ours(chance, at, telling, Command::Orders(orders::Command::Record { id, draft: Box::new(draft) }))];
    let later = at.plus_seconds(chance.number(2..9) * 86_400);
    if paid_on.is_some() && later < telling.now {
        let command = if chance.percent(4) {
            let amount = Money::new(price * 100)?;
            orders::Command::Refund { id: chance.id(later).into(), order: id, amount, reason: Line::parse("运输途中破损").ok() }
        } else {
            orders::Command::Deliver { order: id }
        };
        deeds.push(ours(chance, later, telling, Command::Orders(command)));
    }
    Some(deeds)
}

/// What somebody there said of us, about once in two quarters.
fn said(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>) -> Vec<Deed> {
    let Some(contact) = asker.contacts.first().copied().filter(|_| chance.percent(45)) else { return Vec::new() };
    let zone = &telling.staff.zone;
    let mut at = asker.opened.plus_seconds(chance.number(20..120) * 86_400);
    let mut deeds = Vec::new();
    while at < telling.now {
        // We have become better of late, and not everywhere.
        let late = telling.now.seconds_since(at) < 120 * 86_400;
        let weights: [(i64, u32); 7] = if late {
            [(10, 30), (9, 24), (8, 18), (7, 11), (6, 8), (4, 6), (2, 3)]
        } else {
            [(10, 20), (9, 18), (8, 22), (7, 16), (6, 12), (4, 8), (2, 4)]
        };
        let Some(score) = Score::new(chance.weighed(&weights)) else { break };
        let words = if score.get() >= 9 {
            chance.of(&PRAISE)
        } else if score.get() >= 7 {
            chance.of(&SO_SO)
        } else {
            chance.of(&BLAME)
        };
        let comment = (score.get() < 7 || chance.percent(40)).then(|| Prose::parse(&filled(chance, words)).ok()).flatten();
        let command = portal::Command::Surveys(asked::Command::Answer { id: chance.id(at).into(), score, comment });
        let by = Actor::Portal { contact, customer: asker.customer };
        let moment = chance.at_work(zone, zone.date_at(at));
        if moment > asker.opened && moment < telling.now {
            deeds.push(Deed { at: moment, by, id: chance.id(moment).into(), command: command.into() });
        }
        at = at.plus_seconds((REST_DAYS + 5 + chance.number(0..160)) * 86_400);
    }
    deeds
}
