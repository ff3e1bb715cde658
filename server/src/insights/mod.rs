//! Figures, as the server keeps them: cells for those who see them, marks for itself, and finer cells than devices hold, of
//! which those who see figures may ask.

mod anew;
mod asked;
mod fine;

pub(crate) use anew::count_anew;
pub use asked::asked;
pub(crate) use fine::proved;

use domain::insights::{Cell, Mark};

use crate::db::Entity;

pub(crate) static ROWS: [Entity; 2] = [
    Entity::of::<Cell>(23).names(&[("department", "department")]),
    Entity::of::<Mark>(24).names(&[("department", "department"), ("person", "person")]).followed_by(fine::follow),
];
