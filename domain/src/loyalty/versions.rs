//! The rules of the programme from day to day: planned, begun at the midnight of their day, and kept, so that what was
//! bought on a day earns by the rules of that day whenever it is told (S135, request 20). The past never changes.

use super::{
    decide::Refusal,
    event::Event,
    programme::{Programme, Rules},
    review::{self, Review, ReviewState},
};
use crate::{
    change::{Stop, known, unused},
    context::{Actor, Context},
    id::{Id, VersionId},
    row::{Field, Missing, Rows, codes, rows},
    sync::Scope,
    time::{Date, Instant},
};

/// Rules are not planned further ahead.
pub const FURTHEST_DAYS: i64 = 366;

codes! {
    VersionState {
        Planned = "planned": "待生效", "Planned";
        /// In force; not everybody is in the tier that it gives them yet.
        Begun = "begun": "正在生效", "Taking effect";
        Done = "done": "已生效", "In force";
        Dropped = "dropped": "已取消", "Called off";
    }
}

impl VersionState {
    /// What may come of it.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Planned => &[Self::Begun, Self::Dropped],
            Self::Begun => &[Self::Done],
            Self::Done | Self::Dropped => &[],
        }
    }
}

rows! {
    /// Rules and the day from which on they hold, until the next ones do.
    Version in "loyalty_version" {
        id: VersionId,
        programme: Id,
        state: VersionState,
        from: Date,
        rules: Rules,
        by: Actor,
        at: Instant,
    }
}

impl Version {
    /// With those who see figures, who are those who manage the programme; what is in force everybody sees.
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Figures])
    }

    /// The first one of a programme.
    #[must_use]
    pub fn first(programme: &Programme) -> Self {
        let Programme { id, from, until: _, rules, updated_at: at } = programme.clone();
        Self { id: id.into(), programme: id, state: VersionState::Done, from, rules, by: Actor::System, at }
    }

    fn to(self, state: VersionState) -> Result<Self, Refusal> {
        if self.state.next().contains(&state) { Ok(Self { state, ..self }) } else { Err(Refusal::PlanDecided) }
    }
}

/// The rules in force on a day, planned or long past; of a day before all rules, the first ones. A device knows those of
/// today, and leaves other days to the server.
pub fn rules_on<R: Rows>(rows: &R, on: Date) -> Result<Option<Rules>, Missing> {
    let Some(programme) = rows.get::<Programme>(Id::ONLY)? else { return Ok(None) };
    if programme.from <= on && programme.until.is_none_or(|until| on < until) {
        return Ok(Some(programme.rules));
    }
    let mut versions = rows.by::<Version>("programme", &programme.id.to_cell())?;
    versions.retain(|version| version.state != VersionState::Dropped);
    versions.sort_by_key(|version| (version.from, version.at, version.id));
    let on = versions.iter().rposition(|version| version.from <= on).unwrap_or_default();
    Ok(Some(versions.into_iter().nth(on).map_or(programme.rules, |version| version.rules)))
}

/// From a day on, today included. There is one plan at a time: another takes its place.
pub(super) fn plan<R: Rows>(rows: &R, id: VersionId, from: Date, rules: &Rules, context: &Context) -> Result<Event, Stop> {
    if !rules.is_sound() {
        return Err(Refusal::NoSuchProgramme.into());
    }
    if from < context.on || from.days_since(context.on) > FURTHEST_DAYS {
        return Err(Refusal::NoSuchDay.into());
    }
    unused::<Version>(rows, id)?;
    // Only what was read is written over.
    let programme = known(rows.get::<Programme>(Id::ONLY)?)?;
    let before = match programme.until {
        Some(_) => Some(planned(rows, &programme)?.to(VersionState::Dropped)?),
        None => None,
    };
    let version =
        Version { id, programme: programme.id, state: VersionState::Planned, from, rules: rules.clone(), by: context.by, at: context.at };
    if from == context.on {
        review::is_none_open(rows)?;
        return Ok(begun(before.into_iter().collect(), version.to(VersionState::Begun)?, programme, None, context));
    }
    let programme = Programme { until: Some(from), updated_at: context.at, ..programme };
    Ok(versioned(before.into_iter().chain([version]).collect(), Some(programme), None))
}

fn planned<R: Rows>(rows: &R, programme: &Programme) -> Result<Version, Stop> {
    let versions = rows.by::<Version>("programme", &programme.id.to_cell())?;
    known(versions.into_iter().find(|version| version.state == VersionState::Planned))
}

/// Calls off what is planned.
pub(super) fn call_off<R: Rows>(rows: &R, from: Date, context: &Context) -> Result<Event, Stop> {
    let programme = known(rows.get::<Programme>(Id::ONLY)?)?;
    if programme.until != Some(from) {
        return Err(Refusal::PlanDecided.into());
    }
    let version = planned(rows, &programme)?.to(VersionState::Dropped)?;
    Ok(versioned(vec![version], Some(Programme { until: None, updated_at: context.at, ..programme }), None))
}

/// Its day has come. What a review has found by former rules is not adopted any more, unless it was approved.
pub(super) fn begin<R: Rows>(rows: &R, version: VersionId, context: &Context) -> Result<Event, Stop> {
    review::is_a_job(context)?;
    let version = known(rows.get::<Version>(version)?)?.to(VersionState::Begun)?;
    if context.on < version.from {
        return Err(Refusal::NoSuchDay.into());
    }
    let programme = known(rows.get::<Programme>(version.programme)?)?;
    let mut reviews = rows.by::<Review>("open", &true.to_cell())?;
    reviews.retain(|review| matches!(review.state, ReviewState::Asked | ReviewState::Proposed));
    let review = reviews.pop().map(|review| review::dropped(review, context));
    Ok(begun(Vec::new(), version, programme, review, context))
}

fn begun(before: Vec<Version>, version: Version, programme: Programme, review: Option<Review>, context: &Context) -> Event {
    let programme = Programme { from: version.from, until: None, rules: version.rules.clone(), updated_at: context.at, ..programme };
    versioned(before.into_iter().chain([version]).collect(), Some(programme), review)
}

/// Everybody is in the tier that it gives them.
pub(super) fn finish<R: Rows>(rows: &R, version: VersionId, context: &Context) -> Result<Event, Stop> {
    review::is_a_job(context)?;
    let version = known(rows.get::<Version>(version)?)?.to(VersionState::Done)?;
    Ok(versioned(vec![version], None, None))
}

fn versioned(versions: Vec<Version>, programme: Option<Programme>, review: Option<Review>) -> Event {
    Event::Versioned { versions, programme: programme.map(Box::new), review: review.map(Box::new) }
}
