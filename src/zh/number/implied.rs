//! The unit that a number leaves out: shared with its list, stated above a table, or understood.

use super::{Unit, measure};
use crate::zh::pattern::Pattern;
use crate::zh::scan;

/// How far before a cell its table may begin in the same line, in bytes.
const REACH: usize = 3000;

/// Words that money is spoken of with, where 元 is left out.
const MONEY: [&str; 26] = [
    "资",
    "税",
    "收入",
    "产值",
    "总值",
    "增加值",
    "经济总量",
    "款",
    "利润",
    "经费",
    "支出",
    "成本",
    "价",
    "债",
    "贷",
    "捐",
    "补贴",
    "费",
    "投入",
    "销售",
    "营收",
    "余额",
    "交易额",
    "市值",
    "财力",
    "GDP",
];

/// Words after which persons are counted, where 人 is left out.
const PERSONS: [&str; 8] = ["人口", "人数", "人", "群众", "党员", "职工", "学生", "劳动力"];

/// Words between such a word and its number.
const LINKS: [&str; 8] = ["约为", "达到", "共计", "约", "达", "为", "共", "近"];

/// Parts of a country, and the like, that are counted without 个: 关中5市.
const PARTS: [&str; 17] = [
    "市", "县", "区", "镇", "乡", "村", "省", "国", "州", "社", "部门", "单位", "街道", "项目", "方面",
    "领域", "行业",
];

static STATED: Pattern = Pattern::new(r"单位[:：][ 　]*([^ 　，。；;）)\n|]+)");
static BEHIND: Pattern = Pattern::new(r"^[（(]([^（()）]{1,3})[)）]");
static BRACKETED: Pattern = Pattern::new(r"[（(]([^（()）]{1,8})[)）]");

/// The units that stand above the rows of a table: one for all cells, or one for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    units: Vec<Unit>,
}

impl Columns {
    /// The units that a text states last: 单位：万元, or 预算数（万元） 完成率（%）.
    pub(super) fn stated(text: &str) -> Option<Columns> {
        let stated = STATED.captures_iter(text).last().and_then(|found| found.get(1));
        let units: Vec<Unit> = match stated {
            Some(stated) => stated
                .as_str()
                .split(['、', '，', ','])
                .filter(|unit| measure::is_unit(unit))
                .map(Unit::parse)
                .collect(),
            None => Self::bracketed(text),
        };
        (!units.is_empty()).then_some(Columns { units })
    }

    fn bracketed(text: &str) -> Vec<Unit> {
        let inside = BRACKETED.captures_iter(text).filter_map(|found| found.get(1));
        let units: Vec<Unit> =
            inside.map(|unit| unit.as_str()).filter(|unit| measure::is_unit(unit)).map(Unit::parse).collect();
        if units.len() > 1 { units } else { Vec::new() }
    }

    /// The unit of the cell behind `before`, which is the text from the start of its line.
    fn of_cell(&self, before: &str) -> Option<&Unit> {
        match self.units.as_slice() {
            [unit] => Some(unit),
            // A cell by itself does not say in which column it stands.
            _ if before.trim().is_empty() => None,
            units => units.get(cells_before(before)),
        }
    }
}

/// How many cells with numbers stand before the next one in the row of a table.
fn cells_before(before: &str) -> usize {
    let row = before.rfind(|c: char| c.is_alphabetic() || "）)".contains(c));
    let row = row.map_or(before, |at| &before[at..]);
    row.split(|c: char| c.is_whitespace() || c == '|').skip(1).filter(|cell| !cell.is_empty()).count()
}

/// The unit of a number that has none, but perhaps a scale word. `before` and `after` are the text on either
/// side of it in its line, `above` what stands above the table it is in.
pub(super) fn unit(scaled: bool, before: &str, after: &str, above: Option<&Columns>) -> Unit {
    if let Some(shared) = scan::shared(after) {
        return Unit::parse(shared);
    }
    // 共接待20（次）.
    let behind = BEHIND.captures(after).and_then(|found| found.get(1)).map(|unit| unit.as_str());
    if let Some(unit) = behind.filter(|unit| measure::is_unit(unit)) {
        return Unit::parse(unit);
    }
    let blank = |c: char| c.is_whitespace() || c == '|';
    if !scaled && (before.is_empty() || before.ends_with(blank)) && after.chars().next().is_none_or(blank) {
        let near = before.ceil_char_boundary(before.len().saturating_sub(REACH));
        let own = Columns::stated(&before[near..]);
        if let Some(unit) = own.as_ref().or(above).and_then(|columns| columns.of_cell(before)) {
            return unit.clone();
        }
    }
    Unit::parse(understood(scaled, before, after))
}

/// The unit that goes without saying.
fn understood(scaled: bool, before: &str, after: &str) -> &'static str {
    if scaled && scan::names_persons(after) {
        return "人";
    }
    if !scaled && PARTS.iter().any(|part| after.starts_with(part)) {
        return "个";
    }
    let clause = before.rsplit(['，', '。', '；', ',', ';', '\n']).next().unwrap_or(before);
    let named = LINKS.iter().find_map(|link| clause.strip_suffix(link)).unwrap_or(clause);
    if PERSONS.iter().any(|person| named.ends_with(person)) && (scaled || !named.ends_with('人')) {
        "人"
    } else if scaled {
        large(clause, before, after)
    } else {
        ""
    }
}

/// What a number in 万 or 亿 counts: persons where the clause speaks of them and not of money.
fn large(clause: &str, before: &str, after: &str) -> &'static str {
    let speaks = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let passed = after.starts_with("大关") || after.starts_with("台阶");
    if speaks(&MONEY) {
        "元"
    } else if speaks(&PERSONS) {
        "人"
    } else if passed || sentence_has_money(before) {
        "元"
    } else {
        ""
    }
}

/// 资金1.2亿，同比增2000万: the clause before says what is meant.
fn sentence_has_money(before: &str) -> bool {
    let sentence = before.rsplit(['。', '；', ';', '\n']).next().unwrap_or(before);
    MONEY.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn implied(scaled: bool, before: &str, after: &str) -> String {
        unit(scaled, before, after, None).to_string()
    }

    #[test]
    fn a_list_shares_its_last_unit() {
        for (after, expected) in [
            ("、9和15件", "件"),
            ("、-1.6、0.9个百分点", "个百分点"),
            ("、5万元", "万元"),
            ("、24、35微克/立方米，", "微克/立方米"),
            ("、6.3万、5.1万人", "万人"),
        ] {
            assert_eq!(implied(false, "分别为", after), expected, "{after}");
        }
    }

    #[test]
    fn what_is_counted_says_the_unit() {
        for (scaled, before, after, expected) in [
            (true, "投资", "兴建冷库", "元"),
            (true, "常住人口约", "，", "人"),
            (true, "惠及", "群众", "人"),
            (false, "常住人口", "，", "人"),
            (false, "沿线", "县均达标", "个"),
            (false, "得分", "，", ""),
            (false, "接待", "（次），", "次"),
        ] {
            assert_eq!(implied(scaled, before, after), expected, "{before}…{after}");
        }
    }

    #[test]
    fn a_table_states_its_units_above() {
        let before = "附表（单位：万元） 科目 本期 教育 ";
        assert_eq!(implied(false, before, " 320 98%"), "万元");
        assert_eq!(implied(false, &format!("{before}310 "), ""), "万元");
        let columns = Columns::stated("村名 户数（户） 人数（人）").unwrap();
        for (before, expected) in [("东坪村 ", "户"), ("东坪村 12 ", "人"), ("东坪村 12 35 ", "")]
        {
            assert_eq!(unit(false, before, "", Some(&columns)).to_string(), expected, "{before}");
        }
        let columns = Columns::stated("附：监测情况 单位：户、人").unwrap();
        assert_eq!(unit(false, "东坪村 12 ", "", Some(&columns)).base, "人");
        assert_eq!(Columns::stated("主办单位：县妇联"), None);
    }
}
