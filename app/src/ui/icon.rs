//! Icons: one hand, one stroke. Each is a symbol of `public/icons.svg`, which the page carries inline.

use leptos::prelude::*;

/// Says each icon once: its name here and its symbol's name in the sprite, without `i-`.
macro_rules! icons {
    ($($icon:ident $name:literal,)*) => {
        /// Every icon there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($icon,)*
        }

        impl Icon {
            /// All of them, for the test that the sprite has each.
            pub const EVERY: &[Self] = &[$(Self::$icon,)*];

            /// The symbol's name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$icon => $name,)*
                }
            }
        }
    };
}

icons! {
    Plus "plus",
    Close "close",
    Check "check",
    Search "search",
    Group "group",
    Columns "columns",
    Edit "edit",
    Trash "trash",
    More "more",
    Link "link",
    Copy "copy",
    Download "download",
    Upload "upload",
    Share "share",
    Refresh "refresh",
    Undo "undo",
    Reply "reply",
    Send "send",
    Attach "attach",
    Lock "lock",
    Eye "eye",
    EyeOff "eye-off",
    Star "star",
    StarFull "star-full",
    Archive "archive",
    ChevronUp "chevron-up",
    ChevronDown "chevron-down",
    ChevronLeft "chevron-left",
    ChevronRight "chevron-right",
    ArrowUp "arrow-up",
    ArrowDown "arrow-down",
    ArrowRight "arrow-right",
    Rise "rise",
    Fall "fall",
    Phone "phone",
    Mail "mail",
    Message "message",
    Calendar "calendar",
    Clock "clock",
    History "history",
    Place "place",
    Image "image",
    File "file",
    Note "note",
    Smile "smile",
    User "user",
    Users "users",
    UserPlus "user-plus",
    Building "building",
    Box "box",
    Truck "truck",
    Wrench "wrench",
    Gift "gift",
    Ticket "ticket",
    Coupon "coupon",
    Points "points",
    Card "card",
    Receipt "receipt",
    Tag "tag",
    LineChart "line-chart",
    Heart "heart",
    Shield "shield",
    Settings "settings",
    Language "language",
    Sun "sun",
    Moon "moon",
    Screen "screen",
    Leave "leave",
    Help "help",
    Info "info",
    Warning "warning",
    Urgent "urgent",
    Done "done",
    Todo "todo",
    Doing "doing",
    Waiting "waiting",
    PriorityLow "priority-low",
    PriorityMiddle "priority-middle",
    PriorityHigh "priority-high",
    Offline "offline",
    Cloud "cloud",
    Megaphone "megaphone",
}

/// Draws an icon. It is decoration: whoever uses it says in words what it means.
/// Its size is the context's (`--icon`), 16 by default.
#[must_use]
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("#i-{}", icon.name())></use>
        </svg>
    }
    .into_any()
}
