//! The team on screen: who works here, in which department and teams, and how they come in.

mod groups;
mod invite;
mod leaving;
mod people;
mod person;
pub mod words;

pub use groups::{DepartmentsCard, TeamsCard};
pub use invite::{InviteDialog, LinkDialog};
pub use people::PeopleCard;
