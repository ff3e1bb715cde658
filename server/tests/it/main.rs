//! The server as its callers meet it: the real router over a real database of its own, no port, no sleep.

mod device;
mod harness;
mod wire;

mod access;
mod auth;
mod backups;
mod bounds;
mod cli;
mod db;
mod demo;
mod export;
mod faults;
mod files;
mod guard;
mod guests;
mod import_files;
mod import_wire;
mod imports;
mod invitations;
mod jobs;
mod listen;
mod live;
mod log;
mod loyalty;
mod metrics;
mod naughty;
mod outsiders;
mod pace;
mod portal;
mod pull;
mod push;
mod rest;
mod rules;
mod sync;
mod upgrade;
