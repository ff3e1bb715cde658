//! What came of the last backup, beside the backups: so `guanxi check` and the metrics know, also after a restart.

use std::{fs, io, path::Path};

use domain::{time::Instant, words::Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{db::Trouble, keep};

const FILE: &str = "latest.json";

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The last copy that was proved.
    pub kept: Option<Kept>,
    /// Why there is no newer one, if one was due.
    pub failed: Option<Failed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub at: Instant,
    pub file: String,
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    pub at: Instant,
    pub why: String,
}

impl Record {
    /// Empty where nothing was written yet.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let text = fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Whole or not at all.
    pub fn write(&self, folder: &Path) -> Result<(), Trouble> {
        let unfinished = folder.join("latest.part");
        let written = serde_json::to_vec(self).map_err(io::Error::from).and_then(|text| fs::write(&unfinished, text));
        written.map_err(|error| Trouble::Broken(error.to_string()))?;
        keep::renamed(&unfinished, &folder.join(FILE))
    }

    /// For an operator: what there is to say, and whether all is well.
    #[must_use]
    pub fn told(&self, lang: Lang) -> (bool, Vec<String>) {
        let kept = self.kept.as_ref().map(|Kept { at, file, bytes }| match lang {
            Lang::Zh => format!("最近一次自动备份：{}，{file}（{bytes} 字节，已校验）。", day(*at)),
            Lang::En => format!("The latest backup by the server: {}, {file} ({bytes} bytes, verified).", day(*at)),
        });
        let failed = self.failed.as_ref().map(|Failed { at, why }| match lang {
            Lang::Zh => format!("自动备份失败（{}）：{why}", day(*at)),
            Lang::En => format!("backups: the one of {} failed: {why}", day(*at)),
        });
        (failed.is_none(), kept.into_iter().chain(failed).collect())
    }
}

fn day(at: Instant) -> String {
    Timestamp::from_millisecond(at.0).map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default()
}
