//! The programme as data: what a purchase earns, how long points last, and which tiers there are.

use super::shares::Band;
use crate::{
    id::Id,
    money::{Money, Points},
    row::{Missing, Rows, codes, json_fields, rows},
    sync::Scope,
    text::{Line, Name},
    time::{Date, Instant},
    words::Lang,
};
use serde::{Deserialize, Serialize};

codes! {
    /// What a tier's card looks like.
    Metal {
        Silver = "silver": "银", "Silver";
        Gold = "gold": "金", "Gold";
        Diamond = "diamond": "钻石", "Diamond";
        Black = "black": "黑", "Black";
    }
}

/// So many points for each full amount (S135).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earning {
    pub points: Points,
    /// In minor units of the company's currency, more than nothing.
    pub per: Money,
    /// For so many days after it is paid an order may be returned, and its points wait.
    pub lock_days: i64,
}

/// How long points last from the day they are earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    Never,
    /// To the end of the month that lies so many months ahead.
    Months {
        months: i64,
    },
    /// Exactly so many days.
    Days {
        days: i64,
    },
}

impl Validity {
    /// The last day on which points of this day can be spent.
    #[must_use]
    pub fn last_day(self, earned_on: Date) -> Option<Date> {
        match self {
            Self::Never => None,
            Self::Days { days } => Some(earned_on.plus_days(days)),
            Self::Months { months } => {
                let month = i64::from(earned_on.year()) * 12 + i64::from(earned_on.month()) - 1 + months + 1;
                let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                let next = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
                next.map(|next| next.plus_days(-1))
            }
        }
    }
}

/// Something that members of a tier have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benefit {
    pub zh: Line,
    pub en: Line,
}

/// A tier: one that is reached by points earned (S130, request 20), or the best so many of a hundred (S116, S117).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub zh: Name,
    pub en: Name,
    pub metal: Metal,
    /// Points earned within the window; none for a tier by share.
    pub from: Points,
    /// Of a tier by share. Either all of a programme's tiers have one, or none has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// What its members earn, in percent of what everybody does.
    pub percent: i64,
    pub benefits: Vec<Benefit>,
}

impl Tier {
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { self.zh.as_str() } else { self.en.as_str() }
    }
}

/// Tiers from the lowest up. The rank of a tier is its place, from 1; without any it is 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiers {
    /// Points count for so many days from the day they are earned, that day included.
    pub window_days: i64,
    /// How a tier is kept for a while by those who have fewer points than it takes; without this they fall at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeping: Option<Keeping>,
    pub tiers: Vec<Tier>,
}

/// What becomes of those whose points have left the window. It travels as one number, as a [`Band`] does: the days, below
/// zero where they fall by steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Keeping {
    /// They stay for so many days, and know it.
    pub days: i64,
    /// Then they fall by one tier, and by the next after as many days again.
    pub one_step: bool,
}

impl From<i64> for Keeping {
    fn from(both: i64) -> Self {
        Self { days: both.saturating_abs(), one_step: both < 0 }
    }
}

impl From<Keeping> for i64 {
    fn from(Keeping { days, one_step }: Keeping) -> Self {
        if one_step { -days } else { days }
    }
}

/// What marketing decides on: all that holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub earning: Earning,
    pub validity: Validity,
    pub tiers: Tiers,
}

json_fields!(Rules, Earning, Validity, Tiers);

/// What one purchase earned: kept with its points, so that a refund takes back by the same rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub points: Points,
    pub per: Money,
    pub percent: i64,
}

impl Rate {
    /// Points for this amount, rounded down.
    #[must_use]
    pub fn of(self, amount: Money) -> Points {
        let per = i128::from(self.per.get().max(1)) * 100;
        let points = i128::from(amount.get()) * i128::from(self.points.get()) * i128::from(self.percent) / per;
        i64::try_from(points).ok().and_then(Points::new).unwrap_or(Points::ZERO)
    }
}

rows! {
    /// The one programme, with the rules in force.
    Programme in "loyalty_programme" {
        id: Id,
        /// The first day on which they hold.
        from: Date,
        /// The first day on which others do, where such are planned.
        until: Option<Date>,
        rules: Rules,
        updated_at: Instant,
    }
}

impl Programme {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Org, Scope::Everyone])
    }

    /// The usual rules, from this day on.
    #[must_use]
    pub fn usual(per: Money, on: Date, at: Instant) -> Self {
        Self { id: Id::ONLY, from: on, until: None, rules: Rules::usual(per), updated_at: at }
    }
}

impl Rules {
    /// A point for each whole unit of money, a year's validity, three tiers.
    #[must_use]
    pub fn usual(per: Money) -> Self {
        let earning = Earning { points: Points::new(1).unwrap_or_default(), per, lock_days: 0 };
        Self { earning, validity: Validity::Months { months: 12 }, tiers: Tiers::usual() }
    }

    /// Whether they can be carried out: something is earned per something, tiers rise, shares and days make sense.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let Self { earning, validity, tiers } = self;
        let lasts = match validity {
            Validity::Never => true,
            Validity::Months { months } => (1..=120).contains(months),
            Validity::Days { days } => (1..=3_660).contains(days),
        };
        let fair = tiers.tiers.iter().all(|tier| (100..=1_000).contains(&tier.percent) && tier.benefits.len() <= 20);
        !earning.per.is_zero()
            && earning.points.get() <= 10_000
            && (0..=365).contains(&earning.lock_days)
            && lasts
            && (tiers.are_by_share() || tiers.rise())
            && fair
            && tiers.tiers.len() <= 6
            && (30..=3_660).contains(&tiers.window_days)
            && tiers.keeping.is_none_or(|keeping| (1..=366).contains(&keeping.days) && !tiers.are_by_share())
    }

    /// What somebody of this rank earns.
    #[must_use]
    pub fn rate(&self, rank: i64) -> Rate {
        let percent = self.tier(rank).map_or(100, |tier| tier.percent);
        Rate { points: self.earning.points, per: self.earning.per, percent }
    }

    #[must_use]
    pub fn tier(&self, rank: i64) -> Option<&Tier> {
        self.tiers.of(rank)
    }

    /// The tier above this rank; none above the highest.
    #[must_use]
    pub fn next(&self, rank: i64) -> Option<&Tier> {
        usize::try_from(rank).ok().and_then(|above| self.tiers.tiers.get(above))
    }

    /// The rank that so many points earned give, where tiers are reached by points.
    #[must_use]
    pub fn rank(&self, earned: Points) -> i64 {
        let reached = self.tiers.tiers.iter().take_while(|tier| tier.from <= earned).count();
        i64::try_from(reached).unwrap_or_default()
    }

    /// The rank from now on of somebody who has one and whose points give another, and the one after a time of grace,
    /// where there is such: up at once, down as [`Keeping`] says.
    #[must_use]
    pub fn kept(&self, held: i64, reached: i64) -> (i64, Option<i64>) {
        // A programme before this one may have had more tiers.
        let held = held.min(i64::try_from(self.tiers.tiers.len()).unwrap_or_default());
        match self.tiers.keeping {
            Some(keeping) if reached < held => (held, Some(if keeping.one_step { held - 1 } else { reached })),
            _ => (reached, None),
        }
    }
}

impl Tiers {
    /// Whether customers are in them by how they compare with others: then a review alone changes who is in which.
    #[must_use]
    pub fn are_by_share(&self) -> bool {
        let all = || self.tiers.iter().filter_map(|tier| tier.band.filter(|_| tier.from.is_zero()));
        all().count() == self.tiers.len() && all().all(Band::is_sound) && (1..=1_000).contains(&all().map(|band| band.most).sum::<i64>())
    }

    /// The tier with this rank. Whoever was higher in a programme with more tiers is in the highest.
    #[must_use]
    pub fn of(&self, rank: i64) -> Option<&Tier> {
        let at = usize::try_from(rank).ok()?.min(self.tiers.len()).checked_sub(1)?;
        self.tiers.get(at)
    }

    fn rise(&self) -> bool {
        let reached = self.tiers.iter().all(|tier| tier.band.is_none() && !tier.from.is_zero());
        reached && self.tiers.windows(2).all(|pair| matches!(pair, [lower, higher] if lower.from < higher.from))
    }

    /// 银卡, 金卡, 黑卡 (S130) with the benefits of S120, S121 and S132.
    #[must_use]
    pub fn usual() -> Self {
        let basic = [SHIPPING, TERM];
        let tiers = [
            ("银卡会员", "Silver", Metal::Silver, 2_000, 100, &basic[..]),
            ("金卡会员", "Gold", Metal::Gold, 5_000, 120, &[SHIPPING, TERM, ENGRAVING]),
            ("黑卡会员", "Black", Metal::Black, 10_000, 150, &[SHIPPING, TERM, ENGRAVING, EVENTS, ADVISER]),
        ];
        let tier = |(zh, en, metal, from, percent, benefits): (_, _, _, i64, _, _)| {
            Some(Tier { from: Points::new(from)?, ..named(zh, en, metal, percent, benefits)? })
        };
        Self { window_days: 365, keeping: None, tiers: tiers.into_iter().filter_map(tier).collect() }
    }

    /// 黄金 12–15 %, 钻石 5–8 % of all customers (S116, S117), with the benefits of S120, S121 and S129.
    #[must_use]
    pub fn usual_by_share() -> Self {
        let tiers = [
            ("黄金会员", "Gold", Metal::Gold, (120, 150), 120, &[SHIPPING, TERM, ENGRAVING][..]),
            ("钻石会员", "Diamond", Metal::Diamond, (50, 80), 150, &[SHIPPING, TERM, ENGRAVING, EVENTS, ADVISER, BETA]),
        ];
        let tier = |(zh, en, metal, (least, most), percent, benefits)| {
            Some(Tier { band: Some(Band { least, most }), ..named(zh, en, metal, percent, benefits)? })
        };
        Self { window_days: 365, keeping: None, tiers: tiers.into_iter().filter_map(tier).collect() }
    }
}

type Words = (&'static str, &'static str);
const SHIPPING: Words = ("优先发货", "Priority shipping");
const TERM: Words = ("账期延长 15 天", "15 more days to pay");
const ENGRAVING: Words = ("免费刻字", "Free engraving");
const EVENTS: Words = ("专属活动邀请", "Exclusive events");
const ADVISER: Words = ("一对一顾问", "One-to-one adviser");
const BETA: Words = ("新功能优先体验", "New features first");

fn named(zh: &str, en: &str, metal: Metal, percent: i64, benefits: &[Words]) -> Option<Tier> {
    let benefit = |(zh, en): &Words| Some(Benefit { zh: Line::parse(zh).ok()?, en: Line::parse(en).ok()? });
    let benefits = benefits.iter().filter_map(benefit).collect();
    Some(Tier { zh: Name::parse(zh).ok()?, en: Name::parse(en).ok()?, metal, from: Points::ZERO, band: None, percent, benefits })
}
