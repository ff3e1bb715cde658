//! Lists of what devices do not carry, as they are asked of the server.

mod hostile;
mod kept;
mod seen;
mod truth;

use domain::{
    customers,
    id::Id,
    lookup::{Found, Lookup, Question},
};

use super::harness::{House, Somebody};

pub fn asks(question: Question, after: Option<Id>, most: usize) -> Lookup {
    Lookup { question, after, most }
}

/// As many as are sent at once.
pub async fn ask(house: &House, who: &Somebody, question: Question) -> Found {
    house.post(who, "/api/lookup", &asks(question, None, 200)).await.ok()
}

pub fn all() -> Question {
    Question::Customers(customers::Filter::default())
}

pub fn named(query: &str) -> Question {
    Question::Customers(customers::Filter { query: query.to_owned(), ..customers::Filter::default() })
}
