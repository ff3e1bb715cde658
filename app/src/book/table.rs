//! Typed rows, read from JSON once when first asked for and then when they change.

use super::{looked::Looked, vocabulary::Learned};
use domain::{
    id::{CustomerId, Id},
    row::Row,
    sync::{Device, Key},
};
use leptos::prelude::*;
use std::{
    any::{Any, TypeId},
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// A row that this device can show. Most belong to a customer, whose page finds them without a scan.
pub trait Kept: Row + Send + Sync {
    fn customer(&self) -> Option<CustomerId> {
        None
    }
}

/// The rows a surface shows, and by which field they belong to a customer.
macro_rules! kept {
    ($($row:ty),*; $($of:ty: $field:ident),*) => {
        $(impl Kept for $row {})*
        $(impl Kept for $of {
            fn customer(&self) -> Option<CustomerId> {
                Some(self.$field)
            }
        })*
    };
}
pub(crate) use kept;

/// All rows of one type that are on this device.
pub struct Table<T> {
    pub rows: HashMap<Id, Arc<T>>,
    /// In order of the rows' ids.
    of: HashMap<CustomerId, Vec<Id>>,
    version: ArcRwSignal<u64>,
}

impl<T: Kept> Table<T> {
    fn read(device: &Device<Learned>, looked: &Looked) -> Self {
        let mut table = Self { rows: HashMap::new(), of: HashMap::new(), version: ArcRwSignal::new(0) };
        for (id, json) in looked.rows(T::ENTITY).chain(device.rows(T::ENTITY)) {
            table.set(id, serde_json::from_str(json).ok());
        }
        table
    }

    fn set(&mut self, id: Id, row: Option<T>) {
        let before = self.rows.get(&id).and_then(|row| row.customer());
        if let Some(ids) = before.and_then(|customer| self.of.get_mut(&customer)) {
            ids.retain(|one| *one != id);
        }
        match row {
            Some(row) => {
                if let Some(customer) = row.customer() {
                    let ids = self.of.entry(customer).or_default();
                    ids.insert(ids.partition_point(|one| *one < id), id);
                }
                self.rows.insert(id, Arc::new(row));
            }
            None => {
                self.rows.remove(&id);
            }
        }
    }

    pub fn of(&self, customer: CustomerId) -> Vec<Arc<T>> {
        let ids = self.of.get(&customer).into_iter().flatten();
        ids.filter_map(|id| self.rows.get(id)).cloned().collect()
    }

    /// Calls whoever read this table when it changes.
    pub fn watch(&self) {
        self.version.track();
    }
}

/// A table whose type only its reader knows.
trait AnyTable {
    fn as_any(&self) -> &dyn Any;
    fn update(&mut self, device: &Device<Learned>, looked: &Looked, keys: &BTreeSet<Key>) -> Option<ArcRwSignal<u64>>;
}

impl<T: Kept> AnyTable for Table<T> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn update(&mut self, device: &Device<Learned>, looked: &Looked, keys: &BTreeSet<Key>) -> Option<ArcRwSignal<u64>> {
        let mut touched = false;
        for key in keys.iter().filter(|key| &*key.entity == T::ENTITY) {
            self.set(key.id, looked.row(device, key).and_then(|json| serde_json::from_str(json).ok()));
            touched = true;
        }
        touched.then(|| self.version.clone())
    }
}

/// The tables that somebody has asked for.
#[derive(Default)]
pub struct Tables(HashMap<TypeId, Box<dyn AnyTable>>);

impl Tables {
    /// The table, read now if it is asked for the first time.
    pub fn of<T: Kept>(&mut self, device: &Device<Learned>, looked: &Looked) -> Option<&Table<T>> {
        let table = self.0.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(Table::<T>::read(device, looked)));
        table.as_any().downcast_ref()
    }

    /// Reads changed rows anew; says which tables' readers are to be called once nothing is borrowed.
    pub fn update(&mut self, device: &Device<Learned>, looked: &Looked, keys: &BTreeSet<Key>) -> Vec<ArcRwSignal<u64>> {
        self.0.values_mut().filter_map(|table| table.update(device, looked, keys)).collect()
    }
}
