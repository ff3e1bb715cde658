//! The access matrix of commands and scopes: every one of either vocabulary, by everybody, about what is theirs, what is
//! foreign and what is nobody's. The addresses have theirs in `access.rs` and `outsiders.rs`.

mod cast;
mod customers;
mod drafts;
mod leaves;
mod scopes;
mod side_doors;
mod staff;
mod things;
