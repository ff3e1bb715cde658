//! What managers look back on: closed tickets behind the figures, and what customers answered, the latest first.

use super::{
    paging::{Look, Page},
    runs::Run,
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{id::Id, lookup::Span, row::Rows, settings::Company, sides::Filter};
use rusqlite::types::Value;

/// One kind of what is looked back on.
pub(super) struct Past {
    pub run: Run,
    /// Whose work it was.
    by: &'static str,
    touch: &'static str,
    channel: &'static str,
    /// Whether it was on a day of the company's, not at a moment.
    is_day: bool,
}

const fn back(table: &'static str, index: &'static str, at: &'static str, condition: &'static str) -> Run {
    Run { table, index, at, is_latest_first: true, condition }
}

/// As [`domain::tickets::Ticket::poorly_rated_at`] says of closed ones.
pub(super) const POORLY_RATED: Past = Past {
    run: back("ticket", "ticket_poor", "json_extract(r.rating, '$.at')", "r.state = 'closed' AND json_extract(r.rating, '$.stars') <= 2"),
    by: "r.assignee",
    touch: "r.kind",
    channel: "r.channel",
    is_day: false,
};

/// As [`domain::tickets::Ticket::late_at`] says of closed ones.
pub(super) const LATE: Past = Past {
    run: back(
        "ticket",
        "ticket_late",
        "CASE WHEN r.solved_at > r.resolution_due THEN r.solved_at \
         WHEN coalesce(r.replied_at, r.solved_at) > r.response_due THEN coalesce(r.replied_at, r.solved_at) END",
        "r.state = 'closed'",
    ),
    by: "r.assignee",
    touch: "r.kind",
    channel: "r.channel",
    is_day: false,
};

/// An answer counts for the customer's owner.
pub(super) const ANSWERED: Past = Past {
    run: back("survey_answer", "survey_answer_on", "r.\"on\"", "1"),
    by: "x.owner",
    touch: "'survey'",
    channel: "'portal'",
    is_day: true,
};

impl Past {
    pub fn find(&self, look: &Look<'_>, span: &Span, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
        self.run.page(look, &self.within(look, span)?, after, most)
    }

    /// In these days, and what is meant of them.
    fn within(&self, look: &Look<'_>, span: &Span) -> Result<Sql, Trouble> {
        let Span { from, to, of } = span;
        let (first, end) = if self.is_day {
            (Value::Text(from.to_string()), Value::Text(to.plus_days(1).to_string()))
        } else {
            let company = look.snapshot.rows().get::<Company>(Id::ONLY)?;
            let zone = company.ok_or_else(|| Trouble::Broken("there are figures, but no company".to_owned()))?.zone;
            (Value::Integer(zone.moment(*from, 0).0), Value::Integer(zone.moment(to.plus_days(1), 0).0))
        };
        let at = self.run.at;
        let mut all = vec![Sql::with(format!("{at} >= ?"), first), Sql::with(format!("{at} < ?"), end)];
        all.extend(self.narrowed(of));
        Ok(Sql::all(&all))
    }

    /// As [`Filter::admits`] says of how things are now.
    fn narrowed(&self, of: &Filter) -> Vec<Sql> {
        let Self { by, touch, channel, .. } = self;
        let Filter { department, person, tier, touch: on, channel: through } = *of;
        let of_department = format!("EXISTS (SELECT 1 FROM person WHERE person.id = {by} AND person.department = ?)");
        let of_tier = "coalesce((SELECT rank FROM customer_figure WHERE customer_figure.id = r.customer), 0) = ?";
        let all = [
            department.map(|it| Sql::with(of_department, value(it))),
            person.map(|it| Sql::with(format!("{by} = ?"), value(it))),
            tier.map(|it| Sql::with(of_tier, it)),
            on.map(|it| Sql::with(format!("{touch} = ?"), it.code().to_owned())),
            through.map(|it| Sql::with(format!("{channel} = ?"), it.code().to_owned())),
        ];
        all.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;
    use domain::{channel::Channel, sides::Touch, tickets::POOR_STARS};

    #[test]
    fn looking_back_reads_an_index_in_its_order() {
        for past in [POORLY_RATED, LATE, ANSWERED] {
            let run = &past.run;
            let whole = Sql::of(format!("{at} >= ? AND {at} < ?", at = run.at));
            let id = Id::from_bytes([7; 16]);
            let of = Filter {
                department: Some(id.into()),
                person: Some(id.into()),
                tier: Some(1),
                touch: Some(Touch::Survey),
                channel: Some(Channel::Portal),
            };
            let within = Sql::all(&[vec![whole], past.narrowed(&of)].concat());
            for place in [None, Some((Value::Integer(1), Id::ONLY))] {
                let plan = plan(&run.read(&within, place, 200).text);
                assert!(plan.iter().all(|step| !step.starts_with("SCAN") && !step.contains("TEMP B-TREE")), "{plan:?}");
                assert!(plan.iter().any(|step| step.contains(run.index)), "{plan:?}");
            }
            let plan = plan(&run.placed(&within, Id::ONLY).text);
            assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{plan:?}");
        }
        assert!(POORLY_RATED.run.condition.ends_with(&format!("<= {POOR_STARS}")), "as the index says");
    }
}
