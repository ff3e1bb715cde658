//! How fast the program is, beside what this machine could do at most: one run, one table. `cargo xtask bench` starts it.
//!
//! The program is a process of its own, asked over HTTP as browsers and other systems ask it. Yardsticks are measured
//! right after each line, so that a busy machine slows both: the ratios are what to compare. A yardstick does the same
//! for the machine and nothing for anybody: no rules, no access, no history.

mod book;
mod crowd;
mod disk;
mod load;
mod plain;
mod program;
mod seen;
mod table;

use anyhow::{Context, Result, ensure};
use axum::http::Method;
use book::Book;
use load::{Load, request};
use program::{Folder, Program};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use table::{Figure, Goal, within};

/// As the goals count: so many customers, with all that happens to them in eighteen months.
const CUSTOMERS: u32 = 10_000;
/// Another number, such as 100000.
const ASKED: &str = "GUANXI_BENCH_CUSTOMERS";
/// A folder that has a company of so many, made before: a hundred thousand take long. It is copied.
const FROM: &str = "GUANXI_BENCH_FROM";
/// Beside which it is seen what grows.
const FEW: u32 = 1_000;
/// What a device that was away for a moment has missed.
const MISSED_ROWS: usize = 50;
const LASTING: Duration = Duration::from_secs(3);

fn main() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    match plain::asked() {
        Some(folder) => runtime.block_on(plain::serve(&folder)),
        None => runtime.block_on(figures()),
    }
}

async fn figures() -> Result<()> {
    let customers = std::env::var(ASKED).map_or(Ok(CUSTOMERS), |asked| asked.parse()).context(ASKED)?;
    let few = filled(FEW)?;
    let folder = std::env::var_os(FROM).map_or_else(|| filled(customers), |from| copied(Path::new(&from)))?;
    println!();
    starting(&few, FEW).await?;
    starting(&folder, customers).await?;
    drop(few);
    // Before the load: what that leaves is no company's.
    seen::measured(&Program::start(folder.path()).await?, customers).await?;
    let plain = Program::plain().await?;
    // Signing in takes memory for a moment, which is not the work's.
    let program = Program::start(folder.path()).await?;
    let cookie = program.sign_in("admin").await?;
    let tokens = program.tokens(64)?;
    drop(program);
    let program = Program::start(folder.path()).await?;
    let mut book = first_load(&program, cookie).await?;
    println!("\n{}", table::HEAD);
    for devices in [1, 16] {
        writing(&program, &plain, &book, devices).await?;
    }
    missing_a_little(&program, &plain, &mut book).await?;
    reading_by_number(&program, &plain, &tokens).await?;
    println!();
    within("memory after all of it, PSS", program.memory()?, "MiB", 40.0);
    println!("{:<42}{:>10.1} MiB", "the plain server", plain.memory()?);
    Ok(())
}

fn filled(customers: u32) -> Result<Folder> {
    let (folder, began) = (Folder::new()?, Instant::now());
    program::fill(folder.path(), customers)?;
    println!("{customers} customers made in {:.1} s, a file of {} MB", began.elapsed().as_secs_f64(), folder.megabytes()?);
    Ok(folder)
}

fn copied(from: &Path) -> Result<Folder> {
    let folder = Folder::new()?;
    fs::copy(from.join("guanxi.db"), folder.path().join("guanxi.db")).context(FROM)?;
    println!("a company from {}, a file of {} MB", from.display(), folder.megabytes()?);
    Ok(folder)
}

/// From nothing to the first answer.
async fn starting(folder: &Folder, customers: u32) -> Result<()> {
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    let mut memory = 0.0;
    for _ in 0..5 {
        let started = Program::start(folder.path()).await?;
        ours.push(started.took);
        memory = started.memory()?;
        plain.push(Program::plain().await?.took);
    }
    ours.sort();
    plain.sort();
    let ms = |times: &[Duration]| times[times.len() / 2].as_secs_f64() * 1_000.0;
    let goal = if customers > CUSTOMERS { 300.0 } else { 100.0 };
    within(&format!("cold start, {customers} customers"), ms(&ours), "ms", goal);
    println!("{:<42}{memory:>10.1} MiB; the plain server with its table: {:.1} ms", "  memory then, PSS", ms(&plain));
    Ok(())
}

/// A device of somebody who may see everything, from nothing to everything.
async fn first_load(program: &Program, cookie: String) -> Result<Book> {
    let book = Book::pull(program, cookie).await?;
    for packed in [false, true] {
        let (cpu, began) = (program.cpu(), Instant::now());
        let bytes = book.again(program, packed).await?;
        let (took, cpu) = (began.elapsed().as_secs_f64(), program.cpu().saturating_sub(cpu));
        println!(
            "first load {}: {} rows in {} pages, {:.1} MB in {took:.2} s, {:.2} s of CPU",
            if packed { "packed as browsers ask" } else { "as it is" },
            book.rows,
            book.pages(),
            bytes as f64 / 1e6,
            cpu.as_secs_f64(),
        );
    }
    Ok(book)
}

/// Every device sends one ticket at a time and waits until it is on the disk.
async fn writing(program: &Program, plain: &Program, book: &Book, devices: usize) -> Result<()> {
    let before = disk::counts(&program.file())?;
    let load = Load { lines: devices, lasting: LASTING, most: u64::MAX };
    let (figure, sent) = load.run(program, book.writing()).await?;
    let after = disk::counts(&program.file())?;
    let grown: Vec<_> = before.iter().zip(&after).map(|(before, after)| (before.0, (after.1 - before.1) as f64 / sent as f64)).collect();
    ensure!(after[0].1.abs_diff(before[0].1) == sent, "a ticket that was acknowledged is not there");
    figure.say(&format!("ticket on the disk, {}", devices_of(devices)), Some(Goal::Cpu(0.12)));
    let share = if devices == 1 { 0.35 } else { 0.18 };
    let (bare, _) = load.run(plain, |_| |_| plain::kept()).await?;
    bare.beside("  bare: one row, over HTTP", &figure, Some(Goal::Share(share)));
    let copy = program.copy()?;
    let shape = disk::Shape::of(&copy, &grown)?;
    disk::shape(&copy, &shape, devices, LASTING)?.beside("  shape: its statements, without HTTP", &figure, None);
    Ok(())
}

async fn missing_a_little(program: &Program, plain: &Program, book: &mut Book) -> Result<()> {
    let (rows, _) = book.miss(program, MISSED_ROWS).await?;
    for devices in [1, 16] {
        let load = Load { lines: devices, lasting: LASTING, most: u64::MAX };
        let (figure, _) = load.run(program, book.missing()).await?;
        figure.say(&format!("pull of {rows} new rows, {}", devices_of(devices)), Some(Goal::Cpu(0.15)));
        let (bare, _) = load.run(plain, |_| move |_| plain::changed(rows).expect("few rows")).await?;
        bare.beside("  bare: as many rows, over HTTP", &figure, (devices > 1).then_some(Goal::Share(0.32)));
    }
    Ok(())
}

/// As a till asks; tokens take turns, since each may ask only so often.
async fn reading_by_number(program: &Program, plain: &Program, tokens: &[String]) -> Result<()> {
    const EACH: u64 = 500;
    let tokens = tokens.to_vec();
    let mut line = load::Line::open(&program.address).await?;
    let listed = line.ask(by_token(&tokens[0], "/api/v1/customers?limit=100")).await?;
    let listed: serde_json::Value = serde_json::from_slice(&listed)?;
    let numbers: Vec<String> =
        listed["items"].as_array().into_iter().flatten().filter_map(|it| it["customer_no"].as_str().map(str::to_owned)).collect();
    ensure!(!numbers.is_empty(), "customers without numbers");
    let lines = 16;
    let load = Load { lines, lasting: LASTING, most: EACH * (tokens.len() / lines) as u64 };
    let asked = move |line: usize| {
        let (tokens, numbers) = (tokens.clone(), numbers.clone());
        move |n: u64| {
            let token = &tokens[line + lines * usize::try_from(n / EACH).unwrap_or(0)];
            by_token(token, &format!("/api/v1/customers/{}", numbers[usize::try_from(n).unwrap_or(0) % numbers.len()]))
        }
    };
    let (figure, _): (Figure, _) = load.run(program, asked).await?;
    figure.say(&format!("customer by number, {}", devices_of(lines)), Some(Goal::Cpu(0.15)));
    let (bare, _) = load.run(plain, |_| plain::by_id).await?;
    bare.beside("  bare: one row by its id, over HTTP", &figure, None);
    Ok(())
}

fn by_token(token: &str, path: &str) -> axum::http::Request<axum::body::Body> {
    request(Method::GET, path, &[("authorization", &format!("Bearer {token}"))], String::new())
}

fn devices_of(count: usize) -> String {
    if count == 1 { "1 at a time".to_owned() } else { format!("{count} at a time") }
}
