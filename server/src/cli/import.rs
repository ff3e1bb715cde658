//! `guanxi import`: files of other systems, from the command line.

use super::{
    IN_USE, Place, open, order,
    told::{ask, note, tell, tell_all},
};
use crate::{
    control::{self, Answer, News, Order},
    imports::{self, Errors, Told},
    owner::Data,
};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use domain::{
    context::Actor,
    id::Id,
    imports::{Encoding, Import as Imported, Kind, Left, Status, Wanted},
    money::{Currency, Money},
    words::{Label, Lang, Say, Text},
};
use std::{
    fs::File,
    io::{self, IsTerminal},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Read customers in: new numbers are opened, known ones are brought up to date
    Customers(FileOf),
    /// Read orders in, of customers who are there
    Orders(OrdersFile),
    /// The latest imports
    List(Which),
    /// Take back what an import made or changed, as far as nobody has touched it since
    Undo(Undo),
}

#[derive(Debug, Args)]
pub struct FileOf {
    /// A file of rows with a header: UTF-8 or GB18030; separated by commas, semicolons or tabs
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Tell what would come of it, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take a column for a field, such as `Kundennr=customer_no`; without a field it is left out. Repeat for several
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    /// How the file is written; found out, unless said
    #[arg(long, value_parser = encoding)]
    encoding: Option<Encoding>,
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Args)]
pub struct OrdersFile {
    #[command(flatten)]
    file: FileOf,
    /// The currency of amounts whose row does not say, such as USD; the company's, unless said
    #[arg(long, value_parser = currency)]
    currency: Option<Currency>,
    /// Whether orders whose row does not say were paid on the day they were placed
    #[arg(long, value_enum, default_value = "placed")]
    status: Paid,
    /// Paid orders earn no points
    #[arg(long)]
    no_points: bool,
}

#[derive(Debug, Args)]
pub struct Undo {
    /// Its number, as `import list` shows it
    id: String,
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Args)]
pub struct Which {
    #[command(flatten)]
    place: Place,
    /// The language of what is told; the terminal's, unless said
    #[arg(long, value_enum)]
    lang: Option<Spoken>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Paid {
    Paid,
    Placed,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Spoken {
    Zh,
    En,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.rsplit_once('=').map(|(column, field)| (column.trim().to_owned(), field.trim().to_owned()));
    pair.ok_or_else(|| "COLUMN=FIELD".to_owned())
}

fn encoding(code: &str) -> Result<Encoding, String> {
    let code = match code.to_ascii_lowercase().as_str() {
        "utf8" => "utf-8".to_owned(),
        "gbk" | "gb2312" => "gb18030".to_owned(),
        code => code.to_owned(),
    };
    Encoding::from_code(&code).ok_or_else(|| codes(Encoding::ALL.iter().map(|it| it.code())))
}

fn currency(code: &str) -> Result<Currency, String> {
    Currency::from_code(&code.to_ascii_uppercase()).ok_or_else(|| codes(Currency::ALL.iter().map(|it| it.code())))
}

fn codes(codes: impl Iterator<Item = &'static str>) -> String {
    codes.collect::<Vec<_>>().join(", ")
}

/// Told apart from an import that took everything in, and from one that could not be done at all.
const SOME_REFUSED: u8 = 3;

const NO_SUCH: Text = Text::new("没有这次导入。可用 guanxi import list 查看。", "There is no such import. See guanxi import list.");
const NONE: Text = Text::new("还没有导入过。", "Nothing has been imported yet.");

impl Which {
    fn lang(&self, lang: Lang) -> Lang {
        match self.lang {
            Some(Spoken::Zh) => Lang::Zh,
            Some(Spoken::En) => Lang::En,
            None => lang,
        }
    }
}

impl Import {
    pub fn run(self, lang: Lang) -> Result<ExitCode> {
        match self {
            Self::Customers(file) => file.run(Kind::Customers, lang, |_| {}),
            Self::Orders(OrdersFile { file, currency, status, no_points }) => file.run(Kind::Orders, lang, |wanted| {
                wanted.currency = currency;
                wanted.points = !no_points;
                wanted.status = Some(match status {
                    Paid::Paid => Status::Paid,
                    Paid::Placed => Status::Placed,
                });
            }),
            Self::List(which) => {
                let lang = which.lang(lang);
                let answer = accepted(order(&which.place.data(), Order::Imports, lang)?)?;
                if answer.imports.is_empty() {
                    tell(NONE.in_lang(lang));
                }
                tell_all(answer.imports.iter().map(|import| listed(import, lang)));
                Ok(ExitCode::SUCCESS)
            }
            Self::Undo(Undo { id, which }) => {
                let lang = which.lang(lang);
                let id: Id = id.replace('-', "").parse().map_err(|_| anyhow!(NO_SUCH.in_lang(lang)))?;
                let answer = accepted(order(&which.place.data(), Order::UndoImport { id }, lang)?)?;
                let left = answer.imports.iter().map(|import| import.left).sum::<u64>();
                tell_all(answer.imports.iter().flat_map(|import| undone(import, lang)));
                Ok(if left == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_REFUSED) })
            }
        }
    }
}

fn accepted(answer: Answer) -> Result<Answer> {
    if answer.done { Ok(answer) } else { bail!(answer.lines.join("\n")) }
}

impl FileOf {
    fn run(self, kind: Kind, lang: Lang, more: impl FnOnce(&mut Wanted)) -> Result<ExitCode> {
        let Self { file, dry_run, map, encoding, which } = self;
        let lang = which.lang(lang);
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut wanted = Wanted { dry_run, map, encoding, ..Wanted::of(kind, &name) };
        more(&mut wanted);
        File::open(&file).with_context(|| file.display().to_string())?;
        let mut terminal = Terminal::new(&file, lang);
        let answer = accepted(taken_in(&which.place.data(), &file, wanted, lang, &mut terminal)?)?;
        terminal.end(answer.imports)
    }
}

/// By the server that has the data, else here.
fn taken_in(data: &Data, file: &Path, wanted: Wanted, lang: Lang, terminal: &mut Terminal) -> Result<Answer> {
    let Some(owner) = data.take().with_context(|| data.path().display().to_string())? else {
        return control::import(data, file, wanted, lang, &mut |news| terminal.tell(news)).context(IN_USE.in_lang(lang));
    };
    let db = open(data, &owner, lang)?;
    imports::stop_stale(&db)?;
    imports::tidy(db.directory(), true);
    let ready = match imports::ready(&db, file, wanted, Actor::System, lang)? {
        Ok(ready) => ready,
        Err(problem) => bail!(problem.say(lang)),
    };
    terminal.tell(News::Headers(ready.headers().to_vec()));
    let import = ready.carry_out(&db, &mut |told| {
        terminal.tell(match told {
            Told::Refused(refused) => News::Refused(refused.clone()),
            Told::SoFar(import) => News::SoFar(Box::new(import.clone())),
        });
        ControlFlow::Continue(())
    });
    Ok(Answer::of(vec![import]))
}

/// What is seen while a file is read in, and the file of what was refused.
struct Terminal {
    lang: Lang,
    errors_at: PathBuf,
    headers: Vec<String>,
    errors: Option<io::Result<Errors<File>>>,
    is_seen: bool,
}

impl Terminal {
    fn new(file: &Path, lang: Lang) -> Self {
        let mut errors_at = file.as_os_str().to_owned();
        errors_at.push(".errors.csv");
        Self { lang, errors_at: errors_at.into(), headers: Vec::new(), errors: None, is_seen: io::stderr().is_terminal() }
    }

    fn tell(&mut self, news: News) {
        match news {
            News::Headers(headers) => self.headers = headers,
            News::Refused(refused) => {
                let errors = self.errors.get_or_insert_with(|| Errors::create(&self.errors_at, &self.headers));
                // The first failure is the one that is told at the end.
                if let Ok(Err(error)) = errors.as_mut().map(|errors| errors.add(&refused)) {
                    self.errors = Some(Err(error));
                }
            }
            News::SoFar(import) if self.is_seen => {
                let share = import.read.saturating_mul(100).checked_div(import.size).unwrap_or(100).min(100);
                ask(format_args!("\r{share:3} %  {}", import.counts.rows()));
            }
            News::SoFar(_) | News::End(_) => {}
        }
    }

    fn end(self, imports: Vec<Imported>) -> Result<ExitCode> {
        let import = imports.into_iter().next().context("no answer")?;
        if self.is_seen {
            ask(format_args!("\r{:40}\r", ""));
        }
        tell_all(summary(&import, self.lang));
        match self.errors.map(|errors| errors.and_then(Errors::end)) {
            None => {}
            Some(Ok(())) => tell(errors_are(&self.errors_at, self.lang)),
            Some(Err(error)) => note(format_args!("{}: {error}", self.errors_at.display())),
        }
        if let Some(problem) = import.problem {
            bail!(problem.message);
        }
        Ok(if import.counts.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_REFUSED) })
    }
}

fn errors_are(at: &Path, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("被拒绝的行和原因在 {}。", at.display()),
        Lang::En => format!("The refused rows and why: {}", at.display()),
    }
}

fn summary(import: &Imported, lang: Lang) -> Vec<String> {
    let columns = import.columns.iter().filter_map(|column| Some((column, column.field?)));
    let columns: Vec<String> = columns.map(|(column, field)| format!("{} → {}", column.name, field.label().in_lang(lang))).collect();
    let mut lines = vec![columns.join(", "), counted(import, lang)];
    lines.extend(sums(import, lang));
    lines.push(match (import.dry_run, lang) {
        (true, Lang::Zh) => "试运行：什么都没有写入。".to_owned(),
        (true, Lang::En) => "A dry run: nothing was written.".to_owned(),
        (false, Lang::Zh) => format!("导入编号 {}，可用 guanxi import undo {} 撤销。", import.id, import.id),
        (false, Lang::En) => format!("Import {}. To take it back: guanxi import undo {}", import.id, import.id),
    });
    lines
}

fn counted(import: &Imported, lang: Lang) -> String {
    let counts = import.counts;
    let (what, rows) = (import.kind.label().in_lang(lang), counts.rows());
    match lang {
        Lang::Zh => {
            format!("{what} {rows} 行：新增 {}，更新 {}，未变 {}，拒绝 {}。", counts.made, counts.changed, counts.unchanged, counts.refused)
        }
        Lang::En => format!(
            "{what}, {rows} rows: {} new, {} updated, {} unchanged, {} refused.",
            counts.made, counts.changed, counts.unchanged, counts.refused
        ),
    }
}

fn sums(import: &Imported, lang: Lang) -> Option<String> {
    let sums = import.sums.iter().map(|sum| {
        // A sum may be larger than any single amount.
        let amount = Money::new(sum.minor).map_or_else(|| sum.minor.to_string(), |money| money.decimal(sum.currency));
        format!("{} {amount}", sum.currency.code())
    });
    let sums: Vec<String> = sums.collect();
    let label = if lang == Lang::Zh { "金额合计：" } else { "Sum of amounts: " };
    (!sums.is_empty()).then(|| format!("{label}{}", sums.join(", ")))
}

fn listed(import: &Imported, lang: Lang) -> String {
    let day = jiff::Timestamp::from_millisecond(import.at.0).map(|at| at.to_zoned(jiff::tz::TimeZone::system()));
    let day = day.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    let phase = import.phase.label().in_lang(lang);
    format!("{}  {day}  {phase}  {}  {}", import.id, import.file, counted(import, lang))
}

fn undone(import: &Imported, lang: Lang) -> Vec<String> {
    let head = match lang {
        Lang::Zh => format!("已撤销 {} 行，保留 {} 行。", import.undone, import.left),
        Lang::En => format!("{} rows were taken back, {} were left.", import.undone, import.left),
    };
    let left = import.kept.iter().map(|Left { line, no, reason }| {
        let no = no.as_deref().unwrap_or("–");
        match lang {
            Lang::Zh => format!("  第 {line} 行 {no}：{}", reason.message),
            Lang::En => format!("  line {line}, {no}: {}", reason.message),
        }
    });
    let more = import.left.saturating_sub(import.kept.len() as u64);
    let rest = (more > 0).then(|| format!("  … +{more}"));
    std::iter::once(head).chain(left).chain(rest).collect()
}
