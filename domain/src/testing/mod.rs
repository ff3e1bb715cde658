//! What tests share: people, an office to try commands in, a store in memory, strategies for what people type.

mod typed;

pub use typed::{emails, lines, masked_phones, names, phones, proses};

use crate::{
    access::{Reach, Role},
    attachments,
    calendar::Calendar,
    change::{self, Command, Event, Refusal, Stop},
    context::{Actor, Context},
    customers::{self, Customer, CustomerDraft},
    id::{
        AnswerId, CommandId, ContactId, CustomerId, EntryId, Id, NoticeId, OrderId, PersonId, RedemptionId, RefundId, RewardId, StepId,
        TeamId, TicketEntryId, TicketId,
    },
    loyalty,
    money::{Currency, Money, Points},
    notices, orders, portal,
    row::{Cell, Missing, Row, Rows},
    service_level::Targets,
    settings::{self, Company},
    surveys,
    team::{self, Person, PersonState, Team, Teams},
    text::{Line, Name, Phone, Prose},
    tickets,
    time::{Date, Instant, Zone},
    timeline,
};
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// How many of something a test tries: all tests run small with each change, at a hundred times the size when asked.
#[must_use]
pub fn size(small: u32) -> u32 {
    if is_full() { small * 100 } else { small }
}

/// Whether `GUANXI_FULL` asks for the full size.
#[must_use]
pub fn is_full() -> bool {
    std::env::var_os("GUANXI_FULL").is_some_and(|value| !value.is_empty() && value != "0")
}

/// So many cases of a property, or a hundred times as many.
#[must_use]
pub fn cases(small: u32) -> ProptestConfig {
    ProptestConfig::with_cases(size(small))
}

/// Saturday, 21 November 2026, 12:00 in Shanghai.
pub const NOON: Instant = Instant(1_795_233_600_000);

/// An id that says what it names: a letter and a number.
#[must_use]
pub const fn id(letter: u8, n: u8) -> Id {
    Id::from_bytes([letter, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, n])
}

/// 何一, an administrator.
pub const HE: PersonId = PersonId(id(b'p', 1));
/// 周明, a manager.
pub const ZHOU: PersonId = PersonId(id(b'p', 2));
/// 林知夏, in sales.
pub const LIN: PersonId = PersonId(id(b'p', 3));
/// 沈知遥, in service.
pub const SHEN: PersonId = PersonId(id(b'p', 4));
/// Everybody in the office.
pub const PEOPLE: [(PersonId, &str, Role); 4] =
    [(HE, "何一", Role::Admin), (ZHOU, "周明", Role::Manager), (LIN, "林知夏", Role::Sales), (SHEN, "沈知遥", Role::Service)];

/// 华东, the team of Lin and Shen.
pub const EAST: TeamId = TeamId(id(b't', 1));
/// 华南.
pub const SOUTH: TeamId = TeamId(id(b't', 2));

/// 拾禾餐饮, Lin's customer.
pub const SHIHE: CustomerId = CustomerId(id(b'c', 0));
/// 木屿, nobody's customer.
pub const MUYU: CustomerId = CustomerId(id(b'c', 1));

#[must_use]
pub fn name(text: &str) -> Name {
    Name::parse(text).expect("a name")
}
#[must_use]
pub fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}
#[must_use]
pub fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("prose")
}
#[must_use]
pub fn phone(text: &str) -> Phone {
    Phone::parse(text).expect("a telephone number")
}

#[must_use]
pub fn company() -> Company {
    Company {
        id: Id::ONLY,
        name: name("关系样板公司"),
        zone: Zone::fixed("Asia/Shanghai", 8 * 3_600),
        currency: Currency::Cny,
        sales_reach: Reach::Own,
        calendar: Calendar::default(),
        targets: Targets::default(),
        created_at: NOON,
        updated_at: NOON,
    }
}

#[must_use]
pub fn person(id: PersonId, text: &str, role: Role) -> Person {
    Person {
        id,
        name: name(text),
        role,
        department: None,
        teams: Teams(vec![EAST]),
        state: PersonState::Active,
        absent_until: None,
        successor: None,
        created_at: NOON,
    }
}

#[must_use]
pub fn customer(id: CustomerId, text: &str, owner: Option<PersonId>) -> Customer {
    let draft = CustomerDraft { name: Some(name(text)), owner, ..CustomerDraft::of(customers::Kind::Company, EAST) };
    draft.opened(id, NOON)
}

/// Every row there is, in memory. As the server's, it is certain about what is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Store {
    rows: BTreeMap<(&'static str, Id), String>,
}

impl Store {
    /// Every row: entity, id, JSON.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Id, &str)> {
        self.rows.iter().map(|((entity, id), json)| (*entity, *id, json.as_str()))
    }

    /// All rows of a type, by id.
    #[must_use]
    pub fn all<T: Row>(&self) -> Vec<T> {
        let from = (T::ENTITY, Id::ONLY);
        let same = self.rows.range(from..).take_while(|((entity, _), _)| *entity == T::ENTITY);
        same.map(|(_, json)| serde_json::from_str(json).expect("a row as it was written")).collect()
    }

    #[must_use]
    pub fn row<T: Row>(&self, id: impl Into<Id>) -> T {
        self.get(id).ok().flatten().expect("the row to be there")
    }

    /// Writes what a test starts from.
    #[must_use]
    pub fn with<T: Row>(mut self, row: &T) -> Self {
        self.put(row).expect("memory takes everything");
        self
    }
}

impl Rows for Store {
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        self.rows.get(&(T::ENTITY, id.into())).map(|json| serde_json::from_str(json)).transpose().map_err(|_| Missing)
    }

    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing> {
        let column = T::COLUMNS.iter().position(|it| it.name == column).ok_or(Missing)?;
        Ok(self.all::<T>().into_iter().filter(|row| row.cells().get(column) == Some(value)).collect())
    }

    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing> {
        let json = serde_json::to_string(row).map_err(|_| Missing)?;
        self.rows.insert((T::ENTITY, row.id()), json);
        Ok(())
    }

    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing> {
        self.rows.remove(&(T::ENTITY, id.into()));
        Ok(())
    }
}

/// A company of four people and two customers, and a clock that stands until somebody moves it.
#[derive(Debug, Clone)]
pub struct Office {
    pub store: Store,
    pub now: Instant,
    commands: u8,
}

impl Default for Office {
    fn default() -> Self {
        let mut store = Store::default().with(&company()).with(&Team { id: EAST, name: name("华东"), created_at: NOON }).with(&Team {
            id: SOUTH,
            name: name("华南"),
            created_at: NOON,
        });
        for (id, text, role) in PEOPLE {
            store = store.with(&person(id, text, role));
        }
        for customer in [customer(SHIHE, "拾禾餐饮", Some(LIN)), customer(MUYU, "木屿", None)] {
            store = store.with(&customer).with(&customers::Figure::new(customer.id)).with(&customers::Worth::new(customer.id));
        }
        for (n, (person, ..)) in (4..).zip(PEOPLE) {
            store = store.with(&attachments::strategies::stored(n, Actor::Staff(person)));
        }
        let programme = loyalty::Programme::usual(Money::new(100).unwrap_or_default(), company().today(NOON), NOON);
        store = store.with(&programme).with(&loyalty::Version::first(&programme));
        Self { store, now: NOON, commands: 0 }
    }
}

impl Office {
    /// Does it as the server does: what is refused leaves no trace.
    pub fn does(&mut self, by: PersonId, command: &Command) -> Result<Vec<Event>, Refusal> {
        self.acts(Actor::Staff(by), |rows, context| change::run(rows, command, context))
    }

    /// What a job does.
    pub fn by_itself(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        self.acts(Actor::System, |rows, context| change::run(rows, command, context))
    }

    /// What a customer does in the portal, over the rows themselves.
    pub fn in_portal(&mut self, contact: ContactId, customer: CustomerId, command: &portal::Command) -> Result<Vec<Event>, Refusal> {
        self.acts(Actor::Portal { contact, customer }, |rows, context| {
            let mut events = portal::decide(rows, command, context)?;
            for event in &events {
                event.apply(rows)?;
            }
            change::react(rows, &mut events, context);
            Ok(events)
        })
    }

    fn acts(&mut self, by: Actor, act: impl FnOnce(&mut Store, &Context) -> Result<Vec<Event>, Stop>) -> Result<Vec<Event>, Refusal> {
        self.commands += 1;
        let context = acting(self.now, by, self.commands);
        let before = self.store.clone();
        match act(&mut self.store, &context) {
            Ok(events) => Ok(events),
            Err(Stop::Refused(refusal)) => {
                assert_eq!(self.store, before, "a refused command has written something");
                Err(refusal)
            }
            Err(Stop::Unknown) => panic!("the server can always tell"),
        }
    }

    /// As [`Office::does`], for what the test needs done first.
    pub fn did(&mut self, by: PersonId, command: &Command) -> Vec<Event> {
        self.does(by, command).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"))
    }
}

/// The circumstances of the `n`th command, carried out by this person.
#[must_use]
pub fn at(now: Instant, by: PersonId, n: u8) -> Context {
    acting(now, Actor::Staff(by), n)
}

/// The same, carried out by anybody.
#[must_use]
pub fn acting(now: Instant, by: Actor, n: u8) -> Context {
    let company = company();
    Context::new(now, company.today(now), by, command_id(n)).under(Arc::new(company.terms()))
}

#[must_use]
pub fn command_id(n: u8) -> CommandId {
    CommandId(id(b'x', n))
}

/// The ids that commands about one customer draw from, so that they meet.
#[derive(Debug, Clone, Copy)]
pub struct About(pub u8);

impl About {
    #[must_use]
    pub fn customer(self) -> CustomerId {
        id(b'c', self.0).into()
    }
    pub fn contacts(self) -> impl Strategy<Value = ContactId> {
        (0..3u8).prop_map(move |n| id(b'k', self.0 * 16 + n).into())
    }
    pub fn entries(self) -> impl Strategy<Value = EntryId> {
        (0..3u8).prop_map(move |n| id(b'e', self.0 * 16 + n).into())
    }
    pub fn orders(self) -> impl Strategy<Value = OrderId> {
        (0..3u8).prop_map(move |n| id(b'o', self.0 * 16 + n).into())
    }
    pub fn refunds(self) -> impl Strategy<Value = RefundId> {
        (0..4u8).prop_map(move |n| id(b'r', self.0 * 16 + n).into())
    }
    pub fn redemptions(self) -> impl Strategy<Value = RedemptionId> {
        (0..3u8).prop_map(move |n| id(b'd', self.0 * 16 + n).into())
    }
    pub fn answers(self) -> impl Strategy<Value = AnswerId> {
        (0..3u8).prop_map(move |n| id(b'q', self.0 * 16 + n).into())
    }
    /// Rewards are everybody's.
    pub fn rewards(self) -> impl Strategy<Value = RewardId> {
        (0..3u8).prop_map(|n| id(b'a', n).into())
    }
    pub fn tickets(self) -> impl Strategy<Value = TicketId> {
        (0..3u8).prop_map(move |n| id(b'w', self.0 * 16 + n).into())
    }
    pub fn ticket_entries(self) -> impl Strategy<Value = TicketEntryId> {
        (0..6u8).prop_map(move |n| id(b'm', self.0 * 16 + n).into())
    }
    pub fn steps(self) -> impl Strategy<Value = StepId> {
        (0..3u8).prop_map(move |n| id(b's', self.0 * 16 + n).into())
    }
}

pub fn people() -> impl Strategy<Value = PersonId> {
    (0..PEOPLE.len()).prop_map(|n| PEOPLE[n].0)
}
pub fn teams() -> impl Strategy<Value = TeamId> {
    (0..2u8).prop_map(|n| [EAST, SOUTH][usize::from(n)])
}

/// Notices that reactions made: their ids follow from the command's.
pub fn notice_ids() -> impl Strategy<Value = NoticeId> {
    (1..24u8, 0..3u32).prop_map(|(command, n)| Id::from(command_id(command)).derived(n).into())
}

/// A few moments around noon, so that the same ones come again.
pub fn moments() -> impl Strategy<Value = Instant> {
    (-2i64..3).prop_map(|n| NOON.plus_seconds(n * 240))
}
pub fn dates() -> impl Strategy<Value = Date> {
    prop_oneof![(20_000i64..21_000), (-719_162i64..2_932_896)].prop_map(Date::from_days)
}

/// The days around [`NOON`], the next one included.
pub fn recent_dates() -> impl Strategy<Value = Date> {
    let today = company().today(NOON);
    (-40i64..2).prop_map(move |days| today.plus_days(days))
}
pub fn moneys() -> impl Strategy<Value = Money> {
    prop_oneof![0..100_000i64, 0..=1_000_000_000_000i64].prop_filter_map("an amount", Money::new)
}
pub fn points() -> impl Strategy<Value = Points> {
    prop_oneof![0..1_000i64, 0..=1_000_000_000_000i64].prop_filter_map("points", Points::new)
}

/// Any command of the staff vocabulary about one customer, and with less weight about the company around it.
pub fn commands_about(about: About) -> BoxedStrategy<Command> {
    prop_oneof![
        6 => customers::strategies::commands(about).prop_map(Command::Customers),
        4 => timeline::strategies::commands(about).prop_map(Command::Timeline),
        4 => tickets::strategies::commands(about).prop_map(Command::Tickets),
        4 => orders::strategies::commands(about).prop_map(Command::Orders),
        3 => loyalty::strategies::commands(about).prop_map(Command::Loyalty),
        1 => surveys::strategies::commands(about).prop_map(Command::Surveys),
    ]
    .boxed()
}

/// Any command of the staff vocabulary.
pub fn commands() -> BoxedStrategy<Command> {
    prop_oneof![
        8 => prop_oneof![commands_about(About(0)), commands_about(About(1)), commands_about(About(2))],
        1 => team::strategies::commands().prop_map(Command::Team),
        1 => settings::strategies::commands().prop_map(Command::Settings),
        1 => notices::strategies::commands().prop_map(Command::Notices),
        1 => loyalty::strategies::programme_commands().prop_map(Command::Loyalty),
    ]
    .boxed()
}

/// What happens in an office in a while: who, when, what. The `n`th has the id [`command_id`]`(n + 1)`.
pub fn days(longest: usize) -> impl Strategy<Value = Vec<(PersonId, Instant, Command)>> {
    prop::collection::vec((people(), moments(), commands()), 1..longest)
}
