//! One history by seed: people, devices and an administrator do what they like over a line that breaks, then all is quiet.

use super::{
    chance::Chance,
    driver::{Answer, Driver, Kept, Line, Request, Took},
    invariants::{self, Broken, Invariant, Ledger},
    rules::Deed,
    server::{CUSTOMERS, Sabotage, Server},
};
use crate::{
    id::{ClientId, Id, PersonId},
    sync::{
        Scope, Wish,
        wire::{PullResponse, PushRequest},
    },
    testing::id,
};
use serde::{Serialize, de::DeserializeOwned};
use std::ops::AddAssign;

const USERS: u8 = 3;
pub const TEAMS: u8 = 4;
const DEVICES: usize = 7;
/// Tabs of a browser beside the one that leads.
pub const TABS: usize = 2;
/// More requests than a round can need.
const BOUND: u32 = 400;

/// What this history's world is like.
struct Weather {
    /// Of a hundred requests, and of a hundred answers.
    lost: usize,
    doubled: usize,
    /// Whether devices are copied, and whether the server goes back to a backup.
    copies: bool,
    restores: bool,
}

/// How much a history tried.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tried {
    pub commands: u32,
    pub pulls: u32,
    /// Pages of first pulls.
    pub parts: u32,
    /// Customers that were opened.
    pub pins: u32,
    pub crashes: u32,
    pub renewals: u32,
    /// How often another tab took the lead.
    pub passed: u32,
    pub restores: u32,
    pub refused: u32,
}

impl AddAssign for Tried {
    fn add_assign(&mut self, other: Self) {
        let Self { commands, pulls, parts, pins, crashes, renewals, passed, restores, refused } = other;
        self.commands += commands;
        self.pulls += pulls;
        self.parts += parts;
        self.pins += pins;
        self.crashes += crashes;
        self.renewals += renewals;
        self.passed += passed;
        self.restores += restores;
        self.refused += refused;
    }
}

pub struct World {
    pub chance: Chance,
    weather: Weather,
    pub server: Server,
    pub drivers: Vec<Driver>,
    /// Requests that the line delivers once more, later.
    doubles: Vec<(PersonId, PushRequest)>,
    pub items: Vec<Id>,
    pub made: u128,
    pub ledger: Ledger,
    pub tried: Tried,
    /// Whether to tell what happens.
    aloud: bool,
}

/// Plays the history of this seed; aloud, it says what happens.
pub fn play(seed: u64, sabotage: Option<Sabotage>, aloud: bool) -> Result<Tried, Broken> {
    let mut world = World::new(seed, sabotage);
    world.aloud = aloud;
    let steps = 120 + world.chance.below(180);
    for _ in 0..steps {
        world.step()?;
    }
    world.rest()?;
    Ok(world.tried)
}

/// As it comes out at the other end of the line.
fn sent<T: Serialize + DeserializeOwned>(message: &T) -> T {
    let json = serde_json::to_string(message).expect("JSON");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn user(n: usize) -> PersonId {
    id(b'p', u8::try_from(n).unwrap_or(0)).into()
}

pub fn team(n: usize) -> Scope {
    Scope::Team(id(b't', u8::try_from(n).unwrap_or(0)).into())
}

impl World {
    fn new(seed: u64, sabotage: Option<Sabotage>) -> Self {
        let mut chance = Chance::of(seed);
        let weather = Weather {
            lost: [0, 10, 30][chance.below(3)],
            doubled: [0, 15][chance.below(2)],
            copies: chance.percent(35),
            restores: chance.percent(35),
        };
        let server = Server::new(sabotage, 1 + chance.below(4));
        let (drivers, doubles, items, ledger) = (Vec::new(), Vec::new(), Vec::new(), Ledger::default());
        let mut world = Self { chance, weather, server, drivers, doubles, items, made: 0, ledger, tried: Tried::default(), aloud: false };
        for n in 0..usize::from(USERS) {
            world.server.grant(user(n), Scope::Org);
            world.server.grant(user(n), Scope::User(user(n).into()));
            for _ in 0..2 {
                let scope = team(world.chance.below(TEAMS.into()));
                world.server.grant(user(n), scope);
            }
        }
        for n in 0..4 {
            world.open(n % usize::from(USERS), Kept::default());
        }
        world
    }

    pub fn fresh<T: From<Id>>(&mut self) -> T {
        self.made += 1;
        Id::from_bytes((self.made << 64 | 1 << 63).to_be_bytes()).into()
    }

    fn open(&mut self, n: usize, kept: Kept) {
        let client: ClientId = self.fresh();
        self.drivers.push(Driver::start(user(n), kept, client));
    }

    fn step(&mut self) -> Result<(), Broken> {
        let n = self.chance.below(self.drivers.len());
        match self.chance.below(100) {
            0..45 => self.advance(n)?,
            45..50 => (0..12).try_for_each(|_| self.advance(n))?,
            50..67 => self.command(n)?,
            67..70 => self.tabs(n)?,
            70..74 => self.save(n),
            74..76 => self.pin(n),
            76..79 => self.regrant(),
            79..85 => self.system_moves(),
            85..88 => self.forget(),
            88..91 => self.crash(n)?,
            91 => self.copy(n),
            92..94 => self.server.back_up(),
            94 if self.weather.restores => self.restore(),
            95 if self.drivers.len() < DEVICES => self.open(n % usize::from(USERS), Kept::default()),
            _ => self.double(),
        }
        invariants::noted(&mut self.server, &mut self.drivers);
        invariants::on_the_server(&self.server)?;
        self.drivers.get(n).map_or(Ok(()), invariants::still_seen)
    }

    pub fn tell(&self, what: impl FnOnce() -> String) {
        if self.aloud {
            eprintln!("{}", what());
        }
    }

    fn lost(&mut self) -> bool {
        let lost = self.weather.lost;
        self.chance.percent(lost)
    }

    /// The next step of this device's conversation with the server.
    fn advance(&mut self, n: usize) -> Result<(), Broken> {
        if self.drivers[n].keep(self.server.sabotage) {
            return Ok(());
        }
        self.hear(n);
        self.tell(|| format!("{n} {:?}", self.drivers[n].line));
        match std::mem::take(&mut self.drivers[n].line) {
            Line::Idle => self.drivers[n].ask(self.server.sabotage),
            Line::Asked(_) if self.lost() => self.drivers[n].cut_off(),
            Line::Asked(request) => {
                let answer = self.answer(n, &request)?;
                if self.lost() {
                    self.drivers[n].cut_off();
                } else {
                    self.drivers[n].line = Line::Answered(answer);
                }
            }
            Line::Answered(answer) => self.take(n, answer)?,
        }
        Ok(())
    }

    fn answer(&mut self, n: usize, request: &Request) -> Result<Answer, Broken> {
        let user = self.drivers[n].user;
        match request {
            Request::Push(request) => {
                let request = sent(request);
                let answer = self.server.push(user, &request);
                if self.chance.percent(self.weather.doubled) {
                    self.doubles.push((user, request));
                }
                Ok(Answer::Push(answer.map(|taken| sent(&taken)).map_err(|refused| sent(&refused))))
            }
            Request::Pull(request) => {
                let answer = self.server.pull(user, &sent(request));
                let as_of = self.server.as_of(user, &request.pins);
                if let PullResponse::Page(page) = &answer {
                    self.tried.pulls += 1;
                    invariants::leaks_nothing(&as_of.granted, page)?;
                }
                Ok(Answer::Pull(sent(&answer), as_of))
            }
        }
    }

    fn take(&mut self, n: usize, answer: Answer) -> Result<(), Broken> {
        let (new_client, sabotage) = (self.fresh(), self.server.sabotage);
        let driver = &mut self.drivers[n];
        if let Answer::Push(Ok(taken)) = &answer {
            self.ledger.acknowledged(driver, taken);
        }
        let before = driver.device.saved().clone();
        match driver.take(answer, new_client, sabotage) {
            Took::Nothing => {}
            Took::Part(granted) => {
                self.tried.parts += 1;
                invariants::holds_only(driver, &granted)?;
            }
            Took::Renewed => self.tried.renewals += 1,
            Took::Pulled(committed, granted) => {
                self.tried.refused += u32::try_from(committed.refused.len()).unwrap_or(0);
                self.ledger.settled(&committed);
                invariants::well_pulled(&before, driver, &granted)?;
            }
        }
        Ok(())
    }

    /// Somebody does something at this device, and as a rule it is kept at once.
    fn command(&mut self, n: usize) -> Result<(), Broken> {
        self.tried.commands += 1;
        let mutation = self.mutation(n);
        let (server, driver) = (&self.server, &mut self.drivers[n]);
        let (user, pins) = (driver.user, driver.device.saved().pins.clone());
        driver.submit(mutation, |item| server.may_stay(user, &pins, *item));
        if self.chance.percent(75) {
            self.save(n);
        }
        invariants::still_seen(&self.drivers[n])
    }

    fn pin(&mut self, n: usize) {
        if let Some(customer) = self.chance.pick(&CUSTOMERS) {
            self.tried.pins += 1;
            self.tell(|| format!("{n} opens {customer}"));
            let wish = if self.chance.percent(70) { Wish::Opened } else { Wish::Near };
            self.drivers[n].pin(customer, wish);
        }
    }

    fn save(&mut self, n: usize) {
        if let Some(command) = self.drivers[n].save_next() {
            self.tell(|| format!("{n} keeps {command}"));
            self.ledger.kept(command);
        }
    }

    fn regrant(&mut self) {
        let scope = team(self.chance.below(TEAMS.into()));
        let user = user(self.chance.below(USERS.into()));
        self.tell(|| format!("{user} gets or loses {scope}"));
        self.server.grant(user, scope);
    }

    fn system_moves(&mut self) {
        let n = self.chance.below(self.drivers.len());
        if let Some(id) = self.chance.pick(&self.items) {
            let deed = Deed::Move { id, homes: self.homes(n) };
            let command = self.fresh();
            self.tell(|| format!("the system does {deed:?}"));
            self.server.does(&deed, command);
        }
    }

    fn forget(&mut self) {
        let seq = self.server.state.seq;
        let horizon = seq - (self.chance.below(12) as u64).min(seq);
        self.tell(|| format!("what left before {horizon} is forgotten"));
        self.server.prune(horizon);
    }

    fn crash(&mut self, n: usize) -> Result<(), Broken> {
        self.tried.crashes += 1;
        self.tell(|| format!("{n} crashes"));
        let (all_kept, before) = (self.drivers[n].is_all_kept(), self.drivers[n].items());
        let client = self.fresh();
        self.drivers[n].crash(client);
        if all_kept && before != self.drivers[n].items() {
            let what = format!("{before:?} before, {:?} after a crash", self.drivers[n].items());
            return Err(Broken { invariant: Invariant::Restart, what });
        }
        Ok(())
    }

    /// The browser's profile is copied to another machine, and both go on.
    fn copy(&mut self, n: usize) {
        let kept = self.drivers[n].kept.clone();
        if self.weather.copies && self.drivers.len() < DEVICES && kept.saved.is_some() {
            let client = self.fresh();
            let user = self.drivers[n].user;
            self.tell(|| format!("{n} is copied to {}", self.drivers.len()));
            self.drivers.push(Driver::start(user, kept, client));
            for copied in [n, self.drivers.len() - 1] {
                self.drivers[copied].is_copied = true;
            }
        }
    }

    /// The server starts anew from its last backup: every line breaks, and what it had taken since is gone from it.
    fn restore(&mut self) {
        if !self.server.restore() {
            return;
        }
        self.tried.restores += 1;
        self.tell(|| format!("the server is put back to {}", self.server.state.seq));
        for driver in &mut self.drivers {
            driver.cut_off();
            driver.unsee(|_| true);
        }
        self.ledger.restored(&self.drivers);
    }

    fn double(&mut self) {
        if !self.doubles.is_empty() {
            let n = self.chance.below(self.doubles.len());
            let (user, request) = self.doubles.swap_remove(n);
            self.tell(|| format!("comes once more: {request:?}"));
            _ = self.server.push(user, &request);
        }
    }

    /// Nothing is lost any more and nobody does anything new: two rounds of everybody must be enough.
    fn rest(&mut self) -> Result<(), Broken> {
        (self.weather.lost, self.weather.doubled) = (0, 0);
        while !self.doubles.is_empty() {
            self.double();
        }
        for _ in 0..2 {
            for n in 0..self.drivers.len() {
                self.round(n)?;
            }
        }
        invariants::at_rest(&self.server, &self.drivers, &self.ledger)
    }

    fn round(&mut self, n: usize) -> Result<(), Broken> {
        for _ in 0..DEVICES * 8 {
            self.save(n);
        }
        let over = self.drivers[n].rounds + 2;
        let mut steps = 0;
        while self.drivers[n].rounds < over || self.drivers[n].keep(self.server.sabotage) {
            while (0..=TABS).any(|tab| self.drivers[n].hear(tab)) {}
            self.advance(n)?;
            invariants::noted(&mut self.server, &mut self.drivers);
            invariants::still_seen(&self.drivers[n])?;
            steps += 1;
            if steps > BOUND {
                let what = format!("device {n} has asked {steps} times and is not through");
                return Err(Broken { invariant: Invariant::Liveness, what });
            }
        }
        while (0..=TABS).any(|tab| self.drivers[n].hear(tab)) {}
        invariants::on_the_server(&self.server)
    }
}
