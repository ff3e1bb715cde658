//! Answers to surveys, as the server keeps them, with a projection of each for who gave it.

use domain::surveys::{Answer, portal as shown};

use crate::{db::Entity, portal};

pub(crate) static ROWS: [Entity; 1] = [Entity::of::<Answer>(22)
    .by(&["contact"])
    .of_customer("customer")
    .names(&[("customer", "customer"), ("contact", "contact"), ("taken_up_by", "person")])
    .projected_as::<shown::Answer>(portal::answer)];
