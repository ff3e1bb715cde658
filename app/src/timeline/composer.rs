//! Recording a contact: method, time, result, person, details, and what comes next (S092). One line until it is used.

use super::words;
use crate::{
    book::{by_key, use_book},
    browser::clock,
    forms::{Typed, choices, said},
    ui::{Banner, Button, DateInput, Field, Icon, Rank, Segmented, Select, TextArea, TextInput, Tone, icon, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    change::{self, Command},
    customers::Contact,
    id::{CustomerId, EntryId, PersonId, StepId},
    text::{Line, Prose},
    time::{Date, Instant, Zone},
    timeline::{self, FollowUp, Method, Outcome, StepDraft},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// What the composer holds. It outlives the opened form, so that nothing typed is lost by closing it.
#[derive(Clone, Copy)]
struct Typing {
    details: Typed<Prose>,
    method: RwSignal<String>,
    outcome: RwSignal<String>,
    contact: RwSignal<String>,
    when: RwSignal<String>,
    next: Typed<Line>,
    due: RwSignal<String>,
}

impl Typing {
    fn new() -> Self {
        Self {
            details: Typed::new("", Prose::parse),
            method: RwSignal::new(Method::Call.code().to_owned()),
            outcome: RwSignal::new(Outcome::Reached.code().to_owned()),
            contact: RwSignal::new(String::new()),
            when: RwSignal::new(String::new()),
            next: Typed::new("", Line::parse),
            due: RwSignal::new(String::new()),
        }
    }

    fn clear(self) {
        for text in [self.details.text, self.contact, self.when, self.next.text, self.due] {
            text.set(String::new());
        }
        self.outcome.set(Outcome::Reached.code().to_owned());
    }

    fn command(self, customer: CustomerId, me: PersonId, zone: &Zone) -> Result<Option<timeline::Command>, ()> {
        let (Some(details), Some(next)) = (self.details.required(), self.next.optional()) else { return Ok(None) };
        let next = match (next, local_moment(&self.due.get_untracked(), zone)) {
            (Some(_), None) => return Err(()),
            (Some(text), Some(due)) => Some(StepDraft { id: clock::new_id::<StepId>(), text, due, who: me }),
            (None, _) => None,
        };
        let record = FollowUp {
            method: Method::from_code(&self.method.get_untracked()).unwrap_or(Method::Other),
            outcome: Outcome::from_code(&self.outcome.get_untracked()).unwrap_or(Outcome::Reached),
            contact: self.contact.get_untracked().parse().ok(),
            with: None,
            details,
        };
        let happened_at = local_moment(&self.when.get_untracked(), zone).unwrap_or_else(clock::now);
        Ok(Some(timeline::Command::FollowUp { id: clock::new_id::<EntryId>(), customer, happened_at, record, finishes: None, next }))
    }
}

/// What `<input type=datetime-local>` says, in company time.
#[must_use]
pub(super) fn local_moment(text: &str, zone: &Zone) -> Option<Instant> {
    let (date, time) = text.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    let minutes = hour.parse::<i64>().ok()? * 60 + minute.get(..2)?.parse::<i64>().ok()?;
    Some(zone.moment(date.parse::<Date>().ok()?, minutes))
}

#[component]
pub fn Composer(customer: CustomerId) -> impl IntoView {
    let typing = Typing::new();
    let open = RwSignal::new(false);
    let write = t(words::WRITE);
    view! {
        <Show
            when=move || open.get()
            fallback=move || view! {
                <button type="button" class="composer-line" on:click=move |_| open.set(true)>
                    {icon(Icon::Edit)}
                    <span>{move || typing.details.text.with(|text| if text.is_empty() { write().to_owned() } else { text.clone() })}</span>
                </button>
            }
        >
            <Opened customer typing open/>
        </Show>
    }
    .into_any()
}

#[component]
fn Opened(customer: CustomerId, typing: Typing, open: RwSignal<bool>) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let refusal = RwSignal::new(None::<change::Refusal>);
    let due_error = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(me) = book.me().actor.person() else { return };
        let command = match typing.command(customer, me, &untrack(|| book.zone())) {
            Ok(Some(command)) => command,
            Ok(None) => return,
            Err(()) => return due_error.set(Some(words::DUE_MISSING.in_lang(lang.get_untracked()).to_owned())),
        };
        let id = if let timeline::Command::FollowUp { id, .. } = &command { Some(*id) } else { None };
        match book.submit(&Command::Timeline(command)) {
            Ok(_) => {
                typing.clear();
                open.set(false);
                toasts.push_undo(words::RECORDED.in_lang(lang.get_untracked()), move || {
                    if let Some(id) = id {
                        _ = book.submit(&Command::Timeline(timeline::Command::Withdraw { id }));
                    }
                });
            }
            Err(why) => refusal.set(Some(why)),
        }
    };
    let (record, cancel) = (t(words::RECORD), t(actions::CANCEL));
    view! {
        <form class="composer" on:submit=submit>
            <Segmented value=typing.method options=choices(Method::ALL) label=t(words::METHOD)/>
            <Field label=t(words::DETAILS) hide_label=true error=typing.details.error()>
                <TextArea value=typing.details.text placeholder=t(words::WRITE) autofocus=true/>
            </Field>
            <Circumstances customer typing/>
            <Next typing due_error/>
            {move || said(refusal).get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> })}
            <div class="cluster" data-justify="end" data-gap="2">
                <Button rank=Rank::Quiet on_press=move |()| open.set(false)>{cancel}</Button>
                <Button rank=Rank::Primary submit=true>{record}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// What comes next, and by when.
#[component]
fn Next(typing: Typing, due_error: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div class="composer-next">
            <Field label=t(words::NEXT_STEP) error=typing.next.error()>
                <TextInput value=typing.next.text placeholder=t(words::NEXT_WHAT)/>
            </Field>
            <Field label=t(words::NEXT_DUE) error=due_error>
                <DateInput value=typing.due with_time=true/>
            </Field>
        </div>
    }
    .into_any()
}

#[component]
fn Circumstances(customer: CustomerId, typing: Typing) -> impl IntoView {
    let book = use_book();
    let people = Signal::derive(move || {
        let mut people = book.of::<Contact>(customer);
        people.retain(|contact| !contact.removed);
        people = by_key(&people, |contact| contact.created_at);
        people.into_iter().map(|contact| (contact.id.to_string(), contact.name.to_string())).collect::<Vec<_>>()
    });
    view! {
        <div class="grid" data-columns="3">
            <Field label=t(words::WITH)><Select value=typing.contact options=people empty=true/></Field>
            <Field label=t(words::OUTCOME)><Select value=typing.outcome options=choices(Outcome::ALL)/></Field>
            <Field label=t(words::WHEN) hint=t(words::WHEN_HINT)><DateInput value=typing.when with_time=true/></Field>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_date_field_says_is_company_time() {
        let shanghai = Zone::fixed("Asia/Shanghai", 8 * 3_600);
        assert_eq!(local_moment("2026-11-21T00:00", &shanghai), Some(Instant(1_795_190_400_000)));
        assert_eq!(local_moment("2026-11-21T08:30:15", &shanghai), Some(Instant(1_795_190_400_000 + 8 * 3_600_000 + 30 * 60_000)));
        for bad in ["", "2026-11-21", "2026-02-30T10:00", "xT10:00"] {
            assert_eq!(local_moment(bad, &shanghai), None, "{bad}");
        }
    }
}
