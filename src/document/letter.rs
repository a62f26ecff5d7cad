//! Elements of an official document beside its text (GB/T 9704-2012, 7.2–7.4 and 10): lines of the template
//! that begin with the name of the element.
//!
//! An element that no line names does not appear. What the standard sets around its words (`签发人：`, the
//! number of one of several attachments, the brackets of 附注, the full stop of 抄送) is set here, so that a
//! template holds the words alone.

use super::{Block, Inline, merged, plain};
use crate::zh::number::parting;
use crate::zh::width::half_cells;

/// The form of the document (7.2 and 10): its 发文机关标志 says which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// 文件式, with 版头 and red rule (7.2).
    File,
    /// 信函格式 (10.1).
    Letter,
    /// 命令（令）格式 (10.2).
    Order,
    /// 纪要格式 (10.3).
    Minutes,
}

/// An element; each stands in a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// 份号 (7.2.1).
    CopyNumber,
    /// 密级和保密期限 (7.2.2).
    Secrecy,
    /// 紧急程度 (7.2.3).
    Urgency,
    /// 发文机关标志 (7.2.4), and with it the form.
    Mark(Form),
    /// 发文字号 (7.2.5); the number of an order or of minutes.
    Number,
    /// 签发人 (7.2.6): one name; several follow each other.
    Signer,
    /// 附件说明 (7.3.4): one name; several follow each other.
    Attached,
    /// 署名 of a document that bears a seal (7.3.5.1).
    Sealed,
    /// 附注 (7.3.6), in brackets.
    Note,
    /// 附件 at the head of a page of its own (7.3.7): 附件, or 附件1 where there are several.
    Annex,
    /// Who was there (10.3): 出席, 请假, 列席.
    Present(Presence),
    /// 主送机关 moved to 版记 (7.4.2), where its many names would leave the first page without text (7.3.2).
    SentTo,
    /// 抄送机关 (7.4.2).
    CopyTo,
    /// 印发机关 (7.4.3).
    Printer,
    /// 印发日期 (7.4.3), with 印发 behind it.
    PrintDate,
}

/// What minutes say of somebody (10.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// 出席.
    Present,
    /// 请假.
    Excused,
    /// 列席.
    Attending,
}

/// What a line begins with that names an element, the name under which it is kept first.
const STARTS: [(&str, Element); 21] = [
    ("份号：", Element::CopyNumber),
    ("密级：", Element::Secrecy),
    ("密级和保密期限：", Element::Secrecy),
    ("紧急程度：", Element::Urgency),
    ("发文机关标志：", Element::Mark(Form::File)),
    ("信函标志：", Element::Mark(Form::Letter)),
    ("命令标志：", Element::Mark(Form::Order)),
    ("纪要标志：", Element::Mark(Form::Minutes)),
    ("发文字号：", Element::Number),
    ("文号：", Element::Number),
    ("签发人：", Element::Signer),
    ("附件：", Element::Attached),
    ("盖章署名：", Element::Sealed),
    ("附注：", Element::Note),
    ("出席：", Element::Present(Presence::Present)),
    ("请假：", Element::Present(Presence::Excused)),
    ("列席：", Element::Present(Presence::Attending)),
    ("版记主送：", Element::SentTo),
    ("抄送：", Element::CopyTo),
    ("印发机关：", Element::Printer),
    ("印发日期：", Element::PrintDate),
];

/// What stands in 版记 before those to whom it is sent.
const SENT_TO: &str = "主送：";
/// What stands alone at the head of an annex, a number perhaps behind it.
const ANNEX: &str = "附件";

impl Element {
    /// What a line of a template begins with that names this element; of [`Element::Annex`] the whole line.
    pub fn start(self) -> &'static str {
        STARTS.iter().find(|(_, element)| *element == self).map_or(ANNEX, |(start, _)| start)
    }

    /// Every element.
    pub fn all() -> impl Iterator<Item = Element> {
        let others = STARTS.iter().map(|(_, element)| *element);
        let mut all: Vec<Element> = others.collect();
        all.dedup();
        all.into_iter().chain([Element::Annex])
    }

    /// Whether it stands at the foot of the last page (7.4).
    pub fn is_imprint(self) -> bool {
        matches!(self, Element::SentTo | Element::CopyTo | Element::Printer | Element::PrintDate)
    }

    /// Whether it stands above the title (7.2).
    pub fn is_head(self) -> bool {
        matches!(
            self,
            Element::CopyNumber
                | Element::Secrecy
                | Element::Urgency
                | Element::Mark(_)
                | Element::Number
                | Element::Signer
        )
    }

    /// What the program sets behind the words, and before them.
    fn around(self) -> (&'static str, &'static str) {
        match self {
            Element::Note => ("（", "）"),
            Element::SentTo | Element::CopyTo => ("", "。"),
            Element::PrintDate => ("", "印发"),
            _ => ("", ""),
        }
    }

    /// What the program sets behind its words, where that is not typed.
    pub fn behind(self) -> &'static str {
        self.around().1
    }

    /// The words of the element as a template has them: without what the program sets around them.
    pub fn typed(self, words: &str) -> &str {
        let (before, behind) = self.around();
        let inner = words.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
        inner.filter(|inner| !inner.is_empty()).unwrap_or(words)
    }

    /// Whether a line of a template that names the element prints these words, in one block.
    pub fn prints(self, words: &str) -> bool {
        let typed = Inline::Text(self.typed(words).to_owned());
        match (self, self.blocks(vec![typed]).as_slice()) {
            (Element::Annex, _) => words.is_empty(),
            (_, [Block::Element { text, .. }]) => plain(text) == words,
            _ => false,
        }
    }

    /// Its blocks, from the words of a line: one, or one a name of 签发人.
    fn blocks(self, line: Vec<Inline>) -> Vec<Block> {
        let block = |text| Block::Element { element: self, label: String::new(), text: merged(text) };
        match self {
            Element::Signer => names(line).into_iter().map(block).collect(),
            _ => vec![block(self.dressed(line))],
        }
    }

    /// The words with what stands around them, where that was not typed.
    fn dressed(self, mut line: Vec<Inline>) -> Vec<Inline> {
        let (before, behind) = self.around();
        let words = plain(&line);
        if words.is_empty() {
            return line;
        }
        if !words.starts_with(before) {
            line.insert(0, Inline::Text(before.to_owned()));
        }
        if !words.ends_with(behind) {
            line.push(Inline::Text(behind.to_owned()));
        }
        line
    }
}

/// What a line of a template that names an element becomes; nothing where it names none. Who was there is
/// told in minutes alone: elsewhere such a line is text.
pub(super) fn element(line: &str, form: Option<Form>) -> Option<(Element, &str)> {
    if is_annex(line) {
        return Some((Element::Annex, &line[ANNEX.len()..]));
    }
    let (element, rest) =
        STARTS.iter().find_map(|(start, element)| Some((*element, line.strip_prefix(start)?)))?;
    let said = form == Some(Form::Minutes) || !matches!(element, Element::Present(_));
    said.then_some((element, rest))
}

/// Whether a line of a template would name an element of some document.
pub fn begins(line: &str) -> bool {
    is_annex(line) || STARTS.iter().any(|(start, _)| line.starts_with(start))
}

/// Whether a line is the head of an annex: 附件, perhaps with a number.
pub fn is_annex(line: &str) -> bool {
    line.strip_prefix(ANNEX).is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
}

/// The blocks of an element whose words are these.
pub(super) fn blocks(element: Element, line: Vec<Inline>) -> Vec<Block> {
    match element {
        // The number is a label: the words of an annex begin below it.
        Element::Annex => {
            let label = format!("{ANNEX}{}", plain(&line).trim());
            vec![Block::Element { element, label, text: Vec::new() }]
        }
        element => element.blocks(line),
    }
}

/// A line parted at its 、 and blanks, names each.
fn names(line: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut names: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in line {
        for (index, part) in inline.text().split(['、', ' ', '　']).enumerate() {
            if index > 0 {
                names.push(Vec::new());
            }
            let piece = match &inline {
                Inline::Figure { trail, .. } => Inline::Figure { trail: *trail, text: part.to_owned() },
                Inline::Missing(_) => Inline::Missing(part.to_owned()),
                _ => Inline::Text(part.to_owned()),
            };
            names
                .last_mut()
                .into_iter()
                .filter(|_| !part.is_empty())
                .for_each(|name| name.push(piece.clone()));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Sets the labels: 签发人 before the first name, the numbers of attachments and annexes where there are
/// several, the names of lists.
pub(crate) fn label(blocks: &mut [Block]) {
    let count = |wanted: Element| blocks.iter().filter(|block| is(block, wanted)).count();
    let (attached, annexes) = (count(Element::Attached), count(Element::Annex));
    let (mut signer, mut nth_attached, mut nth_annex) = (0, 0, 0);
    for block in blocks {
        let Block::Element { element, label, text } = block else { continue };
        match element {
            Element::Signer => {
                signer += 1;
                *label = if signer == 1 { element.start().to_owned() } else { String::new() };
            }
            Element::Attached => {
                nth_attached += 1;
                let first = if nth_attached == 1 { element.start() } else { "" };
                let words = plain(text);
                let number = match numbered(&words) {
                    None if attached > 1 => format!("{nth_attached}."),
                    _ => String::new(),
                };
                let blank = parting(&number, &words);
                *label = format!("{first}{number}{blank}");
            }
            Element::Annex => {
                nth_annex += 1;
                if annexes > 1 && label == ANNEX {
                    *label = format!("{ANNEX}{nth_annex}");
                }
            }
            Element::Present(_) | Element::CopyTo => *label = element.start().to_owned(),
            Element::SentTo => *label = SENT_TO.to_owned(),
            _ => {}
        }
    }
}

/// Half characters of the number that words begin with as those of attachments do: `1.`; nothing where they
/// have none.
pub(super) fn numbered(words: &str) -> Option<usize> {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - rest.len();
    let mut rest = rest.chars();
    let stop = rest.next().filter(|c| digits > 0 && matches!(c, '.' | '．'))?;
    let rest = rest.as_str();
    let more = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    // `1.5万亩` is a figure, `1.2025年` a number and a year.
    let decimal = more > 0 && !(more == 4 && rest[more..].starts_with('年'));
    (!decimal).then(|| digits + half_cells(stop.encode_utf8(&mut [0; 4])))
}

fn is(block: &Block, wanted: Element) -> bool {
    matches!(block, Block::Element { element, .. } if *element == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::picture::nowhere;
    use crate::document::{Document, Line, build};
    use crate::marked::Marked;
    use crate::period::Period;

    fn document(text: &str) -> Document {
        let (text, template) = (text.to_owned(), "报告".to_owned());
        let (trails, warnings, missing) = (Vec::new(), Vec::new(), Vec::new());
        let marked = Marked { text, trails, warnings, missing, template, year: Period::year(2025) };
        build(&marked, &nowhere).unwrap()
    }

    fn lines(text: &str) -> Vec<String> {
        document(text).blocks.iter().map(|block| Line::of(block).text).collect()
    }

    #[test]
    fn what_the_standard_sets_around_words_is_set_once() {
        let text = "附注：此件公开发布\n附注：（此件不公开）\n抄送：县委办公室，县人大常委会办公室\n印发机关：青石镇党政办公室\n印发日期：2025年12月20日\n印发日期：2025年12月21日印发";
        let want = [
            "（此件公开发布）",
            "（此件不公开）",
            "抄送：县委办公室，县人大常委会办公室。",
            "青石镇党政办公室",
            "2025年12月20日印发",
            "2025年12月21日印发",
        ];
        assert_eq!(lines(text), want);
    }

    #[test]
    fn attachments_and_annexes_are_numbered_where_there_are_several() {
        assert_eq!(lines("附件：甲表\n\n附件\n# 甲表"), ["附件：甲表", "附件", "甲表"]);
        let several = "附件：甲表\n附件：乙表\n\n附件\n# 甲表\n## 概况\n附件\n# 乙表\n## 概况";
        let want = ["附件：1.甲表", "2.乙表", "附件1", "甲表", "一、概况", "附件2", "乙表", "一、概况"];
        assert_eq!(lines(several), want);
        assert_eq!(lines("附件：1.5万亩基地名单\n附件：2. 乙表"), ["附件：1. 1.5万亩基地名单", "2. 乙表"]);
        assert_eq!(lines("附件：1.2025年甲表\n附件：2.乙表"), ["附件：1.2025年甲表", "2.乙表"]);
        assert_eq!(lines("附件：1．甲表\n附件：2．乙表"), ["附件：1．甲表", "2．乙表"]);
        assert_eq!(
            lines("附件：2025年重点项目表\n附件：乙表\n附件：35户名单"),
            ["附件：1. 2025年重点项目表", "2.乙表", "3. 35户名单"]
        );
    }

    #[test]
    fn each_signer_has_a_block_and_the_first_the_label() {
        let document = document("签发人：张三、李四　王五");
        let text: Vec<(String, String)> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Element { label, text, .. } => (label.clone(), plain(text)),
                block => panic!("{block:?}"),
            })
            .collect();
        let want = [("签发人：", "张三"), ("", "李四"), ("", "王五")];
        assert_eq!(text, want.map(|(label, text)| (label.to_owned(), text.to_owned())));
    }

    #[test]
    fn who_was_there_is_said_in_minutes_alone() {
        assert!(matches!(document("出席：张三").blocks[0], Block::Paragraph(_)));
        let minutes = document("纪要标志：青石镇人民政府党政联席会议纪要\n出席：张三");
        assert_eq!(minutes.form(), Some(Form::Minutes));
        assert_eq!(Line::of(&minutes.blocks[1]).text, "出席：张三");
    }

    #[test]
    fn what_is_typed_again_is_what_was_typed() {
        for (start, words) in STARTS.iter().flat_map(|(start, element)| {
            ["甲乙", "（甲）", "甲。", "甲印发"].map(|words| ((start, element), words))
        }) {
            let (start, element) = start;
            if matches!(element, Element::Present(_) | Element::Signer) {
                continue;
            }
            let line = lines(&format!("{start}{words}"));
            let Block::Element { text, .. } = &document(&format!("{start}{words}")).blocks[0] else {
                panic!()
            };
            assert_eq!(lines(&format!("{start}{}", element.typed(&plain(text)))), line, "{start}{words}");
        }
    }
}
