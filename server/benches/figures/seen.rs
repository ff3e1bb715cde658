//! What people wait for in a browser, as `end2end/figures/` measures it on the program.

use crate::{CUSTOMERS, book::Book, crowd::Crowd, program::Program, table};
use anyhow::{Context, Result, ensure};
use domain::access::MOST_CARRIED;
use std::{collections::HashMap, env, fs, path::Path, process::Command};

/// Where Playwright is; without it there is no browser to ask.
const ASKED: &str = "GUANXI_BENCH_END2END";
/// The story that needs somebody else to look.
const TOGETHER: &str = "somebody else";
/// So many others are connected meanwhile.
const OTHERS: usize = 100;

/// Milliseconds, by the name of what was measured.
type Measured = HashMap<String, Vec<f64>>;

/// What is measured, how it is called, and its goal in milliseconds.
const FIGURES: [(&str, &str, Option<f64>); 18] = [
    ("first", "nothing on the device, to its first row", Some(400.0)),
    ("all", "  to everything", None),
    ("first_slowly", "  CPU a fourth, slow 4G: to its first row", Some(3_000.0)),
    ("all_slowly", "  CPU a fourth, slow 4G: to everything", None),
    ("again", "from the device's store, to its first row", Some(250.0)),
    ("again_slowly", "  CPU a fourth, slow 4G", Some(800.0)),
    ("boot", "  of it the store, for 10000 rows", Some(60.0)),
    ("boot_bare", "  bare: its text, read from IndexedDB", None),
    ("boot_slowly", "  the same, CPU a fourth", None),
    ("boot_bare_slowly", "  bare: its text, CPU a fourth", None),
    ("bare", "click to a word on an empty page", None),
    ("open", "click to customer", Some(50.0)),
    ("open_slowly", "  CPU a fourth", Some(100.0)),
    ("open_far", "  slow 4G", Some(50.0)),
    ("key", "key in a list's search, work", Some(16.0)),
    ("key_shown", "  to rows", None),
    ("write", "note written, to its being on screen", Some(50.0)),
    ("travel", "  to somebody else's screen", Some(100.0)),
];

pub async fn measured(program: &Program, customers: u32) -> Result<()> {
    let Some(end2end) = env::var_os(ASKED) else { return Ok(()) };
    let end2end = Path::new(&end2end);
    say(asked(end2end, program, customers, None)?, customers)?;
    let book = Book::pull(program, program.sign_in("admin").await?).await?;
    let crowd = Crowd::gather(program, &book, OTHERS).await?;
    let mut together = asked(end2end, program, customers, Some(TOGETHER))?;
    let pulls = crowd.leave().await?;
    let what = format!("  to it with {OTHERS} connected, {pulls:.0} pulls each");
    table::seen(&what, together.remove("travel").context("nothing travelled")?, Some(250.0));
    Ok(())
}

/// Has it measured: everything, or the stories of this name.
fn asked(end2end: &Path, program: &Program, customers: u32, which: Option<&str>) -> Result<Measured> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seen.json");
    _ = fs::remove_file(&file);
    let mut playwright = Command::new("node");
    playwright.current_dir(end2end).args(["node_modules/@playwright/test/cli.js", "test", "--config", "figures.config.ts"]);
    playwright.args(which.into_iter().flat_map(|which| ["--grep", which]));
    playwright.env("GUANXI_URL", format!("http://{}", program.address)).env("GUANXI_FIGURES", &file);
    playwright.env("GUANXI_TIMES", if customers < CUSTOMERS { "10" } else { "30" });
    playwright.env("GUANXI_LISTS_ARE_ASKED", if is_asked(customers) { "1" } else { "0" });
    ensure!(playwright.status().context("node")?.success(), "not measured in the browser: see above");
    Ok(serde_json::from_slice(&fs::read(&file)?)?)
}

/// Whether the server answers lists, since devices do not carry so many.
fn is_asked(customers: u32) -> bool {
    u64::from(customers) > MOST_CARRIED
}

fn say(mut took: Measured, customers: u32) -> Result<()> {
    let mut take = |name: &str| took.remove(name).with_context(|| format!("no {name}"));
    let largest = |figures: Vec<f64>| figures.into_iter().fold(0.0, f64::max);
    let (rows, bytes) = (largest(take("rows")?), largest(take("bytes")?));
    println!("\nin a browser, {customers} customers: a device of {rows:.0} rows, {:.2} MB on the wire", bytes / 1e6);
    for (name, what, goal) in FIGURES {
        let mut figures = take(name)?;
        if name.starts_with("boot") {
            figures.iter_mut().for_each(|took| *took *= 10_000.0 / rows);
        }
        let goal = if name == "key" && is_asked(customers) { Some(50.0) } else { goal };
        table::seen(what, figures, goal);
    }
    Ok(())
}
