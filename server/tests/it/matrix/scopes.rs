//! Scopes: which of them everybody is sent, whatever they ask for, and what a device may pin.

use axum::http::StatusCode;
use domain::{
    access::Role,
    id::{CustomerId, Id},
    sync::{
        Scope,
        wire::{Cursor, Page, PullRequest, PullResponse},
    },
};
use std::collections::{BTreeMap, BTreeSet};

use super::{
    cast::{Cast, Seat, Sees, Whose},
    staff::WHOSE,
    things::Things,
};
use crate::harness::{Somebody, fresh};

/// Who holds a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    AllStaff,
    AllCustomers,
    /// The people of that customer.
    Customer,
    /// The salesperson whose customers they are.
    Owner,
    /// Whoever serves the team.
    Team,
    /// The same, where money is shown.
    Money,
    /// One person alone.
    User,
    Figures,
    /// Whoever sees the customer and asks for it, and where money is shown.
    Opens,
    OpensMoney,
}

/// Every scope once, of these things; one that is missing is missed by the match.
macro_rules! rows {
    ($it:ident: $($who:ident $scope:ident $(($of:expr))?;)*) => {
        const fn is_listed(scope: &Scope) {
            match scope {
                $(Scope::$scope { .. } => (),)*
            }
        }

        fn scopes($it: &Things) -> Vec<(For, Scope)> {
            let all = vec![$((For::$who, Scope::$scope $(($of))?)),*];
            all.iter().for_each(|(_, scope)| is_listed(scope));
            all
        }
    };
}
rows! { it:
    AllStaff Org;
    AllCustomers Everyone;
    Customer Portal(it.customer);
    Owner Owner(it.owner);
    Team Queue(it.team);
    Team Team(it.team);
    User User(it.owner.into());
    Money Money(it.team);
    Figures Figures;
    Opens History(it.customer);
    OpensMoney Ledger(it.customer);
}

/// Somebody with a device.
struct Asks {
    name: &'static str,
    who: Somebody,
    /// None for customers.
    role: Option<Role>,
    sees: Sees,
}

fn asks(cast: &Cast) -> Vec<Asks> {
    let staff = cast.seats.iter().filter_map(|seat| {
        let Seat { name, session, role, sees, .. } = seat.clone();
        Some(Asks { name, who: session?, role, sees })
    });
    let guests =
        [("who asked", &cast.luo, Sees::Own), ("a colleague", &cast.shen, Sees::Own), ("another customer", &cast.xu, Sees::Foreign)];
    let guests = guests.map(|(name, guest, sees)| Asks { name, who: Somebody::clone(guest), role: None, sees });
    staff.chain(guests).collect()
}

fn holds(asks: &Asks, scope: For, whose: Whose) -> bool {
    let of_theirs = match whose {
        Whose::Own => matches!(asks.sees, Sees::Own | Sees::All),
        Whose::Foreign => matches!(asks.sees, Sees::Foreign | Sees::All),
        Whose::Absent => false,
    };
    let is_sales = asks.role == Some(Role::Sales);
    let sees_money = asks.role.is_some_and(|role| role != Role::Support);
    match scope {
        For::AllStaff => asks.role.is_some(),
        For::AllCustomers => asks.role.is_none(),
        For::Customer => asks.role.is_none() && of_theirs,
        For::Owner | For::User => is_sales && of_theirs,
        For::Team => asks.role.is_some() && !is_sales && of_theirs,
        For::Money => !is_sales && sees_money && of_theirs,
        For::Figures => matches!(asks.role, Some(Role::Marketing | Role::Manager | Role::Admin)),
        For::Opens => asks.role.is_some() && of_theirs,
        For::OpensMoney => sees_money && of_theirs,
    }
}

/// All pages that a device is sent that claims to hold this scope from the beginning and pins this customer.
async fn pulled(cast: &Cast, who: &Somebody, scope: Scope, pin: Option<CustomerId>) -> Vec<Page> {
    let (mut pages, mut scopes) = (Vec::new(), BTreeMap::from([(scope, Cursor(0, 0))]));
    let epoch = cast.epoch().await;
    for _ in 0..100 {
        let (client_id, pins) = (fresh(), pin.into_iter().collect());
        let epoch = Some(epoch.clone());
        let request = PullRequest { client_id, epoch, scopes, pins, confirmed_mid: 0, limit_bytes: 1 << 20, wait_s: 0 };
        let answer = cast.house.post(who, "/sync/pull", &request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let PullResponse::Page(page) = answer.json() else { panic!("another history") };
        scopes = page.cursors.clone();
        let done = page.done;
        pages.push(page);
        if done {
            return pages;
        }
    }
    panic!("a pull that does not end");
}

/// A1 of scopes: every scope by everybody with a device, claimed and pinned. What is not granted is taken away, whether it is
/// foreign or nobody's, and no row of it comes.
#[tokio::test]
async fn everybody_is_sent_the_scopes_that_the_matrix_says() {
    let cast = Cast::assemble().await;
    let mut cells = 0;
    for asks in asks(&cast) {
        for whose in WHOSE {
            let it = cast.things(whose);
            for (who, scope) in scopes(&it) {
                cells += 1;
                let pages = pulled(&cast, &asks.who, scope, Some(it.customer)).await;
                let expected = holds(&asks, who, whose);
                let cell = format!("{scope} of {whose:?} by {}", asks.name);
                let sent = pages.iter().flat_map(|page| &page.rows).filter(|row| row.0 == scope).count();
                let cursors = pages.iter().filter(|page| page.cursors.contains_key(&scope)).count();
                assert_eq!(cursors, if expected { pages.len() } else { 0 }, "{cell}");
                let may_be_empty = scope == Scope::Figures;
                assert!(expected == (sent > 0) || (expected && may_be_empty), "{cell}: {sent} rows");
                assert_eq!(pages[0].drop.contains(&scope), !expected, "{cell}: what is not theirs is taken away");
                let granted: BTreeSet<Scope> = pages.iter().flat_map(|page| page.cursors.keys().copied()).collect();
                let rows: BTreeSet<Scope> = pages.iter().flat_map(|page| page.rows.iter().map(|row| row.0)).collect();
                assert!(rows.is_subset(&granted), "{cell}: rows beside the scopes");
            }
        }
    }
    println!("scopes: {cells} cells");
    assert!(cells >= 350, "{cells}");
}

/// A pin that one may not open changes nothing: to the letter what a pin of nothing is answered with.
#[tokio::test]
async fn a_pin_that_is_not_theirs_is_answered_as_one_of_nothing() {
    let cast = Cast::assemble().await;
    let mut cells = 0;
    for asks in asks(&cast) {
        for whose in [Whose::Own, Whose::Foreign] {
            if holds(&asks, For::Opens, whose) {
                continue;
            }
            // Things of other kinds too: an id is not what it claims to be.
            for (thing, id) in cast.things(whose).named() {
                let told = async |pin: Id| {
                    let pages = pulled(&cast, &asks.who, Scope::History(fresh()), Some(pin.into())).await;
                    let sent = pages.iter().map(|page| format!("{:?} {:?} {:?} {:?}", page.cursors, page.rows, page.gone, page.reset));
                    sent.collect::<Vec<_>>()
                };
                cells += 1;
                assert_eq!(told(id).await, told(fresh()).await, "{thing} of {whose:?} by {}", asks.name);
            }
        }
    }
    println!("pins: {cells} cells");
    assert!(cells >= 200, "{cells}");
}
