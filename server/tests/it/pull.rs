//! Pull: everybody holds what they may see now, and nothing else.

use std::{collections::BTreeMap, time::Duration};

use axum::http::{Method, StatusCode};
use domain::{
    access::{Reach, Role},
    change::Command,
    customers::{self, Contact, ContactDraft, Customer, CustomerDraft, Figure, Kind, PhoneSeen},
    id::{CustomerId, TeamId},
    row::Row,
    session::PROTO_HEADER,
    settings,
    sync::{
        Scope,
        wire::{Cursor, MIN_PROTO, PROTO, PullRequest, PullResponse},
    },
    team,
    text::Phone,
    time::Instant,
    timeline::{Entry, Step, StepDraft},
};
use server::sync::retention;

use super::{
    harness::{House, NOON, Somebody, damage, fresh, name},
    wire::{Holder, mutation, open, push},
};

/// Two teams, a salesperson in each, and a manager who sees both.
pub struct Setting {
    pub house: House,
    pub east: TeamId,
    pub west: TeamId,
    pub ada: Somebody,
    pub bo: Somebody,
    pub chief: Somebody,
}

pub async fn setting(sales: Reach) -> Setting {
    let house = House::founded(sales).await;
    let (east, west) = (house.team("华东").await, house.team("华西").await);
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let bo = house.join("沈一白", Role::Sales, &[west]).await;
    let chief = house.join("顾青", Role::Manager, &[]).await;
    Setting { house, east, west, ada, bo, chief }
}

/// A customer with everything that can belong to one.
pub async fn furnished(setting: &Setting, who: &Somebody, team: TeamId) -> CustomerId {
    let id = fresh();
    let draft = CustomerDraft { name: Some(name("拾禾餐饮")), owner: Some(who.person), ..CustomerDraft::of(Kind::Company, team) };
    let contact = ContactDraft {
        name: name("周以宁"),
        position: None,
        decision_role: None,
        phone: Some(Phone::parse("13812345678").expect("a number")),
        email: None,
        preferences: None,
    };
    let draft = Box::new(CustomerDraft { phone: contact.phone.clone(), ..draft });
    let open = customers::Command::Open { id, draft, contacts: vec![(fresh(), contact)] };
    let step = StepDraft { id: fresh(), text: domain::text::Line::parse("回访").expect("a line"), due: NOON, who: who.person };
    let plan = domain::timeline::Command::Plan { customer: id, step };
    for command in [Command::Customers(open), Command::Timeline(plan)] {
        let done = setting.house.command(who.actor(), command).await.expect("no trouble");
        assert_eq!(done, Ok(()));
    }
    id
}

pub fn kinds(holder: &Holder) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for (entity, _) in holder.rows.keys() {
        *kinds.entry(entity.clone()).or_default() += 1;
    }
    kinds
}

pub async fn transfer(setting: &Setting, id: CustomerId, from: &Somebody, to: &Somebody, team: TeamId) {
    let transfer = customers::Command::Transfer { id, from: Some(from.person), to: Some(to.person), team };
    let done = setting.house.command(setting.chief.actor(), Command::Customers(transfer)).await;
    assert_eq!(done.expect("no trouble"), Ok(()));
}

/// S093: a customer that moves to another team takes everything that belongs to it along.
#[tokio::test]
async fn a_customer_that_leaves_a_scope_is_retracted_with_all_that_belongs_to_it() {
    for sales in [Reach::Team, Reach::Own] {
        let setting = setting(sales).await;
        let id = furnished(&setting, &setting.ada, setting.east).await;
        let (mut ada, mut bo, mut list) = (Holder::with(&[id]), Holder::with(&[id]), Holder::new());
        ada.pull(&setting.house, &setting.ada).await;
        list.pull(&setting.house, &setting.ada).await;
        assert_eq!(kinds(&list).get(Entry::ENTITY), None, "what happened comes to those who open the customer");
        bo.pull(&setting.house, &setting.bo).await;
        let colleagues = kinds(&bo);
        let all = [(Customer::ENTITY, 1), (Contact::ENTITY, 1), (Figure::ENTITY, 1), (Entry::ENTITY, 2), (Step::ENTITY, 1)];
        for (kind, count) in all {
            assert_eq!((kinds(&ada).get(kind), colleagues.get(kind)), (Some(&count), None), "{sales:?} {kind}");
        }
        transfer(&setting, id, &setting.ada, &setting.bo, setting.west).await;
        ada.pull(&setting.house, &setting.ada).await;
        bo.pull(&setting.house, &setting.bo).await;
        assert_eq!(kinds(&ada), colleagues, "{sales:?}: nothing of it is left behind");
        for (kind, count) in all {
            // The transfer itself is on the timeline too.
            let count = if kind == Entry::ENTITY { count + 1 } else { count };
            assert_eq!(kinds(&bo).get(kind), Some(&count), "{sales:?} {kind}");
        }
        assert_eq!(server::db::check(&setting.house.file()), []);
    }
}

#[tokio::test]
async fn a_new_device_is_not_told_what_left_before_it_came() {
    let setting = setting(Reach::Team).await;
    let id = furnished(&setting, &setting.ada, setting.east).await;
    transfer(&setting, id, &setting.ada, &setting.bo, setting.west).await;
    assert!(Holder::new().page(&setting.house, &setting.ada).await.gone.is_empty());
}

#[tokio::test]
async fn a_row_stays_while_another_scope_that_is_held_contains_it() {
    let setting = setting(Reach::Team).await;
    let both = setting.house.join("程野", Role::Sales, &[setting.east, setting.west]).await;
    let id = furnished(&setting, &setting.ada, setting.east).await;
    let mut holder = Holder::new();
    holder.pull(&setting.house, &both).await;
    transfer(&setting, id, &setting.ada, &setting.bo, setting.west).await;
    let page = holder.page(&setting.house, &both).await;
    assert!(page.gone.iter().any(|(scope, ..)| *scope == Scope::Team(setting.east)));
    assert!(holder.has::<Customer>(id));
}

#[tokio::test]
async fn a_grant_that_is_lost_drops_its_scope_and_a_new_one_comes_whole() {
    let setting = setting(Reach::Team).await;
    let (here, there) =
        (setting.house.customer("东一", setting.east, None).await, setting.house.customer("西一", setting.west, None).await);
    let mut holder = Holder::new();
    holder.pull(&setting.house, &setting.ada).await;
    assert!(holder.has::<Customer>(here) && !holder.has::<Customer>(there));
    let edit =
        team::PersonEdit { name: name("林知遥"), role: Role::Sales, department: None, teams: vec![setting.west], absent_until: None };
    let admin = setting.house.join("方明", Role::Admin, &[]).await;
    let edit = Command::Team(team::Command::EditPerson { id: setting.ada.person, edit });
    assert_eq!(setting.house.command(admin.actor(), edit).await.expect("no trouble"), Ok(()));
    let page = holder.page(&setting.house, &setting.ada).await;
    assert_eq!(page.drop, [Scope::Queue(setting.east), Scope::Team(setting.east), Scope::Money(setting.east)]);
    assert!(!holder.has::<Customer>(here) && holder.has::<Customer>(there));
    assert!(!holder.cursors.contains_key(&Scope::Team(setting.east)));
}

#[tokio::test]
async fn how_far_sales_see_takes_effect_at_once() {
    let setting = setting(Reach::Team).await;
    let (own, other) = (furnished(&setting, &setting.ada, setting.east).await, setting.house.customer("东二", setting.east, None).await);
    let mut holder = Holder::new();
    holder.pull(&setting.house, &setting.ada).await;
    assert!(holder.has::<Customer>(own) && holder.has::<Customer>(other));
    let admin = setting.house.join("方明", Role::Admin, &[]).await;
    let set = Command::Settings(settings::Command::SetSalesReach { reach: Reach::Own });
    assert_eq!(setting.house.command(admin.actor(), set).await.expect("no trouble"), Ok(()));
    holder.pull(&setting.house, &setting.ada).await;
    assert!(holder.has::<Customer>(own) && !holder.has::<Customer>(other));
}

/// Pages of one change each: what one command made is there whole or not at all.
#[tokio::test]
async fn a_page_is_never_cut_inside_one_change() {
    let setting = setting(Reach::Team).await;
    for _ in 0..6 {
        furnished(&setting, &setting.ada, setting.east).await;
    }
    let mut holder = Holder { limit_bytes: 1, ..Holder::new() };
    let mut pages = 0;
    while !holder.page(&setting.house, &setting.ada).await.done {
        pages += 1;
        let kinds = kinds(&holder);
        let opened = kinds.get(Customer::ENTITY);
        assert_eq!(opened, kinds.get(Figure::ENTITY), "page {pages}");
        assert_eq!(opened, kinds.get(Contact::ENTITY), "page {pages}");
    }
    assert!(pages >= 12, "{pages}");
}

#[tokio::test]
async fn small_pages_come_to_the_same_as_a_large_one() {
    let setting = setting(Reach::Team).await;
    let mut moved = Vec::new();
    for n in 0..8 {
        let (who, team) = if n % 2 == 0 { (&setting.ada, setting.east) } else { (&setting.bo, setting.west) };
        moved.push(furnished(&setting, who, team).await);
    }
    transfer(&setting, moved[0], &setting.ada, &setting.bo, setting.west).await;
    let (mut large, mut small) = (Holder::new(), Holder { limit_bytes: 700, ..Holder::new() });
    assert_eq!(large.pull(&setting.house, &setting.chief).await, 2, "a first look, and the rest");
    // Things go on changing while the small pages are fetched.
    for n in 1..200 {
        if n == 3 {
            transfer(&setting, moved[2], &setting.ada, &setting.bo, setting.west).await;
        }
        if small.page(&setting.house, &setting.chief).await.done {
            assert!(n > 8, "{n}");
            break;
        }
    }
    large.pull(&setting.house, &setting.chief).await;
    assert_eq!(small.rows, large.rows);
    assert_eq!(small.cursors, large.cursors);
}

async fn sweep(house: &House, days: i64) {
    house.clock.move_to(NOON.plus_seconds(days * 86_400));
    while house.db.write_when_idle(retention::sweep).await.expect("a sweep") {}
}

#[tokio::test]
async fn a_device_that_was_away_too_long_begins_its_scopes_anew() {
    let setting = setting(Reach::Team).await;
    let id = furnished(&setting, &setting.ada, setting.east).await;
    let mut ada = Holder::new();
    ada.pull(&setting.house, &setting.ada).await;
    transfer(&setting, id, &setting.ada, &setting.bo, setting.west).await;
    sweep(&setting.house, 31).await;
    assert_eq!(setting.house.count("SELECT count(*) FROM scope_rows WHERE present = 0").await, 0);
    let ada_again = setting.house.sign_in(setting.ada.person).await;
    let page = ada.page(&setting.house, &ada_again).await;
    assert!(page.reset.contains(&Scope::Team(setting.east)), "{:?}", page.reset);
    assert!(page.done && !ada.has::<Customer>(id), "no tombstone, and yet it is gone");
    assert!(ada.page(&setting.house, &ada_again).await.reset.is_empty(), "once is enough");
    assert_eq!(server::db::check(&setting.house.file()), []);
}

/// Judged by its cursor, a slow bootstrap would reset itself for ever.
#[tokio::test]
async fn a_bootstrap_that_is_slow_is_not_begun_again() {
    let setting = setting(Reach::Team).await;
    for _ in 0..5 {
        furnished(&setting, &setting.ada, setting.east).await;
    }
    let mut holder = Holder { limit_bytes: 1, ..Holder::new() };
    holder.page(&setting.house, &setting.ada).await;
    sweep(&setting.house, 31).await;
    let again = setting.house.sign_in(setting.ada.person).await;
    for n in 1..100 {
        let page = holder.page(&setting.house, &again).await;
        assert!(page.reset.is_empty(), "page {n}: {:?}", page.reset);
        if page.done {
            return;
        }
    }
    panic!("a bootstrap that does not end");
}

#[tokio::test]
async fn another_history_starts_everything_over() {
    let setting = setting(Reach::Team).await;
    let mut holder = Holder::new();
    holder.pull(&setting.house, &setting.ada).await;
    damage(&setting.house, "UPDATE clock SET epoch = 'restored'").await;
    let answer: PullResponse = setting.house.post(&setting.ada, "/sync/pull", &holder.request()).await.ok();
    let PullResponse::ResetAll { reset_all, epoch } = answer else { panic!("a page of another history") };
    assert!(reset_all);
    assert_eq!(epoch, "restored");
}

#[tokio::test]
async fn a_cursor_from_the_future_begins_its_scope_anew() {
    let setting = setting(Reach::Team).await;
    let mut holder = Holder::new();
    holder.pull(&setting.house, &setting.ada).await;
    let rows = holder.rows.clone();
    holder.cursors.insert(Scope::Org, Cursor(9_999, 9_999));
    let page = holder.page(&setting.house, &setting.ada).await;
    assert_eq!(page.reset, [Scope::Org]);
    assert_eq!(holder.rows, rows);
}

/// T1: what a device says it holds decides only what is taken away.
#[tokio::test]
async fn claiming_a_scope_gains_nothing() {
    let setting = setting(Reach::Own).await;
    let theirs = furnished(&setting, &setting.bo, setting.west).await;
    let mut liar = Holder::new();
    liar.pull(&setting.house, &setting.ada).await;
    let honest = liar.rows.clone();
    let claims = [Scope::Team(setting.west), Scope::Owner(setting.bo.person), Scope::User(setting.bo.person.into()), Scope::Team(fresh())];
    liar.cursors.extend(claims.map(|scope| (scope, Cursor(0, 0))));
    let page = liar.page(&setting.house, &setting.ada).await;
    assert_eq!(page.drop.len(), claims.len());
    assert!(page.rows.is_empty());
    assert_eq!(liar.rows, honest);
    liar.pins = vec![theirs, fresh()];
    liar.cursors.extend(liar.pins.clone().into_iter().flat_map(Scope::pinned).map(|scope| (scope, Cursor(0, 0))));
    let page = liar.page(&setting.house, &setting.ada).await;
    assert_eq!((page.drop.len(), page.rows.len()), (4, 0), "nor does asking for a history");
}

/// T4: GB/T 35273 §7.2.
#[tokio::test]
async fn telephone_numbers_leave_masked() {
    let setting = setting(Reach::Team).await;
    let id = furnished(&setting, &setting.ada, setting.east).await;
    let mut holder = Holder::new();
    for who in [&setting.ada, &setting.chief] {
        holder.pull(&setting.house, who).await;
    }
    let customer: Customer = holder.get(id).expect("the customer");
    assert!(matches!(customer.phone, Some(PhoneSeen::Masked(masked)) if masked.as_str() == "138****5678"));
    assert!(holder.rows.values().all(|(json, _)| !json.contains("13812345678")));
    let kept: Customer = setting.house.row(id).await.expect("the customer");
    assert!(matches!(kept.phone, Some(PhoneSeen::Whole(_))), "the server keeps the whole number");
}

#[tokio::test]
async fn a_pull_writes_nothing() {
    let setting = setting(Reach::Team).await;
    push(&setting.house, &setting.ada, fresh(), &[mutation(1, &open("一", setting.east).1)]).await;
    let log = setting.house.file().with_extension("db-wal");
    let size = || std::fs::metadata(&log).expect("the log").len();
    let before = size();
    let mut holder = Holder::new();
    for _ in 0..20 {
        holder.pull(&setting.house, &setting.ada).await;
    }
    assert_eq!(size(), before);
}

fn waiting(holder: &Holder) -> PullRequest {
    PullRequest { wait_s: 25, ..holder.request() }
}

#[tokio::test]
async fn a_long_poll_answers_when_something_changes_that_it_may_see() {
    let setting = setting(Reach::Team).await;
    let mut holder = Holder::new();
    let first: PullResponse = setting.house.post(&setting.ada, "/sync/pull", &waiting(&holder)).await.ok();
    assert!(matches!(first, PullResponse::Page(page) if !page.rows.is_empty()), "what is new is told at once");
    holder.pull(&setting.house, &setting.ada).await;
    let request = waiting(&holder);
    let poll = setting.house.post(&setting.ada, "/sync/pull", &request);
    let elsewhere = async {
        setting.house.customer("西一", setting.west, None).await;
        setting.house.customer("东一", setting.east, None).await
    };
    let (answer, id) = tokio::join!(poll, elsewhere);
    let PullResponse::Page(page) = answer.ok() else { panic!("another history") };
    let told: Vec<_> = page.rows.iter().filter(|row| row.1 == Customer::ENTITY).map(|row| row.2).collect();
    assert_eq!(told, [id.into()]);
}

#[tokio::test]
async fn a_long_poll_ends_when_the_server_stops() {
    let setting = setting(Reach::Team).await;
    let mut holder = Holder::new();
    holder.pull(&setting.house, &setting.ada).await;
    let request = waiting(&holder);
    let poll = setting.house.post(&setting.ada, "/sync/pull", &request);
    let stop = async { setting.house.app.stopping.cancel() };
    let (answer, ()) = tokio::time::timeout(Duration::from_secs(20), async { tokio::join!(poll, stop) }).await.expect("an end");
    assert!(matches!(answer.ok(), PullResponse::Page(page) if page.rows.is_empty()));
}

#[tokio::test]
async fn the_clock_of_a_change_is_the_servers() {
    let setting = setting(Reach::Team).await;
    let (id, command) = open("一", setting.east);
    let mut mutation = mutation(1, &command);
    mutation.client_ts = Instant(0);
    push(&setting.house, &setting.ada, fresh(), &[mutation]).await;
    assert_eq!(setting.house.row::<Customer>(id).await.expect("the customer").created_at, NOON);
}

#[tokio::test]
async fn a_device_that_is_too_old_is_told_so_and_nothing_of_it_is_taken() {
    let setting = setting(Reach::Team).await;
    let before = setting.house.everything().await;
    let pull = serde_json::to_string(&Holder::new().request()).expect("JSON");
    for path in ["/sync/pull", "/sync/push", "/sync/live"] {
        for (proto, is_spoken) in [(PROTO.to_string(), true), (MIN_PROTO.to_string(), true), ("0".into(), false), ("one".into(), false)] {
            let method = if path == "/sync/live" { Method::GET } else { Method::POST };
            let mut request = House::request(Some(&setting.ada), method, path, Some(pull.clone()));
            request.headers_mut().insert(PROTO_HEADER, proto.parse().expect("a value"));
            if path == "/sync/live" && is_spoken {
                continue;
            }
            let answer = setting.house.send(request).await;
            assert_eq!(answer.status != StatusCode::UPGRADE_REQUIRED, is_spoken, "{path} {proto}");
            assert_eq!(answer.text.contains("client.too_old"), !is_spoken, "{}", answer.text);
        }
    }
    assert_eq!(setting.house.everything().await, before);
}
