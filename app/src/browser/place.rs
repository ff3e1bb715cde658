//! Putting a floating panel beside what it belongs to, inside the window.

use leptos::web_sys::{Element, HtmlElement};

/// On which side of its anchor a panel opens, if there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Below, its start under the anchor's start.
    #[default]
    BelowStart,
    /// Below, its end under the anchor's end.
    BelowEnd,
    /// Above, centred: tips.
    Above,
}

/// Places `panel` (already shown, `position: fixed`) beside `anchor`.
pub fn place(panel: &HtmlElement, anchor: &Element, side: Side) {
    #[cfg(target_arch = "wasm32")]
    {
        let window = web_sys::window();
        let length = |value: Option<Result<wasm_bindgen::JsValue, _>>| value.and_then(Result::ok).and_then(|v| v.as_f64());
        let room = (
            length(window.as_ref().map(web_sys::Window::inner_width)).unwrap_or_default(),
            length(window.as_ref().map(web_sys::Window::inner_height)).unwrap_or_default(),
        );
        let at = anchor.get_bounding_client_rect();
        let own = panel.get_bounding_client_rect();
        let anchor = Spot { left: at.left(), top: at.top(), width: at.width(), height: at.height() };
        let (left, top) = spot(anchor, (own.width(), own.height()), room, side);
        let style = web_sys::HtmlElement::style(panel);
        _ = style.set_property("left", &format!("{left}px"));
        _ = style.set_property("top", &format!("{top}px"));
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (panel, anchor, side);
    }
}

/// Where the anchor is in the window.
#[derive(Debug, Clone, Copy)]
struct Spot {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

const GAP: f64 = 6.0;
const EDGE: f64 = 8.0;

/// The panel's corner: on the wished side, on the other if only that has room, never outside the window.
#[cfg_attr(not(any(target_arch = "wasm32", test)), expect(dead_code, reason = "only a browser places things"))]
fn spot(anchor: Spot, (width, height): (f64, f64), (room_x, room_y): (f64, f64), side: Side) -> (i32, i32) {
    let below = anchor.top + anchor.height + GAP;
    let above = anchor.top - height - GAP;
    let fits_below = below + height <= room_y - EDGE;
    let fits_above = above >= EDGE;
    let top = match side {
        Side::Above if fits_above || !fits_below => above,
        Side::BelowStart | Side::BelowEnd if !fits_below && fits_above => above,
        _ => below,
    };
    let left = match side {
        Side::BelowStart => anchor.left,
        Side::BelowEnd => anchor.left + anchor.width - width,
        Side::Above => anchor.left + (anchor.width - width) / 2.0,
    };
    (within(left, width, room_x), within(top, height, room_y))
}

/// In whole pixels: nothing else on a first visit writes fractions, and how that is done is five KiB of it.
#[expect(clippy::cast_possible_truncation, reason = "places in a window")]
fn within(start: f64, length: f64, room: f64) -> i32 {
    start.min(room - length - EDGE).max(EDGE).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUTTON: Spot = Spot { left: 700.0, top: 500.0, width: 32.0, height: 32.0 };

    #[test]
    fn a_menu_without_room_below_opens_above() {
        assert_eq!(spot(BUTTON, (200.0, 300.0), (800.0, 600.0), Side::BelowEnd), (532, 194));
    }

    #[test]
    fn a_panel_never_leaves_the_window() {
        let (left, _) = spot(BUTTON, (200.0, 40.0), (800.0, 600.0), Side::BelowStart);
        assert_eq!(left, 592);
    }
}
