//! What devices say to the server, by hand.

use std::collections::BTreeMap;

use domain::{
    change::{self, Command, Refusal},
    customers::{self, CustomerDraft, Kind},
    id::{ClientId, CustomerId, Id, TeamId},
    row::Row,
    sync::{
        Scope,
        wire::{Cursor, Mutation, Page, PullRequest, PullResponse, PushRefused, PushRequest, PushResponse},
    },
};

use super::harness::{Answer, House, NOON, Somebody, command_id, fresh, name};

pub fn mutation(mid: u64, command: &Command) -> Mutation {
    let (name, args) = command.written().expect("a command that can be written");
    Mutation { mid, cmd_id: command_id(), v: change::VERSION, name, args, client_ts: NOON }
}

/// Opens a customer of this name.
pub fn open(text: &str, team: TeamId) -> (CustomerId, Command) {
    let id = fresh();
    let draft = CustomerDraft { name: Some(name(text)), ..CustomerDraft::of(Kind::Company, team) };
    (id, Command::Customers(customers::Command::Open { id, draft: Box::new(draft), contacts: Vec::new() }))
}

/// Refused by its rule: neither name nor number.
pub fn refused(team: TeamId) -> Command {
    let draft = Box::new(CustomerDraft::of(Kind::Company, team));
    Command::Customers(customers::Command::Open { id: fresh(), draft, contacts: Vec::new() })
}

pub async fn push(house: &House, who: &Somebody, client_id: ClientId, mutations: &[Mutation]) -> Answer {
    push_confirming(house, who, client_id, 0, mutations).await
}

pub async fn push_confirming(house: &House, who: &Somebody, client_id: ClientId, confirmed_mid: u64, mutations: &[Mutation]) -> Answer {
    let request = PushRequest { client_id, confirmed_mid, mutations: mutations.to_vec() };
    house.post(who, "/sync/push", &request).await
}

pub fn taken(answer: &Answer) -> PushResponse {
    answer.ok()
}

pub fn not_taken(answer: &Answer) -> (u16, PushRefused) {
    (answer.status.as_u16(), answer.json())
}

pub fn refusal(answer: &PushResponse, n: usize) -> Refusal {
    let verdict = &answer.results[n];
    assert!(!verdict.ok);
    serde_json::from_value(verdict.refusal.clone().expect("a refusal")).expect("a refusal of ours")
}

/// What somebody holds who pulls by hand.
#[derive(Debug, Clone)]
pub struct Holder {
    pub client_id: ClientId,
    pub epoch: Option<String>,
    pub cursors: BTreeMap<Scope, Cursor>,
    pub pins: Vec<CustomerId>,
    pub confirmed_mid: u64,
    pub limit_bytes: usize,
    /// Rows by entity and id, with the scopes that brought them.
    pub rows: BTreeMap<(String, Id), (String, Vec<Scope>)>,
}

impl Holder {
    pub fn new() -> Self {
        let (epoch, cursors, rows) = (None, BTreeMap::new(), BTreeMap::new());
        Self { client_id: fresh(), epoch, cursors, pins: Vec::new(), confirmed_mid: 0, limit_bytes: 1 << 18, rows }
    }

    /// As a device on which these customers are open.
    pub fn with(pins: &[CustomerId]) -> Self {
        Self { pins: pins.to_vec(), ..Self::new() }
    }

    pub fn request(&self) -> PullRequest {
        PullRequest {
            client_id: self.client_id,
            epoch: self.epoch.clone(),
            scopes: self.cursors.clone(),
            pins: self.pins.clone(),
            confirmed_mid: self.confirmed_mid,
            limit_bytes: self.limit_bytes,
            wait_s: 0,
        }
    }

    /// One page, taken over at once.
    pub async fn page(&mut self, house: &House, who: &Somebody) -> Page {
        let answer: PullResponse = house.post(who, "/sync/pull", &self.request()).await.ok();
        let PullResponse::Page(page) = answer else { panic!("another history") };
        self.take(&page);
        page
    }

    /// Pages until all is here; says how many.
    pub async fn pull(&mut self, house: &House, who: &Somebody) -> usize {
        for n in 1..1_000 {
            if self.page(house, who).await.done {
                return n;
            }
        }
        panic!("a pull that does not end");
    }

    fn take(&mut self, page: &Page) {
        for scope in page.drop.iter().chain(&page.reset) {
            self.rows.values_mut().for_each(|(_, scopes)| scopes.retain(|it| it != scope));
        }
        for (scope, entity, id) in &page.gone {
            if let Some((_, scopes)) = self.rows.get_mut(&(entity.clone(), *id)) {
                scopes.retain(|it| it != scope);
            }
        }
        for sent in &page.rows {
            let (json, scopes) = self.rows.entry((sent.1.clone(), sent.2)).or_default();
            *json = sent.3.get().to_owned();
            if !scopes.contains(&sent.0) {
                scopes.push(sent.0);
            }
        }
        self.rows.retain(|_, (_, scopes)| !scopes.is_empty());
        self.epoch = Some(page.epoch.clone());
        self.cursors = page.cursors.clone();
        if page.done {
            self.confirmed_mid = page.last_mid;
        }
    }

    pub fn get<T: Row>(&self, id: impl Into<Id>) -> Option<T> {
        let (json, _) = self.rows.get(&(T::ENTITY.to_owned(), id.into()))?;
        Some(serde_json::from_str(json).expect("a row"))
    }

    /// All rows of a type, by id.
    pub fn all<T: Row>(&self) -> Vec<T> {
        let of_type = self.rows.iter().filter(|((entity, _), _)| entity == T::ENTITY);
        of_type.map(|(_, (json, _))| serde_json::from_str(json).expect("a row")).collect()
    }

    pub fn has<T: Row>(&self, id: impl Into<Id>) -> bool {
        self.rows.contains_key(&(T::ENTITY.to_owned(), id.into()))
    }
}
