//! Requests that nobody thought of: made from the description of the interface and from the types of commands, by whoever may
//! ask, one after the other on what those before left (A5).

use axum::{
    body::Body,
    http::{HeaderValue, Method, header},
};
use domain::{
    change, customers,
    id::Id,
    loyalty, orders, portal,
    row::Row,
    surveys,
    sync::wire::Mutation,
    testing::{self, About, is_full},
    tickets,
    time::{Date, Zone},
    words::Say,
};
use proptest::{
    prelude::*,
    sample::select,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json, value::RawValue};
use std::collections::{BTreeMap, BTreeSet};

use super::{
    schema::{Described, Operation},
    texts::texts,
    values::wrongs,
};
use crate::{
    harness::{House, NOON, Somebody, fresh},
    matrix::{Cast, Things},
    rest::{request, token},
    wire::{Holder, push, taken},
};

pub fn today() -> Date {
    Zone::fixed("Asia/Shanghai", 8 * 3_600).date_at(NOON)
}

/// The same chance every time: `GUANXI_SEED` begins another.
fn runner() -> TestRunner {
    let seed: u64 = std::env::var("GUANXI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    println!("seed {seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

fn one<T>(runner: &mut TestRunner, strategy: &impl Strategy<Value = T>) -> T {
    strategy.new_tree(runner).map_err(|reason| reason.to_string()).expect("a value").current()
}

/// How somebody shows who they are.
enum Shown {
    Nothing,
    Cookie(Somebody),
    Token(String),
}

struct Session {
    name: String,
    shown: Shown,
    sees_money: bool,
}

async fn sessions(cast: &Cast) -> Vec<Session> {
    let mut all = vec![Session { name: "nobody".into(), shown: Shown::Nothing, sees_money: false }];
    for seat in &cast.seats {
        if let Some(who) = &seat.session {
            all.push(Session { name: seat.name.into(), shown: Shown::Cookie(who.clone()), sees_money: false });
        }
    }
    all.push(Session { name: "a customer".into(), shown: Shown::Cookie((*cast.luo).clone()), sees_money: false });
    let roles = domain::access::Role::ALL.iter().map(|role| Some(*role)).chain([None]);
    for role in roles {
        let name = role.map_or("token", |role| role.code());
        let shown = token(&cast.house, &format!("接口 {name}"), role, None).await;
        let sees_money = role != Some(domain::access::Role::Support);
        // They are whom this is for: they ask three times as often as others.
        for _ in 0..3 {
            all.push(Session { name: format!("token of {name}"), shown: Shown::Token(shown.clone()), sees_money });
        }
    }
    all
}

/// One request as it goes out, and whether its body fits the description.
struct Case {
    path: String,
    body: Option<(String, bool)>,
    key: Option<String>,
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn case(api: &Described, operation: &Operation, runner: &mut TestRunner) -> Case {
    let (mut path, mut query, mut key) = (operation.path.clone(), Vec::new(), None);
    for parameter in &operation.parameters {
        let name = parameter["name"].as_str().expect("a name");
        let is_wrong = one(runner, &(0..8)) == 0;
        let is_left_out = parameter["required"] != json!(true) && one(runner, &any::<bool>());
        if is_left_out {
            continue;
        }
        let value = if is_wrong { json!(one(runner, &select(texts()))) } else { one(runner, &api.values(&parameter["schema"], name)) };
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &escaped(&text)),
            Some("query") => query.push(format!("{name}={}", escaped(&text))),
            // A key of few, so that the same comes again.
            _ => key = Some(format!("k{}", one(runner, &(0..40)))),
        }
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let body = operation.body.as_ref().map(|schema| {
        let fitting = one(runner, &api.values(schema, ""));
        if one(runner, &(0..4)) > 0 {
            return (fitting.to_string(), true);
        }
        let wrongs = wrongs(&fitting, 97, one(runner, &(0..97usize)));
        let wrong = wrongs.get(one(runner, &(0..wrongs.len().max(1)))).map(|wrong| wrong.json.clone());
        (wrong.unwrap_or_default(), false)
    });
    Case { path, body, key }
}

/// What an answer must be, whoever asked for what.
fn judge(api: &Described, operation: &Operation, session: &Session, case: &Case, answer: &crate::harness::Answer) {
    let told = format!("{} {} by {}: {:?}: {} {}", operation.method, case.path, session.name, case.body, answer.status, answer.text);
    assert!(!answer.status.is_server_error(), "{told}");
    let described = operation.responses.get(answer.status.as_str()).unwrap_or_else(|| panic!("a status that is not described: {told}"));
    let body: Value = answer.json();
    let form = described.pointer("/content/application~1json/schema").unwrap_or_else(|| panic!("an answer without a form: {told}"));
    if let Err(why) = api.fits(form, &body, "") {
        panic!("{why}: {told}");
    }
    let is_token = matches!(session.shown, Shown::Token(_));
    assert_eq!(answer.status.as_u16() == 401, !is_token, "{told}");
    if answer.status.is_success() {
        assert!(!answer.text.contains("+8613800001234"), "a whole number left: {told}");
        assert!(session.sees_money || (body.get("points").is_none() && body.get("amount").is_none()), "money: {told}");
    }
    let code = body.pointer("/error/code").and_then(Value::as_str).unwrap_or_default();
    let is_of_the_form =
        ["request.not_json", "request.unfit", "request.missing_field", "request.unknown_field", "request.bad_value", "request.bad_day"];
    let fits = case.body.as_ref().is_some_and(|(_, fits)| *fits);
    assert!(!fits || !is_of_the_form.contains(&code), "what is described was refused for its form: {told}");
}

/// As many requests as one wants, from the description alone.
#[tokio::test]
async fn requests_made_from_the_description_are_answered_as_described() {
    let (cast, mut runner) = (Cast::assemble().await, runner());
    let api = Described(cast.house.send(House::request(None, Method::GET, "/api/openapi.json", None)).await.ok());
    let (operations, sessions) = (api.operations(), sessions(&cast).await);
    let count = if is_full() { 6_000 } else { 400 };
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for n in 0..count {
        let operation = one(&mut runner, &select(operations.clone()));
        let session = &sessions[one(&mut runner, &(0..sessions.len()))];
        let case = case(&api, &operation, &mut runner);
        // A name of nothing is another address.
        if case.path.parse::<axum::http::Uri>().is_err() || case.path.contains("//") || case.path.ends_with('/') {
            continue;
        }
        cast.house.clock.move_to(NOON.plus_seconds(n / 4));
        let method: Method = operation.method.parse().expect("a method");
        let body = case.body.as_ref().map(|(body, _)| body.clone());
        let mut asked: axum::http::Request<Body> = match &session.shown {
            Shown::Nothing => House::request(None, method, &case.path, body),
            Shown::Cookie(who) => House::request(Some(who), method, &case.path, body),
            Shown::Token(token) => request(token, method, &case.path, body),
        };
        asked.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        if let Some(key) = &case.key {
            asked.headers_mut().insert("idempotency-key", key.parse().expect("a key"));
        }
        let answer = cast.house.send(asked).await;
        judge(&api, &operation, session, &case, &answer);
        *statuses.entry(format!("{} {}", operation.method, answer.status.as_u16())).or_default() += 1;
    }
    println!(
        "requests from the description: {} cases over {} operations: {statuses:?}",
        statuses.values().sum::<usize>(),
        operations.len()
    );
    assert!(statuses.get("POST 201").is_some_and(|made| *made > 5), "something is made: {statuses:?}");
}

/// What the strategies of the rules call these things.
fn known(own: &Things, foreign: &Things) -> Vec<(Id, Id)> {
    let id = testing::id;
    let both = |letter: u8, n: u8, of: fn(&Things) -> Id| [(id(letter, n), of(own)), (id(letter, 16 + n), of(foreign))];
    let mut all = vec![(id(b'c', 0), own.customer.into()), (id(b'c', 1), foreign.customer.into()), (id(b'c', 2), own.archived.into())];
    all.extend(both(b'k', 0, |it| it.contact.into()));
    all.extend(both(b'k', 1, |it| it.removed.into()));
    all.extend(both(b'e', 0, |it| it.entry.into()));
    all.extend(both(b's', 0, |it| it.step.into()));
    all.extend(both(b's', 1, |it| it.done.into()));
    all.extend(both(b'w', 0, |it| it.ticket.into()));
    all.extend(both(b'w', 1, |it| it.solved.into()));
    all.extend(both(b'm', 0, |it| it.said.into()));
    all.extend(both(b'o', 0, |it| it.order.into()));
    all.extend(both(b'o', 1, |it| it.paid.into()));
    all.extend(both(b'd', 0, |it| it.redemption.into()));
    all.extend(both(b'q', 0, |it| it.answer.into()));
    all.extend([(id(b'a', 0), own.reward.into()), (id(b't', 1), own.team.into()), (id(b't', 2), foreign.team.into())]);
    all.extend([(id(b'p', 2), own.person.into()), (id(b'p', 3), own.owner.into()), (id(b'p', 4), foreign.owner.into())]);
    all
}

/// The columns of every type that customers are sent; a type that is not here is not sent.
fn projections() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    fn of<T: Row>() -> (&'static str, BTreeSet<&'static str>) {
        (T::ENTITY, T::COLUMNS.iter().map(|column| column.name).collect())
    }
    [
        of::<portal::House>(),
        of::<customers::portal::Account>(),
        of::<customers::portal::Profile>(),
        of::<tickets::portal::Ticket>(),
        of::<tickets::portal::Entry>(),
        of::<orders::portal::Order>(),
        of::<loyalty::portal::Programme>(),
        of::<loyalty::portal::Lot>(),
        of::<loyalty::portal::Entry>(),
        of::<loyalty::portal::Member>(),
        of::<loyalty::portal::Reward>(),
        of::<loyalty::portal::Redemption>(),
        of::<surveys::portal::Answer>(),
    ]
    .into()
}

/// What a customer holds: projections with their fields, and nothing of the other customer's.
async fn holds_only_theirs(cast: &Cast) {
    let (projections, mut holder) = (projections(), Holder::with(&[cast.own.customer, cast.foreign.customer]));
    holder.pull(&cast.house, &cast.luo).await;
    let house = ["team", "department", "reward", "person", "gone", "owner"];
    let foreign: Vec<_> =
        cast.foreign.named().into_iter().filter(|(name, _)| !house.contains(name)).map(|(_, id)| id.to_string()).collect();
    let staff: Vec<_> = cast.seats.iter().filter_map(|seat| seat.by.person()).map(|person| person.to_string()).collect();
    for ((entity, _), (json, _)) in &holder.rows {
        let columns = projections.get(entity.as_str()).unwrap_or_else(|| panic!("{entity} is not for customers"));
        let row: BTreeMap<String, Value> = serde_json::from_str(json).expect("a row");
        assert!(row.keys().all(|name| columns.contains(name.as_str())), "{entity}: {json}");
        // An id that somebody wrote into a text of their own is theirs.
        assert!(!foreign.iter().chain(&staff).any(|id| json.contains(id.as_str())), "{entity}: {json}");
    }
}

/// A push full of commands of either vocabulary, about things as `theirs` names them.
fn mutations(runner: &mut TestRunner, is_guest: bool, theirs: &impl Fn(String) -> String) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    while mutations.len() < 20 {
        let written = if is_guest {
            let about = About(one(runner, &(0..2u8)));
            let command = prop_oneof![
                tickets::strategies::portal_commands(about).prop_map(portal::Command::Tickets),
                loyalty::strategies::portal_commands(about).prop_map(portal::Command::Loyalty),
                surveys::strategies::portal_commands(about).prop_map(portal::Command::Surveys),
            ];
            one(runner, &command).written()
        } else {
            one(runner, &testing::commands()).written()
        };
        let (name, args) = written.expect("a command that can be written");
        // Whose customer is archived, or who has left it, is sent nothing more: so it is for others to see.
        if ["customers.archive", "customers.remove_contact"].contains(&name.as_str()) {
            continue;
        }
        let args = RawValue::from_string(theirs(args.get().to_owned())).expect("JSON");
        mutations.push(Mutation { mid: mutations.len() as u64 + 1, cmd_id: fresh(), v: 1, name, args, client_ts: NOON });
    }
    mutations
}

/// Commands of both vocabularies, by everybody with a device, as the rules' own tests make them.
#[tokio::test]
async fn commands_made_from_their_types_are_judged_and_customers_hold_only_what_is_theirs() {
    let (cast, mut runner) = (Cast::assemble().await, runner());
    let (known, count) = (known(&cast.own, &cast.foreign), if is_full() { 6_000 } else { 400 });
    let theirs = |text: String| known.iter().fold(text, |text, (of, is)| text.replace(&of.to_string(), &is.to_string()));
    let (mut codes, mut n) = (BTreeMap::<String, usize>::new(), 0);
    let staff: Vec<_> = cast.seats.iter().filter(|seat| seat.name != "admin").filter_map(|seat| seat.session.clone()).collect();
    while n < count {
        let who = one(&mut runner, &(0..staff.len() + 3));
        let guest = [&cast.luo, &cast.shen, &cast.xu].get(who.wrapping_sub(staff.len())).copied();
        let mutations = mutations(&mut runner, guest.is_some(), &theirs);
        n += mutations.len();
        let somebody = guest.map_or_else(|| staff[who].clone(), |guest| (**guest).clone());
        for verdict in taken(&push(&cast.house, &somebody, fresh(), &mutations).await).results {
            let code = match (verdict.refusal, guest) {
                (None, _) => "done",
                (Some(refusal), None) => serde_json::from_value::<change::Refusal>(refusal).expect("a refusal of ours").code(),
                (Some(refusal), Some(_)) => serde_json::from_value::<portal::Refusal>(refusal).expect("one of the portal's").code(),
            };
            assert_ne!(code, "server.error", "something broke");
            *codes.entry(code.to_owned()).or_default() += 1;
        }
        if n % 200 == 0 {
            holds_only_theirs(&cast).await;
        }
    }
    holds_only_theirs(&cast).await;
    println!("commands from their types: {n} cases: {codes:?}");
    assert!(codes.get("done").is_some_and(|done| *done * 20 > n), "something is done: {codes:?}");
}
