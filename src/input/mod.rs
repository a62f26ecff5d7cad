//! Finished documents back in: Word, text or Markdown → [`Document`], the mirror of `output`.
//!
//! Everything is bounded; what a file is, is decided by what it holds, not by its name alone.

mod docx;
pub mod issued;
mod letter;
pub mod other;
mod shape;

pub use docx::patch;

use std::ops::Range;
use std::path::Path;

use crate::diag::Diagnostic;
use crate::document::{Block, Document, Line, Origin};
use crate::zh::encoding;

/// Files larger than this are refused; a report has a thousandth of it.
const LARGEST: u64 = 64 * 1024 * 1024;
/// Bytes of words that can be compared, and of one paragraph; reports have a hundredth of it.
const MOST_WORDS: usize = 6 * 1024 * 1024;
const LONGEST_PARAGRAPH: usize = 300_000;
const PARTS: &str = "请核对是不是选错了文件；汇编请分篇来做";

/// A document that was read, with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// Warnings and hints.
    pub warnings: Vec<Diagnostic>,
    /// The text of the file itself, where it is a text.
    pub written: Option<TypedText>,
    /// What this program made the file from, where it did.
    pub ours: Option<Ours>,
}

/// A report that this program wrote: what it was made from, and its words before anybody changed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ours {
    /// Template and year.
    pub origin: Origin,
    /// A line a block; empty where a program that saved the file has dropped them.
    pub lines: Vec<String>,
}

/// A text file: its content, and where in it the blocks stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedText {
    /// The content, decoded.
    pub text: String,
    /// Lines of blocks, cells of tables each on its own: number of the block, and bytes of the text.
    pub lines: Vec<(usize, Range<usize>)>,
}

/// Reads a `.docx`, `.txt` or `.md` file.
///
/// # Errors
/// The file is missing, too large, of another kind, encrypted or broken, or it holds no text or too much of it.
pub fn read(path: &Path) -> Result<Read, Diagnostic> {
    let shown = path.display().to_string();
    held(&bytes(path, &shown, "一份报告")?, &shown)
}

/// The bytes of a file that somebody names, `kind` what it should be.
///
/// # Errors
/// The file is missing, a folder, larger than 64 MB, or cannot be opened.
pub fn bytes(path: &Path, shown: &str, kind: &str) -> Result<Vec<u8>, Diagnostic> {
    let refuse = |rule, what: &str, hint: &'static str| {
        Err(Diagnostic::error(rule, format!("“{shown}”{what}")).hint(hint))
    };
    let size = match std::fs::metadata(path) {
        Ok(about) if about.is_dir() => return refuse("folder-not-file", "是一个文件夹", "请写上文件名"),
        Ok(about) => about.len(),
        Err(_) => return refuse("no-such-file", "没有找到", "请核对文件名和所在的文件夹"),
    };
    if size > LARGEST {
        let what = format!("超过64 MB，不像{kind}");
        return refuse("file-too-large", &what, "请核对是不是选错了文件");
    }
    let hint = "请核对权限；如果正被别的程序打开，请先关闭";
    std::fs::read(path).or_else(|_| refuse("cannot-read", "打不开", hint))
}

/// Reads the bytes of a file with this name.
///
/// # Errors
/// As [`read`].
pub fn held(bytes: &[u8], name: &str) -> Result<Read, Diagnostic> {
    let refuse = |rule, what: &str, hint: &'static str| {
        Err(Diagnostic::error(rule, format!("“{name}”{what}")).hint(hint))
    };
    if let Some(problem) = other::refused(bytes, name) {
        return Err(problem);
    }
    let extension = extension_of(name);
    let read = if bytes.starts_with(b"PK\x03\x04") || extension == "docx" {
        docx::read(bytes, name)?
    } else {
        decoded(bytes, name, extension == "md")?
    };
    if read.document.blocks.is_empty() {
        return refuse("no-text", "里没有文字", "请核对是不是选错了文件");
    }
    match length(&read.document) {
        (all, _) if all > MOST_WORDS => refuse("file-too-large", "的文字超过6 MB，不像一份报告", PARTS),
        (_, one) if one > LONGEST_PARAGRAPH => {
            refuse("file-too-large", "有一段超过10万字，不像一份报告", PARTS)
        }
        _ => Ok(read),
    }
}

/// Bytes of the words of all blocks, and of the longest one that is no table.
fn length(document: &Document) -> (usize, usize) {
    document.blocks.iter().fold((0, 0), |(all, longest), block| {
        let bytes = Line::of(block).text.len();
        let longest = if matches!(block, Block::Table(_)) { longest } else { bytes.max(longest) };
        (all + bytes, longest)
    })
}

fn extension_of(name: &str) -> String {
    let extension = Path::new(name).extension();
    extension.map(|one| one.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Reads a plain text that is at hand.
pub fn text(text: &str) -> Read {
    at_hand(text, shape::text(text))
}

/// Reads a Markdown text that is at hand.
pub fn markdown(text: &str) -> Read {
    at_hand(text, shape::markdown(text))
}

fn at_hand(text: &str, (document, lines): (Document, shape::Lines)) -> Read {
    let written = Some(TypedText { text: text.to_owned(), lines });
    Read { document, warnings: Vec::new(), written, ours: None }
}

/// What a line of text looks like; every letter is kept.
pub fn looks(line: &str) -> Block {
    shape::block(line)
}

/// Blocks of which title, recipient, signature, dates and the other elements have their places.
pub fn framed(blocks: Vec<Block>) -> Vec<Block> {
    shape::framed(blocks).0
}

/// Whether a block may stand behind a signature: 附件：…, 抄送：…, （此件公开发布）.
pub fn is_behind_signature(block: &Block) -> bool {
    shape::is_behind(block)
}

/// A document for which the blanks that its lines begin with are an indent, and no words.
pub fn unindented(document: Document) -> Document {
    shape::unindented(document)
}

/// Reads a Word file that is at hand.
///
/// # Errors
/// As [`read`].
pub fn word(bytes: &[u8], shown: &str) -> Result<Read, Diagnostic> {
    docx::read(bytes, shown)
}

fn decoded(bytes: &[u8], shown: &str, markdown: bool) -> Result<Read, Diagnostic> {
    let Some((text, encoding)) = encoding::decode(bytes) else {
        return Err(Diagnostic::error("not-text", format!("“{shown}”不是文本文件"))
            .hint("能读的文件有 .docx、.txt 和 .md；旧版 .doc 请先另存为 .docx"));
    };
    if text.contains('\0') {
        return Err(Diagnostic::error("not-text", format!("“{shown}”不是文本文件"))
            .hint("能读的文件有 .docx、.txt 和 .md；旧版 .doc 请先另存为 .docx"));
    }
    let hint = encoding.map(|encoding| {
        Diagnostic::new("not-utf8", crate::diag::Level::Hint, format!("“{shown}”按{encoding}编码读取"))
    });
    let (document, lines) = if markdown { shape::markdown(&text) } else { shape::text(&text) };
    let written = Some(TypedText { text, lines });
    Ok(Read { document, warnings: hint.into_iter().collect(), written, ours: None })
}
