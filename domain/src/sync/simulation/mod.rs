//! A server and many devices over a bad line, by seed: whatever happens, the invariants of sync hold.
//!
//! The devices are the real ones; the server is a model that can break one rule at a time, to show that the invariants
//! notice. A history that fails is played again by its seed.

mod chance;
mod deeds;
mod driver;
mod invariants;
mod pull;
pub(super) mod rules;
mod schedule;
mod server;
mod tabs;

use crate::testing::is_full;
use schedule::{Tried, play};
use server::Sabotage;

/// A sabotage has to be noticed within so many histories.
const PATIENCE: u64 = 200;

/// Histories in a test; `prove` plays many more.
fn histories() -> u64 {
    if is_full() { 200_000 } else { 1_000 }
}

/// Every other history, so that the two halves are played side by side.
fn agree(first: u64) {
    let mut all = Tried::default();
    for seed in (first..histories()).step_by(2) {
        all += play(seed, None, false).unwrap_or_else(|broken| {
            _ = play(seed, None, true);
            panic!("seed {seed}: {broken:?}");
        });
    }
    eprintln!("histories {first}, {}, … below {}: {all:?}", first + 2, histories());
    let enough = all.crashes > 500 && all.renewals > 150 && all.restores > 150 && all.refused > 500;
    assert!(enough && all.parts > 250 && all.pins > 1_500 && all.passed > 150, "too little was tried: {all:?}");
}

#[test]
fn whatever_happens_devices_and_server_come_to_agree() {
    agree(0);
}

#[test]
fn whatever_else_happens_devices_and_server_come_to_agree() {
    agree(1);
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
