//! Every change of a project's texts as one log in `.huibao/历史/`: written whole or not at all, taken back and
//! made again across all texts, named and restored, also after a restart.
//!
//! The log is a chain: what a step finds is what the step before it left. A change made by another program is
//! noticed and becomes a step of its own, so nothing is lost and nothing is overwritten unseen. Undoing adds a
//! step too; which one comes next is told by reading the chain (`stack`). `thin` keeps the folder small.

mod blobs;
mod log;
mod stack;
mod thin;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::texts::{self, Revision, Text};
use crate::diag::{Diagnostic, Problems};
pub use log::{Kind, Step};
use log::{Log, Turn};

/// The folder of the program in a project.
pub const FOLDER: &str = ".huibao";
const HISTORY: &str = "历史";
const LOCK: &str = "锁";
/// There while a step is being written: one that is found later tells that the program ended in between.
const WRITING: &str = "写入中";

/// A text with what it shall become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The text.
    pub text: Text,
    /// What it was when the edit was made; nothing where it did not exist.
    pub base: Option<Revision>,
    /// Its new bytes; nothing takes it away.
    pub bytes: Option<Vec<u8>>,
}

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A text is no longer what the edit was made for; its revision now.
    Changed(Text, Option<Revision>),
    /// The step to take back was made by another program: its label.
    Outside(String),
    /// There is nothing to take back, to make again or to restore.
    Nothing,
    /// It could not be done.
    Problem(Box<Diagnostic>),
}

impl From<Diagnostic> for Refused {
    fn from(problem: Diagnostic) -> Refused {
        Refused::Problem(Box::new(problem))
    }
}

/// What the log says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Steps, oldest first.
    pub steps: Vec<Step>,
    /// What undo would take back.
    pub undo: Option<String>,
    /// What redo would make again.
    pub redo: Option<String>,
}

/// The log of a project.
#[derive(Debug, Clone)]
pub struct Journal {
    project: PathBuf,
}

/// A log that is open for change: no other process changes it meanwhile.
struct Open {
    log: Log,
    _lock: File,
}

impl Journal {
    /// The log of the project in this folder; nothing is written yet.
    pub fn new(project: &Path) -> Journal {
        Journal { project: project.to_owned() }
    }

    /// Writes edits as one step. Edits that change nothing are left out.
    ///
    /// # Errors
    /// A text is no longer what an edit was made for; or the disk refuses.
    pub fn commit(&self, edits: &[Edit], label: &str, now: Timestamp) -> Result<Option<Step>, Refused> {
        let mut open = self.open(now)?;
        let mut turns = BTreeMap::new();
        let mut bytes = Vec::new();
        for edit in edits {
            let before = open.log.known.get(&edit.text.id()).cloned();
            if before != edit.base {
                return Err(Refused::Changed(edit.text.clone(), before));
            }
            let after = edit.bytes.as_deref().map(Revision::of);
            if before != after {
                turns.insert(edit.text.id(), Turn { before, after });
                bytes.push((edit.text.clone(), edit.bytes.clone()));
            }
        }
        if turns.is_empty() {
            return Ok(None);
        }
        self.step(&mut open, Step::new(Kind::Edit, label, now, turns), bytes).map(Some)
    }

    /// Runs what writes texts by itself, and keeps what it made of them as one step.
    ///
    /// # Errors
    /// Those of `run`; what it wrote until then is kept as a step all the same. Or the disk refuses.
    pub fn around<T>(
        &self,
        label: &str,
        now: Timestamp,
        run: impl FnOnce() -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        let mut open = self.open(now)?;
        let done = run();
        self.keep(&mut open.log, now, Some(label))?;
        done
    }

    /// Takes the last step back that was not taken back yet. One that another program made is only taken back
    /// where that is `agreed`.
    ///
    /// # Errors
    /// There is none, it was made by another program, or the disk refuses.
    pub fn undo(&self, agreed: bool, now: Timestamp) -> Result<Step, Refused> {
        let mut open = self.open(now)?;
        let step = stack::read(&open.log.steps).undo.pop().cloned().ok_or(Refused::Nothing)?;
        if step.kind == Kind::Outside && !agreed {
            return Err(Refused::Outside(step.label));
        }
        let turns = step.turns.iter().map(|(id, turn)| (id.clone(), turn.back())).collect();
        self.turn(&mut open, Step::of(Kind::Undo, &step, now, turns))
    }

    /// Makes the step again that was last taken back.
    ///
    /// # Errors
    /// There is none, or the disk refuses.
    pub fn redo(&self, now: Timestamp) -> Result<Step, Refused> {
        let mut open = self.open(now)?;
        let step = stack::read(&open.log.steps).redo.pop().cloned().ok_or(Refused::Nothing)?;
        let turns = step.turns.clone();
        self.turn(&mut open, Step::of(Kind::Redo, &step, now, turns))
    }

    /// Brings every text back to what it was after a step; that is a step itself and can be taken back.
    ///
    /// # Errors
    /// There is no such step, nothing has changed since, or the disk refuses.
    pub fn restore(&self, id: u64, now: Timestamp) -> Result<Step, Refused> {
        let mut open = self.open(now)?;
        let at = open.log.steps.iter().position(|step| step.id == id).ok_or(Refused::Nothing)?;
        let mut turns = BTreeMap::new();
        for step in open.log.steps[at + 1..].iter().rev() {
            for (text, turn) in &step.turns {
                let now = open.log.known.get(text).cloned();
                turns.insert(text.clone(), Turn { before: now, after: turn.before.clone() });
            }
        }
        turns.retain(|_, turn| turn.before != turn.after);
        if turns.is_empty() {
            return Err(Refused::Nothing);
        }
        let step = Step::of(Kind::Restore, &open.log.steps[at], now, turns);
        self.turn(&mut open, step)
    }

    /// Gives the project as it is now a name: 送审稿. An empty name takes the name away.
    ///
    /// # Errors
    /// There is no such step, or the disk refuses.
    pub fn name(&self, id: Option<u64>, name: &str, now: Timestamp) -> Result<(), Refused> {
        let mut open = self.open(now)?;
        let name = Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
        match id {
            Some(id) => {
                let step = open.log.steps.iter_mut().find(|step| step.id == id).ok_or(Refused::Nothing)?;
                step.name = name;
            }
            None => {
                let mut step = Step::new(Kind::Mark, "存为版本", now, BTreeMap::new());
                step.name = name;
                open.log.push(step);
            }
        }
        Ok(open.log.save(&self.folder())?)
    }

    /// Looks whether other programs changed a text, and keeps what they made. Returns the texts.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn observe(&self, now: Timestamp) -> Result<Vec<Text>, Diagnostic> {
        let mut open = self.locked()?;
        let changed = self.catch_up(&mut open.log, now)?;
        Ok(changed.iter().filter_map(|id| Text::parse(id)).collect())
    }

    /// What the log says; an empty history where nothing was written yet.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn history(&self) -> Result<History, Diagnostic> {
        let log = Log::load(&self.folder())?;
        let stack = stack::read(&log.steps);
        let label = |steps: &[&Step]| steps.last().map(|step| step.label.clone());
        Ok(History { undo: label(&stack.undo), redo: label(&stack.redo), steps: log.steps })
    }

    fn writing(&self) -> PathBuf {
        self.folder().join(WRITING)
    }

    /// The step is whole. Where the mark cannot be removed, a later change by another program that brings back
    /// exactly what was there before this step would not be listed; nothing else.
    fn written(&self) {
        let _ = fs::remove_file(self.writing());
    }

    fn folder(&self) -> PathBuf {
        self.project.join(FOLDER).join(HISTORY)
    }

    /// The log, locked, with what other programs changed caught up.
    fn open(&self, now: Timestamp) -> Result<Open, Diagnostic> {
        let mut open = self.locked()?;
        self.catch_up(&mut open.log, now)?;
        Ok(open)
    }

    fn locked(&self) -> Result<Open, Diagnostic> {
        let folder = self.folder();
        fs::create_dir_all(&folder).map_err(|_| unwritable(&folder))?;
        let path = self.project.join(FOLDER).join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.and_then(|file| file.lock().map(|()| file)).map_err(|_| unwritable(&path))?;
        Ok(Open { log: Log::load(&folder)?, _lock: lock })
    }

    /// What other programs made of the texts becomes a step.
    fn catch_up(&self, log: &mut Log, now: Timestamp) -> Result<Vec<String>, Diagnostic> {
        self.keep(log, now, None)
    }

    /// Compares every text with what the log knows. What differs became so by what `own` names, else by another
    /// program, or the program ended in the middle of the last step: then that part of the step never was.
    fn keep(&self, log: &mut Log, now: Timestamp, own: Option<&str>) -> Result<Vec<String>, Diagnostic> {
        let mut found: BTreeMap<String, (Option<Revision>, Option<Vec<u8>>)> = BTreeMap::new();
        let texts = texts::list(&self.project);
        let gone = log.known.keys().filter_map(|id| Text::parse(id)).filter(|text| !texts.contains(text));
        for text in texts.iter().cloned().chain(gone.collect::<Vec<_>>()) {
            let bytes = text.read(&self.project)?;
            found.insert(text.id(), (bytes.as_deref().map(Revision::of), bytes));
        }
        found.retain(|id, (revision, _)| log.known.get(id) != revision.as_ref());
        let interrupted = self.writing().exists();
        if found.is_empty() {
            if interrupted {
                self.written();
            }
            return Ok(Vec::new());
        }
        let first = log.known.is_empty() && log.steps.is_empty();
        let mut turns = BTreeMap::new();
        for (id, (after, bytes)) in &found {
            if let Some(bytes) = bytes {
                blobs::keep(&self.folder(), bytes)?;
            }
            let before = log.know(id, after.clone());
            let unseen = interrupted && log.never_was(id, after.as_ref());
            if !(first || unseen) {
                turns.insert(id.clone(), Turn { before, after: after.clone() });
            }
        }
        let changed: Vec<String> = turns.keys().cloned().collect();
        if !turns.is_empty() {
            let step = match own {
                Some(label) => Step::new(Kind::Edit, label, now, turns),
                None => Step::new(Kind::Outside, &outside(&changed), now, turns),
            };
            log.push(step);
        }
        log.save(&self.folder())?;
        self.written();
        Ok(changed)
    }

    /// Turns texts to what the log kept of them.
    fn turn(&self, open: &mut Open, step: Step) -> Result<Step, Refused> {
        let mut bytes = Vec::new();
        for (id, turn) in &step.turns {
            let Some(text) = Text::parse(id) else { continue };
            let content = match &turn.after {
                Some(revision) => Some(blobs::read(&self.folder(), revision)?),
                None => None,
            };
            bytes.push((text, content));
        }
        self.step(open, step, bytes)
    }

    /// First what a text becomes is kept, then the log says so, then the texts are written: whenever the
    /// program ends, every text is the old or the new one, and the log finds out which.
    fn step(
        &self,
        open: &mut Open,
        step: Step,
        bytes: Vec<(Text, Option<Vec<u8>>)>,
    ) -> Result<Step, Refused> {
        let folder = self.folder();
        for content in bytes.iter().filter_map(|(_, content)| content.as_ref()) {
            blobs::keep(&folder, content)?;
        }
        for (id, turn) in &step.turns {
            open.log.know(id, turn.after.clone());
        }
        let step = open.log.push(step);
        thin::thin(&mut open.log);
        fs::write(self.writing(), b"").map_err(|_| unwritable(&folder))?;
        open.log.save(&folder)?;
        for (text, content) in bytes {
            text.write(&self.project, content.as_deref())?;
        }
        self.written();
        if step.id.is_multiple_of(thin::SWEEP) {
            blobs::sweep(&folder, &open.log.kept());
        }
        Ok(step)
    }
}

/// What a step by another program is called.
fn outside(changed: &[String]) -> String {
    let names = changed.iter().filter_map(|id| Text::parse(id)).map(|text| text.name());
    format!("在别的程序里改了 {}", names.collect::<Vec<_>>().join("、"))
}

fn unwritable(path: &Path) -> Diagnostic {
    Diagnostic::error("cannot-write", format!("“{}”不能写入，改动没有保存", path.display()))
        .hint("请检查磁盘是不是满了、项目文件夹是不是只读")
}

#[cfg(test)]
mod tests;
