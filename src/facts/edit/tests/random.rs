//! Random fact files in every way of writing, and random changes of them.
//!
//! Both read their choices from a tape of bytes, so a failing case shrinks to a short tape.

use super::{FactEdit, Row, cell, field, insert, list, move_row, remove, remove_row, rename, rows, set};

/// Choices, one after another; an empty tape always chooses the first.
pub(super) struct Tape {
    bytes: std::vec::IntoIter<u8>,
    /// Numbers that make words unlike each other.
    serial: usize,
}

impl Tape {
    pub fn new(bytes: Vec<u8>) -> Tape {
        Tape { bytes: bytes.into_iter(), serial: 0 }
    }

    pub fn pick(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().unwrap_or_default()) % count.max(1)
    }

    fn one<'o>(&mut self, of: &[&'o str]) -> &'o str {
        of[self.pick(of.len())]
    }

    fn serial(&mut self) -> usize {
        self.serial += 1;
        self.serial
    }
}

/// A line of a random file, without its end, and the entries it is about; none for what stands free.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    pub about: Vec<String>,
}

/// What is being written.
pub(super) struct File<'t> {
    tape: &'t mut Tape,
    /// Whether every group is indented by two.
    is_even: bool,
    pub lines: Vec<Line>,
}

const NAMES: [&str; 6] = ["甲", "乙", "丙", "'丁 x'", "戊", "己"];
pub(super) const PLAIN_NAMES: [&str; 6] = ["甲", "乙", "丙", "丁 x", "戊", "己"];

/// A file of a few groups and facts.
pub(super) fn file(tape: &mut Tape, is_even: bool) -> Vec<Line> {
    let mut file = File { tape, is_even, lines: Vec::new() };
    if file.tape.pick(4) == 1 {
        file.free("# yaml-language-server: $schema=事实.schema.json");
    }
    file.push("年度: 2011".to_owned(), &["年度"]);
    for index in 0..1 + file.tape.pick(5) {
        file.entry("", index, 0, 2);
    }
    if file.tape.pick(4) == 1 {
        file.free("# 尾");
    }
    file.lines
}

impl File<'_> {
    fn push(&mut self, text: String, about: &[&str]) {
        self.lines.push(Line { text, about: about.iter().map(|path| (*path).to_owned()).collect() });
    }

    fn free(&mut self, text: &str) {
        self.push(text.to_owned(), &[]);
    }

    fn entry(&mut self, above: &str, index: usize, indent: usize, depth: usize) {
        let pad = " ".repeat(indent);
        match self.tape.pick(8) {
            1 => self.free(""),
            2 => {
                let serial = self.tape.serial();
                // It goes with the whole group, not with an entry of it.
                self.push(format!("{pad}# 闲{serial}"), &[&format!("{above}.闲")]);
                self.free("");
            }
            _ => {}
        }
        let dotted = if self.tape.pick(6) == 1 { ["子", "丑"][index % 2] } else { "" };
        let (key, name) = match dotted {
            "" => (NAMES[index % 6].to_owned(), PLAIN_NAMES[index % 6].to_owned()),
            group => (format!("{group}.{index}x"), format!("{group}.{index}x")),
        };
        let path = if above.is_empty() { name } else { format!("{above}.{name}") };
        if self.tape.pick(5) == 1 {
            self.push(format!("{pad}# {path}的注"), &[&path]);
        }
        match self.tape.pick(10) {
            1 | 2 if depth > 0 => self.group(&pad, &key, &path, depth),
            3 if depth > 0 => {
                let mut about = vec![path.clone()];
                let group = self.flow_group(&path, 1, &mut about);
                self.fact_line(format!("{pad}{key}: {group}"), &about, &path);
            }
            4 => self.block_list(&pad, &key, &path),
            5 => self.ledger(&pad, &key, &path),
            6 => self.long(&pad, &key, &path),
            7 => {
                let serial = self.tape.serial();
                let lines = [format!("{pad}{key}: |"), format!("{pad}  文{serial}"), format!("{pad}  末")];
                lines.into_iter().for_each(|line| self.push(line, &[&path]));
            }
            _ => {
                let value = self.value(false);
                let gap = if value.is_empty() { "" } else { self.tape.one(&[" ", "   "]) };
                self.fact_line(format!("{pad}{key}:{gap}{value}"), std::slice::from_ref(&path), &path);
            }
        }
    }

    /// A line, perhaps with a comment behind it.
    fn fact_line(&mut self, text: String, about: &[String], path: &str) {
        let comment = if self.tape.pick(5) == 1 { format!("   # {path}的尾") } else { String::new() };
        self.lines.push(Line { text: text + &comment, about: about.to_vec() });
    }

    fn group(&mut self, pad: &str, key: &str, path: &str, depth: usize) {
        self.fact_line(format!("{pad}{key}:"), &[path.to_owned()], path);
        let indent = pad.len() + if self.is_even { 2 } else { 1 + self.tape.pick(4) };
        for index in 0..1 + self.tape.pick(3) {
            self.entry(path, index, indent, depth - 1);
        }
    }

    fn flow_group(&mut self, path: &str, depth: usize, about: &mut Vec<String>) -> String {
        let count = 1 + self.tape.pick(3);
        let entries: Vec<String> = (0..count)
            .map(|index| {
                let below = format!("{path}.{}", PLAIN_NAMES[index]);
                about.push(below.clone());
                let value = match self.tape.pick(6) {
                    1 if depth > 0 => self.flow_group(&below, depth - 1, about),
                    2 => self.flow_list(),
                    _ => self.value(true),
                };
                format!("{}: {value}", NAMES[index])
            })
            .collect();
        let (open, close) = [("{", "}"), ("{ ", " }"), ("{", ", }")][self.tape.pick(3)];
        format!("{open}{}{close}", entries.join(", "))
    }

    fn value(&mut self, flow: bool) -> String {
        let serial = self.tape.serial();
        match self.tape.pick(9) {
            1 => String::new(),
            2 => format!("'引, {serial}'"),
            3 => format!("\"双{serial}\""),
            4 if !flow => format!("甲[{serial}], 乙"),
            5 => format!("县志“三{serial}”"),
            6 => format!("-{serial}%"),
            _ => format!("{serial}名"),
        }
    }

    fn items(&mut self) -> Vec<String> {
        let count = self.tape.pick(4);
        (0..count).map(|_| format!("项{}", self.tape.serial())).collect()
    }

    fn flow_list(&mut self) -> String {
        let items = self.items();
        let (open, between, close) = [("[", ", ", "]"), ("[ ", ",", " ]")][self.tape.pick(2)];
        if items.is_empty() { "[]".to_owned() } else { format!("{open}{}{close}", items.join(between)) }
    }

    fn block_list(&mut self, pad: &str, key: &str, path: &str) {
        let items = self.items();
        if items.is_empty() {
            return self.fact_line(format!("{pad}{key}: []"), &[path.to_owned()], path);
        }
        if self.tape.pick(3) == 1 {
            self.push(format!("{pad}{key}: ["), &[path]);
            for item in &items {
                self.fact_line(format!("{pad}  {item},"), &[path.to_owned()], path);
            }
            return self.fact_line(format!("{pad}  ]"), &[path.to_owned()], path);
        }
        let inner = format!("{pad}{}", self.tape.one(&["", "  "]));
        self.fact_line(format!("{pad}{key}:"), &[path.to_owned()], path);
        for item in &items {
            self.fact_line(format!("{inner}- {item}"), &[path.to_owned()], path);
        }
    }

    /// Cells of a row as `名称: 值`.
    fn cells(&mut self) -> Vec<String> {
        let count = 1 + self.tape.pick(3);
        (0..count).map(|index| format!("列{index}: {}", self.value(true)).trim_end().to_owned()).collect()
    }

    fn ledger(&mut self, pad: &str, key: &str, path: &str) {
        let count = self.tape.pick(4);
        let about = [path.to_owned()];
        if count == 0 || self.tape.pick(4) == 1 {
            let rows: Vec<String> = (0..count).map(|_| self.row()).collect();
            return self.fact_line(format!("{pad}{key}: [{}]", rows.join(", ")), &about, path);
        }
        let inner = format!("{pad}{}", self.tape.one(&["  ", ""]));
        self.fact_line(format!("{pad}{key}:"), &about, path);
        for _ in 0..count {
            if self.tape.pick(5) == 1 {
                let serial = self.tape.serial();
                self.push(format!("{inner}# 行{serial}"), &[path]);
            }
            match self.tape.pick(3) {
                1 => {
                    let cells = self.cells();
                    for (index, cell) in cells.iter().enumerate() {
                        let dash = if index == 0 { "- " } else { "  " };
                        self.fact_line(format!("{inner}{dash}{cell}"), &about, path);
                    }
                }
                _ => {
                    let row = self.row();
                    self.fact_line(format!("{inner}- {row}"), &about, path);
                }
            }
        }
    }

    fn row(&mut self) -> String {
        let cells: Vec<String> = self
            .cells()
            .into_iter()
            .map(|cell| if cell.ends_with(':') { format!("{cell} ") } else { cell })
            .collect();
        format!("{{{}}}", cells.join(", "))
    }

    fn long(&mut self, pad: &str, key: &str, path: &str) {
        let serial = self.tape.serial();
        let about = [path.to_owned()];
        let value = if self.tape.pick(3) == 1 { self.flow_list() } else { self.value(true) };
        if self.tape.pick(2) == 0 {
            return self.fact_line(format!("{pad}{key}: {{值: {value}, 来源: 源{serial}}}"), &about, path);
        }
        self.fact_line(format!("{pad}{key}:"), &about, path);
        self.fact_line(format!("{pad}  值: {value}").trim_end().to_owned(), &about, path);
        self.fact_line(format!("{pad}  说明: 明{serial}"), &about, path);
    }
}

const WORDS: [&str; 8] = ["18名", "", "甲，乙", "a: b # c", "-3万元", "'引'", "yes", "文 字"];

/// A change of a file that has these facts.
pub(super) fn change(tape: &mut Tape, paths: &[String]) -> FactEdit {
    let path = path(tape, paths);
    let word = tape.one(&WORDS).to_owned();
    let row = tape.pick(5);
    let cells = [("列0", word.as_str()), ("新列", "1元"), ("列2", "")];
    let cells = &cells[..tape.pick(4)];
    match tape.pick(13) {
        0 | 1 => set(&path, &word),
        2 | 3 => field(&path, tape.one(&["来源", "说明", "待核", "单位"]), &word),
        4 => remove(&path),
        5 | 6 => rename(&path, &self::path(tape, paths)),
        7 => list(&path, &["项2", "项1", word.as_str(), "项3"][..tape.pick(5)]),
        8 => cell(&path, row, tape.one(&["列0", "列1", "新列"]), &word),
        9 => insert(&path, row, cells),
        10 => remove_row(&path, row),
        11 => move_row(&path, row, tape.pick(5)),
        _ => {
            let count = tape.pick(4);
            let slots: Vec<Row> = (0..count)
                .map(|_| match tape.pick(3) {
                    0 => Row::New(super::cells(cells)),
                    _ => Row::Keep(tape.pick(4)),
                })
                .collect();
            rows(&path, &slots)
        }
    }
}

/// A path that is there, one of a group, or a new one.
fn path(tape: &mut Tape, paths: &[String]) -> String {
    let old = paths.get(tape.pick(paths.len())).cloned().unwrap_or_default();
    match tape.pick(6) {
        1 => format!("{}.新", old.rsplit_once('.').map_or("新组", |(group, _)| group)),
        2 => format!("{old}.新"),
        3 => tape.one(&["新", "新组.甲", "新组.子.乙", "子.新", "甲.新", "甲"]).to_owned(),
        4 => old.rsplit_once('.').map_or(old.clone(), |(group, _)| group.to_owned()),
        _ => old,
    }
}
