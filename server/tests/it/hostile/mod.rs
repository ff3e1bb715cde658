//! What people who mean harm send, and what machines send by mistake: nothing of it breaks the server, nothing that is refused
//! is written, nothing that is taken is changed on the way.

mod addresses;
mod commands;
mod generated;
mod schema;
mod texts;
mod values;
