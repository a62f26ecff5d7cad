//! Word files for tests: small ones, changed ones, and those that nobody can read.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;

/// A Word file whose body is this XML.
pub fn word(body: &str) -> Vec<u8> {
    parts(&[(
        "word/document.xml",
        &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
    )])
}

fn parts(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        file.start_file(*name, SimpleFileOptions::default()).expect("a part");
        file.write_all(content.as_bytes()).expect("content");
    }
    file.finish().expect("a file").into_inner()
}

/// A Word file with its document changed; every other part stays.
pub fn changed(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("content");
        if name == "word/document.xml" {
            content = change(String::from_utf8(content).expect("text")).into_bytes();
        }
        file.start_file(name, SimpleFileOptions::default()).expect("a part");
        file.write_all(&content).expect("content");
    }
    file.finish().expect("a file").into_inner()
}

/// The document of a Word file.
pub fn document(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut text).expect("text");
    text
}

/// A part of a Word file that it may not have.
pub fn part_of(path: &Path, name: &str) -> Option<String> {
    let file = std::fs::File::open(path).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).expect("text");
    Some(text)
}

/// A part of a Word file.
pub fn part(path: &Path, name: &str) -> String {
    part_of(path, name).expect(name)
}

/// Files that hold no report that could be read: name, content, and what is said of each.
pub fn unreadable() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let bomb = word(&" ".repeat(200 * 1024 * 1024));
    assert!(bomb.len() < 1024 * 1024);
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0][..], &[0; 600]].concat();
    let mut cut = word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>");
    cut.truncate(60);
    let scan = parts(&[
        (
            "word/document.xml",
            "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>",
        ),
        ("word/media/image1.png", "\u{89}PNG"),
    ]);
    vec![
        ("弹.docx", bomb, "解压后超过"),
        ("旧.doc", ole.clone(), "先另存为 .docx"),
        ("锁.docx", ole, "密码"),
        ("坏.docx", cut, "不是完好的 .docx"),
        ("空.docx", word("<w:p/>"), "没有文字"),
        ("扫描件.docx", scan, "只有图片"),
        ("空.txt", Vec::new(), "没有文字"),
        ("图.txt", vec![0, 1, 2, 255, 0], "不是文本文件"),
        ("大.txt", vec![b'1'; 65 * 1024 * 1024], "超过64 MB"),
    ]
}
