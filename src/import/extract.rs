//! Every number of a report with what it says: what `--dry-run` prints, and what becomes facts.

use std::ops::Range;

use serde_json::{Value, json};

use crate::zh::number::{Approx, Reader, Said, Written};
use crate::zh::scan::{Number, NumberKind, Why, scan};
use crate::zh::width::pad_right;

/// A number of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// As written.
    pub text: String,
    /// Bytes of the line.
    pub span: Range<usize>,
    /// Why it is no fact; nothing where it is one.
    pub why: Option<Why>,
    /// What it says, where it has a value.
    pub reading: Option<Written>,
}

impl Extracted {
    /// Whether it looks like a fact.
    pub fn is_fact(&self) -> bool {
        self.why.is_none() && self.reading.is_some()
    }
}

/// The numbers of a line in text order.
pub fn extract(line: &str) -> Vec<Extracted> {
    in_text(line, &mut Reader::default())
}

/// The same of a line of a text, whose units may be declared in a line before.
fn in_text(line: &str, reader: &mut Reader) -> Vec<Extracted> {
    reader.enter(line);
    let number = |number: Number| {
        let why = match number.kind {
            NumberKind::Figure => None,
            NumberKind::Typed(why) => Some(why),
        };
        let reading = why.is_none().then(|| reader.read(line, &number)).flatten();
        Extracted { text: number.text, span: number.span, why, reading }
    };
    scan(line).into_iter().map(number).collect()
}

/// The numbers of a whole text as one JSON object; `start` counts characters from the beginning of the text.
pub fn to_json(text: &str) -> Value {
    let mut annotations = Vec::new();
    let mut before = 0;
    let mut reader = Reader::default();
    for line in text.split('\n') {
        for number in in_text(line, &mut reader) {
            let start = before + line[..number.span.start].chars().count();
            annotations.push(annotation(&number, start));
        }
        before += line.chars().count() + 1;
    }
    json!({"schema_version": 1, "annotations": annotations})
}

/// The numbers of a whole text for the eye: a line each, facts first by what they are, then the words around.
pub fn table(text: &str) -> String {
    let mut out = String::new();
    let (mut facts, mut others) = (0, 0);
    for (index, line) in text.split('\n').enumerate() {
        for number in extract(line) {
            let is_fact = number.is_fact();
            *(if is_fact { &mut facts } else { &mut others }) += 1;
            let before: Vec<char> = line[..number.span.start].chars().rev().take(10).collect();
            let before: String = before.into_iter().rev().collect();
            let after: String = line[number.span.end..].chars().take(6).collect();
            let what = if is_fact { "事实" } else { number.why.map_or("其他", Why::label) };
            let cells = [
                format!("第{}行", index + 1),
                what.to_owned(),
                format!("{before}【{}】{after}", number.text),
            ];
            out.push_str(&format!("{} {} {}\n", pad_right(&cells[0], 9), pad_right(&cells[1], 10), cells[2]));
        }
    }
    out.push_str(&format!("共{facts}个数字像是事实，{others}个不是（年份、序号、文号、名称里的数字等）。\n"));
    out
}

fn annotation(number: &Extracted, start: usize) -> Value {
    let reading = number.reading.as_ref();
    let value = reading.map(|reading| match &reading.said {
        Said::One(amount) => json!(amount.value.to_string()),
        Said::Range(low, high) => json!([low.value.to_string(), high.value.to_string()]),
        Said::Ratio(parts) => json!(parts.iter().map(ToString::to_string).collect::<Vec<_>>()),
        Said::Fraction { part, of } => json!(format!("{part}/{of}")),
        Said::Last => Value::Null,
    });
    json!({
        "text": number.text,
        "start": start,
        "kind": kind(number),
        "value": value,
        "unit": reading.map(Written::base),
        "approx": reading.and_then(|reading| reading.approx).map(Approx::word),
        "is_fact": number.is_fact(),
    })
}

/// Stable English names of kinds.
fn kind(number: &Extracted) -> &'static str {
    match number.why {
        Some(Why::Serial | Why::Session) => "ordinal",
        Some(Why::Name | Why::Place) => "name_number",
        Some(Why::Document) => "doc_number",
        Some(Why::Year | Why::Date) => "date",
        Some(Why::Period) => "period",
        Some(Why::Standard) => "standard",
        Some(Why::Routine) => "routine",
        Some(Why::Code) => "code",
        Some(Why::Masked) => "masked",
        Some(Why::Notation) => "notation",
        None => match number.reading.as_ref() {
            Some(reading) => match (&reading.said, reading.base()) {
                (Said::Range(..), _) => "range",
                (Said::Ratio(_), _) => "ratio",
                (Said::Fraction { .. }, _) => "fraction",
                (Said::Last, _) => "rank",
                (_, "%" | "‰" | "成") => "percent",
                (_, unit) if unit.ends_with("分点") => "point",
                (_, unit) if unit.ends_with('元') => "money",
                _ => "quantity",
            },
            None => "other",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_says_its_unit_once() {
        let found = to_json("附表（单位：万元） 增值税 2864 增长 8.4%\n契税\t356\n\n另有 5。\n");
        let values: Vec<(&str, &str)> = found["annotations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["value"].as_str().unwrap_or_default(), one["unit"].as_str().unwrap_or_default()))
            .collect();
        assert_eq!(values, [("28640000", "元"), ("8.4", "%"), ("3560000", "元"), ("5", "")]);
    }

    #[test]
    fn places_count_characters_of_the_whole_text() {
        let found = to_json("一、总体\n共办26件，占三分之一，见云发〔2010〕8号。");
        let list = found["annotations"].as_array().unwrap();
        assert_eq!((&list[0]["text"], &list[0]["is_fact"]), (&json!("一、"), &json!(false)));
        assert_eq!(
            list[1],
            json!({"text": "26件", "start": 7, "kind": "quantity", "value": "26", "unit": "件", "approx": null, "is_fact": true})
        );
        assert_eq!((&list[2]["value"], &list[2]["kind"]), (&json!("1/3"), &json!("fraction")));
        assert_eq!((&list[3]["kind"], &list[3]["is_fact"]), (&json!("doc_number"), &json!(false)));
    }
}
