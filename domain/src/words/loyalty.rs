//! What the loyalty programme refuses.

use super::{Lang, Say};
use crate::loyalty::Refusal;

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotEnoughPoints { .. } => "loyalty.not_enough_points",
            Self::PriceChanged => "loyalty.price_changed",
            Self::NotOffered => "loyalty.not_offered",
            Self::TierTooLow => "loyalty.tier_too_low",
            Self::RedemptionClosed => "loyalty.redemption_closed",
            Self::NoPoints => "loyalty.no_points",
            Self::NoSuchProgramme => "loyalty.no_such_programme",
            Self::NoSuchReward => "loyalty.no_such_reward",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotEnoughPoints { missing }, Lang::Zh) => return format!("还差 {missing} 积分。"),
            (Self::NotEnoughPoints { missing: 1 }, Lang::En) => "One more point is needed.",
            (Self::NotEnoughPoints { missing }, Lang::En) => return format!("{missing} more points are needed."),
            (Self::PriceChanged, Lang::Zh) => "所需积分刚刚变了，请看一眼再决定。",
            (Self::PriceChanged, Lang::En) => "The price has just changed. Please look again and decide.",
            (Self::NotOffered, Lang::Zh) => "这件礼品已经兑完，请选择别的。",
            (Self::NotOffered, Lang::En) => "None of this is left. Please choose another reward.",
            (Self::TierTooLow, Lang::Zh) => "这件礼品需要更高的会员等级。",
            (Self::TierTooLow, Lang::En) => "This is for members of a higher tier.",
            (Self::RedemptionClosed, Lang::Zh) => "这次兑换已经使用或取消。",
            (Self::RedemptionClosed, Lang::En) => "This has been used or called off already.",
            (Self::NoPoints, Lang::Zh) => "请填写积分数。",
            (Self::NoPoints, Lang::En) => "Please enter how many points.",
            (Self::NoSuchProgramme, Lang::Zh) => "等级门槛要逐级升高，倍率为 100 到 1000，有效期和天数要在合理范围内。",
            (Self::NoSuchProgramme, Lang::En) => {
                "Tiers have to rise, shares are from 100 to 1000, and validity and days have to make sense."
            }
            (Self::NoSuchReward, Lang::Zh) => "所需积分至少为 1，库存在 0 到 1,000,000 之间。",
            (Self::NoSuchReward, Lang::En) => "A reward costs at least one point, and its stock is from 0 to 1,000,000.",
        }
        .into()
    }
}
