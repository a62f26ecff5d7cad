//! A value as it was typed into a cell → the value as it is written into the file, or what is wrong with it:
//! judged by the reader of fact files itself.

use super::date::DateError;
use super::edit;
use super::line;
use super::registry::{Indicator, IndicatorKind, Registry};
use super::scalar::{self, Expected};
use super::tree::Style;
use super::value::Date;
use crate::diag::Diagnostic;
use crate::zh::number::{self, Amount, Form, Manner, completed, half_width};

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What, and how to mend it.
    pub problem: Diagnostic,
    /// The same said right, where that is beyond doubt: `１７名` → `17名`.
    pub instead: Option<String>,
}

/// The value of a fact, or of a cell of a ledger, as it is written. Blanks around it go; the unit that the
/// registry names is added to a bare number, as it stands beside the cell.
///
/// # Errors
/// The reader would refuse it, or nothing may be entered there.
pub fn typed(
    registry: &Registry,
    path: &str,
    column: Option<&str>,
    text: &str,
) -> Result<String, Box<Wrong>> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}');
    let indicator = registry.indicators.get(path);
    let wrong = |problem: Diagnostic| Box::new(Wrong { problem, instead: None });
    if indicator.is_none() && !registry.indicators.is_empty() {
        return Err(wrong(Diagnostic::error("unknown-indicator", format!("指标表里没有“{path}”"))));
    }
    if indicator.is_some_and(Indicator::is_computed) {
        let problem = Diagnostic::error("computed-fact", format!("“{path}”由公式计算，不用填"));
        return Err(wrong(problem.hint("要改它，请改它用到的数")));
    }
    if indicator.is_some_and(|indicator| indicator.paragraphs) {
        return Err(wrong(paragraphs(path)));
    }
    line::judge(text).map_err(wrong)?;
    let expected = expected(indicator, column).map_err(wrong)?;
    let tidied = tidied(text, expected);
    let text = tidied.as_deref().unwrap_or(text);
    taken(text, expected).map_err(|problem| Box::new(Wrong { instead: instead(text, expected), problem }))
}

/// What a right value is asked about before it is taken: a count below nothing.
pub fn doubted(registry: &Registry, path: &str, column: Option<&str>, text: &str) -> Option<Box<Wrong>> {
    let typed = typed(registry, path, column, text).ok()?;
    let written = number::read(&typed, Manner::Fact).ok()?;
    let name = column.unwrap_or(path);
    below_nothing(name, written.one()?).then(|| {
        let problem = Diagnostic::error("negative-count", format!("“{name}”填的是{typed}，是负数"))
            .hint("请核对是不是多写了负号");
        Box::new(Wrong { problem, instead: None })
    })
}

/// Whether a count is below nothing, where its name does not say that it is a change.
pub fn below_nothing(name: &str, amount: &Amount) -> bool {
    let change = |c| matches!(c, '增' | '减' | '净' | '变' | '差');
    amount.value.is_sign_negative()
        && !amount.value.is_zero()
        && amount.unit.is_counted()
        && !name.contains(change)
}

/// The same number in half-width digits without commas and blanks, where it was written with them and can mean but
/// one: that is how it was typed, not what was meant.
fn tidied(text: &str, expected: Expected<'_>) -> Option<String> {
    match expected.kind? {
        IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate => {
            let written = number::read(text, Manner::Cell).ok()?;
            matches!(written.form, Form::FullWidth | Form::Grouped | Form::Blank).then_some(written.plain)
        }
        IndicatorKind::Date => Some(half_width(text)).filter(|half| read(half, expected).is_ok()),
        IndicatorKind::Text | IndicatorKind::List | IndicatorKind::Ledger => None,
    }
}

/// A text of several paragraphs, which no cell holds.
pub fn paragraphs(path: &str) -> Diagnostic {
    Diagnostic::error("several-paragraphs", format!("“{path}”可以有几段，不在格子里填"))
        .hint("请直接改事实文件：冒号后面写“|”，下面每段一行，前面空两格")
}

/// What the registry says of a value.
fn expected<'r>(indicator: Option<&'r Indicator>, column: Option<&str>) -> Result<Expected<'r>, Diagnostic> {
    let Some(indicator) = indicator else { return Ok(Expected { kind: None, unit: None }) };
    let Some(column) = column else {
        return Ok(Expected { kind: Some(indicator.kind), unit: indicator.unit.as_ref() });
    };
    match indicator.columns.get(column) {
        Some(column) => Ok(Expected { kind: Some(column.kind), unit: column.unit.as_ref() }),
        None if indicator.columns.is_empty() => Ok(Expected { kind: None, unit: None }),
        None => Err(Diagnostic::error("unknown-column", format!("台账没有“{column}”这一列"))),
    }
}

/// The value as it is written, where the reader takes it, with its unit if need be.
fn taken(text: &str, expected: Expected<'_>) -> Result<String, Diagnostic> {
    let Err(problem) = read(text, expected) else { return Ok(text.to_owned()) };
    let unit = expected.unit.filter(|_| problem.rule == "missing-unit");
    let completed = unit.map(|unit| completed(text, unit));
    completed.filter(|completed| read(completed, expected).is_ok()).ok_or(problem)
}

/// Reads a value as it will stand in the file; nothing is a blank that is still to be filled in.
fn read(text: &str, expected: Expected<'_>) -> Result<(), Diagnostic> {
    if text.is_empty() {
        return Ok(());
    }
    let quoted = edit::scalar(text).starts_with('\'');
    let style = if quoted { Style::SingleQuoted } else { Style::Plain };
    scalar::read(text, style, expected).map(drop)
}

/// What was surely meant.
fn instead(text: &str, expected: Expected<'_>) -> Option<String> {
    let meant = match expected.kind {
        Some(IndicatorKind::Date) => date(text)?,
        Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate) | None => number(text)?,
        Some(IndicatorKind::Text | IndicatorKind::List | IndicatorKind::Ledger) => return None,
    };
    taken(&meant, expected).ok().filter(|meant| meant != text)
}

/// A number with its slips of writing mended.
fn number(text: &str) -> Option<String> {
    match number::read(text, Manner::Cell) {
        Ok(written) => Some(written.plain),
        Err(refused) => refused.instead,
    }
}

/// `2011年4月18日`, `2011/4/18` and `2011.4.18` as `2011-04-18`.
fn date(text: &str) -> Option<String> {
    let text = text.trim_end_matches(['日', '月', '年', '号']);
    let parts: Vec<&str> = text.split(['年', '月', '/', '.', '-']).collect();
    let two = |part: &&str| {
        let digits = matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| format!("-{part:0>2}"))
    };
    let (year, rest) = parts.split_first()?;
    let written = format!("{year}{}", rest.iter().map(two).collect::<Option<String>>()?);
    let read: Result<Date, DateError> = Date::parse(&written);
    read.ok().map(|_| written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Registry {
        let text = "会议: {单位: 次, 类型: 时期}\n捐款: {单位: 万元, 类型: 时期}\n日期: {类型: 日期}\n地点: {类型: 文本}\n\
                    项目:\n  类型: 台账\n  列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}\n总额: {单位: 万元, 类型: 时期, 公式: {合计: 项目.投资}}\n";
        crate::facts::registry_of(text).unwrap()
    }

    #[test]
    fn a_right_value_is_taken_and_a_bare_number_gets_its_unit() {
        let registry = registry();
        for (path, column, text, written) in [
            ("会议", None, " 14次　", "14次"),
            ("会议", None, "14", "14次"),
            ("会议", None, "30多", "30多次"),
            ("会议", None, "30以上", "30次以上"),
            ("会议", None, "", ""),
            ("捐款", None, "3.50", "3.50万元"),
            ("捐款", None, "3万", "3万元"),
            ("捐款", None, "52600元", "52600元"),
            ("日期", None, "2011-04", "2011-04"),
            ("地点", None, "福建，厦门", "福建，厦门"),
            ("项目", Some("投资"), "640", "640万元"),
            ("项目", Some("企业"), "甲厂", "甲厂"),
            ("会议", None, "１４次", "14次"),
            ("会议", None, "３", "3次"),
            ("会议", None, "1,286", "1286次"),
            ("会议", None, "１，２８６次", "1286次"),
            ("会议", None, "14 次", "14次"),
            ("捐款", None, "11,900.5", "11900.5万元"),
            ("日期", None, "２０１１-０４-１８", "2011-04-18"),
            ("地点", None, "１４号", "１４号"),
            ("项目", Some("投资"), "１,２００", "1200万元"),
        ] {
            assert_eq!(typed(&registry, path, column, text), Ok(written.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_wrong_value_is_explained_and_what_was_surely_meant_is_offered() {
        let registry = registry();
        for (path, text, rule, instead) in [
            ("会议", "十四", "not-a-number", Some("14次")),
            ("会议", "4520 97 310 33%", "not-a-number", None),
            ("会议", "12，5", "not-a-number", None),
            ("会议", "1,2345", "not-a-number", None),
            ("会议", "12⏎345", "not-a-number", None),
            ("会议", "14个", "wrong-unit", None),
            ("会议", "很多", "not-a-number", None),
            ("会议", "1\n2", "several-lines", None),
            ("日期", "2011年4月8日", "not-a-date", Some("2011-04-08")),
            ("日期", "2011/4/18", "not-a-date", Some("2011-04-18")),
            ("日期", "2011年2月30日", "not-a-date", None),
            ("总额", "5万元", "computed-fact", None),
            ("没有", "5万元", "unknown-indicator", None),
        ] {
            let wrong = typed(&registry, path, None, text).unwrap_err();
            assert_eq!((wrong.problem.rule, wrong.instead.as_deref()), (rule, instead), "{text}");
        }
        assert_eq!(typed(&registry, "项目", Some("利润"), "1").unwrap_err().problem.rule, "unknown-column");
    }

    #[test]
    fn a_count_below_nothing_is_asked_about_and_a_change_is_not() {
        let text = "社区: {单位: 个, 类型: 时点}\n人口.净增: {单位: 人, 类型: 时期}\n结余: {单位: 万元, 类型: 时点}\n\
                    村情: {类型: 台账, 列: {村: 文本, 户数: {单位: 户, 类型: 时点}}}\n";
        let registry = crate::facts::registry_of(text).unwrap();
        for (path, column, text, asked) in [
            ("社区", None, "-3个", true),
            ("社区", None, "－３", true),
            ("社区", None, "3个", false),
            ("社区", None, "-0个", false),
            ("社区", None, "-3户", false),
            ("人口.净增", None, "-120人", false),
            ("结余", None, "-3万元", false),
            ("村情", Some("户数"), "-5", true),
            ("村情", Some("村"), "-5", false),
        ] {
            assert_eq!(doubted(&registry, path, column, text).is_some(), asked, "{path} {text}");
        }
    }
}
