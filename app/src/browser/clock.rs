//! This device's clock and the ids it makes. A device's time is a claim; the server's counts.

use domain::{id::Id, time::Instant};

#[must_use]
pub fn now() -> Instant {
    #[cfg(target_arch = "wasm32")]
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for 285,000 years")]
    return Instant(js_sys::Date::now() as i64);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The time now, tracked: whoever reads it is called again every half minute.
#[must_use]
pub fn ticking() -> Instant {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::*;
        thread_local!(static TICK: ArcRwSignal<Instant> = {
            let tick = ArcRwSignal::new(now());
            let hand = tick.clone();
            set_interval(move || hand.set(now()), std::time::Duration::from_secs(30));
            tick
        });
        TICK.with(ArcRwSignal::get)
    }
    #[cfg(not(target_arch = "wasm32"))]
    now()
}

/// A new id, unlike any other.
#[must_use]
pub fn new_id<T: From<Id>>() -> T {
    let milliseconds = u64::try_from(now().0).unwrap_or_default();
    let moment = uuid::Timestamp::from_unix(
        uuid::NoContext,
        milliseconds / 1_000,
        u32::try_from(milliseconds % 1_000).unwrap_or_default() * 1_000_000,
    );
    Id::from(uuid::Uuid::new_v7(moment)).into()
}
