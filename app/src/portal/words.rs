//! What the portal says. Customers are addressed with 您.

use crate::words::{Lang, Text};

pub const CLUB: Text = Text::new("会员", "Home");
pub const NO_TIER: Text = Text::new("没有会员等级", "no tier");
pub const SERVICE: Text = Text::new("服务", "Service");
pub const MYSELF: Text = Text::new("我的", "Me");
pub const NAVIGATION: Text = Text::new("主导航", "Main");
pub const UNREAD: Text = Text::new("有新回复", "New reply");

pub const ADVISER: Text = Text::new("您的顾问", "Your adviser");
pub const FOR_YOU: Text = Text::new("等您看看", "For you");
pub const WORKING: Text = Text::new("我们正在处理", "What we are working on");
pub const ALL_WELL: Text = Text::new("都办妥了", "All is done");
pub const ALL_WELL_HINT: Text =
    Text::new("有问题、想法或要报修，随时写给我们。", "A question, an idea, something broken: write to us at any time.");
pub const NEW_REQUEST: Text = Text::new("写给我们", "Write to us");

pub const OPEN: Text = Text::new("进行中", "Open");
pub const DONE: Text = Text::new("已办妥", "Done");
pub const NONE_YET: Text = Text::new("还没有写过给我们", "Nothing here yet");
pub const NONE_YET_HINT: Text =
    Text::new("您写的每件事和它的进展，都会在这里。", "Everything you write to us, and how it stands, will be here.");

pub const RECEIVED: Text = Text::new("已收到", "Received");
pub const IN_PROGRESS: Text = Text::new("我们正在处理", "We are working on it");
pub const YOUR_TURN: Text = Text::new("等您回复", "Waiting for your answer");
pub const SOLVED: Text = Text::new("已解决", "Solved");
pub const CLOSED: Text = Text::new("已结束", "Closed");
pub const WAITS_FOR_LINE: Text = Text::new("联网后发送", "Sent once you are online");
pub const SENDING: Text = Text::new("发送中", "Sending");

pub const SENT: Text = Text::new("已提交", "Sent");
pub const ANSWERED: Text = Text::new("已答复", "Answered");
pub const SOLVED_STEP: Text = Text::new("已解决", "Solved");
pub const CONVERSATION: Text = Text::new("往来", "Conversation");
/// Beside what somebody said who called.
pub fn written_down(lang: Lang, by: &str) -> String {
    if lang == Lang::Zh { format!("由{by}代为记录") } else { format!("written down by {by}") }
}
pub const YOU: Text = Text::new("您", "You");
pub const YOU_CONFIRMED: Text = Text::new("您确认已解决", "You confirmed that it is solved");
pub const BACK_WITH_US: Text = Text::new("我们继续处理", "We are working on it again");
pub const YOU_RATED: Text = Text::new("您的评价", "Your rating");
pub const WRITE: Text = Text::new("留言", "Write");
pub const REOPEN_HINT: Text = Text::new("没解决可以直接留言，我们会继续处理。", "Not solved? Just write, and we go on.");
pub const CLOSED_HINT: Text =
    Text::new("这张工单已结束。有新的问题，请再写给我们。", "This ticket is closed. For something new, please write to us again.");
pub const NOT_HERE: Text = Text::new("这里没有这张工单", "This ticket is not here");
pub const NOT_HERE_HINT: Text = Text::new("可能还没有同步，或不属于您的账户。", "It may not be synced yet, or belong to another account.");

pub const HOW_WAS_IT: Text = Text::new("这次服务您满意吗？", "How did we do?");
pub const COMMENT: Text = Text::new("想说的话", "In your words");
pub const COMMENT_HINT: Text = Text::new("哪里好，哪里可以更好", "What was good, what could be better");
pub const SEND_RATING: Text = Text::new("提交评价", "Send rating");
pub const THANKS: Text = Text::new("谢谢您的评价", "Thank you for your rating");
pub const RATE_AGAIN: Text = Text::new("修改", "Change");
pub const CONFIRM: Text = Text::new("已解决，谢谢", "Solved, thank you");
pub const CONFIRMED: Text = Text::new("好的，这张工单已结束。", "Good. This ticket is closed now.");

pub const WHAT_ABOUT: Text = Text::new("关于什么", "What is it about");
pub const KIND_CONSULTATION: Text = Text::new("产品、价格、怎么用", "Products, prices, how to");
pub const KIND_SUPPORT: Text = Text::new("坏了、不好用、要上门", "Broken, not working, a visit");
pub const KIND_COMPLAINT: Text = Text::new("哪里让您不满意", "Something we did not do well");
pub const KIND_RETURN: Text = Text::new("退货、换货、退款", "Return, exchange, refund");
pub const KIND_SUGGESTION: Text = Text::new("怎样可以更好", "How we could do better");
pub const SUBJECT: Text = Text::new("一句话说明", "In one line");
pub const TEXT: Text = Text::new("具体情况", "What happened");
pub const TEXT_HINT: Text = Text::new("没写完也会留在这台设备上。", "What you have not finished stays on this device.");
pub const SUBMIT: Text = Text::new("提交", "Send");

pub const SETTINGS: Text = Text::new("设置", "Settings");
pub const PHONE: Text = Text::new("手机", "Phone");
pub const EMAIL: Text = Text::new("邮箱", "E-mail");
pub const ACCOUNT_NO: Text = Text::new("客户编号", "Customer no.");
pub const LANGUAGE: Text = Text::new("语言", "Language");
pub const LOOK: Text = Text::new("外观", "Appearance");
pub const LOOK_SYSTEM: Text = Text::new("跟随系统", "System");
pub const LOOK_LIGHT: Text = Text::new("浅色", "Light");
pub const LOOK_DARK: Text = Text::new("深色", "Dark");
pub const PASSWORD: Text = Text::new("修改密码", "Change password");
pub const PASSWORD_NOW: Text = Text::new("现在的密码", "Current password");
pub const PASSWORD_NEW: Text = Text::new("新密码", "New password");
pub const PASSWORD_HINT: Text = Text::new("至少 8 个字符，长一点更安全。", "At least 8 characters. Longer is safer.");
pub const PASSWORD_SAVE: Text = Text::new("保存密码", "Save password");
pub const PASSWORD_SAVED: Text = Text::new("密码已修改", "Password changed");
pub const DEVICES: Text = Text::new("登录的设备", "Signed in on");
pub const THIS_DEVICE: Text = Text::new("本机", "This one");
pub const SOME_DEVICE: Text = Text::new("某台设备", "Some device");
pub const NEEDS_LINE: Text = Text::new("联网后可用。", "Needs a connection.");

pub const NOT_ACCEPTED: Text = Text::new("没有发送成功。", "Not accepted.");
pub const GIVE_UP: Text = Text::new("放弃", "Discard");

pub const POINTS: Text = Text::new("积分", "Points");
pub const POINTS_UNIT: Text = Text::new("积分", "points");
pub const SPENDABLE: Text = Text::new("可用积分", "Points to spend");
pub const BENEFITS: Text = Text::new("我的权益", "Your benefits");
pub const EXPIRING: Text = Text::new("到期的积分", "Points by the day they expire");
pub const HISTORY: Text = Text::new("明细", "History");
pub const NO_POINTS: Text = Text::new("还没有积分", "No points yet");
pub const NO_POINTS_HINT: Text = Text::new("订单付款后，积分会自动到账。", "They come by themselves once an order is paid.");
pub const REWARDS: Text = Text::new("兑换", "Rewards");
pub const REDEEM: Text = Text::new("兑换", "Redeem");
pub const TAKEN: Text = Text::new("我的兑换", "What you took");
pub const NONE_LEFT: Text = Text::new("已兑完", "None left");
pub const ASKED_FOR: Text = Text::new("好的，兑换码马上就来。", "Done. Your code is on its way.");
pub const REFUNDED: Text = Text::new("订单退款", "Money given back");
pub const EXPIRED: Text = Text::new("积分到期", "Points expired");
pub const ORDERS: Text = Text::new("我的订单", "Your orders");
pub const NO_ORDERS: Text = Text::new("还没有订单", "No orders yet");
pub const NO_ORDERS_HINT: Text = Text::new("您买的东西和进度会在这里。", "What you buy, and how far it is, will be here.");
pub const RECOMMEND_LEAST: Text = Text::new("完全不会", "Not at all");
pub const RECOMMEND_MOST: Text = Text::new("非常愿意", "Very likely");
pub const RECOMMEND_WHY: Text = Text::new("为什么打这个分", "What is the main reason");
pub const RECOMMEND_THANKS: Text = Text::new("谢谢，我们会认真看。", "Thank you. We read every word.");

pub fn recommend(lang: Lang, house: &str) -> String {
    match lang {
        Lang::Zh => format!("您愿意把{house}推荐给朋友吗？"),
        Lang::En => format!("Would you recommend {house} to a friend?"),
    }
}

pub fn member_no(lang: Lang, no: &str) -> String {
    match lang {
        Lang::Zh => format!("会员号 {no}"),
        Lang::En => format!("Member {no}"),
    }
}

fn number(count: i64) -> String {
    crate::browser::format::number(count)
}

pub fn missing(lang: Lang, points: i64, tier: &str) -> String {
    let points = number(points);
    match lang {
        Lang::Zh => format!("再获得 {points} 积分，升级为{tier}"),
        Lang::En => format!("{points} more points to {tier}"),
    }
}

/// What a review of tiers has given.
pub fn coming(lang: Lang, tier: &str, day: &str) -> String {
    if lang == Lang::Zh { format!("{day}起：{tier}") } else { format!("From {day}: {tier}") }
}

pub fn so_far(lang: Lang, earned: i64, of: i64, days: i64) -> String {
    let (earned, of) = (number(earned), number(of));
    match lang {
        Lang::Zh => format!("近 {days} 天获得 {earned}，共需 {of}。兑换不影响等级。"),
        Lang::En => format!("{earned} of {of} earned in {days} days. Redeeming does not count against you."),
    }
}

pub fn expires(lang: Lang, points: i64, day: &str) -> String {
    let points = number(points);
    match lang {
        Lang::Zh => format!("{points} 积分 {day}到期"),
        Lang::En => format!("{points} points expire {}", inside(day)),
    }
}

pub fn days_left(lang: Lang, days: i64) -> String {
    match (lang, days) {
        (Lang::Zh, 0) => "今天到期".into(),
        (Lang::En, 0) => "today".into(),
        (Lang::Zh, days) => format!("还有 {days} 天"),
        (Lang::En, 1) => "1 day left".into(),
        (Lang::En, days) => format!("{days} days left"),
    }
}

pub fn owed(lang: Lang, points: i64) -> String {
    let points = number(points);
    match lang {
        Lang::Zh => format!("因退款需补回 {points} 积分，会从之后获得的积分中扣除。"),
        Lang::En => format!("{points} points are owed after a refund; the next ones you earn go there."),
    }
}

pub fn still(lang: Lang, points: i64) -> String {
    let points = number(points);
    match lang {
        Lang::Zh => format!("还差 {points} 积分"),
        Lang::En => format!("{points} more points"),
    }
}

pub fn for_tier(lang: Lang, tier: &str) -> String {
    match lang {
        Lang::Zh => format!("{tier}及以上"),
        Lang::En => format!("From {tier}"),
    }
}

pub fn costs(lang: Lang, price: i64, left: i64) -> String {
    let (price, left) = (number(price), number(left));
    match lang {
        Lang::Zh => format!("使用 {price} 积分，先用最早到期的。之后还有 {left} 积分。"),
        Lang::En => format!("{price} points, those that expire first. {left} remain."),
    }
}

pub fn for_points(lang: Lang, price: i64, day: &str) -> String {
    let price = number(price);
    match lang {
        Lang::Zh => format!("{day}，{price} 积分"),
        Lang::En => format!("{day}, {price} points"),
    }
}

pub fn bought(lang: Lang, what: Option<&str>) -> String {
    match (lang, what) {
        (Lang::Zh, Some(what)) => format!("购买 {what}"),
        (Lang::En, Some(what)) => format!("Bought {what}"),
        (Lang::Zh, None) => "购买".into(),
        (Lang::En, None) => "Bought".into(),
    }
}

pub fn redeemed(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Zh => format!("兑换 {title}"),
        Lang::En => format!("Redeemed: {title}"),
    }
}

pub fn restored(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Zh => format!("退回 {title}"),
        Lang::En => format!("Called off: {title}"),
    }
}

pub fn order_of(lang: Lang, day: &str, pieces: Option<i64>) -> String {
    match (lang, pieces) {
        (Lang::Zh, Some(pieces)) => format!("{day}，{pieces} 件"),
        (Lang::En, Some(1)) => format!("{day}, 1 piece"),
        (Lang::En, Some(pieces)) => format!("{day}, {pieces} pieces"),
        (_, None) => day.to_owned(),
    }
}

pub fn refunded_part(lang: Lang, amount: &str) -> String {
    match lang {
        Lang::Zh => format!("已退 {amount}"),
        Lang::En => format!("{amount} given back"),
    }
}

pub fn greeting(lang: Lang, name: &str, minute: i64) -> String {
    let (zh, en) = match minute / 60 {
        5..=10 => ("早上好", "Good morning"),
        11..=12 => ("中午好", "Good day"),
        13..=17 => ("下午好", "Good afternoon"),
        _ => ("晚上好", "Good evening"),
    };
    match lang {
        Lang::Zh => format!("{name}，{zh}"),
        Lang::En => format!("{en}, {name}"),
    }
}

pub fn account_no(lang: Lang, no: &str) -> String {
    match lang {
        Lang::Zh => format!("客户编号 {no}"),
        Lang::En => format!("No. {no}"),
    }
}

/// `咨询，工单 1042`.
pub fn about(lang: Lang, kind: &str, no: Option<i64>) -> String {
    match (lang, no) {
        (_, None) => kind.to_owned(),
        (Lang::Zh, Some(no)) => format!("{kind}，工单 {no}"),
        (Lang::En, Some(no)) => format!("{kind}, ticket {no}"),
    }
}

pub fn we_answer_by(lang: Lang, moment: &str) -> String {
    match lang {
        Lang::Zh => format!("我们会在 {moment} 前回复"),
        Lang::En => format!("We answer by {}", inside(moment)),
    }
}

pub fn we_are_late(lang: Lang, moment: &str) -> String {
    match lang {
        Lang::Zh => format!("应在 {moment} 前回复，晚了，正在加紧"),
        Lang::En => format!("Our answer was due {}. Sorry, it is coming", inside(moment)),
    }
}

/// Inside an English sentence `Today 11:00` begins small.
fn inside(moment: &str) -> String {
    ["Today", "Tomorrow", "Yesterday"]
        .iter()
        .find_map(|day| moment.strip_prefix(day).map(|rest| format!("{}{rest}", day.to_ascii_lowercase())))
        .unwrap_or_else(|| moment.to_owned())
}

pub fn cares(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}正在处理"),
        Lang::En => format!("{name} is working on it"),
    }
}

pub fn waits_for_you(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}在等您回复"),
        Lang::En => format!("{name} is waiting for your answer"),
    }
}

pub fn marked_solved(lang: Lang, name: &str) -> String {
    match (lang, name.is_empty()) {
        (Lang::Zh, true) => "已解决".into(),
        (Lang::Zh, false) => format!("{name}：已解决"),
        (Lang::En, true) => "Solved".into(),
        (Lang::En, false) => format!("Solved by {name}"),
    }
}

pub fn offline_with(lang: Lang, waiting: usize) -> String {
    match lang {
        Lang::Zh => format!("离线，{waiting} 项待发送"),
        Lang::En => format!("Offline, {waiting} to send"),
    }
}

pub fn seen(lang: Lang, moment: &str) -> String {
    match lang {
        Lang::Zh => format!("最近使用：{moment}"),
        Lang::En => format!("Last used {}", inside(moment)),
    }
}
