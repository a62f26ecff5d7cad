//! Every change of a project's texts as one log in `.huibao/历史/`: written whole or not at all (`intent`), taken
//! back and made again across all texts, named and restored, also after a restart.
//!
//! The log is a chain: what a step finds is what the step before it left. A change made by another program is
//! noticed and becomes a step of its own, so nothing is lost and nothing is overwritten unseen. Undoing adds a
//! step too; which one comes next is told by reading the chain (`stack`). `thin` keeps the folder small.

mod blobs;
mod intent;
mod log;
mod refused;
mod stack;
mod thin;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::texts::{self, Revision, Text};
use crate::diag::Diagnostic;
use crate::files;
use intent::{Change, TEMPORARY, Unfinished};
use log::{Log, Turn};
pub use log::{Step, StepKind};
pub use refused::Refused;

/// The folder of the program in a project.
pub const FOLDER: &str = ".huibao";
const HISTORY: &str = "历史";
const LOCK: &str = "锁";
/// Keeps the folder of the program out of what is shared by git.
const IGNORE: &str = ".gitignore";

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

/// A text and its new bytes; nothing takes it away.
type Becoming = (Text, Option<Vec<u8>>);

/// A log that is open for change: no other process changes it meanwhile.
struct Open {
    log: Log,
    /// Texts of a change that did not come to its end which somebody has edited since: they were left alone.
    left: Vec<Text>,
    _lock: File,
}

/// What is to be known before the texts are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Texts that are to be taken for something else than their files say: a change did not come to its end, and
    /// nothing can be written.
    pub instead: Vec<Becoming>,
    /// What staff are told.
    pub notes: Vec<Diagnostic>,
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
        let Some((step, texts)) = prepared(&open.log, edits, label, now)? else { return Ok(None) };
        self.step(&mut open, step, texts).map(Some)
    }

    /// Takes the last step back that was not taken back yet. One that another program made is only taken back
    /// where that is `agreed`.
    ///
    /// # Errors
    /// There is none, it was made by another program, or the disk refuses.
    pub fn undo(&self, agreed: bool, now: Timestamp) -> Result<Step, Refused> {
        let mut open = self.open(now)?;
        let step = stack::read(&open.log.steps).undo.pop().cloned().ok_or(Refused::Nothing)?;
        if step.kind == StepKind::Outside && !agreed {
            return Err(Refused::Outside(step.label));
        }
        let turns = step.turns.iter().map(|(id, turn)| (id.clone(), turn.back())).collect();
        self.turn(&mut open, Step::of(StepKind::Undo, &step, now, turns))
    }

    /// Makes the step again that was last taken back.
    ///
    /// # Errors
    /// There is none, or the disk refuses.
    pub fn redo(&self, now: Timestamp) -> Result<Step, Refused> {
        let mut open = self.open(now)?;
        let step = stack::read(&open.log.steps).redo.pop().cloned().ok_or(Refused::Nothing)?;
        let turns = step.turns.clone();
        self.turn(&mut open, Step::of(StepKind::Redo, &step, now, turns))
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
        let step = Step::of(StepKind::Restore, &open.log.steps[at], now, turns);
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
                let mut step = Step::new(StepKind::Mark, "存为版本", now, BTreeMap::new());
                step.name = name;
                open.log.push(step);
            }
        }
        Ok(open.log.save(&self.folder())?)
    }

    /// Finishes or takes back what a program that ended left under way; to be asked before the texts are read. It
    /// costs a look into the project's folders where there is no such thing.
    pub fn settle(&self) -> Settled {
        let folders = texts::folders(&self.project);
        let left = |folder: &PathBuf| !files::under_way(folder, TEMPORARY).is_empty();
        if !Unfinished::is_there(self) && !folders.iter().any(left) {
            return Settled::default();
        }
        let said =
            |message: String, hint: &'static str| Diagnostic::warning("interrupted", message).hint(hint);
        match self.locked() {
            Ok(open) if open.left.is_empty() => Settled::default(),
            Ok(open) => {
                let message =
                    format!("上次写入中断，已恢复；{} 后来改过，没有动", refused::names(&open.left));
                let notes = vec![said(message, "请核对这些文件的内容")];
                Settled { notes, ..Settled::default() }
            }
            Err(_) => {
                let instead = intent::overlay(self);
                let message = "上次写入中断，现在又写不了文件，先按写入以前的内容显示".to_owned();
                let notes = vec![said(message, "请让项目文件夹可以写入，再打开一次，会自动恢复")];
                if instead.is_empty() { Settled::default() } else { Settled { instead, notes } }
            }
        }
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

    fn folder(&self) -> PathBuf {
        self.project.join(FOLDER).join(HISTORY)
    }

    /// The log, locked, with what other programs changed caught up.
    fn open(&self, now: Timestamp) -> Result<Open, Refused> {
        let mut open = self.locked()?;
        self.catch_up(&mut open.log, now)?;
        Ok(open)
    }

    /// The log, locked; what was under way when a program ended is finished or taken back.
    fn locked(&self) -> Result<Open, Refused> {
        let own = self.project.join(FOLDER);
        if fs::symlink_metadata(&own).is_ok_and(|about| !about.is_dir()) {
            return Err(not_a_folder(&own).into());
        }
        let (new, folder) = (!own.exists(), self.folder());
        fs::create_dir_all(&folder).map_err(|_| unwritable(&folder))?;
        if new {
            files::write(&own.join(IGNORE), b"*\n")?;
        }
        let path = own.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.and_then(|file| file.lock().map(|()| file)).map_err(|_| unwritable(&path))?;
        let log = Log::load(&folder)?;
        let left = intent::settle(self, &log)?;
        self.sweep();
        Ok(Open { log, left, _lock: lock })
    }

    /// Takes away what programs that ended left beside the texts. A folder that a link leads to may be another
    /// project's, too: there only what is old goes.
    fn sweep(&self) {
        files::sweep(&self.folder(), files::UNDER_WAY, false);
        for folder in texts::folders(&self.project) {
            files::sweep(
                &folder,
                TEMPORARY,
                fs::symlink_metadata(&folder).is_ok_and(|about| about.is_symlink()),
            );
            files::sweep(&folder, files::UNDER_WAY, true);
        }
    }

    /// Compares every text with what the log knows. What differs was made by another program and becomes a step.
    fn catch_up(&self, log: &mut Log, now: Timestamp) -> Result<Vec<String>, Diagnostic> {
        let mut found: BTreeMap<String, (Option<Revision>, Option<Vec<u8>>)> = BTreeMap::new();
        let texts = texts::list(&self.project);
        let gone = log.known.keys().filter_map(|id| Text::parse(id)).filter(|text| !texts.contains(text));
        for text in texts.iter().cloned().chain(gone.collect::<Vec<_>>()) {
            let bytes = text.read(&self.project)?;
            found.insert(text.id(), (bytes.as_deref().map(Revision::of), bytes));
        }
        found.retain(|id, (revision, _)| log.known.get(id) != revision.as_ref());
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let first = log.known.is_empty() && log.steps.is_empty();
        let mut turns = BTreeMap::new();
        for (id, (after, bytes)) in &found {
            if let Some(bytes) = bytes {
                blobs::keep(&self.folder(), bytes)?;
            }
            let before = log.know(id, after.clone());
            // The log of an earlier version does not know all kinds of texts.
            let untold = log.format < log::FORMAT && Text::parse(id).is_some_and(|text| text.is_late());
            if !(first || untold) {
                turns.insert(id.clone(), Turn { before, after: after.clone() });
            }
        }
        let changed: Vec<String> = turns.keys().cloned().collect();
        if !turns.is_empty() {
            log.push(Step::new(StepKind::Outside, &outside(&changed), now, turns));
        }
        log.save(&self.folder())?;
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

    /// Makes a step: all of its texts, or none of them and nothing else.
    fn step(&self, open: &mut Open, step: Step, texts: Vec<Becoming>) -> Result<Step, Refused> {
        let folder = self.folder();
        let step = Step { id: open.log.newest + 1, ..step };
        let mut change = Change::new(self, step.clone(), texts)?;
        if let Err(refused) = change.run(&intent::plan(change.len()), &mut open.log) {
            return Err(self.give_up(open, change, refused));
        }
        if step.id.is_multiple_of(thin::SWEEP) {
            blobs::sweep(&folder, &open.log.kept());
        }
        Ok(step)
    }

    /// Puts back what a change that stopped has done, and says why it stopped; where that cannot be done either, how
    /// far it came.
    fn give_up(&self, open: &mut Open, change: Change<'_>, why: Refused) -> Refused {
        drop(change);
        let back = Log::load(&self.folder()).map_err(Refused::from).and_then(|log| {
            open.log = log;
            intent::settle(self, &open.log)
        });
        back.err().unwrap_or(why)
    }
}

/// A step of edits, with the texts' new bytes; nothing where they change nothing.
///
/// # Errors
/// A text is no longer what an edit was made for.
fn prepared(
    log: &Log,
    edits: &[Edit],
    label: &str,
    now: Timestamp,
) -> Result<Option<(Step, Vec<Becoming>)>, Refused> {
    let (mut turns, mut texts) = (BTreeMap::new(), Vec::new());
    for edit in edits {
        let before = log.known.get(&edit.text.id()).cloned();
        if before != edit.base {
            return Err(Refused::Changed(edit.text.clone(), before));
        }
        let after = edit.bytes.as_deref().map(Revision::of);
        if before != after {
            turns.insert(edit.text.id(), Turn { before, after });
            texts.push((edit.text.clone(), edit.bytes.clone()));
        }
    }
    Ok((!texts.is_empty()).then(|| (Step::new(StepKind::Edit, label, now, turns), texts)))
}

/// What a step by another program is called.
fn outside(changed: &[String]) -> String {
    let names = changed.iter().filter_map(|id| Text::parse(id)).map(|text| text.name());
    format!("在别的程序里改了 {}", names.collect::<Vec<_>>().join("、"))
}

fn not_a_folder(path: &Path) -> Diagnostic {
    Diagnostic::error("not-a-folder", format!("“{}”是链接或文件，不是文件夹，改动没有保存", path.display()))
        .hint("它要放改动的历史：请把它改名或移走，程序会另建一个")
}

fn unwritable(path: &Path) -> Diagnostic {
    Diagnostic::error("cannot-write", format!("“{}”不能写入，改动没有保存", path.display()))
        .hint("请检查磁盘是不是满了、项目文件夹是不是只读")
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod writers;
