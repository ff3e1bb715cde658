//! Who of a customer's people uses the portal: inviting them with a link and its picture, ending their access.

use super::words;
use crate::{
    book::use_book,
    browser::{clipboard, network, tasks, window},
    forms::troubled,
    ui::{Banner, Button, Checkbox, Dialog, DialogBody, DialogFoot, Facts, Icon, Qr, Rank, Size, Tone, use_toasts},
    words::{Lang, actions, t, use_language},
};
use domain::{
    access::Right,
    change::Command,
    customers::{self, Contact, Customer, Edit, Kind, PhoneSeen, Was},
    id::{CustomerId, Id},
    session::{Link, PortalUser, PortalUsers},
    words::Say,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Who has access, as the server said last, and whose is looked at. Only for those who may invite.
#[derive(Clone, Copy)]
pub struct Access {
    customer: CustomerId,
    users: RwSignal<Option<PortalUsers>>,
    shown: RwSignal<Option<Arc<Contact>>>,
}

impl Access {
    #[must_use]
    pub fn of(customer: CustomerId) -> Option<Self> {
        let book = use_book();
        book.me().role.filter(|role| role.may(Right::InviteCustomers))?;
        let access = Self { customer, users: RwSignal::new(None), shown: RwSignal::new(None) };
        // Of a customer that is only on this device the server knows nothing yet.
        let unsent = Memo::new(move |_| book.is_unsynced::<Customer>(customer));
        Effect::new(move |_| {
            if !unsent.get() {
                access.ask();
            }
        });
        Some(access)
    }

    fn ask(self) {
        tasks::run(async move {
            // Without a line nothing is known, and nothing is claimed.
            if let Ok(users) = network::get::<PortalUsers>(&format!("/api/customers/{}/portal", self.customer)).await {
                _ = self.users.try_set(Some(users));
            }
        });
    }

    /// Tracked.
    fn user(self, contact: Id) -> Option<PortalUser> {
        self.users.with(|users| users.as_ref()?.users.get(&contact).cloned())
    }
}

/// Opens a contact's access; says at a glance how it stands.
#[component]
pub fn AccessButton(access: Access, contact: Arc<Contact>) -> impl IntoView {
    let lang = use_language();
    let id = Id::from(contact.id);
    let word = move || {
        match access.user(id) {
            None => words::INVITE,
            Some(PortalUser { active: false, .. }) => words::WAS_INVITED,
            Some(PortalUser { active: true, .. }) => words::IS_IN,
        }
        .in_lang(lang.get())
    };
    view! { <Button rank=Rank::Quiet size=Size::Small on_press=move |()| access.shown.set(Some(contact.clone()))>{word}</Button> }
        .into_any()
}

#[component]
pub fn AccessDialog(access: Option<Access>) -> impl IntoView {
    let lang = use_language();
    access.map(|access| {
        move || {
            access.shown.get().map(|contact| {
                let name = contact.name.to_string();
                view! {
                    <Dialog open=true on_close=move |()| access.shown.set(None) title=move || words::access_of(lang.get(), &name)>
                        <Inside access contact=contact.clone()/>
                    </Dialog>
                }
            })
        }
    })
}

#[component]
fn Inside(access: Access, contact: Arc<Contact>) -> impl IntoView {
    let lang = use_language();
    let toasts = use_toasts();
    let id = Id::from(contact.id);
    let link = RwSignal::new(None::<Link>);
    let no_address = contact.phone.is_none() && contact.email.is_none();
    let blocked = Signal::derive(move || no_address.then(|| words::NO_ADDRESS.in_lang(lang.get()).to_owned()));
    let make = move |()| {
        tasks::run(async move {
            match network::post::<Link>(&format!("/api/contacts/{id}/invite"), &serde_json::json!({})).await {
                Ok(made) => {
                    link.set(Some(made));
                    access.ask();
                }
                Err(trouble) => toasts.push_problem(troubled(trouble, lang.get_untracked())),
            }
        });
    };
    let end = move |()| {
        tasks::run(async move {
            match network::post::<serde_json::Value>(&format!("/api/contacts/{id}/sign-out"), &serde_json::json!({})).await {
                Ok(_) => {
                    toasts.push(words::ENDED.in_lang(lang.get_untracked()));
                    access.ask();
                }
                Err(trouble) => toasts.push_problem(troubled(trouble, lang.get_untracked())),
            }
        });
    };
    let known = move || access.user(id).is_some();
    let make_word = move || if known() { words::MAKE_LINK_AGAIN } else { words::MAKE_LINK }.in_lang(lang.get());
    let end_word = t(words::END_ACCESS);
    view! {
        <DialogBody>
            <How access contact/>
            {move || link.get().map(|link| view! { <Shown link/> })}
        </DialogBody>
        <DialogFoot>
            <Show when=move || access.user(id).is_some_and(|user| user.active)>
                <Button rank=Rank::Quiet icon=Icon::Leave on_press=end>{end_word}</Button>
            </Show>
            {move || {
                // Once there is a link, handing it over is what is next.
                let rank = if link.with(Option::is_some) { Rank::Secondary } else { Rank::Primary };
                view! { <Button rank blocked on_press=make>{make_word}</Button> }
            }}
        </DialogFoot>
    }
    .into_any()
}

/// By what they sign in: the telephone or the address, either of them.
fn signs_in_with(contact: &Contact, lang: Lang) -> Option<String> {
    let phone = contact.phone.as_ref().map(|phone| match phone {
        PhoneSeen::Whole(phone) => phone.to_string(),
        PhoneSeen::Masked(masked) => masked.to_string(),
    });
    let ways: Vec<String> = phone.into_iter().chain(contact.email.as_ref().map(ToString::to_string)).collect();
    (!ways.is_empty()).then(|| words::signs_in_with(lang, &ways.join(words::OR.in_lang(lang))))
}

/// Whether they have access, and how they sign in.
#[component]
fn How(access: Access, contact: Arc<Contact>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let id = Id::from(contact.id);
    let has_address = contact.phone.is_some() || contact.email.is_some();
    let facts = Signal::derive(move || {
        let lang = lang.get();
        let state = match (access.users.with(Option::is_some), access.user(id)) {
            (false, _) => words::PORTAL_UNKNOWN,
            (true, None) => words::NOT_INVITED,
            (true, Some(PortalUser { active: false, .. })) => words::INVITED,
            (true, Some(PortalUser { active: true, .. })) => words::USES_PORTAL,
        };
        let seen = access.user(id).and_then(|user| user.seen_at).map(|at| words::last_seen(lang, &book.moment(lang, at)));
        [Some(state.in_lang(lang).to_owned()), seen].into_iter().flatten().collect()
    });
    let with = move || signs_in_with(&contact, lang.get());
    let missing = t(words::NO_ADDRESS);
    view! {
        <div class="secondary"><p><Facts of=facts/></p> <p>{with}</p></div>
        {(!has_address).then(|| view! { <Banner tone=Tone::Warn>{missing}</Banner> })}
    }
    .into_any()
}

/// The link once it is made: to be scanned, or to be sent.
#[component]
fn Shown(link: Link) -> impl IntoView {
    let toasts = use_toasts();
    let lang = use_language();
    let address = if link.path.starts_with("http") { link.path.clone() } else { format!("{}{}", window::origin(), link.path) };
    let hours = link.hours;
    let shown = StoredValue::new(address);
    let copy = move |()| {
        clipboard::copy(&shown.get_value());
        toasts.push(words::LINK_COPIED.in_lang(lang.get_untracked()));
    };
    let copy_word = t(actions::COPY);
    view! {
        <div class="portal-link">
            {link.qr.map(|qr| view! { <Qr size=qr.size path=qr.path label=t(words::SCAN)/> })}
            <p class="secondary">{t(words::LINK_HINT)} " " {move || words::valid_for(lang.get(), hours)}</p>
            <code class="portal-address">{shown.get_value()}</code>
            <Button icon=Icon::Copy on_press=copy>{copy_word}</Button>
        </div>
    }
    .into_any()
}

/// Whether a company's people see each other's tickets: a matter of the account, not of one of them.
#[component]
pub fn SharesSwitch(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let row = Memo::new(move |_| book.row::<Customer>(customer));
    let shares = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.shares_tickets)));
    let is_company = move || row.with(|row| row.as_ref().is_some_and(|row| row.kind == Kind::Company));
    let may = book.me().role.is_some_and(|role| role.may(Right::EditCustomers));
    let checked = RwSignal::new(shares.get_untracked());
    Effect::new(move |_| checked.set(shares.get()));
    let edit = move |now: bool| {
        let edits = vec![Edit::SharesTickets(Was { was: !now, now })];
        book.submit(&Command::Customers(customers::Command::Edit { id: customer, edits }))
    };
    let change = Callback::new(move |now: bool| {
        let lang = lang.get_untracked();
        match edit(now) {
            Ok(_) => toasts.push_undo(if now { words::SHARED_NOW } else { words::UNSHARED_NOW }.in_lang(lang), move || _ = edit(!now)),
            Err(why) => {
                checked.set(!now);
                toasts.push_problem(why.say(lang));
            }
        }
    });
    view! {
        <Show when=move || may && is_company()>
            <div class="contacts-shared">
                <Checkbox checked label=t(words::SHARES) hint=t(words::SHARES_HINT) switch=true on_change=change/>
            </div>
        </Show>
    }
    .into_any()
}
