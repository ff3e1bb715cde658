//! Tips: a word about what is under the pointer or has focus.
//!
//! Any element may carry `data-tip="…"`; one `<TipLayer/>` at the end of the frame shows them all. That costs no wrapper
//! elements, cannot be clipped by a scrolling card, and works for thousands of cells.
//! A tip repeats or adds; what must be known stands on the page (a phone has no hover).

use crate::browser::{
    focus, listen,
    place::{Side, place},
    timer,
};
use leptos::{ev, html, prelude::*, web_sys::Element};

/// Long enough not to flicker while the pointer crosses a toolbar.
const DELAY: u32 = 350;
/// How long a tip stays that was called by a tap.
const STAY: u32 = 4_000;

/// Shows the tips of the whole page.
#[component]
pub fn TipLayer() -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let tip = Tip { panel, shown: RwSignal::new(false), turn: StoredValue::new(0) };
    listen_for(tip);
    view! {
        <div
            class="tip"
            popover="manual"
            role="tooltip"
            data-open=move || tip.shown.get()
            data-print="no"
            node_ref=panel
        ></div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Tip {
    panel: NodeRef<html::Div>,
    shown: RwSignal<bool>,
    /// Which showing is the latest, so that a late timer does not act for an earlier one.
    turn: StoredValue<u32>,
}

impl Tip {
    /// Shows the tip of the element around `inside`, if it has one, a moment from now; else hides.
    fn soon(self, inside: Option<Element>, delay: u32) {
        match inside.and_then(|inside| inside.closest("[data-tip]").ok().flatten()) {
            None => self.hide(),
            Some(anchor) => {
                let turn = self.next_turn();
                timer::after(delay, move || {
                    if self.turn.get_value() == turn {
                        self.show(&anchor);
                    }
                });
            }
        }
    }

    fn show(self, anchor: &Element) {
        let Some(panel) = self.panel.get_untracked() else { return };
        let text = anchor.get_attribute("data-tip").filter(|text| !text.is_empty() && anchor.is_connected());
        let Some(text) = text else { return self.hide() };
        // Written here, not by a signal: its size is measured in the next line but one.
        panel.set_text_content(Some(&text));
        self.shown.set(true);
        _ = panel.show_popover();
        place(&panel, anchor, Side::Above);
    }

    fn hide(self) {
        self.next_turn();
        if self.shown.get_untracked() {
            self.shown.set(false);
            if let Some(panel) = self.panel.get_untracked() {
                _ = panel.hide_popover();
            }
        }
    }

    fn hide_later(self) {
        let turn = self.next_turn();
        timer::after(STAY, move || {
            if self.turn.get_value() == turn {
                self.hide();
            }
        });
    }

    fn next_turn(self) -> u32 {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        turn
    }
}

/// One listener each for the whole page.
fn listen_for(tip: Tip) {
    listen::everywhere(ev::pointerover, move |event| {
        let target = focus::target(&event);
        let on_tip = target.as_ref().is_some_and(|target| target.closest(".tip").ok().flatten().is_some());
        if event.pointer_type() == "mouse" && !on_tip {
            tip.soon(target, DELAY);
        }
    });
    listen::everywhere(ev::focusin, move |event| {
        let target = focus::target(&event).filter(|target| target.matches(":focus-visible").unwrap_or(false));
        tip.soon(target, DELAY);
    });
    listen::everywhere(ev::click, move |event| {
        let blocked = focus::target(&event).and_then(|target| target.closest("[aria-disabled=true]").ok().flatten());
        match blocked {
            Some(blocked) => {
                tip.show(&blocked);
                tip.hide_later();
            }
            None => tip.hide(),
        }
    });
    listen::everywhere(ev::keydown, move |event| {
        if event.key() == "Escape" {
            tip.hide();
        }
    });
    listen::everywhere(ev::wheel, move |_| tip.hide());
}
