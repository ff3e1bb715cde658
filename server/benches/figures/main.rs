//! How fast the program is, beside what this machine could do at most: one run, one table. `cargo xtask bench` starts it.
//!
//! The program is a process of its own, asked over HTTP as browsers and other systems ask it. Yardsticks are measured
//! right after each line, so that a busy machine slows both: the ratios are what to compare. A yardstick does the same
//! for the machine and nothing for anybody: no rules, no access, no history.

mod book;
mod disk;
mod load;
mod plain;
mod program;
mod table;

use anyhow::{Result, ensure};
use axum::http::Method;
use book::Book;
use load::{Load, request};
use program::{Folder, Program};
use std::time::{Duration, Instant};
use table::{Figure, say};

/// As the goals count: so many customers, with all that happens to them in eighteen months.
const CUSTOMERS: u32 = 10_000;
/// What a device that was away for a moment has missed.
const MISSED_ROWS: usize = 50;
const LASTING: Duration = Duration::from_secs(3);

fn main() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    if plain::is_asked() { runtime.block_on(plain::serve()) } else { runtime.block_on(figures()) }
}

async fn figures() -> Result<()> {
    let (folder, began) = (Folder::new()?, Instant::now());
    program::fill(folder.path(), CUSTOMERS)?;
    println!("{CUSTOMERS} customers made in {:.1} s, a file of {} MB\n", began.elapsed().as_secs_f64(), folder.megabytes()?);
    let plain = Program::plain().await?;
    starting(&folder).await?;
    let program = Program::start(folder.path()).await?;
    let mut book = first_load(&program, &plain).await?;
    println!("\n{}", table::HEAD);
    for devices in [1, 16, 64] {
        writing(&program, &book, devices).await?;
    }
    missing_a_little(&program, &plain, &mut book).await?;
    reading_by_number(&program, &plain).await?;
    println!("\nmemory after all of it: {}; the plain server: {}", program.memory(), plain.memory());
    Ok(())
}

/// From nothing to the first answer.
async fn starting(folder: &Folder) -> Result<()> {
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    let mut memory = String::new();
    for _ in 0..5 {
        let started = Program::start(folder.path()).await?;
        ours.push(started.took);
        memory = started.memory();
        plain.push(Program::plain().await?.took);
    }
    ours.sort();
    plain.sort();
    let ms = |times: &[Duration]| times[times.len() / 2].as_secs_f64() * 1_000.0;
    println!("cold start to the first answer: {:.1} ms, then {memory}; the plain server: {:.1} ms", ms(&ours), ms(&plain));
    Ok(())
}

/// A device of somebody who may see everything, from nothing to everything.
async fn first_load(program: &Program, plain: &Program) -> Result<Book> {
    let book = Book::pull(program, "admin").await?;
    for packed in [false, true] {
        let (cpu, began) = (program.cpu(), Instant::now());
        let bytes = book.again(program, packed).await?;
        let (took, cpu) = (began.elapsed().as_secs_f64(), program.cpu().saturating_sub(cpu));
        let (began, pages) = (Instant::now(), book.pages());
        let mut line = load::Line::open(&plain.address).await?;
        for _ in 0..pages {
            line.ask(plain::of(bytes / pages)).await?;
        }
        println!(
            "first load {}: {} rows in {pages} pages, {:.1} MB in {took:.2} s, {:.0} rows per second, {:.2} s of CPU; sending so much: {:.3} s",
            if packed { "packed as browsers ask" } else { "as it is" },
            book.rows,
            bytes as f64 / 1e6,
            book.rows as f64 / took,
            cpu.as_secs_f64(),
            began.elapsed().as_secs_f64(),
        );
    }
    Ok(book)
}

/// Every device sends one ticket at a time and waits until it is on the disk.
async fn writing(program: &Program, book: &Book, devices: usize) -> Result<()> {
    let before = program.tickets()?;
    let load = Load { lines: devices, lasting: LASTING, most: u64::MAX };
    let (figure, sent) = load.run(program, book.writing()).await?;
    ensure!(program.tickets()? - before == sent, "a ticket that was acknowledged is not there");
    say(&format!("ticket on the disk, {}", devices_of(devices)), &figure, None);
    say("  one row", &disk::one_row(devices, LASTING)?, Some(&figure));
    Ok(())
}

async fn missing_a_little(program: &Program, plain: &Program, book: &mut Book) -> Result<()> {
    let (rows, bytes) = book.miss(program, MISSED_ROWS).await?;
    for devices in [1, 16] {
        let load = Load { lines: devices, lasting: LASTING, most: u64::MAX };
        let (figure, _) = load.run(program, book.missing()).await?;
        say(&format!("pull of {rows} new rows, {}", devices_of(devices)), &figure, None);
        beside(&load, plain, bytes, &figure).await?;
    }
    Ok(())
}

/// As a till asks; tokens take turns, since each may ask only so often.
async fn reading_by_number(program: &Program, plain: &Program) -> Result<()> {
    const EACH: u64 = 500;
    let tokens = program.tokens(64)?;
    let mut line = load::Line::open(&program.address).await?;
    let listed = line.ask(by_token(&tokens[0], "/api/v1/customers?limit=100")).await?;
    let listed: serde_json::Value = serde_json::from_slice(&listed)?;
    let numbers: Vec<String> =
        listed["items"].as_array().into_iter().flatten().filter_map(|it| it["customer_no"].as_str().map(str::to_owned)).collect();
    ensure!(!numbers.is_empty(), "customers without numbers");
    let bytes = line.ask(by_token(&tokens[0], &format!("/api/v1/customers/{}", numbers[0]))).await?.len();
    let lines = 16;
    let load = Load { lines, lasting: LASTING, most: EACH * (tokens.len() / lines) as u64 };
    let asked = move |line: usize| {
        let (tokens, numbers) = (tokens.clone(), numbers.clone());
        move |n: u64| {
            let token = &tokens[line + lines * usize::try_from(n / EACH).unwrap_or(0)];
            by_token(token, &format!("/api/v1/customers/{}", numbers[usize::try_from(n).unwrap_or(0) % numbers.len()]))
        }
    };
    let (figure, _) = load.run(program, asked).await?;
    say(&format!("customer by number, {}", devices_of(lines)), &figure, None);
    beside(&load, plain, bytes, &figure).await
}

fn by_token(token: &str, path: &str) -> axum::http::Request<axum::body::Body> {
    request(Method::GET, path, &[("authorization", &format!("Bearer {token}"))], String::new())
}

async fn beside(load: &Load, plain: &Program, bytes: usize, figure: &Figure) -> Result<()> {
    let (yardstick, _) = load.run(plain, move |_| move |_| plain::of(bytes)).await?;
    say("  so many bytes and no more", &yardstick, Some(figure));
    Ok(())
}

fn devices_of(count: usize) -> String {
    if count == 1 { "1 at a time".to_owned() } else { format!("{count} at a time") }
}
