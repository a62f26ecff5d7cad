//! What a table is called: by its caption, by the sentence that leads to it, or by its heading.

use super::Around;
use crate::import::name::is_word;

/// Where nothing says it.
const NOTHING: &str = "台账";
/// Longest name, in characters.
const LONGEST: usize = 12;
/// What stands before the name of a table.
const BEFORE: [&str; 8] = ["附表", "附件", "表", "其中", "现将", "具体", "各", "全"];
/// What stands behind it.
const BEHIND: [&str; 14] = [
    "如下表所示",
    "见下表",
    "如下表",
    "列表如下",
    "统计如下",
    "汇总如下",
    "具体如下",
    "分别如下",
    "如下",
    "统计表",
    "一览表",
    "明细表",
    "汇总表",
    "表",
];

/// Names for a table in a group, the best first.
pub(super) fn names(around: &Around, group: &str) -> Vec<String> {
    let name = name(around);
    let name = if name == "情况" || name == group { format!("{group}情况") } else { name };
    vec![name.clone(), format!("{name}{NOTHING}")]
}

/// The name of a table.
pub(super) fn name(around: &Around) -> String {
    let above = around.above.iter().find_map(|words| of_words(words));
    above.or_else(|| of_heading(&around.heading)).unwrap_or_else(|| NOTHING.to_owned())
}

/// The words that name a table, as they stand there.
pub(super) fn said(around: &Around) -> String {
    let named = around.above.iter().find(|words| of_words(words).is_some());
    let last = |words: &String| {
        let words = words.trim().trim_end_matches(['：', ':', '。']);
        words.rsplit('。').next().unwrap_or_default().to_owned()
    };
    named.map(last).unwrap_or_default()
}

/// The name in the last sentence of words that lead to a table.
fn of_words(words: &str) -> Option<String> {
    let words = words.trim();
    if words.contains("单位：") || words.contains("单位:") {
        let at = words.find("单位")?;
        return of_words(words[..at].trim_end_matches(['（', '(', ' ', '　'])).filter(|_| at > 0);
    }
    let leads = words.ends_with(['：', ':'])
        || words.ends_with("表")
        || words.contains("下表")
        || words.contains("如下");
    let last = words.trim_end_matches(['：', ':', '。']).rsplit(['，', '。', '；', ',']).next()?;
    leads.then(|| bare(last)).filter(|name| (2..=LONGEST).contains(&name.chars().count()))
}

fn of_heading(heading: &str) -> Option<String> {
    Some(bare(heading)).filter(|name| (2..=8).contains(&name.chars().count()))
}

/// The words without what every table has: its number, its year, 情况如下.
fn bare(words: &str) -> String {
    let mut words: String = words.chars().filter(|c| is_word(*c)).collect();
    if let Some(at) = words.rfind('年') {
        let before = &words[..at];
        let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
        if digits == 4 {
            words = words[at + '年'.len_utf8()..].trim_start_matches('度').to_owned();
        }
    }
    loop {
        let start = words.len();
        for word in BEHIND {
            words = words.strip_suffix(word).unwrap_or(&words).to_owned();
        }
        for word in BEFORE {
            words = words.strip_prefix(word).unwrap_or(&words).to_owned();
        }
        words = words.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
        if words.len() == start {
            return words;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_called_by_what_leads_to_them() {
        for (above, heading, wanted) in [
            ("全年排查矛盾纠纷186起，化解181起。各片区情况如下：", "一、治理", "片区情况"),
            ("表1 各村集体经济收入情况表", "", "村集体经济收入情况"),
            ("云溪镇2024年招商项目一览表（单位：万元）", "", "招商项目"),
            ("招商项目表", "", "招商项目"),
            ("单位：万元", "招商引资", "招商引资"),
            ("成绩很大。", "", "台账"),
            ("各村（社区）人口、户数如下：", "", "村社区人口户数"),
        ] {
            let around = Around { above: vec![above.to_owned()], heading: heading.to_owned() };
            assert_eq!(name(&around), wanted, "{above}");
        }
    }
}
