//! What a workbook of ours carries in a hidden column, so that it is known again whatever was done to its looks: which
//! facts a sheet holds, which fact or row a line is, and what stood in it when it was written.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::period::Period;

/// The longest text that a cell holds.
const LONGEST: usize = 32_000;

/// What a sheet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetKey {
    /// The indicators of a year.
    Indicators {
        /// The year.
        year: Period,
    },
    /// A ledger of a year.
    Ledger {
        /// The year.
        year: Period,
        /// The ledger.
        path: String,
        /// How many rows it had.
        rows: usize,
    },
    /// A form for one village or office, the row of a ledger.
    Form {
        /// The year.
        year: Period,
        /// The ledger that collects.
        ledger: String,
        /// The village.
        unit: String,
    },
}

/// What a line is, and what stood in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowKey {
    /// The path of an indicator, the number of a ledger's row, the column of a form.
    pub key: String,
    /// What stood in the cells that may be edited; nothing where it was too long to be carried.
    pub was: Option<IndexMap<String, String>>,
}

impl SheetKey {
    /// As it stands in the head of the hidden column.
    pub fn written(&self) -> String {
        let value = match self {
            SheetKey::Indicators { year } => json!({"汇报": "指标", "年度": year}),
            SheetKey::Ledger { year, path, rows } => {
                json!({"汇报": "台账", "年度": year, "名称": path, "行数": rows})
            }
            SheetKey::Form { year, ledger, unit } => {
                json!({"汇报": "采集", "年度": year, "名称": ledger, "单位": unit})
            }
        };
        value.to_string()
    }

    /// Reads what was written; nothing for any other text.
    pub fn read(text: &str) -> Option<SheetKey> {
        let value: Value = serde_json::from_str(text.strip_prefix('\'').unwrap_or(text)).ok()?;
        let year = Period::year(i32::try_from(value.get("年度")?.as_i64()?).ok()?);
        let words = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        match words("汇报")?.as_str() {
            "指标" => Some(SheetKey::Indicators { year }),
            "台账" => {
                let rows = usize::try_from(value.get("行数")?.as_u64()?).ok()?;
                Some(SheetKey::Ledger { year, path: words("名称")?, rows })
            }
            "采集" => Some(SheetKey::Form { year, ledger: words("名称")?, unit: words("单位")? }),
            _ => None,
        }
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
        let was = self.was.iter().flatten().map(|(name, words)| (name.clone(), words.as_str().into()));
        let whole = json!({"键": self.key, "原": was.collect::<Map<_, _>>()}).to_string();
        if whole.len() > LONGEST { json!({"键": self.key}).to_string() } else { whole }
    }

    /// Reads what was written; nothing for any other text.
    pub fn read(text: &str) -> Option<RowKey> {
        let value: Value = serde_json::from_str(text).ok()?;
        let key = value.get("键")?.as_str()?.to_owned();
        let words = |(name, words): (&String, &Value)| Some((name.clone(), words.as_str()?.to_owned()));
        let was = value.get("原").and_then(Value::as_object).and_then(|was| was.iter().map(words).collect());
        Some(RowKey { key, was })
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
