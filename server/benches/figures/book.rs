//! A device of somebody: what it pulls, what it has missed, and the tickets it sends.

use crate::{
    load::{Line, request},
    program::Program,
};
use anyhow::{Context, Result, bail, ensure};
use axum::{
    body::Body,
    http::{Method, Request},
};
use domain::{
    change::{self, Command},
    id::{ClientId, CustomerId, Id},
    sync::{
        Scope,
        wire::{Mutation, PAGE_BYTES, Page, PullRequest, PullResponse, PushRequest, PushResponse},
    },
    text::{Line as Text, Prose},
    tickets,
    time::Instant,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub struct Book {
    cookie: Arc<str>,
    customers: Arc<[CustomerId]>,
    pub rows: usize,
    /// What was asked for, page by page.
    asked: Vec<String>,
    /// The next pull.
    next: PullRequest,
}

impl Book {
    /// Everything that whoever has this cookie may see.
    pub async fn pull(program: &Program, cookie: String) -> Result<Self> {
        let cookie = cookie.into();
        let next = PullRequest {
            client_id: fresh(),
            epoch: None,
            scopes: BTreeMap::new(),
            pins: Vec::new(),
            confirmed_mid: 0,
            limit_bytes: PAGE_BYTES,
            wait_s: 0,
        };
        let mut book = Self { cookie, customers: Arc::new([]), rows: 0, asked: Vec::new(), next };
        let (mut line, mut customers) = (Line::open(&program.address).await?, BTreeSet::new());
        loop {
            book.asked.push(serde_json::to_string(&book.next)?);
            let (page, _) = book.page(&mut line).await?;
            // But for who we are, the first page is a look at rows that come again.
            let first = book.next.epoch.is_none();
            book.rows += page.rows.iter().filter(|row| !first || row.0 == Scope::Org).count();
            // Of one that is archived no ticket is taken.
            let open = page.rows.iter().filter(|row| row.1 == "customer" && row.3.get().contains(r#""state":"active""#));
            customers.extend(open.map(|row| CustomerId::from(row.2)));
            book.next.epoch = Some(page.epoch);
            book.next.scopes = page.cursors;
            if page.done {
                book.customers = customers.into_iter().take(500).collect();
                return Ok(book);
            }
        }
    }

    /// Another device of the same user, which has the same.
    pub fn another(&self) -> Self {
        let next = PullRequest { client_id: fresh(), ..self.next.clone() };
        Self { cookie: self.cookie.clone(), customers: self.customers.clone(), rows: self.rows, asked: Vec::new(), next }
    }

    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    async fn page(&self, line: &mut Line) -> Result<(Page, usize)> {
        let body = line.ask(self.pulling(&serde_json::to_string(&self.next)?, false)).await?;
        match serde_json::from_slice(&body)? {
            PullResponse::Page(page) => Ok((page, body.len())),
            PullResponse::ResetAll { .. } => bail!("another history"),
        }
    }

    fn pulling(&self, body: &str, packed: bool) -> Request<Body> {
        let encoding = if packed { "gzip, deflate, br" } else { "identity" };
        request(Method::POST, "/sync/pull", &[("cookie", &self.cookie), ("accept-encoding", encoding)], body.to_owned())
    }

    pub fn pages(&self) -> usize {
        self.asked.len()
    }

    /// The same pages once more, unread; says how many bytes they were on the wire.
    pub async fn again(&self, program: &Program, packed: bool) -> Result<usize> {
        let (mut line, mut bytes) = (Line::open(&program.address).await?, 0);
        for asked in &self.asked {
            bytes += line.ask(self.pulling(asked, packed)).await?.len();
        }
        Ok(bytes)
    }

    /// Lets so many rows change that this device does not have yet; says how many there are, and their bytes.
    pub async fn miss(&mut self, program: &Program, rows: usize) -> Result<(usize, usize)> {
        let mut line = Line::open(&program.address).await?;
        while !self.take(&mut line).await? {}
        let client = fresh();
        for mid in 1.. {
            let answer = line.ask(self.sending(client, mid)).await?;
            let answer: PushResponse = serde_json::from_slice(&answer)?;
            ensure!(answer.results.iter().all(|verdict| verdict.ok), "a ticket was refused");
            let (page, bytes) = self.page(&mut line).await?;
            if page.rows.len() >= rows {
                return Ok((page.rows.len(), bytes));
            }
        }
        bail!("nothing changes")
    }

    /// Takes the next page over; says whether it was the last.
    pub async fn take(&mut self, line: &mut Line) -> Result<bool> {
        let (page, _) = self.page(line).await?;
        self.next.scopes = page.cursors;
        Ok(page.done)
    }

    /// Asking for what this device has missed.
    pub fn missing(&self) -> impl Fn(usize) -> Box<dyn Fn(u64) -> Request<Body> + Send> + use<> {
        let body = serde_json::to_string(&self.next).unwrap_or_default();
        let cookie = self.cookie.clone();
        move |_| {
            let (body, cookie) = (body.clone(), cookie.clone());
            Box::new(move |_| request(Method::POST, "/sync/pull", &[("cookie", &cookie)], body.clone()))
        }
    }

    /// A device of its own for each line.
    pub fn writing(&self) -> impl Fn(usize) -> Box<dyn Fn(u64) -> Request<Body> + Send> + use<> {
        let (cookie, customers) = (self.cookie.clone(), self.customers.clone());
        move |_| {
            let (client, cookie, customers) = (fresh(), cookie.clone(), customers.clone());
            Box::new(move |n| sent(&cookie, client, n + 1, &customers))
        }
    }

    pub fn sending(&self, client: ClientId, mid: u64) -> Request<Body> {
        sent(&self.cookie, client, mid, &self.customers)
    }
}

fn fresh<T: From<Id>>() -> T {
    Id::from(uuid::Uuid::now_v7()).into()
}

fn sent(cookie: &str, client_id: ClientId, mid: u64, customers: &[CustomerId]) -> Request<Body> {
    let customer = customers[usize::try_from(mid).unwrap_or_default() % customers.len()];
    let mutation = ticket(customer, mid).expect("a ticket that can be written");
    let body = serde_json::to_string(&PushRequest { client_id, confirmed_mid: mid - 1, mutations: vec![mutation] }).expect("JSON");
    request(Method::POST, "/sync/push", &[("cookie", cookie)], body)
}

fn ticket(customer: CustomerId, mid: u64) -> Result<Mutation> {
    let subject = Text::parse("蒸汽棒漏水").ok().context("a subject")?;
    let text = Prose::parse("昨天刚换过密封圈，今天早上开机又漏，吧台上都是水。").ok().context("a text")?;
    let (kind, channel) = (tickets::Kind::Support, tickets::Channel::Phone);
    let draft = tickets::Draft { customer, contact: None, kind, channel, subject, text, files: Vec::new(), priority: None, assignee: None };
    let command = Command::Tickets(tickets::Command::Open { id: fresh(), draft: Box::new(draft) });
    let (name, args) = command.written().context("a command")?;
    Ok(Mutation { mid, cmd_id: fresh(), v: change::VERSION, name, args, client_ts: Instant(0) })
}
