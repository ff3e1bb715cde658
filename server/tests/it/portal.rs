//! The portal from end to end: a customer is invited, comes in, asks, is answered, and says how it was.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode, header};
use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::{
        self, Contact, ContactDraft, ContactEdit, Customer, CustomerDraft, Edit, Kind, Was,
        portal::{Account, Profile},
    },
    id::{ClientId, ContactId, CustomerId, Id, TicketId},
    portal::{self, House as Company},
    row::Row,
    session::{Accept, Invitation, InvitationKind, Link, Me, PortalUsers},
    sync::wire::Mutation,
    text::{Email, Line, Phone, Prose},
    tickets::{self, Audience, Entry, Stars, State, Ticket, portal as shown},
};

use super::{
    auth::{code, cookie, sign_in},
    harness::{Answer, Guest, House, NOON, Somebody, command_id, fresh, name},
    wire::{Holder, push, refusal, taken},
};

const PASSWORD: &str = "五棵枣树在院子里";
const HOME: [u8; 4] = [10, 0, 0, 1];

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
    shown::Command::Open { id, kind: tickets::Kind::Support, subject, text }
}

/// A salesperson with a customer, at which somebody can be reached both ways.
pub struct Setting {
    pub house: House,
    pub lin: Somebody,
    pub customer: CustomerId,
    pub luo: ContactId,
}

fn draft(text: &str, phone: Option<&str>, email: Option<&str>) -> ContactDraft {
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

    async fn edits(&self, edits: Vec<ContactEdit>) {
        self.does(Command::Customers(customers::Command::EditContact { id: self.luo, edits })).await;
    }

    async fn invite(&self, contact: ContactId) -> Answer {
        let mut request = House::request(Some(&self.lin), Method::POST, &format!("/api/contacts/{contact}/invite"), None);
        let headers = [(header::HOST, "127.0.0.1:3000"), (header::ORIGIN, "http://127.0.0.1:3000")];
        request.headers_mut().extend(headers.map(|(name, value)| (name, value.parse().expect("a header"))));
        self.house.send(request).await
    }

    async fn accepted(&self) -> Guest {
        let link: Link = self.invite(self.luo).await.json();
        let answer = self.accept(&link).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        Guest::new(self.luo, self.customer, cookie(&answer))
    }

    async fn accept(&self, link: &Link) -> Answer {
        let body = serde_json::to_string(&Accept { password: PASSWORD.into() }).expect("JSON");
        self.house.send(House::request(None, Method::POST, &screen(link), Some(body))).await
    }

    async fn users(&self) -> PortalUsers {
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

    let (mut theirs, mut ours) = (Holder::new(), Holder::new());
    theirs.pull(&setting.house, &luo).await;
    assert_eq!(kinds(&theirs), [(Account::ENTITY, 1), (Company::ENTITY, 1), (Profile::ENTITY, 1)].into());
    let account: Account = theirs.get(setting.customer).expect("the account");
    assert_eq!(account.adviser, Some(name("林晓")));

    let id = fresh();
    assert!(taken(&push(&setting.house, &luo, theirs.client_id, &[mutation(1, &asks(id))]).await).results[0].ok);
    ours.pull(&setting.house, &setting.lin).await;
    let ticket: Ticket = ours.get(id).expect("the ticket");
    assert_eq!((ticket.no, ticket.state, ticket.contact), (Some(1001), State::New, Some(luo.contact)));
    setting.house.clock.move_to(NOON.plus_seconds(600));
    let text = prose("明天上午带密封圈过去。");
    let reply = tickets::Command::Reply { id: fresh(), ticket: id, text: text.clone(), then: State::Waiting };
    setting.does(Command::Tickets(reply)).await;
    theirs.pull(&setting.house, &luo).await;
    let ticket: shown::Ticket = theirs.get(id).expect("the ticket");
    assert!(ticket.is_unread() && ticket.state == State::Waiting && ticket.asked_by == Some(name("罗一舟")));
    let entries: Vec<shown::Entry> = all(&theirs);
    let answer = entries.iter().find(|entry| entry.what == shown::What::Said { text: text.clone() }).expect("the answer");
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

#[tokio::test]
async fn a_customer_signs_in_by_number_or_address_and_nobody_else_does() {
    let setting = setting().await;
    setting.accepted().await;
    for who in ["13800001234", "+86 138 0000 1234", "138-0000-1234", "LUO@shihe.example"] {
        assert_eq!(sign_in(&setting.house, HOME, who, PASSWORD).await.ok::<Me>().user, Id::from(setting.luo), "{who}");
    }
    let wrong = sign_in(&setting.house, HOME, "13800001234", "not it").await;
    let nobody = sign_in(&setting.house, HOME, "13899999999", "not it").await;
    assert_eq!((wrong.status, &wrong.text), (nobody.status, &nobody.text));
}

/// Another way of writing a number is not another try.
#[tokio::test]
async fn wrong_tries_are_counted_by_the_number_however_it_is_written() {
    let setting = setting().await;
    setting.accepted().await;
    for who in ["13800001234", "138 0000 1234", "138-0000-1234", "+8613800001234", "(138)00001234"] {
        assert_eq!(sign_in(&setting.house, HOME, who, "not it").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(sign_in(&setting.house, HOME, "86 13800001234", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_cannot_be_reached_or_is_known_otherwise_is_not_invited() {
    let setting = setting().await;
    let (mute, twin, colleague) = (fresh(), fresh(), Id::from(setting.lin.person).into());
    let adds = [
        (mute, draft("沈知遥", None, None)),
        (twin, draft("许怀谷", Some("138 0000 1234"), None)),
        (colleague, draft("冒名", Some("13800005678"), None)),
    ];
    for (id, draft) in adds {
        setting.does(Command::Customers(customers::Command::AddContact { id, customer: setting.customer, draft })).await;
    }
    setting.accepted().await;
    let before = setting.house.everything().await;
    let refused = [(mute, 422, "auth.no_who"), (twin, 422, "auth.who_taken"), (colleague, 404, "access.not_found")];
    for (id, status, why) in refused {
        let answer = setting.invite(id).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (status, why));
    }
    assert_eq!(setting.house.everything().await, before);
    setting.does(Command::Customers(customers::Command::RemoveContact { id: mute })).await;
    assert_eq!(setting.invite(mute).await.status, StatusCode::NOT_FOUND);
    setting.does(Command::Customers(customers::Command::Archive { id: setting.customer })).await;
    assert_eq!(code(&setting.invite(setting.luo).await), "customers.archived");
}

#[tokio::test]
async fn a_link_for_somebody_who_is_in_is_for_a_new_password_under_the_names_of_today() {
    let setting = setting().await;
    assert_eq!(setting.users().await, PortalUsers::default());
    setting.invite(setting.luo).await;
    let invited = setting.users().await.users[&Id::from(setting.luo)].clone();
    assert_eq!((invited.active, invited.seen_at), (false, None));
    let luo = setting.accepted().await;
    let user = setting.users().await.users[&Id::from(setting.luo)].clone();
    assert_eq!((user.active, user.seen_at), (true, Some(NOON)));
    setting.edits(vec![ContactEdit::Phone(Phone::parse("13900009999").ok())]).await;
    let link: Link = setting.invite(setting.luo).await.json();
    assert_eq!(link.hours, 24);
    assert_eq!(setting.house.get(&luo, "/auth/me").await.status, StatusCode::OK, "a link alone changes nothing");
    assert_eq!(setting.accept(&link).await.status, StatusCode::OK);
    assert_eq!(code(&setting.house.get(&luo, "/auth/me").await), "auth.signed_out");
    assert_eq!(sign_in(&setting.house, HOME, "13800001234", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&setting.house, HOME, "13900009999", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_customers_session_lasts_a_month_of_silence_and_three_in_all() {
    let day = 86_400;
    let setting = setting().await;
    let luo = setting.accepted().await;
    for n in 1..=3 {
        setting.house.clock.move_to(NOON.plus_seconds(n * 29 * day));
        assert_eq!(setting.house.get(&luo, "/auth/me").await.status, StatusCode::OK);
    }
    setting.house.clock.move_to(NOON.plus_seconds(90 * day));
    assert_eq!(code(&setting.house.get(&luo, "/auth/me").await), "auth.signed_out");
    let answer = sign_in(&setting.house, HOME, "13800001234", PASSWORD).await;
    let again = Guest::new(setting.luo, setting.customer, cookie(&answer));
    setting.house.clock.move_to(NOON.plus_seconds(120 * day));
    assert_eq!(code(&setting.house.get(&again, "/auth/me").await), "auth.signed_out");
}

/// Whoever leaves, or whose company does, is out from that moment, and their devices forget.
#[tokio::test]
async fn who_leaves_the_customer_leaves_the_portal() {
    use customers::Command as C;
    let setting = setting().await;
    let (luo, customer) = (setting.luo, setting.customer);
    let pairs = [(C::RemoveContact { id: luo }, C::RestoreContact { id: luo }), (C::Archive { id: customer }, C::Restore { id: customer })];
    for (leave, back) in pairs {
        let guest = setting.accepted().await;
        let link: Link = setting.invite(luo).await.json();
        setting.does(Command::Customers(leave)).await;
        let grants = setting.house.db.read(move |rows| rows.grants(Actor::Portal { contact: luo, customer })).await;
        assert!(grants.expect("the grants").is_empty());
        assert_eq!(code(&setting.house.get(&guest, "/auth/me").await), "access.revoked");
        assert_eq!(code(&setting.house.post(&guest, "/sync/pull", &Holder::new().request()).await), "access.revoked");
        assert_eq!(sign_in(&setting.house, HOME, "13800001234", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        setting.does(Command::Customers(back)).await;
        assert_eq!(code(&setting.accept(&link).await), "auth.link_gone");
        assert_eq!(sign_in(&setting.house, HOME, "13800001234", PASSWORD).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn staff_end_a_customers_access_on_all_devices() {
    let setting = setting().await;
    let luo = setting.accepted().await;
    let path = format!("/api/contacts/{}/sign-out", setting.luo);
    let done = setting.house.send(House::request(Some(&setting.lin), Method::POST, &path, None)).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(code(&setting.house.get(&luo, "/auth/me").await), "access.revoked");
    assert_eq!(setting.house.count("SELECT count(*) FROM audit WHERE what = 'contacts.sign_out'").await, 1);
}

/// Request 13, trap 13.
#[tokio::test]
async fn a_colleagues_ticket_is_seen_while_the_account_shares() {
    let setting = setting().await;
    let house = &setting.house;
    let (luo, shen) = (setting.accepted().await, house.guest("沈知遥", setting.customer).await);
    let id = fresh();
    assert!(taken(&push(house, &luo, fresh::<ClientId>(), &[mutation(1, &asks(id))]).await).results[0].ok);
    let note = tickets::Command::Note { id: fresh(), ticket: id, text: prose("先查保修"), mentions: Vec::new() };
    setting.does(Command::Tickets(note)).await;
    let mut colleague = Holder::new();
    let write = shown::Command::Write { id: fresh(), ticket: id, text: prose("我也遇到了。") };
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
    let note =
        tickets::Command::Note { id: fresh(), ticket: id, text: prose("客户很急，先别报价"), mentions: vec![setting.lin.person] };
    setting.does(Command::Tickets(note)).await;
    let (mut theirs, mut ours) = (Holder::new(), Holder::new());
    theirs.pull(&setting.house, &luo).await;
    ours.pull(&setting.house, &setting.lin).await;
    assert_eq!(all::<Entry>(&ours).iter().filter(|entry| entry.audience == Audience::Internal).count(), 1);
    assert_eq!(all::<shown::Entry>(&theirs).len(), 1);
    assert!(setting.house.row::<Contact>(setting.luo).await.is_some());
}
