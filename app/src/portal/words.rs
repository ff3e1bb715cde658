//! What the portal says. Customers are addressed with 您.

use crate::words::{Lang, Text};

pub const CLUB: Text = Text::new("会员", "Home");
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
        .find_map(|day| moment.strip_prefix(day).map(|rest| format!("{}{rest}", day.to_lowercase())))
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
