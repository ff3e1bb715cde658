//! What the server does by itself: reminds of what falls due, hands over the work of those who have left, closes what
//! nobody answers, books what has expired, begins what rules were planned, reviews tiers, forgets what is too old.
//!
//! Invariants: a job takes its time as an argument and does each deed once, by an id derived from what it is about;
//! what fails is told in the log, holds up no other job, and is tried again a minute later.

mod closing;
mod deeds;
mod handover;
mod programme;
mod reminders;
mod reviewing;
mod settling;

pub use closing::close_what_nobody_answers;
pub(crate) use deeds::Deed;
pub use handover::hand_over;
pub use programme::keep_programme;
pub(crate) use reminders::reminder_of_step;
pub use reminders::{remind_of_promises, remind_of_steps};
pub use reviewing::review_tiers;
pub use settling::settle_points;

use std::time::Duration;

use domain::time::Instant;
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    App, attachments,
    db::{Db, Trouble},
    imports,
    sync::retention,
};

const ROUND: Duration = Duration::from_secs(60);
const HOUR_SECONDS: i64 = 3_600;

/// Goes round once a minute until the server stops.
pub async fn run(app: App) {
    let mut minute = interval(ROUND);
    minute.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept = None;
    loop {
        tokio::select! {
            _ = minute.tick() => {}
            () = app.stopping.cancelled() => return,
        }
        let now = app.now();
        tokio::select! {
            () = round(&app.db, now, &mut swept) => {}
            // What has begun is finished by the writer; the rest waits for the next start.
            () = app.stopping.cancelled() => return,
        }
    }
}

/// Every job whose time has come; `swept` is when those last ran that run every hour.
pub async fn round(db: &Db, now: Instant, swept: &mut Option<Instant>) {
    told("remind of steps", remind_of_steps(db, now).await);
    told("remind of promises", remind_of_promises(db, now).await);
    told("hand over", hand_over(db, now).await);
    told("close tickets", close_what_nobody_answers(db, now).await);
    told("keep the programme", keep_programme(db, now).await);
    told("review tiers", review_tiers(db, now).await);
    if swept.is_none_or(|last| now.seconds_since(last) >= HOUR_SECONDS) {
        *swept = Some(now);
        told("settle points", settle_points(db, now).await);
        told("sweep", sweep(db, now).await);
        told("let go of files", attachments::sweep(db, now).await);
        imports::tidy(db.directory(), false);
    }
}

fn told(job: &str, done: Result<usize, Trouble>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(job, count, "done"),
        Err(trouble) => tracing::error!(job, %trouble, "a job failed and is tried again"),
    }
}

/// Forgets step by step, each when nobody's command waits; says how many steps it took beyond the first.
pub async fn sweep(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let mut steps = 0;
    let step = async || {
        db.write_when_idle(move |tx| {
            tx.as_of(now);
            retention::sweep(tx)
        })
        .await
    };
    while step().await? {
        steps += 1;
    }
    Ok(steps)
}
