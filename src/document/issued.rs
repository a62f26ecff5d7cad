//! What stands in a 定稿 besides the words of the report, and the marks that both its writer (`output::issued`)
//! and its reader (`input::issued`) go by.
//!
//! ```text
//! ---
//! 定稿: 1
//! 报告: 政协工作汇报
//! 时期: 2024
//! 日期: 2024-12-26
//! 来自: 模板
//! 摘要: 7f31…
//! ---
//! # ⟦1｜云溪镇⟧政协工作汇报
//! 目前，我镇共有政协委员⟦2｜17名⟧。
//! ⟦出处⟧
//! 1 {"value":"云溪镇",…}
//! 2 {"value":"17","unit":"名",…}
//! ```
//!
//! One line is one block, told by how it begins; numbers stand as they were printed. A piece that is no plain text
//! stands between `⟦` and `⟧`, which are written `⟦⟦` and `⟦⟧` where they are meant.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{Block, Document, Inline, Line, Origin};

/// The version of the format.
pub const VERSION: &str = "1";
/// Stands alone on a line above and below the head.
pub const RULE: &str = "---";
/// The line that ends the report; below it stands where its figures come from.
pub const TRAILS: &str = "⟦出处⟧";
/// Parts the lead of a point, or a heading, from its text where that is not after its first sentence; at the end of
/// a heading it says that nothing goes on behind it.
pub const BEHIND: &str = "后";
/// Names the number of a heading or point that does not look like one.
pub const NUMBER: &str = "号";
/// Names a text that stands beside another, or that is empty.
pub const WORDS: &str = "文";
/// A cell that the one to its left covers.
pub const LEFT: &str = "⟦左⟧";
/// A cell that the one above covers.
pub const UP: &str = "⟦上⟧";
/// Begins the caption of a table.
pub const CAPTION: &str = "表：";
/// Begins the line of the unit between the caption and the head of a table.
pub const UNIT: &str = "表上：";
/// Begins a note under a table.
pub const TABLE_NOTE: &str = super::tables::NOTE;
/// Begins a point.
pub const POINT: &str = "- ";
/// Begins 题下署名 or a date under the title.
pub const BYLINE: &str = "题下：";
/// Begins 主送机关.
pub const RECIPIENT: &str = "主送：";
/// Begins 署名.
pub const SIGNATURE: &str = "署名：";
/// Begins 成文日期.
pub const DATE: &str = "成文日期：";
/// Keeps a paragraph plain that would read as something else.
pub const PLAIN: char = '\\';

/// A block that is one line of words.
pub type Element = fn(Vec<Inline>) -> Block;

/// What begins the blocks that are one line of words, and nothing else.
pub const ELEMENTS: [(&str, Element); 5] = [
    (BYLINE, Block::Byline),
    (RECIPIENT, Block::Recipient),
    (SIGNATURE, Block::Signature),
    (TABLE_NOTE, Block::TableNote),
    (DATE, Block::Date),
];

/// What a 定稿 says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The report and its period.
    pub origin: Origin,
    /// The day since which it is final.
    pub on: Date,
    /// What it was made from: 模板, or the name of a file.
    pub from: String,
    /// Why it was made again, the day before each.
    pub corrections: Vec<String>,
    /// Whether somebody changed the text by hand since it was written.
    pub edited: bool,
}

/// What a report was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It is the one that was issued, final since a day.
    Issued {
        /// The day.
        on: Date,
    },
    /// Today's facts in today's template.
    Rendered,
}

impl Basis {
    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Issued { .. } => "issued",
            Basis::Rendered => "rendered",
        }
    }

    /// What staff are told of an earlier year, named as they know it, that another is compared with.
    pub fn of_earlier(self, name: &str) -> String {
        match self {
            Basis::Issued { on } => format!("{name}用的是{}的定稿", day(on)),
            Basis::Rendered => {
                format!("{name}没有定稿，旧稿是用现在的模板重新生成的；有当年的文件，请用“定稿”存下")
            }
        }
    }
}

/// A day as it is said: `2024年12月26日`.
pub fn day(on: Date) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}

/// A day that a report bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// At its end or under its title.
    Signed,
    /// 印发日期.
    Printed,
}

impl Day {
    /// What a block says of it.
    fn read(self, block: &Block) -> Option<Date> {
        match (self, block) {
            (Day::Signed, Block::Date(line) | Block::Byline(line)) => read_day(&super::plain(line)),
            (Day::Printed, Block::Element { element: super::Element::PrintDate, text, .. }) => {
                read_day(super::plain(text).trim().strip_suffix("印发")?)
            }
            _ => None,
        }
    }

    /// The day in a report, where it can be told.
    pub fn of(self, document: &Document) -> Option<Date> {
        document.blocks.iter().rev().find_map(|block| self.read(block))
    }

    /// Month and day, where they were typed and come from no fact, with the words they were typed in.
    pub fn typed(self, document: &Document) -> Option<(Date, String)> {
        let day = |block: &Block| {
            let typed = typed(&Line::of(block)).trim_end_matches("印发").to_owned();
            Some((self.read(block)?, typed)).filter(|(_, typed)| typed.contains('月'))
        };
        document.blocks.iter().rev().find_map(day)
    }
}

/// What was typed behind the last figure of a line.
fn typed(line: &Line) -> String {
    line.text[line.figures.last().map_or(0, |(span, _)| span.end)..].trim().to_owned()
}

/// The day that a report bears at its end or under its title, where it can be told.
pub fn dated(document: &Document) -> Option<Date> {
    Day::Signed.of(document)
}

/// The running number of 发文字号, where it was typed and comes from no fact: `11号`.
pub fn typed_number(document: &Document) -> Option<String> {
    let number = |block: &Block| match block {
        Block::Element { element: super::Element::Number, .. } => {
            let typed = typed(&Line::of(block));
            let digits = typed.rfind(|c: char| !c.is_ascii_digit() && !"号期次".contains(c));
            let number =
                &typed[digits.map_or(0, |at| at + typed[at..].chars().next().map_or(0, char::len_utf8))..];
            number.starts_with(|c: char| c.is_ascii_digit()).then(|| number.to_owned())
        }
        _ => None,
    };
    document.blocks.iter().find_map(number)
}

/// `2024年12月26日`, perhaps in brackets.
fn read_day(words: &str) -> Option<Date> {
    let words = words.trim().trim_matches(['（', '）', '(', ')']);
    let (year, rest) = words.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

/// The digest that tells whether a text was changed, of its bytes with plain line ends.
pub fn digest(body: &str) -> String {
    let digest = Sha256::digest(body.replace("\r\n", "\n").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of the number that a heading of this level begins with; level 0 is a point.
pub fn number(level: u8, line: &str) -> usize {
    let numeral = |c: char| "一二三四五六七八九十百".contains(c);
    let digit = |c: char| c.is_ascii_digit();
    let (open, is_digit, close): (&str, &dyn Fn(char) -> bool, &str) = match level {
        0 => ("", &numeral, "是"),
        1 => ("", &numeral, "、"),
        2 => ("（", &numeral, "）"),
        3 => ("", &digit, "."),
        _ => ("（", &digit, "）"),
    };
    let Some(inner) = line.strip_prefix(open) else { return 0 };
    let rest = inner.trim_start_matches(is_digit);
    match rest.strip_prefix(close) {
        Some(rest) if inner.len() > rest.len() + close.len() => line.len() - rest.len(),
        _ => 0,
    }
}

/// What begins the line of an element of the letter: its name between marks, as no words begin.
pub fn start(element: super::Element) -> String {
    match element {
        super::Element::Annex => "⟦附件页⟧".to_owned(),
        element => format!("⟦{}⟧", element.start().trim_end_matches('：')),
    }
}

/// What begins the caption of a chart: as no words begin, either.
pub const CHARTS: [(&str, super::ChartKind); 2] =
    [("⟦图（柱）⟧", super::ChartKind::Bar), ("⟦图（线）⟧", super::ChartKind::Line)];

/// Begins a picture: `⟦图片｜村路.jpg⟧⟦档｜jpeg 48×32 72 7f31… 100⟧题目`, its file, and behind it what the file is: kind,
/// pixels, dots an inch, digest, and the width in millimetres where one is asked for.
pub const PICTURE: &str = "⟦图片｜";
/// Names what a picture's file is.
pub const FILE: &str = "档";

/// What the file of a picture is, as a 定稿 says it.
pub fn file(plate: &super::Plate) -> String {
    let super::Picture { kind, pixels: (across, down), dots, digest, .. } = plate.picture.as_ref();
    let width = plate.width.map_or(String::new(), |width| format!(" {width}"));
    format!("{} {across}×{down} {dots} {digest}{width}", kind.ending())
}

/// The picture of a name that is so described, without its bytes; nothing where it is not described so.
pub fn of_file(name: &str, said: &str) -> Option<super::Plate> {
    use super::picture::{Kind, Picture};
    let parts: Vec<&str> = said.split(' ').collect();
    let (kind, pixels, dots, digest, width) = match parts.as_slice() {
        [kind, pixels, dots, digest] => (*kind, *pixels, *dots, *digest, None),
        [kind, pixels, dots, digest, width] => (*kind, *pixels, *dots, *digest, Some(width.parse().ok()?)),
        _ => return None,
    };
    let kind = Kind::ALL.into_iter().find(|one| one.ending() == kind)?;
    let (across, down) = pixels.split_once('×')?;
    let pixels: (u32, u32) = (across.parse().ok()?, down.parse().ok()?);
    let sane = (1..=100_000).contains(&pixels.0) && (1..=100_000).contains(&pixels.1);
    let hex = digest.len() == 32 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (name, digest, bytes) = (name.to_owned(), digest.to_owned(), std::sync::Arc::from([]));
    let picture = Picture { name, kind, pixels, dots: dots.parse().ok()?, bytes, digest };
    let plate = super::Plate { caption: Vec::new(), picture: std::sync::Arc::new(picture), width };
    (sane && hex).then_some(plate)
}

/// Whether a line reads as something else than a paragraph.
pub fn is_marked(line: &str) -> bool {
    let starts = [POINT, CAPTION].into_iter().chain(ELEMENTS.iter().map(|(start, _)| *start));
    line.starts_with(['#', '|', PLAIN])
        || starts.into_iter().any(|start| line.starts_with(start))
        || super::tables::Marks::read(line).is_some()
}
