//! The timeline on screen: recording a contact, what happened, what is next.

mod composer;
mod feed;
mod steps;
mod words;

pub use composer::Composer;
pub use feed::Feed;
pub use steps::{NextStepCard, StepRow, StepsCard, next_steps};
