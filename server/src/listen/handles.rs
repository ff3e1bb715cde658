//! Handles of files and connections, of which a process may have only so many: visitors never get the last ones, or
//! nobody's work could be read or kept any more.

/// Connections at the address of the metrics.
pub const FEW: usize = 16;
/// What the database, its copies, files on their way and the command line may need at once, beside those few.
const OURS: usize = 48 + FEW;
/// Fewer visitors are no service.
const LEAST: usize = 16;

/// How many visitors there may be at once, at most `wanted`.
pub fn for_visitors(wanted: usize) -> usize {
    let Some(all) = allowed() else { return wanted };
    let left = all.saturating_sub(OURS).max(LEAST);
    if left < wanted {
        tracing::warn!(handles = all, connections = left, "few handles: more connections wait (ulimit -n, LimitNOFILE)");
    }
    left.min(wanted)
}

/// As many as this process may have, once it has asked for all that it is granted.
#[cfg(unix)]
fn allowed() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // A system may grant less than it says; what it then allows is what counts.
    _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    getrlimit(Resource::Nofile).current.map(|all| usize::try_from(all).unwrap_or(usize::MAX))
}

#[cfg(not(unix))]
fn allowed() -> Option<usize> {
    None
}
