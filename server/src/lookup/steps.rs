//! Somebody's own open steps, what is due first.

use super::{paging::Look, runs::Run, sight::value, sql::Sql};

pub(super) const OPEN: Run =
    Run { table: "timeline_step", index: "timeline_step_planned", at: "r.due", is_latest_first: false, condition: "r.state = 'open'" };

pub(super) fn mine(look: &Look<'_>) -> Sql {
    Sql::with("r.who = ?", value(look.me))
}
