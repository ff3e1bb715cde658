//! Figures for Prometheus, at an address of its own that only this machine reaches. Nobody's data is in them.
//!
//! Requests are counted as they end. What else there is to know is looked up when somebody asks, so that work pays
//! nothing for it: what was done and refused is in the audit already.

use std::{
    fs,
    sync::{Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{Method, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::{
    App,
    backups::Record,
    db::{Snapshot, Trouble},
    error::Failed,
    owner::Data,
};

const SECONDS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    /// The route's pattern: addresses hold tokens and ids.
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Deed {
    what: String,
    /// `ok`, or the code of the refusal.
    verdict: String,
}

/// What is counted and measured.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Ended, Counter>,
    took: Family<Route, Histogram>,
    deeds: Family<Deed, Counter>,
    waiting: Gauge,
    listening: Gauge,
    bytes: Gauge,
    backed_up: Gauge<f64, AtomicU64>,
    backup_failed: Gauge,
    /// The last entry of the audit that is counted among the deeds; none before the first look.
    counted: Mutex<Option<i64>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut all = Self {
            registry: Registry::with_prefix("guanxi"),
            requests: Family::default(),
            took: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            deeds: Family::default(),
            waiting: Gauge::default(),
            listening: Gauge::default(),
            bytes: Gauge::default(),
            backed_up: Gauge::default(),
            backup_failed: Gauge::default(),
            counted: Mutex::default(),
        };
        let Self { registry, requests, took, deeds, waiting, listening, bytes, backed_up, backup_failed, counted: _ } = &mut all;
        registry.register("requests", "Requests by route and how they ended", requests.clone());
        registry.register_with_unit("request_duration", "From a request to the head of its answer", Unit::Seconds, took.clone());
        registry.register("deeds", "What was done, tried or looked at, as the audit has it", deeds.clone());
        registry.register("writer_queue", "Jobs that wait for the writer", waiting.clone());
        registry.register("listeners", "Devices that wait for changes", listening.clone());
        registry.register_with_unit("database", "The data file and its log", Unit::Bytes, bytes.clone());
        registry.register("backup_last_success_timestamp_seconds", "When the last proved backup was made", backed_up.clone());
        registry.register("backup_failed", "1 while the last attempt at a backup has failed", backup_failed.clone());
        all
    }
}

impl Metrics {
    /// Counts a request that has ended.
    pub fn ended(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.as_str().to_owned(), if route == "-" { "site" } else { route }.to_owned());
        self.took.get_or_create(&Route { method: method.clone(), route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Ended { method, route, status }).inc();
    }

    /// Counts what the audit has got since the last look; what was there before the first is another process's.
    fn count_deeds(&self, snapshot: &Snapshot<'_>) -> Result<(), Trouble> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let last: i64 = snapshot.connection().query_row("SELECT coalesce(max(n), 0) FROM audit", (), |row| row.get(0))?;
        if let Some(counted) = *counted {
            let sql = "SELECT what, refused, count(*) FROM audit WHERE n > ?1 AND n <= ?2 GROUP BY what, refused";
            let mut entries = snapshot.connection().prepare_cached(sql)?;
            let mut entries = entries.query((counted, last))?;
            while let Some(entry) = entries.next()? {
                let (what, refused, count): (String, Option<String>, i64) = (entry.get(0)?, entry.get(1)?, entry.get(2)?);
                let deed = Deed { what, verdict: refused.unwrap_or_else(|| "ok".to_owned()) };
                self.deeds.get_or_create(&deed).inc_by(count.unsigned_abs());
            }
        }
        *counted = Some(last);
        Ok(())
    }

    fn look_at_backups(&self, data: &Data) {
        let record = Record::read(data.backups());
        if let Some(kept) = &record.kept {
            self.backed_up.set(kept.at.0 as f64 / 1_000.0);
        }
        self.backup_failed.set(i64::from(record.failed.is_some()));
    }
}

/// What is served at the address of the metrics, and nowhere else. Deeds count from now on.
pub async fn router(app: App, data: Data) -> Result<Router, Trouble> {
    look(&app).await?;
    Ok(Router::new().route("/metrics", get(shown)).with_state((app, data)))
}

async fn look(app: &App) -> Result<(), Trouble> {
    let metrics = app.metrics.clone();
    app.db.read(move |snapshot| metrics.count_deeds(snapshot)).await
}

async fn shown(State((app, data)): State<(App, Data)>) -> Result<Response, Failed> {
    look(&app).await?;
    let metrics = &app.metrics;
    metrics.waiting.set(i64::try_from(app.db.waiting()).unwrap_or(i64::MAX));
    metrics.listening.set(i64::try_from(app.db.listeners()).unwrap_or(i64::MAX));
    let size = |name: &str| fs::metadata(data.path().join(name)).map_or(0, |file| file.len());
    metrics.bytes.set((size("guanxi.db") + size("guanxi.db-wal")).cast_signed());
    metrics.look_at_backups(&data);
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| Trouble::Broken(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}
