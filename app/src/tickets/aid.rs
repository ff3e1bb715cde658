//! Listen, empathise, solve (S163, S164): a discreet aid beside an answer to a complaint.
//!
//! It looks for words, not for meaning: a step it has not found is offered, never demanded.

use super::words;
use crate::{
    ui::{Icon, icon},
    words::{Text, t},
};
use leptos::prelude::*;

/// A step: its name, what it asks for, how an answer may begin, and what shows that it is there.
struct Step {
    name: Text,
    hint: Text,
    opening: Text,
    marks: &'static [&'static str],
}

const STEPS: [Step; 3] = [
    Step {
        name: words::LISTEN,
        hint: words::LISTEN_HINT,
        opening: words::LISTEN_OPENING,
        marks: &["您反映", "您说", "您提到", "您问", "您遇到", "you wrote", "you said", "you report", "you asked"],
    },
    Step {
        name: words::EMPATHISE,
        hint: words::EMPATHISE_HINT,
        opening: words::EMPATHISE_OPENING,
        marks: &["理解", "抱歉", "着急", "不便", "对不起", "sorry", "understand", "apolog"],
    },
    Step {
        name: words::SOLVE,
        hint: words::SOLVE_HINT,
        opening: words::SOLVE_OPENING,
        marks: &["我们会", "会在", "将在", "之前", "点前", "安排", "we will", "we'll", "by "],
    },
];

/// The three steps under an answer as it is written; pressing one begins its sentence.
#[component]
pub fn Aid(text: RwSignal<String>) -> impl IntoView {
    let lang = crate::words::use_language();
    let steps = STEPS.map(|Step { name, hint, opening, marks }| {
        let done = Memo::new(move |_| {
            let text = text.with(|text| text.to_lowercase());
            marks.iter().any(|mark| text.contains(mark))
        });
        let press = move |_| {
            let opening = opening.in_lang(lang.get_untracked());
            text.update(|text| {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(opening);
            });
        };
        view! {
            <button type="button" class="aid-step" data-done=move || done.get() on:click=press>
                {move || icon(if done.get() { Icon::Done } else { Icon::Todo })}
                <b>{t(name)}</b>
                <span>{t(hint)}</span>
            </button>
        }
    });
    view! { <div class="aid" role="group" aria-label=t(words::AID)>{steps.into_iter().collect_view()}</div> }.into_any()
}
