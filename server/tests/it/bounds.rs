//! The bounds of the portal: whose id a customer tries makes no difference, and no word that is ours alone gets out.

use axum::http::{Method, StatusCode};
use domain::{
    access::{self, Reach, Role},
    change::Command,
    context::Actor,
    customers::{self, ContactDraft, CustomerDraft, DecisionRole, Industry, Kind},
    id::{ClientId, ContactId, CustomerId, FileId, Id, StepId, TicketEntryId, TicketId},
    portal::Refusal,
    row::Rows,
    text::{Email, Phone},
    tickets::{self, Audience, Entry, Stars, State, portal as shown},
    timeline::{self, FollowUp, Method as Way, Outcome, StepDraft},
};

use super::{
    files::sent_as,
    harness::{Guest, House, NOON, Somebody, fresh, name},
    portal::{asks, line, mutation, prose},
    wire::{Holder, push, taken},
};

/// Stands in every text that is ours alone.
const OURS: &str = "哨兵";
const OUR_NUMBER: &str = "13977770001";
const OUR_ADDRESS: &str = "sentinel@ours.example";

/// Two customers with everything that can belong to one, and somebody of the first in the portal.
struct Setting {
    house: House,
    lin: Somebody,
    guest: Guest,
    own: Belongings,
    foreign: Belongings,
}

struct Belongings {
    customer: CustomerId,
    contact: ContactId,
    ticket: TicketId,
    said: TicketEntryId,
    note: TicketEntryId,
    step: StepId,
    /// With what was said, and with the note.
    files: [FileId; 2],
}

async fn setting() -> Setting {
    let house = House::founded(Reach::Own).await;
    let east = house.team(&format!("{OURS}队")).await;
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let own = belongings(&house, &lin, east).await;
    let foreign = belongings(&house, &lin, east).await;
    let guest = house.guest("罗一舟", own.customer).await;
    Setting { house, lin, guest, own, foreign }
}

async fn does(house: &House, by: Actor, command: Command) {
    assert_eq!(house.command(by, command).await.expect("no trouble"), Ok(()));
}

fn described(team: domain::id::TeamId, lin: &Somebody) -> (CustomerDraft, ContactDraft) {
    let ours = |what: &str| format!("{OURS}{what}");
    let (phone, email) = (Phone::parse(OUR_NUMBER).ok(), Email::parse(OUR_ADDRESS).ok());
    let draft = CustomerDraft {
        name: Some(name("拾禾餐饮")),
        industry: Some(Industry::Catering),
        legal_representative: Some(name(&ours("法人"))),
        business_scope: Some(prose(&ours("范围"))),
        address: Some(line(&ours("地址"))),
        phone: phone.clone(),
        email: email.clone(),
        needs: Some(prose(&ours("需求"))),
        owner: Some(lin.person),
        ..CustomerDraft::of(Kind::Company, team)
    };
    let contact = ContactDraft {
        name: name(&ours("同事")),
        position: Some(line(&ours("职位"))),
        decision_role: Some(DecisionRole::Decider),
        phone,
        email,
        preferences: Some(prose(&ours("偏好"))),
    };
    (draft, contact)
}

async fn belongings(house: &House, lin: &Somebody, team: domain::id::TeamId) -> Belongings {
    let it = Belongings {
        customer: fresh(),
        contact: fresh(),
        ticket: fresh(),
        said: fresh(),
        note: fresh(),
        step: fresh(),
        files: [fresh(), fresh()],
    };
    let (draft, contact) = described(team, lin);
    let open = customers::Command::Open { id: it.customer, draft: Box::new(draft), contacts: vec![(it.contact, contact)] };
    does(house, lin.actor(), Command::Customers(open)).await;
    let record = FollowUp {
        method: Way::Call,
        outcome: Outcome::Reached,
        contact: None,
        with: Some(name(OURS)),
        details: prose(&format!("{OURS}跟进")),
    };
    let step = StepDraft { id: it.step, text: line(&format!("{OURS}下一步")), due: NOON, who: lin.person };
    let follow =
        timeline::Command::FollowUp { id: fresh(), customer: it.customer, happened_at: NOON, record, finishes: None, next: Some(step) };
    does(house, lin.actor(), Command::Timeline(follow)).await;
    let draft = tickets::Draft {
        customer: it.customer,
        contact: Some(it.contact),
        kind: tickets::Kind::Support,
        channel: tickets::Channel::Wechat,
        subject: line(&format!("{OURS}同事的工单")),
        text: prose(&format!("{OURS}同事说的")),
        files: Vec::new(),
        priority: None,
        assignee: Some(lin.person),
    };
    let called = format!("{OURS}文件.txt");
    let [said, noted] = it.files.map(|id| sent_as(house, lin, id, &called, OURS.as_bytes()));
    let (said, noted) = (vec![said.await], vec![noted.await]);
    let reply =
        tickets::Command::Reply { id: it.said, ticket: it.ticket, text: prose(&format!("{OURS}答复")), files: said, then: State::Open };
    let note = tickets::Command::Note {
        id: it.note,
        ticket: it.ticket,
        text: prose(&format!("{OURS}备注")),
        files: noted,
        mentions: vec![lin.person],
    };
    let open = tickets::Command::Open { id: it.ticket, draft: Box::new(draft) };
    for command in [open, reply, note] {
        does(house, lin.actor(), Command::Tickets(command)).await;
    }
    it
}

/// Every command of the portal, about this ticket and under these ids.
fn every_command(ticket: TicketId, entry: TicketEntryId) -> Vec<shown::Command> {
    let stars = Stars::new(1).expect("a star");
    vec![
        shown::Command::Write { id: fresh(), ticket, text: prose("试试"), files: Vec::new() },
        shown::Command::Write { id: entry, ticket, text: prose("试试"), files: Vec::new() },
        shown::Command::Rate { ticket, stars, comment: None },
        shown::Command::Confirm { ticket },
        shown::Command::Seen { ticket },
    ]
}

/// A2, A3: what is another customer's, a colleague's or nobody's is one answer, and nothing is written.
#[tokio::test]
async fn no_id_of_anybody_elses_gets_a_customer_anywhere() {
    let Setting { house, guest, own, foreign, .. } = setting().await;
    let mine: TicketId = fresh();
    assert!(taken(&push(&house, &guest, fresh::<ClientId>(), &[mutation(1, &asks(mine))]).await).results[0].ok);
    let ids =
        |it: &Belongings| [Id::from(it.customer), it.contact.into(), it.ticket.into(), it.said.into(), it.note.into(), it.step.into()];
    let absent: Id = fresh();
    let tried: Vec<Id> = ids(&own).into_iter().chain(ids(&foreign)).chain([absent]).filter(|id| *id != own.customer.into()).collect();
    let mut commands: Vec<shown::Command> = tried.iter().flat_map(|id| every_command((*id).into(), fresh())).collect();
    // An id that is taken takes nothing over.
    commands.extend([foreign.ticket, own.ticket].map(asks));
    let entries = [foreign.said, foreign.note, own.said, own.note];
    commands.extend(entries.map(|id| shown::Command::Write { id, ticket: mine, text: prose("试试"), files: Vec::new() }));
    let before = house.everything().await;
    for chunk in commands.chunks(50) {
        let mutations: Vec<_> = (1..).zip(chunk).map(|(mid, command)| mutation(mid, command)).collect();
        for verdict in taken(&push(&house, &guest, fresh::<ClientId>(), &mutations).await).results {
            let refusal: Refusal = serde_json::from_value(verdict.refusal.expect("a refusal")).expect("a refusal of the portal's");
            assert_eq!(refusal, Refusal::Access(access::Refusal::NotFound), "{:?}", chunk[usize::try_from(verdict.mid).expect("few") - 1]);
        }
    }
    assert_eq!(house.everything().await, before);
}

#[tokio::test]
async fn no_address_of_staff_tells_a_customer_anything() {
    let Setting { house, guest, own, foreign, lin } = setting().await;
    let before = house.everything().await;
    let mut told = Vec::new();
    let paths = |id: Id| {
        [
            (Method::POST, format!("/api/customers/{id}/reveal")),
            (Method::POST, format!("/api/contacts/{id}/reveal")),
            (Method::GET, format!("/api/customers/{id}/portal")),
            (Method::POST, format!("/api/contacts/{id}/invite")),
            (Method::POST, format!("/api/contacts/{id}/sign-out")),
            (Method::POST, format!("/api/team/people/{id}/reset")),
            (Method::POST, format!("/api/team/people/{id}/sign-out")),
            (Method::DELETE, format!("/auth/sessions/{id}")),
            (Method::GET, format!("/api/files/{id}")),
        ]
    };
    let ids: [Id; 6] =
        [own.customer.into(), own.contact.into(), foreign.customer.into(), foreign.contact.into(), lin.person.into(), fresh()];
    let files = [own.files, foreign.files].into_iter().flatten().map(Id::from);
    for (method, path) in ids.into_iter().chain(files).flat_map(paths).chain([(Method::GET, "/api/people".to_owned())]) {
        let answer = house.send(House::request(Some(&guest), method, &path, None)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        told.push(answer.text);
    }
    told.dedup();
    assert_eq!(told.len(), 1, "absent, foreign and not for customers are one answer: {told:?}");
    assert_eq!(house.everything().await, before);
}

const PLANTED: &str = "SELECT count(*) FROM (
     SELECT legal_representative AS text FROM customer UNION ALL SELECT business_scope FROM customer UNION ALL SELECT address FROM customer
     UNION ALL SELECT needs FROM customer UNION ALL SELECT position FROM contact UNION ALL SELECT preferences FROM contact
     UNION ALL SELECT what FROM timeline_entry UNION ALL SELECT text FROM timeline_step UNION ALL SELECT what FROM ticket_entry
     UNION ALL SELECT subject FROM ticket UNION ALL SELECT name FROM file UNION ALL SELECT name FROM team) WHERE text LIKE '%哨兵%'";

/// Whatever a customer asks for, no text of ours is in it, and no person's id.
#[tokio::test]
async fn no_word_that_is_ours_alone_reaches_a_customer() {
    let Setting { house, lin, guest, own, foreign } = setting().await;
    let (mine, client) = (fresh(), fresh::<ClientId>());
    let mut bodies = vec![push(&house, &guest, client, &[mutation(1, &asks(mine))]).await.text];
    let inside = format!("{OURS}内部");
    let noted = sent_as(&house, &lin, fresh(), &format!("{OURS}内部.txt"), OURS.as_bytes()).await;
    for command in [
        tickets::Command::Note { id: fresh(), ticket: mine, text: prose(&inside), files: vec![noted], mentions: vec![lin.person] },
        tickets::Command::Prioritise { ticket: mine, to: domain::service_level::Priority::Urgent },
        tickets::Command::Assign { ticket: mine, from: None, to: Some(lin.person) },
        tickets::Command::Reclassify { ticket: mine, to: tickets::Kind::Complaint },
        tickets::Command::Reply { id: fresh(), ticket: mine, text: prose("明天到"), files: Vec::new(), then: State::Solved },
    ] {
        does(&house, lin.actor(), Command::Tickets(command)).await;
    }
    for limit_bytes in [1, 1 << 18] {
        let mut holder = Holder { limit_bytes, ..Holder::with(&[own.customer, foreign.customer]) };
        for _ in 0..50 {
            bodies.push(house.post(&guest, "/sync/pull", &holder.request()).await.text);
            if holder.page(&house, &guest).await.done {
                break;
            }
        }
        assert!(holder.has::<shown::Ticket>(mine) && !holder.has::<shown::Ticket>(own.ticket));
    }
    for path in ["/auth/me", "/auth/state", "/auth/sessions", "/healthz", "/readyz"] {
        bodies.push(house.get(&guest, path).await.text);
    }
    let refused = every_command(own.ticket, own.note);
    let mutations: Vec<_> = (2..).zip(&refused).map(|(mid, command)| mutation(mid, command)).collect();
    bodies.push(push(&house, &guest, client, &mutations).await.text);
    let all = bodies.join("\n");
    let planted = house.count(PLANTED).await;
    assert!(planted >= 20, "{planted} sentinels stand in the tables");
    let person = lin.person.to_string();
    for ours in [OURS, &OUR_NUMBER[3..], OUR_ADDRESS, person.as_str(), "urgent", "internal"] {
        assert!(!all.contains(ours), "{ours} in {all}");
    }
    assert!(all.contains("明天到") && all.contains("林晓"), "what is theirs is there");
}

/// Internal entries stand in no scope that a customer can hold, by the index itself.
#[tokio::test]
async fn what_is_internal_is_in_no_scope_of_a_customers() {
    let Setting { house, own, foreign, .. } = setting().await;
    for it in [own, foreign] {
        let entry: Entry = house.row(it.note).await.expect("the note");
        assert_eq!(entry.audience, Audience::Internal);
        let by = Actor::Portal { contact: it.contact, customer: it.customer };
        let seen = house.db.write(move |tx| {
            let grants = tx.grants(by)?;
            let rows = tx.within(&grants);
            Ok((rows.get::<Entry>(it.said)?.is_some(), rows.get::<Entry>(it.note)?.is_some()))
        });
        assert_eq!(seen.await.expect("a look"), (true, false));
    }
}
