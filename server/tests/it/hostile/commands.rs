//! Commands of either vocabulary with one thing wrong: never broken, never half done.

use domain::{
    change::{self, Command},
    context::Actor,
    id::Id,
    portal,
};
use serde_json::{Value, json, value::RawValue};
use server::{export, jobs};
use std::collections::BTreeSet;

use super::values::{Wrong, with_more, wrongs};
use crate::{
    harness::{NOON, Somebody, fresh},
    matrix::{Cast, leaves, portal_commands, staff_commands},
    wire::Holder,
};

fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).expect("JSON")
}

/// Whoever sends them, and commands by name with their arguments.
type Forms<'c> = (Actor, &'c Somebody, Vec<(String, Value)>);

/// The forms of all commands of staff and of customers, right in every way.
fn forms(cast: &Cast) -> [Forms<'_>; 2] {
    let form = |(name, args): (String, Box<RawValue>)| (name, serde_json::from_str::<Value>(args.get()).expect("JSON"));
    let staff = staff_commands(&cast.own, &cast.own).iter().map(|row| form(row.command.written().expect("a command"))).collect();
    let theirs = portal_commands(&cast.own, &cast.own).iter().map(|row| form(row.command.written().expect("a command"))).collect();
    let admin = cast.seats.iter().find(|seat| seat.name == "admin").and_then(|seat| seat.session.as_ref()).expect("an admin");
    [(admin.actor(), admin, staff), (cast.luo.actor(), &cast.luo, theirs)]
}

/// A command as it was read: as it is written again.
fn read(by: Actor, name: &str, args: &RawValue) -> Option<Value> {
    let written = match by {
        Actor::Portal { .. } => portal::Command::read(name, portal::VERSION, args).ok()?.written(),
        _ => Command::read(name, change::VERSION, args).ok()?.written(),
    };
    serde_json::from_str(written.expect("a command that can be written").1.get()).ok()
}

/// Carries it out and takes it back: whether it is done, or what broke.
async fn done(cast: &Cast, by: Actor, sent: Vec<(String, Box<RawValue>)>) -> Vec<Result<bool, String>> {
    cast.taken_back(sent, move |tx, (name, args): &(String, Box<RawValue>)| {
        let done = match by {
            Actor::Portal { .. } => portal::Command::read(name, portal::VERSION, args)
                .map(|command| tx.portal_command(by, fresh(), &command).map(|it| it.is_ok())),
            _ => Command::read(name, change::VERSION, args)
                .map_err(|_| portal::Refusal::Malformed)
                .map(|command| tx.command(by, fresh(), &command).map(|it| it.is_ok())),
        };
        Ok(match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(trouble)) => Err(trouble.to_string()),
            Err(_) => Ok(false),
        })
    })
    .await
}

/// Blanks around a text go, an address is written small, a number is told from its digits: all else is kept to the letter.
fn is_kept(sent: &str, kept: &str, pointer: &str) -> bool {
    kept == sent.trim() || (pointer.contains("email") && kept == sent.trim().to_lowercase()) || pointer.contains("phone")
}

/// The ids in a form under which something new would be.
fn new_ids(cast: &Cast, form: &Value) -> Vec<String> {
    let known: Vec<Id> = cast.own.named().into_iter().map(|(_, id)| id).collect();
    let texts = leaves(form).into_iter().filter_map(|pointer| form.pointer(&pointer)?.as_str().map(str::to_owned));
    texts.filter(|text| text.parse().is_ok_and(|id: Id| !known.contains(&id))).collect()
}

#[tokio::test]
async fn no_wrong_command_breaks_anything_or_is_half_done() {
    let cast = Cast::assemble().await;
    let (mut tried, mut refused_in_all, mut kept_in_all, mut taken_in) = (0, 0, 0, Vec::new());
    for (by, who, forms) in forms(&cast) {
        let (mut refused, mut accepted) = (Vec::new(), Vec::new());
        for (n, (name, form)) in forms.iter().enumerate() {
            let wrongs = wrongs(form, 23, n);
            tried += wrongs.len();
            let sent: Vec<_> = wrongs.iter().map(|wrong| (name.clone(), raw(&wrong.json))).collect();
            for (Wrong { pointer, json, text }, done) in wrongs.iter().zip(done(&cast, by, sent).await) {
                let shown: String = json.chars().take(400).collect();
                match done {
                    Err(trouble) => panic!("{name} {pointer}: {trouble}: {shown}"),
                    Ok(false) => refused.push((name.clone(), raw(json))),
                    Ok(true) => {
                        // Under ids of its own, so that each of them is taken in.
                        let json =
                            new_ids(&cast, form).into_iter().fold(json.clone(), |json, id| json.replace(&id, &fresh::<Id>().to_string()));
                        accepted.push((name.clone(), raw(&json)));
                        let read = read(by, name, &raw(&json)).expect("a command");
                        let kept = read.pointer(pointer).and_then(Value::as_str);
                        if let (Some(text), Some(kept)) = (text, kept) {
                            kept_in_all += 1;
                            assert!(is_kept(text, kept, pointer), "{name} {pointer}: {text:?} was kept as {kept:?}");
                        }
                    }
                }
            }
        }
        refused_in_all += refused.len();
        taken_in.push((who.clone(), accepted));
        for refusal in cast.refused_by_device(who, &refused).await {
            assert_ne!(refusal, json!("broken"));
        }
    }
    for (who, accepted) in taken_in {
        for told in cast.pushed(&who, &accepted).await {
            assert_ne!(told, Some(json!("broken")));
        }
    }
    still_works(&cast).await;
    println!("wrong commands: {tried} distinct, {refused_in_all} refused, {kept_in_all} texts kept as they are");
    assert!(tried >= if domain::testing::is_full() { 3_000 } else { 500 }, "{tried}");
}

/// What was taken in is no harm later: everybody can be sent everything, jobs go on, all of it can be taken out.
async fn still_works(cast: &Cast) {
    let house = &cast.house;
    let staff = cast.seats.iter().filter_map(|seat| seat.session.as_ref());
    for who in staff.chain([&*cast.luo, &*cast.shen, &*cast.xu]) {
        Holder::with(&[cast.own.customer, cast.foreign.customer]).pull(house, who).await;
    }
    for days in [0, 1, 400] {
        let now = NOON.plus_seconds(days * 86_400);
        house.clock.move_to(now);
        assert!(jobs::remind_of_steps(&house.db, now).await.is_ok() && jobs::remind_of_promises(&house.db, now).await.is_ok());
        assert!(jobs::close_what_nobody_answers(&house.db, now).await.is_ok() && jobs::hand_over(&house.db, now).await.is_ok());
        assert!(jobs::settle_points(&house.db, now).await.is_ok() && jobs::sweep(&house.db, now).await.is_ok());
    }
    // The cast's own files are said to be there, and have no bytes.
    let found = server::db::check(&house.file()).into_iter().find(|found| !found.detail.starts_with("file "));
    assert_eq!(found, None);
    let (db, to) = (house.db.clone(), house.folder.path().join("out"));
    tokio::task::spawn_blocking(move || export::export(&db, &to)).await.expect("its end").expect("everything");
}

/// A4: a field more than a command has is read by nobody; the command is the same without it.
#[tokio::test]
async fn a_field_that_nobody_sets_sets_nothing() {
    let cast = Cast::assemble().await;
    let mut tried = 0;
    for (by, _, forms) in forms(&cast) {
        for (name, form) in &forms {
            let plain = read(by, name, &raw(&form.to_string())).expect("a command");
            for (field, more) in with_more(form) {
                let read = read(by, name, &raw(&more.to_string()));
                tried += 1;
                assert!(read.is_none() || read == Some(plain.clone()), "{name} {field} was set by {more}");
            }
        }
    }
    println!("fields that nobody sets: {tried} cases");
    assert!(tried >= 300, "{tried}");
}

/// The frame around commands, and that of a pull.
#[tokio::test]
async fn no_wrong_frame_breaks_anything() {
    let cast = Cast::assemble().await;
    let (client, id) = (fresh::<Id>(), fresh::<Id>());
    let push = json!({"client_id": client, "confirmed_mid": 0, "mutations":
        [{"mid": 1, "cmd_id": id, "v": 1, "name": "nobody.does", "args": {}, "client_ts": 1_795_233_600_000_i64}]});
    let pull = json!({"client_id": client, "epoch": cast.epoch().await, "scopes": {"org": [0, 0]}, "pins": [id], "confirmed_mid": 0, "limit_bytes": 65_536, "wait_s": 0});
    let before = cast.house.everything().await;
    let mut seen = BTreeSet::new();
    for (path, form) in [("/sync/push", push), ("/sync/pull", pull)] {
        let places = leaves(&form).len();
        assert!(places >= 6, "{places}");
        for Wrong { json, .. } in wrongs(&form, 5, 0) {
            if json.contains("wait_s") && !json.contains("\"wait_s\":0") {
                continue;
            }
            for who in [&*cast.luo, cast.seats[0].session.as_ref().expect("a session")] {
                let answer =
                    cast.house.send(crate::harness::House::request(Some(who), axum::http::Method::POST, path, Some(json.clone()))).await;
                assert!(!answer.status.is_server_error(), "{path} {json}: {}", answer.text);
            }
            seen.insert(json);
        }
    }
    assert_eq!(cast.house.everything().await, before);
    println!("wrong frames: {} distinct", seen.len());
}
