//! What other rules would do, before they are decided on: who would rise and fall, and what purchases would earn.

use super::{review::sizes, words};
use crate::{
    book::Asked,
    browser::{format, network, tasks},
    deeds::Deeds,
    routes,
    ui::{Banner, Card, CardBody, Dialog, DialogBody, List, ListRow, Tone, Width, live},
    words::{Lang, t},
};
use domain::loyalty::{Cost, Draft, MOST_NAMED, Named, Preview, Rules};
use leptos::prelude::*;
use std::sync::Arc;

/// Asked of the server once: it alone knows everybody's points and purchases.
#[component]
pub fn PreviewDialog(draft: Draft, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let deeds = Deeds::here();
    let (asked, found) = (RwSignal::new(Asked::Coming), RwSignal::new(None::<Arc<Preview>>));
    let question = draft.clone();
    tasks::run(async move {
        let answer = network::post::<Preview>("/api/programme/preview", &question).await.ok();
        asked.try_set(if answer.is_some() { Asked::Here } else { Asked::Failed });
        found.try_set(answer.map(Arc::new));
    });
    let title = move || words::preview_of(deeds.lang.get(), &format::year_day(deeds.lang.get(), draft.from));
    let rules = StoredValue::new(draft.rules);
    let body = move || {
        Some(match (found.get(), asked.get()) {
            (Some(preview), _) => rules.with_value(|rules| told(&preview, rules, deeds.lang.get())),
            (None, Asked::Failed) => view! { <Banner tone=Tone::Warn>{t(words::PREVIEW_ONLINE)}</Banner> }.into_any(),
            (None, _) => view! { <p class="secondary" role="status">{t(words::WORKING_OUT)}</p> }.into_any(),
        })
    };
    view! {
        <Dialog open=true on_close title=Signal::derive(title) width=Width::Wide>
            <DialogBody>{live(body)}</DialogBody>
        </Dialog>
    }
    .into_any()
}

/// All of it, by the tiers of the new rules.
pub(super) fn told(preview: &Preview, rules: &Rules, lang: Lang) -> AnyView {
    let Preview { sizes: found, rises, falls, cost, named } = preview;
    let tier = move |rank: i64| rules.tier(rank).map_or(words::NO_TIER.in_lang(lang), |tier| tier.name(lang)).to_owned();
    let moves = format!("{} · {}", words::rises(lang, *rises), words::falls(lang, *falls));
    let waits = rules.tiers.are_by_share().then(|| view! { <p class="small secondary">{t(words::AT_REVIEW)}</p> });
    let all = rises + falls;
    let rows: Vec<AnyView> = named.iter().map(|it| mover(it, &tier, lang)).collect();
    let more = usize::try_from(all).is_ok_and(|all| all > MOST_NAMED);
    let more = more.then(|| view! { <p class="small secondary">{words::first_of(lang, MOST_NAMED, all)}</p> });
    let movers = (!rows.is_empty()).then(|| {
        view! {
            <h3 class="points-part">{t(words::MOVERS)}</h3>
            <Card><List label=t(words::MOVERS)>{rows}</List></Card>
            {more}
        }
    });
    let (cost, sizes) = (costs(*cost, lang), sizes(found, tier, lang));
    view! {
        <div class="stack">
            {cost}
            <h3 class="points-part">{t(words::TIERS)} " " <small class="secondary">{moves}</small></h3>
            {waits}
            <Card>{sizes}</Card>
            {movers}
        </div>
    }
    .into_any()
}

/// What the purchases of a year earn by the rules of now, and would by the others.
fn costs(Cost { purchases, now, then }: Cost, lang: Lang) -> AnyView {
    #[expect(clippy::cast_precision_loss, reason = "points are far below 2^52")]
    let change = (!now.is_zero()).then(|| (then.get() - now.get()) as f64 / now.get() as f64);
    let change = change.map(|change| format!("{}{}", if change > 0.0 { "+" } else { "" }, format::percent(change, 1)));
    let [now, then] = [now, then].map(|count| words::points(lang, &format::number(count.get())));
    view! {
        <Card>
            <CardBody>
                <p class="small secondary">{words::purchases_of_a_year(lang, purchases)}</p>
                <p class="cluster" data-align="baseline">
                    <span>{now}</span>
                    <span aria-hidden="true">"→"</span>
                    <strong>{then}</strong>
                    {change.map(|change| view! { <span class="secondary">{change}</span> })}
                </p>
            </CardBody>
        </Card>
    }
    .into_any()
}

fn mover(it: &Named, tier: &impl Fn(i64) -> String, lang: Lang) -> AnyView {
    let (called, way) = (it.called.clone(), format!("{} → {}", tier(it.from), tier(it.to)));
    let score = words::points(lang, &format::number(it.score.get()));
    let href = Signal::stored(routes::customer(it.customer));
    view! { <ListRow href detail=way end=score>{called}</ListRow> }.into_any()
}
