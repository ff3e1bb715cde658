//! The portal from end to end: a customer is invited, comes in, asks, is answered, and says how it was.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode, header};
use domain::{
    access::{Reach, Role},
    change::Command,
    customers::{
        self, Contact, ContactDraft, ContactEdit, Customer, CustomerDraft, Edit, Kind, Was,
        portal::{Account, Profile},
    },
    id::{ClientId, ContactId, CustomerId, Id, TicketId},
    loyalty::portal::Programme,
    portal::{self, House as Company},
    row::Row,
    session::{Accept, Invitation, InvitationKind, Link, Me, PortalUsers},
    sync::wire::Mutation,
    team::Person,
    text::{Email, Line, Phone, Prose},
    tickets::{self, Audience, Entry, Stars, State, Ticket, portal as shown},
};

use super::{
    auth::cookie,
    harness::{Answer, Guest, House, NOON, Somebody, command_id, fresh, name},
    wire::{Holder, push, refusal, taken},
};

pub const PASSWORD: &str = "五棵枣树在院子里";

pub fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("prose")
}

pub fn mutation(mid: u64, command: &shown::Command) -> Mutation {
    let (name, args) = portal::Command::Tickets(command.clone()).written().expect("a command that can be written");
    Mutation { mid, cmd_id: command_id(), v: portal::VERSION, name, args, client_ts: NOON }
}

/// Asks about a machine that leaks.
pub fn asks(id: TicketId) -> shown::Command {
    let (subject, text) = (line("蒸汽棒漏水"), prose("滨江店的 M1 蒸汽棒一直滴水，早高峰不敢用。"));
    shown::Command::Open { id, kind: tickets::Kind::Support, subject, text, files: Vec::new() }
}

/// A salesperson with a customer, at which somebody can be reached both ways.
pub struct Setting {
    pub house: House,
    pub lin: Somebody,
    pub customer: CustomerId,
    pub luo: ContactId,
}

pub fn draft(text: &str, phone: Option<&str>, email: Option<&str>) -> ContactDraft {
    ContactDraft {
        name: name(text),
        position: None,
        decision_role: None,
        phone: phone.map(|phone| Phone::parse(phone).expect("a number")),
        email: email.map(|email| Email::parse(email).expect("an address")),
        preferences: None,
    }
}

pub async fn setting() -> Setting {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let (customer, luo) = (fresh(), fresh());
    let opened = CustomerDraft { name: Some(name("拾禾餐饮")), owner: Some(lin.person), ..CustomerDraft::of(Kind::Company, east) };
    let contacts = vec![(luo, draft("罗一舟", Some("13800001234"), Some("luo@shihe.example")))];
    let open = customers::Command::Open { id: customer, draft: Box::new(opened), contacts };
    let setting = Setting { house, lin, customer, luo };
    setting.does(Command::Customers(open)).await;
    setting
}

impl Setting {
    /// As the salesperson, who may.
    pub async fn does(&self, command: Command) {
        assert_eq!(self.house.command(self.lin.actor(), command).await.expect("no trouble"), Ok(()));
    }

    pub async fn edits(&self, edits: Vec<ContactEdit>) {
        self.does(Command::Customers(customers::Command::EditContact { id: self.luo, edits })).await;
    }

    pub async fn invite(&self, contact: ContactId) -> Answer {
        let mut request = House::request(Some(&self.lin), Method::POST, &format!("/api/contacts/{contact}/invite"), None);
        let headers = [(header::HOST, "127.0.0.1:3000"), (header::ORIGIN, "http://127.0.0.1:3000")];
        request.headers_mut().extend(headers.map(|(name, value)| (name, value.parse().expect("a header"))));
        self.house.send(request).await
    }

    pub async fn accepted(&self) -> Guest {
        let link: Link = self.invite(self.luo).await.json();
        let answer = self.accept(&link).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        Guest::new(self.luo, self.customer, cookie(&answer))
    }

    pub async fn accept(&self, link: &Link) -> Answer {
        let body = serde_json::to_string(&Accept { password: PASSWORD.into() }).expect("JSON");
        self.house.send(House::request(None, Method::POST, &screen(link), Some(body))).await
    }

    pub async fn users(&self) -> PortalUsers {
        self.house.get(&self.lin, &format!("/api/customers/{}/portal", self.customer)).await.ok()
    }
}

fn screen(link: &Link) -> String {
    link.path.replace("/join/", "/auth/invitations/")
}

pub fn kinds(holder: &Holder) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for (entity, _) in holder.rows.keys() {
        *kinds.entry(entity.as_str()).or_default() += 1;
    }
    kinds
}

/// S160, S172, S149–S152: from the invitation to the stars.
#[tokio::test]
async fn a_customer_comes_in_asks_is_answered_and_says_how_it_was() {
    let setting = setting().await;
    let link: Link = setting.invite(setting.luo).await.json();
    assert_eq!(link.hours, 72);
    assert!(link.qr.as_ref().is_some_and(|qr| qr.path.starts_with('M')));
    let invitation: Invitation = setting.house.send(House::request(None, Method::GET, &screen(&link), None)).await.ok();
    assert_eq!((invitation.name.as_str(), invitation.who.as_str()), ("罗一舟", "138****1234"));
    assert_eq!(invitation.kind, InvitationKind::Portal);
    let answer = setting.accept(&link).await;
    let set = answer.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(set.contains("Max-Age=7776000"), "{set}");
    let luo = Guest::new(setting.luo, setting.customer, cookie(&answer));
    let me: Me = answer.ok();
    assert_eq!((me.actor, me.user, me.role), (luo.actor(), Id::from(luo.contact), None));
    assert_eq!((me.name.as_str(), me.company.as_str()), ("罗一舟", "木屿商贸"));

    let (mut theirs, mut ours) = (Holder::new(), Holder::with(&[setting.customer]));
    theirs.pull(&setting.house, &luo).await;
    assert_eq!(kinds(&theirs), [(Account::ENTITY, 1), (Company::ENTITY, 1), (Profile::ENTITY, 1), (Programme::ENTITY, 1)].into());
    let account: Account = theirs.get(setting.customer).expect("the account");
    assert_eq!(account.adviser, Some(name("林晓")));

    let id = fresh();
    assert!(taken(&push(&setting.house, &luo, theirs.client_id, &[mutation(1, &asks(id))]).await).results[0].ok);
    ours.pull(&setting.house, &setting.lin).await;
    let ticket: Ticket = ours.get(id).expect("the ticket");
    assert_eq!((ticket.no, ticket.state, ticket.contact), (Some(1001), State::New, Some(luo.contact)));
    setting.house.clock.move_to(NOON.plus_seconds(600));
    let text = prose("明天上午带密封圈过去。");
    let reply = tickets::Command::Reply { id: fresh(), ticket: id, text: text.clone(), files: Vec::new(), then: State::Waiting };
    setting.does(Command::Tickets(reply)).await;
    theirs.pull(&setting.house, &luo).await;
    let ticket: shown::Ticket = theirs.get(id).expect("the ticket");
    assert!(ticket.is_unread() && ticket.state == State::Waiting && ticket.asked_by == Some(name("罗一舟")));
    let entries: Vec<shown::Entry> = all(&theirs);
    let answer =
        entries.iter().find(|entry| entry.what == shown::What::Said { text: text.clone(), files: Vec::new() }).expect("the answer");
    assert_eq!(answer.by, shown::Author::Ours { name: Some(name("林晓")) });

    let solve = tickets::Command::Move { ticket: id, from: State::Waiting, to: State::Solved };
    setting.does(Command::Tickets(solve)).await;
    let rate = shown::Command::Rate { ticket: id, stars: Stars::new(5).expect("stars"), comment: Some(prose("来得很快。")) };
    let told =
        [mutation(2, &shown::Command::Seen { ticket: id }), mutation(3, &rate), mutation(4, &shown::Command::Confirm { ticket: id })];
    assert!(taken(&push(&setting.house, &luo, theirs.client_id, &told).await).results.iter().all(|verdict| verdict.ok));
    ours.pull(&setting.house, &setting.lin).await;
    let ticket: Ticket = ours.get(id).expect("the ticket");
    assert_eq!((ticket.state, ticket.rating.map(|rating| rating.stars.count())), (State::Closed, Some(5)));
    let entered = setting.house.count("SELECT count(*) FROM audit WHERE what LIKE 'portal.tickets.%' AND actor LIKE '%portal%'").await;
    assert_eq!(entered, 4);
    assert_eq!(server::db::check(&setting.house.file()), []);
}

fn all<T: Row>(holder: &Holder) -> Vec<T> {
    let rows = holder.rows.iter().filter(|((entity, _), _)| entity == T::ENTITY);
    rows.map(|(_, (json, _))| serde_json::from_str(json).expect("a row")).collect()
}

/// Request 13, trap 13.
#[tokio::test]
async fn a_colleagues_ticket_is_seen_while_the_account_shares() {
    let setting = setting().await;
    let house = &setting.house;
    let (luo, shen) = (setting.accepted().await, house.guest("沈知遥", setting.customer).await);
    let id = fresh();
    assert!(taken(&push(house, &luo, fresh::<ClientId>(), &[mutation(1, &asks(id))]).await).results[0].ok);
    let note = tickets::Command::Note { id: fresh(), ticket: id, text: prose("先查保修"), files: Vec::new(), mentions: Vec::new() };
    setting.does(Command::Tickets(note)).await;
    let mut colleague = Holder::new();
    let write = shown::Command::Write { id: fresh(), ticket: id, text: prose("我也遇到了。"), files: Vec::new() };
    for (n, shared) in [(1, false), (2, true), (3, false)] {
        let now = house.row::<Customer>(setting.customer).await.expect("the customer").shares_tickets;
        let edit = customers::Command::Edit { id: setting.customer, edits: vec![Edit::SharesTickets(Was { was: now, now: shared })] };
        setting.does(Command::Customers(edit)).await;
        colleague.pull(house, &shen).await;
        assert_eq!(colleague.has::<shown::Ticket>(id), shared);
        assert_eq!(all::<shown::Entry>(&colleague).len(), usize::from(shared), "and never the note");
        let answer = taken(&push(house, &shen, colleague.client_id, &[mutation(n, &write)]).await);
        assert_eq!(answer.results[0].ok, shared, "{answer:?}");
    }
    assert_eq!(server::db::check(&house.file()), []);
}

#[tokio::test]
async fn each_side_is_heard_in_its_own_vocabulary_only_and_each_command_once() {
    let setting = setting().await;
    let house = &setting.house;
    let luo = setting.accepted().await;
    let (id, client) = (fresh(), fresh::<ClientId>());
    let open = mutation(1, &asks(id));
    for _ in 0..2 {
        assert!(taken(&push(house, &luo, client, std::slice::from_ref(&open)).await).results[0].ok);
    }
    assert_eq!(house.count("SELECT count(*) FROM ticket").await, 1);
    let archive = Command::Customers(customers::Command::Archive { id: setting.customer });
    let staff = tickets::Command::Move { ticket: id, from: State::New, to: State::Solved };
    let before = house.everything().await;
    let foreign = [super::wire::mutation(2, &archive), super::wire::mutation(3, &Command::Tickets(staff))];
    let answer = taken(&push(house, &luo, client, &foreign).await);
    let refusals: Vec<portal::Refusal> = answer
        .results
        .iter()
        .map(|verdict| serde_json::from_value(verdict.refusal.clone().expect("a refusal")).expect("a refusal of the portal's"))
        .collect();
    assert_eq!(refusals, [portal::Refusal::Malformed, portal::Refusal::Malformed]);
    let answer = taken(&push(house, &setting.lin, fresh::<ClientId>(), &[mutation(1, &shown::Command::Seen { ticket: id })]).await);
    assert_eq!(refusal(&answer, 0), domain::change::Refusal::Malformed);
    assert_eq!(house.everything().await, before);
}

/// What is internal is in no scope of a customer's, whoever it mentions.
#[tokio::test]
async fn an_internal_note_stays_internal() {
    let setting = setting().await;
    let luo = setting.accepted().await;
    let id = fresh();
    push(&setting.house, &luo, fresh::<ClientId>(), &[mutation(1, &asks(id))]).await;
    let note = tickets::Command::Note {
        id: fresh(),
        ticket: id,
        text: prose("客户很急，先别报价"),
        files: Vec::new(),
        mentions: vec![setting.lin.person],
    };
    setting.does(Command::Tickets(note)).await;
    let pins = [setting.customer];
    let (mut theirs, mut ours) = (Holder::with(&pins), Holder::with(&pins));
    theirs.pull(&setting.house, &luo).await;
    ours.pull(&setting.house, &setting.lin).await;
    assert!(
        theirs.cursors.keys().all(|scope| !matches!(scope, domain::sync::Scope::History(_) | domain::sync::Scope::Ledger(_))),
        "histories are not for customers"
    );
    assert_eq!(all::<Entry>(&ours).iter().filter(|entry| entry.audience == Audience::Internal).count(), 1);
    assert_eq!(all::<shown::Entry>(&theirs).len(), 1);
    assert!(setting.house.row::<Contact>(setting.luo).await.is_some());
}

/// Whoever is called otherwise from now on is so in the portal too.
#[tokio::test]
async fn a_new_name_reaches_the_portal_with_all_that_shows_it() {
    let setting = setting().await;
    let luo = setting.accepted().await;
    let id = fresh();
    push(&setting.house, &luo, fresh::<ClientId>(), &[mutation(1, &asks(id))]).await;
    setting.does(Command::Tickets(tickets::Command::Assign { ticket: id, from: None, to: Some(setting.lin.person) })).await;
    let (mut theirs, mut ours) = (Holder::new(), Holder::new());
    theirs.pull(&setting.house, &luo).await;
    ours.pull(&setting.house, &setting.lin).await;
    setting.edits(vec![ContactEdit::Name(Was { was: name("罗一舟"), now: name("罗亦舟") })]).await;
    let mut lin: Person = setting.house.row(setting.lin.person).await.expect("the salesperson");
    lin.name = name("林晓雯");
    setting.house.put(lin).await;
    theirs.pull(&setting.house, &luo).await;
    let ticket: shown::Ticket = theirs.get(id).expect("the ticket");
    assert_eq!((ticket.asked_by, ticket.carer), (Some(name("罗亦舟")), Some(name("林晓雯"))));
    assert_eq!(theirs.get::<Account>(setting.customer).expect("the account").adviser, Some(name("林晓雯")));
    assert_eq!(theirs.get::<Profile>(setting.luo).expect("oneself").name, name("罗亦舟"));
    let page = ours.page(&setting.house, &setting.lin).await;
    assert!(page.rows.iter().all(|row| row.1 != Ticket::ENTITY), "staff have the person, and need nothing more");
    assert_eq!(server::db::check(&setting.house.file()), []);
}

/// A device that pulled all along holds what a new one gets, whatever staff did meanwhile.
#[tokio::test]
async fn a_device_that_came_along_holds_what_a_new_one_gets() {
    let setting = setting().await;
    let house = &setting.house;
    let chief = house.join("顾青", Role::Manager, &[]).await;
    let west = house.team("华西").await;
    let bo = house.join("沈一白", Role::Sales, &[west]).await;
    let (luo, shen) = (setting.accepted().await, house.guest("沈知遥", setting.customer).await);
    let (mut along, id, other) = (Holder { limit_bytes: 900, ..Holder::new() }, fresh(), fresh());
    push(house, &luo, along.client_id, &[mutation(1, &asks(id))]).await;
    push(house, &shen, fresh::<ClientId>(), &[mutation(1, &asks(other))]).await;
    let shares = |was, now| {
        let edits = vec![Edit::SharesTickets(Was { was, now })];
        Command::Customers(customers::Command::Edit { id: setting.customer, edits })
    };
    let transfer = customers::Command::Transfer { id: setting.customer, from: Some(setting.lin.person), to: Some(bo.person), team: west };
    let tickets = [
        tickets::Command::Note { id: fresh(), ticket: id, text: prose("先查保修"), files: Vec::new(), mentions: Vec::new() },
        tickets::Command::Reply { id: fresh(), ticket: other, text: prose("明天到"), files: Vec::new(), then: State::Waiting },
        tickets::Command::Assign { ticket: id, from: None, to: Some(bo.person) },
        tickets::Command::Move { ticket: id, from: State::New, to: State::Solved },
    ];
    let deeds = [shares(false, true), Command::Customers(transfer)].into_iter().chain(tickets.map(Command::Tickets));
    for deed in deeds.chain([shares(true, false), shares(false, true)]) {
        assert_eq!(house.command(chief.actor(), deed).await.expect("no trouble"), Ok(()));
        along.pull(house, &luo).await;
        let mut anew = Holder::new();
        anew.pull(house, &luo).await;
        let sorted = |holder: &Holder| {
            let mut rows = holder.rows.clone();
            rows.values_mut().for_each(|(_, scopes)| scopes.sort_unstable());
            rows
        };
        assert_eq!(sorted(&along), sorted(&anew));
    }
    assert_eq!(along.get::<Account>(setting.customer).expect("the account").adviser, Some(name("沈一白")));
    assert!(along.has::<shown::Ticket>(other));
    assert_eq!(server::db::check(&house.file()), []);
}
