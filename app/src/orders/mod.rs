//! Orders on a customer's page: what was bought and paid, the form of a new one, what is given back.

mod card;
mod form;
mod refund;
#[cfg(test)]
mod tests;
pub mod words;

pub use card::OrdersCard;
