//! Where the keyboard is: giving focus, walking through a menu, keeping the chosen row in sight.

use leptos::web_sys::{Element, Event};

/// What takes a click or a key for itself.
#[cfg(target_arch = "wasm32")]
const CONTROLS: &str = "a,button,input,select,textarea,label,summary,[role=button],[contenteditable]";

/// Where to go among the controls of a menu or a toolbar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    First,
    Last,
    Next,
    Previous,
}

/// Gives focus to the element with this id.
pub fn focus_id(id: &str) {
    #[cfg(target_arch = "wasm32")]
    focus_on(by_id(id).as_ref());
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = id;
    }
}

/// Moves focus among the elements of `within` that match `selector`, round and round.
pub fn walk(within: &Element, selector: &str, step: Step) {
    #[cfg(target_arch = "wasm32")]
    {
        let Ok(found) = within.query_selector_all(selector) else { return };
        let all: Vec<web_sys::Node> = (0..found.length()).filter_map(|i| found.get(i)).collect();
        let active = web_sys::window().and_then(|w| w.document()).and_then(|d| d.active_element());
        let here = all.iter().position(|node| active.as_ref().is_some_and(|a| node.is_same_node(Some(a))));
        let count = all.len().max(1);
        let there = match (step, here) {
            (Step::First, _) | (Step::Next, None) => 0,
            (Step::Last, _) | (Step::Previous, None) => count - 1,
            (Step::Next, Some(here)) => (here + 1) % count,
            (Step::Previous, Some(here)) => (here + count - 1) % count,
        };
        use wasm_bindgen::JsCast;
        focus_on(all.get(there).and_then(|node| node.dyn_ref::<Element>()));
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (within, selector, step);
    }
}

/// Whether the event came from a control inside, which has its own use for it.
#[must_use]
pub fn is_from_control(event: &Event) -> bool {
    #[cfg(target_arch = "wasm32")]
    return target(event).and_then(|element| element.closest(CONTROLS).ok().flatten()).is_some();
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = event;
        false
    }
}

/// Whether the event happened on this very element, not on something inside it.
#[must_use]
pub fn is_on_itself(event: &Event) -> bool {
    event.target() == event.current_target()
}

/// The element an event happened on.
#[must_use]
pub fn target(event: &Event) -> Option<Element> {
    use leptos::wasm_bindgen::JsCast;
    event.target()?.dyn_into().ok()
}

#[cfg(target_arch = "wasm32")]
fn by_id(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

#[cfg(target_arch = "wasm32")]
fn focus_on(element: Option<&Element>) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.and_then(|element| element.dyn_ref::<web_sys::HtmlElement>()) {
        _ = element.focus();
    }
}
