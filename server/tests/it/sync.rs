//! Sync as a whole: devices that work alone, lose messages, crash and lose grants come to what the server has.

use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::{self, ContactDraft, CustomerState, Edit, Was},
    id::{CommandId, PersonId, TeamId},
    settings, team,
    text::{Line, Prose},
    timeline::{self, FollowUp, Method, Outcome, StepDraft},
};
use proptest::{collection::vec, prelude::*};
use server::sync::retention;

use super::{
    device::{Fate, Machine, moment, visible},
    harness::{Folder, House, fresh, name},
    wire::{open, refused},
};

#[derive(Debug, Clone, Copy)]
enum Step {
    Submit {
        device: usize,
        kind: u8,
        pick: usize,
    },
    Push {
        device: usize,
        fate: Fate,
    },
    Pull {
        device: usize,
        fate: Fate,
    },
    Crash {
        device: usize,
    },
    /// Somebody opens a customer: its history is wanted on the device from now on.
    Open {
        device: usize,
        pick: usize,
    },
    /// What a device's user may see changes.
    Grant {
        device: usize,
        to: u8,
    },
    Reach {
        own: bool,
    },
    /// A month passes: tombstones are forgotten.
    Month,
    /// A copy of the server's database is taken.
    Copy,
    /// The last copy is put in its place: what came after is lost there, and another history begins.
    Restore,
}

const DEVICES: usize = 3;

fn step() -> impl Strategy<Value = Step> {
    let device = 0..DEVICES;
    let fate = prop_oneof![4 => Just(Fate::Arrives), 1 => Just(Fate::RequestLost), 1 => Just(Fate::AnswerLost)];
    prop_oneof![
        8 => (device.clone(), 0u8..9, 0usize..8).prop_map(|(device, kind, pick)| Step::Submit { device, kind, pick }),
        6 => (device.clone(), fate.clone()).prop_map(|(device, fate)| Step::Push { device, fate }),
        9 => (device.clone(), fate).prop_map(|(device, fate)| Step::Pull { device, fate }),
        1 => device.clone().prop_map(|device| Step::Crash { device }),
        2 => (device.clone(), 0usize..8).prop_map(|(device, pick)| Step::Open { device, pick }),
        1 => (device, 0u8..4).prop_map(|(device, to)| Step::Grant { device, to }),
        1 => any::<bool>().prop_map(|own| Step::Reach { own }),
        1 => Just(Step::Month),
        1 => Just(Step::Copy),
        1 => Just(Step::Restore),
    ]
}

/// The house, two teams, and three devices: a salesperson's of each team, and a manager's, who sees both.
struct World {
    house: House,
    teams: [TeamId; 2],
    machines: Vec<Machine>,
    months: usize,
    copy: Option<Folder>,
}

impl World {
    async fn new() -> Self {
        let house = House::founded(Reach::Team).await;
        let teams = [house.team("华东").await, house.team("华西").await];
        let mut machines = Vec::new();
        for (text, role, teams) in
            [("林知遥", Role::Sales, &teams[..1]), ("沈一白", Role::Sales, &teams[1..]), ("顾青", Role::Manager, &[])]
        {
            machines.push(Machine::new(house.join(text, role, teams).await));
        }
        Self { house, teams, machines, months: 0, copy: None }
    }

    async fn take(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Submit { device, kind, pick } => self.submit(device, kind, pick),
            Step::Push { device, fate } => self.machines[device].push(&self.house, fate).await,
            Step::Pull { device, fate } => {
                if self.machines[device].pull(&self.house, fate).await {
                    self.is_as_the_server_sees(device).await?;
                }
            }
            Step::Crash { device } => self.machines[device].crash(),
            Step::Open { device, pick } => self.machines[device].open(pick),
            Step::Grant { device, to } => {
                let teams = [&self.teams[..0], &self.teams[..1], &self.teams[1..], &self.teams[..]][usize::from(to)].to_vec();
                // The manager stays one: what they made they see.
                let role = if device == 2 { Role::Manager } else { Role::Sales };
                let edit = team::PersonEdit { name: name("同事"), role, department: None, teams, absent_until: None };
                self.order(Command::Team(team::Command::EditPerson { id: self.machines[device].who.person, edit })).await;
            }
            Step::Reach { own } => {
                let reach = if own { Reach::Own } else { Reach::Team };
                self.order(Command::Settings(settings::Command::SetSalesReach { reach })).await;
            }
            Step::Month => self.month().await,
            Step::Copy => self.copy = Some(self.house.copy()),
            Step::Restore => self.restore().await,
        }
        self.keeps_what_its_user_made()
    }

    async fn order(&self, command: Command) {
        let done = self.house.command(Actor::System, command).await.expect("no trouble");
        assert_eq!(done, Ok(()));
    }

    async fn month(&mut self) {
        self.months += 1;
        self.house.clock.move_to(moment(self.months * 31 * 24 * 60));
        while self.house.db.write_when_idle(retention::sweep).await.expect("a sweep") {}
        for machine in &mut self.machines {
            machine.who = self.house.sign_in(machine.who.person).await;
        }
    }

    async fn restore(&mut self) {
        let Some(copy) = self.copy.take() else { return };
        self.house = House::restored(copy, self.house.clock.clone()).await;
        for machine in &mut self.machines {
            machine.who = self.house.sign_in(machine.who.person).await;
            // What is no longer pending went with the old history.
            let kept: Vec<CommandId> = machine.device.pending().iter().map(|pending| pending.mutation.cmd_id).collect();
            machine.made.retain(|command| kept.contains(command));
            machine.opened.retain(|(command, _)| kept.contains(command));
        }
    }

    fn submit(&mut self, device: usize, kind: u8, pick: usize) {
        let (team, machine) = (self.teams[pick % 2], &mut self.machines[device]);
        let me = machine.who.person;
        let Some(customer) = machine.customer(pick).filter(|_| kind > 1) else {
            let (id, command) = if kind == 0 { (fresh(), refused(team)) } else { open(&format!("客户{pick}"), team) };
            let made = machine.submit(&command);
            if kind != 0 && device == 2 {
                machine.opened.push((made, id));
            }
            return;
        };
        machine.submit(&about(&customer, kind, pick, me, team));
    }

    /// After a pull that is complete: the rows that may be seen, in the form in which they may be seen, and no other.
    async fn is_as_the_server_sees(&self, device: usize) -> Result<(), TestCaseError> {
        let machine = &self.machines[device];
        prop_assert_eq!(machine.base(), visible(&self.house, &machine.who, machine.device.saved().pins.clone()).await);
        Ok(())
    }

    /// No flicker: from its making on, until it is refused, what somebody made is there.
    fn keeps_what_its_user_made(&self) -> Result<(), TestCaseError> {
        let manager = &self.machines[2];
        for (command, id) in &manager.opened {
            prop_assert!(manager.refused.contains(command) || manager.sees(*id), "{id} is gone");
        }
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), TestCaseError> {
        // Twice: what one device sent last, the others fetch in the second round.
        for _ in 0..2 {
            for device in 0..DEVICES {
                self.machines[device].settle(&self.house).await;
                self.is_as_the_server_sees(device).await?;
            }
        }
        self.keeps_what_its_user_made()?;
        let twice = "SELECT count(*) FROM (SELECT command FROM audit WHERE command IS NOT NULL AND refused IS NULL \
             GROUP BY command HAVING count(*) > 1)";
        prop_assert_eq!(self.house.count(twice).await, 0, "a command was carried out twice");
        for machine in &self.machines {
            for command in &machine.made {
                let judged = self.judged(*command).await;
                prop_assert!(judged, "{command} was lost");
            }
        }
        prop_assert_eq!(server::db::check(&self.house.file()), []);
        Ok(())
    }

    async fn judged(&self, command: CommandId) -> bool {
        let key = domain::id::Id::from(command).bytes();
        let found = self
            .house
            .db
            .read(move |snapshot| Ok(snapshot.connection().prepare_cached("SELECT 1 FROM audit WHERE command = ?1")?.exists([key])?));
        found.await.expect("the audit to be read")
    }
}

/// Something that may be done with a customer.
fn about(customer: &customers::Customer, kind: u8, pick: usize, me: PersonId, team: TeamId) -> Command {
    let id = customer.id;
    match kind {
        2 => {
            let edit = Edit::Name(Was { was: customer.name.clone(), now: Some(name(&format!("改名{pick}"))) });
            Command::Customers(customers::Command::Edit { id, edits: vec![edit] })
        }
        3 => {
            let draft =
                ContactDraft { name: name("周以宁"), position: None, decision_role: None, phone: None, email: None, preferences: None };
            Command::Customers(customers::Command::AddContact { id: fresh(), customer: id, draft })
        }
        4 | 5 => {
            let details = Prose::parse("谈了续约").expect("prose");
            let record = FollowUp { method: Method::Call, outcome: Outcome::Reached, contact: None, with: None, details };
            let step = StepDraft { id: fresh(), text: Line::parse("回访").expect("a line"), due: moment(pick), who: me };
            let happened_at = moment(0);
            Command::Timeline(timeline::Command::FollowUp {
                id: fresh(),
                customer: id,
                happened_at,
                record,
                finishes: None,
                next: Some(step),
            })
        }
        6 => Command::Customers(match customer.state {
            CustomerState::Active => customers::Command::Archive { id },
            CustomerState::Archived => customers::Command::Restore { id },
        }),
        _ => Command::Customers(customers::Command::Transfer { id, from: customer.owner, to: Some(me), team }),
    }
}

/// Every case small in `cargo test`, many with `GUANXI_FULL`.
fn cases() -> u32 {
    if std::env::var_os("GUANXI_FULL").is_some() { 3_000 } else { 30 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn devices_that_worked_alone_converge_with_the_server(steps in vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut world = World::new().await;
            for step in steps {
                world.take(step).await?;
            }
            world.settle().await
        })?;
    }
}

/// Found by the property above: the device had never pulled, so only the answer to its push named the history.
#[tokio::test]
async fn what_a_lost_history_had_taken_is_sent_again() {
    let mut world = World::new().await;
    let arrives = Fate::Arrives;
    for step in [Step::Submit { device: 2, kind: 1, pick: 0 }, Step::Copy, Step::Push { device: 2, fate: arrives }, Step::Restore] {
        world.take(step).await.expect("a step");
    }
    world.settle().await.expect("everything to settle");
    assert_eq!(world.house.count("SELECT count(*) FROM customer").await, 1);
}
