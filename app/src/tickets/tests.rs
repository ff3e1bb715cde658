//! Clocks in words, notes apart from answers, and buttons that say why they cannot be pressed.

use super::{
    clocks::{self, Promise, Standing, Urgency},
    composer::Composer,
    deeds::way_back,
    filter::queued,
    talk::Talk,
};
use crate::{
    testing::{ME, held, render},
    words::Lang,
};
use domain::{
    access::Role,
    calendar::Calendar,
    context::{Actor, Terms},
    id::{CustomerId, Id, TicketId},
    service_level::{Priority, Targets},
    text::{Line, Prose},
    tickets::{Audience, Channel, Clock, Entry, Filter, Kind, State, Ticket, View, What},
    time::{Instant, Zone},
};
use leptos::prelude::*;
use std::{collections::HashSet, sync::Arc};

const MINUTE: i64 = 60_000;
const CUSTOMER: CustomerId = CustomerId(Id::from_bytes([3; 16]));

fn terms() -> Terms {
    Terms {
        zone: Zone::fixed("Asia/Shanghai", 8 * 3_600),
        calendar: Calendar::default(),
        targets: Targets::default(),
        currency: domain::money::Currency::Cny,
    }
}

/// Monday, 23 November 2026, in Shanghai.
fn monday(hour: i64, minute: i64) -> Instant {
    terms().zone.moment("2026-11-23".parse().expect("a date"), hour * 60 + minute)
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

/// Opened on Monday at nine with ordinary urgency: an answer by eleven, a solution by Tuesday evening.
fn ticket(n: u8) -> Ticket {
    let (terms, at) = (terms(), monday(9, 0));
    let clock = Clock::new(terms.targets.of(Priority::Normal));
    Ticket {
        id: TicketId(Id::from_bytes([n; 16])),
        no: Some(1_000 + i64::from(n)),
        customer: CUSTOMER,
        contact: None,
        kind: Kind::Complaint,
        channel: Channel::Phone,
        subject: line("磨豆机异响"),
        priority: Priority::Normal,
        state: State::New,
        assignee: None,
        opened_by: Actor::Staff(ME),
        opened_at: at,
        clock,
        response_due: clock.response_due(at, terms.working()),
        resolution_due: clock.resolution_due(at, terms.working()),
        replied_at: None,
        solved_at: None,
        closed_at: None,
        said_at: at,
        said_by_customer: true,
        said: 1,
        seen_at: None,
        rating: None,
    }
}

fn entry(n: u8, audience: Audience, text: &str) -> Entry {
    Entry {
        id: Id::from_bytes([n; 16]).into(),
        ticket: ticket(1).id,
        customer: CUSTOMER,
        at: monday(9, i64::from(n)),
        by: Actor::Staff(ME),
        audience,
        what: What::Said { text: Prose::parse(text).expect("a text"), files: Vec::new() },
    }
}

fn said(promise: Promise, standing: Standing) -> String {
    clocks::sentence(Lang::Zh, promise, standing)
}

#[test]
fn a_clock_says_in_working_time_what_is_left_and_by_how_much_it_is_late() {
    let (open, terms) = (ticket(1), terms());
    let at = |hour, minute| said(Promise::Response, clocks::response(&open, monday(hour, minute), &terms));
    assert_eq!(at(9, 40), "还剩 1 小时 20 分工作时间");
    assert_eq!(at(10, 59), "还剩 1 分钟工作时间");
    // From eleven: an hour before lunch, an hour after it.
    assert_eq!(at(14, 0), "已超时 2 小时");
    assert_eq!(said(Promise::Resolution, clocks::resolution(&open, monday(9, 0), &terms)), "还剩 16 小时工作时间");
}

#[test]
fn a_promise_that_was_kept_or_broken_stays_so() {
    let terms = terms();
    let answered = |hour, minute| Ticket { replied_at: Some(monday(hour, minute)), state: State::Open, ..ticket(1) };
    let told = |ticket: &Ticket| said(Promise::Response, clocks::response(ticket, monday(17, 0), &terms));
    assert_eq!(told(&answered(9, 32)), "已在 32 分钟内回复");
    assert_eq!(told(&answered(11, 20)), "2 小时 20 分后回复，超时 20 分钟");
    let solved = Ticket { solved_at: Some(monday(10, 0)), state: State::Solved, ..answered(9, 32) };
    assert_eq!(said(Promise::Resolution, clocks::resolution(&solved, monday(17, 0), &terms)), "已在 1 小时内解决");
    assert_eq!(clocks::next(&solved, monday(17, 0), &terms), None, "nothing is owed any more");
    let unanswered = Ticket { replied_at: None, ..solved };
    assert_eq!(told(&unanswered), "没有回复过");
}

#[test]
fn while_it_is_the_customers_turn_the_clock_stands_still() {
    let waits = Ticket { state: State::Waiting, clock: ticket(1).clock.stop(monday(10, 0)), ..ticket(1) };
    let standing = |hour| clocks::resolution(&waits, monday(hour, 0), &terms());
    assert_eq!(standing(11), standing(17));
    assert_eq!(said(Promise::Resolution, standing(17)), "已暂停，等待客户，还剩 15 小时");
}

#[test]
fn the_queue_is_parted_by_what_falls_due() {
    let zone = terms().zone;
    let urgency = |ticket: &Ticket, hour| clocks::urgency(ticket, monday(hour, 0), &zone);
    assert_eq!(urgency(&ticket(1), 10), Urgency::Today);
    assert_eq!(urgency(&ticket(1), 12), Urgency::Late);
    assert_eq!(urgency(&Ticket { replied_at: Some(monday(9, 5)), ..ticket(1) }, 12), Urgency::Later);
    assert_eq!(urgency(&Ticket { state: State::Waiting, ..ticket(1) }, 12), Urgency::Paused);
    assert_eq!(urgency(&Ticket { state: State::Solved, ..ticket(1) }, 12), Urgency::Done);
}

#[test]
fn what_falls_due_next_stands_first_and_what_waits_last() {
    let minutes = |n: u8, later: i64| Ticket { response_due: Instant(monday(11, 0).0 + later * MINUTE), ..ticket(n) };
    let waits = Ticket { state: State::Waiting, ..ticket(3) };
    let all: Vec<Arc<Ticket>> = [waits, minutes(1, 60), minutes(2, 0)].into_iter().map(Arc::new).collect();
    let order = |list: &Filter| queued(list, all.clone(), &HashSet::new(), Some(ME)).iter().map(|ticket| ticket.no).collect::<Vec<_>>();
    let unassigned = Filter { view: View::Unassigned, ..Filter::default() };
    assert_eq!(order(&unassigned), [Some(1_002), Some(1_001), Some(1_003)]);
    assert_eq!(order(&Filter::default()), [], "none is mine");
    assert_eq!(order(&Filter { query: "#1001".into(), ..unassigned.clone() }), [Some(1_001)]);
    assert_eq!(order(&Filter { query: "异响".into(), kind: Some(Kind::Support), ..unassigned }), []);
}

#[test]
fn undoing_leads_back_as_far_as_the_states_allow() {
    assert_eq!(way_back(State::Open, State::Waiting), [State::Open]);
    assert_eq!(way_back(State::Waiting, State::Solved), [State::Open, State::Waiting]);
    assert_eq!(way_back(State::New, State::Solved), [State::Open], "nothing becomes new again");
    assert_eq!(way_back(State::New, State::Open), []);
    assert_eq!(way_back(State::Solved, State::Closed), []);
}

#[test]
fn a_note_is_unmistakably_internal_and_an_answer_is_not() {
    let rows = vec![
        held(&ticket(1)),
        held(&entry(1, Audience::Customer, "早上又响了")),
        held(&entry(2, Audience::Customer, "马上派人来看")),
        held(&entry(3, Audience::Internal, "刀盘批次有问题")),
    ];
    let html = render(Role::Service, rows, || view! { <Talk id=ticket(1).id/> }.into_any());
    let part =
        |voice: &str| html.split("<li").find(|part| part.contains(&format!("data-voice=\"{voice}\""))).unwrap_or_default().to_owned();
    assert!(part("customer").contains("早上又响了") && part("customer").contains("代为记录"), "{html}");
    assert!(part("ours").contains("马上派人来看") && part("ours").contains("公开回复"), "{html}");
    assert!(part("note").contains("刀盘批次有问题") && part("note").contains("客户看不到") && part("note").contains("i-lock"), "{html}");
    assert!(!part("ours").contains("客户看不到"), "{html}");
}

#[test]
fn an_answer_to_a_closed_ticket_is_refused_before_the_click() {
    let composer = |state, role| {
        let rows = vec![held(&Ticket { state, ..ticket(1) })];
        render(role, rows, || view! { <Composer id=ticket(1).id/> }.into_any())
    };
    assert!(composer(State::Closed, Role::Service).contains("这张工单已经关闭"));
    assert!(!composer(State::Open, Role::Service).contains("aria-disabled"));
    assert!(composer(State::Open, Role::Marketing).contains("aria-disabled=\"true\""), "marketing answers no tickets");
}

#[test]
fn a_complaint_is_answered_in_three_steps_and_a_question_as_one_likes() {
    let composer = |kind| {
        let rows = vec![held(&Ticket { kind, ..ticket(1) })];
        render(Role::Service, rows, || view! { <Composer id=ticket(1).id/> }.into_any())
    };
    assert!(composer(Kind::Complaint).contains("倾听"));
    assert!(!composer(Kind::Consultation).contains("倾听"));
}
