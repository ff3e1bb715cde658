//! The member's card: a wallet's anatomy in the metal of the tier. Nothing else in the product is metal.

use super::{Metal, Slot};
use leptos::prelude::*;

/// The card the customer carries: issuer, tier, one large number, holder, code.
#[component]
pub fn MemberCard(
    metal: Metal,
    /// Whose card it is.
    #[prop(into)]
    issuer: Signal<String>,
    #[prop(into)] tier: Signal<String>,
    /// What the number counts: `可用积分`.
    #[prop(into)]
    label: Signal<String>,
    /// Formatted.
    #[prop(into)]
    number: Signal<String>,
    #[prop(into)] holder: Signal<String>,
    /// `会员号 8820 1166 0342`.
    #[prop(into)]
    code: Signal<String>,
    /// The issuer's mark.
    #[prop(optional, into)]
    mark: Slot,
    /// The machine-readable code, on white.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="member-card" data-metal=metal.name() aria-label=move || tier.get()>
            <header class="member-card-head">
                {mark.bare()}
                <b>{move || issuer.get()}</b>
                <b class="end">{move || tier.get()}</b>
            </header>
            <p class="member-card-label">{move || label.get()}</p>
            <data class="member-card-number">{move || number.get()}</data>
            <p class="member-card-holder">{move || holder.get()}</p>
            <p class="member-card-code nowrap tabular">{move || code.get()}</p>
            {children.map(|children| view! { <div class="member-card-scan">{children()}</div> })}
        </section>
    }
    .into_any()
}

/// The same card as staff see it beside a record: tier, until when, balance, what is missing, what expires.
#[component]
pub fn MemberSummary(
    metal: Metal,
    #[prop(into)] tier: Signal<String>,
    /// `保级至 2027-03-31`.
    #[prop(optional, into)]
    until: Signal<String>,
    #[prop(into)] number: Signal<String>,
    /// `积分`.
    #[prop(into)]
    unit: Signal<String>,
    /// From 0 to 1, where there is a threshold to reach.
    #[prop(optional, into)]
    progress: Signal<Option<f64>>,
    /// `再消费 ¥12.40万升级钻石会员`.
    #[prop(optional, into)]
    next: Signal<String>,
    /// `12月31日到期 4,200`.
    #[prop(optional, into)]
    expiring: Signal<String>,
) -> impl IntoView {
    let bar = move || {
        progress.get().map(|share| {
            let width = format!("{:.0}%", share.clamp(0.0, 1.0) * 100.0);
            view! { <div class="member-card-bar" aria-hidden="true"><span style:width=width></span></div> }
        })
    };
    view! {
        <section class="member-card" data-metal=metal.name() data-summary aria-label=move || tier.get()>
            <header class="member-card-head">
                <span>{move || tier.get()}</span>
                <span class="end">{move || until.get()}</span>
            </header>
            <data class="member-card-number">{move || number.get()} <small>{move || unit.get()}</small></data>
            {bar}
            <footer class="member-card-foot">
                <span>{move || next.get()}</span>
                <span class="end">{move || expiring.get()}</span>
            </footer>
        </section>
    }
    .into_any()
}
