//! How a device stands with its server.

use domain::time::Instant;

/// How this device stands with the server. Never in the way of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The device's own store is being read.
    Opening,
    /// The first rows are on their way; there is nothing to show yet.
    First,
    Syncing,
    /// Everything sent, everything here, as of this moment.
    Synced(Instant),
    Offline,
    /// For too long: nothing of this device is read before it has been in touch.
    Locked,
    /// The server no longer understands this version of the application; what is not sent stays until it is updated.
    TooOld,
    /// The session ended; the same person signs in again in place and nothing is lost.
    SignedOut,
    /// Access was withdrawn; what was on this device is deleted.
    Revoked,
}

impl Status {
    /// Whether there is nothing to show yet, and it may come any moment.
    #[must_use]
    pub fn is_opening(self) -> bool {
        matches!(self, Self::Opening | Self::First | Self::Locked)
    }

    /// Whether nothing comes or goes before somebody, or the line, does something about it.
    #[must_use]
    pub fn is_cut_off(self) -> bool {
        matches!(self, Self::Offline | Self::Locked | Self::TooOld | Self::SignedOut | Self::Revoked)
    }
}
