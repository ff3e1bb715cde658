//! The form of a customer: a new one, or changes to one.

use super::words;
use crate::{
    book::use_book,
    browser::clock,
    forms::{Typed, choices, code, said},
    ui::{DateInput, Field, Fold, FormDialog, Purpose, Segmented, Select, TextArea, TextInput, Width, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    access::Right,
    change::{self, Command},
    customers::{self, Customer, CustomerDraft, Edit, Industry, Kind, Nature, Size, Source, Was},
    id::{CustomerId, TeamId},
    text::{CustomerNo, Email, Line, Name, Phone, Prose},
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    name: Typed<Name>,
    no: Typed<CustomerNo>,
    kind: RwSignal<String>,
    nature: RwSignal<String>,
    size: RwSignal<String>,
    industry: RwSignal<String>,
    source: RwSignal<String>,
    since: RwSignal<String>,
    legal_representative: Typed<Name>,
    business_scope: Typed<Prose>,
    address: Typed<Line>,
    phone: Typed<Phone>,
    email: Typed<Email>,
    needs: Typed<Prose>,
    owner: RwSignal<String>,
    team: RwSignal<String>,
    team_missing: RwSignal<bool>,
}

impl Typing {
    fn of(customer: Option<&Customer>) -> Self {
        let text = |look: fn(&Customer) -> Option<String>| customer.and_then(look).unwrap_or_default();
        let choice = |look: fn(&Customer) -> Option<String>| RwSignal::new(text(look));
        Self {
            name: Typed::new(text(|it| it.name.as_ref().map(ToString::to_string)), Name::parse),
            no: Typed::new(text(|it| it.no.as_ref().map(ToString::to_string)), CustomerNo::parse),
            kind: RwSignal::new(customer.map_or(Kind::Company, |it| it.kind).code().to_owned()),
            nature: choice(|it| it.nature.map(|it| code(&it))),
            size: choice(|it| it.size.map(|it| code(&it))),
            industry: choice(|it| it.industry.map(|it| code(&it))),
            source: choice(|it| it.source.map(|it| code(&it))),
            since: choice(|it| it.since.map(|it| it.to_string())),
            legal_representative: Typed::new(text(|it| it.legal_representative.as_ref().map(ToString::to_string)), Name::parse),
            business_scope: Typed::new(text(|it| it.business_scope.as_ref().map(ToString::to_string)), Prose::parse),
            address: Typed::new(text(|it| it.address.as_ref().map(ToString::to_string)), Line::parse),
            phone: Typed::new("", Phone::parse),
            email: Typed::new(text(|it| it.email.as_ref().map(ToString::to_string)), Email::parse),
            needs: Typed::new(text(|it| it.needs.as_ref().map(ToString::to_string)), Prose::parse),
            owner: RwSignal::new(String::new()),
            team: RwSignal::new(String::new()),
            team_missing: RwSignal::new(false),
        }
    }

    fn draft(self, team: TeamId) -> Option<CustomerDraft> {
        Some(CustomerDraft {
            no: self.no.optional()?,
            name: self.name.optional()?,
            kind: Kind::from_code(&self.kind.get_untracked()).unwrap_or(Kind::Company),
            nature: Nature::from_code(&self.nature.get_untracked()),
            size: Size::from_code(&self.size.get_untracked()),
            industry: Industry::from_code(&self.industry.get_untracked()),
            source: Source::from_code(&self.source.get_untracked()),
            since: self.since.get_untracked().parse::<Date>().ok(),
            legal_representative: self.legal_representative.optional()?,
            business_scope: self.business_scope.optional()?,
            address: self.address.optional()?,
            phone: self.phone.optional()?,
            email: self.email.optional()?,
            needs: self.needs.optional()?,
            owner: self.owner.get_untracked().parse().ok(),
            team,
        })
    }

    /// What sending the form asks for; nothing while a field is wrong, and then the field says so.
    fn command(self, id: CustomerId, was: Option<&Customer>) -> Option<customers::Command> {
        if let Some(was) = was {
            return self.edits(was).map(|edits| customers::Command::Edit { id: was.id, edits });
        }
        let team = self.team.get_untracked().parse();
        self.team_missing.set(team.is_err());
        let draft = Box::new(self.draft(team.ok()?)?);
        Some(customers::Command::Open { id, draft, contacts: Vec::new() })
    }

    /// What differs from the customer as it was shown.
    fn edits(self, was: &Customer) -> Option<Vec<Edit>> {
        fn differs<T: PartialEq>(was: T, now: T) -> Option<Was<T>> {
            (was != now).then_some(Was { was, now })
        }
        let now = self.draft(was.team)?;
        let edits = [
            differs(was.name.clone(), now.name).map(Edit::Name),
            differs(was.kind, now.kind).map(Edit::Kind),
            differs(was.nature, now.nature).map(Edit::Nature),
            differs(was.size, now.size).map(Edit::Size),
            differs(was.industry, now.industry).map(Edit::Industry),
            differs(was.source, now.source).map(Edit::Source),
            differs(was.since, now.since).map(Edit::Since),
            differs(was.legal_representative.clone(), now.legal_representative).map(Edit::LegalRepresentative),
            differs(was.business_scope.clone(), now.business_scope).map(Edit::BusinessScope),
            differs(was.address.clone(), now.address).map(Edit::Address),
            now.phone.map(|phone| Edit::Phone(Some(phone))),
            differs(was.email.clone(), now.email).map(Edit::Email),
            differs(was.needs.clone(), now.needs).map(Edit::Needs),
        ];
        Some(edits.into_iter().flatten().collect())
    }
}

/// A dialog for a new customer, or for changing `customer`.
#[component]
pub fn CustomerDialog(
    #[prop(optional)] customer: Option<Arc<Customer>>,
    #[prop(into)] on_close: Callback<()>,
    /// A new one was made.
    #[prop(optional, into)]
    on_made: Option<Callback<CustomerId>>,
) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let typing = Typing::of(customer.as_deref());
    let refusal = RwSignal::new(None::<change::Refusal>);
    let title = if customer.is_some() { words::EDIT } else { words::NEW };
    start_with_me(typing);
    let was = StoredValue::new(customer);
    let submit = move |()| {
        let id = clock::new_id::<CustomerId>();
        let Some(command) = was.with_value(|was| typing.command(id, was.as_deref())) else { return };
        match (book.submit(&Command::Customers(command)), on_made) {
            (Ok(_), Some(on_made)) => {
                toasts.push(words::CREATED.in_lang(lang.get_untracked()));
                on_made.run(id);
            }
            (Ok(_), None) => {
                toasts.push(words::SAVED.in_lang(lang.get_untracked()));
                on_close.run(());
            }
            (Err(why), _) => refusal.set(Some(why)),
        }
    };
    let is_new = was.with_value(Option::is_none);
    let has_phone = was.with_value(|was| was.as_ref().is_some_and(|was| was.phone.is_some()));
    view! {
        <FormDialog title=t(title) verb=t(if is_new { actions::CREATE } else { actions::SAVE }) on_send=submit on_close refusal=said(refusal) width=Width::Wide>
            <div class="stack">
                <Main typing is_new/>
                <Reach typing has_phone/>
                <More typing open=!is_new/>
            </div>
        </FormDialog>
    }
    .into_any()
}

/// A new customer is one's own, in one's first team, unless one says otherwise. On a device that is still being
/// opened the teams come later.
fn start_with_me(typing: Typing) {
    let book = use_book();
    let me = book.me();
    if me.role == Some(domain::access::Role::Sales) {
        typing.owner.set(me.user.to_string());
    }
    Effect::new(move |_| {
        if let Some(team) = book.home_team().filter(|_| typing.team.with_untracked(String::is_empty)) {
            typing.team.set(team.to_string());
            typing.team_missing.set(false);
        }
    });
}

#[component]
fn Main(typing: Typing, is_new: bool) -> impl IntoView {
    let book = use_book();
    let people = Signal::derive(move || book.colleagues());
    let teams = Signal::derive(move || book.teams());
    let lang = use_language();
    let team_error = Signal::derive(move || typing.team_missing.get().then(|| words::TEAM_MISSING.in_lang(lang.get()).to_owned()));
    let assigns = book.me().role.is_some_and(|role| role.may(Right::TransferCustomers) || role != domain::access::Role::Sales);
    view! {
        <Segmented value=typing.kind options=choices(Kind::ALL) label=t(words::KIND)/>
        <div class="grid" data-columns="2">
            <Field label=t(words::NAME) error=typing.name.error()>
                <TextInput value=typing.name.text autofocus=true/>
            </Field>
            {is_new.then(|| view! {
                <Field label=t(words::NO) hint=t(words::NO_HINT) error=typing.no.error()>
                    <TextInput value=typing.no.text/>
                </Field>
            })}
            <Field label=t(words::NATURE)><Select value=typing.nature options=choices(Nature::ALL) empty=true/></Field>
            <Field label=t(words::INDUSTRY)><Select value=typing.industry options=choices(Industry::ALL) empty=true/></Field>
            {(is_new && assigns).then(|| view! {
                <Field label=t(words::OWNER)><Select value=typing.owner options=people empty=true/></Field>
            })}
            {is_new.then(|| view! { <Field label=t(words::TEAM) error=team_error required=true><Select value=typing.team options=teams/></Field> })}
        </div>
    }
    .into_any()
}

#[component]
fn Reach(typing: Typing, has_phone: bool) -> impl IntoView {
    let lang = use_language();
    let phone_hint = move || if has_phone { words::PHONE_KEPT.in_lang(lang.get()) } else { "" };
    view! {
        <div class="grid" data-columns="2">
            <Field label=t(words::PHONE) hint=phone_hint error=typing.phone.error()>
                <TextInput value=typing.phone.text purpose=Purpose::Phone/>
            </Field>
            <Field label=t(words::EMAIL) error=typing.email.error()>
                <TextInput value=typing.email.text purpose=Purpose::Email/>
            </Field>
        </div>
        <Field label=t(words::NEEDS) error=typing.needs.error()>
            <TextArea value=typing.needs.text lines=2/>
        </Field>
    }
    .into_any()
}

#[component]
fn More(typing: Typing, open: bool) -> impl IntoView {
    view! {
        <Fold summary=t(actions::MORE) open=open>
            <div class="stack">
                <div class="grid" data-columns="2">
                    <Field label=t(words::SIZE)><Select value=typing.size options=choices(Size::ALL) empty=true/></Field>
                    <Field label=t(words::SOURCE)><Select value=typing.source options=choices(Source::ALL) empty=true/></Field>
                    <Field label=t(words::SINCE)><DateInput value=typing.since/></Field>
                    <Field label=t(words::LEGAL_REPRESENTATIVE) error=typing.legal_representative.error()>
                        <TextInput value=typing.legal_representative.text/>
                    </Field>
                </div>
                <Field label=t(words::ADDRESS) error=typing.address.error()><TextInput value=typing.address.text/></Field>
                <Field label=t(words::BUSINESS_SCOPE) error=typing.business_scope.error()>
                    <TextArea value=typing.business_scope.text lines=2/>
                </Field>
            </div>
        </Fold>
    }
    .into_any()
}
