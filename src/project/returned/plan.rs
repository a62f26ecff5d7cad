//! Where in the templates a change of the report is made: every word knows where it was typed, so that nothing is looked
//! for and no change depends on another one.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Block, Element, Line, plain, tables};
use crate::import::edits::{Edit, What};
use crate::import::{cell_words, paragraph, pipe_row, pipe_table, typed};
use crate::report::located::{Located, Placed};
use crate::template::{From, Piece, TemplatePiece, TemplateText};

/// Other bytes in the place of some of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub at: Piece,
    pub new: New,
}

/// What stands there then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum New {
    Words(String),
    /// The bytes of the template that are taken away elsewhere.
    Moved(Piece),
}

/// The report and the templates that it was made from.
pub(super) struct Plan<'p> {
    pub located: &'p Located,
    pub written: Vec<&'p TemplateText>,
}

type Outcome<T> = Result<T, String>;

const NOWHERE: &str = "这些字不是直接写在模板里的";
const SAME_LINE: &str = "这一段和别的段落由模板里同一处写出来";

impl Plan<'_> {
    /// What a change of words makes of the templates; nothing for one of facts.
    ///
    /// # Errors
    /// In Chinese: why it has to be made by hand.
    pub fn splices(&self, edit: &Edit) -> Outcome<Vec<Splice>> {
        let block = || edit.block.ok_or_else(|| "找不到原来的段落".to_owned());
        match &edit.what {
            What::Words { line, span, .. } => self.words(block()?, *line, span, &edit.new),
            What::Added { block, .. } => {
                let next = edit.block.map_or(0, |before| before + 1);
                self.inserted(edit.block, next, New::Words(written(block)))
            }
            What::Removed => self.removed(block()?),
            What::Moved { blocks, after } => self.moved(blocks.clone(), *after),
            What::Parted { at } => self.parted(block()?, *at),
            What::Joined => self.joined(block()?),
            What::RowAdded { line, row } => self.row_added(block()?, *line, pipe_row(row)),
            What::RowRemoved { line } => self.row_removed(block()?, *line),
            What::Columns => Err("表格的栏数或表头变了，请在模板里改这张表".to_owned()),
            What::Number => Err("编号是程序排的，改了别处会跟着重排".to_owned()),
            What::Mixed => Err("文字和数字一起改了，分不清哪个数改成了哪个".to_owned()),
            What::Merged => Err("表格里的格子怎样合并，写在模板的表格里".to_owned()),
            What::Fact { .. } | What::Computed { .. } => Ok(Vec::new()),
        }
    }

    fn text(&self, template: usize) -> &str {
        self.written.get(template).map_or("", |written| &written.source.text)
    }

    fn line(&self, block: usize, line: usize) -> Outcome<&Placed> {
        self.located.lines(block).get(line).ok_or_else(|| "找不到原来的段落".to_owned())
    }

    fn words(&self, block: usize, line: usize, span: &Range<usize>, new: &str) -> Outcome<Vec<Splice>> {
        let placed = self.line(block, line)?;
        let table = matches!(self.located.document.blocks.get(block), Some(Block::Table(_)));
        let first =
            span.start == 0 && matches!(self.located.document.blocks.get(block), Some(Block::Paragraph(_)));
        let new = if table { cell_words(new) } else { several(new, first) };
        let mut pieces = placed.pieces(span).into_iter();
        let mut splices = Vec::new();
        for from in pieces.by_ref() {
            let piece = match from {
                From::Typed(piece) => piece,
                From::Tag(piece) if self.is_whole(placed, span, &piece) => piece,
                From::Tag(_) => return Err("改的是一个数或名称的一部分".to_owned()),
                From::Elsewhere => return Err(NOWHERE.to_owned()),
            };
            splices.push(Splice { at: piece, new: New::Words(String::new()) });
        }
        match splices.first_mut() {
            Some(first) => first.new = New::Words(new),
            None => {
                let at = self.point(placed, span.start)?;
                splices.push(Splice { at, new: New::Words(new) });
            }
        }
        Ok(splices)
    }

    /// Whether all that a tag printed in the line lies in a stretch of it.
    fn is_whole(&self, placed: &Placed, span: &Range<usize>, tag: &Piece) -> bool {
        let own = |at: usize| matches!(placed.sides(at).1, Some(From::Tag(piece)) if piece == tag);
        let before = |at: usize| matches!(placed.sides(at).0, Some(From::Tag(piece)) if piece == tag);
        !(own(span.start) && before(span.start) || own(span.end) && before(span.end))
    }

    /// The place in a template where words at a place of a line are put in.
    fn point(&self, placed: &Placed, at: usize) -> Outcome<Piece> {
        let empty = |template: usize, at: usize| Piece { template, span: at..at };
        let (before, behind) = placed.sides(at);
        let before = before.and_then(From::piece).map(|piece| empty(piece.template, piece.span.end));
        let typed = |from: Option<&From>| matches!(from, Some(From::Typed(_)));
        let sides = (typed(placed.sides(at).0), typed(behind));
        let behind = behind.and_then(From::piece).map(|piece| empty(piece.template, piece.span.start));
        let depth = |piece: &Piece| self.open(piece).len();
        match (before, behind) {
            (Some(before), Some(behind)) if depth(&behind) < depth(&before) => Ok(behind),
            (Some(before), Some(behind)) if depth(&before) == depth(&behind) && sides == (false, true) => {
                Ok(behind)
            }
            (Some(before), _) => Ok(before),
            (None, Some(behind)) => Ok(behind),
            (None, None) => Err(NOWHERE.to_owned()),
        }
    }

    /// The blocks of a template that are open at a place: `each 村 as |行|`.
    fn open(&self, at: &Piece) -> Vec<&str> {
        let mut open = Vec::new();
        for (inside, tag) in self.tags(at.template) {
            if inside.end > at.span.start {
                break;
            }
            match tag.chars().next() {
                Some('#') => open.push(tag[1..].trim()),
                Some('/') => drop(open.pop()),
                _ => {}
            }
        }
        open
    }

    /// The tags of a template: their bytes and what they say.
    fn tags(&self, template: usize) -> impl Iterator<Item = (Range<usize>, &str)> {
        let written = self.written.get(template);
        let pieces = written.into_iter().flat_map(|written| &written.pieces);
        pieces.filter_map(move |piece| match piece {
            TemplatePiece::Tag(inside) => {
                Some((inside.clone(), self.text(template)[inside.clone()].trim_matches(['~', ' '])))
            }
            _ => None,
        })
    }

    /// The whole lines of a template that wrote these blocks, and nothing else.
    fn lines_of(&self, blocks: Range<usize>) -> Outcome<Piece> {
        let lines = blocks.clone().flat_map(|block| self.located.lines(block));
        let from: Vec<From> = lines.flat_map(|line| line.pieces(&(0..line.text.len()))).collect();
        let mut pieces = from.iter().filter_map(From::piece);
        let Some(first) = pieces.next() else { return Err(NOWHERE.to_owned()) };
        let (mut start, mut end) = (first.span.start, first.span.end);
        for piece in pieces {
            if piece.template != first.template {
                return Err("这一段由几个模板拼成".to_owned());
            }
            (start, end) = (start.min(piece.span.start), end.max(piece.span.end));
        }
        let text = self.text(first.template);
        let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let end = start + text[start..end].trim_end_matches('\r').len();
        Ok(Piece { template: first.template, span: start..end })
    }

    /// The same, where these blocks alone come from there.
    fn own_lines(&self, blocks: Range<usize>) -> Outcome<Piece> {
        let lines = self.lines_of(blocks.clone())?;
        if let Some(list) = self.repeated(&lines) {
            return Err(format!("这一段是模板按“{list}”逐行写出来的，请在“{list}”里改"));
        }
        if self.located.blocks_of(&lines) != blocks.collect::<Vec<_>>() {
            return Err(SAME_LINE.to_owned());
        }
        Ok(lines)
    }

    /// The list whose rows are gone through at a place of a template.
    fn repeated(&self, piece: &Piece) -> Option<&str> {
        self.open(piece)
            .into_iter()
            .find_map(|tag| tag.strip_prefix("each").or_else(|| tag.strip_prefix("分组")))
            .map(|list| list.split_whitespace().next().unwrap_or_default())
    }

    /// Whether every block of the template that begins in some lines ends there.
    fn is_balanced(&self, lines: &Piece) -> bool {
        let mut depth = 0i32;
        for (inside, tag) in self.tags(lines.template) {
            if !(lines.span.start <= inside.start && inside.end <= lines.span.end) {
                continue;
            }
            match tag.chars().next() {
                Some('#') => depth += 1,
                Some('/') => depth -= 1,
                _ if depth == 0 && tag.starts_with("else") => return false,
                _ => {}
            }
            if depth < 0 {
                return false;
            }
        }
        depth == 0
    }

    fn removed(&self, block: usize) -> Outcome<Vec<Splice>> {
        if let Some(fact) = self.of_a_fact(block) {
            return Err(fact);
        }
        let lines = self.own_lines(block..block + 1)?;
        if self.is_balanced(&lines) {
            return Ok(vec![Splice { at: self.with_blank(lines), new: New::Words(String::new()) }]);
        }
        let line = self.line(block, 0)?;
        self.words(block, 0, &(0..line.text.len()), "")
    }

    /// A paragraph that is all from one tag is no paragraph of the template.
    fn of_a_fact(&self, block: usize) -> Option<String> {
        let line = self.located.lines(block).first()?;
        match line.pieces(&(0..line.text.len())).as_slice() {
            [From::Tag(tag)] if self.located.blocks_of(tag).len() > 1 => {
                let tag = &self.text(tag.template)[tag.span.clone()];
                Some(format!("这一段是 {tag} 里的，请改那个事实"))
            }
            _ => None,
        }
    }

    /// Lines together with the blank one behind them, unless the one before them is none.
    fn with_blank(&self, lines: Piece) -> Piece {
        let text = self.text(lines.template);
        let before = text[..lines.span.start].trim_end_matches('\r');
        if !(before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n")) {
            return lines;
        }
        let rest = &text[lines.span.end..];
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        Piece { span: lines.span.start..lines.span.end + blank, ..lines }
    }

    /// Something new between two blocks that follow each other.
    fn inserted(&self, before: Option<usize>, next: usize, new: New) -> Outcome<Vec<Splice>> {
        let end = before.map(|block| self.lines_of(block..block + 1));
        let start = (next < self.located.document.blocks.len()).then(|| self.lines_of(next..next + 1));
        let (Some(at), behind) = self.border(end.and_then(Result::ok), start.and_then(Result::ok)) else {
            return Err("不知道放在模板的什么地方".to_owned());
        };
        if let Some(list) = self.repeated(&at) {
            return Err(format!("这里是模板按“{list}”逐行写出来的，加的话每一行都会有"));
        }
        let text = self.text(at.template);
        let splice = |new: New| Splice { at: at.clone(), new };
        let words = |words: &str| splice(New::Words(words.to_owned()));
        if behind {
            let blank = text[at.span.end..].trim_start_matches('\r').strip_prefix('\n');
            let close = blank.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['\n', '\r']));
            return Ok(vec![words("\n\n"), splice(new)]
                .into_iter()
                .chain(close.then(|| words("\n")))
                .collect());
        }
        Ok(vec![splice(new), words("\n\n")])
    }

    /// The place between the lines of two blocks where the fewest blocks of the template are open: behind a line, or
    /// before the second.
    fn border(&self, before: Option<Piece>, next: Option<Piece>) -> (Option<Piece>, bool) {
        let point = |piece: &Piece, at: usize| Piece { template: piece.template, span: at..at };
        let depth = |piece: &Piece| self.open(piece).len();
        match (before, next) {
            (Some(before), Some(next))
                if before.template == next.template && before.span.end <= next.span.start =>
            {
                let between = &self.text(before.template)[before.span.end..next.span.start];
                let ends =
                    between.char_indices().filter(|(_, c)| *c == '\n').map(|(at, _)| before.span.end + at);
                let behind = ends.map(|at| point(&before, at)).map(|at| (depth(&at), at, true));
                let first = point(&next, next.span.start);
                let all = behind.chain([(depth(&first), first, false)]);
                let best = all.min_by_key(|(depth, ..)| *depth);
                best.map_or((None, false), |(_, at, behind)| (Some(at), behind))
            }
            (Some(before), next) => {
                let (end, start) =
                    (point(&before, before.span.end), next.map(|next| point(&next, next.span.start)));
                match start.filter(|start| depth(start) < depth(&end)) {
                    Some(start) => (Some(start), false),
                    None => (Some(end), true),
                }
            }
            (None, next) => (next.map(|next| point(&next, next.span.start)), false),
        }
    }

    fn moved(&self, blocks: Range<usize>, after: Option<usize>) -> Outcome<Vec<Splice>> {
        let lines = self.own_lines(blocks)?;
        if !self.is_balanced(&lines) {
            return Err("这一段和模板里的条件写在一起".to_owned());
        }
        let next = after.map_or(0, |after| after + 1);
        let mut splices = self.inserted(after, next, New::Moved(lines.clone()))?;
        splices.push(Splice { at: self.with_blank(lines), new: New::Words(String::new()) });
        Ok(splices)
    }

    fn parted(&self, block: usize, at: usize) -> Outcome<Vec<Splice>> {
        let placed = self.line(block, 0)?;
        let point = self.point(placed, at)?;
        let rest = &placed.text[at..];
        let escape = if paragraph(rest) == rest { "" } else { "\\" };
        Ok(vec![Splice { at: point, new: New::Words(format!("\n\n{escape}")) }])
    }

    fn joined(&self, block: usize) -> Outcome<Vec<Splice>> {
        let before = block.checked_sub(1).ok_or("前面没有段落")?;
        let lines = self.own_lines(before..block)?;
        let placed = self.line(block, 0)?;
        let first = placed.pieces(&(0..placed.text.len())).into_iter().find_map(|from| from.piece().cloned());
        let Some(first) =
            first.filter(|first| first.template == lines.template && lines.span.end <= first.span.start)
        else {
            return Err("这两段在模板里不挨着".to_owned());
        };
        let text = self.text(lines.template);
        let start = text[..first.span.start].rfind('\n').map_or(0, |at| at + 1).max(lines.span.end);
        if !text[lines.span.end..start].trim().is_empty() {
            return Err("这两段在模板里不挨着".to_owned());
        }
        let start = start + usize::from(text[start..].starts_with('\\'));
        let at = Piece { template: lines.template, span: lines.span.end..start };
        Ok(vec![Splice { at, new: New::Words(String::new()) }])
    }

    /// The line of a template that wrote a row of a table, and nothing else.
    fn row(&self, block: usize, line: usize) -> Outcome<Piece> {
        const LEDGER: &str = "这张表的行由台账写出来，请在台账里改";
        let placed = self.line(block, line)?;
        let pieces = placed.pieces(&(0..placed.text.len()));
        let typed = pieces.iter().filter_map(|from| match from {
            From::Typed(piece) => Some(piece),
            _ => None,
        });
        let Some(first) = typed.clone().next().or_else(|| pieces.iter().find_map(From::piece)) else {
            return Err(LEDGER.to_owned());
        };
        let text = self.text(first.template);
        let start = text[..first.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[first.span.start..].find('\n').map_or(text.len(), |at| first.span.start + at);
        let row = Piece { template: first.template, span: start..end };
        let alone = text[start..end].trim_start().starts_with('|') && self.repeated(&row).is_none();
        if !alone || self.located.said(first) != 1 {
            return Err(LEDGER.to_owned());
        }
        Ok(row)
    }

    fn row_added(&self, block: usize, line: usize, new: String) -> Outcome<Vec<Splice>> {
        let row = self.row(block, line)?;
        let text = self.text(row.template);
        let behind = &text[row.span.end..];
        let rule = behind.strip_prefix('\n').map(|rest| &rest[..rest.find('\n').unwrap_or(rest.len())]);
        let is_rule =
            |rule: &&str| rule.contains('-') && rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        let end = row.span.end + rule.filter(is_rule).map_or(0, |rule| rule.len() + 1);
        let at = Piece { template: row.template, span: end..end };
        Ok(vec![Splice { at, new: New::Words(format!("\n{new}")) }])
    }

    fn row_removed(&self, block: usize, line: usize) -> Outcome<Vec<Splice>> {
        let row = self.row(block, line)?;
        let rest = usize::from(self.text(row.template)[row.span.end..].starts_with('\n'));
        let at = Piece { span: row.span.start..row.span.end + rest, ..row };
        Ok(vec![Splice { at, new: New::Words(String::new()) }])
    }

    /// The changes that are made at one place of the report only where a template writes several at once, and why each
    /// has to be made by hand.
    pub fn disagreed(&self, all: &[Vec<Splice>]) -> Vec<(usize, String)> {
        let mut wanted: BTreeMap<(usize, usize, usize), Vec<&Splice>> = BTreeMap::new();
        for splice in all.iter().flatten() {
            let Piece { template, span } = &splice.at;
            wanted.entry((*template, span.start, span.end)).or_default().push(splice);
        }
        let why = |splice: &Splice| {
            let Piece { template, span } = &splice.at;
            let said = self.located.said(&splice.at);
            let same = wanted.get(&(*template, span.start, span.end)).into_iter().flatten();
            let same = same.filter(|other| **other == splice).count();
            (said > same).then(|| format!("模板里的同一处在报告里写出{said}处，稿件只改了其中{same}处"))
        };
        let first = |splices: &Vec<Splice>| splices.iter().find_map(why);
        all.iter().enumerate().filter_map(|(index, splices)| Some((index, first(splices)?))).collect()
    }
}

/// Words of a paragraph as they are typed; a line break in them begins another one.
fn several(words: &str, first: bool) -> String {
    let part = |(at, words): (usize, &str)| {
        let words = typed(words);
        if at > 0 || first { paragraph(&words) } else { words }
    };
    words.split('\n').enumerate().map(part).collect::<Vec<_>>().join("\n\n")
}

/// A block as it is typed into a template; the program numbers it.
pub(super) fn written(block: &Block) -> String {
    let words = |line: &[crate::document::Inline]| typed(&plain(line));
    match block {
        Block::Heading { level, text, body, .. } => {
            format!("{} {}{}", "#".repeat(usize::from(*level) + 1), words(text), words(body))
        }
        Block::Point { lead, text, .. } => format!("- {}{}", words(lead), words(text)),
        Block::Table(table) => pipe_table(table),
        Block::Title(text) => format!("# {}", words(text)),
        Block::Byline(text) => format!("题下署名：{}", words(text)),
        Block::Recipient(text) => format!("主送：{}", words(text)),
        Block::Signature(text) => format!("署名：{}", words(text)),
        Block::Date(text) => format!("成文日期：{}", words(text)),
        Block::Picture(plate) => format!("{}{}", plate.opening(), words(&plate.caption)),
        Block::TableNote(text) => format!("{}{}", tables::NOTE, words(text)),
        Block::Element { element: Element::Annex, label, .. } => label.clone(),
        Block::Element { element, text, .. } => {
            format!("{}{}", element.start(), typed(element.typed(&plain(text))))
        }
        Block::Paragraph(_) | Block::Changed(..) => paragraph(&typed(&Line::of(block).text)),
    }
}
