//! Any account, any contact and any command about them, for properties.

use super::{
    Command, Contact, ContactDraft, ContactEdit, Customer, CustomerDraft, CustomerState, DecisionRole, Edit, Figure, Industry, Kind,
    Nature, PhoneSeen, Size, Source, Was, Worth,
};
use crate::{
    testing::{About, dates, emails, lines, masked_phones, moments, moneys, names, people, phones, proses, teams},
    text::CustomerNo,
};
use proptest::{option::of, prelude::*, sample::select};

fn numbers() -> impl Strategy<Value = CustomerNo> {
    prop_oneof!["C-[0-2]", "[a-zA-Z0-9._/-]{1,40}"].prop_filter_map("not accepted", |text| CustomerNo::parse(&text).ok())
}

fn phones_seen() -> impl Strategy<Value = PhoneSeen> {
    prop_oneof![phones().prop_map(PhoneSeen::Whole), masked_phones().prop_map(PhoneSeen::Masked)]
}

pub fn drafts() -> BoxedStrategy<CustomerDraft> {
    let who = (of(numbers()), of(names()), select(Kind::ALL), of(select(Nature::ALL)), of(select(Size::ALL)), of(select(Industry::ALL)));
    let about = (of(select(Source::ALL)), of(dates()), of(names()), of(proses()), of(lines()));
    let reach = (of(phones()), of(emails()), of(proses()), of(people()), teams());
    (who, about, reach)
        .prop_map(
            |(
                (no, name, kind, nature, size, industry),
                (source, since, legal_representative, business_scope, address),
                (phone, email, needs, owner, team),
            )| CustomerDraft {
                no,
                name,
                kind,
                nature,
                size,
                industry,
                source,
                since,
                legal_representative,
                business_scope,
                address,
                phone,
                email,
                needs,
                owner,
                team,
            },
        )
        .boxed()
}

pub fn contact_drafts() -> BoxedStrategy<ContactDraft> {
    (names(), of(lines()), of(select(DecisionRole::ALL)), of(phones()), of(emails()), of(proses()))
        .prop_map(|(name, position, decision_role, phone, email, preferences)| ContactDraft {
            name,
            position,
            decision_role,
            phone,
            email,
            preferences,
        })
        .boxed()
}

pub fn customers(about: About) -> impl Strategy<Value = Customer> {
    (drafts(), of(phones_seen()), select(CustomerState::ALL), any::<bool>(), moments(), moments()).prop_map(
        move |(draft, phone, state, shares_tickets, created_at, updated_at)| {
            let opened = draft.opened(about.customer(), created_at);
            Customer { phone, state, shares_tickets, updated_at, ..opened }
        },
    )
}

pub fn contacts(about: About) -> impl Strategy<Value = Contact> {
    (about.contacts(), contact_drafts(), of(phones_seen()), any::<bool>(), moments()).prop_map(move |(id, draft, phone, removed, at)| {
        let added = draft.added(id, about.customer(), at);
        Contact { phone, removed, ..added }
    })
}

pub fn figures(about: About) -> impl Strategy<Value = Figure> {
    ("[a-z ]{0,20}", of(moments()), 0..5i64, 0..3i64).prop_map(move |(sound, last_contact_at, rank, open_tickets)| Figure {
        id: about.customer(),
        sound,
        last_contact_at,
        rank,
        open_tickets,
    })
}

pub fn worths(about: About) -> impl Strategy<Value = Worth> {
    (moneys(), 0..99i64, of(dates())).prop_map(move |(spent, orders, last_order_on)| Worth {
        id: about.customer(),
        spent,
        orders,
        last_order_on,
    })
}

fn was<T: Clone + std::fmt::Debug>(value: impl Strategy<Value = T> + Clone) -> impl Strategy<Value = Was<T>> {
    (value.clone(), value).prop_map(|(was, now)| Was { was, now })
}

/// A strategy that can be drawn from twice.
fn optional<T: Clone + std::fmt::Debug + 'static>(value: impl Strategy<Value = T> + 'static) -> impl Strategy<Value = Option<T>> + Clone {
    of(value).boxed()
}

pub fn edits() -> BoxedStrategy<Edit> {
    prop_oneof![
        was(optional(names())).prop_map(Edit::Name),
        was(select(Kind::ALL)).prop_map(Edit::Kind),
        was(of(select(Nature::ALL))).prop_map(Edit::Nature),
        was(of(select(Size::ALL))).prop_map(Edit::Size),
        was(of(select(Industry::ALL))).prop_map(Edit::Industry),
        was(of(select(Source::ALL))).prop_map(Edit::Source),
        was(optional(dates())).prop_map(Edit::Since),
        was(optional(names())).prop_map(Edit::LegalRepresentative),
        was(optional(proses())).prop_map(Edit::BusinessScope),
        was(optional(lines())).prop_map(Edit::Address),
        of(phones()).prop_map(Edit::Phone),
        was(optional(emails())).prop_map(Edit::Email),
        was(optional(proses())).prop_map(Edit::Needs),
        was(any::<bool>()).prop_map(Edit::SharesTickets),
    ]
    .boxed()
}

pub fn contact_edits() -> BoxedStrategy<ContactEdit> {
    prop_oneof![
        was(names().boxed()).prop_map(ContactEdit::Name),
        was(optional(lines())).prop_map(ContactEdit::Position),
        was(of(select(DecisionRole::ALL))).prop_map(ContactEdit::DecisionRole),
        of(phones()).prop_map(ContactEdit::Phone),
        was(optional(emails())).prop_map(ContactEdit::Email),
        was(optional(proses())).prop_map(ContactEdit::Preferences),
    ]
    .boxed()
}

/// Any command about this customer.
pub fn commands(about: About) -> BoxedStrategy<Command> {
    let id = about.customer();
    let contacts = prop::collection::vec((about.contacts(), contact_drafts()), 0..3);
    prop_oneof![
        (drafts(), contacts).prop_map(move |(draft, contacts)| Command::Open { id, draft: Box::new(draft), contacts }),
        prop::collection::vec(edits(), 0..4).prop_map(move |edits| Command::Edit { id, edits }),
        Just(Command::Archive { id }),
        Just(Command::Restore { id }),
        (of(people()), of(people()), teams()).prop_map(move |(from, to, team)| Command::Transfer { id, from, to, team }),
        (about.contacts(), contact_drafts()).prop_map(move |(contact, draft)| Command::AddContact { id: contact, customer: id, draft }),
        (about.contacts(), prop::collection::vec(contact_edits(), 0..3)).prop_map(|(id, edits)| Command::EditContact { id, edits }),
        about.contacts().prop_map(|id| Command::RemoveContact { id }),
        about.contacts().prop_map(|id| Command::RestoreContact { id }),
    ]
    .boxed()
}
