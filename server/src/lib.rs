//! The sync server: takes commands, keeps rows and a change log, hands rows out.
//!
//! In reading order: what stands before every route, who may enter, what travels, the features, how it is run.

// A reader who leaves must not make a program fail: what is printed goes through `cli`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod config;
pub mod error;
pub mod guard;
pub mod listen;
pub mod named;
pub mod sent;
pub mod site;

pub mod api;
pub mod auth;
pub mod db;
pub mod health;
pub mod lookup;
pub mod rest;
pub mod sync;
pub mod zone;

pub mod attachments;
pub mod customers;
pub(crate) mod formula;
pub mod imports;
pub mod insights;
pub mod loyalty;
pub mod notices;
pub(crate) mod numbers;
pub mod orders;
pub mod portal;
pub mod settings;
pub mod surveys;
pub mod team;
pub mod tickets;
pub mod timeline;

pub mod backups;
pub mod cli;
pub mod control;
pub mod demo;
pub mod export;
pub mod jobs;
pub mod keep;
pub mod metrics;
pub mod owner;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state, map_response},
};
use config::Config;
use db::Db;
use domain::time::Instant;
use site::Site;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate, predicate::SizeAbove},
};

/// What every handler may use.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub config: Arc<Config>,
    pub attempts: Arc<auth::attempts::Attempts>,
    pub hasher: Arc<auth::password::Hasher>,
    pub heart: Arc<health::Heart>,
    pub underway: Arc<imports::Underway>,
    pub metrics: Arc<metrics::Metrics>,
    /// How often each token asked of late.
    pub pace: Arc<rest::pace::Pace>,
    /// Cancelled when the server is to stop: what waits or streams ends.
    pub stopping: CancellationToken,
}

impl App {
    #[must_use]
    pub fn new(db: Db, config: Config) -> Self {
        Self {
            db,
            config: Arc::new(config),
            attempts: Arc::default(),
            hasher: Arc::default(),
            heart: Arc::default(),
            underway: Arc::default(),
            metrics: Arc::default(),
            pace: Arc::default(),
            stopping: CancellationToken::new(),
        }
    }

    #[must_use]
    pub fn now(&self) -> Instant {
        self.db.clock().now()
    }
}

/// The whole server.
pub fn router(app: App, site: Option<Site>) -> Router {
    let routes =
        Router::new().merge(auth::routes()).merge(api::routes()).merge(rest::routes()).merge(sync::routes()).merge(health::routes());
    let routes = match site {
        Some(site) => routes.fallback_service(site::router(site)),
        None => routes,
    };
    guarded(routes.with_state(app.clone()), app)
}

/// Routes behind all that stands before every route. The last layer is the first to see a request.
pub fn guarded(routes: Router, app: App) -> Router {
    routes
        .layer(DefaultBodyLimit::max(guard::BODY_BYTES))
        .layer(from_fn(guard::in_time))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn_with_state(app.clone(), guard::same_site))
        .layer(from_fn_with_state(app.clone(), guard::kept_by_nobody))
        .layer(from_fn(error::in_words))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(1_024).and(is_json)))
        .layer(map_response(site::security_headers))
        .layer(from_fn_with_state(app, guard::logged))
}

/// Live streams must not wait for a full buffer, and the site is compressed beforehand.
fn is_json(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}
