//! Where nothing is yet: an import may be the first thing that happens to an empty database. It founds a bare company,
//! which whoever opens the set-up link makes theirs.

use crate::{
    auth::set_up,
    db::{Deed, Trouble, Tx},
    zone,
};
use domain::{
    context::Actor,
    id::{Id, TeamId},
    money::Currency,
    row::Rows,
    settings::Company,
    team::{Person, Team},
    text::Name,
    words::{Lang, Say, Text},
};
use rusqlite::OptionalExtension;

const COMPANY: Text = Text::new("我的公司", "My company");
/// The zone of a machine that does not say.
const ZONE: &str = "Asia/Shanghai";

const OLDEST_TEAM: &str = "SELECT id FROM team ORDER BY id LIMIT 1";
const ANY_ORDER: &str = "SELECT 1 FROM sales_order LIMIT 1";

/// Whether amounts have been recorded, so that the company's currency stands.
pub(crate) fn has_orders(tx: &Tx<'_>) -> Result<bool, Trouble> {
    Ok(tx.connection().prepare_cached(ANY_ORDER)?.exists(())?)
}

pub(crate) fn oldest_team(tx: &Tx<'_>) -> Result<Option<TeamId>, Trouble> {
    let id = tx.connection().prepare_cached(OLDEST_TEAM)?.query_row((), |row| row.get(0)).optional()?;
    Ok(id.map(Id::from_bytes).map(TeamId))
}

/// The team to which new customers go, if there is one; on a database without a company only the system may make it one.
pub(super) fn ground(tx: &mut Tx<'_>, by: Actor, wanted: Option<Currency>, lang: Lang) -> Result<Option<TeamId>, Trouble> {
    let company = tx.rows().get::<Company>(Id::ONLY)?;
    match company {
        None if by == Actor::System => found(tx, wanted.unwrap_or(Currency::Cny), lang)?,
        None => return Err(Trouble::Broken("somebody works here without a company".to_owned())),
        Some(company) => match wanted.filter(|wanted| *wanted != company.currency) {
            Some(wanted) if by == Actor::System && !set_up::is_anybodys(tx.connection())? && !has_orders(tx)? => {
                reckon_in(tx, company, wanted)?
            }
            _ => {}
        },
    }
    let home = match by.person() {
        Some(person) => tx.rows().get::<Person>(person)?.and_then(|person| person.teams.0.first().copied()),
        None => None,
    };
    if home.is_some() { Ok(home) } else { oldest_team(tx) }
}

fn found(tx: &mut Tx<'_>, currency: Currency, lang: Lang) -> Result<(), Trouble> {
    let here = jiff::tz::TimeZone::system().iana_name().and_then(zone::written_out);
    let zone = here.or_else(|| zone::written_out(ZONE)).ok_or_else(|| Trouble::Broken(format!("{ZONE} is not a zone")))?;
    let named = |text: Text| Name::parse(text.in_lang(lang)).map_err(|bad| Trouble::Broken(bad.say(Lang::En)));
    let at = tx.at();
    let team = Team { id: Id::from(uuid::Uuid::now_v7()).into(), name: named(set_up::TEAM)?, created_at: at };
    let mut rows = tx.rows();
    set_up::begin(&mut rows, named(COMPANY)?, zone, currency, at)?;
    rows.put(&team)?;
    deed(tx, "import.found")
}

/// Amounts decide for a company that nobody has taken over in which money it counts.
fn reckon_in(tx: &mut Tx<'_>, company: Company, currency: Currency) -> Result<(), Trouble> {
    let (at, today) = (tx.at(), company.today(tx.at()));
    let mut rows = tx.rows();
    rows.put(&Company { currency, updated_at: at, ..company })?;
    set_up::begin_programme(&mut rows, currency, today, at)?;
    deed(tx, "import.reckon")
}

fn deed(tx: &mut Tx<'_>, what: &str) -> Result<(), Trouble> {
    tx.audit(&Deed { by: Actor::System, what, subject: Some(Id::ONLY), command: None, refused: None, args: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn one_row_answers_each_question() {
        for sql in [OLDEST_TEAM, ANY_ORDER] {
            let plan = db::plan(sql);
            assert!(sql.ends_with("LIMIT 1") && plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{sql}: {plan:?}");
        }
    }
}
