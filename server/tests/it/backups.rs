//! Backups that nobody has to think of: proved, by the hour, thinned out, and honest when they fail.

use super::harness::{Folder, House, NOON};
use domain::{access::Reach, time::Instant, words::Lang};
use server::{
    backups::{self, Record},
    db::check,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const HOUR: i64 = 3_600;

fn copies(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let mut copies: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|ending| ending == "db")).collect();
    copies.sort();
    copies
}

async fn round(house: &House, folder: &Path, at: Instant) {
    house.clock.move_to(at);
    let (db, folder) = (house.db.clone(), folder.to_owned());
    tokio::task::spawn_blocking(move || backups::round(&db, &folder)).await.expect("no panic");
}

#[tokio::test]
async fn every_hour_has_its_copy_and_each_is_proved() {
    let house = House::founded(Reach::Team).await;
    let folder = Folder::new();
    let backups = folder.path().join("backups");
    for minutes in [0, 5, 59, 60, 119, 120] {
        round(&house, &backups, NOON.plus_seconds(minutes * 60)).await;
    }
    let made = copies(&backups);
    let names: Vec<_> = made.iter().filter_map(|file| file.file_name()?.to_str()).collect();
    assert_eq!(names, ["guanxi-20261121T040000Z.db", "guanxi-20261121T050000Z.db", "guanxi-20261121T060000Z.db"]);
    for copy in &made {
        assert_eq!(check(copy), []);
    }
    let record = Record::read(&backups);
    assert_eq!(record.kept.as_ref().map(|kept| (kept.at, kept.file.as_str())), Some((NOON.plus_seconds(2 * HOUR), names[2])));
    assert!(record.told(Lang::En).0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o077;
        assert_eq!((mode(&backups), mode(&made[0])), (0, 0), "nobody else on this machine reads customers' data");
    }
}

#[tokio::test]
async fn old_copies_go_and_what_is_not_ours_stays() {
    let house = House::founded(Reach::Team).await;
    let folder = Folder::new();
    let theirs = folder.path().join("guanxi-by-hand.db");
    fs::write(&theirs, "somebody's own").expect("a file");
    for day in 0..50 {
        round(&house, folder.path(), NOON.plus_seconds(day * 24 * HOUR)).await;
    }
    let made = copies(folder.path());
    assert!(made.contains(&theirs));
    // One of each day: the newest twenty-four stand for hours, and the Sunday five weeks back for its week.
    let expected = 24 + 1;
    assert_eq!(made.len(), expected + 1, "{made:?}");
}

#[tokio::test]
async fn a_failure_is_told_until_the_next_success_and_leaves_what_was_kept() {
    let house = House::founded(Reach::Team).await;
    let folder = Folder::new();
    round(&house, folder.path(), NOON).await;
    // Something is in its way.
    let way = folder.path().join("unfinished.db");
    fs::create_dir(&way).expect("a folder");
    let later = NOON.plus_seconds(HOUR);
    round(&house, folder.path(), later).await;
    let record = Record::read(folder.path());
    assert_eq!(record.kept.as_ref().map(|kept| kept.at), Some(NOON), "the former copy is still the latest");
    assert_eq!(record.failed.as_ref().map(|failed| failed.at), Some(later));
    let (well, lines) = record.told(Lang::En);
    assert!(!well && lines.iter().any(|line| line.contains("failed")), "{lines:?}");
    fs::remove_dir(&way).expect("out of the way");
    round(&house, folder.path(), later.plus_seconds(300)).await;
    let record = Record::read(folder.path());
    assert!(record.failed.is_none() && record.told(Lang::En).0);
    assert_eq!(copies(folder.path()).len(), 2);
}

/// A clock that was put back must not leave a company without backups until it has caught up.
#[tokio::test]
async fn a_clock_that_was_put_back_stops_nothing() {
    let house = House::founded(Reach::Team).await;
    let folder = Folder::new();
    round(&house, folder.path(), NOON).await;
    round(&house, folder.path(), NOON.plus_seconds(-24 * HOUR)).await;
    assert_eq!(copies(folder.path()).len(), 2);
}
