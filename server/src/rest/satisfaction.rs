//! `/api/v1/satisfaction`: how satisfied customers were over some days, with how many said so and how sure that is.

use super::{
    bearer::Bearer,
    openapi::Reads,
    posted::{Wanted, bad, day},
    words::Refusal,
};
use crate::{App, db::Trouble, error::Failed};
use axum::{Json, extract::State};
use domain::{
    access,
    id::Id,
    insights::{Measure, Period, Share, Tally, nps_of},
    row::Rows,
    settings::Company,
    time::{Date, Zone},
};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The first day, in company time; the last twelve months, if it is left out.
    #[serde(default)]
    #[param(format = Date, example = "2026-11-01")]
    pub from: Option<String>,
    /// The last day; today, if it is left out.
    #[serde(default)]
    #[param(format = Date, example = "2026-11-30")]
    pub to: Option<String>,
}

/// Figures of the days from `from` to `to`, both included.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "from": "2026-11-01", "to": "2026-11-30",
    "nps": {"n": 120, "score": 42.5, "low": 29.1, "high": 55.9}, "csat": {"n": 310, "percent": 88.4, "low": 84.3, "high": 91.5}
}))]
pub struct Satisfaction {
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    pub nps: Nps,
    pub csat: Csat,
}

/// The net promoter score. Of no answers there is none.
#[derive(Debug, Serialize, ToSchema)]
pub struct Nps {
    /// Answers.
    pub n: i64,
    /// Promoters less detractors in percent of all: from −100 to 100.
    pub score: Option<f64>,
    /// The 95 % interval.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Ratings of solved tickets. Of no ratings there is no share.
#[derive(Debug, Serialize, ToSchema)]
pub struct Csat {
    /// Ratings.
    pub n: i64,
    /// Four and five stars in percent of all.
    pub percent: Option<f64>,
    /// The 95 % interval by Wilson.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// NPS and CSAT
#[utoipa::path(get, path = "/api/v1/satisfaction", tag = "satisfaction", params(Days),
    responses((status = 200, description = "The figures", body = Satisfaction), Reads))]
pub async fn satisfaction(State(app): State<App>, bearer: Bearer, Wanted(days): Wanted<Days>) -> Result<Json<Satisfaction>, Failed> {
    if !bearer.sees_figures() {
        return Err(access::Refusal::NotFound.into());
    }
    let figures = app.db.read(move |snapshot| {
        let zone = snapshot.get::<Company>(Id::ONLY)?.map_or_else(|| Zone::fixed("UTC", 0), |company| company.zone);
        let (from, to) = match days.read(zone.date_at(snapshot.at())) {
            Ok(span) => span,
            Err(failed) => return Ok(Err(failed)),
        };
        let sum = |measure| sum(snapshot.connection(), measure, from, to);
        Ok(Ok(Satisfaction { from, to, nps: Nps::of(sum(Measure::Nps)?), csat: Csat::of(sum(Measure::Csat)?) }))
    });
    Ok(Json(figures.await??))
}

impl Days {
    fn read(&self, today: Date) -> Result<(Date, Date), Failed> {
        let one = |field: &str, sent: &Option<String>, usual: Date| match sent.as_deref() {
            None | Some("") => Ok(usual),
            Some(text) => day(text).map_err(|refusal| bad(field, &refusal)),
        };
        let to = one("to", &self.to, today)?;
        let from = one("from", &self.from, Period::Year.days(to).0)?;
        if from > to { Err(bad("from", &Refusal::DaysReversed)) } else { Ok((from, to)) }
    }
}

const SUM: &str = "SELECT coalesce(sum(n), 0), coalesce(sum(good), 0), coalesce(sum(bad), 0), coalesce(sum(sum), 0) \
     FROM insight_cell WHERE \"on\" BETWEEN ?1 AND ?2 AND measure = ?3";

/// Cells of one measure over a range of the index of days.
fn sum(connection: &Connection, measure: Measure, from: Date, to: Date) -> Result<Tally, Trouble> {
    let mut sum = connection.prepare_cached(SUM)?;
    let tally = sum.query_row((from.to_string(), to.to_string(), measure.code()), |row| {
        Ok(Tally { n: row.get(0)?, good: row.get(1)?, bad: row.get(2)?, sum: row.get(3)? })
    })?;
    Ok(tally)
}

impl Nps {
    fn of(tally: Tally) -> Self {
        let nps = nps_of(tally);
        let within = |value: f64| tenths(value.clamp(-100.0, 100.0));
        Self {
            n: tally.n,
            score: nps.map(|nps| tenths(nps.score)),
            low: nps.map(|nps| within(nps.score - nps.plus_minus)),
            high: nps.map(|nps| within(nps.score + nps.plus_minus)),
        }
    }
}

impl Csat {
    fn of(tally: Tally) -> Self {
        let share = Share::of(tally);
        let interval = share.map(|share| share.interval());
        let percent = |share: f64| tenths(share * 100.0);
        Self {
            n: tally.n,
            percent: share.map(|share| percent(share.share)),
            low: interval.map(|(low, _)| percent(low)),
            high: interval.map(|(_, high)| percent(high)),
        }
    }
}

/// To one digit: more would claim to know more.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_summed_over_a_range_of_an_index() {
        let plan = crate::db::plan(SUM);
        assert!(plan.iter().all(|step| step.starts_with("SEARCH") && step.contains("insight_cell_on")), "{plan:?}");
    }

    #[test]
    fn figures_stay_where_figures_can_be() {
        let all = Csat::of(Tally { n: 4, good: 4, bad: 0, sum: 20 });
        assert_eq!((all.percent, all.low, all.high), (Some(100.0), Some(51.0), Some(100.0)));
        let few = Nps::of(Tally { n: 3, good: 2, bad: 1, sum: 20 });
        assert_eq!((few.score, few.high), (Some(33.3), Some(100.0)));
        assert_eq!(Nps::of(Tally::default()).score, None);
    }
}
