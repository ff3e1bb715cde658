//! What managers look back on: closed tickets behind the figures, and what customers answered, the latest first.

use super::{
    paging::{Look, Page},
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{
    id::Id,
    lookup::{MOST_COUNTED, Span},
    row::Rows,
    settings::Company,
    sides::Filter,
};
use rusqlite::{OptionalExtension, params_from_iter, types::Value};

/// One kind of what is looked back on. Its rows are called `r`, their customers `x`.
pub(super) struct Past {
    table: &'static str,
    index: &'static str,
    /// When it was, as the index has it.
    at: &'static str,
    condition: &'static str,
    /// Whose work it was.
    by: &'static str,
    touch: &'static str,
    channel: &'static str,
    /// Whether `at` is a day of the company's, not a moment.
    is_day: bool,
}

/// As [`domain::tickets::Ticket::poorly_rated_at`] says of closed ones.
pub(super) const POORLY_RATED: Past = Past {
    table: "ticket",
    index: "ticket_poor",
    at: "json_extract(r.rating, '$.at')",
    condition: "r.state = 'closed' AND json_extract(r.rating, '$.stars') <= 2",
    by: "r.assignee",
    touch: "r.kind",
    channel: "r.channel",
    is_day: false,
};

/// As [`domain::tickets::Ticket::late_at`] says of closed ones.
pub(super) const LATE: Past = Past {
    table: "ticket",
    index: "ticket_late",
    at: "CASE WHEN r.solved_at > r.resolution_due THEN r.solved_at \
         WHEN coalesce(r.replied_at, r.solved_at) > r.response_due THEN coalesce(r.replied_at, r.solved_at) END",
    condition: "r.state = 'closed'",
    by: "r.assignee",
    touch: "r.kind",
    channel: "r.channel",
    is_day: false,
};

/// An answer counts for the customer's owner.
pub(super) const ANSWERED: Past = Past {
    table: "survey_answer",
    index: "survey_answer_on",
    at: "r.\"on\"",
    condition: "1",
    by: "x.owner",
    touch: "'survey'",
    channel: "'portal'",
    is_day: true,
};

impl Past {
    pub fn find(&self, look: &Look<'_>, span: &Span, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
        if look.sight.is_blind() {
            return Ok(Page::EMPTY);
        }
        let within = self.within(look, span)?;
        let total = look.count(&self.of("x.n AS n", &within), MOST_COUNTED)?;
        let behind = self.behind(look, after)?;
        let sql = self.of("r.id", &within).and_then(&behind).and_then(&self.end(most));
        let mut statement = look.snapshot.connection().prepare_cached(&sql.text)?;
        let ids = statement.query_map(params_from_iter(&sql.values), |row| Ok(Id::from_bytes(row.get(0)?)))?;
        let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
        let has_more = ids.len() > most;
        ids.truncate(most);
        Ok(Page { ids, total, has_more })
    }

    fn of(&self, what: &str, within: &Sql) -> Sql {
        let Self { table, index, condition, .. } = self;
        let from = "CROSS JOIN customer_list AS x ON x.customer = r.customer";
        Sql::of(format!("SELECT {what} FROM {table} AS r INDEXED BY {index} {from} WHERE {condition} AND ")).and_then(within)
    }

    /// In these days, of what is theirs to see.
    fn within(&self, look: &Look<'_>, span: &Span) -> Result<Sql, Trouble> {
        let Span { from, to, of } = span;
        let (first, end) = if self.is_day {
            (Value::Text(from.to_string()), Value::Text(to.plus_days(1).to_string()))
        } else {
            let company = look.snapshot.rows().get::<Company>(Id::ONLY)?;
            let zone = company.ok_or_else(|| Trouble::Broken("there are figures, but no company".to_owned()))?.zone;
            (Value::Integer(zone.moment(*from, 0).0), Value::Integer(zone.moment(to.plus_days(1), 0).0))
        };
        let at = self.at;
        let mut all = vec![Sql::with(format!("{at} >= ?"), first), Sql::with(format!("{at} < ?"), end), look.sight.seen()];
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

    /// What stands after this one.
    fn behind(&self, look: &Look<'_>, after: Option<Id>) -> Result<Sql, Trouble> {
        let Some(id) = after else { return Ok(Sql::default()) };
        let (at, table, condition) = (self.at, self.table, self.condition);
        let mut place =
            look.snapshot.connection().prepare_cached(&format!("SELECT {at} FROM {table} AS r WHERE r.id = ? AND {condition}"))?;
        let place: Option<Value> = place.query_row([value(id)], |row| row.get(0)).optional()?;
        Ok(place.map_or_else(Sql::default, |place| Sql {
            text: format!(" AND ({at} < ? OR ({at} = ? AND r.id > ?))"),
            values: vec![place.clone(), place, value(id)],
        }))
    }

    fn end(&self, most: usize) -> Sql {
        Sql::with(format!(" ORDER BY {} DESC, r.id LIMIT ?", self.at), i64::try_from(most + 1).unwrap_or(i64::MAX))
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
            let whole = Sql::of(format!("{at} >= ? AND {at} < ?", at = past.at));
            let id = Id::from_bytes([7; 16]);
            let of = Filter {
                department: Some(id.into()),
                person: Some(id.into()),
                tier: Some(1),
                touch: Some(Touch::Survey),
                channel: Some(Channel::Portal),
            };
            let within = Sql::all(&[vec![whole], past.narrowed(&of)].concat());
            let plan = plan(&past.of("r.id", &within).and_then(&past.end(200)).text);
            assert!(plan.iter().all(|step| !step.starts_with("SCAN") && !step.contains("TEMP B-TREE")), "{plan:?}");
            assert!(plan.iter().any(|step| step.contains(past.index)), "{plan:?}");
        }
        assert!(POORLY_RATED.condition.ends_with(&format!("<= {POOR_STARS}")), "as the index says");
    }
}
