//! Devices that worked alone for long: all of it arrives, whatever happened to their sign-in and to each other's work.

use std::time::Instant;

use domain::{
    access::{Reach, Role},
    change::Command,
    customers::{self, Customer, Edit, Was},
    id::{CommandId, CustomerId, Id, TeamId},
    row::Row,
    session::SignIn,
};
use serde::Serialize;
use tokio::runtime::Runtime;

use super::{
    super::{
        auth::{PASSWORD, set_password},
        cli::{HERE, Serving},
        device::{Fate, Machine, Reached},
        harness::{Folder, House, Somebody, damage, name},
        wire::open,
    },
    devices::{assert_sound, follow_up, order, reader, ticket},
    line::Line,
};

/// Over a line of its own, as a device that finds its network again.
impl Reached for Serving {
    async fn ask(&self, who: &Somebody, path: &str, body: &impl Serialize) -> (u16, String) {
        let heard = Line::connect(&self.address, who).and_then(|mut line| line.post(path, body)).expect("an answer");
        (heard.status, heard.text)
    }
}

/// A company whose managers have passwords, as a program that runs.
pub struct Company {
    pub server: Serving,
    pub folder: Folder,
    pub team: TeamId,
    names: Vec<String>,
    pub machines: Vec<Machine>,
    pub runtime: Runtime,
}

impl Company {
    pub fn of(managers: usize, before: &'static str) -> Self {
        let runtime = Runtime::new().expect("threads");
        let (folder, team, names, machines) = runtime.block_on(async {
            let house = House::founded_now(Reach::Team).await;
            let team = house.team("华东").await;
            let (mut names, mut machines) = (Vec::new(), Vec::new());
            for _ in 0..managers {
                let who = house.join("顾青", Role::Manager, &[]).await;
                names.push(set_password(&house, who.person, PASSWORD).await);
                machines.push(Machine::new(who));
                machines.iter_mut().for_each(|machine| machine.page_bytes = 1 << 18);
            }
            damage(&house, before).await;
            (house.closed(), team, names, machines)
        });
        Self { server: Serving::start(folder.path(), HERE), folder, team, names, machines, runtime }
    }

    pub fn sign_in_again(&mut self) {
        for (machine, name) in self.machines.iter_mut().zip(&self.names) {
            let nobody = Somebody { person: machine.who.person, cookie: String::new() };
            let mut line = Line::connect(&self.server.address, &nobody).expect("a connection");
            let entered = line.post("/auth/sign-in", &SignIn { who: name.clone(), password: PASSWORD.to_owned() }).expect("an answer");
            let cookie = entered.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
            machine.who.cookie = cookie.expect("a session").to_owned();
        }
    }

    /// As the application does it: all is sent, then what is new is fetched.
    pub fn settle(&mut self) {
        // Twice: what one device sent last, the others fetch in the second round.
        for _ in 0..2 {
            for machine in &mut self.machines {
                while machine.device.push_request().is_some() {
                    self.runtime.block_on(machine.push(&self.server, Fate::Arrives));
                }
                self.runtime.block_on(machine.settle(&self.server));
            }
        }
    }

    /// Whether each of these was judged once, and as the device was told.
    pub fn assert_judged_once(&self, machine: &Machine, commands: &[CommandId]) {
        let disk = reader(self.folder.path());
        let mut judged = disk.prepare("SELECT count(*), count(refused) FROM audit WHERE command = ?1").expect("a statement");
        for command in commands {
            let found: (u32, u32) = judged.query_row([Id::from(*command).bytes()], |row| Ok((row.get(0)?, row.get(1)?))).expect("a number");
            assert_eq!(found, (1, u32::from(machine.refused.contains(command))), "{command}");
        }
    }

    pub fn assert_the_same_everywhere(&self) {
        let base = self.machines[0].base();
        assert!(self.machines.iter().all(|machine| machine.base() == base));
        assert_sound(self.folder.path());
    }
}

/// So many commands, as a day on the road brings them.
fn work(machine: &mut Machine, team: TeamId, count: usize) {
    let (mut customer, mut called) = (CustomerId::from(Id::ONLY), "拾禾餐饮".to_owned());
    for n in 0..count {
        let command = match n % 10 {
            0 => {
                called = format!("客户{n}");
                let (id, command) = open(&called, team);
                customer = id;
                command
            }
            1..4 => follow_up(customer).0,
            4 => ticket(customer).0,
            5 => order(customer).0,
            _ => {
                let was = std::mem::replace(&mut called, format!("客户{n}"));
                rename(customer, &was, &called)
            }
        };
        machine.submit(&command);
    }
}

fn rename(id: CustomerId, was: &str, now: &str) -> Command {
    let edit = Edit::Name(Was { was: Some(name(was)), now: Some(name(now)) });
    Command::Customers(customers::Command::Edit { id, edits: vec![edit] })
}

#[test]
fn an_expired_sign_in_loses_no_unsent_command() {
    let mut company = Company::of(1, "UPDATE access_session SET seen_at = 0, created_at = 0");
    let (server, machine) = (&company.server, &mut company.machines[0]);
    work(machine, company.team, 200);
    for _ in 0..3 {
        let (status, text) = company.runtime.block_on(machine.send(server, Fate::Arrives)).expect("no verdicts");
        assert!(status == 401 && text.contains("auth.signed_out"), "{status} {text}");
        machine.crash();
        assert_eq!(machine.device.pending().len(), 200);
    }
    company.sign_in_again();
    company.settle();
    let machine = &company.machines[0];
    assert_eq!((machine.made.len(), machine.refused.len()), (200, 0));
    company.assert_judged_once(machine, &machine.made);
    company.assert_the_same_everywhere();
}

/// C8
#[test]
fn a_week_of_work_arrives_at_once() {
    let count = if domain::testing::is_full() { 5_000 } else { 300 };
    let mut company = Company::of(1, "");
    work(&mut company.machines[0], company.team, count);
    let began = Instant::now();
    company.settle();
    eprintln!("{count} commands made offline arrived, and came back, in {:.1?}", began.elapsed());
    let machine = &company.machines[0];
    assert_eq!((machine.made.len(), machine.refused.len()), (count, 0));
    company.assert_judged_once(machine, &machine.made);
    company.assert_the_same_everywhere();
}

/// C11: both change the same field, another field, or close what the other goes on with.
#[test]
fn two_devices_that_changed_the_same_end_equal_and_nothing_is_dropped_silently() {
    let count = if domain::testing::is_full() { 500 } else { 30 };
    let mut company = Company::of(2, "");
    let customers: Vec<_> = (0..count).map(|n| open(&format!("客户{n}"), company.team)).collect();
    for (_, command) in &customers {
        company.machines[0].submit(command);
    }
    company.settle();
    let mut texts = Vec::new();
    for (n, (id, _)) in customers.iter().enumerate() {
        for (device, called) in [format!("甲{n}"), format!("乙{n}")].into_iter().enumerate() {
            let command = match (n % 3, device) {
                (2, 0) => Command::Customers(customers::Command::Archive { id: *id }),
                _ => rename(*id, &format!("客户{n}"), &called),
            };
            let made = company.machines[device].submit(&command);
            texts.extend((n % 3 != 2 || device == 1).then_some((device, made, called)));
        }
    }
    company.settle();
    company.assert_the_same_everywhere();
    for machine in &company.machines {
        company.assert_judged_once(machine, &machine.made);
    }
    // What was written is the name now, is in the history beside what wrote over it, or its author was told that it was refused.
    let disk = reader(company.folder.path());
    let mut history = disk.prepare("SELECT count(*) FROM timeline_entry WHERE what LIKE '%\"' || ?1 || '\"%'").expect("a statement");
    let names: Vec<_> = (0..count).filter_map(|pick| company.machines[1].customer(pick)?.name).collect();
    let mut told = 0;
    for (device, made, called) in texts {
        let kept: u32 = history.query_row([&called], |row| row.get(0)).expect("a number");
        let refused = company.machines[device].refused.contains(&made);
        assert!(refused || kept > 0, "{called} is nowhere");
        assert!(refused != (kept > 0 || names.contains(&name(&called))), "{called}");
        told += u32::from(refused);
    }
    let unseen: u32 =
        disk.query_row("SELECT count(*) FROM timeline_entry WHERE what LIKE '%\"unseen\":true%'", (), |row| row.get(0)).expect("a number");
    eprintln!("{count} customers changed by two devices: {unseen} written over and kept in the history, {told} refused and told");
    assert!(unseen > 0 && told > 0 && company.machines[0].base().keys().any(|(entity, _)| entity == Customer::ENTITY));
}
