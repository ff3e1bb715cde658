//! Money and points: whole numbers of the smallest unit, never below zero, never so many that a sum runs over.

use crate::row::{Cell, Field, Kind, codes};
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    /// ISO 4217, as far as the product knows their minor units.
    Currency {
        Cny = "CNY": "人民币", "Chinese yuan";
        Usd = "USD": "美元", "US dollar";
        Eur = "EUR": "欧元", "Euro";
        Hkd = "HKD": "港元", "Hong Kong dollar";
        Jpy = "JPY": "日元", "Japanese yen";
        Gbp = "GBP": "英镑", "Pound sterling";
        Sgd = "SGD": "新加坡元", "Singapore dollar";
    }
}

impl Currency {
    /// One whole unit.
    #[must_use]
    pub const fn unit(self) -> Money {
        Money(10_i64.pow(self.digits()))
    }

    /// Digits behind the point (ISO 4217).
    #[must_use]
    pub const fn digits(self) -> u32 {
        match self {
            Self::Jpy => 0,
            Self::Cny | Self::Usd | Self::Eur | Self::Hkd | Self::Gbp | Self::Sgd => 2,
        }
    }
}

/// The largest amount and the largest number of points: a million of them can be added up.
const MOST: i64 = 1_000_000_000_000;

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(try_from = "i64", into = "i64")]
        pub struct $name(i64);

        impl $name {
            pub const ZERO: Self = Self(0);

            /// Nothing for what is below zero or too large.
            #[must_use]
            pub const fn new(count: i64) -> Option<Self> {
                if count >= 0 && count <= MOST { Some(Self(count)) } else { None }
            }
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
            #[must_use]
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                Self::new(self.0 + other.0)
            }
            #[must_use]
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                Self::new(self.0 - other.0)
            }
            /// What is left when `other` is taken away, at least nothing.
            #[must_use]
            pub fn less(self, other: Self) -> Self {
                Self((self.0 - other.0).max(0))
            }
            /// Both together; the largest there is if that is too much.
            #[must_use]
            pub fn plus(self, other: Self) -> Self {
                Self((self.0 + other.0).min(MOST))
            }
        }
        impl TryFrom<i64> for $name {
            type Error = &'static str;
            fn try_from(count: i64) -> Result<Self, Self::Error> {
                Self::new(count).ok_or("below zero or too large")
            }
        }
        impl From<$name> for i64 {
            fn from(value: $name) -> Self {
                value.0
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
                all.fold(Self::ZERO, Self::plus)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl Field for $name {
            const KIND: Kind = Kind::Integer;
            fn to_cell(&self) -> Cell {
                Cell::Integer(self.0)
            }
            fn from_cell(cell: Cell) -> Option<Self> {
                i64::from_cell(cell).and_then(Self::new)
            }
        }
    )*};
}

quantities! {
    /// An amount in minor units (分, cents), up to ten thousand million yuan. Its currency stands beside it.
    Money;
    /// Loyalty points: whole, never halves.
    Points;
}

/// Why an amount is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadMoney {
    Missing,
    NotANumber,
    Negative,
    /// More digits behind the point than the currency has.
    TooFine {
        digits: u32,
    },
    TooLarge,
}

impl Money {
    /// Reads a decimal number such as `1,285.50`. Groups may be set apart by commas; the point is a point.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, BadMoney> {
        let text: String = text.trim().chars().filter(|c| *c != ',').collect();
        if text.is_empty() {
            return Err(BadMoney::Missing);
        }
        let (sign, text) = text.strip_prefix(['-', '−']).map_or((1, text.as_str()), |rest| (-1, rest));
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || whole.is_empty() {
            return Err(BadMoney::NotANumber);
        }
        let part = part.trim_end_matches('0');
        let places = currency.digits();
        let missing = usize::try_from(places).ok().and_then(|places| places.checked_sub(part.len()));
        let missing = missing.ok_or(BadMoney::TooFine { digits: places })?;
        let minor: i64 = format!("{whole}{part}{}", "0".repeat(missing)).parse().map_err(|_| BadMoney::TooLarge)?;
        match (sign, minor) {
            (-1, 1..) => Err(BadMoney::Negative),
            _ => Self::new(minor).ok_or(BadMoney::TooLarge),
        }
    }

    /// As a decimal number with all its digits: `1285.50`.
    #[must_use]
    pub fn decimal(self, currency: Currency) -> String {
        let unit = 10_i64.pow(currency.digits());
        match currency.digits() {
            0 => self.0.to_string(),
            places => format!("{}.{:0places$}", self.0 / unit, self.0 % unit, places = usize::try_from(places).unwrap_or(2)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn yuan(text: &str) -> Result<i64, BadMoney> {
        Money::parse(text, Currency::Cny).map(Money::get)
    }

    #[test]
    fn amounts_are_read_to_the_last_fen() {
        for (text, minor) in
            [("128.50", 12_850), ("128.5", 12_850), (" 0 ", 0), ("1,285.00", 128_500), ("0.01", 1), ("-0", 0), ("29.330", 2_933)]
        {
            assert_eq!(yuan(text), Ok(minor), "{text}");
        }
        assert_eq!(Money::parse("128", Currency::Jpy).map(Money::get), Ok(128));
    }

    #[test]
    fn what_is_no_amount_says_why() {
        assert_eq!(yuan(""), Err(BadMoney::Missing));
        for bad in ["abc", "1e5", ".", ".5", "1.2.3", "１２", "¥5", "NaN", "1 000", "+5"] {
            assert_eq!(yuan(bad), Err(BadMoney::NotANumber), "{bad}");
        }
        assert_eq!(yuan("-0.01"), Err(BadMoney::Negative));
        assert_eq!(yuan("1.005"), Err(BadMoney::TooFine { digits: 2 }));
        assert_eq!(Money::parse("1.5", Currency::Jpy), Err(BadMoney::TooFine { digits: 0 }));
        for large in ["10000000000.01", "99999999999999999999", "9223372036854775807"] {
            assert_eq!(yuan(large), Err(BadMoney::TooLarge), "{large}");
        }
    }

    #[test]
    fn what_is_below_zero_or_too_much_cannot_be_had() {
        assert_eq!(serde_json::from_str::<Points>("-1").ok(), None);
        assert_eq!(serde_json::from_str::<Money>("1000000000001").ok(), None);
        assert_eq!(Points::new(5).and_then(|points| points.checked_sub(Points::new(6)?)), None);
        assert_eq!(Points(5).less(Points(6)), Points::ZERO);
        assert_eq!(Points(MOST).plus(Points(MOST)), Points(MOST));
    }

    proptest! {
        #[test]
        fn an_amount_is_read_as_it_is_written(minor in 0..=MOST, currency in prop::sample::select(Currency::ALL)) {
            let money = Money(minor);
            prop_assert_eq!(Money::parse(&money.decimal(currency), currency), Ok(money));
        }

        #[test]
        fn nothing_that_is_typed_makes_an_amount_panic(text in "[-−0-9.,a-z ]{0,30}") {
            _ = Money::parse(&text, Currency::Cny);
        }
    }
}
