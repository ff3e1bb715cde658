//! What the staff pages say.

use crate::words::{Lang, Text};

pub const TODAY: Text = Text::new("今日", "Today");
pub const OVERDUE: Text = Text::new("已过期", "Overdue");
pub const DUE_TODAY: Text = Text::new("今天", "Today");
pub const SOON: Text = Text::new("接下来 7 天", "The next 7 days");
pub const ALL_DONE: Text = Text::new("今天没有待办", "Nothing to do today");
pub const ALL_DONE_HINT: Text = Text::new("看看哪些客户久未联系。", "See which customers you have not spoken with for a while.");
pub const SEE_QUIET: Text = Text::new("30 天未联系的客户", "Customers quiet for 30 days");

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

pub fn standing(lang: Lang, overdue: usize, today: usize) -> String {
    match (lang, overdue, today) {
        (Lang::Zh, 0, 0) => "今天没有到期的事。".into(),
        (Lang::Zh, 0, n) => format!("今天有 {n} 件事要做。"),
        (Lang::Zh, late, 0) => format!("有 {late} 件事已过期。"),
        (Lang::Zh, late, n) => format!("今天有 {n} 件事要做，另有 {late} 件已过期。"),
        (Lang::En, 0, 0) => "Nothing is due today.".into(),
        (Lang::En, 0, n) => format!("{n} due today."),
        (Lang::En, late, 0) => format!("{late} overdue."),
        (Lang::En, late, n) => format!("{n} due today, {late} overdue."),
    }
}

pub const PARTS: Text = Text::new("客户页的部分", "Parts of the record");
pub const DEALINGS: Text = Text::new("概览", "Overview");
pub const FEED: Text = Text::new("动态", "Timeline");
pub const DETAILS: Text = Text::new("联系人与资料", "Contacts and details");

pub const SETTINGS: Text = Text::new("设置", "Settings");
pub const PEOPLE: Text = Text::new("人员", "People");
