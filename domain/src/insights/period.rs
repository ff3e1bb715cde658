//! Spans of days that people compare: this month with the last, this quarter, the last twelve months.

use crate::{row::codes, time::Date};

codes! {
    Period {
        Month = "month": "本月", "This month";
        Quarter = "quarter": "本季", "This quarter";
        Year = "year": "近 12 个月", "Last 12 months";
    }
}

impl Period {
    /// Its days until today, both included.
    #[must_use]
    pub fn days(self, today: Date) -> (Date, Date) {
        let from = match self {
            Self::Month => first_of(today, 0),
            Self::Quarter => first_of(today, i64::from(today.month() - 1) % 3),
            Self::Year => first_of(today, 11),
        };
        (from, today)
    }

    /// The whole of the period before it.
    #[must_use]
    pub fn before(self, today: Date) -> (Date, Date) {
        let (from, _) = self.days(today);
        let months = match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        };
        (first_of(from, months), from.plus_days(-1))
    }
}

/// The first day of the month that lies so many months back.
fn first_of(date: Date, months_back: i64) -> Date {
    let month = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 - months_back;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let first = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
    first.unwrap_or(date)
}
