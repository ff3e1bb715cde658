//! Putting lists in order by one routine for all of them: sorting compiled anew for each type weighs more than the lists.

use std::cmp::Ordering;

/// The list in this order; what is equal stays as it came.
#[must_use]
pub fn ordered<T: Clone>(list: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = places(list.len(), &|a, b| compare(&list[a], &list[b]));
    places.into_iter().map(|place| list[place].clone()).collect()
}

/// The list by a key of its own, the lowest first.
#[must_use]
pub fn by_key<T: Clone, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> Vec<T> {
    ordered(list, |a, b| key(a).cmp(&key(b)))
}

fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn what_is_equal_stays_as_it_came() {
        let list = ["bb", "a", "cc", "d"];
        assert_eq!(ordered(&list, |a, b| a.len().cmp(&b.len())), ["a", "d", "bb", "cc"]);
    }
}
