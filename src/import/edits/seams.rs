//! Paragraphs that somebody parted or joined: the report that came back is sewn up again, so that the words of each
//! paragraph are compared with its own, and where it was parted or joined is told beside it.

use super::compared;
use crate::diff::{self, Class, Difference};
use crate::document::{Block, Document, Inline, Line, split_heading};

/// So much more alike, in thousandths, two paragraphs must be together than one of them alone.
const GAIN: usize = 80;
/// So alike they must be together.
const ALIKE: usize = 650;
/// So many borders are looked for.
const PASSES: usize = 40;

/// What became of the borders of a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Seams {
    /// Bytes of its line where another paragraph begins.
    pub cuts: Vec<usize>,
    /// It goes on the block before it.
    pub joined: bool,
}

/// The report with its paragraphs as they were, and for every block what became of its borders.
pub(super) fn sewn(current: &Document, returned: &Document) -> (Document, Vec<Seams>) {
    let mut report = returned.clone();
    let mut seams = vec![Seams::default(); report.blocks.len()];
    for _ in 0..PASSES {
        let difference = compared(current, &report);
        let Some(found) = found(&difference) else { break };
        match found {
            Found::Parted { first } => join(&mut report, &mut seams, first),
            Found::Joined { block, at } => part(&mut report, &mut seams, block, at),
        }
    }
    (report, seams)
}

/// A change of borders.
enum Found {
    /// This block and the next one of the new report were one.
    Parted { first: usize },
    /// This block of the new report was two up to this byte of its line.
    Joined { block: usize, at: usize },
}

fn text(document: &Document, block: usize) -> Option<(&Block, String)> {
    let block = document.blocks.get(block)?;
    Some((block, Line::of(block).text))
}

fn found(difference: &Difference) -> Option<Found> {
    let (old, new) = (&difference.old.document, &difference.new.document);
    let mut free_old = vec![true; old.blocks.len()];
    let mut free_new = vec![true; new.blocks.len()];
    let pairs: Vec<(usize, usize)> = difference
        .blocks
        .iter()
        .filter_map(|block| Some((block.old?, block.new?, block)))
        .map(|(i, j, block)| {
            (free_old[i], free_new[j]) = (false, false);
            (i, j, block.class())
        })
        .filter(|(.., class)| !matches!(class, Class::Same | Class::Rollover | Class::Figures))
        .map(|(i, j, _)| (i, j))
        .collect();
    pairs.iter().find_map(|(i, j)| {
        parted(old, new, *i, *j, &free_new).or_else(|| joined(old, new, *i, *j, &free_old))
    })
}

fn goes_on(block: &Block) -> bool {
    matches!(block, Block::Paragraph(_))
}

fn begins(block: &Block) -> bool {
    block.is_text()
}

/// Whether two texts as one are that much more alike another one.
fn gains(whole: &str, part: &str, both: &str) -> bool {
    let together = diff::alike(whole, both);
    together >= ALIKE && together >= diff::alike(whole, part) + GAIN
}

fn parted(old: &Document, new: &Document, i: usize, j: usize, free: &[bool]) -> Option<Found> {
    let (was, whole) = text(old, i)?;
    let (_, own) = text(new, j)?;
    let sides = [Some(j), j.checked_sub(1)];
    sides.into_iter().flatten().find_map(|first| {
        let other = if first == j { j + 1 } else { first };
        let ((head, start), (tail, end)) = (text(new, first)?, text(new, first + 1)?);
        let fits = *free.get(other)? && begins(was) && begins(head) && begins(tail);
        (fits && gains(&whole, &own, &format!("{start}{end}"))).then_some(Found::Parted { first })
    })
}

fn joined(old: &Document, new: &Document, i: usize, j: usize, free: &[bool]) -> Option<Found> {
    let (is, whole) = text(new, j)?;
    let (_, own) = text(old, i)?;
    let sides = [Some(i), i.checked_sub(1)];
    sides.into_iter().flatten().find_map(|first| {
        let other = if first == i { i + 1 } else { first };
        let ((head, start), (tail, end)) = (text(old, first)?, text(old, first + 1)?);
        let fits = *free.get(other)? && begins(is) && begins(head) && goes_on(tail);
        if !fits || !gains(&whole, &own, &format!("{start}{end}")) {
            return None;
        }
        let at = border(&whole, &start, &end)?;
        (diff::alike(&whole[..at], &start) >= ALIKE && diff::alike(&whole[at..], &end) >= ALIKE)
            .then_some(Found::Joined { block: j, at })
    })
}

/// Where a text that was two goes on with the second.
fn border(whole: &str, start: &str, end: &str) -> Option<usize> {
    let ends = |(_, c): &(usize, char)| matches!(c, '。' | '！' | '？' | '；' | '，' | '：' | '”' | '）');
    let exact = whole.starts_with(start).then_some(start.len()).filter(|at| *at < whole.len());
    let behind = whole.char_indices().filter(ends).map(|(at, c)| at + c.len_utf8());
    let inside = behind.filter(|at| *at < whole.len());
    let score = |at: &usize| diff::alike(&whole[..*at], start) + diff::alike(&whole[*at..], end);
    exact.or_else(|| inside.max_by_key(score))
}

/// Makes a block and the next one a single one.
fn join(report: &mut Document, seams: &mut Vec<Seams>, first: usize) {
    let at = Line::of(&report.blocks[first]).text.len();
    let behind = Line::of(&report.blocks.remove(first + 1)).text;
    let next = seams.remove(first + 1);
    seams[first].cuts.push(at);
    seams[first].cuts.extend(next.cuts.into_iter().map(|cut| at + cut));
    match &mut report.blocks[first] {
        Block::Point { text, .. } | Block::Paragraph(text) | Block::Heading { body: text, .. } => {
            text.push(Inline::Text(behind));
        }
        _ => {}
    }
}

/// Makes two blocks of one.
fn part(report: &mut Document, seams: &mut Vec<Seams>, block: usize, at: usize) {
    let line = Line::of(&report.blocks[block]);
    let behind = Block::Paragraph(vec![Inline::Text(line.text[at..].to_owned())]);
    let before = vec![Inline::Text(line.text[line.number..at.max(line.number)].to_owned())];
    report.blocks[block] = match &report.blocks[block] {
        Block::Point { number, .. } => {
            Block::Point { number: number.clone(), lead: Vec::new(), text: before }
        }
        Block::Heading { level, number, .. } => {
            let (text, body) = split_heading(before);
            Block::Heading { level: *level, number: number.clone(), text, body }
        }
        _ => Block::Paragraph(before),
    };
    report.blocks.insert(block + 1, behind);
    let cuts = std::mem::take(&mut seams[block].cuts);
    let (own, next): (Vec<usize>, Vec<usize>) = cuts.into_iter().partition(|cut| *cut < at);
    seams[block].cuts = own;
    seams.insert(block + 1, Seams { cuts: next.into_iter().map(|cut| cut - at).collect(), joined: true });
}
