//! What happens to points, rewards and the programme, and what it changes.

use super::{
    ledger::{Entry, Lot, Member},
    programme::Programme,
    review::{Move, Review},
    rewards::{Redemption, Reward},
    versions::Version,
};
use crate::row::{Missing, Rows};

/// What happened: the rows as they are now, and the entry that says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Earned { lot: Box<Lot>, member: Member, entry: Entry },
    GivenBack { lot: Box<Lot>, member: Member, entry: Entry },
    Redeemed { lots: Vec<Lot>, member: Member, entry: Entry, redemption: Box<Redemption>, reward: Box<Reward> },
    Fulfilled { redemption: Box<Redemption> },
    CalledOff { lots: Vec<Lot>, member: Member, entry: Entry, redemption: Box<Redemption>, reward: Option<Box<Reward>> },
    Taken { lots: Vec<Lot>, member: Member, entry: Entry },
    Expired { lots: Vec<Lot>, member: Member, entry: Entry },
    Ranked { member: Member, from: i64 },
    RewardPut { reward: Box<Reward> },
    Versioned { versions: Vec<Version>, programme: Option<Box<Programme>>, review: Option<Box<Review>> },
    Reviewed { review: Box<Review> },
    Entered { moves: Vec<Move> },
    Announced { member: Member },
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Earned { lot, member, entry } | Self::GivenBack { lot, member, entry } => {
                rows.put(&**lot)?;
                rows.put(member)?;
                rows.put(entry)
            }
            Self::Redeemed { lots, member, entry, redemption, reward } => {
                rows.put(&**redemption)?;
                rows.put(&**reward)?;
                put_all(rows, lots)?;
                rows.put(member)?;
                rows.put(entry)
            }
            Self::CalledOff { lots, member, entry, redemption, reward } => {
                rows.put(&**redemption)?;
                if let Some(reward) = reward {
                    rows.put(&**reward)?;
                }
                put_all(rows, lots)?;
                rows.put(member)?;
                rows.put(entry)
            }
            Self::Taken { lots, member, entry } | Self::Expired { lots, member, entry } => {
                put_all(rows, lots)?;
                rows.put(member)?;
                rows.put(entry)
            }
            Self::Fulfilled { redemption } => rows.put(&**redemption),
            Self::Ranked { member, .. } => rows.put(member),
            Self::RewardPut { reward } => rows.put(&**reward),
            Self::Versioned { versions, programme, review } => {
                versions.iter().try_for_each(|version| rows.put(version))?;
                if let Some(programme) = programme {
                    rows.put(&**programme)?;
                }
                review.iter().try_for_each(|review| rows.put(&**review))
            }
            Self::Reviewed { review } => rows.put(&**review),
            Self::Entered { moves } => moves.iter().try_for_each(|it| rows.put(it)),
            Self::Announced { member } => rows.put(member),
        }
    }
}

fn put_all<R: Rows>(rows: &mut R, lots: &[Lot]) -> Result<(), Missing> {
    lots.iter().try_for_each(|lot| rows.put(lot))
}
