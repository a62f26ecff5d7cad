//! Units that measure the same thing, and what they are worth in each other: 1公顷 is 15亩.

use rust_decimal::Decimal;

/// Units by what one of them is worth in the second, exactly: digits and decimals.
const FAMILIES: [(&str, &str, i64, u32); 20] = [
    ("角", "元", 1, 1),
    ("分", "元", 1, 2),
    ("吨", "公斤", 1000, 0),
    ("千克", "公斤", 1, 0),
    ("斤", "公斤", 5, 1),
    ("克", "公斤", 1, 3),
    ("平方公里", "亩", 1500, 0),
    ("平方千米", "亩", 1500, 0),
    ("公顷", "亩", 15, 0),
    ("平方米", "亩", 15, 4),
    ("公里", "米", 1000, 0),
    ("千米", "米", 1000, 0),
    ("小时", "分钟", 60, 0),
    ("兆瓦", "千瓦", 1000, 0),
    ("MW", "kW", 1000, 0),
    ("千瓦时", "度", 1, 0),
    ("％", "%", 1, 0),
    ("‰", "%", 1, 1),
    ("成", "%", 10, 0),
    ("百分点", "个百分点", 1, 0),
];

/// The family of a unit without its scale word, and what one is worth in it. A unit of no family is its own.
fn worth(unit: &str) -> (&str, Decimal) {
    let found = FAMILIES.iter().find(|(name, ..)| *name == unit);
    found.map_or((unit, Decimal::ONE), |(_, of, digits, decimals)| (of, Decimal::new(*digits, *decimals)))
}

/// Whether two units, without their scale words, measure the same thing.
pub fn are_kin(one: &str, other: &str) -> bool {
    one == other || worth(one).0 == worth(other).0
}

/// Whether a unit measures what may be divided at will: 吨, 元, 亩; 人 and 起 are counted.
pub fn is_measured(unit: &str) -> bool {
    FAMILIES.iter().any(|(name, of, ..)| *name == unit || *of == unit)
}

/// A value in another unit of its family, both without scale words; nothing where it does not fit into 28 digits.
/// Whoever asks knows that [`are_kin`].
pub(super) fn convert(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Some(value);
    }
    value.checked_mul(worth(from).1)?.checked_div(worth(to).1)
}

/// The unit of a difference of two rates: 个百分点 of %.
pub fn points(unit: &str) -> Option<&'static str> {
    match unit {
        "%" | "％" => Some("个百分点"),
        "‰" => Some("个千分点"),
        _ => None,
    }
}

/// What all is in a unit of shares: 100 of %, 1000 of ‰.
pub fn whole(unit: &str) -> Option<Decimal> {
    match unit {
        "%" | "％" => Some(Decimal::ONE_HUNDRED),
        "‰" => Some(Decimal::ONE_THOUSAND),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zh::number::{Amount, Approx, Bound, Unit};

    #[test]
    fn units_of_a_family_are_converted_exactly() {
        for (value, from, to, wanted) in [
            ("2", "公顷", "亩", "30"),
            ("3", "平方公里", "公顷", "300"),
            ("30", "亩", "平方公里", "0.02"),
            ("1.2", "%", "‰", "12"),
            ("8", "成", "%", "80"),
            ("12.5", "吨", "斤", "25000"),
            ("7", "件", "件", "7"),
        ] {
            let value = Decimal::from_str_exact(value).unwrap();
            assert!(are_kin(from, to));
            assert_eq!(convert(value, from, to).unwrap().normalize().to_string(), wanted, "{from} {to}");
        }
        for (one, other) in [("名", "元"), ("%", "个百分点"), ("人", "人次"), ("公里", "平方公里")]
        {
            assert!(!are_kin(one, other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_amount(
            number in 1i64..1_000_000_000,
            decimals in 0u32..4,
            pair in prop::sample::select(vec![
                ("万元", "元"), ("亿元", "千万元"), ("公顷", "亩"), ("吨", "斤"), ("公里", "米"), ("%", "‰"), ("件", "万件"),
            ]),
            word in prop::option::of(prop::sample::select(vec!["多", "约", "以上", "近", "以下"])),
        ) {
            let (from, to) = (Unit::parse(pair.0), Unit::parse(pair.1));
            let value = Decimal::new(number, decimals) * from.scale.factor();
            let approx = word.and_then(Approx::named);
            let bound = approx.map_or(Bound::Exact, Approx::bound);
            let amount = Amount { approx, bound, ..Amount::exact(value.normalize(), from) };
            let back = amount.to(&to).unwrap().to(&amount.unit).unwrap();
            prop_assert_eq!(&back, &amount);
            prop_assert_eq!(back.text(), amount.text());
        }
    }
}
