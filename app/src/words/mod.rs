//! The screen's language: which one is spoken now, and phrases that follow it.
//!
//! A phrase is a constant beside the feature that says it; a sentence with values is a function of [`Lang`].

pub mod actions;
pub mod states;

pub use domain::words::{Lang, Text};

use crate::browser::language;
use leptos::prelude::*;

/// The chosen language, as context.
#[derive(Clone, Copy)]
struct Chosen(RwSignal<Lang>);

/// Puts the language into context: the one chosen before on this device, else the browser's.
/// A choice is remembered, and the document says which language it is in.
pub fn provide_language() -> RwSignal<Lang> {
    let chosen = RwSignal::new(language::current());
    provide_context(Chosen(chosen));
    Effect::new(move |before: Option<Lang>| {
        let now = chosen.get();
        language::mark_document(now);
        if before.is_some_and(|before| before != now) {
            language::remember(now);
        }
        now
    });
    chosen
}

/// The language in context. Without one (a component rendered alone in a test) it is Chinese.
#[must_use]
pub fn use_language() -> RwSignal<Lang> {
    use_context::<Chosen>().map_or_else(|| RwSignal::new(Lang::Zh), |Chosen(lang)| lang)
}

/// A phrase that follows the language: `{t(SAVE)}` in a view, `label=t(SAVE)` in a prop.
pub fn t(text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let lang = use_language();
    move || text.in_lang(lang.get())
}

/// A sentence with values that follows the language: `{say(move |lang| needed(lang, points.get()))}`.
pub fn say(sentence: impl Fn(Lang) -> String + Send + Sync + 'static) -> impl Fn() -> String + Send + Sync + 'static {
    let lang = use_language();
    move || sentence(lang.get())
}
