//! The staff vocabulary: who may do what, about whose, written out command by command.

use domain::{
    access::{self, Role},
    calendar::Calendar,
    change::{Command, Refusal},
    context::Actor,
    customers::{self, ContactEdit, Edit, Was},
    loyalty, notices, orders,
    service_level::{Priority, Target, Targets},
    settings, surveys, team,
    tickets::{self, Channel, Kind, State},
    timeline,
    words::Say,
};

use super::{
    cast::{Cast, Seat, Sees, Whose, written},
    drafts::{contact, draft, money, offered, planned, points, record, sale, step, today},
    things::Things,
};
use crate::{
    harness::{NOON, fresh, name},
    portal::{line, prose},
};

/// What a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Something of a customer's: whoever sees the customer reaches it.
    Customer,
    /// As [`About::Customer`], and only by who made it.
    Own,
    /// What stands in the house for everybody.
    House,
    /// Nothing that is there before.
    Nothing,
    /// What is the reader's alone: of others and of nobody's there is nothing to do, and nothing is done.
    Mine,
    /// What only a job does, whatever it is about.
    Job,
}

pub struct Row {
    /// Which roles do it, in the order sales, service, support, marketing, manager, admin.
    pub marks: &'static str,
    pub about: About,
    pub command: Command,
}

/// Every command once: which roles do it, what it is about, and how it is said of these things. One that is missing is
/// missed by the match, so that this does not compile.
macro_rules! rows {
    (($it:ident, $mine:ident) $($feature:ident of $module:ident { $($verb:ident $marks:literal $about:ident $args:tt)* })*) => {
        const fn is_listed(command: &Command) {
            match command {
                $($(Command::$feature($module::Command::$verb { .. }) => (),)*)*
            }
        }

        /// The commands about `it`, by somebody whose own things are `mine`.
        pub fn staff_commands($it: &Things, $mine: &Things) -> Vec<Row> {
            let rows = vec![$($(Row {
                marks: $marks,
                about: About::$about,
                command: Command::$feature($module::Command::$verb $args),
            },)*)*];
            rows.iter().for_each(|row| is_listed(&row.command));
            rows
        }
    };
}
rows! { (it, mine)
    Customers of customers {
        Open "xx-xxx" House { id: fresh(), draft: draft(it.team, Some(it.person)), contacts: vec![(fresh(), contact())] }
        Edit "xx-xxx" Customer { id: it.customer, edits: vec![Edit::Name(Was { was: Some(name("拾禾餐饮")), now: Some(name("改名")) })] }
        Archive "xx-xxx" Customer { id: it.customer }
        Restore "xx-xxx" Customer { id: it.archived }
        Transfer "----xx" Customer { id: it.customer, from: Some(it.owner), to: Some(mine.person), team: mine.team }
        AddContact "xx-xxx" Customer { id: fresh(), customer: it.customer, draft: contact() }
        EditContact "xx-xxx" Customer { id: it.contact, edits: vec![ContactEdit::Position(Was { was: None, now: Some(line("店长")) })] }
        RemoveContact "xx-xxx" Customer { id: it.contact }
        RestoreContact "xx-xxx" Customer { id: it.removed }
    }
    Timeline of timeline {
        FollowUp "xxxxxx" Customer {
            id: fresh(), customer: it.customer, happened_at: NOON, record: record(Some(it.contact)), finishes: Some(it.step),
            next: Some(step(fresh(), mine.person))
        }
        Withdraw "xxxxxx" Own { id: it.entry }
        Reinstate "xxxxxx" Own { id: it.withdrawn }
        Plan "xxxxxx" Customer { customer: it.customer, step: step(fresh(), mine.person) }
        Reschedule "xxxxxx" Customer { id: it.step, from: NOON, to: NOON.plus_seconds(60) }
        Finish "xxxxxx" Customer { id: it.step }
        Drop "xxxxxx" Customer { id: it.step }
        Reopen "xxxxxx" Customer { id: it.done }
        Pass "xxxxxx" Customer { id: it.step, from: it.owner, to: mine.person }
    }
    Team of team {
        AddDepartment "-----x" Nothing { id: fresh(), name: name("部门") }
        RenameDepartment "-----x" House { id: it.department, name: name("改名") }
        AddTeam "-----x" Nothing { id: fresh(), name: name("团队") }
        RenameTeam "-----x" House { id: it.team, name: name("改名") }
        EditPerson "-----x" House { id: it.person, edit: team::PersonEdit {
            name: name("改名"), role: Role::Sales, department: Some(it.department), teams: vec![it.team], absent_until: None
        } }
        Disable "-----x" House { id: it.person }
        HandOver "-----x" House { from: it.gone, to: it.person }
        Enable "-----x" House { id: it.gone }
    }
    Settings of settings {
        Rename "-----x" Nothing { name: name("改名") }
        SetSalesReach "-----x" Nothing { reach: domain::access::Reach::Team }
        SetCalendar "-----x" Nothing { calendar: Calendar { days: vec![(today(), true)], ..Calendar::default() } }
        SetTargets "-----x" Nothing { targets: Targets { low: Target { response: 10, resolution: 20 }, ..Targets::default() } }
    }
    Notices of notices {
        Read "xxxxxx" Mine { ids: vec![it.notice] }
        Unread "xxxxxx" Mine { id: it.was_read }
        Remind "xxxxxx" Job {
            person: it.owner, cause: notices::Cause::StepDue, thing: it.step.into(), customer: Some(it.customer), ticket: Some(it.ticket), text: None
        }
    }
    Tickets of tickets {
        Open "xxx-xx" Customer { id: fresh(), draft: Box::new(tickets::Draft {
            customer: it.customer, contact: Some(it.contact), kind: Kind::Support, channel: Channel::Phone, subject: line("漏水"),
            text: prose("滴水"), files: Vec::new(), priority: None, assignee: Some(mine.person)
        }) }
        Reply "xxx-xx" Customer { id: fresh(), ticket: it.ticket, text: prose("明天到"), files: Vec::new(), then: State::Open }
        Note "xxx-xx" Customer { id: fresh(), ticket: it.ticket, text: prose("查保修"), files: Vec::new(), mentions: vec![mine.person] }
        Move "xxx-xx" Customer { ticket: it.ticket, from: State::New, to: State::Open }
        Assign "xxx-xx" Customer { ticket: it.ticket, from: None, to: Some(mine.person) }
        Prioritise "xxx-xx" Customer { ticket: it.ticket, to: Priority::Urgent }
        Reclassify "xxx-xx" Customer { ticket: it.ticket, to: Kind::Complaint }
    }
    Orders of orders {
        Record "xx--xx" Customer { id: fresh(), draft: recorded(it) }
        Pay "xx--xx" Customer { order: it.order, on: today() }
        Deliver "xx--xx" Customer { order: it.paid }
        Cancel "xx--xx" Customer { order: it.order }
        Refund "-x--xx" Customer { id: fresh(), order: it.paid, amount: money(100), reason: Some(line("退")) }
    }
    Loyalty of loyalty {
        Redeem "xx--xx" Customer { id: fresh(), customer: it.customer, reward: mine.reward, price: points(10) }
        Fulfil "xx--xx" Customer { redemption: it.redemption }
        CallOff "xx--xx" Customer { redemption: it.redemption }
        Give "---xxx" Customer { customer: it.customer, points: points(5), reason: line("补") }
        Take "---xxx" Customer { customer: it.customer, points: points(5), reason: line("扣") }
        AddReward "---xxx" Nothing { id: fresh(), reward: offered() }
        EditReward "---xxx" House { id: it.reward, reward: offered() }
        PlanProgramme "---xxx" Nothing { id: fresh(), from: today(), rules: Box::new(loyalty::Rules::usual(money(200))) }
        DropPlan "---xxx" Nothing { from: planned() }
        BeginVersion "---xxx" Job { version: it.plan }
        FinishVersion "---xxx" Job { version: it.begun }
        Settle "---xxx" Job { customer: it.customer }
        AskReview "---xxx" Nothing { id: fresh() }
        ApproveReview "---xxx" House { review: it.review, on: today().plus_days(1) }
        DropReview "---xxx" House { review: it.review }
        EnterMovers "---xxx" Job { review: it.review, movers: Vec::new() }
        ProposeReview "---xxx" Job { review: it.review, finding: loyalty::Finding { on: today(), sizes: loyalty::Sizes::default(), rises: 0, falls: 0 } }
        AnnounceMove "---xxx" Job { id: fresh() }
        FinishReview "---xxx" Job { review: it.review }
    }
    Surveys of surveys {
        TakeUp "xxxxxx" Customer { answer: it.answer }
        LetGo "xxxxxx" Customer { answer: it.taken_up }
    }
}

fn recorded(it: &Things) -> Box<orders::Draft> {
    let orders::Command::Record { draft, .. } = sale(fresh(), it.customer, true) else { unreachable!("a sale is recorded") };
    draft
}

/// What the interface for other systems offers to tokens; nothing else is theirs, whatever their role.
fn is_offered(name: &str) -> bool {
    let features = ["customers.", "orders.", "tickets.", "notices."];
    features.iter().any(|feature| name.starts_with(feature)) && name != "customers.transfer"
}

pub fn is_done_by(row: &Row, role: Role) -> bool {
    let at = Role::ALL.iter().position(|it| *it == role).expect("a role");
    row.marks.as_bytes()[at] == b'x'
}

const NOT_FOUND: Option<&str> = Some("access.not_found");

/// What is to come of a row, said by its code; nothing where it is to be done.
fn expected(row: &Row, name: &str, seat: &Seat, whose: Whose) -> Option<&'static str> {
    if !seat.alive {
        return NOT_FOUND;
    }
    if !seat.role.is_none_or(|role| is_done_by(row, role)) || (is_token(seat) && !is_offered(name)) {
        return Some("access.not_your_role");
    }
    let is_seen = match whose {
        Whose::Own => matches!(seat.sees, Sees::Own | Sees::All),
        Whose::Foreign => matches!(seat.sees, Sees::Foreign | Sees::All),
        Whose::Absent => false,
    };
    match row.about {
        About::Nothing | About::Mine => None,
        About::Job => NOT_FOUND,
        About::House => {
            if whose == Whose::Absent {
                NOT_FOUND
            } else {
                None
            }
        }
        About::Customer | About::Own if !is_seen => NOT_FOUND,
        About::Own if !is_author(seat.name, whose) => Some("timeline.not_yours"),
        About::Customer | About::Own => None,
    }
}

const fn is_token(seat: &Seat) -> bool {
    matches!(seat.by, Actor::Token(_))
}

/// Who has made what is theirs.
fn is_author(name: &str, whose: Whose) -> bool {
    matches!((name, whose), ("sales", Whose::Own) | ("sales elsewhere", Whose::Foreign))
}

pub const WHOSE: [Whose; 3] = [Whose::Own, Whose::Foreign, Whose::Absent];

/// A1, A2, A3. What is allowed is done and taken back again; what is refused is sent as a device sends it, and has written
/// nothing but its verdict.
#[tokio::test]
async fn every_command_does_for_everybody_what_the_matrix_says() {
    let cast = Cast::assemble().await;
    let mut cells = 0;
    for seat in &cast.seats {
        let (mut allowed, mut refused) = (Vec::new(), Vec::new());
        for whose in WHOSE {
            for row in staff_commands(&cast.things(whose), &cast.own) {
                let name = written(&row.command).0;
                // A system cannot say in which team a customer is: the server does, and means one that is there.
                if is_token(seat) && name == "customers.open" && whose == Whose::Absent {
                    continue;
                }
                let code = expected(&row, &name, seat, whose);
                let kept = if code.is_none() { &mut allowed } else { &mut refused };
                kept.push((whose, name, code, row));
            }
        }
        cells += allowed.len() + refused.len();
        let acts = cast.tried(seat.by, allowed.iter().map(|(.., row)| row.command.clone()).collect()).await;
        for ((whose, name, _, row), done) in allowed.iter().zip(acts) {
            let acts = row.about != About::Mine || is_author(seat.name, *whose);
            assert_eq!(done.as_ref().map(|events| *events > 0), Ok(acts), "{name} on {whose:?} by {}", seat.name);
        }
        let commands: Vec<_> = refused.iter().map(|(.., row)| row.command.clone()).collect();
        for ((whose, name, code, _), refusal) in refused.iter().zip(cast.refused(seat, &commands).await) {
            assert_eq!(Some(refusal.code()), *code, "{name} on {whose:?} by {}", seat.name);
            if *code == NOT_FOUND {
                assert_eq!(refusal, Refusal::Access(access::Refusal::NotFound), "absent and foreign are one answer, to the letter");
            }
        }
    }
    println!("the staff vocabulary: {cells} cells, {} seats", cast.seats.len());
    assert!(cells >= 3_000, "{cells}");
}
