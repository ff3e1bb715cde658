//! The portal's screens, rendered as a customer's device would show them.

use super::{
    devices, journey,
    letters::Letters,
    place::Place,
    rating::RatingCard,
    requests::RequestRow,
    standing::{Turn, sentence},
};
use crate::{
    book::Book,
    browser::clock,
    routes,
    words::{self, Lang},
};
use domain::{
    context::Actor,
    id::{ContactId, CustomerId, Id, TicketEntryId, TicketId},
    portal::Command,
    row::Row,
    session::Me,
    sync::{Held, Key, Scope},
    text::{Line, Name, Prose},
    tickets::{
        Kind, Rating, Stars, State,
        portal::{self, Author, Entry, Ticket, What},
    },
    time::Instant,
};
use leptos::prelude::*;

fn id<T: From<Id>>(n: u8) -> T {
    Id::from_bytes([n; 16]).into()
}

fn me() -> Me {
    let actor = Actor::Portal { contact: id(1), customer: id::<CustomerId>(2) };
    Me { actor, user: id(1), name: "沈知夏".into(), role: None, company: "澄溪".into() }
}

fn ticket() -> Ticket {
    Ticket {
        id: id(3),
        no: Some(418),
        contact: Some(id(1)),
        asked_by: None,
        kind: Kind::Support,
        subject: Line::parse("厨房净水机出水变小").expect("a line"),
        state: State::New,
        carer: None,
        opened_at: clock::now(),
        answer_due: None,
        said_at: clock::now(),
        said_by_customer: true,
        said: 1,
        seen_at: Some(clock::now()),
        solved_at: None,
        rating: None,
    }
}

fn entry(n: u8, by: Author, what: What) -> Entry {
    Entry { id: id::<TicketEntryId>(n), ticket: id(3), at: Instant(clock::now().0 + i64::from(n)), by, what }
}

fn held<T: Row>(row: &T) -> (Key, Held) {
    let json = serde_json::to_string(row).expect("a row is JSON");
    (Key::new(T::ENTITY, row.id()), Held { json: json.into(), scopes: [Scope::Portal(id(2))].into() })
}

/// Renders with a book of these rows, as a page would.
fn rendered(lang: Lang, rows: Vec<(Key, Held)>, view: impl FnOnce(Book) -> AnyView) -> String {
    _ = any_spawner::Executor::init_futures_executor();
    let owner = Owner::new();
    owner.with(|| {
        words::provide_language().set(lang);
        let book = Book::of_rows::<Command>(me(), rows);
        provide_context(book);
        view(book).to_html()
    })
}

fn row_of(lang: Lang, ticket: &Ticket) -> String {
    rendered(lang, vec![held(ticket)], |_| view! { <RequestRow id=id(3)/> }.into_any())
}

fn in_time(hours: i64) -> Option<Instant> {
    Some(clock::now().plus_seconds(hours * 3_600))
}

#[test]
fn a_promise_says_until_when_and_is_honest_when_late() {
    let soon = row_of(Lang::Zh, &Ticket { answer_due: in_time(2), ..ticket() });
    assert!(soon.contains("我们会在") && soon.contains("前回复") && soon.contains("data-turn=\"ours\""), "{soon}");
    let late = row_of(Lang::Zh, &Ticket { answer_due: in_time(-2), ..ticket() });
    assert!(late.contains("晚了") && late.contains("data-turn=\"late\""), "{late}");
    let english = row_of(Lang::En, &Ticket { answer_due: in_time(2), ..ticket() });
    assert!(english.contains("We answer by"), "{english}");
}

#[test]
fn it_says_whose_turn_it_is_by_name() {
    let he = Some(Name::parse("何敏").expect("a name"));
    let ours = row_of(Lang::Zh, &Ticket { state: State::Open, carer: he.clone(), ..ticket() });
    assert!(ours.contains("何敏正在处理"), "{ours}");
    let theirs = row_of(Lang::Zh, &Ticket { state: State::Waiting, carer: he, ..ticket() });
    assert!(theirs.contains("何敏在等您回复"), "{theirs}");
    assert!(row_of(Lang::Zh, &Ticket { state: State::Solved, ..ticket() }).contains("已解决"));
}

#[test]
fn only_what_was_not_read_has_a_dot() {
    let unread = Ticket { said_by_customer: false, seen_at: None, ..ticket() };
    assert!(row_of(Lang::Zh, &unread).contains("有新回复"));
    assert!(!row_of(Lang::Zh, &ticket()).contains("有新回复"));
}

#[test]
fn what_is_written_is_shown_at_once_and_marked_until_it_is_sent() {
    let write = |book: Book| {
        let text = Prose::parse("水流只有一半").expect("prose");
        book.submit(&Command::Tickets(portal::Command::Write { id: id(9), ticket: id(3), text, files: Vec::new() })).expect("accepted");
        assert_eq!(book.unsent().get_untracked(), 1);
        view! { <Letters id=id(3)/> }.into_any()
    };
    let theirs = entry(
        4,
        Author::Ours { name: Some(Name::parse("何敏").expect("a name")) },
        What::Said { text: Prose::parse("请拍张照片。").expect("prose"), files: Vec::new() },
    );
    let asked = entry(
        2,
        Author::Theirs { contact: id(1), name: None },
        What::Said { text: Prose::parse("水流变小了").expect("prose"), files: Vec::new() },
    );
    let html = rendered(Lang::Zh, vec![held(&Ticket { state: State::Waiting, ..ticket() }), held(&asked), held(&theirs)], write);
    assert_eq!(html.matches("letter-unsent").count(), 1, "{html}");
    assert!(html.contains("data-by=\"us\"") && html.contains("data-by=\"me\""), "{html}");
    assert!(html.contains("发送中"), "{html}");
}

/// A customer who called finds their own words, and no answer that nobody gave.
#[test]
fn what_one_of_us_wrote_down_for_a_customer_is_the_customers_own() {
    let ours = || Author::Ours { name: Some(Name::parse("何敏").expect("a name")) };
    let said = |n: u8, words: &str| entry(n, ours(), What::Said { text: Prose::parse(words).expect("prose"), files: Vec::new() });
    let (asked, answered) = (said(4, "早上又响了"), said(5, "请拍张照片。"));
    let shown = |ticket: &Ticket, letters: &[&Entry]| {
        let rows = std::iter::once(held(ticket)).chain(letters.iter().map(|letter| held(*letter))).collect();
        rendered(Lang::Zh, rows, |book| {
            let steps = journey::steps(book, ticket).map(|(_, at)| at.is_some());
            view! { <p>{format!("{steps:?}")}</p> <Letters id=id(3)/> }.into_any()
        })
    };
    let fresh = shown(&ticket(), &[&asked]);
    assert!(fresh.contains("data-by=\"me\"") && fresh.contains("由何敏代为记录") && fresh.contains("[true, false, false]"), "{fresh}");
    let of_another = Ticket { contact: Some(id(7)), asked_by: Some(Name::parse("陆明").expect("a name")), ..ticket() };
    let theirs = shown(&of_another, &[&asked, &answered]);
    assert!(theirs.contains("data-by=\"with-me\"") && theirs.contains("陆明") && theirs.contains("data-by=\"us\""), "{theirs}");
    assert!(theirs.contains("[true, true, false]"), "{theirs}");
}

#[test]
fn what_is_done_before_the_rules_are_here_is_kept_and_shown_once_they_are() {
    let owner = Owner::new();
    owner.with(|| {
        let book = Book::before_rules::<Command>(me(), vec![held(&ticket())]);
        let text = Prose::parse("水流只有一半").expect("prose");
        book.submit(&Command::Tickets(portal::Command::Write { id: id(9), ticket: id(3), text, files: Vec::new() })).expect("kept");
        assert_eq!((book.unsent().get_untracked(), book.rows::<Entry>().len()), (1, 0));
        book.learn::<Command>();
        assert_eq!((book.unsent().get_untracked(), book.rows::<Entry>().len()), (1, 1));
    });
}

#[test]
fn only_rules_that_are_here_refuse() {
    let owner = Owner::new();
    owner.with(|| {
        let book = Book::before_rules::<Command>(me(), vec![held(&Ticket { state: State::Closed, ..ticket() })]);
        let text = Prose::parse("还有一件事").expect("prose");
        let write = Command::Tickets(portal::Command::Write { id: id(9), ticket: id(3), text, files: Vec::new() });
        assert!(book.why_not(&write).is_none());
        book.learn::<Command>();
        assert!(book.why_not(&write).is_some());
    });
}

#[test]
fn a_closed_ticket_takes_no_answer_and_says_why() {
    rendered(Lang::Zh, vec![held(&Ticket { state: State::Closed, ..ticket() })], |book| {
        let text = Prose::parse("还有一件事").expect("prose");
        let refused = book.why_not(&Command::Tickets(portal::Command::Write { id: id(9), ticket: id(3), text, files: Vec::new() }));
        assert!(refused.is_some());
        ().into_any()
    });
}

#[test]
fn a_rating_is_asked_for_once_solved_and_thanked_for() {
    let solved = Ticket { state: State::Solved, solved_at: Some(clock::now()), ..ticket() };
    let card = |ticket: &Ticket| rendered(Lang::Zh, vec![held(ticket)], |_| view! { <RatingCard id=id(3)/> }.into_any());
    let asks = card(&solved);
    assert!(
        asks.contains("这次服务您满意吗？") && asks.contains("aria-label=\"5 星, 非常满意\"") && asks.contains("已解决，谢谢"),
        "{asks}"
    );
    let stars = Stars::new(4).expect("four stars");
    let thanks = card(&Ticket { rating: Some(Rating { stars, comment: None, at: clock::now() }), ..solved });
    assert!(thanks.contains("谢谢您的评价") && thanks.contains("aria-label=\"4 星\""), "{thanks}");
}

#[test]
fn a_ticket_that_only_this_device_knows_waits_for_a_line() {
    let unsent = Ticket { no: None, ..ticket() };
    assert_eq!(Turn::of(&unsent, true, clock::now()), Turn::Unsent);
    let said = rendered(Lang::En, Vec::new(), |book| sentence(book, Lang::En, &unsent, Turn::Unsent).into_any());
    assert!(said.contains("Sent once you are online"), "{said}");
}

#[test]
fn every_address_is_a_place() {
    let ticket: TicketId = id(3);
    assert_eq!(Place::named("/portal"), Place::Home);
    assert_eq!(Place::named("/portal/"), Place::Home);
    assert_eq!(Place::named(routes::SERVICE), Place::Service);
    assert_eq!(Place::named(routes::NEW_REQUEST), Place::NewRequest);
    assert_eq!(Place::named(&routes::request(ticket)), Place::Request(ticket));
    assert_eq!(Place::named(routes::MYSELF), Place::Myself);
    assert_eq!(Place::named("/portal/service/nonsense"), Place::Nowhere);
}

#[test]
fn everybody_is_led_to_their_own_place() {
    let customer = me();
    let staff = Me { role: Some(domain::access::Role::Service), ..me() };
    assert_eq!(routes::place_of(&customer, Some("/staff/customers")), routes::PORTAL);
    assert_eq!(routes::place_of(&customer, Some("/portal/service")), routes::SERVICE);
    assert_eq!(routes::place_of(&staff, Some("/portal/service")), routes::TODAY);
    assert_eq!(routes::place_of(&staff, Some("//elsewhere.example")), routes::TODAY);
}

#[test]
fn devices_are_called_what_people_call_them() {
    let wechat = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0";
    assert_eq!(devices::named(Lang::Zh, wechat), "安卓 微信");
    assert_eq!(devices::named(Lang::En, "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36"), "Chrome on Windows");
    assert_eq!(devices::named(Lang::Zh, "curl/8"), "某台设备");
}

#[test]
fn a_colleague_of_the_same_account_is_named() {
    let colleague = Author::Theirs { contact: id::<ContactId>(8), name: Some(Name::parse("顾明远").expect("a name")) };
    let html = rendered(
        Lang::Zh,
        vec![
            held(&ticket()),
            held(&entry(4, colleague, What::Said { text: Prose::parse("我也遇到了").expect("prose"), files: Vec::new() })),
        ],
        |_| view! { <Letters id=id(3)/> }.into_any(),
    );
    assert!(html.contains("data-by=\"with-me\"") && html.contains("顾明远"), "{html}");
}
