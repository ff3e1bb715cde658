//! What surveys say to staff.

use crate::words::{Lang, Text};

pub const ANSWERS: Text = Text::new("客户怎么说", "What customers said");
pub const CAMPS: Text = Text::new("按推荐意愿", "By camp");
pub const ALL: Text = Text::new("全部", "All");
pub const NONE: Text = Text::new("这段时间没有答卷", "No answers in this time");
pub const NONE_HINT: Text = Text::new("客户在门户里每季会被问一次。", "Customers are asked once a quarter in the portal.");
pub const NO_COMMENT: Text = Text::new("没有留言", "No comment");
pub const TAKE_UP: Text = Text::new("已回访", "Spoken with them");
pub const TAKEN_UP: Text = Text::new("已记为回访", "Noted as taken up");

pub fn taken_up(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}已回访"),
        Lang::En => format!("taken up by {name}"),
    }
}
