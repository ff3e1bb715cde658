//! Points, tiers and rewards as staff see them: a customer's card and all that explains it, and the programme's settings.
//!
//! Invariant: what can be spent is asked of the lots with the day, never of a stored sum.

mod adjust;
mod card;
mod explain;
mod find;
mod history;
mod preview;
mod programme;
mod redeem;
mod redemption;
mod review;
mod reviews;
mod reward;
mod rewards;
mod standing;
#[cfg(test)]
mod tests;
mod tiers;
mod versions;
pub mod words;

pub use card::PointsCard;
pub use find::{coded, spaced};
pub use programme::ProgrammeCard;
pub use redemption::RedemptionDialog;
pub use reviews::ReviewsCard;
pub use rewards::RewardsCard;
pub use standing::Standing;
