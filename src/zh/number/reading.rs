//! What a number of a text says: its exact value, unit and approximation word.

use rust_decimal::Decimal;

use super::implied::{self, Columns};
use super::{Scale, fold, numeral};
use crate::zh::scan;

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its value.
    pub value: Said,
    /// The measure word without 万 and 亿; empty where there is none and none can be told.
    pub unit: String,
    /// The natural scale of the words before the unit: none, 万, 亿 or 万亿.
    pub scale: Scale,
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
/// Words behind the unit, longest first, each with the word it stands for.
const AFTER: [(&str, &str); 7] = [
    ("及以上", "以上"),
    ("及以下", "以下"),
    ("以上", "以上"),
    ("以下", "以下"),
    ("以内", "以内"),
    ("左右", "左右"),
    ("上下", "上下"),
];
/// Words in the middle.
const MIDDLE: [&str; 4] = ["多", "余", "几", "来"];
/// Units that are printed in several ways.
const SAME: [(&str, &str); 8] = [
    ("％", "%"),
    ("℅", "%"),
    ("元整", "元"),
    ("人民币", "元"),
    ("元人民币", "元"),
    ("块钱", "元"),
    ("百分点", "个百分点"),
    ("千分点", "个千分点"),
];
/// What stands between the ends of a range.
const DASHES: [&str; 9] = ["——", "—", "–", "～", "~", "--", "-", "至", "到"];

/// Reads a number as the scanner found it; `before` is the text in front of it, which may name what is
/// counted where the unit is left out. Nothing for what has no value: names, serials, masked digits.
pub fn read(number: &str, before: &str) -> Option<Reading> {
    read_between(number, before, "", None)
}

/// Reads the numbers of a text line by line. It knows the units that stand above the rows of a table.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    above: Option<Columns>,
}

impl Reader {
    /// To be told every line, or cell of a table, before its numbers are read.
    pub fn enter(&mut self, line: &str) {
        match Columns::stated(line) {
            Some(columns) => self.above = Some(columns),
            // Running text ends a table.
            None if line.contains(['。', '；']) => self.above = None,
            None => {}
        }
    }

    /// Reads a number that was found in a line.
    pub fn read(&self, line: &str, number: &scan::Number) -> Option<Reading> {
        let (before, after) = (line.get(..number.span.start)?, line.get(number.span.end..)?);
        read_between(&number.text, before, after, self.above.as_ref())
    }
}

fn read_between(number: &str, before: &str, after: &str, above: Option<&Columns>) -> Option<Reading> {
    let folded = fold::fold(number);
    let number = folded.as_ref().map_or(number, |folded| folded.text.as_str());
    let before_it = BEFORE.iter().find_map(|word| Some((*word, number.strip_prefix(word)?)));
    let (approx, rest) = before_it.map_or((None, number), |(word, rest)| (Some(word), rest));
    let behind_it = AFTER.iter().find_map(|(word, usual)| Some((*usual, rest.strip_suffix(word)?)));
    let (behind, rest) = behind_it.map_or((None, rest), |(word, rest)| (Some(word), rest));
    let mut reading = body(rest)?;
    if reading.unit == "个多百分点" {
        reading.unit = "个百分点".to_owned();
        reading.approx = Some("多");
    }
    // 两倍多.
    if let Some(unit) = reading.unit.strip_suffix('多').map(str::to_owned) {
        reading.unit = unit;
        reading.approx = Some("多");
    }
    reading.approx = approx.or(behind).or(reading.approx);
    if reading.unit.is_empty() {
        imply(&mut reading, before, after, above);
    } else if let Some((_, usual)) = SAME.iter().find(|(printed, _)| *printed == reading.unit) {
        reading.unit = (*usual).to_owned();
    }
    Some(reading)
}

/// Supplies the unit that a number leaves out, and its scale word if that is left out too.
fn imply(reading: &mut Reading, before: &str, after: &str, above: Option<&Columns>) {
    let Said::One(value) = &mut reading.value else { return };
    let unit = implied::unit(reading.scale > Scale::ONE, before, after, above);
    if reading.scale == Scale::ONE
        && let Some(scaled) = value.checked_mul(unit.scale.factor())
    {
        *value = scaled.normalize();
        reading.scale = unit.scale;
    }
    reading.unit = unit.base;
}

fn body(text: &str) -> Option<Reading> {
    fraction(text)
        .or_else(|| ratio(text))
        .or_else(|| range(text))
        .or_else(|| rank(text))
        .or_else(|| financial(text))
        .or_else(|| tenths(text))
        .or_else(|| neighbours(text))
        .or_else(|| one(text))
}

fn plain(value: Said, unit: &str) -> Reading {
    Reading { value, unit: unit.to_owned(), scale: Scale::ONE, decimals: 0, approx: None }
}

/// 三分之二, 百分之六十, 千分之三, 1/3, 一半.
fn fraction(text: &str) -> Option<Reading> {
    if text == "一半" {
        return Some(plain(Said::Fraction(1, 2), ""));
    }
    if let Some((part, of)) = text.split_once('/')
        && let (Ok(part), Ok(of)) = (part.parse(), of.parse())
    {
        return Some(plain(Said::Fraction(part, of), ""));
    }
    let (whole, part) = text.split_once("分之")?;
    let of = numeral::parse(whole)
        .or_else(|| whole.parse().ok())
        .or_else(|| (whole == "百").then_some(100))
        .or_else(|| (whole == "千").then_some(1000))
        .or_else(|| (whole == "万").then_some(10_000))?;
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
    let parts: Vec<&str> = text.split([':', '：', '∶', '︰']).collect();
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
    // 2万—3万元 and 2—3万元 mean the same; 8000元—1.2万元 does not.
    let bare = text[..at].ends_with(|c: char| c.is_ascii_digit());
    let from = if bare { from.checked_mul(high.scale.factor())? } else { *from };
    Some(Reading { value: Said::Range(from, *to), decimals: low.decimals.max(high.decimals), ..high })
}

/// 第3位, 第三, 前三名, 首位.
fn rank(text: &str) -> Option<Reading> {
    if matches!(text, "首位" | "榜首") {
        return Some(plain(Said::One(Decimal::ONE), "位"));
    }
    let rest = text.strip_prefix(['第', '前'])?;
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

/// 三四个, 七八百人: two digits that follow each other.
fn neighbours(text: &str) -> Option<Reading> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|digit| digit == c);
    let chars: Vec<char> = text.chars().collect();
    let value = |at: usize| chars.get(at).and_then(|c| digit(*c));
    let at = (0..chars.len()).find(|at| value(*at).is_some())?;
    let pair = (value(at)? + 1 == value(at + 1)?).then_some(()).filter(|()| value(at + 2).is_none());
    pair?;
    let without = |skipped: usize| -> String {
        chars.iter().enumerate().filter(|(index, _)| *index != skipped).map(|(_, c)| *c).collect()
    };
    let (low, high) = (one(&without(at + 1))?, one(&without(at))?);
    let (Said::One(from), Said::One(to)) = (low.value, &high.value) else { return None };
    Some(Reading { value: Said::Range(from, *to), ..high })
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
    let joined = join_blanks(unsigned);
    let unsigned = joined.as_deref().unwrap_or(unsigned);
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

/// 69. 58万元 and 5 9亿元 have lost a point or gained a blank.
fn join_blanks(text: &str) -> Option<String> {
    let (front, rest) = text.split_once(' ')?;
    let behind = rest.trim_start_matches(['.', ' ']);
    let digits =
        behind.starts_with(|c: char| c.is_ascii_digit()) && front.starts_with(|c: char| c.is_ascii_digit());
    digits.then(|| format!("{}.{behind}", front.trim_end_matches('.')))
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
    Scale::begins(text).map(|_| (whole(1), text))
}

/// Scale words, approximation words and the unit, in any order in which they are said: 9000多万元, 9万多元,
/// 3万5千人.
fn tail(number: Number, text: &str) -> Option<Reading> {
    let mut value = number.value;
    let (mut power, mut approx, mut rest) = (0, None, text.trim_start_matches([' ', '　']));
    loop {
        if let Some(word) = MIDDLE.iter().find(|word| rest.starts_with(**word)) {
            let usual = match *word {
                "几" => "多",
                "来" => "约",
                word => word,
            };
            (approx, rest) = (Some(usual), &rest[word.len()..]);
        } else if let Some((scale, behind)) = Scale::begins(rest) {
            value = value.checked_mul(scale.factor())?;
            power += scale.power();
            rest = behind;
        } else {
            break;
        }
    }
    if power > 0 && rest.starts_with(|c: char| c.is_ascii_digit()) {
        let more = one(rest)?;
        let Said::One(part) = more.value else { return None };
        return Some(Reading { value: Said::One(value.checked_add(part)?), scale: Scale::ONE, ..more });
    }
    let scale = Scale::NATURAL.into_iter().rfind(|natural| natural.power() <= power).unwrap_or_default();
    let unit = rest.trim_start_matches([' ', '　']);
    Some(Reading {
        value: Said::One(value.normalize()),
        unit: unit.to_owned(),
        scale,
        decimals: number.decimals,
        approx,
    })
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
            ("43.5 亿元", "4350000000 元"),
            ("5 9亿元", "590000000 元"),
            ("69. 5万元", "695000 元"),
            ("３．５万元", "35000 元"),
            ("30.4％", "30.4 %"),
            ("8000元至1.2万元", "8000～12000 元"),
            ("1.5万元—3.5万元", "15000～35000 元"),
            ("三四个", "3～4 个"),
            ("七八百人", "700～800 人"),
            ("1/3以上", "1/3  以上"),
            ("约3分之1", "1/3  约"),
            ("2.4∶1左右", "2.4:1  左右"),
            ("首位", "1 位"),
            ("前三名", "3 名"),
            ("前十", "10 位"),
            ("60周岁及以上", "60 周岁 以上"),
            ("40万吨标准煤", "400000 吨标准煤"),
            ("十来个", "10 个 约"),
            ("百亿", "10000000000"),
            ("超8千亿元", "800000000000 元 超"),
            ("2倍多", "2 倍 多"),
            ("2个多百分点", "2 个百分点 多"),
            ("万分之三", "3/10000"),
            ("百余家", "100 家 余"),
            ("八百余万元", "8000000 元 余"),
            ("两千三百人", "2300 人"),
        ] {
            assert_eq!(said(text, ""), wanted, "{text}");
        }
        assert_eq!(said("1500万", "投资"), "15000000 元");
        assert_eq!(said("35万", "常住人口"), "350000 人");
        assert_eq!(said("2000万", "资金1.2亿元，同比增"), "20000000 元");
    }

    #[test]
    fn a_reader_knows_the_line_and_the_table_above() {
        let mut reader = Reader::default();
        let mut said = |line: &str| {
            reader.enter(line);
            let read = |number: &scan::Number| {
                let reading = reader.read(line, number)?;
                let Said::One(value) = reading.value else { return None };
                Some(format!("{value}{}", reading.unit))
            };
            scan::scan(line).iter().filter_map(read).collect::<Vec<_>>().join(" ")
        };
        for (line, wanted) in [
            ("增长1.5、-0.4个百分点，完成3、5万元", "1.5个百分点 -0.4个百分点 30000元 50000元"),
            ("惠及30万困难群众", "300000人"),
            ("附表（单位：万元）", ""),
            ("教育 1864 1921.5 103.1%", "18640000元 19215000元 103.1%"),
            ("其余增加12。", "12"),
            ("教育 1864 ", "1864"),
            ("村名 户数（户） 人数（人）", ""),
            ("东坪 12 35", "12户 35人"),
        ] {
            assert_eq!(said(line), wanted, "{line}");
        }
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
            prop_assert_eq!((reading.scale, reading.decimals), (Scale::WAN, decimals));
        }
    }
}
