//! Charts: marks drawn as SVG or placed by percent, words as text of the page, and every figure in a table behind it.

use leptos::prelude::*;

/// One figure of a series, with the interval in which chance alone leaves it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    /// What stands below it: `10月`.
    pub label: String,
    /// `None` where nothing was counted.
    pub value: Option<f64>,
    /// Half of the interval.
    pub margin: f64,
    /// In words, for the table: `42 ±3 (n 210)`.
    pub said: String,
}

/// From where to where a chart reaches, in round steps.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Around all points and their intervals, within what is possible at all.
    fn around(points: &[Point], (least, most): (f64, f64)) -> Self {
        let ends = points.iter().filter_map(|point| Some((point.value? - point.margin, point.value? + point.margin)));
        let (low, high) = ends.fold((f64::MAX, f64::MIN), |(low, high), (from, to)| (low.min(from), high.max(to)));
        if low > high {
            return Self { low: least, high: most, step: (most - least) / 4.0 };
        }
        let span = (high - low).max((most - least) / 20.0);
        let rough = span / 4.0;
        let unit = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * unit).into_iter().find(|step| *step >= rough).unwrap_or(10.0 * unit);
        let low = ((low / step).floor() * step).max(least);
        let high = ((high / step).ceil() * step).min(most);
        Self { low, high: if high > low { high } else { low + step }, step }
    }

    /// Percent from the top.
    fn y(&self, value: f64) -> f64 {
        (self.high - value.clamp(self.low, self.high)) / (self.high - self.low) * 100.0
    }

    fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round();
        let mut ticks = Vec::new();
        let mut n = 0.0;
        while n <= count {
            ticks.push(self.low + n * self.step);
            n += 1.0;
        }
        ticks
    }
}

/// Percent from the left of the `n`th of so many.
#[expect(clippy::cast_precision_loss, reason = "a chart has few points")]
fn x(n: usize, of: usize) -> f64 {
    (n as f64 + 0.5) / (of.max(1) as f64) * 100.0
}

/// A series over time: a line, a band for what chance leaves open, a dot at each figure.
#[component]
pub fn Trend(
    /// What it shows, read aloud.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] points: Signal<Vec<Point>>,
    /// The least and the most that are possible.
    range: (f64, f64),
    /// How a tick is written.
    format: fn(f64) -> String,
    /// The heads of the table: when, and what.
    #[prop(into)]
    heads: Signal<(String, String)>,
    /// What opens the table.
    #[prop(into)]
    table: Signal<String>,
) -> impl IntoView {
    let scale = Memo::new(move |_| points.with(|points| Scale::around(points, range)));
    let ticks = move || {
        let scale = scale.get();
        let tick = |value: f64| view! { <span class="chart-tick" style:top=format!("{:.2}%", scale.y(value))>{format(value)}</span> };
        scale.ticks().into_iter().map(tick).collect_view()
    };
    let lines = move || {
        let scale = scale.get();
        let line = |value: f64| view! { <span class="chart-line" style:top=format!("{:.2}%", scale.y(value))></span> };
        scale.ticks().into_iter().map(line).collect_view()
    };
    let below = move || points.with(|points| points.iter().map(|point| view! { <span>{point.label.clone()}</span> }).collect_view());
    view! {
        <figure class="chart" aria-label=move || label.get()>
            <div class="chart-body" aria-hidden="true">
                <div class="chart-ticks">{ticks}</div>
                <div class="chart-plot">
                    {lines}
                    <Marks points scale=scale.into() format/>
                </div>
                <div class="chart-below">{below}</div>
            </div>
            <Twin points heads table/>
        </figure>
    }
    .into_any()
}

#[component]
fn Marks(points: Signal<Vec<Point>>, scale: Signal<Scale>, format: fn(f64) -> String) -> impl IntoView {
    let shapes = move || {
        let scale = scale.get();
        points.with(|points| {
            let known: Vec<(f64, f64, f64)> =
                points.iter().enumerate().filter_map(|(n, point)| Some((x(n, points.len()), point.value?, point.margin))).collect();
            let at = |value: f64, x: f64| format!("{x:.2},{:.2}", scale.y(value));
            let above = known.iter().map(|(x, value, margin)| at(value + margin, *x));
            let under = known.iter().rev().map(|(x, value, margin)| at(value - margin, *x));
            let band = above.chain(under).collect::<Vec<_>>().join(" ");
            let line = known.iter().map(|(x, value, _)| at(*value, *x)).collect::<Vec<_>>().join(" ");
            (band, line)
        })
    };
    let shapes = Memo::new(move |_| shapes());
    let dots = move || {
        let scale = scale.get();
        points.with(|points| {
            let dot = |(n, point): (usize, &Point)| {
                let value = point.value?;
                let (left, top) = (format!("{:.2}%", x(n, points.len())), format!("{:.2}%", scale.y(value)));
                let last = n + 1 == points.len();
                let figure = last.then(|| view! { <b class="chart-figure">{format(value)}</b> });
                Some(view! { <span class="chart-dot" data-last=last style:left=left style:top=top>{figure}</span> })
            };
            points.iter().enumerate().filter_map(dot).collect_view()
        })
    };
    view! {
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
            <polygon class="chart-band" points=move || shapes.with(|(band, _)| band.clone())></polygon>
            <polyline class="chart-path" points=move || shapes.with(|(_, line)| line.clone())></polyline>
        </svg>
        {dots}
    }
    .into_any()
}

/// The same figures as a table, for those who read them so.
#[component]
fn Twin(points: Signal<Vec<Point>>, heads: Signal<(String, String)>, table: Signal<String>) -> impl IntoView {
    let rows = move || {
        points.with(|points| {
            let row = |point: &Point| view! { <tr><th scope="row">{point.label.clone()}</th><td>{point.said.clone()}</td></tr> };
            points.iter().map(row).collect_view()
        })
    };
    view! {
        <details class="chart-data">
            <summary>{move || table.get()}</summary>
            <table>
                <thead><tr>
                    <th scope="col">{move || heads.with(|heads| heads.0.clone())}</th>
                    <th scope="col">{move || heads.with(|heads| heads.1.clone())}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

/// A figure and its interval on a line from the least to the most: for tables, where rows are compared.
#[component]
pub fn Interval(
    /// `None` where nothing was counted.
    #[prop(into)]
    value: Signal<Option<f64>>,
    #[prop(into)] margin: Signal<f64>,
    range: (f64, f64),
) -> impl IntoView {
    let (least, most) = range;
    let at = move |value: f64| (value.clamp(least, most) - least) / (most - least) * 100.0;
    move || {
        value.get().map(|value| {
            let margin = margin.get();
            let (from, to) = (at(value - margin), at(value + margin));
            let (left, width, dot) = (format!("{from:.2}%"), format!("{:.2}%", to - from), format!("{:.2}%", at(value)));
            view! {
                <span class="chart-interval" aria-hidden="true">
                    <span class="chart-reach" style:left=left style:width=width></span>
                    <span class="chart-dot" data-last=true style:left=dot></span>
                </span>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[Option<f64>]) -> Vec<Point> {
        values.iter().map(|value| Point { value: *value, ..Point::default() }).collect()
    }

    #[test]
    fn a_scale_reaches_around_all_points_in_round_steps() {
        let scale = Scale::around(&points(&[Some(34.0), None, Some(43.0)]), (-100.0, 100.0));
        assert!(scale.low <= 34.0 && scale.high >= 43.0, "{scale:?}");
        assert!(scale.ticks().iter().all(|tick| (tick / scale.step - (tick / scale.step).round()).abs() < 1e-9), "{scale:?}");
        assert!((2..=8).contains(&scale.ticks().len()));
    }

    #[test]
    fn a_scale_stays_within_what_is_possible() {
        let scale = Scale::around(&[Point { value: Some(0.99), margin: 0.2, ..Point::default() }], (0.0, 1.0));
        assert!(scale.high <= 1.0 && scale.low >= 0.0, "{scale:?}");
        assert_eq!(scale.y(1.0), 0.0);
    }

    #[test]
    fn a_chart_of_nothing_is_whole_all_the_same() {
        let scale = Scale::around(&points(&[None, None]), (0.0, 1.0));
        assert_eq!((scale.low, scale.high), (0.0, 1.0));
    }

    #[test]
    fn every_figure_stands_in_the_table_too() {
        let series = vec![Point { label: "10月".into(), value: Some(42.0), margin: 3.0, said: "42 ±3".into() }];
        let html = view! {
            <Trend
                label="NPS" points=Signal::stored(series) range=(-100.0, 100.0) format=|value| format!("{value:.0}")
                heads=Signal::stored(("月份".to_owned(), "NPS".to_owned())) table="数据"
            />
        }
        .to_html();
        assert!(html.contains("42 ±3") && html.contains("<th scope=\"row\">10月"), "{html}");
    }
}
