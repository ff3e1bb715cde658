//! `guanxi serve`: opens the data, listens, and stops when told to.

use super::{
    Place, demo, open, take,
    told::{note, tell},
};
use crate::{
    App,
    auth::set_up,
    backups,
    config::{Config, Origin, Room},
    control, demo as generator, imports, jobs,
    listen::{self, Limits},
    metrics,
    owner::Data,
    router,
    site::Site,
};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum, builder::BoolishValueParser};
use domain::words::{Lang, Text};
use ipnet::IpNet;
use std::{
    io::IsTerminal,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen. Without https only this machine is served
    #[arg(long, env = "GUANXI_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    #[command(flatten)]
    place: Place,
    /// Fill an empty data directory with a demonstration and print its sign-ins
    #[arg(long, env = "GUANXI_DEMO", value_parser = BoolishValueParser::new())]
    demo: bool,
    /// The address under which people reach this server, such as https://crm.example.com
    #[arg(long, env = "GUANXI_PUBLIC_URL", value_name = "URL")]
    public_url: Option<Origin>,
    /// The certificate chain in PEM, for https without a proxy
    #[arg(long, env = "GUANXI_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key in PEM
    #[arg(long, env = "GUANXI_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A proxy, or a network of them, whose X-Forwarded-For is believed; repeat for several
    #[arg(long, env = "GUANXI_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',', value_parser = network)]
    trusted_proxy: Vec<IpNet>,
    /// Where Prometheus reads figures, on this machine only, such as 127.0.0.1:9090
    #[arg(long, env = "GUANXI_METRICS", value_name = "ADDRESS", value_parser = of_this_machine)]
    metrics: Option<SocketAddr>,
    /// Make no backups by the hour
    #[arg(long, env = "GUANXI_NO_BACKUPS", value_parser = BoolishValueParser::new())]
    no_backups: bool,
    /// Room for all that people attach, in gigabytes
    #[arg(long, env = "GUANXI_FILES_GB", default_value_t = 20, value_name = "GB")]
    files_gb: u64,
    /// How the log is written
    #[arg(long, env = "GUANXI_LOG_FORMAT", value_enum, default_value = "human")]
    log_format: LogFormat,
    /// What is logged, such as `info` or `server=debug`
    #[arg(long, env = "GUANXI_LOG", default_value = "info")]
    log: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormat {
    Human,
    Json,
}

fn network(text: &str) -> Result<IpNet, String> {
    let alone = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse::<IpNet>().or_else(|_| alone()).map_err(|_| "an address or a network, such as 10.0.0.0/8".to_owned())
}

fn of_this_machine(text: &str) -> Result<SocketAddr, String> {
    let address = text.parse::<SocketAddr>().ok().filter(|address| address.ip().to_canonical().is_loopback());
    address.ok_or_else(|| "an address of this machine only, such as 127.0.0.1:9090".to_owned())
}

const LOOPBACK_ONLY: Text = Text::new(
    "没有 https，只服务本机（--tls-cert/--tls-key，或由代理提供 https 并设置 --public-url）。",
    "Without https only this machine is served (use --tls-cert/--tls-key, or a proxy with https and --public-url).",
);
const SET_UP: Text = Text::new("请打开下面的一次性链接来设置公司：", "Open this link, which works once, to set up your company:");
const NO_SITE: Text = Text::new("没有找到网页文件，只提供接口。", "The site’s files are not here; only the interfaces are served.");

impl Serve {
    pub fn run(self, site: Option<Site>, lang: Lang) -> Result<()> {
        self.begin_log()?;
        let data = self.place.data();
        let owner = take(&data, lang)?;
        if self.demo && demo::is_empty(&open(&data, &owner, lang)?)? {
            demo::make(&data, generator::CUSTOMERS, generator::SEED)?;
        }
        let db = open(&data, &owner, lang)?;
        imports::stop_stale(&db)?;
        imports::tidy(db.directory(), true);
        if site.is_none() {
            note(NO_SITE.in_lang(lang));
        }
        demo::print_accounts(&demo::accounts(&db)?, lang);
        let set_up = set_up::link(&db)?;
        let app = App::new(db, self.config());
        let runtime = tokio::runtime::Runtime::new().context("no threads for the server")?;
        let served = runtime.block_on(self.serve(app, data.clone(), site, set_up, lang));
        drop(runtime);
        _ = std::fs::remove_file(data.socket());
        drop(owner);
        served
    }

    fn begin_log(&self) -> Result<()> {
        let filter = EnvFilter::try_new(&self.log).context("--log")?;
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            // A line of the log that nobody takes is no reason to fail.
            .log_internal_errors(false);
        // Whoever runs us in process may have a log already.
        _ = match self.log_format {
            LogFormat::Human => log.compact().try_init(),
            LogFormat::Json => log.json().flatten_event(true).try_init(),
        };
        Ok(())
    }

    fn is_https(&self) -> bool {
        self.tls_cert.is_some() || self.public_url.as_ref().is_some_and(Origin::is_https)
    }

    fn config(&self) -> Config {
        let room = Room(self.files_gb.saturating_mul(Room::GIGABYTE));
        Config { public: self.public_url.clone(), proxies: self.trusted_proxy.clone(), https: self.is_https(), room }
    }

    /// Secure cookies, service workers and locks between tabs need https, or this very machine.
    fn address(&self, lang: Lang) -> SocketAddr {
        if self.is_https() || self.addr.ip().to_canonical().is_loopback() {
            return self.addr;
        }
        note(LOOPBACK_ONLY.in_lang(lang));
        SocketAddr::from(([127, 0, 0, 1], self.addr.port()))
    }

    async fn serve(&self, app: App, data: Data, site: Option<Site>, set_up: Option<String>, lang: Lang) -> Result<()> {
        let address = self.address(lang);
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificates), Some(key)) => Some(listen::tls::acceptor(certificates, key)?),
            _ => None,
        };
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let here = format!("{scheme}://{}", listener.local_addr()?);
        let public = app.config.public.as_ref().map_or(here, ToString::to_string);
        if let Some(address) = self.metrics {
            serve_metrics(&app, &data, address).await?;
        }
        if let Some(path) = set_up {
            tell(format_args!("{}\n  {public}{path}", SET_UP.in_lang(lang)));
        }
        // Whoever reads the address may ask by the command line at once.
        let control = control::listen(data.clone(), app.db.clone(), public.clone());
        tell(format_args!("Guanxi 关系  {public}"));
        let stopping = app.stopping.clone();
        if !self.no_backups {
            tokio::spawn(backups::run(app.clone(), data));
        }
        let control = tokio::spawn(async {
            let ended = match control {
                Ok(control) => control.await,
                Err(error) => Err(error),
            };
            if let Err(error) = ended {
                tracing::warn!(%error, "the command line cannot speak to this server");
            }
        });
        let jobs = tokio::spawn(jobs::run(app.clone()));
        let stop = stopping.clone();
        tokio::spawn(async move {
            told_to_stop().await;
            stop.cancel();
        });
        listen::serve(listener, tls, router(app, site), stopping, Limits::of_this_process()).await;
        control.abort();
        if let Err(error) = jobs.await {
            tracing::error!(%error, "the jobs ended before the server did");
        }
        Ok(())
    }
}

async fn serve_metrics(app: &App, data: &Data, address: SocketAddr) -> Result<()> {
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    tell(format_args!("Metrics  http://{}/metrics", listener.local_addr()?));
    let router = metrics::router(app.clone(), data.clone()).await?;
    tokio::spawn(listen::serve(listener, None, router, app.stopping.clone(), Limits::few()));
    Ok(())
}

/// By the terminal or by whoever runs us.
async fn told_to_stop() {
    let terminal = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut told) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminal => {}
                _ = told.recv() => {}
            }
            return;
        }
    }
    _ = terminal.await;
}
