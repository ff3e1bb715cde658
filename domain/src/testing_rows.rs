//! Rows come back from a database and from the wire as they went.

use super::*;
use crate::{
    customers, insights, loyalty, notices, orders, portal, settings, surveys, team,
    testing::{About, cases},
    tickets, timeline,
};
use proptest::prelude::*;

/// What a database and the wire must not change.
fn comes_back<T: Row>(row: &T) -> Result<(), TestCaseError> {
    let cells = row.cells();
    prop_assert_eq!(cells.len(), T::COLUMNS.len());
    for (cell, column) in cells.iter().zip(T::COLUMNS) {
        let fits = match cell {
            Cell::Null => column.nullable,
            Cell::Integer(_) => column.kind == Kind::Integer,
            Cell::Text(_) => column.kind == Kind::Text,
            Cell::Id(_) => column.kind == Kind::Id,
        };
        prop_assert!(fits, "{}.{}: {cell:?}", T::ENTITY, column.name);
    }
    prop_assert_eq!(cells.first(), Some(&Cell::Id(row.id())));
    prop_assert_eq!(T::from_cells(cells), Ok(row.clone()));
    let json = serde_json::to_string(row)?;
    prop_assert!(!json.contains(['\n', '\t']), "a device keeps a row on one line");
    prop_assert_eq!(&serde_json::from_str::<T>(&json)?, row);
    Ok(())
}

#[test]
fn what_is_missing_or_of_another_kind_names_its_column() {
    let notice = || team::Department { id: Id::ONLY.into(), name: crate::testing::name("销售部"), created_at: Instant(0) }.cells();
    let bad = |at: usize, cell: Cell| {
        let mut cells = notice();
        cells[at] = cell;
        team::Department::from_cells(cells).map_err(|bad| bad.column)
    };
    assert_eq!(bad(0, Cell::Null), Err("id"));
    assert_eq!(bad(1, Cell::Integer(1)), Err("name"));
    assert_eq!(bad(1, Cell::Text(" ".to_owned())), Err("name"));
    assert_eq!(bad(2, Cell::Text("0".to_owned())), Err("created_at"));
    assert_eq!(team::Department::from_cells(Vec::new()).map_err(|bad| bad.column), Err("id"));
    assert_eq!(bool::from_cell(Cell::Integer(2)), None);
}

/// Rows of another version: what it had more is ignored, what it had not is null.
#[test]
fn a_row_of_another_version_is_read_as_far_as_it_goes() {
    let read = |json: &str| serde_json::from_str::<customers::Contact>(json);
    let id = crate::testing::id(b'k', 1);
    let known = format!(r#""id":"{id}","customer":"{id}","name":"王芳","removed":0,"created_at":5"#);
    let contact = read(&format!(r#"{{"nickname":{{"deep":[1]}},{known},"position":null}}"#)).expect("a contact");
    assert_eq!((contact.name.as_str(), contact.position, contact.phone), ("王芳", None, None));
    assert!(read(&format!(r#"{{{known},"phone":7}}"#)).is_err(), "a number where a text belongs");
    assert!(read(r#"{"name":"王芳"}"#).is_err(), "what must be there is missed");
    assert!(read("[]").is_err());
}

#[test]
fn no_two_kinds_of_rows_share_a_name() {
    let names = [
        customers::Customer::ENTITY,
        customers::Contact::ENTITY,
        customers::Figure::ENTITY,
        timeline::Entry::ENTITY,
        timeline::Step::ENTITY,
        team::Department::ENTITY,
        team::Team::ENTITY,
        team::Person::ENTITY,
        settings::Company::ENTITY,
        notices::Notice::ENTITY,
        tickets::Ticket::ENTITY,
        tickets::Entry::ENTITY,
        tickets::portal::Ticket::ENTITY,
        tickets::portal::Entry::ENTITY,
        customers::portal::Account::ENTITY,
        customers::portal::Profile::ENTITY,
        portal::House::ENTITY,
        customers::Worth::ENTITY,
        orders::Order::ENTITY,
        orders::Refund::ENTITY,
        orders::portal::Order::ENTITY,
        loyalty::Programme::ENTITY,
        loyalty::Version::ENTITY,
        loyalty::Lot::ENTITY,
        loyalty::Entry::ENTITY,
        loyalty::Member::ENTITY,
        loyalty::Reward::ENTITY,
        loyalty::Redemption::ENTITY,
        loyalty::portal::Programme::ENTITY,
        loyalty::portal::Lot::ENTITY,
        loyalty::portal::Entry::ENTITY,
        loyalty::portal::Member::ENTITY,
        loyalty::portal::Reward::ENTITY,
        loyalty::portal::Redemption::ENTITY,
        surveys::Answer::ENTITY,
        surveys::portal::Answer::ENTITY,
        insights::Cell::ENTITY,
        insights::Mark::ENTITY,
    ];
    assert_eq!(std::collections::BTreeSet::from(names).len(), names.len());
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn customers_come_back(row in customers::strategies::customers(About(0))) {
        comes_back(&row)?;
    }
    #[test]
    fn contacts_and_figures_come_back(a in customers::strategies::contacts(About(0)), b in customers::strategies::figures(About(0))) {
        comes_back(&a)?;
        comes_back(&b)?;
    }
    #[test]
    fn entries_and_steps_come_back(a in timeline::strategies::entries(About(0)), b in timeline::strategies::steps(About(0))) {
        comes_back(&a)?;
        comes_back(&b)?;
    }
    #[test]
    fn departments_and_teams_come_back(a in team::strategies::departments(), b in team::strategies::teams_of_people()) {
        comes_back(&a)?;
        comes_back(&b)?;
    }
    #[test]
    fn people_companies_and_notices_come_back(
        a in team::strategies::persons(), b in settings::strategies::companies(), c in notices::strategies::notices(),
    ) {
        comes_back(&a)?;
        comes_back(&b)?;
        comes_back(&c)?;
    }
    #[test]
    fn tickets_come_back(a in tickets::strategies::tickets(About(0)), b in tickets::strategies::entries(About(0))) {
        comes_back(&a)?;
        comes_back(&b)?;
        comes_back(&tickets::portal::Ticket::of(&a, None, None))?;
        if let Some(shown) = tickets::portal::Entry::of(&b, None) {
            comes_back(&shown)?;
        }
    }
    #[test]
    fn what_customers_are_shown_of_themselves_comes_back(
        a in customers::strategies::customers(About(0)), b in customers::strategies::contacts(About(0)), c in settings::strategies::companies(),
    ) {
        comes_back(&customers::portal::Account::of(&a, a.name.clone()))?;
        comes_back(&customers::portal::Profile::of(&b))?;
        comes_back(&portal::House::of(&c))?;
    }
    #[test]
    fn orders_come_back(
        a in orders::strategies::orders(About(0)), b in orders::strategies::refunds(About(0)), c in customers::strategies::worths(About(0)),
    ) {
        comes_back(&a)?;
        comes_back(&b)?;
        comes_back(&c)?;
        comes_back(&orders::portal::Order::of(&a))?;
    }
    #[test]
    fn points_come_back(
        a in loyalty::strategies::lots(About(0)), b in loyalty::strategies::entries(About(0)), c in loyalty::strategies::members(About(0)),
    ) {
        comes_back(&a)?;
        comes_back(&b)?;
        comes_back(&c)?;
        comes_back(&loyalty::portal::Lot::of(&a))?;
        comes_back(&loyalty::portal::Entry::of(&b))?;
        comes_back(&loyalty::portal::Member::of(&c))?;
    }
    #[test]
    fn reviews_come_back(a in loyalty::strategies::reviews(), b in loyalty::strategies::moves(About(0))) {
        comes_back(&a)?;
        comes_back(&b)?;
    }
    #[test]
    fn rewards_and_programmes_come_back(
        a in loyalty::strategies::rewards(About(0)),
        b in loyalty::strategies::redemptions(About(0)),
        c in loyalty::strategies::programmes(),
        d in loyalty::strategies::versions(),
    ) {
        comes_back(&a)?;
        comes_back(&b)?;
        comes_back(&c)?;
        comes_back(&d)?;
        comes_back(&loyalty::portal::Reward::of(&a))?;
        comes_back(&loyalty::portal::Redemption::of(&b))?;
        comes_back(&loyalty::portal::Programme::of(&c))?;
    }
    #[test]
    fn answers_and_figures_come_back(
        a in surveys::strategies::answers(About(0)), b in insights::strategies::cells(), c in insights::strategies::marks(),
    ) {
        comes_back(&a)?;
        comes_back(&surveys::portal::Answer::of(&a))?;
        comes_back(&b)?;
        comes_back(&c)?;
    }
}
