//! The log as a file: steps and what every text is now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::texts::Revision;
use crate::diag::Diagnostic;
use crate::files;

const FILE: &str = "记录.json";
/// The number of this form of the log. Before 2 it held the facts, the templates and what was decided about them only.
pub(super) const FORMAT: u64 = 2;

/// What made a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// An edit by this program.
    Edit,
    /// A change by another program.
    Outside,
    /// A step taken back.
    Undo,
    /// A step made again.
    Redo,
    /// An earlier state restored.
    Restore,
    /// Nothing changed: the state got a name.
    Mark,
}

/// What became of one text in a step; nothing stands for no file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[Option<Revision>; 2]", into = "[Option<Revision>; 2]")]
pub struct Turn {
    /// What it was.
    pub before: Option<Revision>,
    /// What it became.
    pub after: Option<Revision>,
}

impl Turn {
    /// The way back.
    pub fn back(&self) -> Turn {
        Turn { before: self.after.clone(), after: self.before.clone() }
    }
}

impl From<[Option<Revision>; 2]> for Turn {
    fn from([before, after]: [Option<Revision>; 2]) -> Turn {
        Turn { before, after }
    }
}

impl From<Turn> for [Option<Revision>; 2] {
    fn from(turn: Turn) -> [Option<Revision>; 2] {
        [turn.before, turn.after]
    }
}

/// A step of the log, in the order in which it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number; later steps have larger ones.
    pub id: u64,
    /// What made it.
    pub kind: StepKind,
    /// What it did, in words.
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// The step that was taken back, made again or restored.
    pub of: Option<u64>,
    /// What became of which text, by its id.
    pub turns: BTreeMap<String, Turn>,
    /// The name that somebody gave to the state after it.
    pub name: Option<String>,
}

impl Step {
    /// A step that is not in the log yet.
    pub(super) fn new(kind: StepKind, label: &str, at: Timestamp, turns: BTreeMap<String, Turn>) -> Step {
        Step { id: 0, kind, label: label.to_owned(), at, of: None, turns, name: None }
    }

    /// The same about another step.
    pub(super) fn of(kind: StepKind, other: &Step, at: Timestamp, turns: BTreeMap<String, Turn>) -> Step {
        Step { of: Some(other.id), ..Step::new(kind, &other.label, at, turns) }
    }
}

/// The log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Log {
    /// The form in which it was found.
    pub format: u64,
    /// The number of the newest step.
    pub newest: u64,
    /// What every text is, as far as the log knows.
    pub known: BTreeMap<String, Revision>,
    /// Steps, oldest first.
    pub steps: Vec<Step>,
}

impl Default for Log {
    fn default() -> Log {
        Log { format: FORMAT, newest: 0, known: BTreeMap::new(), steps: Vec::new() }
    }
}

impl Log {
    /// Reads the log; an empty one where there is none.
    pub fn load(folder: &Path) -> Result<Log, Diagnostic> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Log::default());
        }
        let text = std::fs::read(&path).ok();
        text.and_then(|text| serde_json::from_slice(&text).ok()).ok_or_else(|| {
            Diagnostic::error("broken-history", format!("历史记录“{}”读不懂", path.display()))
                .hint("请把这个文件改名，程序会重新开始记录；事实和模板不受影响")
        })
    }

    /// Writes the log in the newest form.
    pub fn save(&mut self, folder: &Path) -> Result<(), Diagnostic> {
        self.format = FORMAT;
        files::write(&folder.join(FILE), json!(self).to_string().as_bytes())
    }

    /// Adds a step and gives it its number.
    pub fn push(&mut self, step: Step) {
        self.newest += 1;
        self.steps.push(Step { id: self.newest, ..step });
    }

    /// Remembers what a text is, and says what it was.
    pub fn know(&mut self, id: &str, revision: Option<Revision>) -> Option<Revision> {
        match revision {
            Some(revision) => self.known.insert(id.to_owned(), revision),
            None => self.known.remove(id),
        }
    }

    /// Every revision that is still spoken of.
    pub fn kept(&self) -> BTreeSet<Revision> {
        let turns = self.steps.iter().flat_map(|step| step.turns.values());
        let spoken = turns.flat_map(|turn| turn.before.iter().chain(&turn.after));
        spoken.chain(self.known.values()).cloned().collect()
    }
}
