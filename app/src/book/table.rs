//! Typed rows, read from JSON once when first asked for and then when they change.
//!
//! A table does not know the type of its rows: whatever is written for each of two dozen types is sent to every browser two
//! dozen times. Only reading a row, and giving it out, are.

use super::{looked::Looked, vocabulary::Learned};
use domain::{
    id::{CustomerId, Id},
    row::Row,
    sync::{Device, Key},
};
use leptos::prelude::*;
use std::{
    any::Any,
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

/// A row of a type that its reader knows, and whose it is.
struct Typed {
    row: Arc<dyn Any + Send + Sync>,
    customer: Option<CustomerId>,
}

impl Typed {
    fn read<T: Kept>(json: &str) -> Option<Self> {
        let row: T = serde_json::from_str(json).ok()?;
        Some(Self { customer: row.customer(), row: Arc::new(row) })
    }

    fn give<T: Kept>(&self) -> Option<Arc<T>> {
        self.row.clone().downcast().ok()
    }
}

/// A type of rows, as tables know it.
#[derive(Clone, Copy)]
pub struct Kind {
    entity: &'static str,
    read: fn(&str) -> Option<Typed>,
}

impl Kind {
    pub fn of<T: Kept>() -> Self {
        Self { entity: T::ENTITY, read: Typed::read::<T> }
    }
}

/// All rows of one type that are on this device, or were looked at.
pub struct Table {
    kind: Kind,
    rows: HashMap<Id, Typed>,
    /// In order of the rows' ids.
    of: HashMap<CustomerId, Vec<Id>>,
    version: ArcRwSignal<u64>,
}

impl Table {
    fn filled(kind: Kind, device: &Device<Learned>, looked: &Looked) -> Self {
        let mut table = Self { kind, rows: HashMap::new(), of: HashMap::new(), version: ArcRwSignal::new(0) };
        for (id, json) in looked.rows(kind.entity).chain(device.rows(kind.entity)) {
            table.set(id, Some(json));
        }
        table
    }

    fn set(&mut self, id: Id, json: Option<&str>) {
        let before = self.rows.get(&id).and_then(|row| row.customer);
        if let Some(ids) = before.and_then(|customer| self.of.get_mut(&customer)) {
            ids.retain(|one| *one != id);
        }
        match json.and_then(self.kind.read) {
            Some(row) => {
                if let Some(customer) = row.customer {
                    let ids = self.of.entry(customer).or_default();
                    ids.insert(ids.partition_point(|one| *one < id), id);
                }
                self.rows.insert(id, row);
            }
            None => {
                self.rows.remove(&id);
            }
        }
    }

    fn update(&mut self, device: &Device<Learned>, looked: &Looked, keys: &BTreeSet<Key>) -> Option<ArcRwSignal<u64>> {
        let mut touched = false;
        let entity = self.kind.entity;
        for key in keys.iter().filter(|key| &*key.entity == entity) {
            self.set(key.id, looked.row(device, key));
            touched = true;
        }
        touched.then(|| self.version.clone())
    }

    pub fn row<T: Kept>(&self, id: Id) -> Option<Arc<T>> {
        self.rows.get(&id)?.give()
    }

    pub fn all<T: Kept>(&self) -> Vec<Arc<T>> {
        self.rows.values().filter_map(Typed::give).collect()
    }

    pub fn of<T: Kept>(&self, customer: CustomerId) -> Vec<Arc<T>> {
        self.of.get(&customer).into_iter().flatten().filter_map(|id| self.row(*id)).collect()
    }

    /// Calls whoever read this table when it changes.
    pub fn watch(&self) {
        self.version.track();
    }
}

/// The tables that somebody has asked for.
#[derive(Default)]
pub struct Tables(HashMap<&'static str, Table>);

impl Tables {
    /// The table, read now if it is asked for the first time.
    pub fn of(&mut self, kind: Kind, device: &Device<Learned>, looked: &Looked) -> &Table {
        self.0.entry(kind.entity).or_insert_with(|| Table::filled(kind, device, looked))
    }

    /// Reads changed rows anew; says which tables' readers are to be called once nothing is borrowed.
    pub fn update(&mut self, device: &Device<Learned>, looked: &Looked, keys: &BTreeSet<Key>) -> Vec<ArcRwSignal<u64>> {
        self.0.values_mut().filter_map(|table| table.update(device, looked, keys)).collect()
    }
}
