//! The server's clock: the machine's, or one that tests move by hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use domain::time::Instant;

#[derive(Debug, Clone)]
pub enum Clock {
    System,
    /// Milliseconds since 1970; stands still until somebody moves it.
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this moment.
    #[must_use]
    pub fn held(at: Instant) -> Self {
        Self::Held(Arc::new(AtomicI64::new(at.0)))
    }

    #[must_use]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::Held(at) => Instant(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held clock; the machine's is not ours to move.
    pub fn move_to(&self, at: Instant) {
        if let Self::Held(held) = self {
            held.store(at.0, Ordering::SeqCst);
        }
    }
}
