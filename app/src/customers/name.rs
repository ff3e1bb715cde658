//! What to call a customer: its name, else its number.

use crate::book::Book;
use domain::{customers::Customer, id::CustomerId};

#[must_use]
pub fn named_row(customer: &Customer) -> String {
    match (&customer.name, &customer.no) {
        (Some(name), _) => name.to_string(),
        (None, Some(no)) => no.to_string(),
        (None, None) => String::new(),
    }
}

/// Tracked.
#[must_use]
pub fn named(book: Book, id: CustomerId) -> String {
    book.row::<Customer>(id).map(|customer| named_row(&customer)).unwrap_or_default()
}
