//! What the staff pages say.

use crate::words::{Lang, Text};

pub const TODAY: Text = Text::new("今日", "Today");
pub const OVERDUE: Text = Text::new("已过期", "Overdue");
pub const DUE_TODAY: Text = Text::new("今天", "Today");
pub const SOON: Text = Text::new("接下来 7 天", "The next 7 days");
pub const ALL_DONE: Text = Text::new("今天没有待办", "Nothing to do today");
pub const ALL_DONE_HINT: Text = Text::new("看看哪些客户久未联系。", "See which customers you have not spoken with for a while.");
pub const SEE_QUIET: Text = Text::new("30 天未联系的客户", "Customers quiet for 30 days");
pub const NEWS: Text = Text::new("通知", "Notices");
pub const NO_NEWS: Text = Text::new("没有新通知", "No notices");
pub const MARK_READ: Text = Text::new("全部已读", "Mark all read");

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

pub const SETTINGS: Text = Text::new("设置", "Settings");
pub const COMPANY: Text = Text::new("公司名称", "Company");
pub const ZONE: Text = Text::new("时区", "Time zone");
pub const CURRENCY: Text = Text::new("货币", "Currency");
pub const SALES_REACH: Text = Text::new("销售能看到的客户", "Customers that sales see");
pub const SALES_REACH_HINT: Text = Text::new("改动会立即影响他们设备上的数据。", "A change takes effect on their devices at once.");
pub const FIXED: Text = Text::new("设置后不能在这里更改", "Cannot be changed here once set");
pub const SAVED: Text = Text::new("已保存", "Saved");
pub const ONLY_ADMINISTRATORS_HINT: Text = Text::new("需要改动时请联系管理员。", "Please ask an administrator for changes.");
pub const PEOPLE: Text = Text::new("人员", "People");
