//! What administrators may set of the company.

use super::{Command, Company};
use crate::{
    access::Reach,
    change,
    id::Id,
    testing::{HE, NOON, Office, name},
};

fn does(office: &mut Office, command: Command) -> usize {
    office.did(HE, &change::Command::Settings(command)).len()
}

#[test]
fn the_company_is_renamed_once() {
    let mut office = Office::default();
    office.now = NOON.plus_seconds(60);
    assert_eq!(does(&mut office, Command::Rename { name: name("新名") }), 1);
    let company: Company = office.store.row(Id::ONLY);
    assert_eq!((company.name.as_str(), company.updated_at), ("新名", office.now));
    assert_eq!(does(&mut office, Command::Rename { name: name("新名") }), 0, "the same name changes nothing");
}

#[test]
fn salespeople_see_their_own_customers_or_their_teams_and_nothing_else_is_set() {
    let mut office = Office::default();
    for reach in Reach::ALL {
        does(&mut office, Command::SetSalesReach { reach: *reach });
        let set = office.store.row::<Company>(Id::ONLY).sales_reach;
        assert_eq!(set, if *reach == Reach::Own { Reach::Own } else { Reach::Team });
    }
}
