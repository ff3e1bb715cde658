//! Faults as they happen to the program while it runs: it is killed, the disk is full, lines break or crawl, handles run
//! out, a copy is put back. What was acknowledged stays, nothing is done twice, and work goes on by itself.

mod devices;
mod line;

mod crash;
mod cuts;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(unix)]
mod handles;
mod offline;
#[cfg(unix)]
mod pinned;
#[cfg(unix)]
mod restored;
mod slow;
