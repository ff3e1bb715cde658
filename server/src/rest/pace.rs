//! How often one token, or whoever sends files, may ask: so many requests at once, and then as many as a server of this size answers calmly.

use domain::{id::Id, time::Instant};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// A request is earned back in so many milliseconds: ten a second.
const EACH_MS: i64 = 100;
/// So many may come at once after a rest: a minute's worth.
pub const AT_ONCE: i64 = 600;

/// For each the moment at which all its requests will have been earned back: the generic cell rate algorithm,
/// one number instead of a list of moments. Only those whom we know get here, so there are few.
#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<Id, Instant>>);

/// So many seconds to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub u64);

impl Pace {
    pub fn take(&self, token: Id, now: Instant) -> Result<(), Wait> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = all.entry(token).or_insert(now);
        // A clock that was put back must not keep anybody out for as long.
        let owed = (full.0 - now.0).clamp(0, AT_ONCE * EACH_MS);
        *full = Instant(now.0 + owed);
        let over = owed + EACH_MS - AT_ONCE * EACH_MS;
        if over > 0 {
            return Err(Wait(over.unsigned_abs().div_ceil(1_000)));
        }
        *full = Instant(now.0 + owed + EACH_MS);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Id = Id::ONLY;
    const B: Id = Id::from_bytes([1; 16]);

    #[test]
    fn a_minutes_worth_comes_at_once_and_then_ten_a_second() {
        let pace = Pace::default();
        let taken = (0..1_000).filter(|_| pace.take(A, Instant(0)).is_ok()).count();
        assert_eq!(i64::try_from(taken), Ok(AT_ONCE));
        assert_eq!(pace.take(A, Instant(0)), Err(Wait(1)));
        assert_eq!(pace.take(B, Instant(0)), Ok(()), "another token is not kept waiting");
        assert_eq!((0..1_000).filter(|_| pace.take(A, Instant(1_000)).is_ok()).count(), 10);
        assert_eq!(pace.take(A, Instant(-3_600_000)), Err(Wait(1)), "a clock that was put back");
        assert_eq!(pace.take(A, Instant(-3_599_000)), Ok(()));
    }
}
