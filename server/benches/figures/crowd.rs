//! Devices that are connected while somebody works: each listens, and pulls as soon as it is poked.

use crate::{
    book::Book,
    load::{Line, request},
    program::Program,
};
use anyhow::{Context, Result, ensure};
use axum::{body::Body, http::Method};
use futures_util::StreamExt;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::task::JoinSet;

pub struct Crowd {
    devices: JoinSet<Result<()>>,
    count: usize,
    /// How often one of them was poked and had what is new.
    pulls: Arc<AtomicUsize>,
}

impl Crowd {
    /// So many devices that have all of this book.
    pub async fn gather(program: &Program, book: &Book, count: usize) -> Result<Self> {
        let (mut devices, pulls) = (JoinSet::new(), Arc::default());
        for _ in 0..count {
            let (mut live, book) = (Line::open(&program.address).await?, book.another());
            let answer = live.answer(request(Method::GET, "/sync/live", &[("cookie", book.cookie())], String::new())).await?;
            ensure!(answer.status().is_success(), "no line: {}", answer.status());
            let heard = Body::new(answer.into_body());
            devices.spawn(listen(program.address.clone(), (live, heard), book, Arc::clone(&pulls)));
        }
        Ok(Self { devices, count, pulls })
    }

    /// Says how often each of them pulled; they must all have been there to the end.
    pub async fn leave(mut self) -> Result<f64> {
        let pulls = self.pulls.load(Ordering::Relaxed);
        if let Some(ended) = self.devices.try_join_next() {
            ended.context("a device")?.context("a device")?;
        }
        ensure!(self.devices.len() == self.count, "a device hung up");
        ensure!(pulls > self.count, "nobody was poked");
        self.devices.shutdown().await;
        Ok(pulls as f64 / self.count as f64)
    }
}

async fn listen(address: String, (_live, heard): (Line, Body), mut book: Book, pulls: Arc<AtomicUsize>) -> Result<()> {
    let mut heard = heard.into_data_stream();
    while let Some(said) = heard.next().await {
        if said?.windows(4).any(|word| word == b"poke") {
            // The server hangs up on a line that is idle for long.
            let mut line = Line::open(&address).await?;
            while !book.take(&mut line).await? {}
            pulls.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}
