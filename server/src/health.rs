//! Whether the server lives, and whether it can do its work: only a write that reached the disk says so, and only while
//! nobody's work has been refused. A disk that is all but full still takes so small a write as ours.

use crate::{
    App,
    error::{Failed, Reason},
};
use axum::{Router, extract::State, routing::get};
use std::time::Duration;
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

/// A disk that takes longer is as good as none.
const PATIENCE: Duration = Duration::from_secs(4);
/// So long a beat proves it; whoever asks more often makes no more work.
const FRESH: Duration = Duration::from_secs(1);

/// Whoever was refused is told to come back after so long; until then others may fare no better.
const TROUBLED: Duration = Duration::from_secs(5);

/// When the disk last took a write for the asking.
#[derive(Debug, Default)]
pub struct Heart(Mutex<Option<Instant>>);

pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

async fn ready(State(app): State<App>) -> Result<&'static str, Failed> {
    let proved = timeout(PATIENCE, app.heart.proved(&app)).await;
    proved.unwrap_or_else(|_| Err(Failed::from(Reason::Unavailable).after(5))).map(|()| "ready\n")
}

impl Heart {
    async fn proved(&self, app: &App) -> Result<(), Failed> {
        let mut last = self.0.lock().await;
        if app.db.refused_within(TROUBLED) {
            return Err(Failed::from(Reason::Unavailable).after(TROUBLED.as_secs()));
        }
        if last.is_some_and(|at| at.elapsed() < FRESH) {
            return Ok(());
        }
        let beat = app.db.write(|tx| {
            let beat = "INSERT INTO heartbeat (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
            tx.connection().prepare_cached(beat)?.execute([tx.at().0])?;
            Ok(())
        });
        beat.await?;
        *last = Some(Instant::now());
        Ok(())
    }
}
