//! The formats of a report as `--format` takes them.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::output::Format;

/// What `--format` says of itself.
pub fn named() -> String {
    let [first @ .., last] = Format::ALL.map(Format::name);
    format!("格式：{} 或 {last}（不写就按 -o 的文件名）", first.join("、"))
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Formats of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would print doc comments as help of the values")]
pub enum DiffFormat {
    Text,
    Json,
    Html,
    Xlsx,
    Docx,
    Pdf,
    Md,
}
