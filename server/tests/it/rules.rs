//! Commands on the server: whose rows they reach, what they leave behind, what only the server adds.

use domain::{
    access::{self, Reach, Right, Role},
    change::{Command, Refusal},
    context::Actor,
    customers::{self, ContactDraft, ContactEdit, Customer, CustomerDraft, Edit, Figure, Kind, Was},
    id::{ContactId, CustomerId, EntryId, PersonId, StepId, TeamId},
    notices::{Cause, Notice},
    row::Row,
    team,
    text::{CustomerNo, Line, Prose},
    timeline::{self, FollowUp, Method, Outcome, StepDraft},
};

use super::{
    harness::{House, NOON, Somebody, command_id, fresh, name},
    wire::{Holder, mutation, push, refusal, taken},
};

/// Rows that belong to one customer.
#[derive(Debug, Clone, Copy)]
struct Named {
    customer: CustomerId,
    contact: ContactId,
    entry: EntryId,
    step: StepId,
    team: TeamId,
    person: PersonId,
}

impl Named {
    fn absent() -> Self {
        Self { customer: fresh(), contact: fresh(), entry: fresh(), step: fresh(), team: fresh(), person: fresh() }
    }
}

struct Setting {
    house: House,
    ada: Somebody,
    /// What Ada sees.
    own: Named,
    /// What only Bo, of another team, sees.
    foreign: Named,
}

async fn setting() -> Setting {
    let house = House::founded(Reach::Team).await;
    let (east, west) = (house.team("华东").await, house.team("华西").await);
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let bo = house.join("沈一白", Role::Sales, &[west]).await;
    let own = belongings(&house, &ada, east).await;
    let foreign = belongings(&house, &bo, west).await;
    Setting { house, ada, own, foreign }
}

fn contact() -> ContactDraft {
    ContactDraft { name: name("周以宁"), position: None, decision_role: None, phone: None, email: None, preferences: None }
}

fn record() -> FollowUp {
    let details = Prose::parse("谈了续约").expect("prose");
    FollowUp { method: Method::Call, outcome: Outcome::Reached, contact: None, with: None, details }
}

fn step(id: StepId, who: PersonId) -> StepDraft {
    StepDraft { id, text: Line::parse("回访").expect("a line"), due: NOON, who }
}

fn opened(id: CustomerId, team: TeamId) -> Command {
    let draft = CustomerDraft { name: Some(name("拾禾餐饮")), ..CustomerDraft::of(Kind::Company, team) };
    Command::Customers(customers::Command::Open { id, draft: Box::new(draft), contacts: Vec::new() })
}

fn followed(id: EntryId, customer: CustomerId, finishes: Option<StepId>) -> Command {
    Command::Timeline(timeline::Command::FollowUp { id, customer, happened_at: NOON, record: record(), finishes, next: None })
}

async fn belongings(house: &House, who: &Somebody, team: TeamId) -> Named {
    let named = Named { team, person: who.person, ..Named::absent() };
    let Named { customer, contact: id, entry, step: planned, .. } = named;
    let add = Command::Customers(customers::Command::AddContact { id, customer, draft: contact() });
    let plan = Command::Timeline(timeline::Command::Plan { customer, step: step(planned, who.person) });
    for command in [opened(customer, team), add, followed(entry, customer, None), plan] {
        assert_eq!(house.command(who.actor(), command).await.expect("no trouble"), Ok(()));
    }
    named
}

/// Every place in which a command of Ada's names a row, filled with somebody else's.
fn reaching(own: Named, other: Named) -> Vec<Command> {
    use {customers::Command as C, timeline::Command as T};
    let named = Was { was: Some(name("拾禾餐饮")), now: Some(name("夺来")) };
    let (id, customer, text) = (other.contact, other.customer, Was { was: name("周以宁"), now: name("夺来") });
    let draft = |owner, team| Box::new(CustomerDraft { name: Some(name("新")), owner, ..CustomerDraft::of(Kind::Company, team) });
    let customers = [
        C::Edit { id: customer, edits: vec![Edit::Name(named)] },
        C::Archive { id: customer },
        C::Restore { id: customer },
        C::AddContact { id: fresh(), customer, draft: contact() },
        C::EditContact { id, edits: vec![ContactEdit::Name(text)] },
        C::RemoveContact { id },
        C::RestoreContact { id },
    ];
    let timeline = [
        T::FollowUp { id: fresh(), customer, happened_at: NOON, record: record(), finishes: None, next: None },
        T::FollowUp { id: fresh(), customer: own.customer, happened_at: NOON, record: record(), finishes: Some(other.step), next: None },
        T::Withdraw { id: other.entry },
        T::Reinstate { id: other.entry },
        T::Plan { customer, step: step(fresh(), own.person) },
        T::Reschedule { id: other.step, from: NOON, to: NOON.plus_seconds(60) },
        T::Finish { id: other.step },
        T::Drop { id: other.step },
        T::Reopen { id: other.step },
    ];
    // Nobody is hidden from colleagues, so these are only refused where there is nobody.
    let absent = [
        Command::Customers(C::Open { id: fresh(), draft: draft(None, Named::absent().team), contacts: Vec::new() }),
        Command::Customers(C::Open { id: fresh(), draft: draft(Some(fresh()), own.team), contacts: Vec::new() }),
        Command::Timeline(T::Plan { customer: own.customer, step: step(fresh(), fresh()) }),
    ];
    customers.map(Command::Customers).into_iter().chain(timeline.map(Command::Timeline)).chain(absent).collect()
}

/// A new row under the id of one that exists, which the author cannot see.
fn taking_over(own: Named, other: Named) -> Vec<Command> {
    use {customers::Command as C, timeline::Command as T};
    let draft = Box::new(CustomerDraft { name: Some(name("新")), ..CustomerDraft::of(Kind::Company, own.team) });
    let next = Some(step(other.step, own.person));
    vec![
        opened(other.customer, own.team),
        Command::Customers(C::Open { id: fresh(), draft, contacts: vec![(other.contact, contact())] }),
        Command::Customers(C::AddContact { id: other.contact, customer: own.customer, draft: contact() }),
        followed(other.entry, own.customer, None),
        Command::Timeline(T::FollowUp { id: fresh(), customer: own.customer, happened_at: NOON, record: record(), finishes: None, next }),
        Command::Timeline(T::Plan { customer: own.customer, step: step(other.step, own.person) }),
    ]
}

/// A1, A2, A3: foreign and absent are refused alike, and nothing is written.
#[tokio::test]
async fn no_id_in_a_command_reaches_a_foreign_row() {
    let Setting { house, ada, own, foreign } = setting().await;
    let absent = Named { team: own.team, person: own.person, ..Named::absent() };
    let before = house.everything().await;
    let cases: Vec<Command> = [reaching(own, foreign), reaching(own, absent), taking_over(own, foreign)].into_iter().flatten().collect();
    assert!(cases.len() >= 40, "{}", cases.len());
    let client = fresh();
    for (mid, command) in (1..).zip(&cases) {
        let answer = taken(&push(&house, &ada, client, &[mutation(mid, command)]).await);
        assert_eq!(refusal(&answer, 0), Refusal::Access(access::Refusal::NotFound), "{command:?}");
        assert_eq!(house.everything().await, before, "{command:?}");
    }
}

/// An id that was used before, even for a row of one's own, makes no second row and writes over no first one.
#[tokio::test]
async fn an_id_that_is_taken_takes_nothing_over() {
    let Setting { house, ada, own, .. } = setting().await;
    let before = house.everything().await;
    for command in taking_over(own, own) {
        let done = house.command(ada.actor(), command.clone()).await.expect("no trouble");
        assert!(done.is_err(), "{command:?}");
        assert_eq!(house.everything().await, before, "{command:?}");
    }
}

/// S028: what a role does not do it cannot do through a device either.
#[tokio::test]
async fn a_role_does_only_what_the_table_says() {
    let Setting { house, own, .. } = setting().await;
    let support = house.join("何川", Role::Support, &[own.team]).await;
    let refused = house.command(support.actor(), opened(fresh(), own.team)).await.expect("no trouble");
    assert_eq!(refused, Err(Refusal::Access(access::Refusal::NotYourRole { right: Right::EditCustomers })));
    let allowed = house.command(support.actor(), followed(fresh(), own.customer, None)).await.expect("no trouble");
    assert_eq!(allowed, Ok(()));
}

#[tokio::test]
async fn who_is_disabled_or_a_customer_does_nothing_in_the_staff_vocabulary() {
    let Setting { house, ada, own, .. } = setting().await;
    let not_found = Err(Refusal::Access(access::Refusal::NotFound));
    let portal = Actor::Portal { contact: own.contact, customer: own.customer };
    assert_eq!(house.command(portal, followed(fresh(), own.customer, None)).await.expect("no trouble"), not_found);
    let disable = Command::Team(team::Command::Disable { id: ada.person });
    assert_eq!(house.command(Actor::System, disable).await.expect("no trouble"), Ok(()));
    assert_eq!(house.command(ada.actor(), followed(fresh(), own.customer, None)).await.expect("no trouble"), not_found);
    assert_eq!(house.command(Actor::Staff(fresh()), opened(fresh(), own.team)).await.expect("no trouble"), not_found);
}

/// The author needs the right to the cause, not to its effects.
#[tokio::test]
async fn reactions_write_where_their_cause_could_not() {
    let Setting { house, ada, own, foreign } = setting().await;
    let chief = house.join("顾青", Role::Manager, &[]).await;
    let transfer = customers::Command::Transfer { id: foreign.customer, from: None, to: Some(ada.person), team: own.team };
    assert_eq!(house.command(chief.actor(), Command::Customers(transfer)).await.expect("no trouble"), Ok(()));
    let (mut ada_holds, mut chief_holds) = (Holder::new(), Holder::new());
    ada_holds.pull(&house, &ada).await;
    chief_holds.pull(&house, &chief).await;
    let notices = |holder: &Holder| {
        let notices = holder.rows.iter().filter(|((entity, _), _)| entity == Notice::ENTITY);
        notices.map(|(_, (json, _))| serde_json::from_str::<Notice>(json).expect("a notice").cause).collect::<Vec<_>>()
    };
    assert_eq!(notices(&ada_holds), [Cause::Assigned]);
    assert_eq!(notices(&chief_holds), []);
    assert!(house.row::<Figure>(own.customer).await.expect("figures").last_contact_at.is_some(), "a contact renews the last contact");
}

#[tokio::test]
async fn customers_without_a_number_get_the_next_free_one() {
    let Setting { house, ada, own, .. } = setting().await;
    let by_hand = CustomerDraft { no: Some(CustomerNo::parse("C-000004").expect("a number")), ..CustomerDraft::of(Kind::Person, own.team) };
    let by_hand = customers::Command::Open { id: fresh(), draft: Box::new(by_hand), contacts: Vec::new() };
    assert_eq!(house.command(ada.actor(), Command::Customers(by_hand)).await.expect("no trouble"), Ok(()));
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let id = fresh();
        assert_eq!(house.command(ada.actor(), opened(id, own.team)).await.expect("no trouble"), Ok(()));
        numbers.push(house.row::<Customer>(id).await.expect("the customer").no.map(|no| no.to_string()));
    }
    assert_eq!(numbers, [Some("C-000003".to_owned()), Some("C-000005".to_owned())]);
}

/// Uniqueness is judged over all customers, not over those that the author sees.
#[tokio::test]
async fn a_number_is_taken_even_by_a_customer_out_of_sight() {
    let Setting { house, ada, own, foreign } = setting().await;
    let taken = house.row::<Customer>(foreign.customer).await.expect("the customer").no;
    let draft = CustomerDraft { no: taken.clone(), ..CustomerDraft::of(Kind::Person, own.team) };
    let open = customers::Command::Open { id: fresh(), draft: Box::new(draft), contacts: Vec::new() };
    let no = taken.expect("a number").to_string();
    let refused = house.command(ada.actor(), Command::Customers(open)).await.expect("no trouble");
    assert_eq!(refused, Err(Refusal::Customers(customers::Refusal::NumberTaken { no })));
}

#[tokio::test]
async fn a_name_is_found_by_its_sound_after_every_change() {
    let Setting { house, ada, own, .. } = setting().await;
    let sounds = async |typed: &str| {
        let figure: Figure = house.row(own.customer).await.expect("figures");
        figure.sound.split(' ').any(|sound| sound == typed)
    };
    assert!(sounds("shihecanyin").await && sounds("shcy").await);
    let edit = Edit::Name(Was { was: Some(name("拾禾餐饮")), now: Some(name("木屿 ABC")) });
    let edit = customers::Command::Edit { id: own.customer, edits: vec![edit] };
    assert_eq!(house.command(ada.actor(), Command::Customers(edit)).await.expect("no trouble"), Ok(()));
    assert!(sounds("muyuabc").await && sounds("myabc").await && !sounds("shcy").await);
}

/// D1: every command has exactly one entry, those that were refused too, and what changed is named.
#[tokio::test]
async fn the_audit_has_one_entry_for_every_command() {
    let Setting { house, ada, own, foreign } = setting().await;
    let entries = "SELECT count(*) FROM audit";
    let (before, changes) = (house.count(entries).await, house.count("SELECT seq FROM clock").await);
    let edit = |customer| {
        let edit = Edit::Name(Was { was: None, now: Some(name("木屿")) });
        Command::Customers(customers::Command::Edit { id: customer, edits: vec![edit] })
    };
    let id = command_id();
    for _ in 0..3 {
        let (by, command) = (ada.actor(), edit(own.customer));
        let done = house.db.write(move |tx| Ok(tx.command(by, id, &command)?.map(drop))).await;
        assert_eq!(done.expect("no trouble"), Ok(()), "the same command again does nothing more");
    }
    assert_eq!(house.count(entries).await, before + 1);
    assert!(house.command(ada.actor(), edit(foreign.customer)).await.expect("no trouble").is_err());
    assert_eq!(house.command(ada.actor(), edit(own.customer)).await.expect("no trouble"), Ok(()), "nothing to change");
    assert_eq!(house.count(entries).await, before + 3);
    assert_eq!(house.count("SELECT seq FROM clock").await, changes + 1, "only the first changed anything");
    let named = "SELECT count(*) FROM audit JOIN audit_detail USING (n) WHERE what = 'customers.edit' AND refused IS NULL \
         AND seq IS NOT NULL AND new LIKE '%\"name\":[\"拾禾餐饮\",\"木屿%' AND args LIKE '%木屿%'";
    assert_eq!(house.count(named).await, 1);
    assert_eq!(house.count("SELECT count(*) FROM audit WHERE refused = 'access.not_found'").await, 1);
    assert_eq!(server::db::check(&house.file()), []);
}

/// What moves along with a customer is not counted: a long history must not hold it where it is.
#[tokio::test]
async fn a_customer_with_a_long_history_can_be_transferred() {
    let Setting { house, ada, own, foreign } = setting().await;
    let by = ada.actor();
    let recorded = house.db.write(move |tx| {
        for _ in 0..250 {
            assert!(tx.command(by, command_id(), &followed(fresh(), own.customer, None))?.is_ok());
        }
        Ok(())
    });
    recorded.await.expect("no trouble");
    let chief = house.join("顾青", Role::Manager, &[]).await;
    let transfer = customers::Command::Transfer { id: own.customer, from: None, to: Some(foreign.person), team: foreign.team };
    assert_eq!(house.command(chief.actor(), Command::Customers(transfer)).await.expect("no trouble"), Ok(()));
    let mut holder = Holder::new();
    holder.pull(&house, &ada).await;
    assert_eq!(holder.rows.keys().filter(|(entity, _)| entity == "timeline_entry").count(), 0);
    assert_eq!(server::db::check(&house.file()), []);
}
