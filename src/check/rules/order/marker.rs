//! Order words inside the text: 一是, 第一, 首先, and the numbers of lists that run on in one paragraph.

use std::ops::Range;

use regex::Captures;

use super::outline::{self, Head};
use super::serial;
use crate::check::{LineKind, Prose, ProseLine, after};
use crate::zh::pattern::Pattern;

static MARKER: Pattern = Pattern::new(concat!(
    "(^[ 　*]*|[。；：，！？;:,”][ 　]*)(?:",
    "(?<shi>[一二三四五六七八九十]{1,3})是|",
    "(?<yao>[一二三四五六七八九十]{1,3})要|",
    "第(?<di>[一二三四五六七八九十]{1,3})|",
    "其(?<qi>[一二三四五六七八九十])|",
    "(?<first>首先|其次|再次)|",
    "(?<side>另?一方面)|",
    "[（(](?<paren>[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]|",
    "(?<digit>[0-9]{1,2})[.．、]|",
    "(?<circle>[①-⑳]))"
));

/// The kind of an order word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    /// 一是.
    Shi,
    /// 一要.
    Yao,
    /// 第一，.
    Di,
    /// 其一，.
    Qi,
    /// 首先.
    First,
    /// 一方面.
    Side,
    /// （一） or （1） inside a paragraph.
    Paren,
    /// 1. inside a paragraph.
    Digit,
    /// ①.
    Circle,
}

impl Family {
    /// Whether it numbers a list that does not go beyond its paragraph.
    pub(super) fn is_local(self) -> bool {
        matches!(self, Family::Paren | Family::Digit | Family::Circle)
    }
}

/// An order word where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    /// Its kind.
    pub(super) family: Family,
    /// Its number; 其次 is 2.
    pub(super) number: u64,
    /// Which of the lines of the text.
    pub(super) line: usize,
    /// Its bytes from the start of the line.
    pub(super) span: Range<usize>,
    /// Whether the line begins with it.
    pub(super) leads: bool,
}

impl Marker {
    /// Where it stands, to be compared with others.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.line, self.span.start)
    }

    /// The order word of another number of the same kind, as it stands in the text.
    pub(super) fn named(&self, words: &str, number: u64) -> String {
        let han = crate::zh::number::numeral::count(number);
        match self.family {
            Family::Shi => format!("{han}是"),
            Family::Yao => format!("{han}要"),
            Family::Di => format!("第{han}"),
            Family::Qi => format!("其{han}"),
            Family::Paren if words.bytes().any(|b| b.is_ascii_digit()) => format!("（{number}）"),
            Family::Paren => format!("（{han}）"),
            Family::Circle => circled(number),
            Family::Digit => format!("{number}."),
            Family::First => match number {
                ..=1 => "首先".to_owned(),
                2 => "其次".to_owned(),
                3 => "再次".to_owned(),
                _ => "最后".to_owned(),
            },
            Family::Side => "另一方面".to_owned(),
        }
    }
}

fn circled(number: u64) -> String {
    let circled = u32::try_from(number).ok().and_then(|number| char::from_u32('①' as u32 + number - 1));
    circled.map_or_else(|| number.to_string(), String::from)
}

/// The order words of a line.
fn markers(index: usize, line: &ProseLine, text: &str) -> Vec<Marker> {
    if !line.kind.is_body() && !matches!(line.kind, LineKind::Heading(_)) || text.contains('\t') {
        return Vec::new();
    }
    let found = MARKER.captures_iter(text).filter_map(|found| marker(index, text, &found));
    found.filter(|marker| !line.is_quoted(&marker.span)).collect()
}

fn marker(line: usize, text: &str, found: &Captures<'_>) -> Option<Marker> {
    let lead = found.get(1)?;
    let span = lead.end()..found.get(0)?.end();
    let rest = &text[span.end..];
    let (family, words) = family(found)?;
    let number = match family {
        Family::First => 1 + ["首先", "其次", "再次"].iter().position(|one| *one == words)? as u64,
        Family::Side => {
            if words == "一方面" {
                1
            } else {
                2
            }
        }
        Family::Circle => u64::from(after(words, 0)? as u32 - '①' as u32 + 1),
        _ => serial::number(words)?,
    };
    let leads = lead.start() == 0 && lead.as_str().trim_matches([' ', '　', '*']).is_empty();
    let marker = Marker { family, number, line, span, leads };
    let clause = leads || !family.is_local() || lead.as_str().starts_with(['。', '；', '：', ';', ':']);
    (clause && stands(&marker, words, rest)).then_some(marker)
}

fn family<'t>(found: &Captures<'t>) -> Option<(Family, &'t str)> {
    let named = [
        ("shi", Family::Shi),
        ("yao", Family::Yao),
        ("di", Family::Di),
        ("qi", Family::Qi),
        ("first", Family::First),
        ("side", Family::Side),
        ("paren", Family::Paren),
        ("digit", Family::Digit),
        ("circle", Family::Circle),
    ];
    named.into_iter().find_map(|(name, family)| Some((family, found.name(name)?.as_str())))
}

/// Whether what follows leaves it an order word: 三要素, 第一季度, 1、3、5组 and 一是一，二是二 are none.
fn stands(marker: &Marker, words: &str, rest: &str) -> bool {
    let numeral = |c: char| "第一二三四五六七八九十".contains(c);
    let stop = |rest: &str| {
        let mut chars = rest.chars();
        let marked = chars.next().is_some_and(|c| "，、：,:".contains(c));
        marked && !(rest.starts_with('、') && chars.next().is_some_and(numeral))
    };
    match marker.family {
        Family::Shi => !["一，", "二，", "一、"].iter().any(|idiom| rest.starts_with(idiom)),
        Family::Yao => {
            !rest.starts_with(['素', '点', '件', '事', '义', '道', '求', '地', '塞', '害', '领', '旨'])
        }
        Family::Di => stop(rest) || rest.starts_with(['是', '要']),
        Family::Qi => stop(rest) || rest.starts_with('是'),
        Family::First => words != "再次" || stop(rest) || rest.starts_with('是'),
        Family::Digit => rest.starts_with(|c: char| crate::check::is_han(c) || "“《".contains(c)),
        Family::Paren => !rest.starts_with(['、', '和', '至', '项', '款']),
        Family::Side | Family::Circle => true,
    }
}

/// The order words between two headings of the upper levels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading, if the text has it.
    pub(super) head: Option<Head>,
    /// The order words.
    pub(super) markers: Vec<Marker>,
    /// Whether the text goes on after it.
    pub(super) closed: bool,
}

/// The sections of a text.
pub(super) fn sections(prose: &Prose) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for (index, (line, text)) in prose.each().enumerate() {
        let head = outline::head(index, line, text).filter(|head| head.level <= 2);
        if head.is_some() || matches!(line.kind, LineKind::Title | LineKind::Signature | LineKind::Date) {
            if let Some(section) = sections.last_mut() {
                section.closed = true;
            }
            sections.push(Section { head, ..Section::default() });
        }
        if let Some(section) = sections.last_mut() {
            section.markers.extend(markers(index, line, text));
        }
    }
    sections
}

/// Order words of one kind that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The order words; never empty.
    pub(super) markers: Vec<Marker>,
    /// Whether the text goes on after it.
    pub(super) closed: bool,
}

impl Run {
    fn new(marker: Marker) -> Run {
        Run { markers: vec![marker], closed: true }
    }

    fn last(&self) -> Option<&Marker> {
        self.markers.last()
    }

    /// The numbers in the order of the text.
    pub(super) fn numbers(&self) -> Vec<u64> {
        self.markers.iter().map(|marker| marker.number).collect()
    }

    /// Whether it counts 1, 2, 3 ….
    pub(super) fn is_whole(&self) -> bool {
        (1..).zip(&self.markers).all(|(number, marker)| marker.number == number)
    }
}

/// The runs of a section.
pub(super) fn runs(prose: &Prose, section: &Section) -> Vec<Run> {
    let families =
        [Family::Shi, Family::Yao, Family::Di, Family::Qi, Family::Paren, Family::Digit, Family::Circle];
    let mut runs = Vec::new();
    for family in families {
        let of_family: Vec<&Marker> =
            section.markers.iter().filter(|marker| marker.family == family).collect();
        let within = |left: &&Marker, right: &&Marker| !family.is_local() || left.line == right.line;
        for markers in of_family.chunk_by(within) {
            // A line that begins with 1. and has no other number in it is a head, and no run.
            if !(family.is_local() && markers.len() == 1) {
                split(prose, markers, section.closed, &mut runs);
            }
        }
    }
    runs
}

/// Splits the words of one kind where a run begins anew; one that begins inside a point is a run within it.
fn split(prose: &Prose, markers: &[&Marker], closed: bool, runs: &mut Vec<Run>) {
    let mut outer: Option<Run> = None;
    let mut inner: Option<Run> = None;
    for (index, marker) in markers.iter().enumerate() {
        let marker = (*marker).clone();
        let next = markers.get(index + 1).map(|next| next.number);
        let follows = |run: &Run| run.last().is_some_and(|last| last.number + 1 == marker.number);
        if let Some(run) = inner.as_mut().filter(|run| follows(run) && !marker.leads) {
            run.markers.push(marker);
            continue;
        }
        runs.extend(inner.take());
        match outer.as_mut() {
            None => outer = Some(Run::new(marker)),
            Some(run)
                if marker.number == 1
                    && !run.last().is_some_and(|last| again(prose, last, &marker, next)) =>
            {
                if run.last().is_some_and(|last| last.leads && last.line == marker.line && !marker.leads) {
                    inner = Some(Run::new(marker));
                } else {
                    runs.extend(outer.replace(Run::new(marker)));
                }
            }
            Some(run) => run.markers.push(marker),
        }
    }
    runs.extend(inner);
    runs.extend(outer.map(|run| Run { closed, ..run }));
}

/// Whether a second 一是 is a slip and not the beginning of another run.
fn again(prose: &Prose, last: &Marker, marker: &Marker, next: Option<u64>) -> bool {
    let text = prose.text(&prose.lines[last.line]);
    let one_sentence =
        last.line == marker.line && !text[last.span.end..marker.span.start].contains(['。', '：']);
    let neighbours = last.leads && marker.leads && last.line + 1 == marker.line;
    match last.number {
        1 => one_sentence || neighbours || next == Some(3),
        number => next == Some(number + 2),
    }
}
