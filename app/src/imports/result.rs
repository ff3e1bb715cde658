//! What came of an import, or would.

use super::words;
use crate::{
    browser::format,
    ui::{Banner, Facts, Tone, live},
    words::{Text, t, use_language},
};
use domain::imports::{Import, Phase};
use leptos::prelude::*;

#[component]
pub fn Result(now: RwSignal<Option<Import>>) -> impl IntoView {
    let lang = use_language();
    live(move || {
        let import = now.get().filter(|import| import.phase != Phase::Running)?;
        let count = |name: Text, n: u64| {
            let n = format::number(i64::try_from(n).unwrap_or(i64::MAX));
            view! { <div><dt>{name.in_lang(lang.get())}</dt><dd>{n}</dd></div> }
        };
        let counts = import.counts;
        let sums: Vec<String> = import.sums.iter().map(|sum| format::money(sum.minor, sum.currency.code())).collect();
        let errors = (counts.refused > 0).then(|| {
            let address = format!("/api/imports/{}/errors.csv", import.id);
            view! { <a class="link" href=address download="" rel="external">{t(words::ERRORS)}</a> }
        });
        let problem = import.problem.map(|problem| view! { <Banner tone=Tone::Bad>{problem.message}</Banner> });
        let hint = import.dry_run.then(|| view! { <p class="secondary small">{t(words::WOULD_HINT)}</p> });
        Some(
            view! {
                <section class="import-result" role="status">
                    {problem}
                    <dl>
                        {count(words::MADE, counts.made)} {count(words::CHANGED, counts.changed)}
                        {count(words::UNCHANGED, counts.unchanged)} {count(words::REFUSED, counts.refused)}
                    </dl>
                    <p class="tabular"><Facts of=Signal::stored(sums)/></p>
                    {hint} {errors}
                </section>
            }
            .into_any(),
        )
    })
}
