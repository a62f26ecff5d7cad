//! One change of several texts as acts on the disk, in an order in which the program may end at any moment: what
//! stands in the intent is finished or taken back by whoever opens the project next.
//!
//! A text is compared with what it was right before it is replaced. What another program writes in between those
//! two calls is the only thing that could be lost; nothing is waited for in between.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::log::{Log, Step, Turn};
use super::refused::Refused;
use super::{Becoming, Journal, blobs, thin};
use crate::diag::Diagnostic;
use crate::files;
use crate::project::texts::{Revision, Text};

/// How names of texts begin that are not in their place yet.
pub(super) const TEMPORARY: &str = ".huibao-写-";
/// There while a change is being made; what it says is enough to finish it or to take it back.
const INTENT: &str = "写入中";

/// What is done on the disk. A number says for which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Its old and its new bytes are kept in the history.
    Blob(usize),
    /// Its new bytes are written beside it.
    Temp(usize),
    /// What is meant is written down.
    Intent,
    /// It is held against what it was when the change was made.
    Compare(usize),
    /// Its new bytes come into its place.
    Rename(usize),
    /// The log says so.
    Log,
    /// The intent goes away.
    Clear,
}

/// The acts of a change of so many texts.
pub(super) fn plan(texts: usize) -> Vec<Act> {
    let each = |act: fn(usize) -> Act| (0..texts).map(act);
    let replaced = (0..texts).flat_map(|text| [Act::Compare(text), Act::Rename(text)]);
    let before = each(Act::Blob).chain(each(Act::Temp)).chain([Act::Intent]);
    before.chain(replaced).chain([Act::Log, Act::Clear]).collect()
}

/// A change that is being made.
pub(super) struct Change<'j> {
    journal: &'j Journal,
    step: Step,
    texts: Vec<Turned>,
}

/// What becomes of one text.
struct Turned {
    text: Text,
    turn: Turn,
    bytes: Option<Vec<u8>>,
    /// Its file, perhaps a link.
    path: PathBuf,
    /// The file itself.
    target: PathBuf,
    temporary: Option<PathBuf>,
}

impl<'j> Change<'j> {
    /// A change of texts to new bytes; `step` has a turn for each of them. Nothing is written yet but the folders.
    ///
    /// # Errors
    /// A text is no plain file, or its folder cannot be made.
    pub fn new(journal: &'j Journal, step: Step, texts: Vec<Becoming>) -> Result<Change<'j>, Diagnostic> {
        let turned = |(text, bytes): Becoming| {
            let turn = step.turns[&text.id()].clone();
            let path = text.path(&journal.project);
            let folder = files::folder_of(&path);
            fs::create_dir_all(folder).map_err(|error| files::unwritable(folder, error.kind()))?;
            Ok(Turned { target: files::target(&path)?, text, turn, bytes, path, temporary: None })
        };
        let texts = texts.into_iter().map(turned).collect::<Result<_, Diagnostic>>()?;
        Ok(Change { journal, step, texts })
    }

    /// How many texts change.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Does one act after the other.
    ///
    /// # Errors
    /// Why it stopped; what was done until then is still there.
    pub fn run(&mut self, acts: &[Act], log: &mut Log) -> Result<(), Refused> {
        acts.iter().try_for_each(|act| self.act(*act, log))
    }

    fn act(&mut self, act: Act, log: &mut Log) -> Result<(), Refused> {
        match act {
            Act::Blob(text) => self.texts[text].keep(&self.journal.folder()),
            Act::Temp(text) => self.texts[text].stage(),
            Act::Intent => {
                Ok(files::write(&intent(self.journal), json!(self.unfinished()).to_string().as_bytes())?)
            }
            Act::Compare(text) => self.texts[text].compare(),
            Act::Rename(text) => self.texts[text].replace(),
            Act::Log => self.log(log),
            Act::Clear => {
                clear(self.journal);
                Ok(())
            }
        }
    }

    fn log(&mut self, log: &mut Log) -> Result<(), Refused> {
        self.texts.iter().for_each(|text| settled(files::folder_of(&text.target)));
        for (id, turn) in &self.step.turns {
            log.know(id, turn.after.clone());
        }
        log.push(self.step.clone());
        thin::thin(log);
        Ok(log.save(&self.journal.folder())?)
    }

    /// What is written down before the first rename.
    fn unfinished(&self) -> Unfinished {
        let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        let temporary = |text: &Turned| Some((text.text.id(), text.temporary.as_ref().and_then(name)?));
        Unfinished { step: self.step.clone(), temporary: self.texts.iter().filter_map(temporary).collect() }
    }
}

impl Drop for Change<'_> {
    /// What did not come into its place goes away.
    fn drop(&mut self) {
        for path in self.texts.iter().filter_map(|text| text.temporary.as_ref()) {
            let _ = fs::remove_file(path);
        }
    }
}

impl Turned {
    /// The old bytes are in the history, unless somebody took them out of it.
    fn keep(&self, history: &Path) -> Result<(), Refused> {
        if let Some(bytes) = &self.bytes {
            blobs::keep(history, bytes)?;
        }
        if self.turn.before.as_ref().is_none_or(|before| blobs::has(history, before)) {
            return Ok(());
        }
        self.compare()?;
        let bytes = fs::read(&self.target).map_err(|error| self.held(error.kind()))?;
        Ok(blobs::keep(history, &bytes)?)
    }

    fn stage(&mut self) -> Result<(), Refused> {
        let Some(bytes) = &self.bytes else { return Ok(()) };
        let file = files::beside(&self.target, TEMPORARY, bytes)?;
        let (_, path) = file.keep().map_err(|error| self.held(error.error.kind()))?;
        self.temporary = Some(path);
        Ok(())
    }

    fn compare(&self) -> Result<(), Refused> {
        let now = revision(&self.text, &self.target)?;
        if now == self.turn.before { Ok(()) } else { Err(Refused::Changed(self.text.clone(), now)) }
    }

    fn replace(&mut self) -> Result<(), Refused> {
        let done = match &self.temporary {
            Some(temporary) => fs::rename(temporary, &self.target),
            // A link goes, and not what it leads to.
            None => fs::remove_file(&self.path),
        };
        done.map_err(|error| self.held(error.kind()))?;
        if self.temporary.take().is_none() {
            drop_empty(files::folder_of(&self.path));
        }
        Ok(())
    }

    fn held(&self, kind: ErrorKind) -> Refused {
        let (why, hint) = files::why(kind);
        Refused::Undone {
            held: self.text.clone(),
            why: Box::new(Diagnostic::error("cannot-write", why).hint(hint)),
        }
    }
}

fn intent(journal: &Journal) -> PathBuf {
    journal.folder().join(INTENT)
}

/// Where the intent cannot be removed now, whoever opens the project next finds that the log says the same.
fn clear(journal: &Journal) {
    let _ = fs::remove_file(intent(journal));
}

fn revision(text: &Text, path: &Path) -> Result<Option<Revision>, Diagnostic> {
    Ok(text.read_at(path)?.as_deref().map(Revision::of))
}

/// A change that a program wrote down and may not have finished.
#[derive(Serialize, Deserialize)]
pub(super) struct Unfinished {
    step: Step,
    temporary: BTreeMap<String, String>,
}

impl Unfinished {
    /// Whether anything was written down.
    pub fn is_there(journal: &Journal) -> bool {
        intent(journal).exists()
    }

    /// What was written down; nothing where no change is under way.
    pub fn load(journal: &Journal) -> Option<Unfinished> {
        serde_json::from_slice(&fs::read(intent(journal)).ok()?).ok()
    }

    /// What the texts shall be, each with what it may be now instead: the new where the log has the step, else the old.
    fn wanted(&self, log: &Log) -> impl Iterator<Item = (Text, Turn)> {
        let logged = |step: &Step| step.id == self.step.id && step.at == self.step.at;
        let forward = log.steps.iter().any(logged);
        self.step.turns.iter().filter_map(move |(id, turn)| {
            Some((Text::parse(id)?, if forward { turn.clone() } else { turn.back() }))
        })
    }
}

/// Finishes a change that the log has, or takes back one that it does not have. Texts that another program has
/// changed meanwhile are left alone and returned.
///
/// # Errors
/// A text cannot be written; then all is tried again the next time.
pub(super) fn settle(journal: &Journal, log: &Log) -> Result<Vec<Text>, Refused> {
    let Some(unfinished) = Unfinished::load(journal) else {
        clear(journal);
        return Ok(Vec::new());
    };
    let (mut outside, mut stuck) = (Vec::new(), false);
    for (text, turn) in unfinished.wanted(log) {
        let path = text.path(&journal.project);
        match revision(&text, &path)? {
            now if now == turn.after => {
                if now.is_none() {
                    drop_empty(files::folder_of(&path));
                }
            }
            now if now == turn.before => stuck |= put(journal, &text, &turn).is_err(),
            _ => outside.push(text),
        }
    }
    if stuck {
        return Err(unfinished.half(journal));
    }
    for (text, name) in &unfinished.temporary {
        let target = Text::parse(text).and_then(|text| files::target(&text.path(&journal.project)).ok());
        if let Some(target) = target.filter(|_| name.starts_with(TEMPORARY)) {
            let _ = fs::remove_file(files::folder_of(&target).join(name));
        }
    }
    clear(journal);
    Ok(outside)
}

impl Unfinished {
    /// Which texts are new and which are old, where neither can be made of all.
    fn half(&self, journal: &Journal) -> Refused {
        let (mut new, mut old) = (Vec::new(), Vec::new());
        for (id, turn) in &self.step.turns {
            let Some(text) = Text::parse(id) else { continue };
            let now = revision(&text, &text.path(&journal.project)).ok().flatten();
            if now == turn.after { new.push(text) } else { old.push(text) }
        }
        Refused::Half { new, old }
    }
}

/// What the texts of an unfinished change are to be taken for, of those that are not so: a project that cannot be
/// written to is shown so.
pub(super) fn overlay(journal: &Journal) -> Vec<Becoming> {
    let (Some(unfinished), Ok(log)) = (Unfinished::load(journal), Log::load(&journal.folder())) else {
        return Vec::new();
    };
    let open = unfinished.wanted(&log).filter_map(|(text, turn)| {
        let now = revision(&text, &text.path(&journal.project)).ok()?;
        let bytes = match &turn.after {
            _ if now != turn.before => return None,
            Some(after) => Some(blobs::read(&journal.folder(), after).ok()?),
            None => None,
        };
        Some((text, bytes))
    });
    open.collect()
}

/// Puts what the history has of a text into its place, if it still is what it may be.
fn put(journal: &Journal, text: &Text, turn: &Turn) -> Result<(), Refused> {
    let bytes = turn.after.as_ref().map(|revision| blobs::read(&journal.folder(), revision)).transpose()?;
    let path = text.path(&journal.project);
    let target = files::target(&path)?;
    let mut turned = Turned { text: text.clone(), turn: turn.clone(), bytes, path, target, temporary: None };
    turned.stage()?;
    turned.compare()?;
    turned.replace()?;
    settled(files::folder_of(&turned.target));
    Ok(())
}

/// A folder that was made for a text goes with it; one that holds anything stays.
fn drop_empty(folder: &Path) {
    let _ = fs::remove_dir(folder);
}

/// What was renamed in a folder is on the disk; a system that knows no such thing has it there already.
fn settled(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = fs::File::open(folder)
    {
        let _ = folder.sync_all();
    }
}
