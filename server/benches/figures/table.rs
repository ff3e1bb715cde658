//! What is printed.

use std::time::Duration;

pub const HEAD: &str = "what                                      per second        p50        p99   CPU each   ratio";

/// So many in a second, how long one took, and the seconds of CPU that the server spent on it.
#[derive(Debug, Clone)]
pub struct Figure {
    per_second: f64,
    p50: Duration,
    p99: Duration,
    cpu: Option<f64>,
}

impl Figure {
    pub fn of(mut took: Vec<Duration>, lasted: Duration, cpu: Option<f64>) -> Self {
        took.sort_unstable();
        let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied().unwrap_or_default();
        Self { per_second: took.len() as f64 / lasted.as_secs_f64(), p50: at(50), p99: at(99), cpu }
    }
}

/// One line; for a yardstick with the share of it that `of` reaches.
pub fn say(what: &str, figure: &Figure, of: Option<&Figure>) {
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1_000.0);
    let cpu = figure.cpu.map_or_else(String::new, |cpu| format!("{:.3} ms", cpu * 1_000.0));
    let ratio = of.map_or_else(String::new, |of| format!("{:.2}", of.per_second / figure.per_second));
    println!("{what:<42}{:>10.0} {:>10} {:>10} {cpu:>10} {ratio:>7}", figure.per_second, ms(figure.p50), ms(figure.p99));
}
