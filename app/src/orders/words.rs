//! What the orders' screens say.

use crate::words::{Lang, Text};

pub const ORDERS: Text = Text::new("订单", "Orders");
pub const RECORD: Text = Text::new("登记订单", "Record an order");
pub const NONE: Text = Text::new("还没有订单", "No orders yet");
pub const SPENT: Text = Text::new("累计实付", "Paid in all");
pub const COUNT: Text = Text::new("笔数", "Orders");
pub const LAST: Text = Text::new("最近一笔", "Last order");
pub const UNNAMED: Text = Text::new("订单", "Order");
pub const WHAT: Text = Text::new("买了什么", "What was bought");
pub const PIECES: Text = Text::new("件数", "Pieces");
pub const AMOUNT: Text = Text::new("金额", "Amount");
pub const ORDERED_ON: Text = Text::new("下单日期", "Ordered on");
pub const PAID: Text = Text::new("已付款", "Paid");
pub const PAID_HINT: Text = Text::new("按下单日期记为已付款。", "Recorded as paid on the day it was ordered.");
pub const EARNS: Text = Text::new("计积分", "Earns points");
pub const EARNS_HINT: Text = Text::new("付款后按会员计划发放积分。", "Points are given by the programme once it is paid.");
pub const MARK_PAID: Text = Text::new("今天已付款", "Paid today");
pub const MARK_DELIVERED: Text = Text::new("标为已交付", "Mark as delivered");
pub const CANCEL_ORDER: Text = Text::new("取消订单", "Cancel the order");
pub const REFUND: Text = Text::new("退款", "Refund");
pub const REFUND_AMOUNT: Text = Text::new("退款金额", "Amount given back");
pub const REASON: Text = Text::new("原因", "Reason");
pub const DEEDS: Text = Text::new("订单操作", "Order actions");

pub fn pieces(lang: Lang, n: i64) -> String {
    match (lang, n) {
        (Lang::Zh, _) => format!("{n} 件"),
        (Lang::En, 1) => "1 piece".to_owned(),
        (Lang::En, _) => format!("{n} pieces"),
    }
}

pub fn refunded(lang: Lang, amount: &str) -> String {
    if lang == Lang::Zh { format!("已退 {amount}") } else { format!("{amount} refunded") }
}

pub fn at_most(lang: Lang, amount: &str) -> String {
    if lang == Lang::Zh {
        format!("最多 {amount}。已得的积分会按比例收回。")
    } else {
        format!("At most {amount}. Points it earned go back in proportion.")
    }
}

pub fn more(lang: Lang, n: usize) -> String {
    if lang == Lang::Zh { format!("还有 {n} 笔") } else { format!("{n} more") }
}

pub fn recorded(lang: Lang, amount: &str) -> String {
    if lang == Lang::Zh { format!("订单已登记：{amount}") } else { format!("Order recorded: {amount}") }
}

pub fn now(lang: Lang, what: &str, state: &str) -> String {
    if lang == Lang::Zh { format!("{what}：{state}") } else { format!("{what}: {}", state.to_ascii_lowercase()) }
}

pub fn given_back(lang: Lang, amount: &str) -> String {
    if lang == Lang::Zh { format!("已退款 {amount}") } else { format!("{amount} given back") }
}
