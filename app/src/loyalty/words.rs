//! What the screens of points, tiers and rewards say.

use crate::{
    browser::format,
    words::{Lang, Text},
};

pub const POINTS: Text = Text::new("积分", "points");
pub const NO_TIER: Text = Text::new("还没有等级", "No tier yet");
pub const HIGHEST: Text = Text::new("已是最高等级", "The highest tier");
pub const EXPLAIN: Text = Text::new("积分明细", "Points in detail");
pub const REDEEM: Text = Text::new("兑换", "Redeem");
pub const REDEEM_FOR: Text = Text::new("为客户兑换", "Redeem for the customer");
pub const ADJUST: Text = Text::new("调整积分", "Adjust points");
pub const GIVE: Text = Text::new("增加", "Give");
pub const TAKE: Text = Text::new("扣减", "Take");
pub const HOW_MANY: Text = Text::new("积分数", "How many points");
pub const REASON: Text = Text::new("原因", "Reason");
pub const REASON_HINT: Text = Text::new("客户在自己的积分明细里看得到。", "The customer reads it in their own history.");

pub const AVAILABLE: Text = Text::new("可用", "To spend");
pub const LOCKED: Text = Text::new("待生效", "Waiting");
pub const OWED: Text = Text::new("欠", "Owed");
pub const EVER: Text = Text::new("累计获得", "Earned in all");
pub const USED: Text = Text::new("已使用", "Used");
pub const LAPSED: Text = Text::new("已过期", "Expired");
pub const LOTS: Text = Text::new("手上的积分，先到期的先用", "Points at hand, nearest expiry spent first");
pub const NO_LOTS: Text = Text::new("手上没有积分", "No points at hand");
pub const SPENT_LOTS: Text = Text::new("已用完或过期的", "Spent or expired");
pub const HISTORY: Text = Text::new("来龙去脉", "History");
pub const NO_HISTORY: Text = Text::new("还没有积分变动", "Nothing has happened yet");
pub const REDEMPTIONS: Text = Text::new("兑换记录", "Redemptions");
pub const FOR_EVER: Text = Text::new("长期有效", "never expires");
pub const A_PURCHASE: Text = Text::new("购买", "A purchase");
pub const EXPIRED: Text = Text::new("过期", "Expired");
pub const REFUND: Text = Text::new("退款收回", "Taken back for a refund");

pub const HAND_OVER: Text = Text::new("交付", "Hand over");
pub const CALL_OFF: Text = Text::new("取消兑换", "Call off");
pub const TO_HAND_OVER: Text = Text::new("待交付", "To hand over");
pub const CODE: Text = Text::new("兑换码", "Code");
pub const REDEMPTION: Text = Text::new("兑换", "Redemption");
pub const DEEDS: Text = Text::new("兑换操作", "Redemption actions");
pub const NOT_HERE: Text = Text::new("这台设备上没有这次兑换。", "This redemption is not on this device.");
pub const NO_REWARDS: Text = Text::new("还没有可兑换的礼品", "No rewards are offered yet");

pub const PROGRAMME: Text = Text::new("会员计划", "Loyalty programme");
pub const PROGRAMME_HINT: Text =
    Text::new("改动到生效日期才生效，已得的积分不变。", "Changes hold from their day on; points already earned stay as they are.");
pub const EARNING: Text = Text::new("怎样得积分", "How points are earned");
pub const FOR_EACH: Text = Text::new("每实付", "For each");
pub const EARN: Text = Text::new("得积分", "Points");
pub const WAIT: Text = Text::new("等待", "Wait");
pub const WAIT_HINT: Text = Text::new("付款后等这么多天才能用，退货期内不发。", "Points can be spent so many days after payment.");
pub const DAYS: Text = Text::new("天", "days");
pub const MONTHS: Text = Text::new("个月", "months");
pub const VALIDITY: Text = Text::new("有效期", "Validity");
pub const LASTS: Text = Text::new("多久", "How long");
pub const NEVER: Text = Text::new("长期有效", "Never expire");
pub const BY_MONTHS: Text = Text::new("按月，到月底", "By months, to the month's end");
pub const BY_DAYS: Text = Text::new("按天", "By days");
pub const WINDOW: Text = Text::new("等级看最近", "Tiers look back");
pub const TIERS: Text = Text::new("等级", "Tiers");
pub const TIERS_HINT: Text = Text::new(
    "从低到高。消费积分不降级，退款扣除的积分不计。",
    "From the lowest up. Spending points never demotes; refunded ones do not count.",
);
pub const ADD_TIER: Text = Text::new("加一个等级", "Add a tier");
pub const NAME_ZH: Text = Text::new("中文名称", "Chinese name");
pub const NAME_EN: Text = Text::new("英文名称", "English name");
pub const METAL: Text = Text::new("卡面", "Card");
pub const FROM: Text = Text::new("门槛积分", "From points");
pub const SHARE: Text = Text::new("积分倍率", "Share");
pub const BENEFITS_ZH: Text = Text::new("权益，每行一项", "Benefits in Chinese, one per line");
pub const BENEFITS_EN: Text = Text::new("权益英文，逐行对应", "Benefits in English, line by line");
pub const INCOMPLETE: Text = Text::new("还有没填好的名称或数字。", "A name or a number is missing.");
pub const SAVED: Text = Text::new("已保存", "Saved");

pub const RULES_HINT: Text = Text::new(
    "从这一天零点起。之前的消费仍按当时的规则；再次保存会替换还没生效的规则。",
    "From its midnight on. Earlier purchases keep the rules of their day; saving again replaces what is only planned.",
);
pub const PREVIEW: Text = Text::new("预览影响", "Preview");
pub const PREVIEW_ONLINE: Text = Text::new("联网后可以预览。", "A preview can be seen once you are online.");
pub const AT_REVIEW: Text = Text::new("按占比的等级在下一次评定时才变。", "Tiers by share change at the next review.");
pub const VERSIONS: Text = Text::new("各时期的规则", "Rules over time");
pub const FORMER: Text = Text::new("已结束", "Former");
pub const TAKE_RULES: Text = Text::new("填入表单", "Fill in the form");
pub const DROP_PLAN: Text = Text::new("取消新规则", "Call them off");
pub const PLAN_DROPPED: Text = Text::new("新规则已取消，现行规则不变", "Called off; the rules stay as they are");

pub const BY: Text = Text::new("怎样定级", "Tiers are given");
pub const BY_POINTS: Text = Text::new("按积分门槛", "By points earned");
pub const BY_SHARE: Text = Text::new("按客户占比", "By share of customers");
pub const SHARES_HINT: Text = Text::new(
    "从低到高。按最近得到的积分排名，进入前下限升级，仍在前上限内保级；每季度评定一次，批准后同时生效。",
    "From the lowest up, by rank in points earned. Down to the first edge customers enter, down to the second they stay; reviewed every quarter, in force for all at once when approved.",
);
pub const KEEP: Text = Text::new("保级期", "Grace before a fall");
pub const KEEP_HINT: Text = Text::new(
    "积分不够时先保留这么多天，客户会提前看到；填 0 则立即降级。",
    "Whoever has too few points stays so long, and sees it coming; 0 to fall at once.",
);
pub const ONE_STEP: Text = Text::new("每次只降一级", "Fall by one tier at a time");
pub const LEAST: Text = Text::new("至少占", "At least");
pub const MOST: Text = Text::new("至多占", "At most");

pub const REVIEWS: Text = Text::new("等级评定", "Reviews of tiers");
pub const REVIEW_NOW: Text = Text::new("现在评定", "Review now");
pub const REVIEW_ASKED: Text = Text::new("已开始评定，约一分钟后出结果", "The review has begun; it takes about a minute");
pub const WORKING_OUT: Text = Text::new("服务器正在计算，约一分钟", "The server is working it out, about a minute");
pub const LOOK_AT_REVIEW: Text = Text::new("查看", "Look");
pub const APPROVE_REVIEW: Text = Text::new("批准", "Approve");
pub const REVIEW_APPROVED: Text = Text::new("已批准，到日期同时生效", "Approved; it takes effect for all at once");
pub const DROP_REVIEW: Text = Text::new("不采用", "Do not adopt");
pub const REVIEW_DROPPED: Text = Text::new("未采用，等级不变", "Not adopted; tiers stay as they are");
pub const EFFECT_ON: Text = Text::new("生效日期", "Takes effect on");
pub const EFFECT_HINT: Text = Text::new(
    "这一天零点，所有人同时换到新等级；批准后客户就能看到。",
    "At its midnight everybody changes at once; customers see it from your approval on.",
);
pub const NO_DAY: Text = Text::new("请选择生效日期。", "Please choose a day.");
pub const MOVERS: Text = Text::new("等级有变的客户", "Who moves");
pub const MORE_MOVERS: Text = Text::new("再看一些", "Show more");
pub const MOVERS_ONLINE: Text = Text::new("联网后可以看到是哪些客户。", "Who it is can be seen once you are online.");

pub const REWARDS: Text = Text::new("礼品", "Rewards");
pub const ADD_REWARD: Text = Text::new("添加礼品", "Add a reward");
pub const EDIT_REWARD: Text = Text::new("编辑礼品", "Edit the reward");
pub const DETAILS: Text = Text::new("说明", "Details");
pub const KIND: Text = Text::new("种类", "Kind");
pub const PRICE: Text = Text::new("所需积分", "Price in points");
pub const STOCK: Text = Text::new("库存", "Stock");
pub const STOCK_HINT: Text = Text::new("不填表示不限。", "Empty for as many as anybody wants.");
pub const FROM_TIER: Text = Text::new("从哪个等级起", "From which tier");
pub const EVERYBODY: Text = Text::new("所有客户", "Everybody");
pub const OFFERED: Text = Text::new("上架", "Offered");

/// `320 积分`, `1 point`.
#[must_use]
pub fn points(lang: Lang, count: &str) -> String {
    match lang {
        Lang::Zh => format!("{count} 积分"),
        Lang::En if count == "1" => "1 point".to_owned(),
        Lang::En => format!("{count} points"),
    }
}

pub fn to_next(lang: Lang, count: &str, tier: &str) -> String {
    if lang == Lang::Zh { format!("再得 {count} 积分升{tier}") } else { format!("{count} more to {tier}") }
}

pub fn kept_until(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("保级至 {day}") } else { format!("Kept until {day}") }
}

pub fn expiring(lang: Lang, day: &str, count: &str) -> String {
    if lang == Lang::Zh { format!("{day}到期 {count}") } else { format!("{count} expire {day}") }
}

pub fn owed(lang: Lang, count: &str) -> String {
    match lang {
        Lang::Zh => format!("退款后欠 {count} 积分，从以后得到的里扣。"),
        Lang::En => format!("{} owed after a refund; the next ones earned go there.", points(lang, count)),
    }
}

pub fn waiting(lang: Lang, count: &str) -> String {
    if lang == Lang::Zh { format!("另有 {count} 积分待生效。") } else { format!("{count} more wait for their day.") }
}

/// How the tier is worked out.
pub fn judged(lang: Lang, days: i64, count: &str) -> String {
    match lang {
        Lang::Zh => format!("等级看最近 {days} 天得到的积分：{count}。退款扣除的不算，用掉的照算。"),
        Lang::En => {
            format!("The tier follows points earned in the last {days} days: {count}. Refunds take away from it, spending does not.")
        }
    }
}

/// `每 ¥1.00 得 1 积分，按 120%`.
pub fn by_rate(lang: Lang, per: &str, count: &str, percent: i64) -> String {
    let base = match lang {
        Lang::Zh => format!("每 {per} 得 {count} 积分"),
        Lang::En => format!("{} per {per}", points(lang, count)),
    };
    match (lang, percent) {
        (_, 100) => base,
        (Lang::Zh, _) => format!("{base}，按等级 {percent}%"),
        (Lang::En, _) => format!("{base}, {percent}% for the tier"),
    }
}

pub fn bought(lang: Lang, what: &str) -> String {
    match (lang, what.is_empty()) {
        (_, true) => A_PURCHASE.in_lang(lang).to_owned(),
        (Lang::Zh, _) => format!("购买{what}"),
        (Lang::En, _) => format!("Bought {what}"),
    }
}

/// A word and what it is about: `兑换滤杯套装`.
pub fn about(lang: Lang, zh: &str, en: &str, what: &str) -> String {
    if lang == Lang::Zh { format!("{zh}{what}") } else { format!("{en} {what}") }
}

pub fn debt(lang: Lang, owed: i64) -> String {
    let count = format::number(owed.abs());
    match (lang, owed > 0) {
        (Lang::Zh, true) => format!("另欠 {count}"),
        (Lang::Zh, false) => format!("还欠账 {count}"),
        (Lang::En, true) => format!("{count} owed"),
        (Lang::En, false) => format!("{count} paid a debt"),
    }
}

pub fn earned_on(lang: Lang, day: &str, count: &str) -> String {
    if lang == Lang::Zh { format!("{day}得 {count}") } else { format!("{count} earned {day}") }
}

pub fn opens(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}起可用") } else { format!("from {day}") }
}

pub fn lasts_until(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}到期") } else { format!("until {day}") }
}

pub fn in_stock(lang: Lang, stock: Option<i64>) -> String {
    match (lang, stock) {
        (Lang::Zh, None) => "不限量".to_owned(),
        (Lang::En, None) => "unlimited".to_owned(),
        (Lang::Zh, Some(n)) => format!("剩 {n} 件"),
        (Lang::En, Some(n)) => format!("{n} left"),
    }
}

pub fn from_tier(lang: Lang, tier: &str) -> String {
    if lang == Lang::Zh { format!("{tier}起") } else { format!("from {tier}") }
}

/// The server looks at the points before it is certain.
pub fn redeemed(lang: Lang, title: &str, code: &str) -> String {
    if lang == Lang::Zh {
        format!("已提交兑换：{title}，兑换码 {code}")
    } else {
        format!("Redemption sent: {title}, code {code}")
    }
}

pub fn handed_over(lang: Lang, title: &str) -> String {
    if lang == Lang::Zh { format!("已交付{title}") } else { format!("{title} handed over") }
}

pub fn called_off(lang: Lang, count: &str) -> String {
    if lang == Lang::Zh { format!("兑换已取消，退回 {count} 积分") } else { format!("Called off, {} back", points(lang, count)) }
}

pub fn adjusted(lang: Lang, change: &str) -> String {
    if lang == Lang::Zh { format!("积分 {change}") } else { format!("Points {change}") }
}

pub fn review_of(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}的评定") } else { format!("Review of {day}") }
}

pub fn next_review(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("每季度第一天自动评定，下次 {day}。评定结果要批准才生效。"),
        Lang::En => format!("Every quarter begins with a review, the next on {day}. Nothing changes before it is approved."),
    }
}

pub fn rises(lang: Lang, n: i64) -> String {
    let count = format::number(n);
    if lang == Lang::Zh { format!("升 {count}") } else { format!("{count} up") }
}

pub fn falls(lang: Lang, n: i64) -> String {
    let count = format::number(n);
    if lang == Lang::Zh { format!("降 {count}") } else { format!("{count} down") }
}

pub fn of_customers(lang: Lang, n: i64) -> String {
    let count = format::number(n);
    match (lang, n) {
        (Lang::Zh, _) => format!("{count} 位"),
        (Lang::En, 1) => "1 customer".to_owned(),
        (Lang::En, _) => format!("{count} customers"),
    }
}

pub fn before(lang: Lang, n: i64) -> String {
    let count = format::number(n);
    if lang == Lang::Zh { format!("现在 {count} 位") } else { format!("{count} now") }
}

pub fn place(lang: Lang, place: i64) -> String {
    let place = format::number(place);
    if lang == Lang::Zh { format!("第 {place} 名") } else { format!("No. {place}") }
}

/// From a day on: what is approved.
pub fn from_day(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}起生效") } else { format!("in effect from {day}") }
}

/// What a review has given, before its day.
pub fn coming(lang: Lang, day: &str, tier: &str) -> String {
    if lang == Lang::Zh { format!("{day}起为{tier}") } else { format!("{tier} from {day}") }
}

pub fn reviewed_quarterly(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("每季度按排名评定，下次 {day}") } else { format!("Reviewed every quarter, next on {day}") }
}

pub fn tier_no(lang: Lang, n: usize) -> String {
    if lang == Lang::Zh { format!("第 {n} 级") } else { format!("Tier {n}") }
}

pub fn remove_tier(lang: Lang, n: usize) -> String {
    if lang == Lang::Zh { format!("移除第 {n} 级") } else { format!("Remove tier {n}") }
}

pub fn edit(lang: Lang, name: &str) -> String {
    if lang == Lang::Zh { format!("编辑{name}") } else { format!("Edit {name}") }
}

pub fn preview_of(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}起的影响") } else { format!("What changes from {day}") }
}

pub fn purchases_of_a_year(lang: Lang, n: i64) -> String {
    let count = format::number(n);
    match (lang, n) {
        (Lang::Zh, _) => format!("过去一年的 {count} 笔消费，按现行规则与新规则各得"),
        (Lang::En, 1) => "What one purchase of the past year earns now, and would".to_owned(),
        (Lang::En, _) => format!("What {count} purchases of the past year earn now, and would"),
    }
}

pub fn first_of(lang: Lang, shown: usize, all: i64) -> String {
    let all = format::number(all);
    if lang == Lang::Zh {
        format!("共 {all} 位，以上是积分最多的 {shown} 位。")
    } else {
        format!("The first {shown} of {all}.")
    }
}

pub fn planned(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("新规则{day}起生效。") } else { format!("Other rules take effect on {day}.") }
}

pub fn rules_from(lang: Lang, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}起的规则") } else { format!("Rules from {day}") }
}
