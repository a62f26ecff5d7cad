//! What the texts of a project hold, and edits of them. Nothing here touches the disk.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::pictures::Pictures;
use super::texts::{Revision, Text};
use crate::diag::{Diagnostic, Level, Place, Source};
use crate::facts::edit::{self, FactEdit};
use crate::marked::is_foreign;
use crate::period::Period;
use crate::zh::encoding;

/// The problem of a folder that holds no facts at all.
pub const NO_FACTS: &str = "no-facts-folder";
/// Larger texts are not understood.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// A text as it is in its file, or as it would be: its bytes, and what they say as soon as somebody asks.
#[derive(Debug)]
pub struct Stored {
    name: String,
    bytes: OnceLock<Arc<[u8]>>,
    revision: OnceLock<Revision>,
    content: OnceLock<Result<Arc<Source>, Box<Diagnostic>>>,
    /// Of a text that is not made yet: what it is made from.
    made_of: Option<(Arc<Stored>, Vec<FactEdit>)>,
}

impl Stored {
    /// Bytes under the name that staff know them by.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Stored {
        let (revision, content) = (OnceLock::new(), OnceLock::new());
        Stored { name: name.into(), bytes: OnceLock::from(bytes.into()), revision, content, made_of: None }
    }

    /// A file that could not be read, and why; it has no bytes.
    pub fn unreadable(name: impl Into<String>, why: Diagnostic) -> Stored {
        Stored { content: OnceLock::from(Err(Box::new(why))), ..Stored::new(name, []) }
    }

    /// Other words in the encoding that it has; they are as they are given also where that does not hold them.
    fn rewritten(&self, words: &str) -> Stored {
        let content = OnceLock::from(self.words(words).map_err(Box::new));
        Stored { content, ..Stored::new(self.name.as_str(), encoding::encode(words, self.bytes())) }
    }

    /// The same with changes of facts, made when somebody asks; as it is where they cannot be made.
    fn changed(self: &Arc<Stored>, changes: &[FactEdit]) -> Stored {
        Stored {
            bytes: OnceLock::new(),
            made_of: Some((Arc::clone(self), changes.to_vec())),
            ..Stored::new(self.name.as_str(), [])
        }
    }

    /// Whether a file of this name that holds these bytes is this text.
    pub fn is(&self, name: &str, bytes: &[u8]) -> bool {
        // What could not be read may be an empty file by now.
        self.name == name && **self.bytes() == *bytes && !bytes.is_empty()
    }

    /// Path as shown to staff, relative to the project.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bytes.
    pub fn bytes(&self) -> &Arc<[u8]> {
        self.bytes.get_or_init(|| match &self.made_of {
            Some((old, changes)) => match applied(old, changes) {
                Ok(words) => encoding::encode(&words, old.bytes()).into(),
                Err(_) => Arc::clone(old.bytes()),
            },
            None => Arc::from([]),
        })
    }

    /// The digest of the bytes.
    pub fn revision(&self) -> &Revision {
        self.revision.get_or_init(|| Revision::of(self.bytes()))
    }

    /// The words.
    ///
    /// # Errors
    /// It could not be read, is empty, too large or in an unknown encoding.
    pub fn source(&self) -> Result<&Arc<Source>, Diagnostic> {
        self.content.get_or_init(|| self.decoded().map_err(Box::new)).as_ref().map_err(|why| (**why).clone())
    }

    fn decoded(&self) -> Result<Arc<Source>, Diagnostic> {
        let name = &self.name;
        if let Some((old, changes)) = &self.made_of {
            return applied(old, changes).map_or_else(|_| old.source().cloned(), |words| self.words(&words));
        }
        if self.bytes().len() > LARGEST {
            let problem = Diagnostic::error("file-too-large", format!("{name} 超过4MB，不像事实文件"));
            return Err(problem.hint("请检查是不是放错了文件"));
        }
        let (text, _) = encoding::decode(self.bytes()).ok_or_else(|| {
            Diagnostic::error("unknown-encoding", format!("{name} 不是文本，或编码认不出来"))
                .hint("请用记事本打开，另存为“UTF-8”编码")
        })?;
        self.words(&text)
    }

    /// Words as a source; a file without content is not taken for one that says nothing.
    fn words(&self, words: &str) -> Result<Arc<Source>, Diagnostic> {
        let name = self.name.as_str();
        if words.trim().is_empty() {
            return Err(empty(name));
        }
        Ok(Arc::new(Source::new(name, words)))
    }

    /// A hint where it is read and is not UTF-8.
    pub fn remark(&self) -> Option<Diagnostic> {
        if std::str::from_utf8(self.bytes()).is_ok() {
            return None;
        }
        let source = self.source().ok()?;
        let (_, encoding) = encoding::decode(self.bytes())?;
        let message = format!("{} 按{}编码读取", self.name, encoding?);
        let hint = Diagnostic::new("not-utf8", Level::Hint, message).at(&Place::new(source, 0..0));
        Some(hint.hint("请用记事本打开，另存为“UTF-8”编码，免得在别的电脑上变成乱码"))
    }

    /// Words as bytes in the encoding that it has.
    ///
    /// # Errors
    /// The encoding does not hold them.
    pub fn encoded(&self, text: &str) -> Result<Vec<u8>, Diagnostic> {
        let bytes = encoding::encode(text, self.bytes());
        match encoding::decode(&bytes) {
            Some((read, _)) if read == text => Ok(bytes),
            _ => {
                Err(Diagnostic::error("cannot-encode", format!("{} 的编码写不了新的内容，没有写", self.name))
                    .hint("请用记事本打开这个文件，另存为“UTF-8”编码，再做一次"))
            }
        }
    }
}

/// A file without content is not taken for one that says nothing.
pub fn empty(name: &str) -> Diagnostic {
    Diagnostic::error("empty-file", format!("{name} 是空的")).hint("请填写内容，或删去这个文件")
}

/// Every text of a project. Two values share what has not changed.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    stored: BTreeMap<Text, Arc<Stored>>,
    /// What is remarked on files that are no texts.
    pub remarks: Vec<Diagnostic>,
    /// The picture files.
    pub pictures: Pictures,
    /// Why the folder of the facts cannot be read as a whole.
    pub unreadable: Option<Box<Diagnostic>>,
}

impl Texts {
    /// A text, where there is one.
    pub fn get(&self, text: &Text) -> Option<&Arc<Stored>> {
        self.stored.get(text)
    }

    /// Its revision, where there is one: what an edit of it is made on.
    pub fn revision(&self, text: &Text) -> Option<Revision> {
        self.get(text).map(|stored| stored.revision().clone())
    }

    /// Puts a text in.
    pub fn put(&mut self, text: Text, stored: Arc<Stored>) {
        self.stored.insert(text, stored);
    }

    /// Whether there is a place for facts at all.
    pub fn is_project(&self) -> bool {
        self.unreadable.as_ref().is_none_or(|why| why.rule != NO_FACTS)
    }

    /// Whether there are facts, or what describes them.
    pub fn has_facts(&self) -> bool {
        self.stored.keys().any(|text| matches!(text, Text::Year(_) | Text::Registry))
    }

    /// Takes a text out.
    pub fn remove(&mut self, text: &Text) {
        self.stored.remove(text);
    }

    /// The words of a text; empty where it is not there or cannot be read.
    pub fn words(&self, text: &Text) -> &str {
        self.get(text).and_then(|stored| stored.source().ok()).map_or("", |source| source.text.as_str())
    }

    /// Every text, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Arc<Stored>)> {
        self.stored.iter()
    }

    /// Whether the wanted texts are the same values in both, not only the same bytes.
    pub fn shares(&self, other: &Texts, wanted: &dyn Fn(&Text) -> bool) -> bool {
        let of = |texts: &'_ Texts| texts.stored.iter().filter(|(text, _)| wanted(text)).count();
        let same = |(text, stored): (&Text, &Arc<Stored>)| {
            other.get(text).is_some_and(|other| Arc::ptr_eq(stored, other))
        };
        of(self) == of(other) && self.stored.iter().filter(|(text, _)| wanted(text)).all(same)
    }

    /// The texts after edits. Changes of facts that cannot be made leave their text as it is.
    pub fn with(&self, edits: &Edits) -> Texts {
        let mut texts = self.clone();
        for (text, edit) in edits.iter() {
            let new = match (&edit.edited, self.get(text)) {
                (Edited::Gone, _) => {
                    texts.stored.remove(text);
                    continue;
                }
                (Edited::Values(_), None) => continue,
                (Edited::Values(changes), Some(stored)) => stored.changed(changes),
                (Edited::Bytes(bytes), _) => Stored::new(self.file(text), bytes.as_slice()),
                (Edited::Text(words), Some(stored)) => stored.rewritten(words),
                (Edited::Text(words), None) => Stored::new(text.name(), words.as_bytes()),
            };
            texts.put(text.clone(), Arc::new(new));
        }
        texts
    }

    /// The name of a file: that which is there, else that which would be made.
    fn file(&self, text: &Text) -> String {
        self.get(text).map_or_else(|| text.name(), |stored| stored.name().to_owned())
    }

    /// The bytes that a text has after an edit; nothing where it is taken away.
    ///
    /// # Errors
    /// The changes cannot be made, or its encoding does not hold the words.
    pub fn after(&self, text: &Text, edited: &Edited) -> Result<Option<Vec<u8>>, Diagnostic> {
        let blank = || Arc::new(Stored::new(text.name(), []));
        let stored = self.get(text).cloned().unwrap_or_else(blank);
        Ok(match edited {
            Edited::Gone => None,
            Edited::Bytes(bytes) => Some(bytes.clone()),
            Edited::Text(words) => Some(stored.encoded(words)?),
            Edited::Values(changes) => Some(stored.encoded(&applied(&stored, changes)?)?),
        })
    }
}

/// The words of a fact file with changes made.
fn applied(stored: &Stored, changes: &[FactEdit]) -> Result<String, Diagnostic> {
    edit::apply(&stored.source()?.text, changes).map_err(|error| {
        Diagnostic::error("cannot-edit", format!("{} 没有改：{error}", stored.name()))
            .hint("请用记事本打开核对")
    })
}

impl<I: AsRef<str>, T: AsRef<str>, const N: usize> From<[(I, T); N]> for Texts {
    fn from(all: [(I, T); N]) -> Texts {
        all.into_iter().collect()
    }
}

impl<I: AsRef<str>, T: AsRef<str>> FromIterator<(I, T)> for Texts {
    /// Texts by their ids: `facts/2011`, `templates/汇报`. Others are passed over with a hint, as files of other names
    /// are.
    fn from_iter<A: IntoIterator<Item = (I, T)>>(all: A) -> Texts {
        let mut texts = Texts::default();
        for (id, words) in all {
            match Text::parse(id.as_ref()) {
                Some(text) => {
                    let stored = Stored::new(text.name(), words.as_ref().as_bytes());
                    texts.put(text, Arc::new(stored));
                }
                None => texts.remarks.push(ignored(id.as_ref())),
            }
        }
        texts
    }
}

/// Says that a file is not read.
pub fn ignored(name: &str) -> Diagnostic {
    Diagnostic::new("file-ignored", Level::Hint, format!("没有读 {}", name.replace(is_foreign, "")))
        .hint(meant(name))
}

/// How a file should be called that is perhaps one of facts.
fn meant(name: &str) -> String {
    let file = name.strip_prefix("facts/").unwrap_or(name);
    let stem = file.strip_suffix(".yaml").or(file.strip_suffix(".yml"));
    match stem.and_then(Period::read) {
        Some(period) => format!("是{period}的事实文件的，请改名为 {}.yaml", period.stem()),
        None => "事实文件的名称是四位年份，如 2011.yaml，半年、季度、月份的如 2011上半年.yaml、2011年6月.yaml；指标表是 指标.yaml".to_owned(),
    }
}

/// What a text shall become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// Other words, in the encoding that the text has.
    Text(String),
    /// Other bytes.
    Bytes(Vec<u8>),
    /// Changes of facts; every other byte stays.
    Values(Vec<FactEdit>),
    /// It is taken away.
    Gone,
}

/// An edit and what it is made on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What the text shall become.
    pub edited: Edited,
    /// What it was when the edit was made; nothing where it did not exist.
    pub base: Option<Revision>,
}

/// Edits of several texts that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits(BTreeMap<Text, Edit>);

impl Edits {
    /// Notes an edit, in place of an earlier one of the same text.
    pub fn put(&mut self, text: Text, base: Option<Revision>, edited: Edited) {
        self.0.insert(text, Edit { edited, base });
    }

    /// Notes an edit of a text as it is among these.
    pub fn add(&mut self, on: &Texts, text: Text, edited: Edited) {
        let base = on.revision(&text);
        self.put(text, base, edited);
    }

    /// One edit of a text as it is among these.
    pub fn one(on: &Texts, text: Text, edited: Edited) -> Edits {
        let mut edits = Edits::default();
        edits.add(on, text, edited);
        edits
    }

    /// Takes other edits in.
    pub fn join(&mut self, other: Edits) {
        self.0.extend(other.0);
    }

    /// Every edit, in the order of the texts.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Edit)> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
