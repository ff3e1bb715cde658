//! What stands in a form: the text as typed, and the value it means or why it means none.

use crate::{
    browser::network::Trouble,
    words::{states, use_language},
};
use domain::{
    money::{BadMoney, Currency, Money},
    text::BadText,
    words::{Label, Lang, Say},
};
use leptos::prelude::*;

/// One typed field. Nothing typed is ever thrown away; the error stands until the text changes.
pub struct Typed<T: 'static> {
    pub text: RwSignal<String>,
    error: RwSignal<Option<BadText>>,
    parse: fn(&str) -> Result<T, BadText>,
}

impl<T> Clone for Typed<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Typed<T> {}

impl<T> Typed<T> {
    #[must_use]
    pub fn new(start: impl Into<String>, parse: fn(&str) -> Result<T, BadText>) -> Self {
        Self::of(RwSignal::new(start.into()), parse)
    }

    /// Over a text that is kept elsewhere.
    #[must_use]
    pub fn of(text: RwSignal<String>, parse: fn(&str) -> Result<T, BadText>) -> Self {
        let error = RwSignal::new(None);
        Effect::new(move |before: Option<String>| {
            let now = text.get();
            if before.is_some_and(|before| before != now) {
                error.set(None);
            }
            now
        });
        Self { text, error, parse }
    }

    /// The value, or nothing with the error shown.
    #[must_use]
    pub fn required(self) -> Option<T> {
        let read = self.text.with_untracked(|text| (self.parse)(text));
        read.map_err(|bad| self.error.set(Some(bad))).ok()
    }

    /// The value if something was typed; the outer nothing is an error.
    #[must_use]
    pub fn optional(self) -> Option<Option<T>> {
        if self.text.with_untracked(|text| text.trim().is_empty()) { Some(None) } else { self.required().map(Some) }
    }

    /// What the field shows below itself.
    #[must_use]
    pub fn error(self) -> Signal<Option<String>> {
        let lang = use_language();
        Signal::derive(move || self.error.get().map(|bad| bad.say(lang.get())))
    }
}

/// An amount as typed. What is wrong with it is said from the first sending on, at every key.
#[derive(Clone, Copy)]
pub struct Amount {
    pub text: RwSignal<String>,
    tried: RwSignal<bool>,
    currency: Currency,
}

impl Amount {
    #[must_use]
    pub fn new(start: String, currency: Currency) -> Self {
        Self { text: RwSignal::new(start), tried: RwSignal::new(false), currency }
    }

    /// Tracked.
    pub fn read(self) -> Result<Money, BadMoney> {
        self.text.with(|text| Money::parse(text, self.currency))
    }

    /// The value, or nothing with the error shown.
    #[must_use]
    pub fn required(self) -> Option<Money> {
        self.tried.set(true);
        untrack(|| self.read()).ok()
    }

    /// What the field shows below itself.
    #[must_use]
    pub fn error(self) -> Signal<Option<String>> {
        let lang = use_language();
        Signal::derive(move || self.read().err().filter(|_| self.tried.get()).map(|bad| bad.say(lang.get())))
    }
}

/// A whole number as people type it, groups set apart or not.
pub fn whole(text: &str) -> Result<i64, BadText> {
    match text.trim().replace(',', "") {
        text if text.is_empty() => Err(BadText::Missing),
        text => text.parse().map_err(|_| BadText::Malformed),
    }
}

/// A choice among stored codes, as `Select` and `Segmented` take it.
#[must_use]
pub fn choices<T: Label + domain::row::Field + Copy + Send + Sync>(all: &'static [T]) -> Signal<Vec<(String, String)>> {
    let lang = use_language();
    Signal::derive(move || all.iter().map(|one| (code(one), one.label().in_lang(lang.get()).to_owned())).collect())
}

/// The code under which a choice is kept.
#[must_use]
pub fn code<T: domain::row::Field>(value: &T) -> String {
    match value.to_cell() {
        domain::row::Cell::Text(code) => code,
        _ => String::new(),
    }
}

/// A form's own refusal, in the reader's language.
#[must_use]
pub fn said<R: Say + Clone + Send + Sync + 'static>(refusal: RwSignal<Option<R>>) -> Signal<Option<String>> {
    let lang = use_language();
    Signal::derive(move || refusal.with(|refusal| refusal.as_ref().map(|refusal| refusal.say(lang.get()))))
}

/// What somebody is told when an answer did not come or was a no.
#[must_use]
pub fn troubled(trouble: Trouble, lang: Lang) -> String {
    match trouble {
        Trouble::Unreached => states::NEEDS_LINE.in_lang(lang).to_owned(),
        Trouble::Refused { problem: Some(problem), .. } => problem.message,
        Trouble::Refused { problem: None, .. } => states::SOMETHING_BROKE.in_lang(lang).to_owned(),
    }
}

/// A label in the language of now, for sentences.
#[must_use]
pub fn label_of<T: Label>(value: &T, lang: Lang) -> &'static str {
    value.label().in_lang(lang)
}

/// The metal of a tier as it is drawn.
#[must_use]
pub const fn metal_of(metal: domain::loyalty::Metal) -> crate::ui::Metal {
    use domain::loyalty::Metal::{Black, Diamond, Gold, Silver};
    match metal {
        Silver => crate::ui::Metal::Silver,
        Gold => crate::ui::Metal::Gold,
        Black => crate::ui::Metal::Black,
        Diamond => crate::ui::Metal::Diamond,
    }
}
