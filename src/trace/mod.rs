//! 溯源: every number of a finished report with the facts it comes from, or why it is none.

mod annotate;
mod view;
mod xlsx;

pub use annotate::annotated;

use std::sync::Arc;

use serde::Serialize;

use crate::document::{Block, Document, Element, Line, overlap};
use crate::figures::{FactRef, Trail};
use crate::zh::scan::{NumberKind, scan};

/// A figure that comes from facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedFigure {
    /// As printed.
    pub text: String,
    /// Paragraph, from 1, in reading order.
    pub paragraph: usize,
    /// Offset in the paragraph, in characters.
    pub start: usize,
    /// Where it comes from.
    pub trail: Arc<Trail>,
    /// Of a report that was issued: the facts of the trail that are others today, by their place in it, and what they
    /// are now.
    pub now: Vec<(usize, String)>,
}

impl TracedFigure {
    /// A fact of the trail as it was, and what it is today if that is something else.
    pub fn said(&self, at: usize) -> String {
        let then = self.trail.facts.get(at).map_or("", |fact| fact.text.as_str());
        match self.now.iter().find(|(changed, _)| *changed == at) {
            Some((_, now)) => format!("定稿时{then}，现在{now}"),
            None => then.to_owned(),
        }
    }
}

/// A number that was typed, as it stands in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypedNumber {
    /// As written.
    pub text: String,
    /// Paragraph, from 1, in reading order.
    pub paragraph: usize,
    /// Offset in the paragraph, in characters.
    pub start: usize,
    /// Why it is no fact, or nothing where it looks like one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
}

/// The trace of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// Figures from facts.
    pub figures: Vec<TracedFigure>,
    /// Numbers that are no facts, each with its reason.
    pub typed: Vec<TypedNumber>,
    /// Numbers that look like facts and come from nowhere.
    pub untraced: Vec<TypedNumber>,
}

/// Traces every number of a document.
pub fn trace(document: &Document) -> Trace {
    let mut trace = Trace::default();
    for (index, block) in document.blocks.iter().enumerate() {
        trace.paragraph(document, index + 1, block);
    }
    trace
}

impl Trace {
    /// Notes which facts are others today than when the report was issued; `now` knows what one says today.
    pub fn compared(&mut self, now: impl Fn(&FactRef) -> Option<String>) {
        for figure in &mut self.figures {
            let changed = |(at, fact): (usize, &Arc<FactRef>)| {
                Some((at, now(fact).filter(|now| *now != fact.text && !now.is_empty())?))
            };
            figure.now = figure.trail.facts.iter().enumerate().filter_map(changed).collect();
        }
    }

    fn paragraph(&mut self, document: &Document, paragraph: usize, block: &Block) {
        let line = &Line::of(block);
        for (span, trail) in &line.figures {
            let (text, trail) = (&line.text[span.clone()], &document.trails[*trail]);
            if has_number(text) {
                let (text, start) = (text.to_owned(), characters(line, span.start));
                self.figures.push(TracedFigure {
                    text,
                    paragraph,
                    start,
                    trail: Arc::clone(trail),
                    now: Vec::new(),
                });
            }
        }
        if counts(block) {
            let text = line.text[..line.number].to_owned();
            self.typed.push(TypedNumber { text, paragraph, start: 0, why: Some("序号") });
        }
        for number in scan(&line.text) {
            let known = line.figures.iter().any(|(span, _)| overlap(span, &number.span));
            if known || number.span.start < line.number {
                continue;
            }
            let is_serial = line.serials.contains(&number.span);
            let why = match number.kind {
                NumberKind::Figure if is_serial => Some("序号"),
                NumberKind::Figure if is_copy_number(block) => Some(COPY_NUMBER),
                NumberKind::Figure => None,
                NumberKind::Typed(why) => Some(why.label()),
            };
            let typed =
                TypedNumber { start: characters(line, number.span.start), text: number.text, paragraph, why };
            if why.is_some() { &mut self.typed } else { &mut self.untraced }.push(typed);
        }
    }
}

/// Whether a number stands before the words of a block: what names an element, as `抄送：`, is none.
fn counts(block: &Block) -> bool {
    match block.itself() {
        Block::Element { label, .. } => label.contains(|c: char| c.is_ascii_digit()),
        block => Line::of(block).number > 0,
    }
}

/// 份号 numbers the printed copies; every copy has another one.
const COPY_NUMBER: &str = "份号";

fn is_copy_number(block: &Block) -> bool {
    matches!(block.itself(), Block::Element { element: Element::CopyNumber, .. })
}

fn characters(line: &Line, byte: usize) -> usize {
    line.text[..byte].chars().count()
}

/// Names and other words from facts are no figures.
fn has_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        || scan(text).iter().any(|number| number.kind == NumberKind::Figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zh::number::{Amount, Unit};
    use serde_json::{Value, json};

    use crate::document::Inline;
    use crate::document::issued::Basis;
    use crate::period::Period;

    fn document() -> Document {
        let fact = FactRef {
            path: "宣传.会议".into(),
            year: Period::year(2011),
            text: "14次".into(),
            file: "facts/2011.yaml".into(),
            line: 12,
            source: None,
        };
        let trail =
            Trail::of(&Amount::exact(14.into(), Unit::parse("次")), None, "事实", vec![Arc::new(fact)]);
        let text = |words: &str| Inline::Text(words.into());
        let line = vec![
            text("召开会议"),
            Inline::Figure { trail: 0, text: "14次".into() },
            text("，办“五个一”活动，走访40户。"),
        ];
        let point = Block::Point { number: "一是".into(), lead: Vec::new(), text: line };
        Document { blocks: vec![point], trails: vec![Arc::new(trail)], ..Document::default() }
    }

    #[test]
    fn every_number_is_traced_typed_or_untraced() {
        let json = trace(&document()).to_json("汇报", Period::year(2011), Basis::Rendered);
        let figure = &json["figures"][0];
        assert_eq!((&figure["text"], &figure["start"]), (&json!("14次"), &json!(6)));
        assert_eq!(figure["facts"][0]["line"], 12);
        assert_eq!(figure["facts"][0]["source"], Value::Null);
        assert_eq!(json["typed"][0], json!({"text": "一是", "paragraph": 1, "start": 0, "why": "序号"}));
        assert!(json["typed"].as_array().unwrap().iter().any(|typed| typed["why"] == "名称"), "{json}");
        assert_eq!(json["untraced"][0]["text"], "40户");
    }

    #[test]
    fn the_table_lines_up() {
        let table = trace(&document()).table();
        let want = "\
数字  事实                   算法  出处                来源
14次  2011年 宣传.会议 14次  事实  facts/2011.yaml:12

手写的数字（不是事实）：
";
        assert!(table.starts_with(want), "{table}");
        assert!(table.ends_with("\n共1个数字来自事实，2个是手写的，1个没有出处。\n"), "{table}");
    }
}
