//! A company in which there is one of everything twice, and everybody who may ask about it.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use domain::{
    access::{Reach, Role},
    change::{Command, Refusal},
    context::Actor,
    portal,
    sync::wire::{Mutation, PushRequest},
    team,
};
use serde_json::{Value, value::RawValue};
use server::{
    db::{Trouble, Tx},
    rest::tokens::{self, Expiry},
};

use super::things::{Things, things};
use crate::{
    harness::{Guest, House, NOON, Somebody, command_id, fresh},
    rest::{request, token},
    wire::{push, taken},
};

/// Whose something is, as the sales of the first customer see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Own,
    Foreign,
    Absent,
}

/// Whose customers somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    Nobodys,
    Own,
    Foreign,
    All,
}

/// Somebody who may ask.
#[derive(Debug, Clone)]
pub struct Seat {
    pub name: &'static str,
    pub by: Actor,
    /// By which a device is signed in.
    pub session: Option<Somebody>,
    pub role: Option<Role>,
    pub sees: Sees,
    /// Counts now.
    pub alive: bool,
}

pub struct Cast {
    pub house: House,
    pub own: Things,
    pub foreign: Things,
    absent: Things,
    /// Staff, tokens, and those of either whose time is over.
    pub seats: Vec<Seat>,
    /// One of the own customer's people, a colleague of theirs, and one of the foreign customer's.
    pub luo: Guest,
    pub shen: Guest,
    pub xu: Guest,
}

impl Cast {
    pub async fn assemble() -> Self {
        let house = House::founded(Reach::Own).await;
        let (east, south) = (house.team("华东").await, house.team("华南").await);
        let (lin, he) = (house.join("林晓", Role::Sales, &[east]).await, house.join("何韵", Role::Sales, &[south]).await);
        let (own, luo) = things(&house, &lin, east).await;
        let (foreign, xu) = things(&house, &he, south).await;
        let shen = house.guest("沈知遥", own.customer).await;
        let mut seats = vec![staff("sales", &lin, Role::Sales, Sees::Own), staff("sales elsewhere", &he, Role::Sales, Sees::Foreign)];
        for (name, role, team, sees) in [
            ("sales beside", Role::Sales, east, Sees::Nobodys),
            ("service", Role::Service, east, Sees::Own),
            ("service elsewhere", Role::Service, south, Sees::Foreign),
            ("support", Role::Support, east, Sees::Own),
            ("support elsewhere", Role::Support, south, Sees::Foreign),
            ("marketing", Role::Marketing, east, Sees::All),
            ("manager", Role::Manager, east, Sees::All),
            ("admin", Role::Admin, east, Sees::All),
        ] {
            seats.push(staff(name, &house.join(name, role, &[team]).await, role, sees));
        }
        let gone = Somebody { person: own.gone, ..lin };
        seats.push(Seat { alive: false, session: None, ..staff("disabled", &gone, Role::Service, Sees::Own) });
        seats.extend(systems(&house).await);
        Self { house, own, foreign, absent: Things::absent(), seats, luo, shen, xu }
    }

    pub fn things(&self, whose: Whose) -> Things {
        match whose {
            Whose::Own => self.own,
            Whose::Foreign => self.foreign,
            Whose::Absent => self.absent,
        }
    }

    /// The name of this history.
    pub async fn epoch(&self) -> String {
        let found = self.house.db.read(|rows| Ok(rows.connection().query_row("SELECT epoch FROM clock", (), |row| row.get(0))?));
        found.await.expect("an epoch")
    }

    /// What each of these came to, each by itself: how much happened, or why not. Nothing of it stays.
    pub async fn tried(&self, by: Actor, commands: Vec<Command>) -> Vec<Result<usize, Refusal>> {
        self.taken_back(commands, move |tx, command| Ok(tx.command(by, command_id(), command)?.map(|done| done.len()))).await
    }

    /// The same in the customers' vocabulary.
    pub async fn tried_by_customers(&self, by: Actor, commands: Vec<portal::Command>) -> Vec<Result<usize, portal::Refusal>> {
        self.taken_back(commands, move |tx, command| Ok(tx.portal_command(by, command_id(), command)?.map(|done| done.len()))).await
    }

    /// What becomes of each by itself, before it is taken back.
    pub async fn taken_back<C: Send + 'static, T: Send + 'static>(
        &self,
        commands: Vec<C>,
        does: impl Fn(&mut Tx<'_>, &C) -> Result<T, Trouble> + Send + 'static,
    ) -> Vec<T> {
        let all = self.house.db.write(move |tx| {
            let one = |command| match tx.nested(|tx| Err::<(), _>(Undone::Said(does(tx, &command)?))) {
                Err(Undone::Said(said)) => Ok(said),
                Err(Undone::Trouble(trouble)) => Err(trouble),
                Ok(()) => unreachable!("all of it is taken back"),
            };
            commands.into_iter().map(one).collect::<Result<Vec<_>, Trouble>>()
        });
        all.await.expect("no trouble")
    }

    /// Why each of these is refused: as a device sends them, where there is a session. Nothing was written.
    pub async fn refused(&self, seat: &Seat, commands: &[Command]) -> Vec<Refusal> {
        if let Some(who) = &seat.session {
            let commands: Vec<_> = commands.iter().map(written).collect();
            let refusals = self.refused_by_device(who, &commands).await.into_iter();
            return refusals.map(|refusal| serde_json::from_value(refusal).expect("a refusal of ours")).collect();
        }
        let before = self.house.everything().await;
        let mut refusals = Vec::new();
        for command in commands {
            let done = self.house.command(seat.by, command.clone()).await;
            let done = done.unwrap_or_else(|trouble| panic!("{trouble}: {command:?} by {}", seat.name));
            refusals.push(done.expect_err("a refusal"));
        }
        assert_eq!(self.house.everything().await, before, "what was refused has written something");
        refusals
    }

    /// Why each of these is refused to a device. Nothing was written.
    pub async fn refused_by_device(&self, who: &Somebody, commands: &[(String, Box<RawValue>)]) -> Vec<Value> {
        let before = self.house.everything().await;
        let told = self.pushed(who, commands).await;
        assert_eq!(self.house.everything().await, before, "what was refused has written something");
        let refused =
            |(told, (name, args)): (Option<Value>, &(String, Box<RawValue>))| told.unwrap_or_else(|| panic!("done: {name} {args}"));
        told.into_iter().zip(commands).map(refused).collect()
    }

    /// What a device is told of its commands: why not, where they are refused.
    pub async fn pushed(&self, who: &Somebody, commands: &[(String, Box<RawValue>)]) -> Vec<Option<Value>> {
        let mut told = Vec::new();
        for chunk in commands.chunks(50) {
            let mutations: Vec<Mutation> = (1..).zip(chunk).map(|(mid, (name, args))| sent(mid, name, args)).collect();
            let answer = push(&self.house, who, fresh(), &mutations).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            told.extend(taken(&answer).results.into_iter().map(|verdict| verdict.refusal));
        }
        told
    }
}

/// What became of what was taken back.
enum Undone<T> {
    Said(T),
    Trouble(Trouble),
}

impl<T> From<Trouble> for Undone<T> {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

pub fn written(command: &Command) -> (String, Box<RawValue>) {
    command.written().expect("a command that can be written")
}

pub fn sent(mid: u64, name: &str, args: &RawValue) -> Mutation {
    Mutation { mid, cmd_id: command_id(), v: 1, name: name.to_owned(), args: args.to_owned(), client_ts: NOON }
}

fn staff(name: &'static str, who: &Somebody, role: Role, sees: Sees) -> Seat {
    Seat { name, by: who.actor(), session: Some(who.clone()), role: Some(role), sees, alive: true }
}

/// Tokens of every role and of none; one that is over and one that never was.
async fn systems(house: &House) -> Vec<Seat> {
    let roles = [
        ("token", None),
        ("token of sales", Some(Role::Sales)),
        ("token of service", Some(Role::Service)),
        ("token of support", Some(Role::Support)),
        ("token of marketing", Some(Role::Marketing)),
        ("token of a manager", Some(Role::Manager)),
        ("token of an admin", Some(Role::Admin)),
    ];
    let mut seats = Vec::new();
    for (name, role) in roles {
        let by = by_token(house, &token(house, name, role, None).await).await;
        seats.push(Seat { name, by, session: None, role, sees: Sees::All, alive: true });
    }
    let now = house.clock.now();
    house.clock.move_to(NOON.plus_seconds(-2 * 86_400));
    let expired = by_token(house, &token(house, "old", None, Some(Expiry::Days(1))).await).await;
    house.clock.move_to(now);
    for (name, by) in [("expired token", expired), ("token that never was", Actor::Token(fresh()))] {
        seats.push(Seat { name, by, session: None, role: None, sees: Sees::All, alive: false });
    }
    seats
}

async fn by_token(house: &House, shown: &str) -> Actor {
    let kept = tokens::kept(shown);
    let found = house.db.read(move |rows| tokens::find(rows.connection(), kept)).await.expect("no trouble");
    found.expect("a token").actor()
}

/// How somebody sends commands.
type Sends = Box<dyn Fn(&[Mutation]) -> Request<Body>>;

/// Everybody who may not even begin, how they would, and the code that says why not.
pub async fn without_access(cast: &Cast) -> Vec<(&'static str, Sends, &'static str)> {
    let house = &cast.house;
    let (ended, disabled) = (house.join("丢了设备", Role::Admin, &[]).await, house.join("走了的人", Role::Admin, &[]).await);
    let disable = Command::Team(team::Command::Disable { id: disabled.person });
    assert_eq!(house.command(Actor::System, disable).await.expect("no trouble"), Ok(()));
    let admin = cast.seats.iter().find(|seat| seat.name == "admin").and_then(|seat| seat.session.clone()).expect("an admin");
    let path = format!("/api/team/people/{}/sign-out", ended.person);
    assert_eq!(house.send(House::request(Some(&admin), Method::POST, &path, None)).await.status, StatusCode::NO_CONTENT);
    let now = house.clock.now();
    house.clock.move_to(NOON.plus_seconds(-9 * 3_600));
    let expired = house.sign_in(admin.person).await;
    house.clock.move_to(now);
    let token = token(house, "收银台", None, None).await;
    let by_cookie = |who: Option<Somebody>| -> Sends {
        Box::new(move |sent| House::request(who.as_ref(), Method::POST, "/sync/push", Some(body(sent))))
    };
    let by_token: Sends = Box::new(move |sent| request(&token, Method::POST, "/sync/push", Some(body(sent))));
    vec![
        ("nobody", by_cookie(None), "auth.signed_out"),
        ("expired", by_cookie(Some(expired)), "auth.signed_out"),
        ("ended", by_cookie(Some(ended)), "access.revoked"),
        ("disabled", by_cookie(Some(disabled)), "access.revoked"),
        ("a token", by_token, "auth.signed_out"),
    ]
}

fn body(mutations: &[Mutation]) -> String {
    let request = PushRequest { client_id: fresh(), confirmed_mid: 0, mutations: mutations.to_vec() };
    serde_json::to_string(&request).expect("JSON")
}
