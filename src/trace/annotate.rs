//! The report for its proof-reader: a remark on every figure that says where it comes from, and every
//! number that comes from nowhere made to stand out.

use std::ops::Range;

use super::has_number;
use crate::document::{Block, Document, Inline, Line, overlap};
use crate::figures::Trail;
use crate::zh::scan::{NumberKind, scan};

const UNTRACED: &str = "这个数字没有出处：模板里是手写的，事实文件里没有。请核对，或改成取自事实。";

/// The document with its remarks.
pub fn annotated(document: &Document) -> Document {
    let block = |block: &Block| annotate(block, document);
    Document { blocks: document.blocks.iter().map(block).collect(), ..document.clone() }
}

fn annotate(block: &Block, document: &Document) -> Block {
    let whole = Line::of(block);
    let alarms = untraced(&whole);
    let between = usize::from(matches!(block, Block::Table(_)));
    let mut at = whole.number;
    block.map(&mut |line| {
        let start = at;
        let length: usize = line.iter().map(|inline| inline.text().len()).sum();
        at += length + between;
        let alarms: Vec<Range<usize>> = alarms
            .iter()
            .filter(|span| start <= span.start && span.end <= start + length)
            .map(|span| span.start - start..span.end - start)
            .collect();
        remarked(line, &alarms, document)
    })
}

/// Numbers of a line that look like facts and come from nowhere.
fn untraced(line: &Line) -> Vec<Range<usize>> {
    let numbers = scan(&line.text).into_iter().filter(|number| number.kind == NumberKind::Figure);
    let known = |span: &Range<usize>| line.figures.iter().any(|(figure, _)| overlap(figure, span));
    numbers.map(|number| number.span).filter(|span| span.start >= line.number && !known(span)).collect()
}

fn remarked(line: &[Inline], alarms: &[Range<usize>], document: &Document) -> Vec<Inline> {
    let mut made = Vec::new();
    let mut at = 0;
    for inline in line {
        let span = at..at + inline.text().len();
        at = span.end;
        match inline {
            Inline::Figure { trail, text } if has_number(text) => {
                let remark = document.trails.get(*trail).map(|trail| remark(trail)).unwrap_or_default();
                made.push(noted(remark, false, inline.clone()));
            }
            Inline::Text(text) => made.extend(split(text, &span, alarms)),
            inline => made.push(inline.clone()),
        }
    }
    made
}

/// Typed words with the numbers in them that stand out.
fn split(text: &str, span: &Range<usize>, alarms: &[Range<usize>]) -> Vec<Inline> {
    let mut parts = Vec::new();
    let mut from = 0;
    for alarm in alarms.iter().filter(|alarm| span.start <= alarm.start && alarm.end <= span.end) {
        let (start, end) = (alarm.start - span.start, alarm.end - span.start);
        parts.push(Inline::Text(text[from..start].to_owned()));
        parts.push(noted(UNTRACED.to_owned(), true, Inline::Text(text[start..end].to_owned())));
        from = end;
    }
    parts.push(Inline::Text(text[from..].to_owned()));
    parts.retain(|part| !part.text().is_empty());
    parts
}

fn noted(remark: String, alarm: bool, inline: Inline) -> Inline {
    Inline::Noted { remark, alarm, inline: Box::new(inline) }
}

/// How it was computed, then a line a fact.
fn remark(trail: &Trail) -> String {
    let mut lines = vec![format!("算法：{}", trail.derivation)];
    for fact in trail.facts.iter() {
        let source = fact.source.as_ref().map(|source| format!("，来源：{source}")).unwrap_or_default();
        lines.push(format!(
            "{} {} {}（{} 第{}行{source}）",
            fact.year, fact.path, fact.text, fact.file, fact.line
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zh::number::{Amount, Unit};
    use std::sync::Arc;

    #[test]
    fn figures_carry_their_facts_and_typed_numbers_stand_out() {
        let trail = Trail::of(&Amount::exact(38.into(), Unit::parse("次")), None, "近3年合计", Vec::new());
        let text = |words: &str| Inline::Text(words.into());
        let line = vec![
            text("一共"),
            Inline::Figure { trail: 0, text: "38次".into() },
            text("，走访40户，办“五个一”。"),
        ];
        let point = Block::Point { number: "一是".into(), lead: Vec::new(), text: line };
        let document = Document { blocks: vec![point], trails: vec![Arc::new(trail)], ..Document::default() };
        let made = annotated(&document);
        let Block::Point { text: line, .. } = &made.blocks[0] else { panic!("a point") };
        let wanted = [
            text("一共"),
            noted("算法：近3年合计".into(), false, Inline::Figure { trail: 0, text: "38次".into() }),
            text("，走访"),
            noted(UNTRACED.into(), true, text("40户")),
            text("，办“五个一”。"),
        ];
        assert_eq!(line[..], wanted);
        assert_eq!(Line::of(&made.blocks[0]).text, Line::of(&document.blocks[0]).text);
    }
}
