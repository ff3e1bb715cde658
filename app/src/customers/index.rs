//! Finding customers on this device: what can be found is folded once, and a keystroke only compares.

use crate::book::{Book, ordered, use_book};
use domain::{
    customers::{Contact, Customer, Figure, Filter, findable},
    id::{CustomerId, Id},
    lookup::Question,
    search::{Findable, Fit, folded},
    time::Instant,
};
use leptos::prelude::*;
use std::{collections::HashMap, sync::Arc};

/// A customer as lists know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub customer: Arc<Customer>,
    pub figure: Option<Arc<Figure>>,
    pub next: Option<Arc<NextStep>>,
    pub(super) findable: Arc<Findable>,
}

impl Found {
    #[must_use]
    pub fn id(&self) -> CustomerId {
        self.customer.id
    }

    /// `query` must be [`folded`].
    #[must_use]
    pub fn fit(&self, query: &str) -> Option<Fit> {
        self.findable.fit(query)
    }
}

/// What somebody means to do for a customer next.
#[derive(Debug, Clone, PartialEq)]
pub struct NextStep {
    pub due: Instant,
    pub text: String,
}

/// Every customer on this device, as context of the surface: [`provide_index`] belongs beside the book.
#[derive(Clone, Copy)]
pub struct Index(Memo<Arc<Vec<Found>>>);

type Sources = (Arc<Customer>, Option<Arc<Figure>>, Vec<Arc<Contact>>);

/// `next` says what is next for whom.
pub fn provide_index(book: Book, next: Memo<HashMap<CustomerId, Arc<NextStep>>>) -> Index {
    let kept = StoredValue::new(HashMap::<Id, (Sources, Arc<Findable>)>::new());
    let index = Index(Memo::new(move |_| {
        let next = next.get();
        let figures: HashMap<Id, Arc<Figure>> = book.rows::<Figure>().into_iter().map(|figure| (figure.id.into(), figure)).collect();
        let mut contacts: HashMap<CustomerId, Vec<Arc<Contact>>> = HashMap::new();
        for contact in book.rows::<Contact>() {
            contacts.entry(contact.customer).or_default().push(contact);
        }
        let all = book.rows::<Customer>().into_iter().map(|customer| {
            let id = Id::from(customer.id);
            let figure = figures.get(&id).cloned();
            let sources = (customer.clone(), figure.clone(), contacts.remove(&customer.id).unwrap_or_default());
            let known =
                kept.with_value(|kept| kept.get(&id).filter(|(before, _)| same(before, &sources)).map(|(_, findable)| findable.clone()));
            let findable = known.unwrap_or_else(|| {
                let findable = Arc::new(found_by(&sources));
                kept.update_value(|kept| _ = kept.insert(id, (sources, findable.clone())));
                findable
            });
            Found { next: next.get(&customer.id).cloned(), customer, figure, findable }
        });
        Arc::new(all.collect())
    }));
    provide_context(index);
    index
}

#[must_use]
pub fn use_index() -> Index {
    expect_context::<Index>()
}

impl Index {
    /// Tracked.
    #[must_use]
    pub fn all(self) -> Arc<Vec<Found>> {
        self.0.get()
    }

    /// Those of a list that was asked for, in its order. Tracked.
    #[must_use]
    pub fn of(self, ids: &[Id]) -> Vec<Found> {
        let all = self.all();
        ids.iter().filter_map(|id| all.iter().find(|found| Id::from(found.id()) == *id).cloned()).collect()
    }

    /// Has the server look too while somebody types, where this device does not carry everybody; what it finds is among
    /// [`Index::all`] then.
    pub fn seek(self, query: impl Fn() -> String + Send + Sync + 'static) {
        let book = use_book();
        let question = move || {
            let query = query();
            let is_asked = !query.trim().is_empty() && !book.carries_archive();
            is_asked.then(|| Question::Customers(Filter { query, ..Filter::default() }))
        };
        _ = book.listing(question);
    }

    /// The best few for a query as typed, best first. Tracked.
    #[must_use]
    pub fn best(self, query: &str, most: usize) -> Vec<Found> {
        let query = folded(query);
        let all = self.all();
        let mut fits: Vec<(Fit, &Found)> = all.iter().filter_map(|found| Some((found.fit(&query)?, found))).collect();
        fits = ordered(&fits, |(a, one), (b, other)| a.cmp(b).then_with(|| other.customer.updated_at.cmp(&one.customer.updated_at)));
        fits.into_iter().take(most).map(|(_, found)| found.clone()).collect()
    }
}

/// Rows are shared, so the same row is the same address.
fn same(before: &Sources, now: &Sources) -> bool {
    let same_figure = match (&before.1, &now.1) {
        (Some(before), Some(now)) => Arc::ptr_eq(before, now),
        (None, None) => true,
        _ => false,
    };
    let same_contacts =
        before.2.len() == now.2.len() && before.2.iter().all(|contact| now.2.iter().any(|other| Arc::ptr_eq(contact, other)));
    Arc::ptr_eq(&before.0, &now.0) && same_figure && same_contacts
}

fn found_by((customer, figure, contacts): &Sources) -> Findable {
    findable(customer, figure.as_ref().map_or("", |figure| &figure.sound), contacts.iter().map(|contact| &**contact))
}
