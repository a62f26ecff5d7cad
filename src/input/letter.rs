//! Elements of an official document (GB/T 9704-2012, 7.2–7.4, 10) in the lines of a finished one, told by how they
//! look and where they stand.
//!
//! A line becomes an element only where the element prints the very words again, its label included; everything
//! else stays what it was.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::letter::{self, Presence};
use crate::document::{Block, Element, Form, Inline, Line, plain};
use crate::zh::number::parting;
use crate::zh::pattern::Pattern;

/// Elements that a block becomes, each with its bytes of the line and how many of them are its label.
type Parts = Vec<(Element, Range<usize>, usize)>;

/// The elements that blocks become, by the number of the block.
#[derive(Debug, Default)]
pub(super) struct Letter {
    parts: BTreeMap<usize, Parts>,
    /// How many blocks stand above the title.
    pub head: usize,
    /// Where the text with its signature ends: at the first annex, or at the imprint.
    pub end: usize,
}

/// A block as it becomes, and of which block it takes which bytes.
pub(super) type Origin = (usize, Range<usize>);

/// Blanks that place words on the page.
const BLANK: &str = "[ \t　\u{A0}]";
/// More lines than these stand above no title.
const MOST_HEAD: usize = 12;
/// Longer lines are no name of an organ.
const LONGEST_MARK: usize = 40;
/// Longer lines are no name of an attachment.
const LONGEST_NAME: usize = 80;

static COPY: Pattern = Pattern::new("^[0-9]{6}$");
static SECRECY: Pattern =
    Pattern::new("^(?:绝密|机密|秘密)(?:[★☆*](?:长期|[0-9一二三四五六七八九十]+(?:年|个月|天|日)))?$");
static URGENCY: Pattern = Pattern::new("^(?:特急|加急|平急|特提|急件|火急|紧急)$");
/// 青政发〔2025〕11号, its brackets in any writing.
static NUMBER: Pattern = Pattern::made(|| {
    format!(
        "^{BLANK}*(?:[\\p{{Han}}]{{1,16}}{BLANK}*[〔\\[［【（(]{BLANK}*(?:19|20)[0-9]{{2}}年?{BLANK}*[〕\\]］】）)]{BLANK}*第?{BLANK}*[0-9]{{1,4}}{BLANK}*号)"
    )
});
/// The number of an order or of minutes, below what names them.
static SERIAL: Pattern = Pattern::new(
    "^(?:[〔（(](?:19|20)[0-9]{2}[〕）)]|(?:19|20)[0-9]{2}年)?(?:第[0-9一二三四五六七八九十百]{1,6}|[0-9]{1,4})(?:号|期|次)$",
);
/// What the name above a letter ends in.
static ORGAN: Pattern = Pattern::new(
    "(?:文件|纪要|令|委员会|政府|办公室|主席团|[委局院会厅部办处所站组署馆队联]|党组|支部|中心|学校|大学|公司|集团|团|社)$",
);
static SIGNER: Pattern = Pattern::made(|| format!("^{BLANK}*签发人："));
static NAMES: Pattern =
    Pattern::made(|| format!("^{BLANK}*[\\p{{Han}}·]{{2,6}}(?:{BLANK}+[\\p{{Han}}·]{{2,6}})*{BLANK}*$"));
static ATTACHED: Pattern = Pattern::made(|| format!("^{BLANK}*附件："));
static ITEM: Pattern = Pattern::made(|| format!("^{BLANK}*([0-9]{{1,2}})[.．、]"));
static NOTE: Pattern = Pattern::made(|| format!("^{BLANK}*（.{{2,60}}）{BLANK}*$"));
static PRESENT: Pattern = Pattern::made(|| format!("^{BLANK}*(出席|请假|列席)："));
static SENT: Pattern = Pattern::made(|| format!("^{BLANK}*主送："));
static COPIES: Pattern = Pattern::made(|| format!("^{BLANK}*抄送："));
/// 青石镇党政办公室　2025年12月20日印发.
static PRINTED: Pattern = Pattern::made(|| {
    format!(
        "^({BLANK}*[^，。；：]{{2,40}}?)?{BLANK}*((?:19|20)[0-9]{{2}}{BLANK}*年{BLANK}*[0-9]{{1,2}}{BLANK}*月{BLANK}*[0-9]{{1,2}}{BLANK}*日{BLANK}*印发{BLANK}*)$"
    )
});

/// The words of a block that may become an element.
fn said(block: Option<&Block>) -> Option<String> {
    match block? {
        block @ (Block::Paragraph(_) | Block::Heading { level: 3, .. }) => Some(Line::of(block).text),
        _ => None,
    }
}

/// Words without any blank.
fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_short(words: &str, most: usize) -> bool {
    words.chars().count() <= most && !words.contains(['。', '；'])
}

fn element_of(block: Option<&Block>) -> Option<Element> {
    match block? {
        Block::Element { element, .. } => Some(*element),
        _ => None,
    }
}

impl Letter {
    /// The elements in blocks.
    pub fn of(blocks: &[Block]) -> Letter {
        let mut letter = Letter { end: blocks.len(), ..Letter::default() };
        let form = letter.head(blocks);
        letter.imprint(blocks);
        letter.annexes(blocks);
        letter.attached(blocks);
        if form == Some(Form::Minutes) {
            letter.present(blocks);
        }
        letter
    }

    /// The element that a block is or becomes; the last of several.
    pub fn element(&self, blocks: &[Block], index: usize) -> Option<Element> {
        let planned = self.parts.get(&index).and_then(|parts| parts.last()).map(|part| part.0);
        planned.or_else(|| element_of(blocks.get(index)))
    }

    /// Takes a whole line, the bytes of its label known.
    fn whole(&mut self, index: usize, element: Element, words: &str, label: usize) {
        self.parts.insert(index, vec![(element, 0..words.len(), label)]);
    }

    /// What stands above the title; the form of the letter.
    fn head(&mut self, blocks: &[Block]) -> Option<Form> {
        let (mut form, mut marks, mut signed, mut at) = (None, Vec::new(), false, 0);
        // 份号, 密级 and 紧急程度 stand below the mark of a 信函 (10.1), above every other one.
        let mut below = false;
        while at < MOST_HEAD {
            let known = element_of(blocks.get(at)).filter(|element| element.is_head());
            if let Some(element) = known {
                if let Element::Mark(of) = element {
                    form = form.or(Some(of));
                }
                signed |= element == Element::Signer;
                at += 1;
                self.head = at;
                continue;
            }
            let Some(words) = said(blocks.get(at)) else { break };
            let bare = squeezed(&words);
            let plain =
                [(&COPY, Element::CopyNumber), (&SECRECY, Element::Secrecy), (&URGENCY, Element::Urgency)];
            if let Some((_, element)) = plain.iter().find(|(pattern, _)| pattern.is_match(&bare)) {
                self.whole(at, *element, &words, 0);
                below |= !marks.is_empty();
                // Six digits alone say nothing.
                self.head = if *element == Element::CopyNumber { self.head } else { at + 1 };
            } else if let Some(parts) = beside(&words, &plain).filter(|_| !marks.is_empty() || form.is_some())
            {
                self.parts.insert(at, parts);
                form = form.or_else(|| self.marks(blocks, &mut marks, true));
                self.head = at + 1;
            } else if let Some(number) = NUMBER.find(&words).filter(|number| {
                let rest = &words[number.end()..];
                rest.trim().is_empty() || SIGNER.is_match(rest) || signed && NAMES.is_match(rest)
            }) {
                let mut parts = vec![(Element::Number, 0..number.end(), 0)];
                signers(&words, number.end(), &mut parts);
                signed |= parts.len() > 1;
                self.parts.insert(at, parts);
                form = form.or_else(|| self.marks(blocks, &mut marks, below || bare.contains('函')));
                self.head = at + 1;
            } else if !marks.is_empty() && SERIAL.is_match(&bare) && is_numbered(blocks, &marks) {
                self.whole(at, Element::Number, &words, 0);
                form = form.or_else(|| self.marks(blocks, &mut marks, false));
                self.head = at + 1;
            } else if SIGNER.is_match(&words) || signed && NAMES.is_match(&words) {
                let mut parts = Vec::new();
                signers(&words, 0, &mut parts);
                self.parts.insert(at, parts);
                signed = true;
                self.head = at + 1;
            } else if form.is_none() && is_short(&words, LONGEST_MARK) && ORGAN.is_match(&bare) {
                marks.push(at);
            } else {
                break;
            }
            at += 1;
        }
        // A letter without a title below its head is none.
        self.head = if self.head < blocks.len() { self.head } else { 0 };
        self.parts.retain(|index, _| *index < self.head);
        // Who signs stands beside the number (7.2.6): without one such a line is text.
        let is_number = |part: &(Element, Range<usize>, usize)| part.0 == Element::Number;
        let above = (0..self.head).any(|index| element_of(blocks.get(index)) == Some(Element::Number));
        if !above && !self.parts.values().flatten().any(is_number) {
            self.parts.retain(|_, parts| parts.iter().all(|part| part.0 != Element::Signer));
        }
        form
    }

    /// The lines above a number become what names the organ; the form that follows from its words, and from what else
    /// tells a 信函.
    fn marks(&mut self, blocks: &[Block], marks: &mut Vec<usize>, letter: bool) -> Option<Form> {
        let last = said(blocks.get(*marks.last()?)).map(|words| squeezed(&words))?;
        let form = match () {
            () if last.ends_with("纪要") => Form::Minutes,
            () if last.ends_with('令') => Form::Order,
            () if !last.ends_with("文件") && letter => Form::Letter,
            () => Form::File,
        };
        for at in marks.drain(..) {
            let words = said(blocks.get(at)).unwrap_or_default();
            self.whole(at, Element::Mark(form), &words, 0);
        }
        Some(form)
    }

    /// Who gets it, who printed it and when, at the very end.
    fn imprint(&mut self, blocks: &[Block]) {
        let mut end = blocks.len();
        while let Some(element) = end.checked_sub(1).and_then(|last| element_of(blocks.get(last)))
            && element.is_imprint()
        {
            end -= 1;
        }
        let last = end.checked_sub(1).and_then(|last| Some((last, said(blocks.get(last))?)));
        if let Some((last, words)) = last
            && let Some(parts) = PRINTED.captures(&words)
        {
            let day = parts.get(2).map_or(0, |day| day.start());
            let day = (Element::PrintDate, day..words.len(), 0);
            end = last;
            if day.1.start > 0 {
                let organ = words[..day.1.start].trim_end_matches(is_blank).len();
                self.parts.insert(last, vec![(Element::Printer, 0..organ, 0), day]);
            } else {
                self.parts.insert(last, vec![day]);
                let above = last.checked_sub(1).and_then(|above| Some((above, said(blocks.get(above))?)));
                if let Some((above, words)) = above
                    && is_short(&words, LONGEST_MARK)
                    && ORGAN.is_match(&squeezed(&words))
                {
                    self.whole(above, Element::Printer, &words, 0);
                    end = above;
                }
            }
        }
        let above = end.checked_sub(1).and_then(|above| Some((above, said(blocks.get(above))?)));
        if let Some((above, words)) = above
            && let Some(label) = COPIES.find(&words)
        {
            self.whole(above, Element::CopyTo, &words, label.end());
            end = above;
        }
        // Above what is 版记, where those to whom it is sent may stand, too (7.4.2).
        let above = end.checked_sub(1).and_then(|above| Some((above, said(blocks.get(above))?)));
        if let Some((above, words)) = above.filter(|_| end < blocks.len())
            && let Some(label) = SENT.find(&words)
        {
            self.whole(above, Element::SentTo, &words, label.end());
            end = above;
        }
        self.end = end;
    }

    /// The heads of annexes, each with something below it.
    fn annexes(&mut self, blocks: &[Block]) {
        let end = self.end;
        for at in self.head..end.saturating_sub(1) {
            let known = element_of(blocks.get(at)) == Some(Element::Annex);
            let words = said(blocks.get(at)).unwrap_or_default();
            let titled = match blocks.get(at + 1) {
                Some(Block::Title(_) | Block::Table(_)) => true,
                next => said(next).is_some_and(|words| is_short(&words, LONGEST_NAME)),
            };
            if !known && letter::is_annex(words.trim()) && titled && self.element(blocks, at + 1).is_none() {
                self.whole(at, Element::Annex, &words, words.len());
            } else if !known {
                continue;
            }
            self.end = self.end.min(at);
        }
    }

    /// The blocks behind the head of an annex, one after the other.
    pub fn annex_bodies<'l>(&'l self, blocks: &'l [Block]) -> impl Iterator<Item = usize> + 'l {
        let annex = |at: &usize| self.element(blocks, *at) == Some(Element::Annex);
        (0..blocks.len()).filter(annex).map(|at| at + 1)
    }

    /// The names of what is attached: one, or several that are numbered.
    fn attached(&mut self, blocks: &[Block]) {
        let name = |at: usize| said(blocks.get(at)).filter(|words| is_short(words, LONGEST_NAME));
        for at in self.head..self.end {
            let Some(words) = name(at) else { continue };
            let Some(label) = ATTACHED.find(&words).filter(|label| label.end() < words.trim_end().len())
            else {
                continue;
            };
            let mut items = vec![(at, words.clone(), label.end())];
            let number = |words: &str, from: usize| {
                ITEM.captures(&words[from..]).and_then(|item| item.get(1)?.as_str().parse::<usize>().ok())
            };
            if number(&words, label.end()) == Some(1) {
                while let Some(words) = name(at + items.len()).filter(|_| at + items.len() < self.end)
                    && number(&words, 0) == Some(items.len() + 1)
                {
                    items.push((at + items.len(), words, 0));
                }
            }
            for (index, (at, words, label)) in items.iter().enumerate() {
                // Where the program sets the numbers, they are no words.
                let own = format!("{}.", index + 1);
                let indent = words[*label..].len() - words[*label..].trim_start().len();
                let numbered = items.len() > 1 && words[label + indent..].starts_with(&own);
                let behind = label + if numbered { indent + own.len() } else { 0 };
                let blank = if numbered { parting(&own, words[behind..].trim_start()) } else { "" };
                let label = behind + if words[behind..].starts_with(blank) { blank.len() } else { 0 };
                self.whole(*at, Element::Attached, words, label);
            }
        }
    }

    /// Who was there.
    fn present(&mut self, blocks: &[Block]) {
        for at in self.head..self.end {
            let Some(words) = said(blocks.get(at)) else { continue };
            let Some(label) =
                PRESENT.captures(&words).and_then(|parts| Some((parts.get(0)?.end(), parts.get(1)?)))
            else {
                continue;
            };
            let of = match label.1.as_str() {
                "出席" => Presence::Present,
                "请假" => Presence::Excused,
                _ => Presence::Attending,
            };
            self.whole(at, Element::Present(of), &words, label.0);
        }
    }

    /// What stands in brackets below the date.
    pub fn note(&mut self, blocks: &[Block]) {
        for at in self.head + 1..self.end {
            let dated = matches!(blocks[at - 1], Block::Date(_));
            let words = said(blocks.get(at)).filter(|words| dated && NOTE.is_match(words));
            if let Some(words) = words {
                self.whole(at, Element::Note, &words, 0);
            }
        }
    }

    /// The blocks with their elements, and of which block each takes which bytes.
    pub fn made(mut self, blocks: Vec<Block>) -> (Vec<Block>, Vec<Origin>) {
        loop {
            let (made, from) = self.applied(&blocks);
            let wrong = wrong(&made);
            let planned = wrong.iter().map(|at| from[*at].0).filter(|at| self.parts.contains_key(at));
            let planned: Vec<usize> = planned.collect();
            if planned.is_empty() {
                return (made, from);
            }
            planned.iter().for_each(|at| {
                self.parts.remove(at);
            });
        }
    }

    fn applied(&self, blocks: &[Block]) -> (Vec<Block>, Vec<Origin>) {
        let (mut made, mut from) = (Vec::with_capacity(blocks.len()), Vec::with_capacity(blocks.len()));
        for (index, block) in blocks.iter().enumerate() {
            let line = Line::of(block).text;
            let Some(parts) = self.parts.get(&index) else {
                made.push(block.clone());
                from.push((index, 0..line.len()));
                continue;
            };
            for (element, span, label) in parts {
                let (label, words) = line[span.clone()].split_at(*label);
                let text = if words.is_empty() { Vec::new() } else { vec![Inline::Text(words.to_owned())] };
                made.push(Block::Element { element: *element, label: label.to_owned(), text });
                from.push((index, span.clone()));
            }
        }
        (made, from)
    }
}

/// 份号, 密级 or 紧急程度 with the number of the document to its right, as they stand in a 信函 (10.1).
fn beside(words: &str, corner: &[(&Pattern, Element)]) -> Option<Parts> {
    let end = words.trim_start_matches(is_blank).find(is_blank)? + words.len()
        - words.trim_start_matches(is_blank).len();
    let start = end + words[end..].len() - words[end..].trim_start_matches(is_blank).len();
    let first = squeezed(&words[..end]);
    let (_, element) = corner.iter().find(|(pattern, _)| pattern.is_match(&first))?;
    let number =
        NUMBER.find(&words[start..]).filter(|number| number.end() == words[start..].trim_end().len())?;
    Some(vec![(*element, 0..end, 0), (Element::Number, start..start + number.end(), 0)])
}

/// The names of those who sign from a byte of a line on, each a part.
fn signers(words: &str, from: usize, parts: &mut Parts) {
    let start = |at: usize| at + words[at..].len() - words[at..].trim_start_matches(is_blank).len();
    // What stands before the words of a line is its indent; blanks at a seam are no words.
    let mut at = if from == 0 { 0 } else { start(from) };
    let mut label = SIGNER.find(&words[at..]).map_or(0, |label| label.end());
    while at < words.len() && !words[at..].trim_matches(is_blank).is_empty() {
        let name = start(at + label);
        let end = name + words[name..].find(is_blank).unwrap_or(words.len() - name);
        let next = start(end);
        let end = if next < words.len() { end } else { next };
        parts.push((Element::Signer, at..end, label));
        (at, label) = (next, 0);
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}

/// Whether the name above a serial number is that of an order or of minutes.
fn is_numbered(blocks: &[Block], marks: &[usize]) -> bool {
    let last = marks.last().and_then(|at| said(blocks.get(*at))).map(|words| squeezed(&words));
    last.is_some_and(|words| words.ends_with(['令']) || words.ends_with("纪要"))
}

/// The elements that would print other words: another label, or others than were typed.
fn wrong(blocks: &[Block]) -> Vec<usize> {
    let mut labelled = blocks.to_vec();
    letter::label(&mut labelled);
    let trimmed = |words: &str| words.trim_matches(is_blank).to_owned();
    let differs = |(at, (one, other)): (usize, (&Block, &Block))| match (one, other) {
        (Block::Element { element, label, text }, Block::Element { label: set, .. }) => {
            let words = trimmed(&plain(text));
            (trimmed(label) != trimmed(set) || !element.prints(&words)).then_some(at)
        }
        _ => None,
    };
    blocks.iter().zip(&labelled).enumerate().filter_map(differs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::text;

    /// The elements of a text, each with its label and its words; other blocks by their names.
    fn elements(lines: &str) -> Vec<String> {
        let name =
            |block: &Block| format!("{block:?}").split(['(', ' ']).next().unwrap_or_default().to_owned();
        let told = |block: &Block| match block {
            Block::Element { element, label, text } => {
                format!("{element:?}|{label}|{}", crate::document::plain(text))
            }
            block => name(block),
        };
        text(lines).document.blocks.iter().map(told).collect()
    }

    const TEXT: &str = "关于2025年工作情况的报告\n县人民政府：\n一年来，成绩很大。\n特此报告。\n";

    #[test]
    fn the_head_of_a_letter_is_told_by_its_number() {
        for (head, wanted) in [
            (
                "000001\n机密★1年\n特急\n青石镇人民政府文件\n青政发〔2025〕11号\t签发人：张三　李四\n",
                vec![
                    "CopyNumber||000001",
                    "Secrecy||机密★1年",
                    "Urgency||特急",
                    "Mark(File)||青石镇人民政府文件",
                    "Number||青政发〔2025〕11号",
                    "Signer|签发人：|张三",
                    "Signer||李四",
                ],
            ),
            (
                "青石镇人民政府\n青政函〔2025〕3号\n",
                vec!["Mark(Letter)||青石镇人民政府", "Number||青政函〔2025〕3号"],
            ),
            (
                "青石镇人民政府\n000001\t青政字〔2025〕3号\n特急\n",
                vec![
                    "Mark(Letter)||青石镇人民政府",
                    "CopyNumber||000001",
                    "Number||青政字〔2025〕3号",
                    "Urgency||特急",
                ],
            ),
            (
                "青石镇人民政府\n特急\n青政字〔2025〕3号\n",
                vec!["Mark(Letter)||青石镇人民政府", "Urgency||特急", "Number||青政字〔2025〕3号"],
            ),
            ("青石镇会议纪要\n第12期\n", vec!["Mark(Minutes)||青石镇会议纪要", "Number||第12期"]),
            ("青石镇人民政府令\n第3号\n", vec!["Mark(Order)||青石镇人民政府令", "Number||第3号"]),
            (
                "青政发〔2025〕11号\n签发人：张三\n",
                vec!["Number||青政发〔2025〕11号", "Signer|签发人：|张三"],
            ),
            ("青石镇人民政府\n", vec![]),
            ("签发人：张三、李四\n", vec![]),
        ] {
            let found = elements(&format!("{head}{TEXT}"));
            let found: Vec<&String> = found.iter().filter(|one| one.contains('|')).collect();
            assert_eq!(found, wanted, "{head}");
        }
        let found = elements(&format!("青石镇人民政府\n青政发〔2025〕11号\n{TEXT}"));
        assert_eq!(found[2..4], ["Title", "Recipient"]);
    }

    #[test]
    fn what_stands_behind_the_text_is_told_by_its_place() {
        let foot = "附件：1.各村情况表\n2.项目表\n青石镇人民政府\n2025年12月20日\n（此件公开发布）\n附件1\n各村情况表\n一、概况\n甲。\n附件2\n项目表\n乙。\n抄送：县委办公室，县人大常委会办公室。\n青石镇党政办公室　2025年12月20日印发\n";
        let wanted = [
            "Attached|附件：1.|各村情况表",
            "Attached|2.|项目表",
            "Signature",
            "Date",
            "Note||（此件公开发布）",
            "Annex|附件1|",
            "Title",
            "Heading",
            "Paragraph",
            "Annex|附件2|",
            "Title",
            "Paragraph",
            "CopyTo|抄送：|县委办公室，县人大常委会办公室。",
            "Printer||青石镇党政办公室",
            "PrintDate||2025年12月20日印发",
        ];
        assert_eq!(elements(&format!("{TEXT}{foot}"))[4..], wanted);
    }

    #[test]
    fn to_whom_it_is_sent_may_stand_above_the_copies() {
        let foot = "石桥镇人民政府\n2025年12月20日\n主送：各村，各单位。\n抄送：县委办公室。\n";
        let wanted = ["SentTo|主送：|各村，各单位。", "CopyTo|抄送：|县委办公室。"];
        assert_eq!(elements(&format!("{TEXT}{foot}"))[6..], wanted);
    }

    #[test]
    fn a_number_before_a_name_that_begins_with_one_is_none_of_its_words() {
        let foot = "附件：1. 2025年重点项目表\n2.各村情况表\n3. 35户名单\n青石镇人民政府\n2025年12月20日\n";
        let wanted =
            ["Attached|附件：1. |2025年重点项目表", "Attached|2.|各村情况表", "Attached|3. |35户名单"];
        assert_eq!(elements(&format!("{TEXT}{foot}"))[4..7], wanted);
    }

    #[test]
    fn what_would_print_other_words_stays_a_paragraph() {
        for line in [
            "抄送：县委办公室",
            "附件:甲表",
            "附件：甲表。乙表",
            "青石镇党政办公室2025年12月20日",
            "（此件公开发布）",
            "出席：张三",
        ] {
            let found = elements(&format!("{TEXT}{line}\n"));
            assert_eq!(found[4..], ["Paragraph"], "{line}");
        }
        // Annexes of which none is numbered would be numbered.
        let found = elements(&format!("{TEXT}附件\n甲表\n一。\n附件\n乙表\n二。\n"));
        assert!(found.iter().all(|one| !one.starts_with("Annex")), "{found:?}");
    }

    #[test]
    fn every_letter_is_kept() {
        let written = format!(
            "　000001\n　青 石 镇 政 府 文 件\n青政发〔2025〕11号   签发人：张三　李四  \n{TEXT}　　附件：1. 甲表\n　　　　　2. 乙表 \n　附件 1\n甲表\n一。\n抄送：甲，乙。\n　青石镇党政办  2025 年 12 月 20 日印发 \n"
        );
        let read = text(&written);
        let words: String = read.document.blocks.iter().map(|block| Line::of(block).text).collect();
        // Only blanks between two elements of one line are no words of either.
        let seams = [("号   签", "号签"), ("张三　李四", "张三李四"), ("办  2025", "办2025"), ("\n", "")];
        let wanted = seams.iter().fold(written.clone(), |words, (from, to)| words.replace(from, to));
        assert_eq!(words, wanted);
        let typed = read.written.unwrap();
        for (block, span) in &typed.lines {
            assert_eq!(Line::of(&read.document.blocks[*block]).text, typed.text[span.clone()]);
        }
    }
}
