//! Devices that work on a running server over lines that break, and whether what they were told is on the disk.

use std::{io, path::Path, sync::mpsc::Sender};

use domain::{
    access::{Reach, Role},
    change::Command,
    id::{ClientId, CustomerId, Id, TeamId},
    money::{Currency, Money},
    orders,
    sync::wire::{MAX_MUTATIONS, Mutation, PushResponse, Verdict},
    tickets,
    time::Date,
    timeline::{self, FollowUp, Method, Outcome},
};
use rand::{RngExt, SeedableRng, rngs::ChaCha12Rng};
use rusqlite::{Connection, OpenFlags};

use super::{
    super::{
        cli::{run, told},
        harness::{Folder, House, Somebody, fresh},
        portal::{line, prose},
        wire::{mutation, open, refused},
    },
    line::{Heard, Line, pushed},
};

const DEVICES: usize = 8;

/// What a command leaves behind if it is carried out: a row of this table.
#[derive(Debug, Clone, Copy)]
pub struct Trace(&'static str, Id);

/// A device with all that it ever sent, and what it was answered.
pub struct Device {
    pub who: Somebody,
    pub client: ClientId,
    team: TeamId,
    customer: Option<CustomerId>,
    pub sent: Vec<Mutation>,
    traces: Vec<Option<Trace>>,
    pub answered: Vec<Verdict>,
}

impl Device {
    fn new(who: Somebody, team: TeamId) -> Self {
        let (sent, traces, answered) = (Vec::new(), Vec::new(), Vec::new());
        Self { who, client: fresh(), team, customer: None, sent, traces, answered }
    }

    /// The next command: about the customer opened last, sometimes one that a rule refuses.
    pub fn next(&mut self, chance: &mut ChaCha12Rng) {
        let (command, trace) = match (self.customer, chance.random_range(0..8)) {
            (None, _) | (_, 0) => {
                let (id, command) = open("拾禾餐饮", self.team);
                self.customer = Some(id);
                (command, Some(Trace("customer", id.into())))
            }
            (_, 1) => (refused(self.team), None),
            (Some(customer), 2 | 3) => follow_up(customer),
            (Some(customer), 4 | 5) => ticket(customer),
            (Some(customer), _) => order(customer),
        };
        self.sent.push(mutation(self.sent.len() as u64 + 1, &command));
        self.traces.push(trace);
    }

    pub fn connect(&self, address: &str) -> io::Result<Line> {
        Line::connect(address, &self.who)
    }

    /// Sends what has no answer yet; hands back an answer that holds no verdicts.
    pub fn offer(&mut self, line: &mut Line) -> io::Result<Option<Heard>> {
        let left = &self.sent[self.answered.len()..];
        let heard = line.post("/sync/push", &pushed(self.client, &left[..left.len().min(MAX_MUTATIONS)]))?;
        if heard.status != 200 {
            return Ok(Some(heard));
        }
        self.answered.extend(heard.ok::<PushResponse>().results);
        Ok(None)
    }

    /// Pushes until the line breaks; says of each command that it is acknowledged.
    pub fn work(&mut self, address: &str, seed: u64, acknowledged: &Sender<()>) {
        let mut chance = ChaCha12Rng::seed_from_u64(seed);
        let Ok(mut line) = self.connect(address) else { return };
        loop {
            let before = self.answered.len();
            (0..chance.random_range(1..4)).for_each(|_| self.next(&mut chance));
            let Ok(heard) = self.offer(&mut line) else { return };
            assert_eq!(heard, None);
            // Nobody counts any more once the server is gone.
            (before..self.answered.len()).for_each(|_| _ = acknowledged.send(()));
        }
    }

    /// Sends until nothing is without an answer.
    pub fn finish(&mut self, address: &str) {
        let mut line = self.connect(address).expect("a connection");
        while self.answered.len() < self.sent.len() {
            assert_eq!(self.offer(&mut line).expect("an answer"), None);
        }
    }

    /// Everything once more, as a device that lost its answers; what it had been told it is told again.
    pub fn again(&mut self, address: &str) {
        let told = std::mem::take(&mut self.answered);
        self.finish(address);
        assert_eq!(self.answered[..told.len()], told, "another verdict than before");
    }
}

pub fn follow_up(customer: CustomerId) -> (Command, Option<Trace>) {
    let record = FollowUp { method: Method::Call, outcome: Outcome::Reached, contact: None, with: None, details: prose("谈了续约") };
    let (id, happened_at) = (fresh(), domain::time::Instant(0));
    let command = timeline::Command::FollowUp { id, customer, happened_at, record, finishes: None, next: None };
    (Command::Timeline(command), Some(Trace("timeline_entry", id.into())))
}

pub fn ticket(customer: CustomerId) -> (Command, Option<Trace>) {
    let (id, kind, channel) = (fresh(), tickets::Kind::Support, tickets::Channel::Phone);
    let (subject, text) = (line("蒸汽棒漏水"), prose("一直滴水"));
    let draft = tickets::Draft { customer, contact: None, kind, channel, subject, text, files: Vec::new(), priority: None, assignee: None };
    (Command::Tickets(tickets::Command::Open { id, draft: Box::new(draft) }), Some(Trace("ticket", id.into())))
}

/// Paid at once, so that it counts for what its customer is worth.
pub fn order(customer: CustomerId) -> (Command, Option<Trace>) {
    let (id, on) = (fresh(), Date::from_days(20_000));
    let amount = Money::new(12_800).expect("an amount");
    let (no, what, pieces, paid_on) = (None, None, None, Some(on));
    let draft = orders::Draft { no, customer, ordered_on: on, what, pieces, amount, currency: Currency::Cny, paid_on, earns: true };
    (Command::Orders(orders::Command::Record { id, draft: Box::new(draft) }), Some(Trace("sales_order", id.into())))
}

/// A company on the disk, and eight of its people with a device each.
pub fn company() -> (Folder, Vec<Device>) {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let house = House::founded_now(Reach::Team).await;
        let east = house.team("华东").await;
        let mut devices = Vec::new();
        for n in 0..DEVICES {
            let role = [Role::Sales, Role::Service, Role::Manager, Role::Admin][n % 4];
            devices.push(Device::new(house.join("林知遥", role, &[east]).await, east));
        }
        (house.closed(), devices)
    })
}

pub fn reader(data: &Path) -> Connection {
    Connection::open_with_flags(data.join("guanxi.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the database")
}

/// Whether this is on the disk as it was acknowledged: one entry of the audit, and its row unless it was refused.
fn is_kept(disk: &Connection, mutation: &Mutation, trace: Option<Trace>, verdict: &Verdict) -> bool {
    let count = |sql: &str, id: Id| -> i64 {
        disk.prepare_cached(sql).and_then(|mut sql| sql.query_row([id.bytes()], |row| row.get(0))).expect("a number")
    };
    let audited = if verdict.ok { "IS NULL" } else { "IS NOT NULL" };
    let right = count(&format!("SELECT count(*) FROM audit WHERE command = ?1 AND refused {audited}"), mutation.cmd_id.into());
    let all = count("SELECT count(*) FROM audit WHERE command = ?1", mutation.cmd_id.into());
    let rows = trace.map_or(0, |Trace(table, id)| count(&format!("SELECT count(*) FROM {table} WHERE id = ?1"), id));
    (right, all, rows) == (1, 1, i64::from(verdict.ok))
}

pub fn lost(data: &Path, devices: &[Device]) -> usize {
    let disk = reader(data);
    let known = devices.iter().flat_map(|device| device.sent.iter().zip(&device.traces).zip(&device.answered));
    known.filter(|((sent, trace), verdict)| !is_kept(&disk, sent, **trace, verdict)).count()
}

/// As many of each as were sent, in what follows from them too.
pub fn assert_nothing_twice(data: &Path, devices: &[Device]) {
    let disk = reader(data);
    let count = |sql: &str| disk.query_row(sql, (), |row| row.get::<_, u32>(0)).expect("a number") as usize;
    let sent = |of: &str| devices.iter().flat_map(|device| device.traces.iter().flatten()).filter(|trace| trace.0 == of).count();
    for table in ["customer", "ticket", "sales_order"] {
        assert_eq!(count(&format!("SELECT count(*) FROM {table}")), sent(table), "{table}");
    }
    assert_eq!(count("SELECT count(*) FROM timeline_entry WHERE what LIKE '%followed_up%'"), sent("timeline_entry"));
    assert_eq!(count("SELECT count(*) FROM timeline_entry WHERE what LIKE '%opened%' AND what NOT LIKE '%ticket%'"), sent("customer"));
    assert_eq!(count("SELECT count(*) FROM ticket_entry"), sent("ticket"));
    assert_eq!(count("SELECT coalesce(max(no) - min(no) + 1, 0) FROM ticket"), sent("ticket"), "numbers without gaps");
    assert_eq!(count("SELECT coalesce(sum(orders), 0) FROM customer_worth"), sent("sales_order"));
}

pub fn assert_sound(data: &Path) {
    let said = told(&run(data, &["check"], ""));
    // After a minute it also names the first backup.
    assert!(said.starts_with("Everything is as it should be."), "{said}");
}
