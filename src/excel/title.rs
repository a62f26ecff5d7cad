//! Heads of columns: `金额（万元）` names 金额 and says 万元.

use super::measure::{measure, stands_alone};
use crate::zh::number::half_width;

/// The words over a column, one for every row of the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// From the upper row to the lowest; rows in which nothing stands are left out.
    pub levels: Vec<String>,
}

impl Title {
    /// All levels as staff would say them: 投资·完成.
    pub fn shown(&self) -> String {
        let levels: Vec<String> = self.levels.iter().map(|level| joined(level)).collect();
        levels.join("·")
    }

    /// The names that the column may mean, the fullest first, each with the unit that stands beside it.
    pub fn readings(&self) -> Vec<(String, Option<String>)> {
        let parts: Vec<(String, Option<String>)> = self.levels.iter().map(|level| split(level)).collect();
        let Some((last, above)) = parts.split_last() else { return Vec::new() };
        let unit = last.1.clone().or_else(|| above.iter().rev().find_map(|(_, unit)| unit.clone()));
        let all: String = parts.iter().map(|(name, _)| name.as_str()).collect();
        let mut readings = vec![(all, unit.clone()), (last.0.clone(), unit)];
        if !above.is_empty() {
            // The lowest row may hold nothing but the unit.
            let name: String = above.iter().map(|(name, _)| name.as_str()).collect();
            readings.push((
                name,
                Some(if last.0.is_empty() { last.1.clone().unwrap_or_default() } else { last.0.clone() }),
            ));
        }
        // 人口·合计 is the 人口 of which others are parts.
        if !above.is_empty() && WHOLE.contains(&last.0.as_str()) {
            let name: String = above.iter().map(|(name, _)| name.as_str()).collect();
            readings.push((name, readings[0].1.clone()));
        }
        // 安置 人 may have its unit behind the blank.
        if let Some((name, unit)) = self.levels.last().and_then(|level| behind_blank(level)) {
            readings.push((name, Some(unit)));
        }
        // 其中：女 is the 女 of what stands before it.
        if let Some(name) = last.0.strip_prefix("其中").map(|name| name.trim_start_matches(':')) {
            readings.push((name.to_owned(), last.1.clone()));
        }
        // 金额/万元 and 增幅% have the unit behind the name.
        if let Some((name, unit)) = last.0.rsplit_once(['/', ':']).filter(|(name, _)| !name.is_empty()) {
            readings.push((name.to_owned(), Some(unit.to_owned())));
        }
        if let Some(name) = last.0.strip_suffix('%').filter(|name| !name.is_empty()) {
            readings.push((name.to_owned(), Some("%".to_owned())));
        }
        readings.retain(|(name, _)| !name.is_empty());
        readings
    }
}

/// The name that one head says, without its unit.
pub fn name(head: &str) -> String {
    split(head).0
}

/// A name for comparison: half-width, without blanks, line breaks and a colon at the end.
pub fn plain(name: &str) -> String {
    let name: String =
        half_width(name).chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '★')).collect();
    name.trim_end_matches(':').to_owned()
}

/// The same for people, with their own characters.
fn joined(level: &str) -> String {
    level.split_whitespace().collect()
}

/// Names of the column that holds what the ones beside it are parts of.
const WHOLE: [&str; 6] = ["合计", "小计", "总计", "共计", "计", "合计数"];

/// A name and what stands behind it: the unit in brackets or behind a blank, else the words in the last brackets.
fn split(level: &str) -> (String, Option<String>) {
    if let Some((name, unit)) = behind_blank(level).filter(|(_, unit)| stands_alone(unit)) {
        return (name, Some(unit));
    }
    let text = plain(level);
    let groups = brackets(&text);
    let unit = groups.iter().find_map(|(_, words)| measure(words));
    let name = |group: Option<&(usize, &str)>| group.map_or(text.as_str(), |(at, _)| &text[..*at]).to_owned();
    match unit {
        Some(unit) => (name(groups.last()), Some(unit)),
        None => (name(groups.first()), groups.first().map(|(_, words)| (*words).to_owned())),
    }
}

/// A name and a unit behind the last blank or break of line.
fn behind_blank(level: &str) -> Option<(String, String)> {
    let (name, last) = level.trim().rsplit_once(char::is_whitespace)?;
    let unit = measure(plain(last).trim_matches(['(', ')']))?;
    Some((plain(name), unit)).filter(|(name, _)| !name.is_empty())
}

/// The brackets at the end of a name, the last first: where they begin, and the words in them. Marks of remarks may
/// stand behind.
fn brackets(text: &str) -> Vec<(usize, &str)> {
    let (mut name, mut groups) = (text, Vec::new());
    loop {
        let bare = name.trim_end_matches(|c| matches!(c, '①'..='⑳' | '#'));
        let Some(rest) = bare.strip_suffix([')', ']', '】', '〕']) else { return groups };
        let Some(at) = rest.rfind(['(', '[', '【', '〔']) else { return groups };
        let width = rest[at..].chars().next().map_or(1, char::len_utf8);
        groups.push((at, &rest[at + width..]));
        name = &rest[..at];
    }
}

/// Whether words above a table say something about it, `填报单位：招商办`, and name no column: a colon with words behind
/// it, outside of brackets. 其中：女 names one.
pub fn is_caption(text: &str) -> bool {
    let (mut depth, mut colon) = (0_u32, false);
    if text.trim_start().starts_with("其中") {
        return false;
    }
    for c in half_width(text).chars().filter(|c| !c.is_whitespace()) {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => colon = true,
            _ if depth == 0 && colon => return true,
            _ => {}
        }
    }
    false
}

/// The units that a line above a table states: `单位：万元`, `金额单位：万元、面积单位：亩`, `单位 亿元`, `（亿元）`. Who fills
/// the table in (填报单位) is none.
pub fn units(text: &str) -> Vec<String> {
    let words: Vec<String> = half_width(text).split_whitespace().map(str::to_owned).collect();
    let text = words.join(" ").replace("单 位", "单位");
    let bare = text.trim_matches(['(', ')', '[', ']', '【', '】']);
    let labelled = ["金额:", "数额:", "货币:", "币种:"].iter().find_map(|label| bare.strip_prefix(label));
    if let Some(unit) =
        measure(labelled.unwrap_or(bare)).filter(|_| labelled.is_some() || bare.len() < text.len())
    {
        return vec![unit];
    }
    let mut units = Vec::new();
    for (at, word) in text.match_indices("单位") {
        let before = &text[..at];
        let measures = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            || ["额", "量", "积", "币"].iter().any(|end| before.ends_with(end));
        let behind = text[at + word.len()..].trim_start();
        let rest = behind.strip_prefix([':', '(']).unwrap_or(behind).trim_start();
        let end = rest.find([')', ']', '】', ';', '。', ' ']).unwrap_or(rest.len());
        if !measures || rest.is_empty() {
            continue;
        }
        // Without a colon only what is known as a unit is one.
        let known =
            |part: &str| measure(part).or_else(|| Some(part.to_owned()).filter(|_| behind.starts_with(':')));
        let parts = rest[..end].split(['、', ',', '/']).filter_map(known);
        units.extend(parts.filter(|unit| is_unit(unit)));
    }
    units
}

/// Whether words may be a unit: short, and no number.
fn is_unit(words: &str) -> bool {
    let length = words.chars().count();
    (1..=6).contains(&length)
        && words.chars().all(|c| c.is_alphabetic() || "%‰㎡/²³".contains(c))
        && !words.contains("单位")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(levels: &[&str]) -> String {
        let title = Title { levels: levels.iter().map(|level| (*level).to_owned()).collect() };
        let shown = |(name, unit): (String, Option<String>)| match unit {
            Some(unit) => format!("{name}[{unit}]"),
            None => name,
        };
        title.readings().into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn heads_say_names_and_units() {
        for (levels, wanted) in [
            (&["企 业\n名称"][..], "企业名称 企业名称"),
            (&["金额（万元）"], "金额[万元] 金额[万元]"),
            (&["投资额(单位：万元)"], "投资额[万元] 投资额[万元]"),
            (&["金额/万元"], "金额/万元 金额/万元 金额[万元]"),
            (&["其中：女（人）"], "其中:女[人] 其中:女[人] 女[人] 其中[女]"),
            (&["增幅%"], "增幅% 增幅% 增幅[%]"),
            (&["投资（万元）", "完成"], "投资完成[万元] 完成[万元] 投资[完成]"),
            (&["投资", "（万元）"], "投资[万元] 投资[万元]"),
            (&["投资", "万元"], "投资万元 万元 投资[万元]"),
            (&["投资（人民币亿元）"], "投资[亿元] 投资[亿元]"),
            (&["投资（亿元，保留两位小数）"], "投资[亿元] 投资[亿元]"),
            (&["投资（亿元）（必填）"], "投资[亿元] 投资[亿元]"),
            (&["投资（亿元）①"], "投资[亿元] 投资[亿元]"),
            (&["投资\n万元"], "投资[万元] 投资[万元] 投资[万元]"),
            (&["安置 人"], "安置人 安置人 安置[人]"),
            (&["负 责 人"], "负责人 负责人 负责[人]"),
            (&["人口", "合计"], "人口合计 合计 人口[合计] 人口"),
            (&["甲（一期）（续）"], "甲(一期)[续] 甲(一期)[续]"),
            (&[], ""),
        ] {
            assert_eq!(readings(levels), wanted);
        }
        let title = Title { levels: vec!["投资\n（万元）".into(), "完成".into()] };
        assert_eq!(title.shown(), "投资（万元）·完成");
    }

    #[test]
    fn captions_are_no_heads() {
        for (text, wanted) in [
            ("填报单位：招商办", true),
            ("单位: 万元", true),
            ("（单位：万元）", false),
            ("投资额（单位：万元）", false),
            ("其中：女", false),
            ("企业：", false),
            ("企业", false),
        ] {
            assert_eq!(is_caption(text), wanted, "{text}");
        }
    }

    #[test]
    fn units_above_a_table_are_found_and_offices_are_not() {
        for (text, wanted) in [
            ("单位：万元", &["万元"][..]),
            ("金额单位：万元", &["万元"]),
            ("（单位: 万元、亩）", &["万元", "亩"]),
            ("填报单位：招商办    单位：万元", &["万元"]),
            ("填报单位：云溪镇", &[]),
            ("责任单位:甲局", &[]),
            ("单位：人民币亿元", &["亿元"]),
            ("单位 亿元", &["亿元"]),
            ("单位（亿元）", &["亿元"]),
            ("（亿元）", &["亿元"]),
            ("金额：亿元", &["亿元"]),
            ("单位 云溪镇", &[]),
            ("（石桥镇）", &[]),
            ("亿元", &[]),
            ("单位", &[]),
            ("单位：云溪镇人民政府办公室", &[]),
        ] {
            assert_eq!(units(text), wanted, "{text}");
        }
    }
}
