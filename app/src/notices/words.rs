//! What the notices say.

use crate::words::{Lang, Text};

pub const NEWS: Text = Text::new("通知", "Notices");
pub const NO_NEWS: Text = Text::new("没有新通知", "No notices");
pub const MARK_READ: Text = Text::new("全部已读", "Mark all read");
pub const UNREAD: Text = Text::new("未读", "Unread");

/// How often it has happened since it was read.
pub fn times(lang: Lang, n: i64) -> String {
    match lang {
        Lang::Zh => format!("{n} 次"),
        Lang::En => format!("{n} times"),
    }
}
