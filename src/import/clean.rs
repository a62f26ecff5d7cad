//! The clean-up before a report becomes a template: what no reader sees, and blanks that only a web page
//! or a typewriter's habit put there. Everything that is done is counted, so that it can be told.

use std::collections::BTreeMap;

use crate::document::{Block, Document, Inline, plain};
use crate::marked::is_reserved;
use crate::zh::gap::{self, Gap};
use crate::zh::number::{numeral, parting};
use crate::zh::pattern::Pattern;
use crate::zh::private::{UNREADABLE, unicode};
use crate::zh::unseen::is_unseen;

/// What was done, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cleaning {
    /// Blanks at the beginning or end of a paragraph, indents among them.
    Ends,
    /// Blanks between Chinese characters, or between them and digits.
    Inner,
    /// Characters that nobody sees: zero width, control characters.
    Invisible,
    /// Characters for private use: those of old fonts that have a place today, and those that nobody can read.
    Private,
    /// Tabs and other blanks that became one space.
    Blank,
    /// What stood for 〇 in a date in Chinese digits.
    Zero,
}

impl Cleaning {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Cleaning::Ends => "去掉段首段尾的空格",
            Cleaning::Inner => "去掉汉字、数字之间的空格",
            Cleaning::Invisible => "去掉看不见的字符",
            Cleaning::Private => "字库以外的字换成通用字，认不出的写成“〓”，请补上",
            Cleaning::Blank => "制表符等空白换成一个空格",
            Cleaning::Zero => "日期里的零写成“〇”",
        }
    }
}

/// How often each was done.
pub type Cleaned = BTreeMap<Cleaning, usize>;

/// The document cleaned, and what was done.
pub fn clean(document: &Document) -> (Document, Cleaned) {
    let mut cleaned = Cleaned::new();
    let blocks = document
        .blocks
        .iter()
        .map(|block| {
            block.map(&mut |line| {
                let text: String = line.iter().map(Inline::text).collect();
                let parts = text.split('\n').map(|part| line_of(part, &mut cleaned));
                let text = parts.collect::<Vec<_>>().join("\n");
                if text.is_empty() { Vec::new() } else { vec![Inline::Text(text)] }
            })
        })
        .collect::<Vec<_>>();
    let blocks = blocks.into_iter().map(|block| dated(numbered(block, &mut cleaned), &mut cleaned)).collect();
    (Document { blocks, ..Document::default() }, cleaned)
}

/// A block whose number has no blanks around it but one that parts it from a figure.
fn numbered(mut block: Block, cleaned: &mut Cleaned) -> Block {
    if let Block::Heading { number, .. }
    | Block::Point { number, .. }
    | Block::Element { label: number, .. } = &mut block
    {
        *number = line_of(number, cleaned);
    }
    if let Block::Heading { number, text, .. } = &mut block {
        number.push_str(parting(number, &plain(text)));
    }
    block
}

static ZERO: Pattern =
    Pattern::new("^(.*?[一二三四五六七八九])([零○◯0０OＯo])([一二三四五六七八九零○◯0０OＯo〇]{1,2}年.*)$");

/// A date whose year in Chinese digits has the zero that belongs there.
fn dated(block: Block, cleaned: &mut Cleaned) -> Block {
    if !matches!(block, Block::Date(_) | Block::Byline(_)) {
        return block;
    }
    block.map(&mut |line| {
        let mut text: String = line.iter().map(Inline::text).collect();
        while let Some(parts) = ZERO.captures(&text) {
            text = format!("{}〇{}", &parts[1], &parts[3]);
            *cleaned.entry(Cleaning::Zero).or_default() += 1;
        }
        vec![Inline::Text(text)]
    })
}

/// One line cleaned.
pub fn line_of(text: &str, cleaned: &mut Cleaned) -> String {
    let private = text.chars().filter(|c| is_reserved(*c)).count();
    let readable = |c: char| unicode(c).unwrap_or(if is_reserved(c) { UNREADABLE } else { c });
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).map(readable).collect();
    let mut count = |kind, number: usize| {
        if number > 0 {
            *cleaned.entry(kind).or_default() += number;
        }
    };
    count(Cleaning::Private, private);
    count(Cleaning::Invisible, text.chars().count() - visible.chars().count());
    let trimmed = visible.trim_matches(is_blank);
    count(Cleaning::Ends, usize::from(trimmed.len() < visible.len()));
    let mut out = String::with_capacity(trimmed.len());
    let (mut at, mut inner, mut odd) = (0, 0, 0);
    while let Some(blank) = trimmed[at..].find(is_blank) {
        out.push_str(&trimmed[at..at + blank]);
        let start = at + blank;
        let rest = &trimmed[start..];
        at = start + rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
        let blanks = &trimmed[start..at];
        let (left, right) = (left_of(&out), trimmed[at..].chars().next());
        let wide = blanks == "\u{3000}";
        // `一 35户`: a numeral and a figure behind it are two; `－ 35户` begins with no sign.
        let number = |c| numeral::is_one(c) || matches!(c, '－' | '．');
        let two = left.is_some_and(number) && right.is_some_and(|c| c.is_ascii_digit());
        let joined = !is_latin(&out) && joins(left) && joins(right) && (is_wide(left) || is_wide(right));
        if !wide && !two && joined && gap::kind(trimmed, &(start..at)) == Gap::Slip {
            inner += 1;
        } else {
            odd += usize::from(!matches!(blanks, " " | "\u{3000}"));
            // A wide blank stays wide, so that it is told the same way when it is read again.
            out.push(if blanks.contains('\u{3000}') { '\u{3000}' } else { ' ' });
        }
    }
    out.push_str(&trimmed[at..]);
    count(Cleaning::Inner, inner);
    count(Cleaning::Blank, odd);
    out
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn is_invisible(c: char) -> bool {
    c.is_control() && !c.is_whitespace() || is_unseen(c)
}

/// The character before a blank; a half-width mark behind Chinese speaks for it.
fn left_of(words: &str) -> Option<char> {
    let mut back = words.chars().rev();
    match back.next() {
        Some(',' | ';' | ':' | '?' | '!' | ')') => back.next().filter(|before| is_wide(Some(*before))),
        last => last,
    }
}

/// Characters between which a Chinese text has no blank.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| is_wide(Some(c)) || c.is_ascii_digit() || c == '%')
}

/// Whether words end in a Latin phrase, its number included: `Word 2016`.
fn is_latin(words: &str) -> bool {
    words
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')
        .ends_with(|c: char| c.is_ascii_alphabetic())
}

fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{3001}'..='\u{3020}' | '\u{FF01}'..='\u{FF60}'
            | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cleaned(text: &str) -> String {
        line_of(text, &mut Cleaned::new())
    }

    #[test]
    fn blanks_go_where_chinese_has_none() {
        for (text, wanted) in [
            ("　　全镇 共有 26 件，", "全镇共有26件，"),
            ("使用 Word 2016 编辑", "使用 Word 2016 编辑"),
            ("张　三", "张　三"),
            ("廖红建 党发宁", "廖红建 党发宁"),
            ("联系人：张三 电话：0755-12345678", "联系人：张三 电话：0755-12345678"),
            ("张三 男 35岁 中共党员", "张三 男 35岁 中共党员"),
            ("张三（组长） 李四", "张三（组长） 李四"),
            ("5.3 国际化", "5.3 国际化"),
            ("一年来， 全镇各村（ 社区） 共召开会议 12 次。", "一年来，全镇各村（社区）共召开会议12次。"),
            ("参加人员：张三 李四\t王小五。", "参加人员：张三 李四 王小五。"),
            ("打响“好山 好水 好云溪”品牌", "打响“好山 好水 好云溪”品牌"),
            ("a\tb", "a b"),
            ("零\u{200B}宽\u{FEFF}度\u{E000}", "零宽度〓"),
            ("梁\u{E863}同志", "梁䶮同志"),
            ("一 35户", "一 35户"),
            ("一　三年来", "一　三年来"),
            ("－ 35户", "－ 35户"),
            ("会议以来, 共收到 38 件; 见 A, B", "会议以来,共收到38件;见 A, B"),
        ] {
            assert_eq!(cleaned(text), wanted);
        }
        let mut counts = Cleaned::new();
        line_of("　全镇 共有\t26件。", &mut counts);
        assert_eq!(counts.values().copied().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_number_keeps_apart_from_the_figure_behind_it() {
        for (line, wanted) in [
            ("1. 35户", "1. 35户"),
            ("　3.　7户", "3. 7户"),
            ("2.  全镇", "2.全镇"),
            ("（一） 12户", "（一）12户"),
        ] {
            let document = Document { blocks: vec![crate::input::looks(line)], ..Document::default() };
            let (cleaned, _) = clean(&document);
            assert_eq!(crate::document::Line::of(&cleaned.blocks[0]).text, wanted);
        }
    }

    proptest! {
        #[test]
        fn a_clean_line_stays_as_it_is(text in "[ \\t　\u{200B}\u{E001}A-C0-9全镇王村三“”，。%,;)]{0,30}") {
            let once = cleaned(&text);
            prop_assert_eq!(cleaned(&once), once);
        }
    }
}
