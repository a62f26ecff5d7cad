//! What a cell of a workbook says, as it would be written in a fact file.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::book::format::{FormatKind, NumberFormat};
use super::book::{Content, number as digits};
use super::days;
use super::marks::{digits_lost, doubtful_rate, marked, not_shown, strange_digits, tail_words, unmarked};
use super::values::{self, items};
use crate::diag::Diagnostic;
use crate::facts;
use crate::facts::registry::IndicatorKind;
use crate::zh::number::{self, Form, Manner, Refused, Unit, Why, completed, half_width, padded};
use crate::zh::unseen::{is_unseen, turns_order};

/// What a cell must hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'u> {
    /// 类型 as registered; nothing where no registry says it.
    pub kind: Option<IndicatorKind>,
    /// 单位 as registered.
    pub unit: Option<&'u Unit>,
    /// The unit that the head of the table names, another scale of the registered one as a rule.
    pub written: Option<&'u Unit>,
    /// Whether the number counts as it is and not as it is shown, and with how many decimals it is written at least:
    /// in a workbook of ours, whose formats we set.
    pub exact: Option<u32>,
    /// Whether the days of the workbook are counted from 1904.
    pub from_1904: bool,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellText {
    /// The text of the fact; empty where nothing is said.
    pub text: String,
    /// What is to be looked at.
    pub remark: Option<String>,
}

impl CellText {
    fn plain(text: impl Into<String>) -> Result<CellText, Diagnostic> {
        Ok(CellText { text: text.into(), remark: None })
    }

    fn blank(remark: String) -> CellText {
        CellText { text: String::new(), remark: Some(remark) }
    }
}

/// What stands for nothing in a column of numbers or dates.
const NOTHING: [&str; 9] = ["-", "--", "—", "——", "–", "/", "\\", "无", "空"];

/// Reads a cell. The text is one that the fact file accepts.
///
/// # Errors
/// Why the cell cannot be read; the caller knows where it stands.
pub fn read(content: &Content, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    let (content, hidden) = visible(content);
    let said = one(&content, wanted)?;
    let remark =
        said.remark.or_else(|| hidden.then(|| format!("有看不见的字符，已去掉，按“{}”读", said.text)));
    Ok(CellText { remark, ..said })
}

/// The words of a remark, which may be broken for looks.
///
/// # Errors
/// As [`read`], where they cannot be written down.
pub fn remark(content: &Content) -> Result<String, Diagnostic> {
    let words = words(content);
    facts::judge(&words, Some(IndicatorKind::Text), None).map(|_| words)
}

/// The items of a 名单, each of which the fact file accepts.
///
/// # Errors
/// As [`read`].
pub fn list(content: &Content) -> Result<CellText, Diagnostic> {
    let (content, hidden) = visible(content);
    let text = match &*content {
        Content::Text(text) => text.to_string(),
        other => words(other),
    };
    for item in items(&text) {
        facts::judge(&item, Some(IndicatorKind::Text), None)?;
    }
    let remark = hidden.then(|| "有看不见的字符，已去掉".to_owned());
    Ok(CellText { text, remark })
}

/// The content without characters that show nothing and order nothing, and whether there were any.
fn visible(content: &Content) -> (Cow<'_, Content>, bool) {
    match content {
        Content::Text(text) if text.contains(is_invisible) => {
            let kept: String = text.chars().filter(|c| !is_invisible(*c)).collect();
            (Cow::Owned(Content::Text(kept.into())), true)
        }
        content => (Cow::Borrowed(content), false),
    }
}

/// What may be taken out of a text without changing what it shows.
fn is_invisible(c: char) -> bool {
    is_unseen(c) && !turns_order(c)
}

/// Reads a cell in which everything can be seen.
fn one(content: &Content, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    let said = match content {
        Content::Error(name) => {
            return Err(Diagnostic::error("cell-error", format!("单元格是 {name}，没有值"))
                .hint("请在表里改好公式，或直接填数"));
        }
        Content::Uncalculated => {
            return Err(Diagnostic::error("formula-without-value", "这是一个没有算过的公式，没有值")
                .hint("请用 Excel 或 WPS 打开，保存一次再试；或直接填数"));
        }
        _ => match wanted.kind {
            Some(IndicatorKind::Date) => date(content, wanted)?,
            Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate) => {
                quantity(content, wanted)?
            }
            Some(IndicatorKind::List) => list(content)?,
            Some(IndicatorKind::Text | IndicatorKind::Ledger) => line(content)?,
            None => free(content, wanted)?,
        },
    };
    if !said.text.is_empty() && !matches!(wanted.kind, Some(IndicatorKind::List | IndicatorKind::Ledger)) {
        facts::judge(&said.text, wanted.kind, wanted.unit)?;
    }
    Ok(said)
}

fn date(content: &Content, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    match content {
        Content::Text(text) if NOTHING.contains(&bare(text).as_str()) => Ok(nothing(text)),
        other => {
            let (text, remark) = days::read(other, &words(other), wanted.from_1904)?;
            Ok(CellText { text, remark })
        }
    }
}

/// A text of one line. Whether two lines are two things or one that was broken for looks, nobody can tell.
fn line(content: &Content) -> Result<CellText, Diagnostic> {
    let Content::Text(text) = content else { return shown_words(content) };
    match values::flat(text) {
        number if is_scientific(&number) => Err(digits_lost(&number)),
        lines if lines.contains('\n') => {
            let shown = lines.replace('\n', "／");
            Err(Diagnostic::error("several-lines", format!("“{shown}”分了几行，分不清是一项还是几项"))
                .hint("是一项的，请在表里写成一行；是几项的，请分开填写"))
        }
        line => CellText::plain(line),
    }
}

/// A number, a date or a truth in a column of words: what the cell shows. Of a number with more digits than workbooks
/// keep the last ones are gone.
fn shown_words(content: &Content) -> Result<CellText, Diagnostic> {
    let Content::Number(number, format) = content else { return CellText::plain(words(content)) };
    let number = digits::settled(*number).unwrap_or(*number);
    if digits::is_cut(number) {
        return Err(digits_lost(&words(content)));
    }
    if format.kind(number) == FormatKind::Hidden {
        return not_shown(number).map(CellText::blank);
    }
    let (shown, _) = format.displayed(number).ok_or_else(|| strange_digits(number))?;
    CellText::plain(shown)
}

/// `4.31122E+17`: what became of a long number that was saved as text.
fn is_scientific(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    power.starts_with('+')
        && number.contains('.')
        && digits::written(text).is_some_and(|long| long.scale() == 0)
}

/// Words on one line; a number as it is shown, without what parts its digits and zeros at its end.
pub fn words(content: &Content) -> String {
    match &*visible(content).0 {
        Content::Text(text) => one_line(text),
        Content::Number(number, format) => number_words(digits::settled(*number).unwrap_or(*number), format),
        Content::Date(day) => day.to_string(),
        Content::Truth(true) => "是".to_owned(),
        Content::Truth(false) => "否".to_owned(),
        Content::Error(name) => name.to_string(),
        Content::Uncalculated => String::new(),
    }
}

/// The same with its lines and blanks as they are: a unit may stand on a line of its own.
pub fn lines(content: &Content) -> String {
    match &*visible(content).0 {
        Content::Text(text) => text.trim().to_owned(),
        other => words(other),
    }
}

fn number_words(number: Decimal, format: &NumberFormat) -> String {
    let letters =
        matches!(format.kind(number), FormatKind::Words | FormatKind::Hidden) || format.is_code(number);
    if let Some((shown, _)) = format.displayed(number).filter(|_| letters) {
        return shown;
    }
    let (shown, _) = format.shown(number);
    let sign = if format.is_percent(number) { "%" } else { format.unit(number) };
    format!("{shown}{sign}")
}

/// Lines that were broken for looks are joined: with a blank only between Latin letters or digits.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(line.chars().next_back()) && latin(part.chars().next()) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line.replace('\t', " ")
}

/// A value of which no registry says what it is: a number with the unit of its head, also one that was typed as words;
/// else words. A number with zeros before it is a code.
fn free(content: &Content, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    match content {
        Content::Number(number, format) if !format.is_code(*number) => quantity(content, wanted),
        Content::Text(text) => match number::read(text, Manner::Cell) {
            Ok(read) if is_plain(read.form) && read.base().chars().count() <= LONGEST_UNIT => {
                written_quantity(text, wanted)
            }
            Err(refused)
                if matches!(refused.why, Why::Parted(_)) && facts::judge(text, None, None).is_err() =>
            {
                Err(no_number(text, &refused))
            }
            _ => line(content),
        },
        _ => line(content),
    }
}

/// Characters of a unit; what is longer are words that begin with a number.
const LONGEST_UNIT: usize = 4;

/// Whether digits are written as digits: what is written otherwise may be a code or a name.
fn is_plain(form: Form) -> bool {
    matches!(form, Form::Digits | Form::FullWidth | Form::Grouped | Form::Blank)
}

/// A number with its unit.
fn quantity(content: &Content, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    match content {
        Content::Number(number, format) => number_text(*number, format, wanted),
        Content::Text(text) => written_quantity(text, wanted),
        other => {
            let shown = words(other);
            Err(Diagnostic::error("not-a-number", format!("“{shown}”不是数"))
                .hint("请把这一格改成数字；格式是日期的，请改成“常规”再填"))
        }
    }
}

fn number_text(number: Decimal, format: &NumberFormat, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    if let Some(settled) = digits::settled(number) {
        let said = number_text(settled, format, wanted)?;
        let tail = tail_words(number, settled);
        return Ok(CellText { remark: Some(said.remark.unwrap_or(tail)), ..said });
    }
    if format.kind(number) == FormatKind::Hidden {
        return not_shown(number).map(CellText::blank);
    }
    let beside = format.unit(number);
    let worded = !beside.is_empty() && !is_unit_of(beside, wanted);
    if worded || format.kind(number) == FormatKind::Words {
        return as_if_typed(number, format, wanted);
    }
    let percent = format.is_percent(number);
    let (shown, whole) = match wanted.exact {
        Some(_) => (unrounded(number, format), true),
        None => format.shown(number),
    };
    let text = padded(&shown.to_string(), wanted.exact.unwrap_or(0));
    let unit = wanted.written.or(wanted.unit);
    if !percent && beside.is_empty() && is_doubtful_rate(number, wanted) {
        return Err(doubtful_rate(number));
    }
    let text = match (percent, unit) {
        (true, Some(unit)) if unit.base != "%" => {
            let message = format!("这一格是百分数{text}%，应填的单位是“{unit}”");
            return Err(
                Diagnostic::error("wrong-unit", message).hint("请核对是不是填错了列，或格式设成了百分比")
            );
        }
        (true, _) => format!("{text}%"),
        (false, _) if !beside.is_empty() => format!("{text}{beside}"),
        (false, Some(unit)) => format!("{text}{unit}"),
        (false, None) => text,
    };
    let remark = (!whole).then(|| {
        let sign = if percent { "%" } else { "" };
        format!("单元格里是{}{sign}，显示为{shown}{sign}，按显示的读", unrounded(number, format))
    });
    let cut =
        digits::is_cut(number).then(|| format!("{text}超过15位，Excel 的数只留15位，后面的都成了0，请核对"));
    Ok(CellText { text, remark: remark.or(cut) })
}

/// A number of which the format shows something of its own, 1.2万 for 12345 or 约12: what is shown counts, as if somebody
/// had typed it.
fn as_if_typed(number: Decimal, format: &NumberFormat, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    let (shown, whole) = format.displayed(number).ok_or_else(|| strange_digits(number))?;
    let said = written_quantity(&shown, wanted)?;
    let remark = (!whole).then(|| format!("单元格里是{}，显示为“{shown}”，按显示的读", number.normalize()));
    Ok(CellText { remark: said.remark.or(remark), ..said })
}

/// Whether a number in a column of per cents may be 33% as well as 0.33%: neither its format nor the head says it.
fn is_doubtful_rate(number: Decimal, wanted: Wanted<'_>) -> bool {
    let percent = wanted.unit.is_some_and(|unit| unit.base == "%");
    let open = wanted.written.is_none() && wanted.exact.is_none();
    percent && open && !number.is_zero() && number.abs() <= Decimal::ONE
}

/// The number as it is, in per cent where its format says so.
fn unrounded(number: Decimal, format: &NumberFormat) -> Decimal {
    let percent = number.checked_mul(Decimal::ONE_HUNDRED).filter(|_| format.is_percent(number));
    percent.unwrap_or(number).normalize()
}

/// Whether words that a format sets behind a number are a unit that fits.
fn is_unit_of(words: &str, wanted: Wanted<'_>) -> bool {
    let fits = |unit: &Unit| !words.is_empty() && Unit::parse(words).base == unit.base;
    wanted.unit.is_some_and(fits)
}

/// A number that was typed as words: `１，２８６．５`, `约3亿`, `8.3%`, `(12.5)`, `十七`.
fn written_quantity(text: &str, wanted: Wanted<'_>) -> Result<CellText, Diagnostic> {
    if let Some(problem) = marked(text) {
        return Err(problem);
    }
    let text = unmarked(text);
    let bare = bare(text);
    if bare.is_empty() {
        return CellText::plain("");
    }
    if NOTHING.contains(&bare.as_str()) {
        return Ok(nothing(text));
    }
    if let Some(number) = computed(&bare) {
        return number_text(number, &NumberFormat::default(), wanted);
    }
    let written = number::read(text, Manner::Cell).map_err(|refused| no_number(text, &refused))?;
    let lacking = written.base().is_empty();
    if let Some(share) = bare.parse().ok().filter(|share| lacking && is_doubtful_rate(*share, wanted)) {
        return Err(doubtful_rate(share));
    }
    let unit = wanted.written.or(wanted.unit).filter(|_| lacking);
    CellText::plain(unit.map_or_else(|| written.plain.clone(), |unit| completed(&written.plain, unit)))
}

/// A number as a program computed it and saved it in a text: `7.105427357601E-15`, `0.0999999999999943`.
fn computed(bare: &str) -> Option<Decimal> {
    let scientific = bare.contains(['E', 'e']);
    digits::written(bare).filter(|number| scientific || digits::settled(*number).is_some())
}

/// Why a text is no number, and what stands there: the cell is in another window.
fn no_number(text: &str, refused: &Refused) -> Diagnostic {
    let (why, text) = (refused.to_string(), values::flat(text).replace('\n', "／"));
    let message = if why.contains(&text) { why } else { format!("“{text}”：{why}") };
    Diagnostic::error("not-a-number", message).hint(refused.hint())
}

/// Half-width, without blanks and signs of currency.
fn bare(text: &str) -> String {
    half_width(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '¥' | '￥')).collect()
}

/// What stands for nothing.
fn nothing(text: &str) -> CellText {
    CellText::blank(format!("写的是“{}”，按空白读", text.trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::excel::book::{Day, Time};

    fn text(words: &str) -> Content {
        Content::Text(words.into())
    }

    fn number(number: &str, code: &str) -> Content {
        Content::Number(number.parse().unwrap(), NumberFormat::parse(code).into())
    }

    fn said(content: &Content, kind: IndicatorKind, unit: &str, written: &str) -> String {
        let (unit, written) = (Unit::parse(unit), Unit::parse(written));
        let written = (!written.base.is_empty()).then_some(&written);
        let unit = (!unit.base.is_empty()).then_some(&unit);
        match read(content, Wanted { kind: Some(kind), unit, written, ..Wanted::default() }) {
            Ok(said) => said.text,
            Err(problem) => format!("✗{}", problem.rule),
        }
    }

    #[test]
    fn numbers_take_the_unit_of_their_column() {
        for (content, unit, written, wanted) in [
            (number("640", "General"), "万元", "", "640万元"),
            (number("6400000", "#,##0.00"), "万元", "元", "6400000元"),
            (number("12.5", "0.00\"万元\""), "元", "", "12.5万元"),
            (number("12", "0\"号\""), "名", "", "✗wrong-unit"),
            (number("0.083", "0.0%"), "%", "", "8.3%"),
            (number("0.083", "0.0%"), "万元", "", "✗wrong-unit"),
            (number("8.3", "General"), "%", "", "8.3%"),
            (number("-3", "0"), "%", "", "-3%"),
            (text("１，２８６．５"), "万元", "", "1286.5万元"),
            (text(" 1,286.5 万元 "), "元", "", "1286.5万元"),
            (text("约3亿"), "万元", "", "约3亿元"),
            (text("约３０"), "条", "", "约30条"),
            (text("30多"), "条", "", "30多条"),
            (text("300以上"), "人", "", "300人以上"),
            (text("9000多万"), "元", "", "9000多万元"),
            (text("8.30%"), "%", "", "8.30%"),
            (text("（12.5）"), "万元", "", "-12.5万元"),
            (text("￥1,200"), "元", "", "1200元"),
            (text("十七"), "名", "", "17名"),
            (text("007"), "件", "", "7件"),
            (text("—"), "万元", "", ""),
            (text("无"), "万元", "", ""),
            (text("三四"), "名", "", "✗not-a-number"),
            (text("12\n30"), "名", "", "✗not-a-number"),
            (text("12，5"), "万元", "", "✗not-a-number"),
            (text("1,2345"), "万元", "", "✗not-a-number"),
            (text("1.234,56"), "万元", "", "✗not-a-number"),
            (text("待定"), "万元", "", "✗not-a-number"),
            (number("0.0000000000000071054", "General"), "万元", "", "0万元"),
            (text("7.105427357601E-15"), "万元", "", "0万元"),
            (number("0.0999999999999943", "General"), "万元", "", "0.1万元"),
            (text("0.0999999999999943"), "万元", "", "0.1万元"),
            (text("1.2E+05"), "元", "", "120000元"),
            (number("0.333333", "General"), "%", "", "✗doubtful-rate"),
            (number("0.333333", "General"), "%", "%", "0.333333%"),
            (number("0.33", "0.00"), "%", "", "✗doubtful-rate"),
            (text("0.33"), "%", "", "✗doubtful-rate"),
            (text("0.33%"), "%", "", "0.33%"),
            (text("3-5"), "万元", "", "✗not-a-number"),
            (text("17人"), "名", "", "✗wrong-unit"),
            (text("12.5*"), "万元", "", "✗not-a-number"),
            (text("'12.5"), "万元", "", "12.5万元"),
            (text("12."), "万元", "", "12万元"),
            (text("5万元整"), "万元", "", "5万元"),
            (text("整"), "万元", "", "✗not-a-number"),
            (text("△5"), "万元", "", "✗marked-number"),
            (text("▲ ５.2"), "万元", "", "✗marked-number"),
            (Content::Error("#REF!".into()), "万元", "", "✗cell-error"),
            (Content::Uncalculated, "万元", "", "✗formula-without-value"),
            (Content::Truth(true), "名", "", "✗not-a-number"),
        ] {
            assert_eq!(said(&content, IndicatorKind::Flow, unit, written), wanted, "{content:?}");
        }
    }

    #[test]
    fn dates_are_read_in_every_writing() {
        for (content, wanted) in [
            (text("2011-4-18"), "2011-04-18"),
            (text("2011/04/18"), "2011-04-18"),
            (text("2011.4.18"), "2011-04-18"),
            (text("２０１１年４月１８日"), "2011-04-18"),
            (text("2011年4月"), "2011-04"),
            (text("2011年"), "2011"),
            (text("20110418"), "2011-04-18"),
            (text("2011-04-18T00:00:00"), "2011-04-18"),
            (text("4月18日"), "✗not-a-date"),
            (text("2011-02-30"), "✗not-a-date"),
            (text("11.4.18"), "✗not-a-date"),
            (text("待定"), "✗not-a-date"),
            (text("2011年 4月 18日"), "2011-04-18"),
            (text("2011-04-18 14:30:00.000"), "2011-04-18"),
            (text("2011/4/18 9:05"), "2011-04-18"),
            (text("2011/4/18 下午2:30"), "2011-04-18"),
            (text("2011/4/18 2:30 PM"), "2011-04-18"),
            (text("2011/4/18 至 2011/4/25"), "✗not-a-date"),
            (text("二〇一一年四月十八日"), "2011-04-18"),
            (text("二○一一年十二月二十一日"), "2011-12-21"),
            (text("二0一一年四月"), "2011-04"),
            (text("二〇一一年"), "2011"),
            (text("2011-4-18 星期一"), "2011-04-18"),
            (text("2011年4月18日（星期一）上午"), "2011-04-18"),
            (text("2011-04-18 上午"), "2011-04-18"),
            (text("2011年4月18日9:30"), "2011-04-18"),
            (text("2011-04-18 14:30 周一"), "2011-04-18"),
            (text("2011年4月中旬"), "✗not-a-date"),
            (text("星期一"), "✗not-a-date"),
            (text("二〇一一年十三月"), "✗not-a-date"),
            (text("2011年 待定"), "✗not-a-date"),
            (number("40651.6", "General"), "2011-04-18"),
            (number("2011.4", "General"), "2011-04"),
            (number("2011.1", "General"), "✗not-a-date"),
            (number("2011.1", "0.00"), "2011-10"),
            (number("20110418", "0"), "2011-04-18"),
            (number("40651", "General"), "2011-04-18"),
            (number("3", "General"), "✗not-a-date"),
        ] {
            assert_eq!(said(&content, IndicatorKind::Date, "", ""), wanted, "{content:?}");
        }
    }

    #[test]
    fn words_are_one_line_and_numbers_among_them_as_shown() {
        let day = Day {
            year: 2011,
            month: Some(4),
            day: Some(18),
            time: Some(Time { hour: 14, minute: 30, second: None }),
        };
        for (content, wanted) in [
            (text("\n宝庆农产品\n"), "宝庆农产品"),
            (text("张三\n李四"), "✗several-lines"),
            (text("A1\r\nB2"), "✗several-lines"),
            (text("12\t30"), "✗tab"),
            (text("乙\u{200B}厂"), "乙厂"),
            (text("乙\u{202E}厂"), "✗bad-character"),
            (text("乙\u{E000}厂"), "✗bad-character"),
            (text("=1+1"), "=1+1"),
            (number("13812345678", "General"), "13812345678"),
            (number("431122198801011000", "General"), "✗digits-lost"),
            (text("431122198801011234"), "431122198801011234"),
            (text("4.31122E+17"), "✗digits-lost"),
            (text("1E+3"), "1E+3"),
            (number("0.5", "0%"), "50%"),
            (Content::Date(day), "2011-04-18 14:30"),
            (Content::Truth(true), "是"),
        ] {
            assert_eq!(said(&content, IndicatorKind::Text, "", ""), wanted, "{content:?}");
        }
    }

    #[test]
    fn digits_that_are_not_shown_are_remarked_and_zeros_kept_on_demand() {
        let unit = Unit::parse("%");
        let wanted = Wanted {
            kind: Some(IndicatorKind::Rate),
            unit: Some(&unit),
            exact: Some(1),
            ..Wanted::default()
        };
        for (number, text) in [(number("0.26", "0.0%"), "26.0%"), (number("0.2625", "0%"), "26.25%")] {
            assert_eq!(read(&number, wanted).unwrap(), CellText { text: text.to_owned(), remark: None });
        }
        let said = read(&number("0.0834", "0%"), Wanted { exact: None, ..wanted }).unwrap();
        assert_eq!(said.remark.as_deref(), Some("单元格里是8.34%，显示为8%，按显示的读"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(words in "[0-9一二十百万亿.,，％%元人约多余近()（） /-]{0,12}") {
            for kind in [IndicatorKind::Flow, IndicatorKind::Date, IndicatorKind::Text] {
                let unit = Unit::parse("万元");
                let wanted = Wanted { kind: Some(kind), unit: Some(&unit), ..Wanted::default() };
                if let Ok(said) = read(&text(&words), wanted) {
                    prop_assert!(said.text.is_empty() || facts::judge(&said.text, Some(kind), Some(&unit)).is_ok());
                }
            }
        }
    }
}
