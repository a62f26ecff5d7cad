//! Units as heads and captions of tables name them.

use crate::zh::number::Unit;
use crate::zh::pattern::Pattern;

/// Units that heads of tables name; other words in brackets are remarks.
const MEASURES: [&str; 40] = [
    "元",
    "美元",
    "%",
    "‰",
    "亩",
    "公顷",
    "平方米",
    "平方公里",
    "㎡",
    "米",
    "公里",
    "千米",
    "立方米",
    "方",
    "人",
    "名",
    "位",
    "户",
    "人次",
    "户次",
    "个",
    "件",
    "条",
    "次",
    "场",
    "家",
    "项",
    "处",
    "座",
    "所",
    "台",
    "辆",
    "头",
    "只",
    "株",
    "吨",
    "公斤",
    "斤",
    "度",
    "千瓦时",
];

/// What stands around the unit of money.
static MONEY: Pattern = Pattern::new("^(?:人民币|RMB|CNY|[￥¥])?[:]?(.*?)(?:人民币|RMB)?$");
static LABEL: Pattern = Pattern::new("^(?:金额|数额|计量|计价|货币|面积|数量)?单位:?");

/// Whether words beside a head are a unit and no remark.
pub(super) fn is_measure(unit: &Unit) -> bool {
    MEASURES.contains(&unit.base.as_str())
}

/// The one unit that words name, without what else they say: 亿元 of 单位:人民币亿元,保留两位小数. Nothing where they name
/// none or several.
pub(super) fn measure(plain: &str) -> Option<String> {
    let labelled = LABEL.find(plain).map_or(plain, |label| &plain[label.end()..]);
    let bare = |part: &str| MONEY.captures(part.trim()).map_or(part.to_owned(), |hit| hit[1].to_owned());
    let parts = labelled.split(['、', ',', ';', '，', '；']).map(bare);
    let mut found = parts.filter(|part| !part.is_empty() && is_measure(&Unit::parse(part)));
    found.next().filter(|_| found.next().is_none())
}

/// Whether a unit that stands behind a blank is no part of a name that was spread: 负 责 人.
pub(super) fn stands_alone(unit: &str) -> bool {
    unit.chars().count() > 1 || ["元", "亩", "吨", "%", "‰", "㎡"].contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_unit_of_words_is_found() {
        for (words, wanted) in [
            ("万元", "万元"),
            ("单位:亿元", "亿元"),
            ("人民币亿元", "亿元"),
            ("亿元人民币", "亿元"),
            ("￥亿元", "亿元"),
            ("亿元,保留两位小数", "亿元"),
            ("单位:亿元、保留两位", "亿元"),
            ("单位亿元", "亿元"),
            ("金额单位:元", "元"),
            ("%", "%"),
            ("万元、亩", ""),
            ("其中:女", ""),
            ("必填", ""),
            ("", ""),
            ("万美元", "万美元"),
            ("招商办", ""),
        ] {
            assert_eq!(measure(words).unwrap_or_default(), wanted, "{words}");
        }
    }
}
