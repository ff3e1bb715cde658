//! What may be done with tickets, by whom, and what their clocks say.

mod files;
mod laws;

use super::{
    CLOSES_AFTER_DAYS, Channel, Clock, Command, Draft, Entry, Kind, Refusal, Stars, State, Ticket, answered, first_priority, portal,
};
use crate::{
    change,
    customers::{self, Contact, ContactDraft, Edit, Was},
    id::{ContactId, CustomerId, PersonId, TicketEntryId, TicketId},
    portal as guests,
    row::Row,
    service_level::{Priority, Target},
    sync::Scope,
    testing::{EAST, LIN, MUYU, NOON, Office, SHEN, SHIHE, ZHOU, company, id, line, name, prose},
    time::Instant,
};

pub(crate) const WANG: ContactId = ContactId(id(b'k', 1));
pub(crate) const ZHAO: ContactId = ContactId(id(b'k', 2));
pub(crate) const STRANGER: ContactId = ContactId(id(b'k', 17));
pub(crate) const BROKEN_GRINDER: TicketId = TicketId(id(b'w', 1));

pub(crate) const fn entry_id(n: u8) -> TicketEntryId {
    TicketEntryId(id(b'm', n))
}

/// Monday, 23 November 2026, at this time in Shanghai.
pub(crate) fn monday(hour: i64, minute: i64) -> Instant {
    company().zone.moment("2026-11-23".parse().expect("a date"), hour * 60 + minute)
}

/// An office on Monday at nine, with three people at two customers.
pub(crate) fn office() -> Office {
    let mut office = Office::default();
    office.now = monday(9, 0);
    for (contact, customer, text) in [(WANG, SHIHE, "王芳"), (ZHAO, SHIHE, "赵磊"), (STRANGER, MUYU, "陌生人")] {
        let draft = ContactDraft { name: name(text), position: None, decision_role: None, phone: None, email: None, preferences: None };
        office.store = office.store.with(&draft.added(contact, customer, NOON));
    }
    office
}

fn draft(kind: Kind) -> Draft {
    Draft {
        customer: SHIHE,
        contact: Some(WANG),
        kind,
        channel: Channel::Phone,
        subject: line("磨豆机不工作"),
        text: prose("早上开机没有反应"),
        files: Vec::new(),
        priority: None,
        assignee: None,
    }
}

pub(crate) fn does(office: &mut Office, by: PersonId, command: Command) -> Result<Vec<change::Event>, change::Refusal> {
    office.does(by, &change::Command::Tickets(command))
}

pub(crate) fn did(office: &mut Office, by: PersonId, command: Command) {
    does(office, by, command.clone()).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
}

pub(crate) fn opened(kind: Kind) -> Office {
    let mut office = office();
    did(&mut office, SHEN, Command::Open { id: BROKEN_GRINDER, draft: Box::new(draft(kind)) });
    office
}

pub(crate) fn reply(n: u8, then: State) -> Command {
    Command::Reply { id: entry_id(n), ticket: BROKEN_GRINDER, text: prose("马上看"), files: Vec::new(), then }
}

pub(crate) fn guest(
    office: &mut Office,
    contact: ContactId,
    customer: CustomerId,
    command: portal::Command,
) -> Result<Vec<change::Event>, change::Refusal> {
    office.in_portal(contact, customer, &guests::Command::Tickets(command))
}

pub(crate) fn wang(office: &mut Office, command: portal::Command) {
    guest(office, WANG, SHIHE, command.clone()).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
}

pub(crate) fn write(n: u8) -> portal::Command {
    portal::Command::Write { id: entry_id(n), ticket: BROKEN_GRINDER, text: prose("还是不行"), files: Vec::new() }
}

pub(crate) fn rate(stars: i64) -> portal::Command {
    portal::Command::Rate { ticket: BROKEN_GRINDER, stars: Stars::new(stars).expect("stars"), comment: None }
}

fn ticket(office: &Office) -> Ticket {
    office.store.row(BROKEN_GRINDER)
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Tickets(refusal))
}

/// The whole table, written out: request 22, bileto 34 (solved is not closed), ServiceNow's state model.
#[test]
fn a_state_is_left_only_along_the_table() {
    const TABLE: &str = "
                  new  open  waiting  solved  closed
        new        -    x      x        x       -
        open       -    -      x        x       -
        waiting    -    x      -        x       -
        solved     -    x      -        -       x
        closed     -    -      -        -       -";
    let lines: Vec<Vec<&str>> =
        TABLE.lines().map(|line| line.split_whitespace().collect()).filter(|words: &Vec<_>| !words.is_empty()).collect();
    for row in &lines[1..] {
        let from = State::from_code(row[0]).expect("a state");
        for (to, mark) in lines[0].iter().zip(&row[1..]) {
            let to = State::from_code(to).expect("a state");
            assert_eq!(from.may_become(to), *mark == "x", "{from:?} to {to:?}");
        }
    }
    assert_eq!(lines.len() - 1, State::ALL.len());
}

/// Trap 6: a customer's words start the clock again, whichever way they come. Closed cannot be answered.
#[test]
fn what_a_customer_answers_is_ours_again() {
    let after = State::ALL.iter().map(|state| answered(*state)).collect::<Vec<_>>();
    assert_eq!(after, [Ok(State::New), Ok(State::Open), Ok(State::Open), Ok(State::Open), Err(Refusal::Closed)]);
    assert_eq!(CLOSES_AFTER_DAYS, 7);
}

/// S126, S154: a complaint is urgent by itself, a VIP's ticket is one step more so.
#[test]
fn kind_and_tier_say_how_urgent_it_is() {
    assert_eq!(
        Kind::ALL.iter().map(|kind| first_priority(*kind, 0)).collect::<Vec<_>>(),
        [Priority::Normal, Priority::Normal, Priority::High, Priority::Normal, Priority::Low]
    );
    assert_eq!(first_priority(Kind::Support, 2), Priority::High);
    assert_eq!(first_priority(Kind::Complaint, 3), Priority::Urgent);
}

/// S149, S152: two hours to answer, two working days to solve.
#[test]
fn a_new_ticket_is_due_in_working_time() {
    let ticket = ticket(&opened(Kind::Support));
    assert_eq!((ticket.state, ticket.priority, ticket.replied_at), (State::New, Priority::Normal, None));
    assert_eq!(ticket.response_due, monday(11, 0));
    assert_eq!(ticket.resolution_due, company().zone.moment("2026-11-24".parse().expect("a date"), 18 * 60));
    assert_eq!(ticket.next_due(), Some(monday(11, 0)));
    assert!(!ticket.is_answered_late(monday(11, 0)) && ticket.is_answered_late(monday(11, 1)));
}

/// B.4, trap 5: the first answer and the solution have a clock each.
#[test]
fn the_first_answer_counts_once_and_the_solution_stays_due() {
    let mut office = opened(Kind::Support);
    office.now = monday(10, 0);
    did(&mut office, SHEN, reply(1, State::Open));
    office.now = monday(14, 0);
    did(&mut office, SHEN, reply(2, State::Open));
    let ticket = ticket(&office);
    assert_eq!((ticket.replied_at, ticket.state, ticket.said), (Some(monday(10, 0)), State::Open, 3));
    assert_eq!(ticket.next_due(), Some(ticket.resolution_due));
    assert!(!ticket.is_answered_late(monday(17, 0)));
}

/// Request 8: the clock stops exactly while the customer must answer.
#[test]
fn while_the_customer_must_answer_no_time_passes() {
    let mut office = opened(Kind::Support);
    let due = ticket(&office).resolution_due;
    office.now = monday(10, 0);
    did(&mut office, SHEN, reply(1, State::Waiting));
    assert_eq!(ticket(&office).next_due(), None);
    assert!(!ticket(&office).is_solved_late(Instant(due.0 + 90 * 86_400_000)), "it is not ours to be late with");
    office.now = monday(14, 0);
    wang(&mut office, write(2));
    let ticket = ticket(&office);
    assert_eq!((ticket.state, ticket.clock.held, ticket.clock.stopped), (State::Open, 3 * 3_600_000, None), "lunch is nobody's time");
    assert_eq!(ticket.resolution_due, company().zone.moment("2026-11-25".parse().expect("a date"), 12 * 60));
}

/// Trap 7 (glpi 15605): another priority, the same pause.
#[test]
fn another_priority_forgets_no_pause() {
    let mut office = opened(Kind::Support);
    did(&mut office, SHEN, reply(1, State::Waiting));
    office.now = monday(11, 0);
    did(&mut office, SHEN, Command::Prioritise { ticket: BROKEN_GRINDER, to: Priority::Urgent });
    office.now = monday(12, 0);
    wang(&mut office, write(2));
    let ticket = ticket(&office);
    assert_eq!(ticket.clock.target, company().targets.urgent);
    assert_eq!(ticket.clock.held, 3 * 3_600_000);
    assert_eq!(ticket.resolution_due, company().zone.moment("2026-11-24".parse().expect("a date"), 12 * 60));
}

/// Another policy is for tickets to come.
#[test]
fn a_running_ticket_keeps_what_it_was_promised() {
    let clock = Clock::new(Target { response: 60, resolution: 120 });
    let company = company();
    let terms = company.terms();
    assert_eq!(clock.resolution_due(monday(11, 0), terms.working()), monday(14, 0));
    assert_eq!(clock.stop(monday(11, 30)).stop(monday(15, 0)).stopped, Some(monday(11, 30)), "what is stopped stays stopped since then");
}

#[test]
fn who_looked_at_another_state_or_assignee_is_told() {
    let mut office = opened(Kind::Support);
    did(&mut office, SHEN, Command::Assign { ticket: BROKEN_GRINDER, from: None, to: Some(SHEN) });
    assert_eq!(
        does(&mut office, LIN, Command::Assign { ticket: BROKEN_GRINDER, from: None, to: Some(LIN) }),
        refused(Refusal::AssigneeChanged)
    );
    did(&mut office, SHEN, Command::Move { ticket: BROKEN_GRINDER, from: State::New, to: State::Open });
    let late = Command::Move { ticket: BROKEN_GRINDER, from: State::New, to: State::Solved };
    assert_eq!(does(&mut office, LIN, late), refused(Refusal::AlreadyMoved));
    let skips = Command::Move { ticket: BROKEN_GRINDER, from: State::Open, to: State::Closed };
    assert_eq!(does(&mut office, LIN, skips), refused(Refusal::AlreadyMoved), "first solved, then closed");
}

/// A reply that crossed with somebody else's change still reaches the customer.
#[test]
fn a_reply_counts_even_where_its_state_no_longer_follows() {
    let mut office = opened(Kind::Support);
    did(&mut office, SHEN, Command::Move { ticket: BROKEN_GRINDER, from: State::New, to: State::Solved });
    did(&mut office, LIN, reply(1, State::Waiting));
    assert_eq!((ticket(&office).state, ticket(&office).said), (State::Solved, 2));
}

#[test]
fn only_people_of_this_customer_ask_on_its_behalf() {
    let mut office = office();
    let foreign = Draft { contact: Some(STRANGER), ..draft(Kind::Support) };
    let open = Command::Open { id: BROKEN_GRINDER, draft: Box::new(foreign) };
    assert_eq!(does(&mut office, SHEN, open), refused(Refusal::NotTheirContact));
}

#[test]
fn an_archived_customer_asks_nothing_new() {
    let mut office = office();
    office.did(ZHOU, &change::Command::Customers(customers::Command::Archive { id: SHIHE }));
    let open = Command::Open { id: BROKEN_GRINDER, draft: Box::new(draft(Kind::Support)) };
    assert_eq!(does(&mut office, SHEN, open), Err(change::Refusal::Customers(customers::Refusal::Archived)));
}

/// The whole story: opened, answered, solved, rated, confirmed.
#[test]
fn a_customer_follows_their_ticket_to_its_end() {
    let mut office = office();
    let open = portal::Command::Open {
        id: BROKEN_GRINDER,
        kind: Kind::Return,
        subject: line("换一台"),
        text: prose("杯子裂了"),
        files: Vec::new(),
    };
    wang(&mut office, open);
    assert_eq!((ticket(&office).channel, ticket(&office).contact, ticket(&office).customer), (Channel::Portal, Some(WANG), SHIHE));
    assert_eq!(guest(&mut office, WANG, SHIHE, rate(5)), refused(Refusal::NotSolvedYet));
    office.now = monday(9, 2);
    did(&mut office, SHEN, reply(1, State::Solved));
    office.now = monday(9, 5);
    wang(&mut office, portal::Command::Seen { ticket: BROKEN_GRINDER });
    assert_eq!(ticket(&office).seen_at, Some(monday(9, 5)));
    wang(&mut office, rate(2));
    wang(&mut office, portal::Command::Confirm { ticket: BROKEN_GRINDER });
    assert_eq!((ticket(&office).state, ticket(&office).closed_at), (State::Closed, Some(monday(9, 5))));
    wang(&mut office, rate(4));
    assert_eq!(ticket(&office).rating.map(|rating| rating.stars.count()), Some(4), "the later rating counts");
    assert_eq!(guest(&mut office, WANG, SHIHE, write(3)), refused(Refusal::Closed));
}

#[test]
fn a_solved_ticket_is_opened_again_by_an_answer() {
    let mut office = opened(Kind::Support);
    did(&mut office, SHEN, reply(1, State::Solved));
    assert_eq!(ticket(&office).solved_at, Some(monday(9, 0)));
    office.now = monday(10, 0);
    wang(&mut office, write(2));
    let ticket = ticket(&office);
    assert_eq!((ticket.state, ticket.solved_at, ticket.clock.held), (State::Open, None, 3_600_000));
}

/// Requests 13, trap 13, security T1: own tickets, all of the account only where it shares them, never a note of ours.
#[test]
fn customers_see_their_own_tickets_and_no_notes() {
    let mut office = opened(Kind::Complaint);
    did(
        &mut office,
        SHEN,
        Command::Note { id: entry_id(1), ticket: BROKEN_GRINDER, text: prose("客户有点急"), files: Vec::new(), mentions: vec![LIN] },
    );
    let places = |office: &Office| (ticket(office).scopes(&office.store), office.store.row::<Entry>(entry_id(1)).scopes(&office.store));
    let staff = vec![Scope::Team(EAST), Scope::Owner(LIN)];
    let history = Scope::History(SHIHE);
    let own = vec![Scope::Queue(EAST), Scope::Owner(LIN), history, Scope::User(WANG.into())];
    assert_eq!(places(&office), (Ok(own.clone()), Ok(vec![history])));
    assert_eq!(customers::openers(&office.store, history), Ok(staff), "who sees the customer sees its history");
    let share = Edit::SharesTickets(Was { was: false, now: true });
    office.did(LIN, &change::Command::Customers(customers::Command::Edit { id: SHIHE, edits: vec![share] }));
    assert_eq!(places(&office), (Ok([own, vec![Scope::Portal(SHIHE)]].concat()), Ok(vec![history])));
    let contact: Contact = office.store.row(WANG);
    assert!(contact.scopes(&office.store).is_ok_and(|scopes| scopes.contains(&Scope::User(WANG.into()))));
}

/// What is over is history; who has something open is in the queue with it, so that a queue is whole by itself.
#[test]
fn a_customer_is_in_the_queue_as_long_as_a_ticket_is_not_closed() {
    let mut office = opened(Kind::Consultation);
    let is_queued = |office: &Office| {
        let (customer, figure, contact): (customers::Customer, customers::Figure, Contact) =
            (office.store.row(SHIHE), office.store.row(SHIHE), office.store.row(WANG));
        let all = [
            customer.scopes(&office.store),
            figure.scopes(&office.store),
            contact.scopes(&office.store),
            ticket(office).scopes(&office.store),
        ];
        let queued = all.map(|scopes| scopes.expect("scopes").contains(&Scope::Queue(EAST)));
        assert!(queued.iter().all(|it| *it == queued[0]), "{queued:?}");
        queued[0]
    };
    assert!(is_queued(&office));
    did(&mut office, SHEN, reply(1, State::Solved));
    assert!(is_queued(&office), "solved is not closed");
    did(&mut office, SHEN, Command::Move { ticket: BROKEN_GRINDER, from: State::Solved, to: State::Closed });
    assert!(!is_queued(&office));
    assert_eq!(ticket(&office).scopes(&office.store), Ok(vec![Scope::History(SHIHE), Scope::User(WANG.into())]));
}

#[test]
fn a_projection_names_nobody_inside_and_nothing_internal() {
    let mut office = opened(Kind::Complaint);
    did(
        &mut office,
        SHEN,
        Command::Note { id: entry_id(1), ticket: BROKEN_GRINDER, text: prose("客户有点急"), files: Vec::new(), mentions: vec![] },
    );
    did(&mut office, SHEN, Command::Assign { ticket: BROKEN_GRINDER, from: None, to: Some(SHEN) });
    did(&mut office, SHEN, reply(2, State::Open));
    let shown = portal::Ticket::of(&ticket(&office), Some(name("王芳")), Some(name("沈知遥")));
    let entries: Vec<portal::Entry> = office.store.all::<Entry>().iter().filter_map(|entry| portal::Entry::of(entry, None)).collect();
    assert_eq!(entries.len(), 3, "what was said twice, and that it is being worked on");
    let all = serde_json::to_string(&(&shown, &entries)).expect("JSON");
    for secret in [SHEN.to_string(), EAST.to_string(), "客户有点急".to_owned(), "priority".to_owned(), "clock".to_owned()] {
        assert!(!all.contains(&secret), "{secret}: {all}");
    }
}
