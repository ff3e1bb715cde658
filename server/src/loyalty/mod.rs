//! Points, tiers and rewards, as the server keeps them, with a projection of each for the customer.

use domain::loyalty::{Entry, Lot, Member, Programme, Redemption, Reward, portal as shown};

use crate::{db::Entity, portal};

const OF_CUSTOMER: &[(&str, &str)] = &[("customer", "customer")];

pub(crate) static ROWS: [Entity; 6] = [
    Entity::of::<Programme>(16).projected_as::<shown::Programme>(portal::programme),
    Entity::of::<Lot>(17)
        .by(&["customer", "open_of", "order"])
        .of_customer("customer")
        .names(&[("customer", "customer"), ("order", "sales_order")])
        .projected_as::<shown::Lot>(portal::lot),
    Entity::of::<Entry>(18).of_customer("customer").names(OF_CUSTOMER).projected_as::<shown::Entry>(portal::points),
    Entity::of::<Member>(19).of_customer("id").names(&[("id", "customer")]).projected_as::<shown::Member>(portal::member),
    Entity::of::<Reward>(20).projected_as::<shown::Reward>(portal::reward),
    Entity::of::<Redemption>(21)
        .of_customer("customer")
        .names(&[("customer", "customer"), ("reward", "loyalty_reward")])
        .projected_as::<shown::Redemption>(portal::redemption),
];
