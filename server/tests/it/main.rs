//! The server as its callers meet it: the real router over a real database of its own, no port, no sleep.

mod device;
mod harness;
mod wire;

mod access;
mod auth;
mod bounds;
mod cli;
mod crash;
mod db;
mod demo;
mod guard;
mod guests;
mod invitations;
mod jobs;
mod listen;
mod live;
mod log;
mod loyalty;
mod pace;
mod portal;
mod pull;
mod push;
mod rules;
mod sync;
mod upgrade;
