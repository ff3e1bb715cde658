//! A server and many devices over a bad line, by seed: whatever happens, the invariants of sync hold.
//!
//! The devices are the real ones; the server is a model that can break one rule at a time, to show that the invariants
//! notice. A history that fails is played again by its seed.

mod chance;
mod driver;
mod invariants;
mod pull;
pub(super) mod rules;
mod schedule;
mod server;

use crate::testing::{is_full, size};
use schedule::{Tried, play};
use server::Sabotage;

/// A sabotage has to be noticed within so many histories.
const PATIENCE: u64 = 200;

#[test]
fn whatever_happens_devices_and_server_come_to_agree() {
    let mut all = Tried::default();
    for seed in 0..u64::from(size(300)) {
        let tried = play(seed, None, false).unwrap_or_else(|broken| {
            _ = play(seed, None, true);
            panic!("seed {seed}: {broken:?}");
        });
        all.commands += tried.commands;
        all.pulls += tried.pulls;
        all.parts += tried.parts;
        all.pins += tried.pins;
        all.crashes += tried.crashes;
        all.renewals += tried.renewals;
        all.restores += tried.restores;
        all.refused += tried.refused;
    }
    eprintln!("{} histories: {all:?}", size(300));
    assert!(
        all.crashes > 100 && all.renewals > 30 && all.restores > 30 && all.refused > 100 && all.parts > 100 && all.pins > 300,
        "too little was tried: {all:?}"
    );
}

#[test]
fn every_broken_rule_is_noticed() {
    for sabotage in Sabotage::ALL {
        let caught = (0..PATIENCE).find_map(|seed| play(seed, Some(sabotage), false).err().map(|broken| (seed, broken)));
        let (seed, broken) = caught.unwrap_or_else(|| panic!("{sabotage:?} went unnoticed in {PATIENCE} histories"));
        eprintln!("{sabotage:?}: noticed in history {} by {:?}", seed + 1, broken.invariant);
        if is_full() {
            let noticed = (0..1_000).filter(|seed| play(*seed, Some(sabotage), false).is_err()).count();
            eprintln!("{sabotage:?}: noticed in {noticed} histories of 1000");
        }
    }
}
