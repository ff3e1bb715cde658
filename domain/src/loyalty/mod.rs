//! Loyalty: customers earn points by buying, rise in tier by earning, and spend points on rewards.
//!
//! Invariants: no lot is ever below zero, and what was spent is never taken twice; points earned are active, locked, used,
//! expired or given back, nothing else; spending never demotes. Sources: S116, S120, S121, S130, S132, S135, S136, S142;
//! S117–S119; requests 18–20, traps 1–4.

mod decide;
mod earn;
mod event;
mod ledger;
pub mod portal;
mod preview;
mod programme;
mod replay;
mod review;
mod rewards;
mod shares;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;
mod versions;

pub(crate) use decide::reranked;
pub use decide::{Command, Refusal, RewardDraft, decide};
pub use earn::{Purchase, earn, give_back, rank_of};
pub use event::Event;
pub use ledger::{Entry, Holding, Lot, Member, Parts, Source, Why, available, expiring, qualifying};
pub use preview::{Cost, Draft, LOOKED_BACK_DAYS, MOST_NAMED, Named, Preview, Reckoning, Standing, replaced};
pub use programme::{Benefit, Earning, Keeping, Metal, Programme, Rate, Rules, Tier, Tiers, Validity};
pub use replay::{Totals, as_of};
pub use review::{Finding, LONGEST_WAIT_DAYS, Move, Mover, Review, ReviewState, Sizes, judged, move_id, quarter};
pub use rewards::{Redemption, RedemptionState, Reward, RewardKind, code_of};
pub use shares::{Band, Contender, Placed, placed};
pub use versions::{FURTHEST_DAYS, Version, VersionState, rules_on};
