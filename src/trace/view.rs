//! The trace as JSON and as a table for the terminal.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Trace, TracedFigure, TypedNumber};
use crate::document::issued::Basis;
use crate::figures::FactRef;
use crate::period::Period;
use crate::zh::width::{display_width, pad_right};

impl Trace {
    /// One JSON object; the shape is stable.
    pub fn to_json(&self, template: &str, year: Period, basis: Basis) -> Value {
        json!({
            "schema_version": 1,
            "template": template,
            "year": year,
            "basis": basis.name(),
            "figures": self.figures.iter().map(figure_json).collect::<Vec<_>>(),
            "typed": self.typed,
            "untraced": self.untraced,
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

fn figure_json(figure: &TracedFigure) -> Value {
    let mut entry = json!({"text": figure.text, "paragraph": figure.paragraph, "start": figure.start});
    if let (Value::Object(entry), Value::Object(trail)) = (&mut entry, figure.trail.to_json()) {
        entry.extend(trail);
    }
    for (at, now) in &figure.now {
        entry["facts"][*at]["now"] = now.as_str().into();
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
            format!("{} {} {}", fact.year, fact.path, figure.said(index)),
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
