//! How soon tickets are answered and solved, by how urgent they are.

use super::words;
use crate::{
    book::use_book,
    forms::{label_of, said},
    ui::{Banner, Button, Card, CardBody, Field, Purpose, Rank, TextInput, Tone, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    access::Right,
    change::{self, Command},
    service_level::{Priority, Target, Targets},
    settings,
    words::Say,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// A target as it is typed: minutes until somebody answers, hours until it is solved.
#[derive(Clone, Copy)]
struct Typing {
    response: RwSignal<String>,
    resolution: RwSignal<String>,
}

impl Typing {
    fn of(target: Target) -> Self {
        Self { response: RwSignal::new(target.response.to_string()), resolution: RwSignal::new(hours(target.resolution)) }
    }

    /// Tracked.
    fn read(self) -> Option<Target> {
        Some(Target {
            response: self.response.with(|text| text.trim().parse().ok())?,
            resolution: self.resolution.with(|text| minutes(text))?,
        })
    }
}

/// `16`, `1.5`.
fn hours(minutes: i64) -> String {
    let (whole, rest) = (minutes / 60, minutes % 60);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{:02}", rest * 100 / 60).trim_end_matches('0').to_owned() }
}

fn minutes(hours: &str) -> Option<i64> {
    let hours: f64 = hours.trim().parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "held to what a rule accepts at most")]
    Some((hours.clamp(-1.0, 10_000.0) * 60.0).round() as i64)
}

#[component]
pub fn TargetsCard() -> impl IntoView {
    let book = use_book();
    let targets = Memo::new(move |_| book.company().map(|company| company.targets));
    move || targets.get().map(|targets| view! { <Form targets/> })
}

#[component]
fn Form(targets: Targets) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManageSettings));
    let refusal = RwSignal::new(None::<change::Refusal>);
    let [low, normal, high, urgent] =
        [Priority::Low, Priority::Normal, Priority::High, Priority::Urgent].map(|priority| Typing::of(targets.of(priority)));
    let wanted = Memo::new(move |_| Some(Targets { low: low.read()?, normal: normal.read()?, high: high.read()?, urgent: urgent.read()? }));
    let blocked = Signal::derive(move || match wanted.get() {
        None => Some(words::NUMBER_MISSING.in_lang(lang.get()).to_owned()),
        Some(targets) => book.why_not(&Command::Settings(settings::Command::SetTargets { targets })).map(|why| why.say(lang.get())),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(targets) = wanted.get_untracked().filter(|_| blocked.with_untracked(Option::is_none)) else { return };
        match book.submit(&Command::Settings(settings::Command::SetTargets { targets })) {
            Ok(_) => toasts.push(words::SAVED.in_lang(lang.get_untracked())),
            Err(why) => refusal.set(Some(why)),
        }
    };
    let rows = [(Priority::Urgent, urgent), (Priority::High, high), (Priority::Normal, normal), (Priority::Low, low)];
    let save = t(actions::SAVE);
    view! {
        <form on:submit=submit>
            <Card title=t(words::TARGETS)>
                <CardBody>
                    <div class="stack">
                        <p class="small secondary">{t(words::TARGETS_HINT)}</p>
                        <div class="targets">
                            <div class="targets-row" aria-hidden="true">
                                <span></span>
                                <span>{t(words::ANSWER_WITHIN)}</span>
                                <span>{t(words::SOLVE_WITHIN)}</span>
                            </div>
                            {rows.map(|(priority, typing)| row(priority, typing)).collect_view()}
                        </div>
                        {move || blocked.get().filter(|_| manages).map(|why| view! { <Banner tone=Tone::Warn>{why}</Banner> })}
                        {move || said(refusal).get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> })}
                        {manages.then(|| view! { <div><Button rank=Rank::Primary submit=true blocked>{save}</Button></div> })}
                    </div>
                </CardBody>
            </Card>
        </form>
    }
    .into_any()
}

fn row(priority: Priority, Typing { response, resolution }: Typing) -> AnyView {
    let lang = use_language();
    let named =
        move |what: crate::words::Text| Signal::derive(move || format!("{} {}", label_of(&priority, lang.get()), what.in_lang(lang.get())));
    let wrong = Signal::derive(move || {
        Typing { response, resolution }.read().is_none_or(|target| {
            let all = Targets { low: target, normal: target, high: target, urgent: target };
            !all.is_sound()
        })
    });
    view! {
        <div class="targets-row" data-invalid=move || wrong.get()>
            <b>{move || label_of(&priority, lang.get())}</b>
            <Field label=named(words::ANSWER_WITHIN) hide_label=true><TextInput value=response purpose=Purpose::Number after=t(words::MINUTES)/></Field>
            <Field label=named(words::SOLVE_WITHIN) hide_label=true><TextInput value=resolution purpose=Purpose::Decimal after=t(words::HOURS_UNIT)/></Field>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_come_back_as_they_went() {
        for given in [1, 15, 30, 45, 60, 90, 960, 2_400, 43_200] {
            let minutes = minutes(&hours(given)).expect("hours");
            assert!((minutes - given).abs() <= 1, "{given}: {minutes}");
        }
        assert_eq!(hours(90), "1.5");
        assert_eq!(minutes("many"), None);
    }
}
