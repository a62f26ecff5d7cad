//! What a number of a text says: its exact value, unit and approximation word.

use rust_decimal::Decimal;

use super::numeral;
use super::scan;

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its value.
    pub value: Said,
    /// The measure word without 万 and 亿; empty where there is none and none can be told.
    pub unit: String,
    /// Power of ten of the scale word that stands before the unit: 0, 4, 8 or 12.
    pub scale: u32,
    /// Digits behind the point, as written.
    pub decimals: u32,
    /// The approximation word: 多, 余, 近, 约 ….
    pub approx: Option<&'static str>,
}

/// A value, exact: the number as written times its 万 or 亿.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// One number.
    One(Decimal),
    /// From … to ….
    Range(Decimal, Decimal),
    /// `26.4:38.1:35.5`.
    Ratio(Vec<Decimal>),
    /// 三分之二: two of three.
    Fraction(u64, u64),
}

/// Words in front of a number, longest first.
const BEFORE: [&str; 5] = ["超过", "约", "近", "超", "逾"];
/// Words behind the unit.
const AFTER: [&str; 5] = ["以上", "以下", "以内", "左右", "上下"];
/// Words in the middle.
const MIDDLE: [&str; 3] = ["多", "余", "几"];
/// Scale words, longest first.
const SCALES: [(&str, u32); 8] =
    [("万亿", 12), ("千万", 7), ("百万", 6), ("亿", 8), ("万", 4), ("千", 3), ("百", 2), ("十", 1)];
/// What stands between the ends of a range.
const DASHES: [&str; 9] = ["——", "—", "–", "～", "~", "--", "-", "至", "到"];

/// Words that money is spoken of with, where 元 is left out.
const MONEY: [&str; 17] = [
    "资", "税", "收入", "产值", "款", "利润", "经费", "支出", "成本", "价", "债", "贷", "捐", "补贴", "费",
    "投入", "销售",
];

/// Reads a number as the scanner found it; `before` is the text in front of it, which may name what is
/// counted where the unit is left out. Nothing for what has no value: names, serials, masked digits.
pub fn read(number: &str, before: &str) -> Option<Reading> {
    let before_it = BEFORE.iter().find_map(|word| Some((*word, number.strip_prefix(word)?)));
    let (approx, rest) = before_it.map_or((None, number), |(word, rest)| (Some(word), rest));
    let behind_it = AFTER.iter().find_map(|word| Some((*word, rest.strip_suffix(word)?)));
    let (behind, rest) = behind_it.map_or((None, rest), |(word, rest)| (Some(word), rest));
    let mut reading = body(rest)?;
    reading.approx = approx.or(behind).or(reading.approx);
    if reading.unit.is_empty() && reading.scale > 0 {
        reading.unit = supplied(before).to_owned();
    }
    Some(reading)
}

/// The unit that goes without saying.
fn supplied(before: &str) -> &'static str {
    let clause = before.rsplit(['，', '。', '；', ',', ';', '\n']).next().unwrap_or(before);
    if MONEY.iter().any(|word| clause.contains(word)) {
        "元"
    } else if clause.contains("人口") || clause.ends_with('人') {
        "人"
    } else {
        ""
    }
}

fn body(text: &str) -> Option<Reading> {
    fraction(text)
        .or_else(|| ratio(text))
        .or_else(|| range(text))
        .or_else(|| rank(text))
        .or_else(|| financial(text))
        .or_else(|| tenths(text))
        .or_else(|| one(text))
}

fn plain(value: Said, unit: &str) -> Reading {
    Reading { value, unit: unit.to_owned(), scale: 0, decimals: 0, approx: None }
}

/// 三分之二, 百分之六十, 千分之三, 一半.
fn fraction(text: &str) -> Option<Reading> {
    if text == "一半" {
        return Some(plain(Said::Fraction(1, 2), ""));
    }
    let (whole, part) = text.split_once("分之")?;
    let of = numeral::parse(whole)
        .or_else(|| (whole == "百").then_some(100))
        .or_else(|| (whole == "千").then_some(1000))?;
    let unit = match of {
        100 => "%",
        1000 => "‰",
        _ => {
            let part = numeral::parse(part).or_else(|| part.parse().ok())?;
            return Some(plain(Said::Fraction(part, of), ""));
        }
    };
    let (value, decimals) = chinese_decimal(part).or_else(|| {
        let value: Decimal = part.parse().ok()?;
        Some((value, value.scale()))
    })?;
    Some(Reading { decimals, ..plain(Said::One(value), unit) })
}

/// 十二点五.
fn chinese_decimal(text: &str) -> Option<(Decimal, u32)> {
    let Some((whole, behind)) = text.split_once('点') else {
        return Some((numeral::parse(text)?.into(), 0));
    };
    let digits: Option<String> = behind
        .chars()
        .map(|c| "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d.to_string()))
        .collect();
    let value: Decimal = format!("{}.{}", numeral::parse(whole)?, digits?).parse().ok()?;
    Some((value, value.scale()))
}

/// `26.4:38.1:35.5`, `103:100`.
fn ratio(text: &str) -> Option<Reading> {
    let parts: Vec<&str> = text.split([':', '：', '∶']).collect();
    let numbers: Option<Vec<Decimal>> = parts.iter().map(|part| part.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() > 1)?;
    let decimals = numbers.iter().map(Decimal::scale).max().unwrap_or(0);
    Some(Reading { decimals, ..plain(Said::Ratio(numbers), "") })
}

/// `300—400元`, `3%～5%`, `2至5名`.
fn range(text: &str) -> Option<Reading> {
    let (at, dash) = DASHES
        .iter()
        .filter_map(|dash| Some((text.get(1..)?.find(dash)? + 1, *dash)))
        .min_by_key(|(at, dash)| (*at, std::cmp::Reverse(dash.len())))?;
    let (low, high) =
        (one(&text[..at]).or_else(|| one(&format!("{}个", &text[..at])))?, one(&text[at + dash.len()..])?);
    let (Said::One(from), Said::One(to)) = (&low.value, &high.value) else { return None };
    // 2万—3万元 and 2—3万元 mean the same.
    let from = if low.scale == 0 { from.checked_mul(power(high.scale)?)? } else { *from };
    Some(Reading { value: Said::Range(from, *to), decimals: low.decimals.max(high.decimals), ..high })
}

/// 第3位, 第三.
fn rank(text: &str) -> Option<Reading> {
    let rest = text.strip_prefix('第')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit() && !is_numeral(c)).unwrap_or(rest.len());
    let (number, unit) = rest.split_at(digits);
    let value = number.parse().ok().or_else(|| numeral::parse(number))?;
    Some(plain(Said::One(Decimal::from(value)), if unit.is_empty() { "位" } else { unit }))
}

/// 贰万叁仟元整.
fn financial(text: &str) -> Option<Reading> {
    const FORMS: [(char, char); 13] = [
        ('壹', '一'),
        ('贰', '二'),
        ('叁', '三'),
        ('肆', '四'),
        ('伍', '五'),
        ('陆', '六'),
        ('柒', '七'),
        ('捌', '八'),
        ('玖', '九'),
        ('拾', '十'),
        ('佰', '百'),
        ('仟', '千'),
        ('圆', '元'),
    ];
    if !text.contains(|c| FORMS.iter().any(|(form, _)| *form == c)) {
        return None;
    }
    let usual: String = text
        .chars()
        .map(|c| FORMS.iter().find(|(form, _)| *form == c).map_or(c, |(_, usual)| *usual))
        .collect();
    let (yuan, small) = usual.split_once('元')?;
    let digit = |unit: char| {
        small
            .find(unit)
            .and_then(|at| small[..at].chars().next_back())
            .and_then(|c| numeral::parse(&c.to_string()))
    };
    let cents = digit('角').unwrap_or(0) * 10 + digit('分').unwrap_or(0);
    let value = Decimal::from(numeral::parse(yuan)?) + Decimal::new(i64::try_from(cents).ok()?, 2);
    Some(plain(Said::One(value.normalize()), "元"))
}

/// 四成, 七成五.
fn tenths(text: &str) -> Option<Reading> {
    let (whole, rest) = text.split_once('成')?;
    let mut value = Decimal::from(numeral::parse(whole).filter(|whole| (1..=10).contains(whole))?);
    let decimals = u32::from(!rest.is_empty());
    match rest {
        "" => {}
        "半" => value += Decimal::new(5, 1),
        rest => {
            value += Decimal::new(i64::try_from(numeral::parse(rest).filter(|tenth| *tenth < 10)?).ok()?, 1)
        }
    }
    Some(Reading { decimals, ..plain(Said::One(value), "成") })
}

fn is_numeral(c: char) -> bool {
    "零〇一二两三四五六七八九十百千万亿".contains(c)
}

/// A number with what follows it.
fn one(text: &str) -> Option<Reading> {
    if text == "零" {
        return Some(plain(Said::One(Decimal::ZERO), ""));
    }
    let sign = text.starts_with(['-', '－', '−']);
    let unsigned = text.trim_start_matches(['-', '－', '−']);
    let digits =
        unsigned.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(unsigned.len());
    let (mut number, rest) = if digits > 0 {
        let written = unsigned[..digits].replace(',', "");
        let value: Decimal = written.parse().ok()?;
        (Number { value, decimals: value.scale() }, &unsigned[digits..])
    } else {
        chinese(unsigned)?
    };
    if sign {
        number.value = -number.value;
    }
    tail(number, rest)
}

struct Number {
    value: Decimal,
    decimals: u32,
}

/// 十二, 数百, 十几, 亿 alone; and what follows.
fn chinese(text: &str) -> Option<(Number, &str)> {
    let text = text.strip_prefix(['数', '几', '上']).unwrap_or(text);
    let end = text.find(|c: char| !is_numeral(c) && c != '点').unwrap_or(text.len());
    let whole = |value: u64| Number { value: Decimal::from(value), decimals: 0 };
    // The longest numeral that reads; what is left of it may be a scale word or begin a unit (千瓦).
    for at in (1..=end).rev().filter(|at| text.is_char_boundary(*at)) {
        let words = &text[..at];
        if let Some((value, decimals)) = chinese_decimal(words)
            .filter(|_| !scan::begins_unit(&text[at - words.chars().next_back().map_or(0, char::len_utf8)..]))
        {
            return Some((Number { value, decimals }, &text[at..]));
        }
    }
    // 亿元, 千万元: one of them.
    SCALES.iter().find(|(word, _)| text.starts_with(word)).map(|_| (whole(1), text))
}

/// Scale words, approximation words and the unit, in any order in which they are said: 9000多万元, 9万多元,
/// 3万5千人.
fn tail(number: Number, text: &str) -> Option<Reading> {
    let mut value = number.value;
    let (mut scale, mut approx, mut rest) = (0, None, text.trim_start_matches([' ', '　']));
    loop {
        if let Some(word) = MIDDLE.iter().find(|word| rest.starts_with(**word)) {
            (approx, rest) = (Some(if *word == "几" { "多" } else { word }), &rest[word.len()..]);
        } else if let Some((word, power_of_ten)) =
            SCALES.iter().find(|(word, _)| rest.starts_with(word)).filter(|_| !scan::begins_unit(rest))
        {
            value = value.checked_mul(power(*power_of_ten)?)?;
            scale += power_of_ten;
            rest = &rest[word.len()..];
        } else {
            break;
        }
    }
    if scale > 0 && rest.starts_with(|c: char| c.is_ascii_digit()) {
        let more = one(rest)?;
        let Said::One(part) = more.value else { return None };
        return Some(Reading { value: Said::One(value.checked_add(part)?), scale: 0, ..more });
    }
    // Only 万 and 亿 belong to a unit; 千 and 百 are part of the number.
    let shown = [12, 8, 4].into_iter().find(|shown| scale >= *shown).unwrap_or(0);
    let unit = rest.trim_start_matches([' ', '　']);
    Some(Reading {
        value: Said::One(value.normalize()),
        unit: unit.to_owned(),
        scale: shown,
        decimals: number.decimals,
        approx,
    })
}

/// 10^n, as far as it is a scale.
fn power(scale: u32) -> Option<Decimal> {
    10u64.checked_pow(scale).map(Decimal::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str, before: &str) -> String {
        let Some(reading) = read(text, before) else { return "-".to_owned() };
        let value = match reading.value {
            Said::One(value) => value.to_string(),
            Said::Range(low, high) => format!("{low}～{high}"),
            Said::Ratio(parts) => parts.iter().map(Decimal::to_string).collect::<Vec<_>>().join(":"),
            Said::Fraction(part, of) => format!("{part}/{of}"),
        };
        format!("{value} {} {}", reading.unit, reading.approx.unwrap_or_default()).trim_end().to_owned()
    }

    #[test]
    fn every_form_has_its_value() {
        for (text, wanted) in [
            ("38次", "38 次"),
            ("617.50亿元", "61750000000 元"),
            ("9000多万元", "90000000 元 多"),
            ("5万余元", "50000 元 余"),
            ("近3000人次", "3000 人次 近"),
            ("95%以上", "95 % 以上"),
            ("60万元左右", "600000 元 左右"),
            ("十余次", "10 次 余"),
            ("数百人", "100 人"),
            ("近千个", "1000 个 近"),
            ("十二件", "12 件"),
            ("两个", "2 个"),
            ("三分之二", "2/3"),
            ("约三分之二", "2/3  约"),
            ("百分之六十", "60 %"),
            ("百分之十二点五", "12.5 %"),
            ("近四成", "4 成 近"),
            ("七成五", "7.5 成"),
            ("一半以上", "1/2  以上"),
            ("300—400元", "300～400 元"),
            ("2至5名", "2～5 名"),
            ("3%～5%", "3～5 %"),
            ("2—3万元", "20000～30000 元"),
            ("26.4:38.1:35.5", "26.4:38.1:35.5"),
            ("贰万叁仟元整", "23000 元"),
            ("3万5千人", "35000 人"),
            ("1亿3000万元", "130000000 元"),
            ("亿元", "100000000 元"),
            ("千万元", "10000000 元"),
            ("420千瓦", "420 千瓦"),
            ("28微克/立方米", "28 微克/立方米"),
            ("-43.9%", "-43.9 %"),
            ("3,200人", "3200 人"),
            ("1.5个百分点", "1.5 个百分点"),
            ("第3位", "3 位"),
            ("第三", "3 位"),
            ("2.3倍", "2.3 倍"),
            ("零", "0"),
            ("26 件", "26 件"),
        ] {
            assert_eq!(said(text, ""), wanted, "{text}");
        }
        assert_eq!(said("1500万", "投资"), "15000000 元");
        assert_eq!(said("35万", "常住人口"), "350000 人");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9一二十百千万亿.,:%元人多余约近至—分之成第半零点个]{0,12}") {
            let _ = read(&text, "");
        }

        #[test]
        fn amounts_are_read_back(n in 1u32..1_000_000, decimals in 0u32..3) {
            let value = Decimal::new(i64::from(n), decimals);
            let reading = read(&format!("{value}万元"), "").unwrap();
            prop_assert_eq!(reading.value, Said::One((value * Decimal::from(10_000)).normalize()));
            prop_assert_eq!((reading.scale, reading.decimals), (4, decimals));
        }
    }
}
