//! Lines of a finished report as blocks, told by how they look: 一、 begins a heading, 一是 a point.
//!
//! A line keeps every byte; only the look of a block is guessed, never its words.

use std::ops::Range;

use super::letter::{Letter, Origin};
use crate::document::{
    Align, Block, Cell, Document, Element, Inline, Row, Table, bars, plain, split_heading,
};
use crate::zh::pattern::Pattern;

/// A heading is no longer than this, in characters, and has no full stop.
const LONGEST_HEADING: usize = 42;
/// One that the text goes on behind is one sentence of no more than this.
const LONGEST_RUN_IN: usize = 30;

static HEADINGS: [Pattern; 4] = [
    Pattern::new("^[ \t　]*[一二三四五六七八九十]+、"),
    Pattern::new("^[ \t　]*[（(][一二三四五六七八九十]+[）)]"),
    Pattern::new("^[ \t　]*[0-9]{1,2}[.．]"),
    Pattern::new("^[ \t　]*[（(][0-9]{1,2}[）)]"),
];
/// What makes the first number of a line one of several: 一、二、三产业.
static MORE_NUMBERS: Pattern = Pattern::new("^[一二三四五六七八九十]+[、和至]");
static POINT: Pattern = Pattern::new("^[ \t　]*[一二三四五六七八九十]+是");
/// A date that stands alone, its digits in any writing and with blanks anywhere.
static DATE: Pattern = Pattern::made(|| {
    let number = "(?:[0-9０-９一二三四五六七八九十][ 　]*){1,3}";
    let year = format!("(?:[0-9０-９一二三四五六七八九十{ZEROS}][ 　]*){{4}}年");
    format!("^[（(]?{year}[ 　]*{number}月[ 　]*(?:{number}日)?[）)]?$")
});
/// What is written for 〇.
const ZEROS: &str = "〇○◯零OＯo";
/// What the last line of a title ends in: the kind of the document, and in brackets what is to be known of it.
static KIND: Pattern = Pattern::new(
    "(?:总结|汇报|报告|要点|方案|通知|讲话|发言|简报|纪要|述职|公报|决定|通报)(?:（[^（）]{1,20}）)?$",
);
/// Kinds that are headings, too: only where the line before is not at its end they end a title.
static WEAK_KIND: Pattern =
    Pattern::new("(?:情况|打算|安排|建议|意见|计划|说明|体会|材料|规划)(?:（[^（）]{1,20}）)?$");
static BEHIND: Pattern = Pattern::new(
    "^(?:[（(][^（）()]{2,40}[）)]|附件?[0-9一二三四五六七八九十]*(?:[：:].*)?|(?:抄送|抄报|分送|主送|联系人|联系电话|共印)[：:]?.*|.{2,40}印发)$",
);
static OPEN: Pattern = Pattern::new("关于|[年度的和及暨、]$");
/// A title has no more lines than these.
const TITLE_LINES: usize = 3;

fn words(text: &str) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::Text(text.to_owned())] }
}

/// The block that a line of body text looks like.
pub(super) fn block(line: &str) -> Block {
    let short = line.chars().count() <= LONGEST_HEADING && !line.contains(['。', '；']);
    // `1.5亿元` begins with no number of a heading.
    let decimal = |number: &str, text: &str| {
        number.ends_with(['.', '．']) && text.starts_with(|c: char| c.is_ascii_digit())
    };
    for (level, pattern) in (1u8..).zip(HEADINGS.iter()) {
        let Some((number, text)) = pattern.find(line).map(|number| line.split_at(number.end())) else {
            continue;
        };
        if short && !decimal(number, text) || level <= 2 && runs_in(text) {
            return heading(level, number, text);
        }
    }
    match POINT.find(line) {
        Some(number) => point(number.as_str(), &line[number.end()..]),
        None => Block::Paragraph(words(line)),
    }
}

/// Whether words behind the number of a heading begin with a short sentence and go on: `一、二、三产业` is no number.
fn runs_in(text: &str) -> bool {
    let Some((lead, rest)) = text.split_once('。') else { return false };
    let length = lead.chars().count();
    let list = MORE_NUMBERS.is_match(text);
    (1..=LONGEST_RUN_IN).contains(&length) && !rest.trim().is_empty() && !lead.contains('；') && !list
}

/// A heading of these words; what stands behind its first sentence is the text that goes on.
pub(super) fn heading(level: u8, number: &str, text: &str) -> Block {
    let (text, body) = split_heading(words(text));
    Block::Heading { level, number: number.to_owned(), text, body }
}

/// A heading of a level that the file names; its number is the one that headings of the level have.
pub(super) fn heading_of(level: u8, line: &str) -> Block {
    let level = level.clamp(1, 4);
    let number = HEADINGS[usize::from(level) - 1].find(line).map_or(0, |found| found.end());
    let (number, text) = line.split_at(number);
    heading(level, number, text)
}

/// A point in a style of ours, with or without its number.
pub(super) fn point_of(line: &str) -> Block {
    let number = POINT.find(line).map_or(0, |found| found.end());
    let (number, text) = line.split_at(number);
    point(number, text)
}

fn point(number: &str, text: &str) -> Block {
    let end = text.find('。').map(|at| at + '。'.len_utf8()).filter(|end| *end < text.len());
    let (lead, text) = text.split_at(end.unwrap_or(0));
    Block::Point { number: number.to_owned(), lead: words(lead), text: words(text) }
}

/// Whether text goes on behind the lead of a point.
pub(super) fn is_led(point: &Block) -> bool {
    matches!(point, Block::Point { lead, .. } if !lead.is_empty())
}

/// Lines of blocks: number of the block, and bytes of the text.
pub(super) type Lines = Vec<(usize, Range<usize>)>;

/// The lines of a text without their ends, each with where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// Plain text: one line, one block; blank lines only separate.
pub(super) fn text(text: &str) -> (Document, Lines) {
    let written: Vec<(usize, &str)> = lines(text).filter(|(_, line)| !line.trim().is_empty()).collect();
    let blocks = written.iter().map(|(_, line)| block(line)).collect();
    let lines = written.iter().enumerate().map(|(index, (at, line))| (index, *at..at + line.len()));
    placed(blocks, lines.collect())
}

/// The document of blocks whose lines stand at these bytes, each block in its place.
fn placed(blocks: Vec<Block>, lines: Lines) -> (Document, Lines) {
    let (blocks, origins) = framed(blocks);
    let place = |(block, span): (usize, Range<usize>)| {
        let first = origins.partition_point(|(of, _)| *of < block);
        let parts = origins[first..].iter().take_while(|(of, _)| *of == block).count();
        let part = |part: &Range<usize>| match parts {
            1 => span.clone(),
            _ => (span.start + part.start).min(span.end)..(span.start + part.end).min(span.end),
        };
        let place = |index: usize| (index, part(&origins[index].1));
        (first..first + parts).map(place).collect::<Vec<_>>()
    };
    let lines = lines.into_iter().flat_map(place).collect();
    (Document { blocks, ..Document::default() }, lines)
}

/// Blanks in front of words, which are an indent or put them to the right.
fn is_indent(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}

/// The words of a paragraph without the blanks around them.
fn said(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(line) => Some(plain(line).trim().to_owned()),
        _ => None,
    }
}

fn is_brief(line: &str, most: usize) -> bool {
    line.chars().count() <= most && !line.contains(['。', '；', '：', '\t'])
}

/// Makes something else of a paragraph, every letter kept.
fn become_of(block: &mut Block, element: fn(Vec<Inline>) -> Block) {
    if let Block::Paragraph(line) = block {
        *block = element(std::mem::take(line));
    }
}

/// Gives title, recipient, signature, dates and the other elements their place, where they stand where they
/// should; and says of which block each takes which bytes.
pub(super) fn framed(mut blocks: Vec<Block>) -> (Vec<Block>, Vec<Origin>) {
    let mut letter = Letter::of(&blocks);
    let start = letter.head;
    let above: Vec<usize> = letter.annex_bodies(&blocks).collect();
    let begins = above.first().is_some_and(|body| *body == start + 1);
    // One or two lines are an excerpt and have no title.
    let whole = blocks.len() > start + 2 || start > 0;
    if !begins && whole && blocks.get(start).and_then(said).is_some_and(|line| is_brief(&line, 60)) {
        become_of(&mut blocks[start], Block::Title);
    }
    if matches!(blocks.get(start), Some(Block::Title(_))) {
        head(&mut blocks[start..]);
    }
    for body in above {
        if body >= blocks.len() {
            break;
        }
        if said(&blocks[body]).is_some_and(|line| is_brief(&line, 60)) {
            become_of(&mut blocks[body], Block::Title);
        }
        let end = body + title_end(&blocks[body..]);
        blocks[body..end].iter_mut().for_each(|block| become_of(block, Block::Title));
    }
    let end = if begins { blocks.len() } else { letter.end.max(start) };
    foot(&mut blocks[..end], &letter);
    letter.note(&blocks);
    letter.made(blocks)
}

/// What stands between title and text.
fn head(blocks: &mut [Block]) {
    let end = title_end(blocks);
    blocks[1..end].iter_mut().for_each(|block| become_of(block, Block::Title));
    let is = |block: Option<&Block>, test: &dyn Fn(&str) -> bool| {
        block.and_then(said).is_some_and(|line| test(&line))
    };
    let mut next = end;
    if is(blocks.get(next), &|line| DATE.is_match(line)) {
        become_of(&mut blocks[next], Block::Byline);
    }
    next += usize::from(matches!(blocks.get(next), Some(Block::Byline(_))));
    if is(blocks.get(next), &|line| line.ends_with('：') && line.chars().count() <= 30) {
        become_of(&mut blocks[next], Block::Recipient);
    }
}

/// How many blocks the title has: several short lines where only the last says what kind of document this is.
fn title_end(blocks: &[Block]) -> usize {
    const LONGEST: usize = 30;
    let Some(Block::Title(first)) = blocks.first() else { return 0 };
    let mut lines = vec![plain(first).trim().to_owned()];
    lines.extend(blocks[1..].iter().take(TITLE_LINES - 1).map_while(said));
    let parts = lines.iter().take_while(|line| is_brief(line, LONGEST) && !DATE.is_match(line)).count();
    let ends = |at: &usize| {
        let open = *at > 0 && OPEN.is_match(&lines[at - 1]);
        KIND.is_match(&lines[*at]) || WEAK_KIND.is_match(&lines[*at]) && (open || *at == 0)
    };
    let kind = (0..parts).find(ends);
    kind.filter(|at| *at + 1 < blocks.len()).map_or(1, |at| at + 1)
}

/// Who signs, and when; behind that may stand to whom it goes and what is attached.
fn foot(blocks: &mut [Block], letter: &Letter) {
    let is_behind = |at: &usize| letter.element(blocks, *at).is_some() || is_behind(&blocks[*at]);
    let behind = (0..blocks.len()).rev().take_while(is_behind).count();
    let last = blocks.len().saturating_sub(behind + 1);
    if last < 2 || !blocks.get(last).and_then(said).is_some_and(|line| DATE.is_match(&line)) {
        return;
    }
    become_of(&mut blocks[last], Block::Date);
    if said(&blocks[last - 1]).is_some_and(|line| is_brief(&line, 30)) {
        become_of(&mut blocks[last - 1], Block::Signature);
    }
}

/// What may stand behind a signature: 附件：…, 抄送：…, （此件公开发布）, the items of a list of attachments.
pub(super) fn is_behind(block: &Block) -> bool {
    match block {
        Block::Paragraph(line) => BEHIND.is_match(plain(line).trim()),
        Block::Element { element, .. } => !element.is_head() && *element != Element::Sealed,
        Block::Heading { level: 3, text, body, .. } => body.is_empty() && !plain(text).contains('。'),
        _ => false,
    }
}

/// A document without the blanks that its lines begin with: they are an indent, and no words.
pub(super) fn unindented(document: Document) -> Document {
    let bare = |line: &[Inline]| {
        let mut line = line.to_vec();
        if let Some(Inline::Text(words)) = line.first_mut() {
            *words = words.trim_start_matches(is_indent).to_owned();
            if words.is_empty() {
                line.remove(0);
            }
        }
        line
    };
    let block = |block: &Block| match block {
        Block::Table(_) => block.clone(),
        Block::Heading { level, number, text, body } => Block::Heading {
            level: *level,
            number: number.trim_start_matches(is_indent).to_owned(),
            text: if number.is_empty() { bare(text) } else { text.clone() },
            body: body.clone(),
        },
        Block::Point { number, lead, text } => Block::Point {
            number: number.trim_start_matches(is_indent).to_owned(),
            lead: lead.clone(),
            text: text.clone(),
        },
        Block::Element { element, label, text } => Block::Element {
            element: *element,
            label: label.trim_start_matches(is_indent).to_owned(),
            text: if label.is_empty() { bare(text) } else { text.clone() },
        },
        block => block.map(&mut |line| bare(line)),
    };
    let blocks = document.blocks.iter().map(block).collect();
    Document { blocks, ..document }
}

/// Markdown as this program writes it: `#` headings, pipe tables, bold leads.
pub(super) fn markdown(text: &str) -> (Document, Lines) {
    let mut blocks = Vec::new();
    let mut places = Lines::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut heads = 1;
    for (at, line) in lines(text).chain([(text.len(), "")]) {
        if line.starts_with('|') {
            let cells = cells(at, line);
            // The rule under the head is no row.
            if cells.iter().all(|(_, cell)| !cell.is_empty() && cell.chars().all(|c| ":-".contains(c))) {
                heads = rows.len();
                continue;
            }
            places.extend(cells.iter().map(|(span, _)| (blocks.len(), span.clone())));
            rows.push(cells.into_iter().map(|(_, words)| cell(words)).collect::<Vec<Cell>>().into());
            continue;
        }
        if !rows.is_empty() {
            blocks.push(Block::Table(table(std::mem::take(&mut rows), std::mem::replace(&mut heads, 1))));
        }
        if line.trim().is_empty() {
            continue;
        }
        let hashes = line.len() - line.trim_start_matches('#').len();
        let (level, words) = match line[hashes..].strip_prefix(' ') {
            Some(title) if hashes > 0 => (hashes, title),
            _ => (0, line),
        };
        places.push((blocks.len(), at + line.len() - words.len()..at + line.len()));
        let words = bare(words);
        blocks.push(match level {
            0 => block(&words),
            1 => Block::Title(self::words(&words)),
            _ => heading_of(u8::try_from(level - 1).unwrap_or(4), &words),
        });
    }
    placed(blocks, places)
}

/// The words without bold marks and backslashes.
fn bare(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => words.extend(chars.next()),
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
            }
            c => words.push(c),
        }
    }
    words
}

/// A cell as it is written: `<` and `^` alone join it to another one, `<br>` parts its paragraphs.
fn cell(written: &str) -> Cell {
    if let Some(merged) = bars::joined(written) {
        return Cell { merged, ..Cell::default() };
    }
    let parts = parted(written).into_iter().map(bare);
    Cell::from(words(&parts.collect::<Vec<_>>().join("\n")))
}

/// What stands between `<br>`s; one behind a backslash is letters.
fn parted(written: &str) -> Vec<&str> {
    let (mut parts, mut from, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in written.char_indices() {
        if !escaped && written[at..].starts_with(bars::BREAK) {
            parts.push(&written[from..at]);
            from = at + bars::BREAK.len();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&written[from..]);
    parts
}

/// The cells of a row that begins at a byte of the text, each with its bytes.
fn cells(at: usize, line: &str) -> Vec<(Range<usize>, &str)> {
    let line = line.trim_end();
    let inner = line.strip_suffix('|').filter(|rest| rest.len() > 1 && !rest.ends_with('\\')).unwrap_or(line);
    let mut bars: Vec<usize> = Vec::new();
    let mut escaped = false;
    for (index, c) in inner.char_indices() {
        if c == '|' && !escaped {
            bars.push(index);
        }
        escaped = c == '\\' && !escaped;
    }
    bars.push(inner.len());
    let cell = |pair: &[usize]| {
        let words = &inner[pair[0] + 1..pair[1]];
        let start = pair[0] + 1 + words.len() - words.trim_start().len();
        let words = words.trim();
        (at + start..at + start + words.len(), words)
    };
    bars.windows(2).map(cell).collect()
}

/// A table of rows, the first `heads` of which are its head; short rows get empty cells.
pub(super) fn table(mut rows: Vec<Row>, heads: usize) -> Table {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.cells.resize(width, Cell::default()));
    let body = rows.split_off(heads.clamp(1, rows.len().max(1)).min(rows.len()));
    let mut table = Table { head: rows, rows: body, align: vec![Align::Left; width], ..Table::default() };
    table.settle();
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Line;
    use crate::document::Merged;

    fn kinds(lines: &str) -> Vec<String> {
        let (document, _) = text(lines);
        let name =
            |block: &Block| format!("{block:?}").split(['(', ' ']).next().unwrap_or_default().to_owned();
        document.blocks.iter().map(name).collect()
    }

    #[test]
    fn who_signs_and_when_is_told_wherever_blanks_put_it() {
        for date in [
            "2024年12月26日",
            "　　　　　　　　2024年12月26日",
            "\t\t2024 年 12 月 26 日",
            "二〇二四年十二月二十六日",
            "二○二四年十二月二十六日",
            "二零二四年十二月",
            "二0二四年十二月二十六日",
            "                    ２０２４年１２月２６日　",
        ] {
            let text = format!("工作总结\n一年来，成绩大。\n特此报告。\n　　　　\t石桥镇人民政府\n{date}\n");
            assert_eq!(kinds(&text)[3..], ["Signature", "Date"], "{date}");
        }
    }

    #[test]
    fn a_signature_is_known_with_what_stands_behind_it() {
        for behind in [
            "（此件公开发布）",
            "（联系人：张三，联系电话：12345）",
            "附件：1.各村情况表\n2.项目表",
            "抄送：县政府办，县财政局。\n云溪镇党政办公室　　2024年12月26日印发",
        ] {
            let text =
                format!("工作总结\n一年来，成绩大。\n特此报告。\n石桥镇人民政府\n2024年12月26日\n{behind}\n");
            assert_eq!(kinds(&text)[3..5], ["Signature", "Date"], "{behind}");
        }
    }

    #[test]
    fn a_title_of_two_lines_is_one() {
        for (text, titles) in [
            ("云溪镇2024年\n工作总结\n一年来，成绩大。\n末。", 2),
            ("中共云溪镇委员会\n云溪镇人民政府\n2024年工作总结（讨论稿）\n一年来，成绩大。", 3),
            ("　　云溪镇2024年\n　　　　工作总结\n\n2024年12月26日\n一年来，成绩大。", 2),
            ("云溪镇2024年工作总结\n基本情况\n一年来，成绩大。\n末。", 1),
            ("云溪镇2024年工作总结\n下步打算\n一年来，成绩大。\n末。", 1),
            ("云溪镇关于2024年信访\n工作情况\n一年来，成绩大。\n末。", 2),
            ("云溪镇乡村振兴\n基本情况\n一年来，成绩大。\n末。", 1),
            ("云溪镇2024年\n一、工作汇报\n一年来，成绩大。\n末。", 1),
        ] {
            let kinds = kinds(text);
            assert_eq!(kinds.iter().filter(|kind| *kind == "Title").count(), titles, "{text}");
            assert!(kinds[..titles].iter().all(|kind| kind == "Title"), "{text}");
        }
    }

    #[test]
    fn marks_of_cells_are_letters_behind_a_backslash() {
        for (written, words, merged) in [
            ("甲<br>乙", "甲\n乙", Merged::Not),
            (r"甲\<br>乙", "甲<br>乙", Merged::Not),
            (r"甲\\<br>乙", "甲\\\n乙", Merged::Not),
            (r"\^", "^", Merged::Not),
            (r"\<", "<", Merged::Not),
            ("^", "", Merged::Up),
            ("<", "", Merged::Left),
        ] {
            let cell = cell(written);
            assert_eq!((plain(&cell.words).as_str(), cell.merged), (words, merged), "{written}");
        }
    }

    #[test]
    fn an_indent_is_no_word_but_every_letter_is_read() {
        let written =
            "　　工作总结\n　　一、成绩\n　　全镇 共有26件。\n　　一是好。真好。\n\t石桥镇\n  2024年1月2日\n";
        let (read, _) = text(written);
        let words = |document: &Document| {
            document.blocks.iter().map(|block| Line::of(block).text).collect::<Vec<_>>()
        };
        assert_eq!(words(&read), written.lines().collect::<Vec<_>>());
        let bare: Vec<&str> = written.lines().map(str::trim_start).collect();
        assert_eq!(words(&unindented(read)), bare);
    }
}
