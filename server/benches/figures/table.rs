//! What is printed.

use std::time::Duration;

pub const HEAD: &str = "what                                      per second        p50        p99   CPU each   ratio    goal";

/// So many in a second, how long one took, and the seconds of CPU that the server spent on it.
#[derive(Debug, Clone)]
pub struct Figure {
    per_second: f64,
    p50: Duration,
    p99: Duration,
    cpu: Option<f64>,
}

/// What the program is to reach.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// Milliseconds of CPU for each, at most.
    Cpu(f64),
    /// This share of the yardstick, at least.
    Share(f64),
}

impl Figure {
    pub fn of(mut took: Vec<Duration>, lasted: Duration, cpu: Option<f64>) -> Self {
        took.sort_unstable();
        let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied().unwrap_or_default();
        Self { per_second: took.len() as f64 / lasted.as_secs_f64(), p50: at(50), p99: at(99), cpu }
    }

    fn print(&self, what: &str, ratio: &str, goal: &str) {
        let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1_000.0);
        let cpu = self.cpu.map_or_else(String::new, |cpu| format!("{:.3} ms", cpu * 1_000.0));
        println!("{what:<42}{:>10.0} {:>10} {:>10} {cpu:>10} {ratio:>7} {goal}", self.per_second, ms(self.p50), ms(self.p99));
    }

    /// The program's own line.
    pub fn say(&self, what: &str, goal: Option<Goal>) {
        let goal = match (goal, self.cpu) {
            (Some(Goal::Cpu(most)), Some(cpu)) => format!("CPU {most:.2} ms {}", met(cpu * 1_000.0 <= most)),
            _ => String::new(),
        };
        self.print(what, "", &goal);
    }

    /// A yardstick's line, with the share of it that `of` reaches.
    pub fn beside(&self, what: &str, of: &Self, goal: Option<Goal>) {
        let share = of.per_second / self.per_second;
        let goal = match goal {
            Some(Goal::Share(least)) => format!("{least:.2} {}", met(share >= least)),
            _ => String::new(),
        };
        self.print(what, &format!("{share:.2}"), &goal);
    }
}

/// For a figure of its own.
pub fn within(what: &str, figure: f64, unit: &str, most: f64) {
    println!("{what:<42}{figure:>10.1} {unit}, goal {most:.0} {}", met(figure <= most));
}

/// What a browser showed after so many milliseconds each time; the goal is for nearly all of them.
pub fn seen(what: &str, mut took: Vec<f64>, most: Option<f64>) {
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied().unwrap_or(f64::NAN);
    let goal = most.map_or_else(String::new, |most| format!(", goal {most:.0} {}", met(at(95) <= most)));
    println!("{what:<42}{:>10.1} ms p50 {:>10.1} ms p95 of {:>3}{goal}", at(50), at(95), took.len());
}

const fn met(is: bool) -> &'static str {
    if is { "met" } else { "MISSED" }
}
