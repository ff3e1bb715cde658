//! What the archive lets happen, and what it refuses.

use super::{
    Command, Contact, ContactDraft, ContactEdit, Customer, CustomerDraft, CustomerState, DecisionRole, Edit, Event, FieldChange, Figure,
    Kind, Refusal, Was,
};
use crate::{
    change,
    id::{ContactId, CustomerId},
    testing::{EAST, LIN, MUYU, Office, SHEN, SHIHE, SOUTH, ZHOU, id, line, name, phone, prose},
    text::CustomerNo,
};

const NEW: CustomerId = CustomerId(id(b'c', 9));
const WANG: ContactId = ContactId(id(b'k', 1));

fn does(office: &mut Office, command: Command) -> Result<Vec<Event>, change::Refusal> {
    let events = office.does(LIN, &change::Command::Customers(command))?;
    Ok(events.into_iter().filter_map(own).collect())
}

fn own(event: change::Event) -> Option<Event> {
    if let change::Event::Customers(event) = event { Some(event) } else { None }
}

fn refused(office: &mut Office, command: Command) -> Refusal {
    match does(office, command) {
        Err(change::Refusal::Customers(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn open(id: CustomerId, draft: CustomerDraft) -> Command {
    Command::Open { id, draft: Box::new(draft), contacts: Vec::new() }
}

fn company() -> CustomerDraft {
    CustomerDraft::of(Kind::Company, EAST)
}

fn draft_of(text: &str) -> ContactDraft {
    ContactDraft { name: name(text), position: None, decision_role: None, phone: None, email: None, preferences: None }
}

fn no(text: &str) -> CustomerNo {
    CustomerNo::parse(text).expect("a number")
}

fn with_wang() -> Office {
    let mut office = Office::default();
    let added = does(&mut office, Command::AddContact { id: WANG, customer: SHIHE, draft: draft_of("王总监") });
    assert!(added.is_ok(), "{added:?}");
    office
}

fn changes(events: &[Event]) -> &[FieldChange] {
    match events {
        [Event::Edited { changes, .. } | Event::ContactEdited { changes, .. }] => changes,
        other => panic!("{other:?}"),
    }
}

fn renamed(was: &str, now: &str) -> Command {
    Command::Edit { id: SHIHE, edits: vec![Edit::Name(Was { was: Some(name(was)), now: Some(name(now)) })] }
}

/// S015, S016, S018: basics, needs and preferences, and the people who decide.
#[test]
fn an_archive_is_opened_with_basics_needs_and_the_people_who_decide() {
    let mut office = Office::default();
    let draft = CustomerDraft {
        name: Some(name("云上咖啡")),
        legal_representative: Some(name("赵启明")),
        business_scope: Some(prose("咖啡零售与门店加盟")),
        address: Some(line("上海市徐汇区漕溪北路 1 号")),
        phone: Some(phone("021-64381234")),
        needs: Some(prose("每周三前到货")),
        ..company()
    };
    let decider = ContactDraft { decision_role: Some(DecisionRole::Decider), position: Some(line("采购总监")), ..draft_of("王芳") };
    let done = does(&mut office, Command::Open { id: NEW, draft: Box::new(draft), contacts: vec![(WANG, decider)] });
    assert_eq!(done.map(|events| events.len()), Ok(2));
    let customer: Customer = office.store.row(NEW);
    assert_eq!((customer.state, customer.created_at), (CustomerState::Active, office.now));
    assert_eq!(customer.needs, Some(prose("每周三前到货")));
    let contact: Contact = office.store.row(WANG);
    assert_eq!((contact.customer, contact.decision_role), (NEW, Some(DecisionRole::Decider)));
    assert_eq!(office.store.row::<Figure>(NEW).last_contact_at, None);
}

/// S016: nobody could tell who it is.
#[test]
fn a_customer_without_name_and_number_is_not_opened() {
    let mut office = Office::default();
    assert_eq!(refused(&mut office, open(NEW, company())), Refusal::NeitherNameNorNumber);
    assert!(does(&mut office, open(NEW, CustomerDraft { no: Some(no("K-7")), ..company() })).is_ok());
}

#[test]
fn a_number_belongs_to_one_customer() {
    let mut office = Office::default();
    let numbered = CustomerDraft { no: Some(no("K-7")), ..company() };
    assert!(does(&mut office, open(NEW, numbered.clone())).is_ok());
    let other = CustomerId(id(b'c', 10));
    assert_eq!(refused(&mut office, open(other, numbered)), Refusal::NumberTaken { no: "K-7".to_owned() });
}

#[test]
fn an_id_that_names_a_customer_opens_no_other() {
    let mut office = Office::default();
    let again = open(SHIHE, CustomerDraft { name: Some(name("别人")), ..company() });
    assert_eq!(does(&mut office, again), Err(change::Refusal::Access(crate::access::Refusal::IdTaken)));
}

/// S094: what was written over is never lost.
#[test]
fn what_an_author_had_not_seen_is_kept_as_unseen() {
    let mut office = Office::default();
    let seen = does(&mut office, renamed("拾禾餐饮", "拾禾餐饮集团")).expect("an edit");
    let [change] = changes(&seen) else { panic!("{seen:?}") };
    assert_eq!((change.from.as_deref(), change.to.as_deref(), change.unseen), (Some("拾禾餐饮"), Some("拾禾餐饮集团"), false));
    let unseen = does(&mut office, renamed("拾禾餐饮", "拾禾")).expect("an edit");
    let [change] = changes(&unseen) else { panic!("{unseen:?}") };
    assert_eq!((change.from.as_deref(), change.unseen), (Some("拾禾餐饮集团"), true));
    assert_eq!(office.store.row::<Customer>(SHIHE).name, Some(name("拾禾")), "the later author wins");
}

#[test]
fn an_edit_that_changes_nothing_makes_no_event() {
    let mut office = with_wang();
    assert_eq!(does(&mut office, renamed("拾禾", "拾禾餐饮")), Ok(Vec::new()));
    assert_eq!(does(&mut office, Command::Edit { id: SHIHE, edits: Vec::new() }), Ok(Vec::new()));
    let same = ContactEdit::Name(Was { was: name("王"), now: name("王总监") });
    assert_eq!(does(&mut office, Command::EditContact { id: WANG, edits: vec![same] }), Ok(Vec::new()));
    assert_eq!(does(&mut office, Command::Restore { id: SHIHE }), Ok(Vec::new()));
    assert_eq!(does(&mut office, Command::RestoreContact { id: WANG }), Ok(Vec::new()));
    let stays = Command::Transfer { id: SHIHE, from: Some(LIN), to: Some(LIN), team: EAST };
    assert_eq!(does(&mut office, stays), Ok(Vec::new()));
}

#[test]
fn the_history_knows_telephone_numbers_only_by_their_mask() {
    let mut office = Office::default();
    let first = Command::Edit { id: SHIHE, edits: vec![Edit::Phone(Some(phone("13812345678")))] };
    assert!(does(&mut office, first.clone()).is_ok());
    let second = Command::Edit { id: SHIHE, edits: vec![Edit::Phone(Some(phone("13912345670")))] };
    let events = does(&mut office, second).expect("an edit");
    let [change] = changes(&events) else { panic!("{events:?}") };
    assert_eq!((change.from.as_deref(), change.to.as_deref()), (Some("138****5678"), Some("139****5670")));
}

/// S093: an archive that is closed stays as it is until it is opened again.
#[test]
fn an_archived_customer_is_read_only() {
    let mut office = with_wang();
    assert!(does(&mut office, Command::Archive { id: SHIHE }).is_ok());
    let contact = ContactId(id(b'k', 2));
    for command in [
        renamed("拾禾餐饮", "拾禾"),
        Command::Transfer { id: SHIHE, from: Some(LIN), to: Some(SHEN), team: EAST },
        Command::AddContact { id: contact, customer: SHIHE, draft: draft_of("新人") },
        Command::EditContact { id: WANG, edits: vec![ContactEdit::Phone(Some(phone("13812345678")))] },
        Command::RemoveContact { id: WANG },
        Command::RestoreContact { id: WANG },
    ] {
        assert_eq!(refused(&mut office, command.clone()), Refusal::Archived, "{command:?}");
    }
    assert!(does(&mut office, Command::Restore { id: SHIHE }).is_ok());
    assert!(does(&mut office, renamed("拾禾餐饮", "拾禾")).is_ok());
}

/// S090, S093: a customer is handed over by somebody who knew whose it was.
#[test]
fn a_transfer_counts_only_from_the_owner_its_author_saw() {
    let mut office = Office::default();
    let from = |from, to| Command::Transfer { id: SHIHE, from, to, team: SOUTH };
    assert_eq!(refused(&mut office, from(None, Some(SHEN))), Refusal::OwnerChanged);
    assert_eq!(refused(&mut office, from(Some(ZHOU), Some(SHEN))), Refusal::OwnerChanged);
    assert!(does(&mut office, from(Some(LIN), Some(SHEN))).is_ok());
    let customer: Customer = office.store.row(SHIHE);
    assert_eq!((customer.owner, customer.team), (Some(SHEN), SOUTH));
    assert_eq!(refused(&mut office, from(Some(LIN), None)), Refusal::OwnerChanged, "said twice, it is done once");
}

#[test]
fn a_removed_contact_can_be_restored_and_is_as_before() {
    let mut office = with_wang();
    let before: Contact = office.store.row(WANG);
    assert!(does(&mut office, Command::RemoveContact { id: WANG }).is_ok());
    assert!(office.store.row::<Contact>(WANG).removed);
    let edit = Command::EditContact { id: WANG, edits: vec![ContactEdit::Phone(None)] };
    assert_eq!(refused(&mut office, edit), Refusal::ContactRemoved);
    assert!(does(&mut office, Command::RestoreContact { id: WANG }).is_ok());
    assert_eq!(office.store.row::<Contact>(WANG), before);
}

#[test]
fn a_customer_without_a_number_keeps_a_name() {
    let mut office = Office::default();
    let nameless = |was: &str| Edit::Name(Was { was: Some(name(was)), now: None });
    assert_eq!(refused(&mut office, Command::Edit { id: MUYU, edits: vec![nameless("木屿")] }), Refusal::NothingToCallIt);
    let numbered = CustomerDraft { no: Some(no("K-7")), name: Some(name("云上")), ..company() };
    assert!(does(&mut office, open(NEW, numbered)).is_ok());
    assert!(does(&mut office, Command::Edit { id: NEW, edits: vec![nameless("云上")] }).is_ok());
}

#[test]
fn what_is_not_there_is_not_told_from_what_is_foreign() {
    let mut office = Office::default();
    let not_found = change::Refusal::Access(crate::access::Refusal::NotFound);
    for command in [
        Command::Archive { id: NEW },
        Command::Edit { id: NEW, edits: Vec::new() },
        Command::AddContact { id: WANG, customer: NEW, draft: draft_of("谁") },
        Command::RemoveContact { id: WANG },
    ] {
        assert_eq!(does(&mut office, command).err(), Some(not_found.clone()));
    }
}
