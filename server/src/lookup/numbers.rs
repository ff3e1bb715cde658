//! Sets of rows by their numbers, as the index of words finds them: small enough to be held, quick to be asked.

use super::sql::Sql;
use rusqlite::types::Value;

/// Each once, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbers(Vec<i64>);

impl FromIterator<i64> for Numbers {
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        Self::from(numbers.into_iter().collect::<Vec<_>>())
    }
}

impl From<Vec<i64>> for Numbers {
    fn from(mut numbers: Vec<i64>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }
}

impl Numbers {
    pub fn len(&self) -> u64 {
        self.0.len() as u64
    }

    pub fn has(&self, n: i64) -> bool {
        self.0.binary_search(&n).is_ok()
    }

    pub fn with(self, others: &[i64]) -> Self {
        Self::from([self.0.as_slice(), others].concat())
    }

    pub fn within(&self, others: &Self) -> Self {
        Self(self.0.iter().copied().filter(|n| others.has(*n)).collect())
    }

    pub fn without(&self, others: &Self) -> Self {
        Self(self.0.iter().copied().filter(|n| !others.has(*n)).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn all(&self) -> &[i64] {
        &self.0
    }
}

/// These, as a statement takes them.
pub(super) fn known(numbers: &[i64]) -> Sql {
    let numbers = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    Sql::with("SELECT value AS n FROM json_each(?)", Value::Text(format!("[{numbers}]")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn they_are_sets(one in prop::collection::vec(-5i64..9, 0..9), other in prop::collection::vec(-5i64..9, 0..9)) {
            let (a, b): (Numbers, Numbers) = (one.clone().into(), other.iter().copied().collect());
            let (one, others): (BTreeSet<i64>, BTreeSet<i64>) = (one.into_iter().collect(), other.iter().copied().collect());
            prop_assert_eq!(a.within(&b), one.intersection(&others).copied().collect());
            prop_assert_eq!(a.without(&b), one.difference(&others).copied().collect());
            prop_assert_eq!(a.clone().with(&other), one.union(&others).copied().collect());
            prop_assert!((-6..10).all(|n| a.has(n) == one.contains(&n)));
        }
    }
}
