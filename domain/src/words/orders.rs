//! What orders and amounts of money refuse.

use super::{Label, Lang, Say};
use crate::{money::BadMoney, orders};

impl Say for orders::Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NumberTaken { .. } => "order.number_taken",
            Self::NotYet => "order.not_yet",
            Self::PaidTooEarly => "order.paid_too_early",
            Self::NoSuchCount => "order.no_such_count",
            Self::NotNow { .. } => "order.not_now",
            Self::RefundTooLarge => "order.refund_too_large",
            Self::RefundOfNothing => "order.refund_of_nothing",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NumberTaken { no }, Lang::Zh) => format!("订单号 {no} 已经存在，请换一个。"),
            (Self::NumberTaken { no }, Lang::En) => format!("There is an order {no} already. Please choose another number."),
            (Self::NotYet, Lang::Zh) => "日期还没有到，请检查。".into(),
            (Self::NotYet, Lang::En) => "This day has not come yet. Please check the date.".into(),
            (Self::PaidTooEarly, Lang::Zh) => "付款日期不能早于下单日期。".into(),
            (Self::PaidTooEarly, Lang::En) => "An order cannot be paid before it was placed. Please check the date.".into(),
            (Self::NoSuchCount, Lang::Zh) => "件数应在 1 到 1,000,000 之间。".into(),
            (Self::NoSuchCount, Lang::En) => "The number of pieces is from 1 to 1,000,000.".into(),
            (Self::NotNow { state }, Lang::Zh) => format!("订单目前是“{}”，不能这样做。", state.label().zh),
            (Self::NotNow { state }, Lang::En) => {
                format!("The order is “{}” now, so this cannot be done.", state.label().en.to_ascii_lowercase())
            }
            (Self::RefundTooLarge, Lang::Zh) => "退款不能超过还没有退还的金额。".into(),
            (Self::RefundTooLarge, Lang::En) => "A refund is at most what was paid and not yet given back.".into(),
            (Self::RefundOfNothing, Lang::Zh) => "请填写要退的金额。".into(),
            (Self::RefundOfNothing, Lang::En) => "Please enter how much is given back.".into(),
        }
    }
}

impl Say for BadMoney {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "order.amount_missing",
            Self::NotANumber => "order.amount_not_a_number",
            Self::Negative => "order.amount_negative",
            Self::TooFine { .. } => "order.amount_too_fine",
            Self::TooLarge => "order.amount_too_large",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing, Lang::Zh) => "请填写金额。".into(),
            (Self::Missing, Lang::En) => "Please enter an amount.".into(),
            (Self::NotANumber, Lang::Zh) => "金额只能是数字，例如 128.50。".into(),
            (Self::NotANumber, Lang::En) => "An amount is a number such as 128.50.".into(),
            (Self::Negative, Lang::Zh) => "金额不能小于零。退款请在订单上登记。".into(),
            (Self::Negative, Lang::En) => "An amount is not below zero. Record a refund on its order.".into(),
            (Self::TooFine { digits: 0 }, Lang::Zh) => "这种货币没有小数。".into(),
            (Self::TooFine { digits: 0 }, Lang::En) => "This currency has no smaller unit.".into(),
            (Self::TooFine { digits }, Lang::Zh) => format!("金额最多 {digits} 位小数。"),
            (Self::TooFine { digits }, Lang::En) => format!("An amount has at most {digits} digits behind the point."),
            (Self::TooLarge, Lang::Zh) => "金额太大，请检查。".into(),
            (Self::TooLarge, Lang::En) => "This amount is too large. Please check it.".into(),
        }
    }
}
