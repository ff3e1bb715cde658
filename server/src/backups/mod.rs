//! Backups that nobody has to think of: every hour a proved copy, thinned out with age, and one before an upgrade.
//!
//! Invariants: a copy stands under its name only once it is proved; none goes before a newer one stands; the writer
//! never waits for any of it; what fails is in the log, in the record and in the metrics, and is tried again.

mod record;
mod rotation;

pub use record::{Failed, Kept, Record};

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::time::Instant;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use tokio::time::{MissedTickBehavior, interval_at};

use crate::{
    App,
    db::{Db, Trouble, number},
    keep,
    owner::{Data, make_private},
};

const HOUR_SECONDS: i64 = 3_600;
/// How often it is looked whether one is due; also the pause after one that failed.
const ROUND: Duration = Duration::from_secs(300);
/// A start is for whoever waits for it.
const FIRST: Duration = Duration::from_secs(60);
/// In the name of a file, by the clock of Greenwich: names sort as their moments do.
const WHEN: &str = "%Y%m%dT%H%M%SZ";
/// Left free on the disk beside a copy.
const SPARE_BYTES: u64 = 64 * 1024 * 1024;
const SIZE: &str = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
const UNFINISHED: &str = "unfinished.db";

/// Makes one whenever it is due, until the server stops.
pub async fn run(app: App, data: Data) {
    let mut rounds = interval_at(tokio::time::Instant::now() + FIRST, ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while app.stopping.run_until_cancelled(rounds.tick()).await.is_some() {
        let (db, data) = (app.db.clone(), data.clone());
        // Copying and proving takes a core for a while; a thread of its own does it.
        let done = tokio::task::spawn_blocking(move || round(&db, data.backups()));
        if let Err(error) = done.await {
            tracing::error!(%error, "a backup panicked");
        }
    }
}

/// Makes a backup if the last one is an hour old, and says in the record what came of it.
pub fn round(db: &Db, folder: &Path) {
    let now = db.clock().now();
    let before = Record::read(folder);
    let newest = all(folder).last_key_value().map(|(at, _)| *at);
    // A clock that was put back must not stop backups.
    if newest.is_some_and(|last| (0..HOUR_SECONDS).contains(&now.seconds_since(last))) {
        return;
    }
    let record = match make(db, folder, now) {
        Ok(kept) => {
            tracing::info!(file = kept.file, bytes = kept.bytes, "a backup was made and proved");
            Record { kept: Some(kept), failed: None }
        }
        Err(trouble) => {
            tracing::error!(%trouble, "a backup failed and is tried again");
            Record { failed: Some(Failed { at: now, why: trouble.to_string() }), ..before }
        }
    };
    if let Err(error) = record.write(folder) {
        tracing::error!(%error, "the record of backups could not be written");
    }
}

fn make(db: &Db, folder: &Path, now: Instant) -> Result<Kept, Trouble> {
    make_private(folder).map_err(|error| broken(folder, &error))?;
    let unfinished = folder.join(UNFINISHED);
    keep::remove(&unfinished);
    room(db, folder)?;
    let bytes = keep::backup(db, &unfinished)?;
    let file = format!("guanxi-{}.db", written(now));
    keep::renamed(&unfinished, &folder.join(&file))?;
    thin_out(folder);
    Ok(Kept { at: now, file, bytes })
}

/// A backup never takes the room that work needs.
fn room(db: &Db, folder: &Path) -> Result<(), Trouble> {
    let size = db.read_blocking(|rows| number(rows.connection().query_row(SIZE, (), |row| row.get(0))?))?;
    let needed = size + size / 8 + SPARE_BYTES;
    let free = fs4::available_space(folder).map_err(|error| broken(folder, &error))?;
    if free < needed {
        return Err(Trouble::Broken(format!("{}: {free} bytes are free and {needed} are needed", folder.display())));
    }
    Ok(())
}

/// Lets go of those that may go. One that cannot be removed is no reason to fail: the next round tries again.
fn thin_out(folder: &Path) {
    let all = all(folder);
    for at in rotation::dispensable(&all.keys().copied().collect()) {
        if let Some(file) = all.get(&at) {
            _ = fs::remove_file(file);
        }
    }
}

/// Those that were made by the hour; whatever else is in the folder is somebody else's.
fn all(folder: &Path) -> BTreeMap<Instant, PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter_map(|file| Some((read(file.file_name()?.to_str()?)?, file))).collect()
}

fn read(name: &str) -> Option<Instant> {
    let when = name.strip_prefix("guanxi-")?.strip_suffix(".db")?;
    let at = DateTime::strptime(WHEN, when).ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(Instant(at.timestamp().as_millisecond()))
}

fn written(at: Instant) -> String {
    Timestamp::from_millisecond(at.0).map(|at| at.strftime(WHEN).to_string()).unwrap_or_default()
}

fn broken(folder: &Path, error: &std::io::Error) -> Trouble {
    Trouble::Broken(format!("{}: {error}", folder.display()))
}

/// Copies a database of an earlier version before it is brought up to date. Such a copy is never thinned out.
pub fn before_upgrade(data: &Data, version: i64, now: Instant) -> Result<PathBuf, Trouble> {
    make_private(data.backups()).map_err(|error| broken(data.backups(), &error))?;
    let copy = data.backups().join(format!("before-upgrade-from-{version}-{}.db", written(now)));
    keep::backup_as_is(&data.database(), &copy)?;
    Ok(copy)
}
