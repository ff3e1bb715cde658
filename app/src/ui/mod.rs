//! Building blocks that know nothing of the business: they take plain values, signals and callbacks.
//!
//! Conventions: words come in as signals (`label=t(SAVE)`, `label="…"`, `label=move || …`); what happens goes out through
//! callbacks (`on_press=move |()| …`); state shows as an attribute; `style/ui/x.css` styles `ui/x.rs`.

mod avatar;
mod badge;
mod banner;
mod button;
mod card;
mod chip;
mod choice;
mod dialog;
mod facts;
mod field;
mod flyout;
mod icon;
mod id;
mod input;
mod kbd;
mod lamp;
mod list;
mod member_card;
mod menu;
mod nav;
mod progress;
mod qr;
mod search;
mod slot;
mod stars;
mod stat;
mod states;
mod table;
mod tabs;
mod timeline;
mod tip;
mod toast;

pub use avatar::{Avatar, Of};
pub use badge::{Badge, Metal, TierBadge, Tone};
pub use banner::Banner;
pub use button::{Button, IconButton, LinkButton, Rank, Size};
pub use card::{Card, CardBody, Fold};
pub use chip::{Chip, FilterChip};
pub use choice::{Checkbox, Segmented};
pub use dialog::{Dialog, DialogBody, DialogFoot, Width};
pub use facts::Facts;
pub use field::Field;
pub use flyout::{Flyout, use_flyout};
pub use icon::{Icon, icon};
pub use input::{DateInput, PasswordInput, Purpose, Select, TextArea, TextInput, TimeInput};
pub use kbd::Kbd;
pub use lamp::{Lamp, Light};
pub use list::{List, ListRow, VirtualList};
pub use member_card::{MemberCard, MemberSummary};
pub use menu::{Menu, MenuItem, MenuLine, MenuLink, MenuTitle, Popover};
pub use nav::{Crumbs, NavGroup, NavItem};
pub use progress::{Progress, Stages};
pub use qr::Qr;
pub use search::SearchInput;
pub use slot::Slot;
pub use stars::Stars;
pub use stat::{Stat, Went};
pub use states::{EmptyState, LoadFailed, Shape, Skeleton};
pub use table::{Align, Column, Entry, GroupHead, Sort, VirtualTable};
pub use tabs::{Tab, Tabs};
pub use timeline::{Timeline, TimelineDay, TimelineItem};
pub use tip::TipLayer;
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
