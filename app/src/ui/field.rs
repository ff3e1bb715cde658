//! A field: label, control, hint and error, bound together for eyes and ears alike.

use super::id;
use crate::words::{states, t};
use leptos::{context::Provider, prelude::*};

/// What a control inside a field must know of it.
#[derive(Clone, Copy)]
pub(super) struct Link {
    id: StoredValue<String>,
    has_hint: Signal<bool>,
    error: Signal<Option<String>>,
    required: bool,
    in_field: bool,
}

impl Link {
    /// The field around this control; a control alone gets a name of its own.
    pub fn here() -> Self {
        use_context::<Self>().unwrap_or_else(|| Self {
            id: StoredValue::new(id::fresh("control")),
            has_hint: Signal::stored(false),
            error: Signal::stored(None),
            required: false,
            in_field: false,
        })
    }

    pub fn id(self) -> String {
        self.id.get_value()
    }

    fn hint_id(self) -> String {
        format!("{}-hint", self.id())
    }

    fn error_id(self) -> String {
        format!("{}-error", self.id())
    }

    /// For `aria-labelledby` of a group, which a `<label for>` does not reach.
    pub fn labelled(self) -> Option<String> {
        self.in_field.then(|| format!("{}-label", self.id()))
    }

    /// For `aria-describedby`.
    pub fn described(self) -> Option<String> {
        match (self.error.with(Option::is_some), self.has_hint.get()) {
            (true, true) => Some(format!("{} {}", self.error_id(), self.hint_id())),
            (true, false) => Some(self.error_id()),
            (false, true) => Some(self.hint_id()),
            (false, false) => None,
        }
    }

    /// For `aria-invalid`.
    pub fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// For `aria-required`.
    pub fn required(self) -> Option<&'static str> {
        self.required.then_some("true")
    }
}

/// A labelled field around one control.
#[component]
pub fn Field(
    #[prop(into)] label: Signal<String>,
    /// What helps to fill it in; stays while there is an error.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong and what to do about it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    /// For a field whose meaning everyone sees: the label is only read aloud.
    #[prop(optional)]
    hide_label: bool,
    children: Children,
) -> impl IntoView {
    let has_hint = Signal::derive(move || hint.with(|hint| !hint.is_empty()));
    let link = Link { id: StoredValue::new(id::fresh("field")), has_hint, error, required, in_field: true };
    let required_word = t(states::REQUIRED);
    view! {
        <div class="field" data-invalid=move || link.invalid()>
            <label class="field-label" class:visually-hidden=hide_label for=link.id() id=link.labelled()>
                {move || label.get()}
                {required.then(|| view! { <span class="field-required">{required_word}</span> })}
            </label>
            <Provider value=link>{children()}</Provider>
            <div class="field-error" id=link.error_id() aria-live="polite">
                {move || error.get()}
            </div>
            {move || {
                link.has_hint.get().then(|| view! { <div class="field-hint" id=link.hint_id()>{hint.get()}</div> })
            }}
        </div>
    }
    .into_any()
}
