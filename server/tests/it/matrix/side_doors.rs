//! Side doors: every id in every command, however deep, exchanged for somebody else's, nobody's and that of another thing.

use domain::{
    change::{Command, Refusal},
    context::Actor,
    customers,
    id::Id,
    portal,
    testing::is_full,
    tickets::{self, Channel, Kind, State},
};
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeSet;

use super::{
    cast::{Cast, Whose, written},
    customers::{portal_commands, written as written_by_customers},
    leaves::{leaves, with},
    staff::{is_done_by, staff_commands},
    things::{Things, file},
};
use crate::{
    harness::{Somebody, fresh, rows_of},
    portal::{line, prose},
};

/// What stands in the house for everybody, so that another's is as good as one's own.
const OF_THE_HOUSE: [&str; 6] = ["owner", "team", "department", "reward", "person", "gone"];

/// Where an id that is nobody's is passed over in silence: there is nothing to read, and nobody to tell.
fn is_passed_over(name: &str, pointer: &str) -> bool {
    name.starts_with("notices.") || pointer.starts_with("/mentions/")
}

/// A command as it travels, with one id exchanged.
struct Case {
    name: String,
    pointer: String,
    /// What stood there, and whose what was put there is; none for an id that is new.
    stood: Option<&'static str>,
    put: Put,
    args: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    Absent,
    /// What the other customer has of the same.
    Foreign,
    /// What either has of something else.
    Another(Whose, &'static str),
}

/// Every id of these commands exchanged in every way.
fn exchanged(cast: &Cast, commands: &[(String, Box<RawValue>)]) -> Vec<Case> {
    let mut cases = Vec::new();
    let (own, foreign) = (cast.own.named(), cast.foreign.named());
    for (name, args) in commands {
        let args: Value = serde_json::from_str(args.get()).expect("JSON");
        for pointer in leaves(&args) {
            let Some(id) = args.pointer(&pointer).and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok()) else { continue };
            let stood = own.iter().find(|(_, it)| *it == id).map(|(name, _)| *name);
            let absent = stood.map(|_| (Put::Absent, fresh()));
            let theirs = foreign.iter().find(|(name, _)| Some(*name) == stood).map(|(_, id)| (Put::Foreign, *id));
            let others = [(Whose::Own, &own), (Whose::Foreign, &foreign)];
            let others = others.into_iter().flat_map(|(whose, all)| all.iter().map(move |(name, id)| (Put::Another(whose, name), *id)));
            let others = others.filter(|(_, it)| *it != id && theirs != Some((Put::Foreign, *it)));
            // Small, another of them in each place.
            let others =
                others.skip(if is_full() { 0 } else { cases.len() % 10 }).step_by(if is_full() { 1 } else { 10 }).collect::<Vec<_>>();
            for (put, id) in absent.into_iter().chain(theirs).chain(others) {
                let args = with(&args, &pointer, json!(id.to_string()));
                cases.push(Case { name: name.clone(), pointer: pointer.clone(), stood, put, args });
            }
        }
    }
    cases
}

/// Commands that carry what the plain ones leave out.
fn fuller(it: &Things) -> Vec<Command> {
    let (text, files) = (prose("见附件"), vec![file(it.owners_file)]);
    let draft = tickets::Draft {
        customer: it.customer,
        contact: Some(it.contact),
        kind: Kind::Support,
        channel: Channel::Phone,
        subject: line("漏水"),
        text: text.clone(),
        files: files.clone(),
        priority: None,
        assignee: Some(it.person),
    };
    let open = tickets::Command::Open { id: fresh(), draft: Box::new(draft) };
    let reply = tickets::Command::Reply { id: fresh(), ticket: it.ticket, text: text.clone(), files: files.clone(), then: State::Open };
    let note = tickets::Command::Note { id: fresh(), ticket: it.ticket, text, files, mentions: vec![it.person, it.owner] };
    let transfer = customers::Command::Transfer { id: it.customer, from: Some(it.owner), to: Some(it.person), team: it.team };
    [open, reply, note].map(Command::Tickets).into_iter().chain([Command::Customers(transfer)]).collect()
}

/// What came of a case: why not, or the rows that were there before and are otherwise now.
type Came = Result<Vec<String>, Value>;

fn changed(before: &BTreeSet<String>, connection: &rusqlite::Connection) -> Result<Vec<String>, server::db::Trouble> {
    let after: BTreeSet<String> = rows_of(connection)?.lines().map(str::to_owned).collect();
    Ok(before.difference(&after).cloned().collect())
}

async fn come(cast: &Cast, by: Actor, cases: &[Case]) -> Vec<Came> {
    let before: BTreeSet<String> = cast.house.everything().await.lines().map(str::to_owned).collect();
    let tried = cases.iter().map(|case| (case.name.clone(), case.args.clone())).collect();
    let raw = |args: &Value| RawValue::from_string(args.to_string()).expect("JSON");
    cast.taken_back(tried, move |tx, (name, args): &(String, Value)| {
        let refusal = match by {
            Actor::Portal { .. } => match portal::Command::read(name, 1, &raw(args)) {
                Ok(command) => tx.portal_command(by, fresh(), &command)?.err().map(|refusal| json!(refusal)),
                Err(refusal) => Some(json!(refusal)),
            },
            _ => match Command::read(name, 1, &raw(args)) {
                Ok(command) => tx.command(by, fresh(), &command)?.err().map(|refusal: Refusal| json!(refusal)),
                Err(refusal) => Some(json!(refusal)),
            },
        };
        Ok(match refusal {
            Some(refusal) => Err(refusal),
            None => Ok(changed(&before, tx.connection())?),
        })
    })
    .await
}

/// Judges what came of each; says how many there were.
async fn judged(cast: &Cast, by: Actor, who: &Somebody, cases: Vec<Case>) -> usize {
    let foreign: Vec<String> = cast
        .foreign
        .named()
        .into_iter()
        .filter(|(name, _)| !OF_THE_HOUSE.contains(name))
        .map(|(_, id)| format!("{:?}", id.bytes()))
        .collect();
    let all = come(cast, by, &cases).await;
    let mut refused = Vec::new();
    let mut absent: Option<&Value> = None;
    for (case, came) in cases.iter().zip(&all) {
        let Case { name, pointer, stood, put, args } = case;
        match came {
            Ok(changed) => {
                let touched = changed.iter().find(|row| foreign.iter().any(|id| row.contains(id.as_str())));
                assert_eq!(touched, None, "{name} {pointer} {put:?} changed what is foreign: {args}");
                let is_free = stood.is_none_or(|stood| OF_THE_HOUSE.contains(&stood)) || is_passed_over(name, pointer);
                assert!(*put != Put::Foreign || is_free, "{name} {pointer} was done with what is foreign: {args}");
                assert!(*put != Put::Absent || is_passed_over(name, pointer), "{name} {pointer} was done with what is nobody's: {args}");
            }
            Err(refusal) => {
                let is_theirs = stood.is_some_and(|stood| !OF_THE_HOUSE.contains(&stood));
                assert!(*put != Put::Foreign || !is_theirs || absent == Some(refusal), "{name} {pointer}: {refusal} is not {absent:?}");
                refused.push((name.clone(), RawValue::from_string(args.to_string()).expect("JSON")));
            }
        }
        // It stands before what it is compared with.
        if *put == Put::Absent {
            absent = came.as_ref().err();
        }
    }
    assert_eq!(cast.refused_by_device(who, &refused).await.len(), refused.len());
    cases.len()
}

#[tokio::test]
async fn no_id_in_any_command_is_a_side_door() {
    let cast = Cast::assemble().await;
    let mut cases = 0;
    for seat in cast.seats.iter().filter(|seat| ["sales", "service", "support", "admin"].contains(&seat.name)) {
        let (role, who) = (seat.role.expect("a role"), seat.session.as_ref().expect("a session"));
        let rows = staff_commands(&cast.own, &cast.own);
        let plain = rows.iter().filter(|row| is_done_by(row, role)).map(|row| written(&row.command));
        let fuller = fuller(&cast.own);
        let fuller = fuller.iter().filter(|_| seat.name == "sales").map(written);
        let commands: Vec<_> = plain.chain(fuller).collect();
        // Who sees everything has nothing foreign.
        let exchanged =
            exchanged(&cast, &commands).into_iter().filter(|case| role != domain::access::Role::Admin || case.put == Put::Absent);
        cases += judged(&cast, seat.by, who, exchanged.collect()).await;
    }
    let commands: Vec<_> = portal_commands(&cast.own, &cast.own).iter().map(|row| written_by_customers(&row.command)).collect();
    cases += judged(&cast, cast.luo.actor(), &cast.luo, exchanged(&cast, &commands)).await;
    println!("side doors: {cases} cases");
    assert!(cases >= 1_000, "{cases}");
}
