//! The ledger as of any day: lots begin full, and every entry until then fills or empties them.

use super::ledger::{Entry, Holding, Lot, Source, Why};
use crate::{id::LotId, money::Points, time::Date};
use std::collections::BTreeMap;

/// What entries did to a lot. Sums, for entries of one moment come in any order.
#[derive(Default)]
struct Sums {
    used: i64,
    returned: i64,
    lapsed: i64,
    reversed: i64,
}

/// Every lot as it stood at the end of this day. As of today it is what the lots themselves say.
#[must_use]
pub fn as_of(lots: &[Lot], entries: &[Entry], on: Date) -> BTreeMap<LotId, Holding> {
    let mut sums: BTreeMap<LotId, Sums> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.on <= on) {
        add(&mut sums, lots, entry);
    }
    let stood = |lot: &Lot| {
        let Sums { used, returned, lapsed, reversed } = sums.get(&lot.id).unwrap_or(&NOTHING);
        let [used, returned, lapsed, reversed] = [used, returned, lapsed, reversed].map(|count| Points::new(*count).unwrap_or_default());
        (lot.id, Holding { used, returned, lapsed, reversed, ..lot.holding() })
    };
    lots.iter().filter(|lot| lot.earned_on <= on).map(stood).collect()
}

const NOTHING: Sums = Sums { used: 0, returned: 0, lapsed: 0, reversed: 0 };

fn add(sums: &mut BTreeMap<LotId, Sums>, lots: &[Lot], entry: &Entry) {
    for (id, part) in &entry.parts.0 {
        let sum = sums.entry(*id).or_default();
        match entry.why {
            Why::Redeemed { .. } | Why::Taken { .. } => sum.used += part.get(),
            Why::Restored { .. } => sum.used -= part.get(),
            Why::Expired => sum.lapsed += part.get(),
            Why::Bought { .. } | Why::Given { .. } | Why::Refunded { .. } => {}
        }
    }
    let Some(sum) = brought_or_refunded(lots, entry).map(|id| sums.entry(id).or_default()) else { return };
    if let Why::Refunded { .. } = entry.why {
        // What had lapsed goes first; what was spent is owed.
        let gone: i64 = entry.parts.0.iter().map(|(_, points)| points.get()).sum();
        sum.lapsed -= gone + entry.points;
        sum.returned += gone;
        sum.reversed += gone + entry.owed;
    } else {
        // What was owed is paid from what came.
        sum.returned -= entry.owed;
    }
}

/// The lot that an entry brought or took back. Entries of earlier versions do not name one of which nothing was left.
fn brought_or_refunded(lots: &[Lot], entry: &Entry) -> Option<LotId> {
    let is_it = |lot: &&Lot| match (&entry.why, &lot.source) {
        (Why::Bought { order, .. } | Why::Refunded { order, .. }, _) => lot.order == Some(*order),
        (Why::Given { reason }, Source::Given { reason: given }) => reason == given && lot.earned_on == entry.on,
        _ => false,
    };
    match &entry.why {
        Why::Given { .. } if !entry.parts.0.is_empty() => entry.parts.0.first().map(|(id, _)| *id),
        _ => lots.iter().find(is_it).map(|lot| lot.id),
    }
}

/// Where all points that were ever earned are on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    pub earned: Points,
    pub active: Points,
    pub locked: Points,
    pub used: Points,
    pub expired: Points,
    /// Gone back for refunds.
    pub returned: Points,
}

impl Totals {
    #[must_use]
    pub fn of<'a>(lots: impl IntoIterator<Item = &'a Holding>, on: Date) -> Self {
        let of_lot = |lot: &Holding| Self {
            earned: lot.earned,
            active: lot.active(on),
            locked: lot.locked(on),
            used: lot.used,
            expired: lot.expired(on),
            returned: lot.returned,
        };
        lots.into_iter().fold(Self::default(), |sum, lot| sum.plus(&of_lot(lot)))
    }

    #[must_use]
    pub fn plus(self, other: &Self) -> Self {
        Self {
            earned: self.earned.plus(other.earned),
            active: self.active.plus(other.active),
            locked: self.locked.plus(other.locked),
            used: self.used.plus(other.used),
            expired: self.expired.plus(other.expired),
            returned: self.returned.plus(other.returned),
        }
    }

    /// Nothing is lost and nothing comes from nowhere: what was earned is somewhere.
    #[must_use]
    pub fn balances(&self) -> bool {
        self.earned == self.active.plus(self.locked).plus(self.used).plus(self.expired).plus(self.returned)
    }
}
