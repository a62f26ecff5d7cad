//! 溯源: every number of a finished report with the facts it comes from, or why it is none.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::document::{Document, Line, overlap};
use crate::figures::{FactRef, Trail};
use crate::zh::scan::{Kind, scan};
use crate::zh::width::{display_width, pad_right};

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
}

/// A number that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedNumber {
    /// As written.
    pub text: String,
    /// Paragraph, from 1, in reading order.
    pub paragraph: usize,
    /// Offset in the paragraph, in characters.
    pub start: usize,
    /// Why it is no fact, or nothing where it looks like one.
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
        trace.paragraph(document, index + 1, &Line::of(block));
    }
    trace
}

impl Trace {
    fn paragraph(&mut self, document: &Document, paragraph: usize, line: &Line) {
        for (span, trail) in &line.figures {
            let (text, trail) = (&line.text[span.clone()], &document.trails[*trail]);
            if has_number(text) {
                let (text, start) = (text.to_owned(), characters(line, span.start));
                self.figures.push(TracedFigure { text, paragraph, start, trail: Arc::clone(trail) });
            }
        }
        if line.number > 0 {
            let text = line.text[..line.number].to_owned();
            self.typed.push(TypedNumber { text, paragraph, start: 0, why: Some("序号") });
        }
        for number in scan(&line.text) {
            let known = line.figures.iter().any(|(span, _)| overlap(span, &number.span));
            if known || number.span.start < line.number {
                continue;
            }
            let why = match number.kind {
                Kind::Figure => None,
                Kind::Typed(why) => Some(why.label()),
            };
            let typed =
                TypedNumber { start: characters(line, number.span.start), text: number.text, paragraph, why };
            if why.is_some() { &mut self.typed } else { &mut self.untraced }.push(typed);
        }
    }

    /// One JSON object; the shape is stable.
    pub fn to_json(&self, template: &str, year: i32) -> Value {
        let typed = |number: &TypedNumber| {
            let mut entry =
                json!({"text": number.text, "paragraph": number.paragraph, "start": number.start});
            if let Some(why) = number.why {
                entry["why"] = why.into();
            }
            entry
        };
        json!({
            "schema_version": 1,
            "template": template,
            "year": year,
            "figures": self.figures.iter().map(figure_json).collect::<Vec<_>>(),
            "typed": self.typed.iter().map(typed).collect::<Vec<_>>(),
            "untraced": self.untraced.iter().map(typed).collect::<Vec<_>>(),
        })
    }

    /// A table for the terminal, then the numbers that were typed, then a summary.
    pub fn table(&self) -> String {
        let mut rows = vec![["数字", "事实", "算法", "出处", "来源"].map(str::to_owned)];
        for figure in &self.figures {
            rows.extend(figure_rows(figure));
        }
        let mut text = aligned(&rows);
        text.push_str(&list("手写的数字（不是事实）", &self.typed));
        text.push_str(&list("没有出处的数字", &self.untraced));
        text.push_str(&format!(
            "\n共{}个数字来自事实，{}个是手写的，{}个没有出处。\n",
            self.figures.len(),
            self.typed.len(),
            self.untraced.len()
        ));
        text
    }
}

fn characters(line: &Line, byte: usize) -> usize {
    line.text[..byte].chars().count()
}

/// Names and other words from facts are no figures.
fn has_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) || scan(text).iter().any(|number| number.kind == Kind::Figure)
}

fn figure_json(figure: &TracedFigure) -> Value {
    let mut entry = json!({"text": figure.text, "paragraph": figure.paragraph, "start": figure.start});
    if let (Value::Object(entry), Value::Object(trail)) = (&mut entry, figure.trail.to_json()) {
        entry.extend(trail);
    }
    entry
}

/// One row a fact; the figure stands in the first.
fn figure_rows(figure: &TracedFigure) -> Vec<[String; 5]> {
    let head =
        [figure.text.clone(), String::new(), figure.trail.derivation.clone(), String::new(), String::new()];
    let fact = |(index, fact): (usize, &Arc<FactRef>)| {
        let first = |text: &String| if index == 0 { text.clone() } else { String::new() };
        [
            first(&figure.text),
            format!("{}年 {} {}", fact.year, fact.path, fact.text),
            first(&figure.trail.derivation),
            format!("{}:{}", fact.file, fact.line),
            fact.source.clone().unwrap_or_default(),
        ]
    };
    match figure.trail.facts.is_empty() {
        true => vec![head],
        false => figure.trail.facts.iter().enumerate().map(fact).collect(),
    }
}

fn aligned(rows: &[[String; 5]]) -> String {
    let width = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| pad_right(cell, *width)).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn list(heading: &str, numbers: &[TypedNumber]) -> String {
    if numbers.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{heading}：\n");
    for number in numbers {
        let why = number.why.map(|why| format!("（{why}）")).unwrap_or_default();
        text.push_str(&format!("  第{}段  {}{why}\n", number.paragraph, number.text));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Inline};

    fn document() -> Document {
        let fact = FactRef {
            path: "宣传.会议".into(),
            year: 2011,
            text: "14次".into(),
            file: "facts/2011.yaml".into(),
            line: 12,
            source: None,
        };
        let trail = Trail {
            value: "14".into(),
            unit: "次".into(),
            approx: None,
            derivation: "事实".into(),
            facts: vec![Arc::new(fact)],
        };
        let text = |words: &str| Inline::Text(words.into());
        let line = vec![
            text("召开会议"),
            Inline::Figure { trail: 0, text: "14次".into() },
            text("，办“五个一”活动，走访40户。"),
        ];
        let point = Block::Point { number: "一是".into(), lead: Vec::new(), text: line };
        Document { blocks: vec![point], trails: vec![Arc::new(trail)] }
    }

    #[test]
    fn every_number_is_traced_typed_or_untraced() {
        let json = trace(&document()).to_json("汇报", 2011);
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
