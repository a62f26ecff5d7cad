//! Which rows of a ledger are meant: one grammar of conditions, for the named parameters of templates and for 条件 of
//! formulas. A condition is read by what its column holds: words are the same or are not, numbers and dates may also lie
//! above, below or between. What a row leaves open is said, never guessed.

mod day;
mod number;
mod span;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Figures, RowOf, Trouble, mismatch, value_text};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Row, Value};
use crate::period::Period;
use crate::zh::number::{Amount, Unit};
use number::known_of;
use span::Verdict;

/// What stands before what a row shall not say.
const NOT: &str = "不是";

/// What one value of a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Says(String),
    /// Nothing is said.
    Blank,
    Number(number::Asked),
    Day(day::Asked),
}

/// One condition: a row has, or has not, one of several values in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    column: String,
    /// As it is written.
    words: String,
    /// Whether the row has none of them.
    not: bool,
    /// Each value with its words.
    any: Vec<(String, Test)>,
}

/// All conditions on the rows of one ledger; none lets every row through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    ledger: String,
    all: Vec<Condition>,
}

/// What a column holds.
enum Nature {
    Words,
    Numbers(Option<Unit>),
    Days,
}

impl Conditions {
    /// Reads columns with what is written of them: `投资` and `1亿元以上`.
    ///
    /// # Errors
    /// The words are no condition on what the column holds.
    pub fn read(
        figures: &Figures,
        ledger: &str,
        written: &[(String, String)],
    ) -> Result<Conditions, Trouble> {
        let read = |(column, words): &(String, String)| Condition::read(figures, ledger, column, words);
        Ok(Conditions {
            ledger: ledger.to_owned(),
            all: written.iter().map(read).collect::<Result<_, Trouble>>()?,
        })
    }

    /// The rows of a ledger that say exactly this in a column.
    pub fn says(ledger: &str, column: &str, words: &str) -> Conditions {
        let any = vec![(words.to_owned(), Test::Says(words.to_owned()))];
        let one = Condition { column: column.to_owned(), words: words.to_owned(), not: false, any };
        Conditions { ledger: ledger.to_owned(), all: vec![one] }
    }

    /// The rows of a ledger that say nothing in a column.
    pub fn unsaid(ledger: &str, column: &str) -> Conditions {
        let any = vec![(String::new(), Test::Blank)];
        let one = Condition { column: column.to_owned(), words: String::new(), not: false, any };
        Conditions { ledger: ledger.to_owned(), all: vec![one] }
    }

    /// These and others on the same ledger.
    pub fn and(mut self, others: Conditions) -> Conditions {
        if self.ledger.is_empty() {
            return others;
        }
        self.all.extend(others.all);
        self
    }

    /// The columns whose cells they look at, each once.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let said = |one: &&Condition| one.any.iter().all(|(_, test)| *test != Test::Blank);
        let columns: BTreeSet<&str> = self.all.iter().filter(said).map(|one| one.column.as_str()).collect();
        columns.into_iter()
    }

    /// Whether every row meets them.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The rows of a year that meet them, counted from 0; nothing where there is no condition, so that all do.
    ///
    /// # Errors
    /// The ledger is missing in that year, or whether a row meets them cannot be told.
    pub fn chosen(&self, figures: &Figures, year: Period) -> Result<Option<Vec<usize>>, Trouble> {
        if self.all.is_empty() {
            return Ok(None);
        }
        let rows = figures.rows(&self.ledger, year)?;
        let (mut chosen, mut blank) = (Vec::new(), None::<Trouble>);
        for (index, row) in rows.iter().enumerate() {
            match self.meets(figures, RowOf { list: &self.ledger, year, index }, row) {
                Ok(true) => chosen.push(index),
                Ok(false) => {}
                // Every gap is told, not only the first.
                Err(trouble) if trouble.missing.is_empty() => return Err(trouble),
                Err(trouble) => match &mut blank {
                    Some(first) => first.missing.extend(trouble.missing),
                    None => blank = Some(trouble),
                },
            }
        }
        blank.map_or(Ok(Some(chosen)), Err)
    }

    /// Whether a row meets all of them. What one leaves open does not matter where another is not met.
    fn meets(&self, figures: &Figures, at: RowOf<'_>, row: &Row) -> Result<bool, Trouble> {
        let mut open = None;
        for condition in &self.all {
            match condition.meets(figures, at, row) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(trouble) => open = open.or(Some(trouble)),
            }
        }
        open.map_or(Ok(true), Err)
    }

    /// The first value asked for that no row has in any year, nor the 名单 of its column: a slip, or nothing yet.
    pub fn unheard(&self, figures: &Figures) -> Option<(&str, &str)> {
        self.all.iter().find_map(|condition| {
            let unheard =
                |(_, test): &&(String, Test)| !test.is_heard(figures, &self.ledger, &condition.column);
            let (words, _) = condition.any.iter().find(unheard)?;
            Some((condition.column.as_str(), words.as_str()))
        })
    }

    /// For staff: `“状态”是“竣工”、“投资”是“1亿元以上”`.
    pub fn words(&self) -> String {
        let said: Vec<String> = self.all.iter().map(|one| said(&one.column, &one.words)).collect();
        said.join("、")
    }
}

/// A condition for staff: `“状态”是“竣工”`, `“状态”不是“竣工”`.
pub fn said(column: &str, words: &str) -> String {
    match words.strip_prefix(NOT) {
        Some(words) => format!("“{column}”{NOT}“{words}”"),
        None => format!("“{column}”是“{words}”"),
    }
}

impl Test {
    /// Whether some row of any year says so, or will: the value stands in the 名单 of the column, or there is no row
    /// yet. Only single values can be slips.
    fn is_heard(&self, figures: &Figures, ledger: &str, column: &str) -> bool {
        match self {
            Test::Says(words) => figures.may_say(ledger, column, words),
            Test::Number(asked) if asked.alone => {
                let mut rows = figures.rows_of_all_years(ledger).peekable();
                let has = |row: &Row| match row.cells.get(column).map(|cell| &cell.value) {
                    Some(Value::Quantity(known)) => asked.judge(&known.amount) != Ok(Verdict::No),
                    _ => false,
                };
                rows.peek().is_none() || rows.any(has)
            }
            Test::Blank | Test::Number(_) | Test::Day(_) => true,
        }
    }
}

impl Condition {
    fn read(figures: &Figures, ledger: &str, column: &str, words: &str) -> Result<Condition, Trouble> {
        let words = words.trim();
        if let Some(instead) = instead_of_sign(words) {
            return Err(with_sign(column, words, &instead));
        }
        let nature = figures.nature(ledger, column);
        let in_words = matches!(nature, Nature::Words);
        let said = |words: &str| in_words && figures.has_said(ledger, column, words);
        // A word may have in it what means something else: then it is that word, if a row says it.
        let heard = (words.starts_with(NOT) || words.contains('、')) && said(words);
        let (not, values) = match words.strip_prefix(NOT).map(str::trim).filter(|_| !heard) {
            Some(values) => (true, values),
            None => (false, words),
        };
        if not && values.is_empty()
            || !heard && values.contains('、') && values.split('、').any(|one| one.trim().is_empty())
        {
            return Err(half_written(column, words));
        }
        let whole = in_words && (!values.contains('、') || heard || said(values));
        let values: Vec<&str> = match whole {
            true => vec![values],
            false => values.split('、').map(str::trim).collect(),
        };
        let read = |value: &&str| match &nature {
            Nature::Words => Ok(Test::Says((*value).to_owned())),
            Nature::Numbers(unit) => number(figures, (ledger, column), value, unit.as_ref()),
            Nature::Days => day::Asked::read(value).map(Test::Day).map_err(|why| no_day(column, value, why)),
        };
        let worded = |value: &&str| Ok(((*value).to_owned(), read(value)?));
        let any = values.iter().map(worded).collect::<Result<Vec<(String, Test)>, Trouble>>()?;
        let one_sided =
            |(_, test): &(String, Test)| matches!(test, Test::Number(asked) if asked.is_one_sided());
        if any.len() > 1 && any.iter().any(one_sided) {
            return Err(several_limits(column, words));
        }
        Ok(Condition { column: column.to_owned(), words: words.to_owned(), not, any })
    }

    fn meets(&self, figures: &Figures, at: RowOf<'_>, row: &Row) -> Result<bool, Trouble> {
        let value = row.cells.get(&self.column).map(|cell| &cell.value).filter(|value| !is_blank(value));
        let name = || format!("{}.{}", figures.row_name(at), self.column);
        let Some(value) = value else {
            if self.any.iter().any(|(_, test)| *test == Test::Blank) {
                return Ok(true);
            }
            // A word that is not there is not the one asked for; of a limit nothing can be said.
            let words = self.any.iter().all(|(_, test)| matches!(test, Test::Says(_)));
            return if words && !self.not { Ok(false) } else { Err(Trouble::missing(&name(), at.year)) };
        };
        let mut verdict = Verdict::No;
        for (_, test) in &self.any {
            verdict = verdict.or(match (test, value) {
                (Test::Says(words), value) => says(value, words),
                (Test::Blank, _) => Verdict::No,
                (Test::Number(asked), Value::Quantity(known)) => {
                    asked.judge(&known.amount).map_err(|problem| mismatch(&name(), &problem))?
                }
                (Test::Day(asked), Value::Date(date)) => asked.judge(*date, at.year.calendar_year()),
                (Test::Number(_) | Test::Day(_), value) => {
                    return Err(not_comparable(&name(), &self.words, value));
                }
            });
        }
        match if self.not { verdict.reversed() } else { verdict } {
            Verdict::Yes => Ok(true),
            Verdict::No => Ok(false),
            Verdict::Open => Err(open(&name(), &self.words, value)),
        }
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Blank => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn says(value: &Value, words: &str) -> Verdict {
    if super::rows::says(value, words) { Verdict::Yes } else { Verdict::No }
}

/// Whether words on a column of words ask for a limit or a time, which only numbers and dates have.
pub fn compares(words: &str) -> bool {
    number::Asked::is_range(words) || day::Asked::is_limit(words)
}

/// A limit, a span or a number; an approximate one is asked for as it is written.
fn number(
    figures: &Figures,
    (ledger, column): (&str, &str),
    words: &str,
    unit: Option<&Unit>,
) -> Result<Test, Trouble> {
    match number::Asked::read(words, unit) {
        Ok(asked) => Ok(Test::Number(asked)),
        Err(_) if figures.has_said(ledger, column, words) => Ok(Test::Says(words.to_owned())),
        Err(why) => Err(no_number(column, words, unit, why)),
    }
}

/// Whether the one number is for certain no less than the other, as far as both are known.
pub fn is_at_least(one: &Amount, other: &Amount) -> Option<bool> {
    let other = Amount { value: other.value_in(&one.unit).ok()?, unit: one.unit.clone(), ..other.clone() };
    let (one, other) = (known_of(one), known_of(&other));
    let low = one.low?.0;
    let high: Decimal = other.high?.0;
    Some(low >= high)
}

impl Figures {
    /// What a column holds: as registered, else by what stands in it.
    fn nature(&self, ledger: &str, column: &str) -> Nature {
        let registered = self.facts().registry.indicators.get(ledger);
        if let Some(column) = registered.and_then(|ledger| ledger.columns.get(column)) {
            return match column.kind {
                IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate => {
                    Nature::Numbers(column.unit.clone())
                }
                IndicatorKind::Date => Nature::Days,
                IndicatorKind::Text | IndicatorKind::List | IndicatorKind::Ledger => Nature::Words,
            };
        }
        let cells = self.rows_of_all_years(ledger).filter_map(|row| row.cells.get(column));
        let values: Vec<&Value> = cells.map(|cell| &cell.value).filter(|value| !is_blank(value)).collect();
        let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
        if all(|value| matches!(value, Value::Quantity(_))) {
            Nature::Numbers(None)
        } else if all(|value| matches!(value, Value::Date(_))) {
            Nature::Days
        } else {
            Nature::Words
        }
    }

    /// Whether a row of any year says this in a column, or the 名单 of the column has it.
    fn has_said(&self, ledger: &str, column: &str, words: &str) -> bool {
        let mut rows = self.rows_of_all_years(ledger);
        rows.any(|row| row.cells.get(column).is_some_and(|cell| super::rows::says(&cell.value, words)))
            || self.listed(ledger, column).any(|name| name == words)
    }
}

/// What `>=`, `<` and their kin are called.
fn instead_of_sign(words: &str) -> Option<String> {
    const SIGNS: [(&str, &str, &str); 17] = [
        (">=", "", "以上"),
        ("＞＝", "", "以上"),
        ("≥", "", "以上"),
        ("<=", "", "以下"),
        ("＜＝", "", "以下"),
        ("≤", "", "以下"),
        ("!=", NOT, ""),
        ("！＝", NOT, ""),
        ("<>", NOT, ""),
        ("≠", NOT, ""),
        (">", "超过", ""),
        ("＞", "超过", ""),
        ("<", "不到", ""),
        ("＜", "不到", ""),
        ("==", "", ""),
        ("=", "", ""),
        ("＝", "", ""),
    ];
    let (value, (_, before, behind)) =
        SIGNS.iter().find_map(|sign| Some((words.strip_prefix(sign.0)?.trim(), sign)))?;
    Some(format!("{before}{value}{behind}"))
}

fn with_sign(column: &str, words: &str, instead: &str) -> Trouble {
    Trouble::wrong(
        "wrong-condition",
        format!("“{column}”的条件“{words}”里不能用符号"),
        format!("请用字写成“{instead}”；以上、以下包括这个数，超过、不到不包括"),
    )
}

/// A limit on a column of words.
pub fn words_compared(column: &str, words: &str) -> Trouble {
    Trouble::wrong(
        "wrong-condition",
        format!("“{column}”这一列是文字，不能按“{words}”比大小、比早晚"),
        "要比的，请在 facts/指标.yaml 把这一列登记成数（{单位: 万元, 类型: 时期}）或日期；不比的，照台账里这一列的字写",
    )
}

fn no_number(column: &str, words: &str, unit: Option<&Unit>, why: number::Wrong) -> Trouble {
    use number::Wrong;
    let unit = unit.map(Unit::to_string).unwrap_or_default();
    let ways = format!(
        "可以写“100{unit}”“100{unit}以上”“不到100{unit}”“100{unit}至200{unit}”“不是100{unit}”；几个数用顿号隔开"
    );
    let (what, how) = match why {
        Wrong::Form => ("看不懂：这一列是数".to_owned(), ways),
        Wrong::Number(how) => ("里的数写得不对".to_owned(), how),
        Wrong::NoUnit(number) => (
            format!("没有写单位，这一列的单位是“{unit}”"),
            format!("请写成 {number}{unit}，单位和数写在一起"),
        ),
        Wrong::OtherUnit(other) => (
            format!("的单位是“{other}”，这一列是“{unit}”"),
            "请改用这一列的单位；万元、亿元这样同一类的可以换着写".to_owned(),
        ),
        Wrong::Approximate(number) => (format!("不能用约数“{number}”作界限"), "请写一个准确的数".to_owned()),
        Wrong::HalfUnit(low) => {
            ("前一个数是不是也带“万”“亿”，分不清".to_owned(), format!("请两个数都写单位，例如 {low}至…"))
        }
        Wrong::UpsideDown => ("前面的数比后面的大，没有这样的数".to_owned(), "请把小的写在前面".to_owned()),
    };
    Trouble::wrong("wrong-condition", format!("“{column}”的条件“{words}”{what}"), how)
}

fn no_day(column: &str, words: &str, why: day::Wrong) -> Trouble {
    use day::Wrong;
    let (what, how) = match why {
        Wrong::Form => (
            "看不懂：这一列是日期",
            "可以写“2025年6月”“上半年”“第三季度”“6月30日以前”“6月1日至6月30日”；不写年份的，是报告的那一年",
        ),
        Wrong::NoDay => ("里的日子日历上没有", "请核对月和日"),
        Wrong::Whether => (
            "分不清含不含那个月、那一年",
            "以前、以后要写到哪一天（6月30日以前，含当天）；整段时间写“截至6月”“1月至6月”“自6月起”",
        ),
        Wrong::UpsideDown => ("后面的日子比前面的早", "跨年的请把年份写全，例如“2024年11月至2025年2月”"),
    };
    Trouble::wrong("wrong-condition", format!("“{column}”的条件“{words}”{what}"), how)
}

fn half_written(column: &str, words: &str) -> Trouble {
    Trouble::wrong(
        "wrong-condition",
        format!("“{column}”的条件“{words}”没有写完"),
        "“不是”后面、顿号前后都要写上值，例如“不是竣工”“竣工、在建”",
    )
}

fn several_limits(column: &str, words: &str) -> Trouble {
    Trouble::wrong(
        "wrong-condition",
        format!("“{column}”的条件“{words}”分不清是要两头之间的，还是各段都要"),
        "两头之间的写成一段，不用顿号，例如“50万元以上100万元以下”；两段都要的，分开写两句",
    )
}

fn not_comparable(name: &str, words: &str, value: &Value) -> Trouble {
    Trouble::wrong(
        "not-comparable",
        format!("“{name}”是“{}”，不能和“{words}”比", value_text(value)),
        "请在台账的这一格填写数字和单位，或者日期",
    )
}

fn open(name: &str, words: &str, value: &Value) -> Trouble {
    Trouble::wrong(
        "undecided",
        format!("“{name}”是“{}”，算不算“{words}”说不准", value_text(value)),
        "请在台账的这一格写准确些，或换一个说得准的界限",
    )
}
