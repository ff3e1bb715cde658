//! Guanxi's screens: client-rendered, local-first, in lazy surfaces over one book.

pub mod attachments;
pub mod book;
pub mod browser;
pub mod customers;
pub mod deeds;
pub mod forms;
pub mod history;
pub mod imports;
pub mod insights;
pub mod loyalty;
pub mod manager;
pub mod notices;
pub mod orders;
pub mod outlet;
pub mod portal;
pub mod routes;
pub mod session;
pub mod settings;
pub mod shell;
pub mod staff;
pub mod surveys;
pub mod team;
#[cfg(test)]
mod testing;
pub mod tickets;
pub mod timeline;
pub mod ui;
pub mod words;

pub use routes::App;
