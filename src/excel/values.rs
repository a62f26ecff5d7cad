//! Values of facts as the cells of a workbook show them, and whether two of them say the same.

use rust_decimal::Decimal;

use crate::facts::value::{Date, Quantity, Value};
use crate::zh::number::{Unit, shift};

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Blank,
    /// Words.
    Words(String),
    /// A number with so many decimals; `percent` is one that the cell shows as a per cent.
    Number {
        /// The number as it stands before its unit: 8.3 of 8.3%.
        number: Decimal,
        /// Decimals as written.
        decimals: u32,
        /// Whether the unit is %.
        percent: bool,
    },
}

/// Between the items of a 名单 in a cell.
pub const BETWEEN: &str = "、";
/// Significant digits that a cell keeps.
const DIGITS: usize = 15;

/// A value as a cell shows it whose unit stands beside it; another scale of the unit is converted, which is exact.
pub fn shown(value: &Value, unit: Option<&Unit>) -> Shown {
    match value {
        Value::Quantity(quantity) => {
            number(quantity, unit).unwrap_or_else(|| Shown::Words(quantity.text.clone()))
        }
        Value::Blank => Shown::Blank,
        other => match written(other) {
            words if words.is_empty() => Shown::Blank,
            words => Shown::Words(words),
        },
    }
}

/// An exact number whose unit has the base of `unit`, and which a cell can hold.
fn number(quantity: &Quantity, unit: Option<&Unit>) -> Option<Shown> {
    let bare = Unit::default();
    let unit = unit.unwrap_or(&bare);
    let amount = &quantity.amount;
    if !amount.is_exact() || amount.unit.base != unit.base {
        return None;
    }
    let number = shift(amount.value, unit.scale);
    let written = (amount.decimals + unit.scale.power()).saturating_sub(amount.unit.scale.power());
    let decimals = written.max(number.normalize().scale());
    fits(number, decimals).then_some(Shown::Number {
        number: number.normalize(),
        decimals,
        percent: unit.base == "%",
    })
}

/// Whether a cell keeps all digits of a number.
pub fn fits(number: Decimal, decimals: u32) -> bool {
    number.normalize().mantissa().unsigned_abs().to_string().len() <= DIGITS && decimals <= 10
}

/// A value in the words of the fact file; a 名单 with its items in one line, or one a line where an item has the mark
/// that parts them.
pub fn written(value: &Value) -> String {
    match value {
        Value::Blank | Value::Ledger(_) => String::new(),
        Value::Quantity(quantity) => quantity.text.clone(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => iso(*date),
        Value::List(items) => {
            let parted = items.iter().any(|item| item.text.contains(BETWEEN));
            let items: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
            items.join(if parted { "\n" } else { BETWEEN })
        }
    }
}

/// The items of a 名单 as a cell shows them.
pub fn items(words: &str) -> Vec<String> {
    let lines = words.contains('\n');
    let parts =
        words.split(|c: char| if lines { c == '\n' } else { matches!(c, '、' | '，' | ',' | '；' | ';') });
    parts.map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A date as fact files write it.
pub fn iso(date: Date) -> String {
    let mut text = format!("{:04}", date.year);
    for part in [date.month, date.day].into_iter().map_while(|part| part) {
        text.push_str(&format!("-{part:02}"));
    }
    text
}

/// Whether two values say the same: numbers by their amount, whatever their scale and zeros.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Quantity(left), Value::Quantity(right)) => {
            let (left, right) = (&left.amount, &right.amount);
            left.value == right.value && left.unit.base == right.unit.base && left.approx == right.approx
        }
        (Value::List(left), Value::List(right)) => {
            left.iter().map(|item| item.text.trim()).eq(right.iter().map(|item| item.text.trim()))
        }
        _ => flat(&written(left)) == flat(&written(right)),
    }
}

/// The lines of a text without blanks around them; a tab inside one stays.
pub fn flat(words: &str) -> String {
    let lines = words.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Value {
        Value::Quantity(Quantity::parse(text).unwrap())
    }

    #[test]
    fn exact_numbers_are_numbers_in_the_unit_of_their_row() {
        let number = |number: &str, decimals, percent| Shown::Number {
            number: number.parse().unwrap(),
            decimals,
            percent,
        };
        for (text, unit, wanted) in [
            ("17名", "名", number("17", 0, false)),
            ("1.2亿元", "万元", number("12000", 0, false)),
            ("617.50亿元", "亿元", number("617.5", 2, false)),
            ("52600元", "万元", number("5.26", 4, false)),
            ("25.0%", "%", number("25", 1, true)),
            ("1000元以上", "元", Shown::Words("1000元以上".into())),
            ("17人", "名", Shown::Words("17人".into())),
            ("1234567890123456元", "元", Shown::Words("1234567890123456元".into())),
        ] {
            assert_eq!(shown(&quantity(text), Some(&Unit::parse(unit))), wanted, "{text}");
        }
    }

    #[test]
    fn the_same_in_other_words_is_the_same() {
        assert!(same(&quantity("1.2亿元"), &quantity("12000.0万元")));
        assert!(!same(&quantity("30多条"), &quantity("30条")));
        assert!(same(&Value::Text("甲\r\n\n乙".into()), &Value::Text(" 甲\n乙".into())));
        assert!(!same(&Value::Text("甲\n乙".into()), &Value::Text("甲乙".into())), "two are not one");
        assert_eq!(items("甲、乙，丙"), ["甲", "乙", "丙"]);
        assert_eq!(items("甲、乙\n丙\n"), ["甲、乙", "丙"]);
    }
}
