//! The programme in the settings: what a purchase earns, how long points last, which tiers there are.

use super::{
    adjust::points,
    tiers::{self, Tiers},
    words,
};
use crate::{
    book::use_book,
    browser::clock,
    deeds::Deeds,
    forms::{Amount, whole},
    ui::{Banner, Button, Card, CardBody, Field, Purpose, Rank, Segmented, Select, TextInput, Tone, live},
    words::{actions, t},
};
use domain::{
    access::Right,
    change,
    id::Id,
    loyalty::{Command, Earning, Programme, Tiers as TierTable, Validity},
    money::Currency,
    words::Say,
};
use leptos::{ev::SubmitEvent, prelude::*};

const NEVER: &str = "never";
const MONTHS: &str = "months";
const DAYS: &str = "days";
const POINTS: &str = "points";
const SHARES: &str = "shares";

/// The programme, for those who manage it.
#[component]
pub fn ProgrammeCard() -> impl IntoView {
    let book = use_book();
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManageLoyalty));
    // A company without a programme begins with the usual one; nothing holds until it is saved.
    let shown = Memo::new(move |_| {
        let currency = book.company().filter(|_| manages)?.currency;
        let programme = book.programme().map(|programme| (*programme).clone());
        Some((programme.unwrap_or_else(|| Programme::usual(currency.unit(), clock::now())), currency))
    });
    live(move || shown.get().map(|(programme, currency)| view! { <Form programme currency/> }.into_any()))
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    points: RwSignal<String>,
    per: Amount,
    lock_days: RwSignal<String>,
    lasts: RwSignal<String>,
    span: RwSignal<String>,
    window_days: RwSignal<String>,
    /// How tiers are given.
    given: RwSignal<String>,
    tiers: RwSignal<Vec<tiers::Typing>>,
}

impl Typing {
    fn of(programme: &Programme, currency: Currency) -> Self {
        let Programme { id: _, earning, validity, tiers, updated_at: _ } = programme;
        let number = |n: i64| RwSignal::new(n.to_string());
        let (lasts, span) = match validity {
            Validity::Never => (NEVER, 12),
            Validity::Months { months } => (MONTHS, *months),
            Validity::Days { days } => (DAYS, *days),
        };
        Self {
            points: number(earning.points.get()),
            per: Amount::new(earning.per.decimal(currency), currency),
            lock_days: number(earning.lock_days),
            lasts: RwSignal::new(lasts.to_owned()),
            span: number(span),
            window_days: number(tiers.window_days),
            given: RwSignal::new(if tiers.are_by_share() { SHARES } else { POINTS }.to_owned()),
            tiers: RwSignal::new(typed(tiers)),
        }
    }

    /// Nothing while a name or a number is missing. Tracked.
    fn read(self) -> Option<Programme> {
        let number = |text: RwSignal<String>| text.with(|text| whole(text)).ok();
        let earning =
            Earning { points: self.points.with(|text| points(text)).ok()?, per: self.per.read().ok()?, lock_days: number(self.lock_days)? };
        let validity = match self.lasts.get().as_str() {
            MONTHS => Validity::Months { months: number(self.span)? },
            DAYS => Validity::Days { days: number(self.span)? },
            _ => Validity::Never,
        };
        let by_share = self.by_share();
        let tiers = self.tiers.get().into_iter().map(|tier| tier.read(by_share)).collect::<Option<Vec<_>>>()?;
        let tiers = TierTable { window_days: number(self.window_days)?, tiers };
        Some(Programme { id: Id::ONLY, earning, validity, tiers, updated_at: clock::now() })
    }

    /// Tracked.
    fn by_share(self) -> bool {
        self.given.with(|given| given == SHARES)
    }
}

fn typed(tiers: &TierTable) -> Vec<tiers::Typing> {
    tiers.tiers.iter().map(|tier| tiers::Typing::of(Some(tier))).collect()
}

fn set(programme: Programme) -> change::Command {
    change::Command::Loyalty(Command::SetProgramme { programme: Box::new(programme) })
}

#[component]
fn Form(programme: Programme, currency: Currency) -> impl IntoView {
    let deeds = Deeds::here();
    let typing = Typing::of(&programme, currency);
    let was = programme.tiers;
    let blocked = Signal::derive(move || match typing.read() {
        None => Some(words::INCOMPLETE.in_lang(deeds.lang.get()).to_owned()),
        Some(programme) => deeds.book.why_not(&set(programme)).map(|why| why.say(deeds.lang.get())),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(programme) = untrack(|| typing.read()).filter(|_| blocked.with_untracked(Option::is_none)) {
            deeds.act(&set(programme), |lang| words::SAVED.in_lang(lang).to_owned(), None);
        }
    };
    let save = t(actions::SAVE);
    view! {
        <form on:submit=submit>
            <Card title=t(words::PROGRAMME)>
                <CardBody>
                    <div class="stack">
                        <p class="small secondary">{t(words::PROGRAMME_HINT)}</p>
                        <Rules typing currency/>
                        <Ladder typing was/>
                        {live(move || blocked.get().map(|why| view! { <Banner tone=Tone::Warn>{why}</Banner> }.into_any()))}
                        <div><Button rank=Rank::Primary submit=true blocked>{save}</Button></div>
                    </div>
                </CardBody>
            </Card>
        </form>
    }
    .into_any()
}

/// The tiers, and how they are given. Whoever chooses the other way begins with its usual tiers, and finds those from
/// before on coming back.
#[component]
fn Ladder(typing: Typing, was: TierTable) -> impl IntoView {
    let lang = crate::words::use_language();
    let ways = Signal::derive(move || {
        [(POINTS, words::BY_POINTS), (SHARES, words::BY_SHARE)]
            .map(|(code, word)| (code.to_owned(), word.in_lang(lang.get()).to_owned()))
            .to_vec()
    });
    let by_share = Memo::new(move |_| typing.by_share());
    let began_by_share = was.are_by_share();
    let other = StoredValue::new(typed(&if began_by_share { TierTable::usual() } else { TierTable::usual_by_share() }));
    Effect::new(move |before: Option<bool>| {
        let now = by_share.get();
        if before.unwrap_or(began_by_share) != now {
            let shown = typing.tiers.get_untracked();
            typing.tiers.set(other.get_value());
            other.set_value(shown);
        }
        now
    });
    view! {
        <Field label=t(words::BY)><Segmented value=typing.given options=ways/></Field>
        <Tiers tiers=typing.tiers by_share/>
    }
    .into_any()
}

/// What is earned and how long it lasts.
#[component]
fn Rules(typing: Typing, currency: Currency) -> impl IntoView {
    let lang = crate::words::use_language();
    let ways = Signal::derive(move || {
        [(MONTHS, words::BY_MONTHS), (DAYS, words::BY_DAYS), (NEVER, words::NEVER)]
            .map(|(code, word)| (code.to_owned(), word.in_lang(lang.get()).to_owned()))
            .to_vec()
    });
    let unit = move || if typing.lasts.with(|lasts| lasts == DAYS) { words::DAYS } else { words::MONTHS }.in_lang(lang.get());
    let span = move || {
        typing.lasts.with(|lasts| lasts != NEVER).then(|| {
            view! { <Field label=t(words::LASTS)><TextInput value=typing.span purpose=Purpose::Number after=Signal::derive(move || unit().to_owned())/></Field> }.into_any()
        })
    };
    view! {
        <div class="grid" data-columns="3" data-gap="3">
            <Field label=t(words::FOR_EACH)><TextInput value=typing.per.text purpose=Purpose::Decimal after=currency.code()/></Field>
            <Field label=t(words::EARN)><TextInput value=typing.points purpose=Purpose::Number/></Field>
            <Field label=t(words::WAIT) hint=t(words::WAIT_HINT)>
                <TextInput value=typing.lock_days purpose=Purpose::Number after=t(words::DAYS)/>
            </Field>
        </div>
        <div class="grid" data-columns="3" data-gap="3">
            <Field label=t(words::VALIDITY)><Select value=typing.lasts options=ways/></Field>
            {live(span)}
            <Field label=t(words::WINDOW)><TextInput value=typing.window_days purpose=Purpose::Number after=t(words::DAYS)/></Field>
        </div>
    }
    .into_any()
}
