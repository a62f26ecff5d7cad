//! What a workbook of ours carries in a hidden column, so that it is known again whatever was done to its looks: which
//! facts a sheet holds, which fact or row a line is, and what stood in it when it was written.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::period::Period;

/// The longest text that a cell holds.
const LONGEST: usize = 32_000;

/// What a sheet holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "汇报")]
pub enum SheetKey {
    /// The indicators of a year.
    #[serde(rename = "指标")]
    Indicators {
        /// The year.
        #[serde(rename = "年度")]
        year: Period,
    },
    /// A ledger of a year.
    #[serde(rename = "台账")]
    Ledger {
        /// The year.
        #[serde(rename = "年度")]
        year: Period,
        /// The ledger.
        #[serde(rename = "名称")]
        path: String,
        /// How many rows it had.
        #[serde(rename = "行数")]
        rows: usize,
    },
    /// A form for one village or office, the row of a ledger.
    #[serde(rename = "采集")]
    Form {
        /// The year.
        #[serde(rename = "年度")]
        year: Period,
        /// The ledger that collects.
        #[serde(rename = "名称")]
        ledger: String,
        /// The village.
        #[serde(rename = "单位")]
        unit: String,
    },
}

/// What a line is, and what stood in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowKey {
    /// The path of an indicator, the number of a ledger's row, the column of a form.
    #[serde(rename = "键")]
    pub key: String,
    /// What stood in the cells that may be edited; nothing where it was too long to be carried.
    #[serde(rename = "原", default, skip_serializing_if = "Option::is_none")]
    pub was: Option<IndexMap<String, String>>,
}

impl SheetKey {
    /// As it stands in the head of the hidden column.
    pub fn written(&self) -> String {
        json!(self).to_string()
    }

    /// Reads what was written; nothing for any other text.
    pub fn read(text: &str) -> Option<SheetKey> {
        serde_json::from_str(text.strip_prefix('\'').unwrap_or(text)).ok()
    }

    /// Its year.
    pub fn year(&self) -> Period {
        match self {
            SheetKey::Indicators { year } | SheetKey::Ledger { year, .. } | SheetKey::Form { year, .. } => {
                *year
            }
        }
    }
}

impl RowKey {
    /// A key with what stands in the line.
    pub fn new<'w>(key: impl Into<String>, was: impl IntoIterator<Item = (&'w str, String)>) -> RowKey {
        let was = was.into_iter().map(|(name, words)| (name.to_owned(), words)).collect();
        RowKey { key: key.into(), was: Some(was) }
    }

    /// As it stands in the hidden cell.
    pub fn written(&self) -> String {
        let whole = json!(self).to_string();
        if whole.len() > LONGEST { json!(RowKey { was: None, ..self.clone() }).to_string() } else { whole }
    }

    /// Reads what was written; nothing for any other text.
    pub fn read(text: &str) -> Option<RowKey> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sheets_are_known_again() {
        let (year, path, unit) = (Period::year(2011), "各村".to_owned(), "东湾村".to_owned());
        for key in [
            SheetKey::Indicators { year },
            SheetKey::Ledger { year, path: path.clone(), rows: 3 },
            SheetKey::Form { year, ledger: path, unit },
        ] {
            assert_eq!(SheetKey::read(&key.written()), Some(key));
        }
        for text in
            ["", "键", "{}", "[1]", "{\"汇报\":\"别的\",\"年度\":2011}", "{\"汇报\":\"台账\",\"年度\":2011}"]
        {
            assert_eq!(SheetKey::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn lines_are_known_again(key in "\\PC{0,12}", words in "\\PC{0,40}", column in "[一-龥]{1,4}") {
            let row = RowKey::new(key, [(column.as_str(), words)]);
            prop_assert_eq!(RowKey::read(&row.written()), Some(row));
        }

        #[test]
        fn any_text_is_a_key_or_none(text in "\\PC{0,60}") {
            let _ = (SheetKey::read(&text), RowKey::read(&text));
        }
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let row = RowKey::new("1", [("事迹", "长".repeat(20_000))]);
        assert_eq!(RowKey::read(&row.written()), Some(RowKey { key: "1".into(), was: None }));
    }
}
