//! How a customer stands in the programme today: worked out from the lots, with the day.

use super::words;
use crate::{browser::format, words::Lang};
use domain::{
    loyalty::{Holding, Member, Programme, available, expiring, qualifying, quarter},
    money::Points,
    time::Date,
};

/// All the card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What can be spent today.
    pub open: Points,
    pub locked: Points,
    pub owed: Points,
    /// What counts for the tier.
    pub counts: Points,
    pub rank: i64,
    /// The tier that a review has given, and from when on.
    pub coming: Option<(i64, Date)>,
    /// The last day of the present tier if nothing more is earned.
    pub kept_until: Option<Date>,
    /// What expires next.
    pub expires: Option<(Date, Points)>,
}

impl Standing {
    #[must_use]
    pub fn of(programme: &Programme, member: Option<&Member>, lots: &[Holding], on: Date) -> Self {
        let rank = member.map_or(0, |member| member.rank_on(on));
        Self {
            open: available(lots.iter().copied(), on),
            locked: lots.iter().map(|lot| lot.locked(on)).sum(),
            owed: member.map_or(Points::ZERO, |member| member.owed),
            counts: qualifying(lots.iter().copied(), &programme.rules.tiers, on),
            rank,
            coming: member.and_then(|member| member.next_rank.zip(member.next_on)).filter(|(_, from)| on < *from),
            kept_until: kept_until(programme, rank, lots, on),
            expires: expiring(lots.iter().copied(), on).first().copied(),
        }
    }

    /// What is missing for the next tier, and how much of the way there is done; of tiers by share only a review can tell.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the width of a bar")]
    pub fn way(&self, programme: &Programme) -> Option<(Points, f64)> {
        let next = programme.rules.next(self.rank).filter(|next| next.band.is_none())?;
        Some((next.from.less(self.counts), self.counts.get() as f64 / next.from.get().max(1) as f64))
    }

    /// `再得 1,240 积分升金卡会员`; where tiers are by share, what a review has given, or when the next one is.
    #[must_use]
    pub fn next_said(&self, programme: &Programme, lang: Lang, today: Date) -> String {
        let coming = self.coming.map(|(rank, on)| (programme.rules.tier(rank), on));
        if let Some((tier, on)) = coming {
            let name = tier.map_or(words::NO_TIER.in_lang(lang), |tier| tier.name(lang));
            return words::coming(lang, &format::day(lang, on, today), name);
        }
        if programme.rules.tiers.are_by_share() {
            return words::reviewed_quarterly(lang, &format::day(lang, quarter(today).1, today));
        }
        match (self.way(programme), programme.rules.next(self.rank)) {
            (Some((missing, _)), Some(next)) => words::to_next(lang, &format::number(missing.get()), next.name(lang)),
            _ => words::HIGHEST.in_lang(lang).to_owned(),
        }
    }

    /// `12月31日到期 4,200`.
    #[must_use]
    pub fn expiry_said(&self, lang: Lang, today: Date) -> String {
        self.expires
            .map(|(day, points)| words::expiring(lang, &format::day(lang, day, today), &format::number(points.get())))
            .unwrap_or_default()
    }

    /// What the card cannot hold: what is owed, what waits.
    #[must_use]
    pub fn besides(&self, lang: Lang) -> Option<String> {
        let count = |points: Points| format::number(points.get());
        let owed = (!self.owed.is_zero()).then(|| words::owed(lang, &count(self.owed)));
        let waiting = (!self.locked.is_zero()).then(|| words::waiting(lang, &count(self.locked)));
        let said: Vec<String> = owed.into_iter().chain(waiting).collect();
        (!said.is_empty()).then(|| said.join(if lang == Lang::Zh { "" } else { " " }))
    }
}

/// The day before the first on which too little of what was earned still counts.
fn kept_until(programme: &Programme, rank: i64, lots: &[Holding], on: Date) -> Option<Date> {
    let from = programme.rules.tier(rank).filter(|tier| tier.band.is_none())?.from;
    let mut leave: Vec<Date> = lots.iter().map(|lot| lot.earned_on.plus_days(programme.rules.tiers.window_days)).collect();
    leave.retain(|day| *day > on);
    leave.sort_unstable();
    let falls = leave.into_iter().find(|day| qualifying(lots.iter().copied(), &programme.rules.tiers, *day) < from)?;
    Some(falls.plus_days(-1))
}
