//! The folder of a project: values come from it, and edits go to it in one go; its history takes them back.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::folder;
use super::journal::{self, History, Journal, Refused, Step};
use super::stored::{self, Edits, Stored, Texts};
use super::texts::Text;
use super::value::Project;
use crate::diag::Diagnostic;

/// What came of a change.
#[derive(Clone)]
pub struct Done {
    /// The project as it is now.
    pub project: Project,
    /// The step of the history; nothing where nothing changed.
    pub step: Option<Step>,
}

impl Project {
    /// The project in a folder.
    pub fn open(place: &Path) -> Project {
        Project::at(place, read(place, &Texts::default()))
    }

    /// The same project as its folder is now.
    pub fn reread(&self) -> Project {
        self.turned(read(self.place(), self.texts()))
    }

    /// Writes edits as one step: all of them or none.
    ///
    /// # Errors
    /// A text is no longer what its edit was made for, an edit cannot be made, or the disk refuses.
    pub fn commit(&self, edits: &Edits, label: &str, now: Timestamp) -> Result<Done, Refused> {
        let raw = self.raw(edits)?;
        if raw.is_empty() {
            return Ok(Done { project: self.clone(), step: None });
        }
        let step = self.journal().commit(&raw, label, now)?;
        Ok(Done { project: self.reread(), step })
    }

    /// Edits as the bytes that texts become.
    ///
    /// # Errors
    /// A text is no longer what its edit was made for, or would never be read again.
    pub(super) fn raw(&self, edits: &Edits) -> Result<Vec<journal::Edit>, Refused> {
        let raw = |(text, edit): (&Text, &stored::Edit)| {
            let base = self.texts().revision(text);
            if base != edit.base {
                return Err(Refused::Changed(text.clone(), base));
            }
            let bytes = self.texts().after(text, &edit.edited)?;
            if bytes.as_ref().is_some_and(|bytes| bytes.len() > stored::LARGEST) {
                return Err(too_large(text).into());
            }
            Ok(journal::Edit { text: text.clone(), base, bytes })
        };
        edits.iter().map(raw).collect()
    }

    /// Takes the last step back that was not taken back yet; one that another program made only where that is
    /// `agreed`.
    ///
    /// # Errors
    /// There is none, it was made by another program, or the disk refuses.
    pub fn undo(&self, agreed: bool, now: Timestamp) -> Result<Done, Refused> {
        self.turned_by(self.journal().undo(agreed, now)?)
    }

    /// Makes the step again that was last taken back.
    ///
    /// # Errors
    /// There is none, or the disk refuses.
    pub fn redo(&self, now: Timestamp) -> Result<Done, Refused> {
        self.turned_by(self.journal().redo(now)?)
    }

    /// Brings every text back to what it was after a step; that is a step itself and can be taken back.
    ///
    /// # Errors
    /// There is no such step, nothing has changed since, or the disk refuses.
    pub fn restore(&self, step: u64, now: Timestamp) -> Result<Done, Refused> {
        self.turned_by(self.journal().restore(step, now)?)
    }

    fn turned_by(&self, step: Step) -> Result<Done, Refused> {
        Ok(Done { project: self.reread(), step: Some(step) })
    }

    /// Gives a step, or the project as it is now, a name: 送审稿. An empty name takes the name away.
    ///
    /// # Errors
    /// There is no such step, or the disk refuses.
    pub fn name(&self, step: Option<u64>, name: &str, now: Timestamp) -> Result<(), Refused> {
        self.journal().name(step, name, now)
    }

    /// Notes in the history what other programs changed. Returns the texts.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn observe(&self, now: Timestamp) -> Result<Vec<Text>, Diagnostic> {
        self.journal().observe(now)
    }

    /// Everything that was changed; empty where nothing was written yet.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn history(&self) -> Result<History, Diagnostic> {
        self.journal().history()
    }

    fn journal(&self) -> Journal {
        Journal::new(self.place())
    }

    /// The text of the project that a path leads to, there already or not; nothing for any other file.
    pub fn text_at(&self, path: &Path) -> Option<Text> {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let whole = |path: &Path| Some(real(crate::files::folder_of(path))?.join(path.file_name()?));
        let path = real(path).or_else(|| whole(path))?;
        let known = self.texts().iter().map(|(text, _)| text);
        let mut linked = known.filter(|text| real(&text.path(self.place())).as_deref() == Some(&path));
        if let Some(text) = linked.next() {
            return Some(text.clone());
        }
        let inside = path.strip_prefix(real(self.place())?).ok()?;
        Text::of_file(&inside.to_string_lossy().replace('\\', "/"))
    }
}

/// The texts in a folder. What a program that ended left under way is finished or taken back first.
fn read(place: &Path, known: &Texts) -> Texts {
    let settled = Journal::new(place).settle();
    let mut texts = folder::read(place, known);
    for (text, bytes) in settled.instead {
        match bytes {
            Some(bytes) => texts.put(text.clone(), Arc::new(Stored::new(text.name(), bytes))),
            None => texts.remove(&text),
        }
    }
    texts.remarks.extend(settled.notes);
    texts
}

fn too_large(text: &Text) -> Diagnostic {
    Diagnostic::error("file-too-large", format!("{} 写成以后会超过4MB，没有写", text.name()))
        .hint("请核对内容，或分开存")
}
