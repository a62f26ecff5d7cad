//! Files that are no report, whatever they are called: each is told what it is.

use std::io::Cursor;
use std::path::Path;

use crate::diag::Diagnostic;
use crate::zh::encoding;

/// How an OLE container begins: an old Word file, or a Word file with a password.
const OLE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// A file that holds neither a report nor a table, and that says so itself: by how it begins or what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// What a program keeps beside a file that is open.
    Lock,
    /// Locked by a program against leaks.
    Sealed,
    /// PDF.
    Pdf,
    /// RTF.
    Rtf,
    /// A picture.
    Picture,
    /// A web page.
    Web,
    /// An archive of another kind than zip.
    Archive,
}

/// How other kinds of file begin.
const BEGINNINGS: [(&[u8], Other); 15] = [
    (b"%TSD-Header-###%", Other::Sealed),
    (b"E-SafeNet", Other::Sealed),
    (b"%PDF-", Other::Pdf),
    (b"{\\rtf", Other::Rtf),
    (b"\x89PNG", Other::Picture),
    (b"\xFF\xD8\xFF", Other::Picture),
    (b"GIF8", Other::Picture),
    (b"II*\0", Other::Picture),
    (b"MM\0*", Other::Picture),
    (b"RIFF", Other::Picture),
    (b"<html", Other::Web),
    (b"<!DOCTYPE html", Other::Web),
    (b"7z\xBC\xAF", Other::Archive),
    (b"Rar!", Other::Archive),
    (b"\x1F\x8B", Other::Archive),
];
const SAVE: &str = "请用 Word 或 WPS 打开，先另存为 .docx";

impl Other {
    /// What a file with this name and these bytes is; nothing where it may hold what is looked for.
    pub fn of(bytes: &[u8], name: &str) -> Option<Other> {
        let file = Path::new(name).file_name().map(|file| file.to_string_lossy()).unwrap_or_default();
        if file.starts_with("~$") || file.starts_with(".~") {
            return Some(Other::Lock);
        }
        let begins = BEGINNINGS.into_iter().find(|(start, _)| bytes.starts_with(start));
        begins.map(|(_, other)| other).or_else(|| inside(bytes))
    }

    /// The rule by which it is refused.
    pub fn rule(self) -> &'static str {
        if self == Other::Lock { "lock-file" } else { "other-file" }
    }

    /// What is said of it behind its name.
    pub fn what(self) -> &'static str {
        match self {
            Other::Lock => "是打开文件时的临时文件，不是原来的文件",
            Other::Sealed => "由防泄密软件加密过，读不了",
            Other::Pdf => "是 PDF 文件，读不了",
            Other::Rtf => "是 RTF 文件，读不了",
            Other::Picture => "是图片，读不了",
            Other::Web => "其实是网页文件，读不了",
            Other::Archive => "是压缩包，读不了",
        }
    }

    /// What to do where a report is wanted.
    fn hint(self) -> &'static str {
        match self {
            Other::Lock => "请关闭 Word 或 WPS，选名字前面没有“~$”的那个文件",
            Other::Sealed => "请在装有这个软件的电脑上先解密，再选解密后的文件",
            Other::Pdf => "请选原来的 Word 文件；只有 PDF 的，先用 WPS 转成 .docx，核对后再用",
            Other::Rtf | Other::Web => SAVE,
            Other::Picture => "请先用文字识别软件转成文字，核对后另存为 .docx",
            Other::Archive => "请先解开压缩包，选里面的 .docx 文件",
        }
    }
}

/// What does not stand at the very beginning: BMP and HEIC name themselves behind a length, a PDF may follow other
/// lines.
fn inside(bytes: &[u8]) -> Option<Other> {
    const NEAR: usize = 1024;
    let at = |place: usize, mark: &[u8]| bytes.get(place..place + mark.len()) == Some(mark);
    let near = &bytes[..bytes.len().min(NEAR)];
    if at(0, b"BM") && at(6, &[0; 4]) || at(4, b"ftyp") {
        Some(Other::Picture)
    } else if !at(0, b"PK") && near.windows(6).any(|mark| mark == b"\n%PDF-") {
        Some(Other::Pdf)
    } else {
        None
    }
}

/// What a file that is written in characters says itself to be, or why there is none in it: what, and what to do.
fn written(bytes: &[u8], extension: &str) -> Option<(&'static str, &'static str)> {
    const AGAIN: &str = "请到原来的地方重新复制或下载";
    if bytes.iter().all(|byte| *byte == 0) {
        let empty = bytes.is_empty();
        return Some((if empty { "是空文件" } else { "里面全是空的，没有存好或没有下载完" }, AGAIN));
    }
    let head = head(bytes);
    if head.starts_with("<?xml") || head.starts_with("<pkg:package") {
        return Some(("是 XML 文件，不能当文字读", SAVE));
    }
    if head.starts_with("<html") || head.starts_with("<!doctype html") {
        return Some((Other::Web.what(), SAVE));
    }
    let mail = ["mime-version:", "from:"].iter().any(|field| head.starts_with(field));
    if mail && head.contains("mime-version:") {
        return Some(("其实是单个文件的网页（.mht），读不了", SAVE));
    }
    let text = || encoding::decode(bytes).is_some_and(|(text, _)| !text.contains('\0'));
    let renamed = extension == "docx" && !bytes.starts_with(b"PK") && text();
    renamed.then_some(("其实是纯文本文件，只是改了扩展名", "请把扩展名改回 .txt 再选"))
}

/// The first characters of a file, small, without a mark of their encoding.
fn head(bytes: &[u8]) -> String {
    const FIRST: usize = 1024;
    let (head, _, _) = encoding_rs::UTF_8.decode(&bytes[..bytes.len().min(FIRST)]);
    head.trim_start().to_lowercase()
}

/// Why a file is not read by what it begins with or what it is called; nothing where it may be a report.
pub(super) fn refused(bytes: &[u8], name: &str) -> Option<Diagnostic> {
    let say = |rule, what: &str, hint: &'static str| {
        Some(Diagnostic::error(rule, format!("“{name}”{what}")).hint(hint))
    };
    let other = Other::of(bytes, name);
    if bytes.starts_with(&OLE) && other != Some(Other::Lock) {
        return container(bytes, name);
    }
    let extension = super::extension_of(name);
    let text = matches!(extension.as_str(), "txt" | "md");
    if let Some(other) = other.filter(|other| !text || *other == Other::Lock) {
        return say(other.rule(), other.what(), other.hint());
    }
    if let Some((what, hint)) = written(bytes, &extension).filter(|_| !text) {
        return say("other-file", what, hint);
    }
    let old = matches!(extension.as_str(), "doc" | "wps") && !bytes.starts_with(b"PK");
    if old { say("other-file", "是旧版文件，读不了", SAVE) } else { None }
}

/// A container of the older kind: what is in it says what it is.
fn container(bytes: &[u8], name: &str) -> Option<Diagnostic> {
    let say = |rule, what: &str, hint: &'static str| {
        Some(Diagnostic::error(rule, format!("“{name}”{what}")).hint(hint))
    };
    let unlock = "请用 Word 或 WPS 打开，去掉密码，另存为 .docx";
    let inside = cfb::CompoundFile::open(Cursor::new(bytes)).ok();
    let holds = |stream: &str| inside.as_ref().is_some_and(|file| file.exists(stream));
    if holds("EncryptedPackage") {
        say("encrypted", "加了密码，读不了", unlock)
    } else if holds("Workbook") || holds("Book") {
        say("other-file", "其实是 Excel 工作簿", "请选 Word 文件（.docx）")
    } else if holds("PowerPoint Document") {
        say("other-file", "其实是演示文稿", "请选 Word 文件（.docx）")
    } else if holds("WordDocument") || super::extension_of(name) != "docx" {
        say("old-word", "是旧版文件，读不了", SAVE)
    } else {
        say("encrypted", "加了密码，或其实是旧版 .doc 文件", unlock)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn container(stream: &str) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap().write_all(b"x").unwrap();
        file.into_inner().into_inner()
    }

    fn said(bytes: &[u8], name: &str) -> String {
        refused(bytes, name).map(|problem| problem.message).unwrap_or_default()
    }

    #[test]
    fn each_kind_of_file_is_told_what_it_is() {
        for (bytes, name, wanted) in [
            (container("EncryptedPackage"), "a.docx", "加了密码"),
            (container("WordDocument"), "a.docx", "旧版文件"),
            (container("Workbook"), "a.docx", "Excel"),
            (container("PowerPoint Document"), "a.docx", "演示文稿"),
            (b"<?xml version=\"1.0\"?><pkg:package/>".to_vec(), "a.xml", "XML"),
            (b"\xEF\xBB\xBF<?xml version=\"1.0\"?>".to_vec(), "a.doc", "XML"),
            (b"<?xml".to_vec(), "a.txt", ""),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0".to_vec(), "a.doc", "网页"),
            (b"MIME-Version: 1.0\r\n".to_vec(), "a.doc", ".mht"),
            (b"From: <x>\r\nMIME-Version: 1.0\r\n".to_vec(), "a.docx", ".mht"),
            (Vec::new(), "a.docx", "空文件"),
            (vec![0; 9], "a.docx", "没有存好"),
            ("全镇".as_bytes().to_vec(), "a.docx", "纯文本"),
            (b"GIF89a".to_vec(), "a.docx", "图片"),
            (b"\0\0\0\x18ftypheic".to_vec(), "a.docx", "图片"),
            (b"x\n%PDF-1.4".to_vec(), "a.docx", "PDF"),
            (b"\x1F\x8B\x08".to_vec(), "a.docx", "压缩包"),
            (OLE.to_vec(), "a.docx", "或其实是旧版"),
            (OLE.to_vec(), "a.wps", "旧版文件"),
            (b"x".to_vec(), "a.doc", "旧版文件"),
            (b"%TSD-Header-###%abc".to_vec(), "a.docx", "防泄密软件"),
            (b"%PDF-1.7".to_vec(), "a.docx", "PDF"),
            (b"PK\x03\x04".to_vec(), "夹/~$a.docx", "临时文件"),
            (b"PK\x03\x04".to_vec(), "a.docx", ""),
            ("全镇".as_bytes().to_vec(), "a.txt", ""),
        ] {
            let said = said(&bytes, name);
            assert!(said.contains(wanted) && said.is_empty() == wanted.is_empty(), "{name}: {said}");
        }
    }
}
