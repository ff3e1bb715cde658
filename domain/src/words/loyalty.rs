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
            Self::NoShares => "loyalty.no_shares",
            Self::ReviewOpen => "loyalty.review_open",
            Self::ReviewDecided => "loyalty.review_decided",
            Self::NoSuchDay => "loyalty.no_such_day",
            Self::PlanDecided => "loyalty.plan_decided",
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
            (Self::NoSuchProgramme, Lang::Zh) => {
                "等级门槛要逐级升高；按占比时上限至少比下限多 1%，合计不超过 100%；倍率为 100 到 1000，有效期和天数要在合理范围内。"
            }
            (Self::NoSuchProgramme, Lang::En) => {
                "Thresholds have to rise; shares need 1 % between their edges and 100 % in all at most; multipliers are from 100 to 1000; \
                 validity and days have to make sense."
            }
            (Self::NoSuchReward, Lang::Zh) => "所需积分至少为 1，库存在 0 到 1,000,000 之间。",
            (Self::NoSuchReward, Lang::En) => "A reward costs at least one point, and its stock is from 0 to 1,000,000.",
            (Self::NoShares, Lang::Zh) => "当前会员计划按积分门槛定级，不需要评定。",
            (Self::NoShares, Lang::En) => "Tiers are reached by points, so there is nothing to review.",
            (Self::ReviewOpen, Lang::Zh) => "有一次等级评定尚未结束，请先处理它。",
            (Self::ReviewOpen, Lang::En) => "A review of tiers is under way. Please decide on it first.",
            (Self::ReviewDecided, Lang::Zh) => "这次评定已有结果，请刷新后再看。",
            (Self::ReviewDecided, Lang::En) => "This review has been decided on already. Please look again.",
            (Self::NoSuchDay, Lang::Zh) => "生效日期太早或太晚，请换一天。",
            (Self::NoSuchDay, Lang::En) => "This day is too early or too late. Please choose another.",
            (Self::PlanDecided, Lang::Zh) => "这套规则已经生效、取消或被替换，请刷新后再看。",
            (Self::PlanDecided, Lang::En) => "These rules are in force, called off or replaced already. Please look again.",
        }
        .into()
    }
}
