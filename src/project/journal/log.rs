//! The log as a file: steps and what every text is now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::texts::Revision;
use crate::diag::Diagnostic;
use crate::files;

const FILE: &str = "记录.json";
/// The number of this form of the log. Before 2 it held the facts, the templates and what was decided about them only.
pub(super) const FORMAT: u64 = 2;

/// What made a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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

/// Every kind with its name in the file.
const KINDS: [(Kind, &str); 6] = [
    (Kind::Edit, "edit"),
    (Kind::Outside, "outside"),
    (Kind::Undo, "undo"),
    (Kind::Redo, "redo"),
    (Kind::Restore, "restore"),
    (Kind::Mark, "mark"),
];

impl Kind {
    /// Its stable name.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> Option<Kind> {
        KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// What became of one text in a step; nothing stands for no file.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// A step of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number; later steps have larger ones.
    pub id: u64,
    /// What made it.
    pub kind: Kind,
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
    pub(super) fn new(kind: Kind, label: &str, at: Timestamp, turns: BTreeMap<String, Turn>) -> Step {
        Step { id: 0, kind, label: label.to_owned(), at, of: None, turns, name: None }
    }

    /// The same about another step.
    pub(super) fn of(kind: Kind, other: &Step, at: Timestamp, turns: BTreeMap<String, Turn>) -> Step {
        Step { of: Some(other.id), ..Step::new(kind, &other.label, at, turns) }
    }
}

/// The log.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    /// Steps, oldest first.
    pub steps: Vec<Step>,
    /// What every text is, as far as the log knows.
    pub known: BTreeMap<String, Revision>,
    /// The number of the newest step.
    pub newest: u64,
    /// The form in which it was found.
    pub format: u64,
}

impl Log {
    /// Reads the log; an empty one where there is none.
    pub fn load(folder: &Path) -> Result<Log, Diagnostic> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Log { format: FORMAT, ..Log::default() });
        }
        let text = std::fs::read(&path).ok();
        let value = text.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        value.as_ref().and_then(Log::of_json).ok_or_else(|| {
            Diagnostic::error("broken-history", format!("历史记录“{}”读不懂", path.display()))
                .hint("请把这个文件改名，程序会重新开始记录；事实和模板不受影响")
        })
    }

    /// Writes the log.
    pub fn save(&self, folder: &Path) -> Result<(), Diagnostic> {
        files::write(&folder.join(FILE), self.to_json().to_string().as_bytes())
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

    fn to_json(&self) -> Value {
        let known: Map<String, Value> =
            self.known.iter().map(|(id, revision)| (id.clone(), revision.as_str().into())).collect();
        json!({
            "format": FORMAT,
            "newest": self.newest,
            "known": known,
            "steps": self.steps.iter().map(step_json).collect::<Vec<_>>(),
        })
    }

    fn of_json(value: &Value) -> Option<Log> {
        let (newest, format) = (value["newest"].as_u64()?, value["format"].as_u64()?);
        let mut log = Log { newest, format, ..Log::default() };
        for (id, revision) in value["known"].as_object()? {
            log.known.insert(id.clone(), Revision::parse(revision.as_str()?)?);
        }
        for step in value["steps"].as_array()? {
            log.steps.push(step_of(step)?);
        }
        Some(log)
    }
}

/// A step as it is written down.
pub(super) fn step_json(step: &Step) -> Value {
    let side = |side: &Option<Revision>| side.as_ref().map(|revision| revision.as_str().to_owned());
    let turns: Map<String, Value> = step
        .turns
        .iter()
        .map(|(id, turn)| (id.clone(), json!([side(&turn.before), side(&turn.after)])))
        .collect();
    json!({
        "id": step.id, "kind": step.kind.name(), "label": step.label, "at": step.at.to_string(),
        "of": step.of, "turns": turns, "name": step.name,
    })
}

/// A step that was written down; nothing where it cannot be one.
pub(super) fn step_of(value: &Value) -> Option<Step> {
    let side = |side: &Value| match side.as_str() {
        Some(words) => Revision::parse(words).map(Some),
        None => Some(None),
    };
    let mut turns = BTreeMap::new();
    for (id, turn) in value["turns"].as_object()? {
        turns.insert(id.clone(), Turn { before: side(&turn[0])?, after: side(&turn[1])? });
    }
    Some(Step {
        id: value["id"].as_u64()?,
        kind: Kind::named(value["kind"].as_str()?)?,
        label: value["label"].as_str()?.to_owned(),
        at: value["at"].as_str()?.parse().ok()?,
        of: value["of"].as_u64(),
        turns,
        name: value["name"].as_str().map(str::to_owned),
    })
}
