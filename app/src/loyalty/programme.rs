//! The programme in the settings: what a purchase earns, how long points last, which tiers there are.

use super::{
    adjust::points,
    preview::PreviewDialog,
    tiers::{self, Tiers},
    versions::VersionsCard,
    words,
};
use crate::{
    book::use_book,
    browser::{clock, format},
    deeds::Deeds,
    forms::{Amount, whole},
    ui::{Banner, Button, Card, CardBody, Checkbox, DateInput, Field, Purpose, Rank, Segmented, Select, TextInput, Tone, live},
    words::{actions, t},
};
use domain::{
    access::Right,
    change,
    loyalty::{Command, Draft, Earning, FURTHEST_DAYS, Keeping, Rules, Tiers as TierTable, Validity},
    money::Currency,
    time::Date,
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
    // Former or planned rules that others are to begin with.
    let taken = RwSignal::new(None::<Rules>);
    let shown = Memo::new(move |_| {
        let currency = book.company().filter(|_| manages)?.currency;
        let rules = taken.get().or_else(|| Some(book.programme()?.rules.clone()));
        Some((rules.unwrap_or_else(|| Rules::usual(currency.unit())), currency))
    });
    let versions = move || manages.then(|| view! { <VersionsCard taken/> }.into_any());
    view! {
        {live(move || shown.get().map(|(rules, currency)| view! { <Form rules currency/> }.into_any()))}
        {live(versions)}
    }
    .into_any()
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
    /// Days of grace; none to fall at once.
    keep_days: RwSignal<String>,
    one_step: RwSignal<bool>,
    tiers: RwSignal<Vec<tiers::Typing>>,
    /// The first day on which they hold.
    from: RwSignal<String>,
}

impl Typing {
    fn of(rules: &Rules, currency: Currency, from: Date) -> Self {
        let Rules { earning, validity, tiers } = rules;
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
            keep_days: number(tiers.keeping.map_or(0, |keeping| keeping.days)),
            one_step: RwSignal::new(tiers.keeping.is_none_or(|keeping| keeping.one_step)),
            tiers: RwSignal::new(typed(tiers)),
            from: RwSignal::new(from.to_string()),
        }
    }

    /// Nothing while a name or a number is missing. Tracked.
    fn read(self) -> Option<Draft> {
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
        let (days, one_step) = (if by_share { 0 } else { number(self.keep_days)? }, self.one_step.get());
        let keeping = (days != 0).then_some(Keeping { days, one_step });
        let tiers = TierTable { window_days: number(self.window_days)?, keeping, tiers };
        let from = self.from.with(|from| from.parse().ok())?;
        Some(Draft { from, rules: Rules { earning, validity, tiers } })
    }

    /// Tracked.
    fn by_share(self) -> bool {
        self.given.with(|given| given == SHARES)
    }
}

fn typed(tiers: &TierTable) -> Vec<tiers::Typing> {
    tiers.tiers.iter().map(|tier| tiers::Typing::of(Some(tier))).collect()
}

fn plan(Draft { from, rules }: Draft) -> change::Command {
    change::Command::Loyalty(Command::PlanProgramme { id: clock::new_id(), from, rules: Box::new(rules) })
}

#[component]
fn Form(rules: Rules, currency: Currency) -> impl IntoView {
    let deeds = Deeds::here();
    let today = deeds.book.today();
    let typing = Typing::of(&rules, currency, today.plus_days(1));
    let (was, latest) = (rules.tiers, today.plus_days(FURTHEST_DAYS));
    let blocked = Signal::derive(move || match typing.read() {
        None => Some(words::INCOMPLETE.in_lang(deeds.lang.get()).to_owned()),
        Some(draft) => deeds.book.why_not(&plan(draft)).map(|why| why.say(deeds.lang.get())),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(draft) = untrack(|| typing.read()).filter(|_| blocked.with_untracked(Option::is_none)) {
            let from = draft.from;
            let told = move |lang| words::from_day(lang, &format::year_day(lang, from));
            deeds.act(&plan(draft), told, None);
        }
    };
    let previewed = RwSignal::new(None::<Draft>);
    let look = move |()| previewed.set(untrack(|| typing.read()));
    let (save, preview) = (t(actions::SAVE), t(words::PREVIEW));
    let dialog = move || {
        let draft = previewed.get()?;
        Some(view! { <PreviewDialog draft on_close=move |()| previewed.set(None)/> }.into_any())
    };
    view! {
        <form on:submit=submit>
            <Card title=t(words::PROGRAMME)>
                <CardBody>
                    <div class="stack">
                        <p class="small secondary">{t(words::PROGRAMME_HINT)}</p>
                        <Rules typing currency/>
                        <Ladder typing was/>
                        <div class="grid" data-columns="3" data-gap="3">
                            <Field label=t(words::EFFECT_ON) hint=t(words::RULES_HINT)>
                                <DateInput value=typing.from min=today.to_string() max=latest.to_string()/>
                            </Field>
                        </div>
                        {live(move || blocked.get().map(|why| view! { <Banner tone=Tone::Warn>{why}</Banner> }.into_any()))}
                        <div class="cluster">
                            <Button rank=Rank::Primary submit=true blocked>{save}</Button>
                            <Button on_press=look blocked>{preview}</Button>
                        </div>
                    </div>
                </CardBody>
            </Card>
        </form>
        {live(dialog)}
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
        {live(move || (!by_share.get()).then(|| view! { <Grace typing/> }.into_any()))}
        <Tiers tiers=typing.tiers by_share/>
    }
    .into_any()
}

/// How long a tier is kept without the points for it.
#[component]
fn Grace(typing: Typing) -> impl IntoView {
    let steps = move || {
        typing
            .keep_days
            .with(|days| !matches!(days.trim(), "" | "0"))
            .then(|| view! { <Checkbox checked=typing.one_step label=t(words::ONE_STEP)/> }.into_any())
    };
    view! {
        <div class="grid" data-columns="3" data-gap="3">
            <Field label=t(words::KEEP) hint=t(words::KEEP_HINT)>
                <TextInput value=typing.keep_days purpose=Purpose::Number after=t(words::DAYS)/>
            </Field>
        </div>
        {live(steps)}
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
