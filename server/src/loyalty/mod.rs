//! Points, tiers and rewards, as the server keeps them, with a projection of each for the customer.

mod looking_back;
mod programme;
mod scores;

pub use looking_back::{Asked, told};
pub use programme::{previewed, versions};
pub(crate) use scores::{Score, ranks, scores};

use domain::loyalty::{Entry, Lot, Member, Move, Programme, Redemption, Review, Reward, Version, portal as shown};

use crate::{db::Entity, portal};

const OF_CUSTOMER: &[(&str, &str)] = &[("customer", "customer")];

pub(crate) static ROWS: [Entity; 9] = [
    Entity::of::<Programme>(16).projected_as::<shown::Programme>(portal::programme),
    Entity::of::<Lot>(17)
        .by(&["customer", "open_of", "order"])
        .of_customer("customer")
        .names(&[("customer", "customer"), ("order", "sales_order")])
        .projected_as::<shown::Lot>(portal::lot),
    Entity::of::<Entry>(18).by(&["customer"]).of_customer("customer").names(OF_CUSTOMER).projected_as::<shown::Entry>(portal::points),
    Entity::of::<Member>(19).of_customer("id").names(&[("id", "customer")]).projected_as::<shown::Member>(portal::member),
    Entity::of::<Reward>(20).projected_as::<shown::Reward>(portal::reward),
    Entity::of::<Redemption>(21)
        .of_customer("customer")
        .names(&[("customer", "customer"), ("reward", "loyalty_reward")])
        .projected_as::<shown::Redemption>(portal::redemption),
    Entity::of::<Review>(26).by(&["open"]),
    Entity::of::<Version>(28).by(&["programme"]),
    Entity::of::<Move>(27).names(&[("review", "loyalty_review"), ("customer", "customer")]),
];
