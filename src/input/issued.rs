//! A 定稿 back in: the report as it was sent, with where its figures come from. What `output::issued` writes is
//! read to the letter; what somebody wrote by hand is taken as far as its marks go, and refused beyond.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Diagnostic, Place, Source};
use crate::document::issued::{
    BEHIND, CHARTS, ELEMENTS, FILE, Head, LEFT, NUMBER, PICTURE, PLAIN, POINT, RULE, TRAILS, UNIT, UP,
    VERSION, WORDS, digest, number, of_file, start,
};
use crate::document::tables::Marks;
use crate::document::{
    Align, Block, Cell, Document, Element, Inline, Merged, Origin, Row, Table, split_heading, split_lead,
};
use crate::figures::Trail;
use crate::period::Period;

/// A line in two.
type Parts = (Vec<Inline>, Vec<Inline>);

/// Hashes before a heading.
const HASHES: usize = 10;

/// Reads a 定稿.
///
/// # Errors
/// It is of a later version, cut off, or a line of it is not understood.
pub fn read(source: &Arc<Source>) -> Result<(Document, Head), Diagnostic> {
    let lines = lines(&source.text);
    let ruled = |(_, line): &(usize, &str)| line.trim_end() == RULE;
    let wrong = Wrong(source);
    if !lines.first().is_some_and(|(at, line)| ruled(&(*at, line.trim_start_matches('\u{FEFF}')))) {
        return Err(wrong.line(&(0, lines.first().map_or("", |(_, line)| line)), "定稿的第一行应是 ---"));
    }
    let Some(below) = lines.iter().skip(1).position(ruled) else {
        return Err(wrong.whole("定稿开头缺一行 ---"));
    };
    let head = &lines[1..=below];
    let body = &lines[below + 2..];
    let Some(end) = body.iter().position(|(_, line)| line.trim_end() == TRAILS) else {
        return Err(wrong.whole(&format!("定稿不完整：缺“{TRAILS}”一行")));
    };
    let start = body[0].0;
    let head = Fields::read(head, wrong)?.head(&digest(&source.text[start..]), wrong)?;
    let trails = trails(&body[end + 1..], wrong)?;
    let blocks = Body { lines: &body[..end], at: 0, trails: trails.len(), wrong }.blocks()?;
    Ok((Document { blocks, trails, origin: Some(head.origin.clone()) }, head))
}

/// The lines without their ends, each with where it begins.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let line = |line: &'_ str| {
        let at = start;
        start += line.len();
        at
    };
    let starts: Vec<usize> = text.split_inclusive('\n').map(line).collect();
    let words = text.split_inclusive('\n').map(|line| line.trim_end_matches('\n').trim_end_matches('\r'));
    starts.into_iter().zip(words).collect()
}

/// Says what is wrong.
#[derive(Clone, Copy)]
struct Wrong<'s>(&'s Arc<Source>);

impl Wrong<'_> {
    fn whole(self, what: &str) -> Diagnostic {
        Diagnostic::error("wrong-issued", format!("“{}”：{what}", self.0.name))
            .hint("请从备份里找回这个文件，或重新定稿")
    }

    fn at(self, span: Range<usize>, what: impl Into<String>) -> Diagnostic {
        Diagnostic::error("wrong-issued", what.into())
            .at(&Place::new(self.0, span))
            .hint("请照定稿原来的样子改回来；改不回来时，请从备份里找回，或重新定稿")
    }

    fn line(self, (at, line): &(usize, &str), what: impl Into<String>) -> Diagnostic {
        self.at(*at..at + line.len(), what)
    }
}

/// The lines of a head by their names.
struct Fields<'s> {
    known: Vec<(&'s str, &'s str, (usize, &'s str))>,
}

/// The names of a head.
const FIELDS: [&str; 7] = ["定稿", "报告", "时期", "日期", "来自", "更正", "摘要"];

impl<'s> Fields<'s> {
    fn read(lines: &[(usize, &'s str)], wrong: Wrong<'_>) -> Result<Fields<'s>, Diagnostic> {
        let mut known: Vec<(&str, &str, (usize, &str))> = Vec::new();
        for line in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
            let (name, value) = line.1.split_once([':', '：']).unwrap_or((line.1, ""));
            let (name, value) = (name.trim(), value.trim());
            if !FIELDS.contains(&name) {
                return Err(wrong.line(line, format!("定稿的开头没有“{name}”这一项")));
            }
            if name != "更正" && known.iter().any(|(other, ..)| *other == name) {
                return Err(wrong.line(line, format!("“{name}”写了两次")));
            }
            known.push((name, value, *line));
        }
        Ok(Fields { known })
    }

    fn value(&self, name: &str, wrong: Wrong<'_>) -> Result<(&'s str, (usize, &'s str)), Diagnostic> {
        let found = self.known.iter().find(|(known, value, _)| *known == name && !value.is_empty());
        found
            .map(|(_, value, line)| (*value, *line))
            .ok_or_else(|| wrong.whole(&format!("定稿的开头缺“{name}”")))
    }

    fn head(&self, digest: &str, wrong: Wrong<'_>) -> Result<Head, Diagnostic> {
        let (version, line) = self.value("定稿", wrong)?;
        if version != VERSION {
            let what = format!("这份定稿的格式是“{version}”，本程序只认得“{VERSION}”");
            return Err(wrong.line(&line, what).hint("可能是新版本写的，请升级程序"));
        }
        let (template, _) = self.value("报告", wrong)?;
        let (year, line) = self.value("时期", wrong)?;
        let year = Period::parse(year).ok_or_else(|| wrong.line(&line, format!("看不懂时期“{year}”")))?;
        let (day, line) = self.value("日期", wrong)?;
        let on = day.parse::<Date>().ok().filter(|date| date.to_string() == day);
        let on = on.ok_or_else(|| wrong.line(&line, "日期请写成 2011-12-20 的样子"))?;
        let from = self.value("来自", wrong)?.0.to_owned();
        let corrections = self.known.iter().filter(|(name, ..)| *name == "更正");
        let corrections = corrections.map(|(_, value, _)| (*value).to_owned()).collect();
        let edited = self.value("摘要", wrong).map_or(true, |(said, _)| said != digest);
        let origin = Origin { template: template.to_owned(), year };
        Ok(Head { origin, on, from, corrections, edited })
    }
}

/// Where the figures come from, a line each, numbered from 1.
fn trails(lines: &[(usize, &str)], wrong: Wrong<'_>) -> Result<Vec<Arc<Trail>>, Diagnostic> {
    let mut trails = Vec::new();
    for line in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let (number, json) = line.1.split_once(' ').unwrap_or_default();
        if number.parse() != Ok(trails.len() + 1) {
            return Err(wrong.line(line, format!("这里应是第{}条出处", trails.len() + 1)));
        }
        let trail: Trail = serde_json::from_str(json).map_err(|_| wrong.line(line, "这条出处看不懂"))?;
        trails.push(Arc::new(trail));
    }
    Ok(trails)
}

struct Body<'l, 's> {
    lines: &'l [(usize, &'s str)],
    at: usize,
    /// How many figures have a trail.
    trails: usize,
    wrong: Wrong<'l>,
}

impl<'l, 's> Body<'l, 's> {
    fn blocks(mut self) -> Result<Vec<Block>, Diagnostic> {
        let mut blocks = Vec::new();
        while let Some(line) = self.next() {
            blocks.push(self.block(line)?);
        }
        Ok(blocks)
    }

    /// The next line with words.
    fn next(&mut self) -> Option<(usize, &'s str)> {
        let found = self.peek()?;
        self.at += 1;
        Some(found)
    }

    fn peek(&mut self) -> Option<(usize, &'s str)> {
        let blank = self.lines[self.at..].iter().take_while(|(_, line)| line.trim().is_empty()).count();
        self.at += blank;
        self.lines.get(self.at).copied()
    }

    fn block(&mut self, line: (usize, &'s str)) -> Result<Block, Diagnostic> {
        let (at, text) = line;
        let behind = |start: &str| Some((at + start.len(), text.strip_prefix(start)?));
        if let Some((at, rest)) = text.strip_prefix(PLAIN).map(|rest| (at + PLAIN.len_utf8(), rest)) {
            return Ok(Block::Paragraph(self.words(at, rest)?));
        }
        if text.starts_with('#') {
            return self.heading(line);
        }
        if let Some((at, rest)) = behind(PICTURE) {
            return self.picture(line, at, rest);
        }
        if let Some((at, rest)) = behind(POINT) {
            return self.point(at, rest);
        }
        let charts = CHARTS.into_iter().find_map(|(start, kind)| Some((Some(kind), behind(start)?)));
        let charts = charts.map(|(chart, behind)| (chart, Marks::default(), behind));
        let captioned = || {
            let (marks, rest) = Marks::read(text)?;
            Some((None, marks, (at + text.len() - rest.len(), rest)))
        };
        if let Some((chart, Marks { landscape, widths }, (at, rest))) = charts.or_else(captioned) {
            let caption = self.words(at, rest)?;
            let unit =
                match self.peek().and_then(|(at, line)| Some((at + UNIT.len(), line.strip_prefix(UNIT)?))) {
                    Some((at, words)) => {
                        self.at += 1;
                        crate::document::plain(&self.words(at, words)?)
                    }
                    None => String::new(),
                };
            let head = self.next().filter(|(_, line)| line.starts_with('|'));
            let head = head.ok_or_else(|| self.wrong.line(&line, "这里应接着写表格"))?;
            return Ok(Block::Table(Table { caption, unit, chart, landscape, widths, ..self.table(head)? }));
        }
        if text.starts_with('|') {
            return self.table(line).map(Block::Table);
        }
        for (start, element) in ELEMENTS {
            if let Some((at, rest)) = behind(start) {
                return Ok(element(self.words(at, rest)?));
            }
        }
        for element in Element::all() {
            if let Some((at, rest)) = behind(&start(element)) {
                let (label, at, rest) = self.labelled(at, rest)?;
                return Ok(Block::Element { element, label, text: self.words(at, rest)? });
            }
        }
        Ok(Block::Paragraph(self.words(at, text)?))
    }

    /// A picture: the name of its file, what the file is, its caption.
    fn picture(&self, line: (usize, &str), at: usize, rest: &str) -> Result<Block, Diagnostic> {
        let mut name = Pieces::new(self, at, rest);
        let said = name.inside()?;
        let file = name.rest().strip_prefix('⟦').and_then(|rest| rest.strip_prefix(FILE)?.strip_prefix('｜'));
        let plate = file.and_then(|rest| {
            let (file, caption) = rest.split_once('⟧')?;
            Some((of_file(&said, file)?, caption))
        });
        let Some((plate, caption)) = plate else {
            return Err(self.wrong.line(&line, "这张图片的说明看不懂"));
        };
        let at = line.0 + line.1.len() - caption.len();
        Ok(Block::Picture(plate.with(self.words(at, caption)?)))
    }

    fn heading(&self, line: (usize, &str)) -> Result<Block, Diagnostic> {
        let (at, text) = line;
        let hashes = text.len() - text.trim_start_matches('#').len();
        let Some(rest) = text[hashes..].strip_prefix(' ').filter(|_| hashes <= HASHES) else {
            return Err(self.wrong.line(&line, "标题应写成“# 题目”“## 一、标题”的样子"));
        };
        let at = at + hashes + 1;
        if hashes == 1 {
            return Ok(Block::Title(self.words(at, rest)?));
        }
        let level = hashes as u8 - 1;
        let (number, at, rest) = self.numbered(level, at, rest)?;
        let (text, body) = self.parted(at, rest, split_heading)?;
        Ok(Block::Heading { level, number, text, body })
    }

    fn point(&self, at: usize, text: &str) -> Result<Block, Diagnostic> {
        let (number, at, rest) = self.numbered(0, at, text)?;
        let (lead, text) = self.parted(at, rest, split_lead)?;
        Ok(Block::Point { number, lead, text })
    }

    /// The lead of a line and its text, which a mark parts, else the end of the first sentence.
    fn parted(&self, at: usize, rest: &str, split: fn(Vec<Inline>) -> Parts) -> Result<Parts, Diagnostic> {
        let mut pieces = Pieces::new(self, at, rest);
        let mut line = pieces.all()?;
        Ok(match pieces.behind {
            Some(count) => {
                let text = line.split_off(count);
                (line, text)
            }
            None => split(line),
        })
    }

    /// The number of a heading or point, and what stands behind it.
    fn numbered<'t>(
        &self,
        level: u8,
        at: usize,
        text: &'t str,
    ) -> Result<(String, usize, &'t str), Diagnostic> {
        let marked = text.strip_prefix('⟦').is_some_and(|rest| rest.starts_with(NUMBER));
        let end = if marked { 0 } else { number(level, text) };
        match marked {
            true => self.labelled(at, text),
            false => Ok((text[..end].to_owned(), at + end, &text[end..])),
        }
    }

    /// A number or label between marks, and what stands behind it; empty where there is none.
    fn labelled<'t>(&self, at: usize, text: &'t str) -> Result<(String, usize, &'t str), Diagnostic> {
        let Some(inner) = text.strip_prefix('⟦').and_then(|rest| rest.strip_prefix(NUMBER)) else {
            return Ok((String::new(), at, text));
        };
        let Some(inner) = inner.strip_prefix('｜') else {
            return Err(self.wrong.at(at..at + text.len(), "编号应写成“⟦号｜一、⟧”的样子"));
        };
        let mut pieces = Pieces::new(self, at + text.len() - inner.len(), inner);
        let number = pieces.inside()?;
        Ok((number, pieces.place(), pieces.rest()))
    }

    /// A table without what stands above it; `head` is its first row.
    fn table(&mut self, head: (usize, &str)) -> Result<Table, Diagnostic> {
        let mut heads = vec![Row::from(self.cells(head)?)];
        let width = heads[0].cells.len();
        let align = loop {
            let Some(line) = self.next() else {
                return Err(self.wrong.line(&head, "表头下面应是一行 | --- |，格数和表头一样"));
            };
            if let Some(align) = rule(line).filter(|align| align.len() == width) {
                break align;
            }
            let cells = self.cells(line).ok().filter(|cells| line.1.starts_with('|') && cells.len() == width);
            let Some(cells) = cells else {
                return Err(self.wrong.line(&line, "表头下面应是一行 | --- |，格数和表头一样"));
            };
            heads.push(cells.into());
        };
        let mut rows = Vec::new();
        while let Some(line) = self.peek().filter(|(_, line)| line.starts_with('|')) {
            self.at += 1;
            let cells = self.cells(line)?;
            if cells.len() != width {
                let what = format!("这一行有{}格，表头有{width}格", cells.len());
                return Err(self.wrong.line(&line, what));
            }
            rows.push(cells.into());
        }
        Ok(Table { head: heads, rows, align, ..Table::default() })
    }

    fn cells(&self, line: (usize, &str)) -> Result<Vec<Cell>, Diagnostic> {
        let cell = |(at, cell): (usize, &str)| match cell {
            LEFT => Ok(Cell { merged: Merged::Left, ..Cell::default() }),
            UP => Ok(Cell { merged: Merged::Up, ..Cell::default() }),
            words => self.words(at, words).map(Cell::from),
        };
        cells(line).into_iter().map(cell).collect()
    }

    fn words(&self, at: usize, text: &str) -> Result<Vec<Inline>, Diagnostic> {
        let mut pieces = Pieces::new(self, at, text);
        let line = pieces.all()?;
        match pieces.behind {
            Some(_) => {
                Err(self.wrong.at(at..at + text.len(), format!("只有标题和“一是”里才能有“⟦{BEHIND}⟧”")))
            }
            None => Ok(line),
        }
    }
}

/// The cells of a row, each with where it begins; one blank at both ends is not part of them.
fn cells((at, line): (usize, &str)) -> Vec<(usize, &str)> {
    let line = line.trim_end_matches([' ', '\t']);
    let inner = line.strip_prefix('|').unwrap_or(line);
    let Some(inner) = inner.strip_suffix('|').or((!inner.is_empty()).then_some(inner)) else {
        return Vec::new();
    };
    let mut start = at + 1;
    let cell = |cell: &'_ str| {
        let begin = start;
        start += cell.len() + 1;
        begin + usize::from(cell.starts_with(' '))
    };
    let starts: Vec<usize> = inner.split('|').map(cell).collect();
    let words = inner.split('|').map(|cell| {
        let cell = cell.strip_prefix(' ').unwrap_or(cell);
        cell.strip_suffix(' ').unwrap_or(cell)
    });
    starts.into_iter().zip(words).collect()
}

/// How the columns are set, where a line is the rule under a head.
fn rule(line: (usize, &str)) -> Option<Vec<Align>> {
    cells(line).iter().map(|(_, cell)| align(cell.trim())).collect()
}

fn align(cell: &str) -> Option<Align> {
    let dashes = cell.trim_start_matches(':').trim_end_matches(':');
    if dashes.is_empty() || dashes.contains(|c| c != '-') {
        return None;
    }
    Some(match (cell.starts_with(':'), cell.ends_with(':')) {
        (true, true) => Align::Center,
        (false, true) => Align::Right,
        _ => Align::Left,
    })
}

/// The pieces of a line.
struct Pieces<'p, 't> {
    wrong: Wrong<'p>,
    trails: usize,
    /// Where the line begins in the text.
    start: usize,
    text: &'t str,
    at: usize,
    /// How many pieces stand before the mark that parts a lead from its text.
    behind: Option<usize>,
}

impl<'p, 't> Pieces<'p, 't> {
    fn new(body: &Body<'p, '_>, start: usize, text: &'t str) -> Pieces<'p, 't> {
        Pieces { wrong: body.wrong, trails: body.trails, start, text, at: 0, behind: None }
    }

    fn place(&self) -> usize {
        self.start + self.at
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn wrong(&self, from: usize, what: impl Into<String>) -> Diagnostic {
        self.wrong.at(self.start + from..self.start + self.text.len(), what)
    }

    /// The pieces of the line.
    fn all(&mut self) -> Result<Vec<Inline>, Diagnostic> {
        let mut line = Vec::new();
        while !self.rest().is_empty() {
            let words = self.words();
            if !words.is_empty() {
                line.push(Inline::Text(words));
            }
            match self.rest().chars().next() {
                Some('⟦') => self.mark(&mut line)?,
                Some(_) => {
                    return Err(self.wrong(self.at, "这里多出一个“⟧”；要写这个符号本身，请写“⟦⟧”"));
                }
                None => {}
            }
        }
        Ok(line)
    }

    /// A piece between `⟦` and `⟧`.
    fn mark(&mut self, line: &mut Vec<Inline>) -> Result<(), Diagnostic> {
        let from = self.at;
        let inner = &self.rest()['⟦'.len_utf8()..];
        let end = inner.find(['｜', '⟧', '⟦']).unwrap_or(inner.len());
        let (name, stop) = (&inner[..end], inner[end..].chars().next());
        self.at += '⟦'.len_utf8() + end + stop.map_or(0, char::len_utf8);
        match (name, stop) {
            (BEHIND, Some('⟧')) if self.behind.is_none() => self.behind = Some(line.len()),
            (WORDS, Some('｜')) => line.push(Inline::Text(self.inside()?)),
            (name, Some('｜')) => {
                line.push(Inline::Figure { trail: self.trail(name, from)?, text: self.inside()? });
            }
            _ => {
                return Err(self.wrong(from, format!("看不懂“⟦{name}”；要写“⟦”这个符号本身，请写“⟦⟦”")));
            }
        }
        Ok(())
    }

    fn trail(&self, name: &str, from: usize) -> Result<usize, Diagnostic> {
        let Ok(number) = name.parse::<usize>() else {
            return Err(self.wrong(from, format!("看不懂“⟦{name}｜”")));
        };
        let known = number.checked_sub(1).filter(|trail| *trail < self.trails);
        known.ok_or_else(|| self.wrong(from, format!("出处里没有第{number}条")))
    }

    /// Words up to the next mark or the end of one.
    fn words(&mut self) -> String {
        let mut words = String::new();
        loop {
            let rest = self.rest();
            let next = rest.chars().next().filter(|c| !matches!(c, '⟦' | '⟧'));
            let Some((c, length)) = escaped(rest).or(next.map(|c| (c, c.len_utf8()))) else { return words };
            words.push(c);
            self.at += length;
        }
    }

    /// Words up to the end of their mark.
    fn inside(&mut self) -> Result<String, Diagnostic> {
        let from = self.at;
        let words = self.words();
        if !self.rest().starts_with('⟧') {
            return Err(self.wrong(from, "这里缺“⟧”"));
        }
        self.at += '⟧'.len_utf8();
        Ok(words)
    }
}

/// A character that is written otherwise, and how many bytes that takes: `⟦⟦`, `⟦⟧`, `⟦U+000A⟧`.
fn escaped(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('⟦')?;
    let first = inner.chars().next()?;
    if matches!(first, '⟦' | '⟧') {
        return Some((first, '⟦'.len_utf8() + first.len_utf8()));
    }
    let (digits, rest) = inner.strip_prefix("U+")?.split_once('⟧')?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some((c, text.len() - rest.len()))
}
