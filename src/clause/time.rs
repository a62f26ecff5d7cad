//! Times that a sentence says: 2023年, 五年来, “十三五”末, 上年同期, and the period each of them means.

use crate::period::Period;

/// A stretch of words and the years it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Time {
    pub kind: Kind,
    /// As written.
    pub words: String,
}

/// What a time means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// 2023年, 去年, “十三五”末.
    Year(Period),
    /// 2022、2023、2024年: one for each figure of a list.
    List(Vec<Period>),
    /// 近三年, 2021—2023年: from and to, the years counted where the words count them.
    Window { from: Period, to: Period, count: Option<usize> },
    /// 上半年, 一季度, 1—5月 of a year.
    Part(Period),
    /// 今年, 目前.
    This,
    /// 明年, 今后三年: a year where it is one.
    Plan(Option<Period>),
    /// 年初.
    Begin,
}

impl Time {
    /// The year that a figure behind 由 or 比 has, where this is a year.
    pub fn year(&self) -> Option<Period> {
        match self.kind {
            Kind::Year(year) => Some(year),
            _ => None,
        }
    }
}

/// A value of a Chinese or Arabic number up to 19.
fn small(text: &str) -> Option<(i32, usize)> {
    const DIGITS: [(char, i32); 11] = [
        ('一', 1),
        ('二', 2),
        ('两', 2),
        ('三', 3),
        ('四', 4),
        ('五', 5),
        ('六', 6),
        ('七', 7),
        ('八', 8),
        ('九', 9),
        ('十', 10),
    ];
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return (digits < 3).then(|| text[..digits].parse().ok()).flatten().map(|value| (value, digits));
    }
    let value = |c: char| DIGITS.iter().find(|(digit, _)| *digit == c).map(|(_, value)| *value);
    let mut chars = text.chars();
    let first = chars.next()?;
    let one = value(first)?;
    match chars.next().and_then(value).filter(|next| one == 10 && *next < 10) {
        Some(next) => Some((10 + next, 2 * first.len_utf8())),
        None => Some((one, first.len_utf8())),
    }
}

/// Four digits of a year of this or the last century.
fn year_digits(text: &str) -> Option<(Period, usize)> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let whole = !text[4..].starts_with(|c: char| c.is_ascii_digit());
    let recent = digits.starts_with("19") || digits.starts_with("20");
    Period::parse(digits).filter(|_| whole && recent).map(|year| (year, digits.len()))
}

/// The length of the first of some words that a text begins with.
fn one_of(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}

/// The same, nothing being allowed as well.
fn maybe(text: &str, words: &[&str]) -> usize {
    one_of(text, words).unwrap_or(0)
}

/// A reader of what is left of a text.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Cursor<'t> {
        Cursor { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Takes one of some words.
    fn take(&mut self, words: &[&str]) -> Option<&'t str> {
        let length = one_of(self.rest(), words)?;
        self.at += length;
        Some(&self.text[self.at - length..self.at])
    }

    fn skip(&mut self, words: &[&str]) {
        self.at += maybe(self.rest(), words);
    }

    fn read<T>(&mut self, read: fn(&str) -> Option<(T, usize)>) -> Option<T> {
        let (value, length) = read(self.rest())?;
        self.at += length;
        Some(value)
    }
}

const RANGE: [&str; 7] = ["—", "-", "–", "~", "～", "至", "到"];
const JOINED: [&str; 3] = ["、", "和", "及"];

/// Reads one way of saying a time, given what stands before it, the text, and the report's year.
type Way = fn(&str, &str, Period) -> Option<(usize, Kind)>;

/// The time that a text begins with, and its length. `before` is what stands in front of it, `report` the
/// report's own year.
pub(super) fn at(before: &str, text: &str, report: Period) -> Option<(usize, Time)> {
    const WAYS: [Way; 15] = [
        year_list,
        relative_list,
        era,
        year_range,
        since,
        months,
        year,
        ago,
        window,
        plan_period,
        last,
        before_last,
        next,
        this,
        part,
    ];
    const FIRST: &str = "自从截近过最这一二两三四五六七八九十“\"上去前明来下次今未本全年目期第任换届如现";
    let first = text.chars().next()?;
    if !first.is_ascii_digit() && !FIRST.contains(first) {
        return None;
    }
    let (length, kind) = WAYS.iter().find_map(|read| read(before, text, report))?;
    Some((length, Time { kind, words: text[..length].to_owned() }))
}

fn year_list(_: &str, text: &str, _: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    let mut years = vec![cursor.read(year_digits)?];
    let mut end = None;
    loop {
        let closed = cursor.take(&["年"]).is_some();
        if closed && years.len() > 1 {
            end = Some((cursor.at, years.len()));
        }
        if cursor.take(&JOINED).is_none() {
            break;
        }
        let Some(next) = cursor.read(year_digits) else { break };
        years.push(next);
    }
    let (length, count) = end?;
    years.truncate(count);
    Some((length, Kind::List(years)))
}

fn relative_list(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    const WORDS: [&str; 4] = ["前年", "去年", "上年", "今年"];
    let back = |word: &str| match word {
        "前年" => -2,
        "今年" => 0,
        _ => -1,
    };
    let mut cursor = Cursor::new(text);
    let mut years = vec![report.shifted(back(cursor.take(&WORDS)?))];
    let mut end = 0;
    while cursor.take(&JOINED).is_some() {
        let Some(word) = cursor.take(&WORDS) else { break };
        years.push(report.shifted(back(word)));
        end = cursor.at;
    }
    (years.len() > 1).then_some((end, Kind::List(years)))
}

/// 换届以来, 去冬今春: a time whose years the words do not count.
fn era(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    const ERAS: [&str; 9] = [
        "本届政府任期内",
        "本届任期内",
        "任期内",
        "任期以来",
        "本届以来",
        "换届以来",
        "届内",
        "去冬今春",
        "今冬明春",
    ];
    let length = one_of(text, &ERAS)?;
    Some((length, Kind::Window { from: report, to: report, count: None }))
}

fn year_range(_: &str, text: &str, _: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    let from = cursor.read(year_digits)?;
    cursor.skip(&["年"]);
    cursor.take(&RANGE)?;
    let to = cursor.read(year_digits)?;
    cursor.take(&["年"])?;
    cursor.skip(&["底", "末"]);
    let count = usize::try_from(to.since(from) + 1).ok()?;
    Some((cursor.at, Kind::Window { from, to, count: Some(count) }))
}

fn since(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    cursor.skip(&["自", "从"]);
    let from = match cursor.take(&["去年", "上年"]) {
        Some(_) => report.before(),
        None => {
            let from = cursor.read(year_digits)?;
            cursor.take(&["年"])?;
            from
        }
    };
    if cursor.read(small).is_some() {
        cursor.take(&["月"])?;
    }
    cursor.take(&["以来", "起", "至今", "到现在"])?;
    Some((cursor.at, Kind::Window { from, to: report, count: None }))
}

/// 2024年1—5月.
fn months(_: &str, text: &str, _: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    let year = cursor.read(year_digits)?;
    cursor.take(&["年"])?;
    cursor.read(small)?;
    cursor.skip(&["月"]);
    cursor.take(&RANGE)?;
    cursor.read(small)?;
    cursor.take(&["月"])?;
    cursor.skip(&["份"]);
    Some((cursor.at, Kind::Part(year)))
}

fn year(_: &str, text: &str, _: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    cursor.skip(&["截至", "截止"]);
    let year = cursor.read(year_digits)?;
    cursor.skip(&[" "]);
    cursor.take(&["年"])?;
    cursor.skip(&["度"]);
    let at = cursor.at;
    // 2023年5月, but not the 1 of 2023年1.3万元.
    let month = cursor.read(small).and_then(|_| cursor.take(&["月"]));
    if month.is_none() || cursor.rest().trim_start_matches('份').starts_with(|c: char| c.is_ascii_digit()) {
        cursor.at = at;
    }
    cursor.skip(&["同期", "末", "底", "初"]);
    Some((cursor.at, Kind::Year(year)))
}

fn ago(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    let years = cursor.read(small)?;
    cursor.take(&["年前"])?;
    Some((cursor.at, Kind::Year(report.shifted(-years))))
}

/// 近三年, 五年来: from the year before the first of them.
fn window(before: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    const ENDS: [&str; 5] = ["以来", "期间", "来", "间", "里"];
    const SUMS: [&str; 5] = ["累计", "合计", "共计", "总计", "共"];
    let mut cursor = Cursor::new(text);
    let opened = cursor.take(&["近", "过去的", "过去", "最近", "这"]).is_some();
    // 第三年来, 二十年来 are read whole or not at all.
    if !opened && before.ends_with(|c: char| "第十〇".contains(c) || c.is_ascii_digit()) {
        return None;
    }
    let count = cursor.read(small)?;
    cursor.skip(&["个"]);
    cursor.take(&["年"])?;
    // 五年累计: the sum of them.
    let ended = cursor.take(&ENDS).is_some() || one_of(cursor.rest(), &SUMS).is_some();
    let count = usize::try_from(count).ok().filter(|count| *count > 1);
    (opened || ended).then_some(())?;
    let from = report.shifted(-i32::try_from(count?).ok()?);
    Some((cursor.at, Kind::Window { from, to: report, count }))
}

/// “十三五”末, “十四五”期间: the nth plan ends in 2005 + 5(n − 10).
fn plan_period(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    cursor.skip(&["“", "\""]);
    if !cursor.rest().starts_with('十') {
        return None;
    }
    let number = up_to(cursor.rest(), "五")?;
    let plan = small(number)
        .filter(|(plan, length)| *length == number.len() && *plan >= 10)
        .map(|(plan, _)| plan)?;
    cursor.at += number.len() + "五".len();
    cursor.skip(&["”", "\""]);
    cursor.skip(&["规划"]);
    let last = Period::year(2005 + 5 * (plan - 10));
    let kind = match cursor.take(&[
        "开局以来",
        "收官之年",
        "规划期末",
        "期间",
        "时期",
        "以来",
        "末期",
        "期末",
        "收官",
        "末",
        "初",
        "同期",
    ])? {
        "末" | "末期" | "期末" | "规划期末" | "收官" | "收官之年" => Kind::Year(last),
        "初" => Kind::Year(last.shifted(-4)),
        "期间" | "时期" => Kind::Window { from: last.shifted(-4), to: last.min(report), count: Some(5) },
        "以来" | "开局以来" => Kind::Window { from: last.shifted(-4), to: report, count: None },
        _ => return None,
    };
    Some((cursor.at, kind))
}

/// What stands in front of a word that comes within two characters: 十三 of 十三五末.
fn up_to<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let ends = text.char_indices().skip(1).take(2).filter(|(at, _)| text[*at..].starts_with(word));
    ends.last().map(|(at, _)| &text[..at])
}

fn last(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    cursor.take(&["上一年度", "上一年", "上年度", "上年", "去年"])?;
    cursor.skip(&["同期", "年末", "年底", "末", "底"]);
    Some((cursor.at, Kind::Year(report.before())))
}

fn before_last(_: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    cursor.take(&["前年"])?;
    cursor.skip(&["同期", "末", "底"]);
    Some((cursor.at, Kind::Year(report.shifted(-2))))
}

fn next(before: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    // 35岁以下年轻干部.
    if before.ends_with('以') {
        return None;
    }
    let mut cursor = Cursor::new(text);
    if cursor.take(&["明年", "来年", "下一年度", "下一年", "下年度", "下年", "次年"]).is_some()
    {
        return Some((cursor.at, Kind::Plan(Some(report.after()))));
    }
    if cursor.take(&["下一步"]).is_some() {
        return Some((cursor.at, Kind::Plan(None)));
    }
    cursor.take(&["今后", "未来"])?;
    cursor.read(small)?;
    cursor.take(&["年"])?;
    Some((cursor.at, Kind::Plan(None)))
}

fn this(_: &str, text: &str, _: Period) -> Option<(usize, Kind)> {
    let words = [
        "今年以来",
        "今年底",
        "今年末",
        "年初以来",
        "如今",
        "现如今",
        "目前为止",
        "今年",
        "本年度",
        "全年",
        "年内",
        "一年来",
        "截至目前",
        "目前",
        "年底",
        "年末",
    ];
    if let Some(length) = one_of(text, &words) {
        return Some((length, Kind::This));
    }
    let length = one_of(text, &["年初", "期初"])?;
    // 年初预算 is a budget.
    let planned = one_of(&text[length..], &["预算", "计划", "目标", "安排", "预期", "确定", "下达"]);
    planned.is_none().then_some((length, Kind::Begin))
}

/// 上半年, 前三季度, 1—5月 of the report's year.
fn part(before: &str, text: &str, report: Period) -> Option<(usize, Kind)> {
    let mut cursor = Cursor::new(text);
    if cursor.take(&["上半年", "下半年"]).is_none() {
        let digits = cursor.rest().starts_with(|c: char| c.is_ascii_digit());
        if digits && before.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            return None;
        }
        cursor.skip(&["前", "第"]);
        cursor.read(small)?;
        if cursor.take(&["季度"]).is_none() {
            digits.then_some(())?;
            cursor.take(&["—", "-", "–", "至"])?;
            cursor.read(small)?;
            cursor.take(&["月"])?;
            cursor.skip(&["份"]);
        }
    }
    let listed = before.ends_with(['、', '和']) || cursor.rest().starts_with(['、', '和']);
    (!listed).then_some((cursor.at, Kind::Part(report)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn y(number: i32) -> Period {
        Period::year(number)
    }

    fn read(text: &str) -> Option<(&str, Kind)> {
        at("", text, Period::year(2024)).map(|(length, time)| (&text[..length], time.kind))
    }

    #[test]
    fn times_mean_the_years_that_their_words_say() {
        for (text, length, kind) in [
            ("2023年全镇", "2023年", Kind::Year(y(2023))),
            ("截至2023年底，", "截至2023年底", Kind::Year(y(2023))),
            ("2023年1.3万元", "2023年", Kind::Year(y(2023))),
            ("2023年5月，", "2023年5月", Kind::Year(y(2023))),
            ("去年同期的", "去年同期", Kind::Year(y(2023))),
            ("前年", "前年", Kind::Year(y(2022))),
            ("三年前", "三年前", Kind::Year(y(2021))),
            ("五年来，", "五年来", Kind::Window { from: y(2019), to: y(2024), count: Some(5) }),
            ("近三年办理", "近三年", Kind::Window { from: y(2021), to: y(2024), count: Some(3) }),
            ("2021—2023年", "2021—2023年", Kind::Window { from: y(2021), to: y(2023), count: Some(3) }),
            ("2020年以来，", "2020年以来", Kind::Window { from: y(2020), to: y(2024), count: None }),
            ("“十三五”末的", "“十三五”末", Kind::Year(y(2020))),
            ("“十四五”期间", "“十四五”期间", Kind::Window { from: y(2021), to: y(2024), count: Some(5) }),
            ("十五五初", "十五五初", Kind::Year(y(2026))),
            ("年初的", "年初", Kind::Begin),
            ("明年将", "明年", Kind::Plan(Some(y(2025)))),
            ("今后五年", "今后五年", Kind::Plan(None)),
            ("1—5月，", "1—5月", Kind::Part(y(2024))),
            ("一季度完成", "一季度", Kind::Part(y(2024))),
            ("2022、2023、2024年分别", "2022、2023、2024年", Kind::List(vec![y(2022), y(2023), y(2024)])),
            ("前年、去年、今年", "前年、去年、今年", Kind::List(vec![y(2022), y(2023), y(2024)])),
        ] {
            assert_eq!(read(text), Some((length, kind)), "{text}");
        }
        for text in ["年初预算", "“十四五”规划", "全镇", "十件实事", "一年", "2023个"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
