//! What opens beside a button: a popover of the browser, on top of everything, closed by Esc or a click elsewhere.

use super::{Rank, Size, id};
use crate::browser::{
    focus::{self, Step},
    place::{Side, place},
    timer,
};
use leptos::{context::Provider, ev, html, prelude::*};

/// What is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Commands; arrows walk through them.
    Menu,
    /// Anything: an editor, a calendar.
    Panel,
}

/// What the button that opens it looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub class: &'static str,
    pub rank: Rank,
    pub size: Size,
    /// An icon alone: its name is a tip.
    pub square: bool,
}

/// The open popover, for what is inside it.
#[derive(Clone, Copy)]
pub struct Flyout {
    panel: NodeRef<html::Div>,
}

impl Flyout {
    /// Closes it; focus returns to the button.
    pub fn close(self) {
        if let Some(panel) = self.panel.get_untracked() {
            _ = panel.hide_popover();
        }
    }
}

/// The popover around this component, if there is one.
#[must_use]
pub fn use_flyout() -> Option<Flyout> {
    use_context()
}

pub(super) const ITEMS: &str = "[role=menuitem],[role=menuitemradio]";

/// A button showing `trigger`, and the panel it opens. `children` exist only while it is open.
pub(super) fn flyout(face: Face, trigger: AnyView, label: Signal<String>, kind: Kind, children: ChildrenFn) -> AnyView {
    let button = NodeRef::<html::Button>::new();
    let panel = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let panel_id = id::fresh("flyout");
    view! {
        <button
            type="button"
            class=face.class
            data-rank=face.rank.name()
            data-size=face.size.name()
            data-square=face.square
            data-tip=move || face.square.then(|| label.get())
            aria-label=move || face.square.then(|| label.get())
            node_ref=button
            popovertarget=panel_id.clone()
            aria-haspopup=if kind == Kind::Menu { "menu" } else { "dialog" }
            aria-expanded=move || if open.get() { "true" } else { "false" }
        >
            {trigger}
        </button>
        <div
            class="flyout"
            id=panel_id
            popover="auto"
            role=if kind == Kind::Menu { "menu" } else { "dialog" }
            data-open=move || open.get()
            aria-label=move || label.get()
            node_ref=panel
            on:toggle=move |_| toggled(button, panel, open, kind)
            on:keydown=move |event| if kind == Kind::Menu { walk(panel, &event) }
        >
            <Provider value=Flyout { panel }>
                <Show when=move || open.get()>{children()}</Show>
            </Provider>
        </div>
    }
    .into_any()
}

/// The browser opened or closed the panel: places it and moves focus inside.
fn toggled(button: NodeRef<html::Button>, panel: NodeRef<html::Div>, open: RwSignal<bool>, kind: Kind) {
    let Some(element) = panel.get_untracked() else { return };
    let is_open = element.matches(":popover-open").unwrap_or(false);
    open.set(is_open);
    if !is_open {
        _ = element.remove_attribute("data-placed");
        return;
    }
    // Its content is drawn first; then it has a size.
    timer::after(0, move || {
        let Some(button) = button.get_untracked() else { return };
        place(&element, &button, Side::BelowStart);
        _ = element.set_attribute("data-placed", "");
        focus::walk(&element, if kind == Kind::Menu { ITEMS } else { "input,select,textarea,button,a" }, Step::First);
    });
}

fn walk(panel: NodeRef<html::Div>, event: &ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return,
    };
    event.prevent_default();
    if let Some(panel) = panel.get_untracked() {
        focus::walk(&panel, ITEMS, step);
    }
}
