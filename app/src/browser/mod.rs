//! The only code that touches the browser's own objects. Natively each function does nothing, calmly,
//! so that every component also renders in a plain test.

pub mod address;
pub mod clipboard;
pub mod clock;
pub mod download;
pub mod draft;
pub mod file;
pub mod focus;
pub mod format;
pub mod keys;
pub mod language;
pub mod listen;
pub mod live;
pub mod network;
pub mod page;
pub mod place;
pub mod presence;
pub mod size;
pub mod storage;
pub mod store;
pub mod tasks;
pub mod theme;
pub mod timer;
pub mod window;
