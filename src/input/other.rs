//! Files that are no report, whatever they are called: each is told what it is.

use std::io::Cursor;
use std::path::Path;

use crate::diag::Diagnostic;

/// How an OLE container begins: an old Word file, or a Word file with a password.
const OLE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// How other kinds of file begin, what they are, and what to do.
const KINDS: [(&[u8], &str, &str); 9] = [
    (b"%TSD-Header-###%", "由防泄密软件加密过，读不了", LOCKED),
    (b"E-SafeNet", "由防泄密软件加密过，读不了", LOCKED),
    (b"%PDF-", "是 PDF 文件，读不了", "请选原来的 Word 文件；只有 PDF 的，先用 WPS 转成 .docx，核对后再用"),
    (b"{\\rtf", "是 RTF 文件，读不了", SAVE),
    (b"\x89PNG", "是图片，不是文字", SCANNED),
    (b"\xFF\xD8\xFF", "是图片，不是文字", SCANNED),
    (b"<html", "其实是网页文件，读不了", SAVE),
    (b"<!DOCTYPE html", "其实是网页文件，读不了", SAVE),
    (b"7z\xBC\xAF", "是压缩包，读不了", "请先解开压缩包，选里面的 .docx 文件"),
];
const LOCKED: &str = "请在装有这个软件的电脑上先解密，再选解密后的文件";
const SAVE: &str = "请用 Word 或 WPS 打开，先另存为 .docx";
const SCANNED: &str = "请先用文字识别软件转成文字，核对后另存为 .docx";

/// Why a file is not read by what it begins with or what it is called; nothing where it may be a report.
pub(super) fn refused(bytes: &[u8], name: &str) -> Option<Diagnostic> {
    let say = |rule, what: &str, hint: &'static str| {
        Some(Diagnostic::error(rule, format!("“{name}”{what}")).hint(hint))
    };
    let file = Path::new(name).file_name().map(|file| file.to_string_lossy()).unwrap_or_default();
    if file.starts_with("~$") || file.starts_with(".~") {
        let hint = "请关闭 Word 或 WPS，选名字前面没有“~$”的那个文件";
        return say("lock-file", "是打开文件时的临时文件，不是报告", hint);
    }
    if bytes.starts_with(&OLE) {
        return container(bytes, name);
    }
    let extension = super::extension_of(name);
    if matches!(extension.as_str(), "txt" | "md") {
        return None;
    }
    let (_, what, hint) = KINDS.into_iter().find(|(start, _, _)| bytes.starts_with(start)).or_else(|| {
        let old = matches!(extension.as_str(), "doc" | "wps") && !bytes.starts_with(b"PK");
        old.then_some((b"", "是旧版文件，读不了", SAVE))
    })?;
    say("other-file", what, hint)
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
