//! Service levels: how urgent something is, and how soon we promise to answer and to solve it, in working time.
//!
//! Sources: S149 (answer within two hours), S152 (ordinary problems within 48 hours: two working days); B.4, B.5.

use crate::row::{codes, json_fields};
use serde::{Deserialize, Serialize};

codes! {
    Priority {
        Low = "low": "低", "Low";
        Normal = "normal": "普通", "Normal";
        High = "high": "高", "High";
        Urgent = "urgent": "紧急", "Urgent";
    }
}

impl Priority {
    /// One step more urgent, as far as that goes.
    #[must_use]
    pub const fn raised(self) -> Self {
        match self {
            Self::Low => Self::Normal,
            Self::Normal => Self::High,
            Self::High | Self::Urgent => Self::Urgent,
        }
    }
}

/// A promise, in minutes of working time from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Until somebody answers.
    pub response: i64,
    /// Until it is solved.
    pub resolution: i64,
}

/// What is promised at each priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    pub low: Target,
    pub normal: Target,
    pub high: Target,
    pub urgent: Target,
}

json_fields!(Targets);

const HOUR: i64 = 60;
/// Of a working day of eight hours.
const DAY: i64 = 8 * HOUR;

impl Default for Targets {
    fn default() -> Self {
        Self {
            low: Target { response: 4 * HOUR, resolution: 5 * DAY },
            normal: Target { response: 2 * HOUR, resolution: 2 * DAY },
            high: Target { response: HOUR, resolution: 2 * DAY },
            urgent: Target { response: HOUR / 2, resolution: DAY },
        }
    }
}

impl Targets {
    #[must_use]
    pub const fn of(&self, priority: Priority) -> Target {
        match priority {
            Priority::Low => self.low,
            Priority::Normal => self.normal,
            Priority::High => self.high,
            Priority::Urgent => self.urgent,
        }
    }

    /// Whether each is a promise that can be kept: at least a minute, at most 90 days of eight hours, answered before solved.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        Priority::ALL
            .iter()
            .map(|priority| self.of(*priority))
            .all(|Target { response, resolution }| 1 <= response && response <= resolution && resolution <= 90 * DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S149, S152.
    #[test]
    fn an_ordinary_question_is_answered_in_two_hours_and_solved_in_two_working_days() {
        let targets = Targets::default();
        assert_eq!(targets.of(Priority::Normal), Target { response: 120, resolution: 960 });
        assert!(targets.is_sound());
    }

    #[test]
    fn the_more_urgent_the_sooner() {
        let targets = Targets::default();
        for pair in Priority::ALL.windows(2) {
            let (calm, urgent) = (targets.of(pair[0]), targets.of(pair[1]));
            assert!(urgent.response <= calm.response && urgent.resolution <= calm.resolution, "{pair:?}");
            assert_eq!(pair[0].raised(), pair[1]);
        }
        assert_eq!(Priority::Urgent.raised(), Priority::Urgent);
    }

    #[test]
    fn a_promise_that_cannot_be_kept_is_not_sound() {
        let with = |response, resolution| Targets { high: Target { response, resolution }, ..Targets::default() }.is_sound();
        assert!(with(1, 1));
        for (response, resolution) in [(0, 60), (-5, 60), (61, 60), (60, 43_201)] {
            assert!(!with(response, resolution), "{response} {resolution}");
        }
    }
}
