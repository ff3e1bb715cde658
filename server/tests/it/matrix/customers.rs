//! The customers' vocabulary, and what becomes of either vocabulary in the wrong hands.

use domain::{
    loyalty::portal as loyalty,
    portal::{Command, Refusal},
    surveys::{Score, portal as surveys},
    tickets::{Kind, Stars, portal as tickets},
    words::Say,
};
use serde_json::value::RawValue;

use super::{
    cast::{Cast, Whose},
    drafts::points,
    staff::{WHOSE, staff_commands},
    things::{Things, file},
};
use crate::{
    harness::{Guest, Somebody, fresh},
    portal::{line, prose},
};

/// What a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A ticket of the person's own.
    Ticket,
    /// What stands in the house for everybody.
    House,
    /// Nothing that is there before.
    Nothing,
}

pub struct Row {
    pub about: About,
    pub command: Command,
}

macro_rules! rows {
    (($it:ident, $mine:ident) $($feature:ident of $module:ident { $($verb:ident $about:ident $args:tt)* })*) => {
        const fn is_listed(command: &Command) {
            match command {
                $($(Command::$feature($module::Command::$verb { .. }) => (),)*)*
            }
        }

        /// The commands about `it`, by one of the people of the customer whose things are `mine`.
        pub fn portal_commands($it: &Things, $mine: &Things) -> Vec<Row> {
            let rows = vec![$($(Row { about: About::$about, command: Command::$feature($module::Command::$verb $args) },)*)*];
            rows.iter().for_each(|row| is_listed(&row.command));
            rows
        }
    };
}
rows! { (it, mine)
    Tickets of tickets {
        Open Nothing { id: fresh(), kind: Kind::Support, subject: line("漏水"), text: prose("滴水"), files: vec![file(mine.contacts_file)] }
        Write Ticket { id: fresh(), ticket: it.ticket, text: prose("还在滴"), files: vec![file(mine.contacts_file)] }
        Rate Ticket { ticket: it.solved, stars: Stars::new(5).expect("stars"), comment: Some(prose("快")) }
        Confirm Ticket { ticket: it.solved }
        Seen Ticket { ticket: it.solved }
    }
    Loyalty of loyalty {
        Redeem House { id: fresh(), reward: it.reward, price: points(10) }
    }
    Surveys of surveys {
        Answer Nothing { id: fresh(), score: Score::new(9).expect("a score"), comment: Some(prose("好")) }
    }
}

pub fn written(command: &Command) -> (String, Box<RawValue>) {
    command.written().expect("a command that can be written")
}

/// A person of a customer, and whose tickets are theirs.
fn seats(cast: &Cast) -> [(&'static str, &Guest, Option<Whose>); 3] {
    [("who asked", &cast.luo, Some(Whose::Own)), ("a colleague", &cast.shen, None), ("another customer", &cast.xu, Some(Whose::Foreign))]
}

#[tokio::test]
async fn every_command_of_customers_does_for_each_of_them_what_the_matrix_says() {
    let cast = Cast::assemble().await;
    let mut cells = 0;
    for (name, guest, theirs) in seats(&cast) {
        let mine = cast.things(theirs.unwrap_or(Whose::Own));
        let (mut allowed, mut refused) = (Vec::new(), Vec::new());
        for whose in WHOSE {
            for Row { about, command } in portal_commands(&cast.things(whose), &mine) {
                let is_theirs = match about {
                    About::Ticket => theirs == Some(whose),
                    About::House => whose != Whose::Absent,
                    About::Nothing => true,
                };
                // The file is that of who asked.
                let files = matches!(&command, Command::Tickets(tickets::Command::Open { .. } | tickets::Command::Write { .. }));
                let code = match (files && theirs.is_none(), is_theirs) {
                    (true, _) => Some("attachments.not_there"),
                    (false, false) => Some("access.not_found"),
                    (false, true) => None,
                };
                let kept = if code.is_none() { &mut allowed } else { &mut refused };
                kept.push((whose, command, code));
            }
        }
        cells += allowed.len() + refused.len();
        let done = cast.tried_by_customers(guest.actor(), allowed.iter().map(|(_, command, _)| command.clone()).collect()).await;
        for ((whose, command, _), done) in allowed.iter().zip(done) {
            assert!(done.as_ref().is_ok_and(|events| *events > 0), "{command:?} on {whose:?} by {name}: {done:?}");
        }
        let commands: Vec<_> = refused.iter().map(|(_, command, _)| written(command)).collect();
        for ((whose, command, code), refusal) in refused.iter().zip(cast.refused_by_device(guest, &commands).await) {
            let refusal: Refusal = serde_json::from_value(refusal).expect("a refusal of the portal's");
            assert_eq!(Some(refusal.code()), *code, "{command:?} on {whose:?} by {name}");
        }
    }
    println!("the customers' vocabulary: {cells} cells");
    assert!(cells >= 60, "{cells}");
}

/// Commands that either side knows by the same name, which are therefore read: as the customer's own.
const SHARED: [&str; 1] = ["loyalty.redeem"];

/// A command of the other vocabulary is no command.
#[tokio::test]
async fn nobody_speaks_the_vocabulary_of_the_others() {
    let cast = Cast::assemble().await;
    let mut cells = 0;
    let malformed = serde_json::json!("malformed");
    for (_, guest, _) in seats(&cast) {
        let all = WHOSE.map(|whose| staff_commands(&cast.things(whose), &cast.own));
        let commands: Vec<_> = all.iter().flatten().map(|row| super::cast::written(&row.command)).collect();
        let commands: Vec<_> = commands.into_iter().filter(|(name, _)| !SHARED.contains(&name.as_str())).collect();
        cells += commands.len();
        assert!(cast.refused_by_device(guest, &commands).await.iter().all(|refusal| *refusal == malformed));
    }
    let staff: Vec<(&str, &Somebody)> = cast.seats.iter().filter_map(|seat| Some((seat.name, seat.session.as_ref()?))).collect();
    for (name, who) in staff {
        let all = WHOSE.map(|whose| portal_commands(&cast.things(whose), &cast.own));
        let commands: Vec<_> = all.iter().flatten().map(|row| written(&row.command)).collect();
        cells += commands.len();
        assert!(cast.refused_by_device(who, &commands).await.iter().all(|refusal| *refusal == malformed), "{name}");
    }
    println!("the vocabulary of the others: {cells} cells");
    assert!(cells >= 600, "{cells}");
}

/// Whose account a redemption names makes no difference: it is taken from the customer's own.
#[tokio::test]
async fn a_customer_that_names_another_spends_its_own_points() {
    let cast = Cast::assemble().await;
    let all = staff_commands(&cast.foreign, &cast.own);
    let redeem = all.iter().map(|row| super::cast::written(&row.command)).find(|(name, _)| name == SHARED[0]);
    assert_eq!(cast.pushed(&cast.luo, &[redeem.expect("a redemption")]).await, [None]);
    let spent = |sql| cast.house.count(sql);
    assert_eq!(spent("SELECT count(*) FROM loyalty_redemption").await, 3);
    for (it, count) in [(cast.own, 2), (cast.foreign, 1)] {
        let holder = cast.house.db.read(move |rows| {
            let customer = domain::id::Id::from(it.customer).bytes();
            Ok(rows
                .connection()
                .query_row("SELECT count(*) FROM loyalty_redemption WHERE customer = ?1", [customer], |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(holder.await.expect("a count"), count);
    }
}

/// Signed out, expired, ended by an administrator, a token instead of a session: the commands are not even read.
#[tokio::test]
async fn without_a_session_no_command_is_read() {
    let cast = Cast::assemble().await;
    let sessions = super::cast::without_access(&cast).await;
    let mut cells = 0;
    let staff = WHOSE.map(|whose| staff_commands(&cast.things(whose), &cast.own));
    let theirs = WHOSE.map(|whose| portal_commands(&cast.things(whose), &cast.own));
    let staff = staff.iter().flatten().map(|row| super::cast::written(&row.command));
    let commands: Vec<_> = staff.chain(theirs.iter().flatten().map(|row| written(&row.command))).collect();
    for (name, request, code) in &sessions {
        let before = cast.house.everything().await;
        for (n, args) in &commands {
            let answer = cast.house.send(request(&[super::cast::sent(1, n, args)])).await;
            assert_eq!(crate::auth::code(&answer), *code, "{n} by {name}");
            cells += 1;
        }
        assert_eq!(cast.house.everything().await, before, "{name}");
    }
    println!("without a session: {cells} cells");
    assert!(cells >= 900, "{cells}");
}
