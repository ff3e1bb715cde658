//! Company time on this device: what day it is, and moments in the words people use.

use super::Book;
use crate::{
    browser::{clock, format},
    words::Lang,
};
use domain::time::{Date, Instant, Zone};

impl Book {
    /// Company time; Shanghai's until the company is known here. Tracked.
    #[must_use]
    pub fn zone(&self) -> Zone {
        let zone = self.inner().borrow().tongue.zone;
        zone(self).unwrap_or_else(|| Zone::fixed("Asia/Shanghai", 8 * 3_600))
    }

    /// The business day now. Tracked; renewed with the clock.
    #[must_use]
    pub fn today(&self) -> Date {
        self.zone().date_at(clock::ticking())
    }

    /// `今天 13:47`. Tracked.
    #[must_use]
    pub fn moment(&self, lang: Lang, at: Instant) -> String {
        let zone = self.zone();
        format::moment(lang, zone.date_at(at), zone.minute_at(at), zone.date_at(clock::ticking()))
    }

    /// `13:47`. Tracked.
    #[must_use]
    pub fn time_of_day(&self, at: Instant) -> String {
        format::time_of_day(self.zone().minute_at(at))
    }

    /// The day of a moment: `今天`, `昨天`, `11月18日`. Tracked.
    #[must_use]
    pub fn day(&self, lang: Lang, at: Instant) -> String {
        let zone = self.zone();
        format::day(lang, zone.date_at(at), zone.date_at(clock::ticking()))
    }
}
