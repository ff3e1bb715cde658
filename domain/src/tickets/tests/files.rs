//! Files with what is said: whose, how many, and once.

use super::{BROKEN_GRINDER, WANG, ZHAO, does, entry_id, guest, office, opened};
use crate::{
    attachments::{
        FileName, MOST, Refusal, Stored, fit,
        strategies::{file, stored},
    },
    change,
    context::Actor,
    id::{FileId, Id, TicketEntryId},
    row::{Cell, Missing, Row, Rows},
    sync::Scope,
    testing::{LIN, NOON, Office, SHEN, SHIHE, acting, cases, commands, people, prose},
    tickets::{Audience, Command, Entry, Kind, State, What, portal},
};
use proptest::prelude::*;

fn with(n: u8, files: &[u8]) -> Command {
    let files = files.iter().map(|n| file(*n)).collect();
    Command::Reply { id: entry_id(n), ticket: BROKEN_GRINDER, text: prose("见附件"), files, then: State::Open }
}

fn wang() -> Actor {
    Actor::Portal { contact: WANG, customer: SHIHE }
}

/// Files 20 and 21 of Shen's, 22 of Wang's.
fn stocked() -> Office {
    let mut office = opened(Kind::Support);
    for (n, by) in [(20, Actor::Staff(SHEN)), (21, Actor::Staff(SHEN)), (22, wang())] {
        office.store = office.store.with(&stored(n, by));
    }
    office
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Attachments(refusal))
}

#[test]
fn a_file_goes_with_one_thing_and_is_told_with_it() {
    let mut office = stocked();
    does(&mut office, SHEN, with(1, &[20, 21])).expect("a reply with two files");
    let What::Said { files, .. } = office.store.row::<Entry>(entry_id(1)).what else { panic!("words") };
    assert_eq!(files, [file(20), file(21)]);
    assert_eq!(office.store.row::<Stored>(file(20).id).entry, Some(entry_id(1)));
    assert_eq!(does(&mut office, SHEN, with(2, &[20])), refused(Refusal::Used));
}

#[test]
fn what_is_not_there_whole_or_not_ones_own_is_refused_alike() {
    let mut office = stocked();
    let mut renamed = file(20);
    renamed.name = FileName::clean("别的.pdf");
    let other =
        Command::Reply { id: entry_id(1), ticket: BROKEN_GRINDER, text: prose("见附件"), files: vec![renamed], then: State::Open };
    for command in [with(1, &[99]), with(1, &[22]), other] {
        assert_eq!(does(&mut office, SHEN, command), refused(Refusal::NotThere));
    }
    assert_eq!(does(&mut office, LIN, with(1, &[20])), refused(Refusal::NotThere), "a colleague's");
    let write = portal::Command::Write { id: entry_id(1), ticket: BROKEN_GRINDER, text: prose("看"), files: vec![file(22)] };
    assert_eq!(guest(&mut office, ZHAO, SHIHE, write.clone()), refused(Refusal::NotThere), "another of the account's people");
    assert!(guest(&mut office, WANG, SHIHE, write).is_ok());
}

#[test]
fn there_are_only_so_many_and_none_twice() {
    let mut office = stocked();
    assert_eq!(does(&mut office, SHEN, with(1, &[20, 20])), refused(Refusal::Used));
    let many: Vec<u8> = (30..).take(MOST + 1).collect();
    for n in &many {
        office.store = office.store.with(&stored(*n, Actor::Staff(SHEN)));
    }
    assert_eq!(does(&mut office, SHEN, with(1, &many)), refused(Refusal::TooMany));
    assert!(does(&mut office, SHEN, with(1, &many[1..])).is_ok());
}

#[test]
fn customers_are_never_shown_what_goes_with_a_note() {
    let mut office = stocked();
    let note =
        Command::Note { id: entry_id(1), ticket: BROKEN_GRINDER, text: prose("只给我们看"), files: vec![file(20)], mentions: vec![] };
    does(&mut office, SHEN, note).expect("a note");
    does(&mut office, SHEN, with(2, &[21])).expect("a reply");
    let (note, reply) = (office.store.row::<Entry>(entry_id(1)), office.store.row::<Entry>(entry_id(2)));
    assert_eq!((note.audience, portal::Entry::of(&note, None)), (Audience::Internal, None));
    let shown = portal::Entry::of(&reply, None).expect("an entry");
    assert_eq!(shown.what, portal::What::Said { text: prose("见附件"), files: vec![file(21)] });
}

/// A file on call, and one that was used, is in the sender's scope alone: whoever may read the entry asks for it there.
#[test]
fn what_is_said_of_a_file_is_its_senders_alone() {
    let office = office();
    for (by, scope) in [(Actor::Staff(SHEN), Scope::User(SHEN.into())), (wang(), Scope::User(WANG.into()))] {
        let used = Stored { entry: Some(entry_id(9)), ..stored(1, by) };
        assert_eq!((stored(1, by).scopes(&office.store), used.scopes(&office.store)), (Ok(vec![scope]), Ok(vec![scope])));
    }
}

/// A device that holds nothing.
struct Blank;

impl Rows for Blank {
    fn get<T: Row>(&self, _id: impl Into<Id>) -> Result<Option<T>, Missing> {
        Err(Missing)
    }
    fn by<T: Row>(&self, _column: &'static str, _value: &Cell) -> Result<Vec<T>, Missing> {
        Err(Missing)
    }
    fn put<T: Row>(&mut self, _row: &T) -> Result<(), Missing> {
        Err(Missing)
    }
    fn del<T: Row>(&mut self, _id: impl Into<Id>) -> Result<(), Missing> {
        Err(Missing)
    }
}

/// On a device nothing is known of files: text and facts are shown at once, and the server judges.
#[test]
fn a_device_shows_what_only_the_server_can_judge() {
    let context = acting(NOON, Actor::Staff(SHEN), 1);
    assert_eq!(fit(&Blank, &[file(99)], &context), Ok(()));
}

proptest! {
    #![proptest_config(cases(64))]

    /// What is in the entries is what was taken, each file once.
    #[test]
    fn every_file_is_in_one_entry_at_most(commands in prop::collection::vec((people(), commands()), 1..40)) {
        let mut office = Office::default();
        for (by, command) in commands {
            _ = office.does(by, &command);
        }
        let mut carried: Vec<(FileId, TicketEntryId)> = Vec::new();
        for entry in office.store.all::<Entry>() {
            if let What::Said { files, .. } = &entry.what {
                carried.extend(files.iter().map(|file| (file.id, entry.id)));
            }
        }
        carried.sort();
        let taken = office.store.all::<Stored>();
        let mut taken: Vec<_> = taken.iter().filter_map(|stored| Some((stored.id, stored.entry?))).collect();
        taken.sort();
        prop_assert_eq!(carried, taken);
    }
}
