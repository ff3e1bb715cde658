//! `guanxi backup`, `guanxi restore` and `guanxi export`.

use super::{Place, order, say, take, told::tell};
use crate::{control::Order, keep};
use anyhow::{Context, Result};
use clap::Args;
use domain::words::{Lang, Text};
use std::path::{PathBuf, absolute};

#[derive(Debug, Args)]
pub struct Backup {
    /// The file to be written; it must not exist
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub struct Export {
    /// The folder to be filled; it must be empty, and is made if there is none
    folder: PathBuf,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// A file that `guanxi backup` wrote
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

const NOT_RESTORED: Text = Text::new(
    "没有恢复，原来的数据没有动。请确认这是 guanxi backup 写的文件",
    "Nothing was restored and nothing was touched. Is this a file that guanxi backup wrote?",
);
const RESTORED: Text = Text::new("已恢复。所有人需要重新登录。", "Restored. Everybody signs in again.");

impl Backup {
    pub fn run(self, lang: Lang) -> Result<()> {
        // The server that carries it out stands elsewhere.
        let to = absolute(&self.file)?;
        say(order(&self.place.data(), Order::Backup { to }, lang)?)
    }
}

impl Export {
    pub fn run(self, lang: Lang) -> Result<()> {
        let to = absolute(&self.folder)?;
        say(order(&self.place.data(), Order::Export { to }, lang)?)
    }
}

impl Restore {
    pub fn run(self, lang: Lang) -> Result<()> {
        let data = self.place.data();
        let _owner = take(&data, lang)?;
        let former = keep::restore(&self.file, &data.database())
            .with_context(|| format!("{}: {}", self.file.display(), NOT_RESTORED.in_lang(lang)))?;
        tell(RESTORED.in_lang(lang));
        if let Some(former) = former {
            tell(match lang {
                Lang::Zh => format!("原来的数据保存在 {}。", former.display()),
                Lang::En => format!("What was there before is in {}.", former.display()),
            });
        }
        Ok(())
    }
}
