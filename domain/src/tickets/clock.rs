//! The clock of a ticket: working time since it was opened, less the time in which it was not our turn.

use crate::{calendar::WorkingTime, row::json_fields, service_level::Target, time::Instant};
use serde::{Deserialize, Serialize};

/// What was promised and what has been held back so far. The promise is that of the day it was opened: another
/// policy changes no running ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub target: Target,
    /// Milliseconds of working time in which it was not our turn.
    pub held: i64,
    /// Since when it is not our turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Instant>,
}

json_fields!(Clock);

const MINUTE: i64 = 60_000;

impl Clock {
    #[must_use]
    pub const fn new(target: Target) -> Self {
        Self { target, held: 0, stopped: None }
    }

    /// The customer's turn begins. Stopping what is stopped changes nothing.
    #[must_use]
    pub fn stop(self, at: Instant) -> Self {
        Self { stopped: Some(self.stopped.unwrap_or(at)), ..self }
    }

    /// Our turn begins.
    #[must_use]
    pub fn go_on(self, at: Instant, time: WorkingTime<'_>) -> Self {
        let held = self.stopped.map_or(0, |since| time.between(since, at));
        Self { held: self.held + held, stopped: None, ..self }
    }

    /// Another promise: what was held back stays held back (trap 7).
    #[must_use]
    pub const fn retargeted(self, target: Target) -> Self {
        Self { target, ..self }
    }

    /// By when somebody must have answered. The first answer is owed whatever else happens.
    #[must_use]
    pub fn response_due(&self, opened_at: Instant, time: WorkingTime<'_>) -> Instant {
        time.after(opened_at, self.target.response * MINUTE)
    }

    /// By when it must be solved, as it stands. While it is stopped this moment moves on with time.
    #[must_use]
    pub fn resolution_due(&self, opened_at: Instant, time: WorkingTime<'_>) -> Instant {
        time.after(opened_at, self.target.resolution * MINUTE + self.held)
    }
}
