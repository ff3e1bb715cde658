//! The first minute of a new database: its company, its first department and team, its first administrator.

use super::{
    account::{self, Account, Kind},
    entrance::{Entering, entered, me_of, too_many},
    invitation::{check, gone},
    link,
    token::Token,
    user::User,
    words::Refusal,
};
use crate::{
    App,
    db::{Db, Deed, Trouble, Tx},
    error::{Failed, Reason, language},
    guard::Address,
    imports::{OtherCurrency, founding},
    sent::Sent,
    zone,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    access::{Reach, Role},
    calendar::Calendar,
    context::Actor,
    id::Id,
    loyalty::{Programme, Version},
    money::Currency,
    row::{Missing, Rows},
    service_level::Targets,
    session::SetUp,
    settings::Company,
    team::{Department, Person, PersonState, Team, Teams},
    text::{BadText, Email, Name},
    time::{Date, Instant, Zone},
    words::{Lang, Say, Text},
};
use rusqlite::Connection;

const DEPARTMENT: Text = Text::new("总部", "Head office");
pub(crate) const TEAM: Text = Text::new("第一团队", "First team");
const ANYBODY: &str = "SELECT 1 FROM person LIMIT 1";

/// Everything that a new company consists of, checked.
struct Founding {
    name: Name,
    zone: Zone,
    currency: Currency,
    admin: Name,
    email: Email,
    password: String,
    lang: Lang,
}

/// `POST /auth/set-up`
pub async fn set_up(
    State(app): State<App>,
    Address(address): Address,
    headers: HeaderMap,
    Sent(sent): Sent<SetUp>,
) -> Result<Response, Failed> {
    let attempt = app.attempts.begin(address, "set-up", app.now()).map_err(too_many)?;
    let token = Token::read(&sent.token).ok_or_else(gone)?;
    let (founded, known) = app
        .db
        .read({
            let token = token.clone();
            move |rows| Ok((is_anybodys(rows.connection())?, link::is_set_up(rows.connection(), &token)?))
        })
        .await?;
    if founded {
        return Err(Failed::refused(StatusCode::CONFLICT, &Refusal::SetUpDone));
    }
    if !known {
        return Err(gone());
    }
    app.attempts.forgive(attempt);
    let mut founding = read(sent, language(&headers))?;
    founding.password = app.hasher.hash(founding.password).await?;
    let entering = Entering::new(&headers)?;
    let cookie = entering.token.clone();
    let user = app.db.write(move |tx| {
        if is_anybodys(tx.connection())? || !link::is_set_up(tx.connection(), &token)? {
            return Ok(Err(Failed::refused(StatusCode::CONFLICT, &Refusal::SetUpDone)));
        }
        if let Some(other) = counted_in_another(tx, founding.currency)? {
            return Ok(Err(Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &Reason::Unfit).field("currency", &OtherCurrency(other))));
        }
        link::use_up(tx.connection(), token.kept(), tx.at())?;
        let user = User::Staff(found(tx, &founding)?);
        entering.enter(tx, &user)?;
        Ok(Ok(user))
    });
    let user = user.await??;
    Ok(entered(me_of(&app, &user).await?, &user, &cookie))
}

/// Every field that is not right is named at once.
fn read(sent: SetUp, lang: Lang) -> Result<Founding, Failed> {
    let SetUp { token: _, company, zone, currency, name, email, password } = sent;
    let zone = zone::written_out(&zone);
    let (company, name, email) = (Name::parse(&company), Name::parse(&name), Email::parse(&email));
    let mut failed = Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &Reason::Unfit);
    let bad = |failed: Failed, field: &str, problem: Option<&BadText>| match problem {
        Some(problem) => failed.field(field, problem),
        None => failed,
    };
    failed = bad(failed, "company", company.as_ref().err());
    failed = bad(failed, "name", name.as_ref().err());
    failed = bad(failed, "email", email.as_ref().err());
    if zone.is_none() {
        failed = failed.field("zone", &Refusal::NoSuchZone);
    }
    let (Ok(company), Ok(admin), Ok(email), Some(zone)) = (company, name, email, zone) else { return Err(failed) };
    check(&password, &[admin.as_str(), email.as_str(), company.as_str()])?;
    Ok(Founding { name: company, zone, currency, admin, email, password, lang })
}

fn found(tx: &mut Tx<'_>, founding: &Founding) -> Result<Person, Trouble> {
    let Founding { name, zone, currency, admin, email, password, lang } = founding;
    let at = tx.at();
    let new = || Id::from(uuid::Uuid::now_v7());
    let named = |text: Text| Name::parse(text.in_lang(*lang)).map_err(|bad| Trouble::Broken(bad.say(Lang::En)));
    let department = Department { id: new().into(), name: named(DEPARTMENT)?, created_at: at };
    // What an import founded is taken over, with the team to which its customers belong.
    let team = match founding::oldest_team(tx)? {
        Some(id) => Team { id, name: named(TEAM)?, created_at: tx.rows().get::<Team>(id)?.map_or(at, |team| team.created_at) },
        None => Team { id: new().into(), name: named(TEAM)?, created_at: at },
    };
    let person = Person {
        id: new().into(),
        name: admin.clone(),
        role: Role::Admin,
        department: Some(department.id),
        teams: Teams(vec![team.id]),
        state: PersonState::Active,
        absent_until: None,
        successor: None,
        created_at: at,
    };
    let mut rows = tx.rows();
    begin(&mut rows, name.clone(), zone.clone(), *currency, at)?;
    rows.put(&department)?;
    rows.put(&team)?;
    rows.put(&person)?;
    let account = Account { user: person.id.into(), kind: Kind::Staff, who: email.to_string(), password: Some(password.clone()) };
    account::add(tx.connection(), &account, at)?;
    tx.audit(&Deed {
        by: Actor::Staff(person.id),
        what: "auth.set_up",
        subject: Some(person.id.into()),
        command: None,
        refused: None,
        args: None,
    })?;
    Ok(person)
}

/// Whether anybody works here: until then a company, if there is one, is one that an import founded.
pub(crate) fn is_anybodys(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached(ANYBODY)?.exists(())
}

/// The currency in which orders have been imported already, if it is another one.
fn counted_in_another(tx: &mut Tx<'_>, currency: Currency) -> Result<Option<Currency>, Trouble> {
    let company = tx.rows().get::<Company>(Id::ONLY)?.filter(|company| company.currency != currency);
    Ok(match company {
        Some(company) if founding::has_orders(tx)? => Some(company.currency),
        _ => None,
    })
}

/// A company as it begins: with working hours, promises and a programme that it may change.
pub fn begin<R: Rows>(rows: &mut R, name: Name, zone: Zone, currency: Currency, at: Instant) -> Result<(), Missing> {
    rows.put(&Company {
        id: Id::ONLY,
        name,
        zone: zone.clone(),
        currency,
        sales_reach: Reach::Own,
        calendar: Calendar::default(),
        targets: Targets::default(),
        created_at: at,
        updated_at: at,
    })?;
    begin_programme(rows, currency, zone.date_at(at), at)
}

/// The usual rules, which hold from this day on and before it.
pub fn begin_programme<R: Rows>(rows: &mut R, currency: Currency, on: Date, at: Instant) -> Result<(), Missing> {
    let programme = Programme::usual(currency.unit(), on, at);
    rows.put(&Version::first(&programme))?;
    rows.put(&programme)
}

/// The path of the one-time link, if nobody has set the company up yet. A link that was shown before stops working.
pub fn link(db: &Db) -> Result<Option<String>, Trouble> {
    let token = Token::new().map_err(|error| Trouble::Broken(error.to_string()))?;
    db.write_blocking(move |tx| {
        if is_anybodys(tx.connection())? {
            return Ok(None);
        }
        Ok(Some(link::make_set_up(tx.connection(), &token, tx.at())?))
    })
}
