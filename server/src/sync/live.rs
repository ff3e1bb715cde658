//! Live: tells a device that something it may see has changed. Carries no data; losing a poke is harmless.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, State},
    http::{HeaderName, request::Parts},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use domain::sync::{Scope, wire::Poke};
use futures_util::stream;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval, sleep_until},
};

use super::pull::History;
use crate::{
    App,
    auth::SignedIn,
    db::{Changed, Trouble},
    error::Failed,
};

/// A burst of changes is one poke.
const QUIET: Duration = Duration::from_millis(50);
/// Comments are invisible to the page: a named event shows that the line still stands.
const BEAT: Duration = Duration::from_secs(20);

/// `GET /sync/live`
pub(super) async fn live(State(app): State<App>, parts: Parts, caller: SignedIn) -> Result<Response, Failed> {
    let changes = app.db.subscribe();
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut line = Line { app, parts, caller, grants: BTreeSet::new(), changes, poked: None, waiting: None, beat };
    line.grants = line.granted().await?;
    let events = stream::unfold(line, async |mut line| line.next().await.map(|event| (Ok::<_, axum::Error>(event), line)));
    Ok(([(HeaderName::from_static("x-accel-buffering"), "no")], Sse::new(events)).into_response())
}

/// One device that listens.
struct Line {
    app: App,
    parts: Parts,
    caller: SignedIn,
    grants: BTreeSet<Scope>,
    changes: Receiver<Arc<Changed>>,
    /// When the last poke went.
    poked: Option<Instant>,
    waiting: Option<Poke>,
    beat: Interval,
}

impl Line {
    /// The next event; none when the session is over or the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let due = self.poked.map_or_else(Instant::now, |poked| poked + QUIET);
            tokio::select! {
                _ = self.beat.tick() => {
                    self.is_in().await.then_some(())?;
                    // An event without data is not delivered.
                    return Some(Event::default().event("hb").data("1"));
                }
                () = sleep_until(due), if self.waiting.is_some() => {
                    self.poked = Some(Instant::now());
                    return Event::default().event("poke").json_data(self.waiting.take()?).ok();
                }
                changed = self.changes.recv() => match changed {
                    Ok(changed) => self.hear(&changed).await?,
                    Err(RecvError::Lagged(_)) => self.waiting = Some(self.head().await.ok()?),
                    Err(RecvError::Closed) => return None,
                }
            }
        }
    }

    /// Notes a change that concerns this device. What it may see, and whether it may ask at all, may have changed too.
    async fn hear(&mut self, changed: &Changed) -> Option<()> {
        let mut concerned = !self.grants.is_disjoint(&changed.scopes);
        if changed.access {
            self.is_in().await.then_some(())?;
            let grants = self.granted().await.ok()?;
            concerned |= grants != self.grants || !grants.is_disjoint(&changed.scopes);
            self.grants = grants;
        }
        if concerned {
            self.waiting = Some(Poke { epoch: changed.epoch.clone(), seq: changed.seq });
        }
        Some(())
    }

    /// The session may have ended since the line was opened.
    async fn is_in(&mut self) -> bool {
        SignedIn::from_request_parts(&mut self.parts, &self.app).await.is_ok()
    }

    async fn granted(&self) -> Result<BTreeSet<Scope>, Trouble> {
        let by = self.caller.actor();
        self.app.db.read(move |snapshot| snapshot.grants(by)).await
    }

    async fn head(&self) -> Result<Poke, Trouble> {
        self.app.db.read(|snapshot| History::read(snapshot).map(|History { epoch, head, .. }| Poke { epoch, seq: head })).await
    }
}
