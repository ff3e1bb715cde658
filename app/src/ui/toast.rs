//! Toasts: what just happened, and undo, instead of "are you sure?".

use super::{Button, Icon, IconButton, Rank, Size};
use crate::{
    browser::timer,
    words::{actions, states, t},
};
use leptos::prelude::*;

/// How long one stays, in milliseconds.
const STAY: u32 = 10_000;
/// How long after the pointer has left them.
const LINGER: u32 = 2_000;
/// More at once would hide the work.
const MOST: usize = 3;

/// The toasts on screen, as context.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
    held: RwSignal<bool>,
}

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    undo: Option<Callback<()>>,
    is_problem: bool,
}

/// Puts the toasts into context. `<ToastRegion/>` shows them, once, at the end of the frame.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { list: RwSignal::default(), last: StoredValue::new(0), held: RwSignal::new(false) };
    provide_context(toasts);
    toasts
}

/// The toasts in context. Where there are none, what is said is not shown.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or_else(|| Toasts { list: RwSignal::default(), last: StoredValue::new(0), held: RwSignal::new(false) })
}

impl Toasts {
    /// Says what happened: `toasts.push("已保存")`.
    pub fn push(self, text: impl Into<String>) {
        self.show(text.into(), None, false);
    }

    /// Says what happened and offers to undo it for ten seconds.
    pub fn push_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(text.into(), Some(Callback::new(move |()| undo())), false);
    }

    /// Says what could not be done; stays until it is closed.
    pub fn push_problem(self, text: impl Into<String>) {
        self.show(text.into(), None, true);
    }

    fn show(self, text: String, undo: Option<Callback<()>>, is_problem: bool) {
        let id = self.last.get_value() + 1;
        self.last.set_value(id);
        self.list.update(|list| {
            list.push(Toast { id, text, undo, is_problem });
            let excess = list.len().saturating_sub(MOST);
            list.drain(..excess);
        });
        if !is_problem {
            self.close_after(id, STAY);
        }
    }

    /// While someone points at them or has focus inside, none leaves.
    fn close_after(self, id: u32, milliseconds: u32) {
        timer::after(milliseconds, move || match self.held.try_get_untracked() {
            Some(true) => self.close_after(id, LINGER),
            Some(false) => self.close(id),
            None => {}
        });
    }

    fn close(self, id: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where toasts appear; read aloud politely.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let label = t(states::NOTIFICATIONS);
    view! {
        <div
            class="toasts"
            role="region"
            aria-live="polite"
            aria-label=label
            data-print="no"
            on:pointerenter=move |_| toasts.held.set(true)
            on:pointerleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            <For each=move || toasts.list.get() key=|toast| toast.id children=move |toast| one(toasts, toast)/>
        </div>
    }
    .into_any()
}

fn one(toasts: Toasts, toast: Toast) -> AnyView {
    let Toast { id, text, undo, is_problem } = toast;
    let (close, undo_word) = (t(actions::CLOSE), t(actions::UNDO));
    let undo = undo.map(|undo| {
        let press = move |()| {
            undo.run(());
            toasts.close(id);
        };
        view! { <Button rank=Rank::Quiet size=Size::Small on_press=press>{undo_word}</Button> }
    });
    view! {
        <div class="toast" data-problem=is_problem>
            <span class="toast-words">{text}</span>
            {undo}
            <IconButton label=close icon=Icon::Close size=Size::Small on_press=move |()| toasts.close(id)/>
        </div>
    }
    .into_any()
}
