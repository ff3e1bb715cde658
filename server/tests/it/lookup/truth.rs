//! What the server finds is what the rule of lists says of the rows, whichever way it looks for it.

use domain::{
    access::{Reach, Role},
    channel::Channel,
    context::Actor,
    customers::{self, Column, Contact, Customer, Figure, Filter, Industry, Listed, Nature, Order, View, findable},
    id::{CustomerId, DepartmentId, Id, PersonId, TeamId},
    lookup::{Lookup, Question, Span},
    row::Rows,
    search::{Findable, Fit, folded},
    service_level::Priority,
    sides::{self, Sides, Touch},
    sync::Scope,
    team::{Department, Team, Teams},
    testing::{self, About, EAST, HE, LIN, PEOPLE, SHEN, SOUTH, ZHOU},
    text::{CustomerNo, Line, Name},
    tickets::{self, State, Ticket, fits},
    time::Instant,
    timeline::{Step, StepState},
};
use proptest::{option::weighted, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use server::{
    db,
    lookup::{self, Bounds},
};
use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    super::harness::{House, NOON, fresh},
    asks,
};

const SALES: DepartmentId = DepartmentId(testing::id(b'd', 1));
const SERVICE: DepartmentId = DepartmentId(testing::id(b'd', 2));

/// A customer as the rows say.
struct Known {
    customer: Customer,
    figure: Option<Figure>,
    next: Option<Instant>,
    findable: Findable,
}

impl Listed for Known {
    fn customer(&self) -> &Customer {
        &self.customer
    }
    fn sound(&self) -> &str {
        self.figure.as_ref().map_or("", |figure| &figure.sound)
    }
    fn last_contact(&self) -> Option<Instant> {
        self.figure.as_ref().and_then(|figure| figure.last_contact_at)
    }
    fn next_step(&self) -> Option<Instant> {
        self.next
    }
    fn findable(&self) -> &Findable {
        &self.findable
    }
}

#[derive(Default)]
struct Book {
    customers: Vec<Known>,
    tickets: Vec<Ticket>,
}

fn draw<T: std::fmt::Debug>(chance: &mut TestRunner, any: impl Strategy<Value = T>) -> T {
    any.new_tree(chance).expect("a value").current()
}

/// Few of them, so that the same ones come again: some quiet, some on the edge of it.
fn moments() -> impl Strategy<Value = Instant> {
    let seconds = prop_oneof![(0..40i64).prop_map(|days| days * 86_400), 30i64 * 86_400 - 2..30 * 86_400 + 3];
    (seconds, 0i64..2).prop_map(|(seconds, more)| Instant(NOON.plus_seconds(-seconds).0 - more * 999))
}

const TEXTS: &str = "[拾禾上海ac0-2_\"]{1,6}";

fn customer(chance: &mut TestRunner, n: u16) -> Customer {
    let drawn = draw(chance, customers::strategies::customers(About(0)));
    let name = draw(chance, weighted(0.9, TEXTS)).and_then(|text| Name::parse(&text).ok());
    let has_no = name.is_none() || draw(chance, weighted(0.8, Just(()))).is_some();
    let no = has_no.then(|| CustomerNo::parse(&format!("C-{n:04}")).expect("a number"));
    Customer { id: fresh(), no, name, created_at: draw(chance, moments()), ..drawn }
}

async fn book(house: &House, chance: &mut TestRunner, count: u16) -> Book {
    let mut book = Book::default();
    for n in 0..count {
        let customer = customer(chance, n);
        let id = customer.id;
        let figure = draw(chance, weighted(0.9, customers::strategies::figures(About(0))));
        let last_contact_at = draw(chance, weighted(0.6, moments()));
        let figure = figure.map(|figure| Figure { id, last_contact_at, open_tickets: 0, ..figure });
        let contacts: Vec<Contact> = (0..draw(chance, 0..3u8)).map(|_| contact(chance, id)).collect();
        let steps: Vec<Step> = (0..draw(chance, 0..3u8)).map(|_| step(chance, id)).collect();
        let tickets: Vec<Ticket> = (0..draw(chance, 0..3u8)).map(|_| ticket(chance, id)).collect();
        let written = (customer.clone(), figure.clone(), contacts.clone(), steps.clone(), tickets.clone());
        let put = house.db.write(move |tx| {
            let mut rows = tx.rows();
            rows.put(&written.0)?;
            written.1.iter().try_for_each(|it| rows.put(it))?;
            written.2.iter().try_for_each(|it| rows.put(it))?;
            written.3.iter().try_for_each(|it| rows.put(it))?;
            Ok(written.4.iter().try_for_each(|it| rows.put(it))?)
        });
        put.await.expect("the rows to be written");
        let findable = findable(&customer, figure.as_ref().map_or("", |figure| &figure.sound), &contacts);
        let next = steps.iter().filter(|step| step.state == StepState::Open).map(|step| step.due).min();
        book.customers.push(Known { customer, figure, next, findable });
        book.tickets.extend(tickets.into_iter().filter(|ticket| ticket.state == State::Closed));
    }
    book
}

fn contact(chance: &mut TestRunner, customer: CustomerId) -> Contact {
    let added = draw(chance, customers::strategies::contact_drafts()).added(fresh(), customer, NOON);
    let name = Name::parse(&draw(chance, TEXTS)).expect("a name");
    Contact { name, removed: draw(chance, any::<bool>()), ..added }
}

fn step(chance: &mut TestRunner, customer: CustomerId) -> Step {
    let drawn = draw(chance, domain::timeline::strategies::steps(About(0)));
    Step { id: fresh(), customer, due: draw(chance, moments()), ..drawn }
}

fn ticket(chance: &mut TestRunner, customer: CustomerId) -> Ticket {
    let drawn = draw(chance, tickets::strategies::tickets(About(0)));
    let state = draw(chance, select(vec![State::Open, State::Closed, State::Closed]));
    let is_closed = state == State::Closed;
    let solved_at = is_closed.then(|| draw(chance, moments()));
    let subject = Line::parse(&draw(chance, TEXTS)).expect("a line");
    let id: Id = fresh();
    let no = draw(chance, weighted(0.9, Just(()))).map(|()| i64::from(u16::from_be_bytes([id.bytes()[14], id.bytes()[15]])));
    let id = id.into();
    Ticket { id, no, customer, contact: None, subject, state, solved_at, closed_at: solved_at, ..drawn }
}

async fn house() -> House {
    let house = House::founded(Reach::Team).await;
    for (id, text) in [(EAST, "华东"), (SOUTH, "华南")] {
        house.put(Team { id, name: testing::name(text), created_at: NOON }).await;
    }
    for (id, text, role) in PEOPLE {
        let teams: Vec<TeamId> = if role == Role::Sales { vec![SOUTH] } else { vec![EAST] };
        house.put(domain::team::Person { teams: Teams(teams), ..testing::person(id, text, role) }).await;
    }
    house
}

fn queries() -> impl Strategy<Value = String> {
    prop_oneof![2 => Just(String::new()), 6 => "[拾禾上海ac0-2*_\" #-]{1,2}", 2 => "[拾禾上海ac0-2]{3}|C-00[0-9]|#?[0-9]{1,3}", 1 => "\\PC{1,4}"]
}

fn lists() -> impl Strategy<Value = Filter> {
    let order = (select(Column::ALL.to_vec()), any::<bool>()).prop_map(|(column, descending)| Order { column, descending });
    let narrowing = (weighted(0.2, testing::people()), weighted(0.2, select(Nature::ALL)), weighted(0.1, select(Industry::ALL)));
    (queries(), select(View::ALL.to_vec()), narrowing, weighted(0.6, order))
        .prop_map(|(query, view, (owner, nature, industry), order)| Filter { query, view, owner, nature, industry, order })
}

fn queues() -> impl Strategy<Value = tickets::Filter> {
    let narrowing = (weighted(0.2, select(tickets::Kind::ALL)), weighted(0.2, select(Priority::ALL)), weighted(0.2, testing::people()));
    (queries(), select(tickets::View::ALL.to_vec()), narrowing).prop_map(|(query, view, (kind, priority, assignee))| tickets::Filter {
        query,
        view,
        kind,
        priority,
        assignee,
    })
}

/// Page by page to the end, each behind the last of the one before.
fn found(snapshot: &db::Snapshot<'_>, by: PersonId, question: &Question, most: usize, bounds: &Bounds) -> (Vec<Id>, u64) {
    let (mut ids, mut totals) = (Vec::new(), BTreeSet::new());
    loop {
        let asked: Lookup = asks(question.clone(), ids.last().copied(), most);
        let page = lookup::found(snapshot, Actor::Staff(by), &asked, bounds).expect("an answer");
        assert!(page.ids.len() <= most && (page.ids.len() == most || !page.has_more), "{asked:?}");
        totals.insert(page.total);
        ids.extend(page.ids);
        if !page.has_more {
            assert_eq!(totals.len(), 1, "{asked:?}");
            return (ids, totals.pop_first().unwrap_or_default());
        }
    }
}

fn sees(snapshot: &db::Snapshot<'_>, by: PersonId, customer: &Customer) -> bool {
    let grants = snapshot.grants(Actor::Staff(by)).expect("grants");
    let of = [Some(Scope::Team(customer.team)), customer.owner.map(Scope::Owner)];
    of.into_iter().flatten().any(|scope| grants.contains(&scope))
}

fn expected(book: &Book, list: &Filter, me: PersonId, sees: impl Fn(&Customer) -> bool) -> Vec<Id> {
    let query = folded(&list.query);
    let admitted = book.customers.iter().filter(|it| sees(&it.customer) && list.admits(*it, Some(me), NOON));
    let mut fitting: Vec<(Fit, &Known)> = admitted.filter_map(|it| Some((it.findable.fit(&query)?, it))).collect();
    fitting.sort_by(|(one, a), (other, b)| list.compare((*one, *a), (*other, *b)));
    fitting.into_iter().map(|(_, it)| it.customer.id.into()).collect()
}

fn expected_closed(book: &Book, list: &tickets::Filter, me: PersonId, sees: impl Fn(&Customer) -> bool) -> Vec<Id> {
    let query = folded(&list.query);
    let list = tickets::Filter { view: tickets::View::Closed, ..list.clone() };
    let of = |ticket: &Ticket| book.customers.iter().find(|it| it.customer.id == ticket.customer).expect("its customer");
    let is_meant = |ticket: &Ticket| query.is_empty() || fits(ticket, &query) || of(ticket).findable.fit(&query).is_some();
    let admitted = |ticket: &&Ticket| sees(&of(ticket).customer) && list.admits(ticket, Some(me)) && is_meant(ticket);
    let mut fitting: Vec<&Ticket> = book.tickets.iter().filter(admitted).collect();
    fitting.sort_by_key(|ticket| ticket.place());
    fitting.into_iter().map(|ticket| ticket.id.into()).collect()
}

#[tokio::test]
async fn the_server_finds_what_the_rule_of_lists_says() {
    let house = house().await;
    let mut chance = TestRunner::deterministic();
    let book = book(&house, &mut chance, 300).await;
    assert_eq!(db::check(&house.file()), []);
    let snapshots = house.db.clone();
    let looked = tokio::task::spawn_blocking(move || {
        snapshots.read_blocking(|snapshot| {
            let mut found_any = 0;
            for _ in 0..testing::size(300) {
                let me = draw(&mut chance, select(vec![HE, ZHOU, LIN, SHEN]));
                let most = draw(&mut chance, select(vec![3, 40, 200]));
                let (few, counted) = (draw(&mut chance, select(vec![0, 12, 2_000])), draw(&mut chance, select(vec![4, 30, 10_000])));
                let bounds = Bounds { few, counted };
                let list = draw(&mut chance, lists());
                let must = expected(&book, &list, me, |customer| sees(snapshot, me, customer));
                found_any += usize::from(must.len() > 1);
                let total = u64::try_from(must.len()).expect("few").min(counted);
                let are = found(snapshot, me, &Question::Customers(list.clone()), most, &bounds);
                assert_eq!(are, (must, total), "{list:?} {me:?} {bounds:?}");
                let queue = draw(&mut chance, queues());
                let must = expected_closed(&book, &queue, me, |customer| sees(snapshot, me, customer));
                found_any += usize::from(must.len() > 1);
                let total = u64::try_from(must.len()).expect("few").min(counted);
                let are = found(snapshot, me, &Question::Closed(queue.clone()), most, &bounds);
                assert_eq!(are, (must, total), "{queue:?} {me:?} {bounds:?}");
            }
            Ok(found_any)
        })
    });
    let found_any = looked.await.expect("an end").expect("no trouble");
    assert!(found_any > 150, "lists of several: {found_any}");
}

/// Somebody's own, of customers they see, by when they are due.
#[tokio::test]
async fn steps_are_ones_own_and_in_order() {
    let house = house().await;
    let mut chance = TestRunner::deterministic();
    let mut steps = Vec::new();
    for n in 0..60 {
        let customer = customer(&mut chance, n);
        house.put(customer.clone()).await;
        for _ in 0..3 {
            let step = step(&mut chance, customer.id);
            house.put(step.clone()).await;
            steps.push((customer.clone(), step));
        }
    }
    let looked = house.db.read(move |snapshot| {
        for me in [HE, ZHOU, LIN, SHEN] {
            let is_mine =
                |(customer, step): &&(Customer, Step)| step.who == me && step.state == StepState::Open && sees(snapshot, me, customer);
            let mut mine: Vec<&Step> = steps.iter().filter(is_mine).map(|(_, step)| step).collect();
            mine.sort_by_key(|step| (step.due, step.id));
            let must: Vec<Id> = mine.iter().map(|step| step.id.into()).collect();
            assert!(must.len() > 4, "{me:?}");
            let total = u64::try_from(must.len()).expect("few");
            assert_eq!(found(snapshot, me, &Question::Steps, 4, &Bounds::default()), (must, total), "{me:?}");
        }
        Ok(())
    });
    looked.await.expect("no trouble");
}

fn spans() -> impl Strategy<Value = Span> {
    let today = testing::company().today(NOON);
    let days = (-45..3i64, 0..40i64).prop_map(move |(from, more)| (today.plus_days(from), today.plus_days(from + more)));
    let of = (
        weighted(0.4, select(vec![SALES, SERVICE])),
        weighted(0.2, testing::people()),
        weighted(0.2, 0..3i64),
        weighted(0.2, select(Touch::ALL)),
        weighted(0.2, select(Channel::ALL)),
    );
    let of = of.prop_map(|(department, person, tier, touch, channel)| sides::Filter { department, person, tier, touch, channel });
    (days, weighted(0.5, of)).prop_map(|((from, to), of)| Span { from, to, of: of.unwrap_or_default() })
}

/// Behind the figures: what closed tickets were rated poorly for and where we were late, the latest first.
#[tokio::test]
async fn looking_back_finds_what_the_rules_say() {
    let house = house().await;
    let mut chance = TestRunner::deterministic();
    for (id, text) in [(SALES, "销售部"), (SERVICE, "客服部")] {
        house.put(Department { id, name: testing::name(text), created_at: NOON }).await;
    }
    for (person, department) in [(HE, SALES), (LIN, SALES), (SHEN, SERVICE)] {
        let change =
            move |tx: &mut db::Tx<'_>| Ok(tx.rows().change::<domain::team::Person>(person, |it| it.department = Some(department))?);
        house.db.write(change).await.expect("a department");
    }
    let book = book(&house, &mut chance, 200).await;
    let looked = tokio::task::spawn_blocking(move || {
        house.db.read_blocking(|snapshot| {
            let zone = testing::company().terms().zone;
            let mut found_any = [0, 0];
            for _ in 0..testing::size(100) {
                let (me, span, most) =
                    (draw(&mut chance, select(vec![HE, ZHOU, SHEN])), draw(&mut chance, spans()), draw(&mut chance, select(vec![2, 200])));
                let of = |ticket: &Ticket| book.customers.iter().find(|it| it.customer.id == ticket.customer).expect("its customer");
                let department = |ticket: &Ticket| snapshot.rows().get::<domain::team::Person>(ticket.assignee?).ok()??.department;
                let sides_of = |ticket: &Ticket| Sides {
                    department: department(ticket),
                    person: ticket.assignee,
                    rank: of(ticket).figure.as_ref().map_or(0, |figure| figure.rank),
                    touch: Some(ticket.kind.into()),
                    channel: Some(ticket.channel),
                };
                let whens: [fn(&Ticket) -> Option<Instant>; 2] = [Ticket::poorly_rated_at, |ticket| ticket.late_at(NOON)];
                let questions: [fn(Span) -> Question; 2] = [Question::PoorRatings, Question::LateTickets];
                for (n, (when, question)) in whens.into_iter().zip(questions).enumerate() {
                    let is_meant = |ticket: &&Ticket| {
                        let in_time = when(ticket).is_some_and(|at| (span.from..=span.to).contains(&zone.date_at(at)));
                        in_time && sees(snapshot, me, &of(ticket).customer) && span.of.admits(&sides_of(ticket))
                    };
                    let mut must: Vec<&Ticket> = book.tickets.iter().filter(is_meant).collect();
                    must.sort_by_key(|ticket| (Reverse(when(ticket)), ticket.id));
                    let must: Vec<Id> = must.into_iter().map(|ticket| ticket.id.into()).collect();
                    found_any[n] += usize::from(must.len() > 1);
                    let total = u64::try_from(must.len()).expect("few");
                    assert_eq!(found(snapshot, me, &question(span), most, &Bounds::default()), (must, total), "{span:?} {me:?}");
                }
            }
            Ok(found_any)
        })
    });
    let found_any = looked.await.expect("an end").expect("no trouble");
    assert!(found_any.iter().all(|several| *several > 20), "of several: {found_any:?}");
}
