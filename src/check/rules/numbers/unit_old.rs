//! Units that are not legal any more, or only spoken.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::reading;
use crate::zh::number::{number_of, plain};

/// GB 3100: legal units. 亩 is tolerated in reports, and so is 亿斤 of the harvest.
pub(super) const RULE: Rule = Rule::prose("num-unit-old", Level::Warning, run);

static OLD: Pattern = Pattern::new(
    "([0-9]+(?:\\.[0-9]+)?)(余|多|几)?(万)?(?:余|多)?(市斤|斤|华里|里|市尺|公尺|英尺|尺|市寸|英寸|寸|丈|公分|平米|平方|立方|英里|磅|加仑|马力|度电)",
);

/// The old unit, the legal one, how many old ones make it, and the characters that make another word of it.
const UNITS: [(&str, &str, i64, &str); 20] = [
    ("市斤", "公斤", 2, ""),
    ("斤", "公斤", 2, ""),
    ("华里", "公里", 2, ""),
    ("里", "公里", 2, "程弄镇村铺店河沟桥面屯庄坪坡堡湾"),
    ("市尺", "米", 3, ""),
    ("公尺", "米", 1, ""),
    ("英尺", "米", 0, ""),
    ("尺", "米", 3, "寸度"),
    ("市寸", "厘米", 0, ""),
    ("英寸", "厘米", 0, ""),
    ("寸", "厘米", 0, ""),
    ("丈", "米", 0, "夫"),
    ("公分", "厘米", 1, ""),
    ("平米", "平方米", 1, ""),
    ("平方", "平方米", 1, "米公千厘分毫和根"),
    ("立方", "立方米", 1, "米厘公分"),
    ("英里", "公里", 0, ""),
    ("磅", "公斤", 0, "礴"),
    ("加仑", "升", 0, ""),
    ("马力", "千瓦", 0, ""),
];

/// What follows a measure that is told, not one that names the size of a thing: 8英寸以上.
const TOLD: [char; 4] = ['以', '左', '上', '余'];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&OLD) {
        let text = prose.text(line);
        let (Some(hit), Some(number), Some(unit)) = (groups.get(0), groups.get(1), groups.get(4)) else {
            continue;
        };
        let tied = before(text, hit.start()).is_some_and(|c| c.is_ascii_alphanumeric() || ".第".contains(c));
        let row = UNITS.iter().find(|row| row.0 == unit.as_str()).copied();
        let (_, legal, ratio, words) = row.unwrap_or(("度电", "千瓦时", 1, ""));
        let word = after(text, hit.end()).is_some_and(|c| words.contains(c));
        if tied || word || is_of_trade(text, unit.as_str(), hit.end()) || line.is_quoted(&hit.range()) {
            continue;
        }
        let message = format!("“{}”用了非法定计量单位“{}”", hit.as_str(), unit.as_str());
        let exact = groups.get(2).is_none().then(|| converted(number.as_str(), ratio)).flatten();
        let scale = groups.get(3).map_or("", |scale| scale.as_str());
        let hint = exact.map_or_else(
            || format!("请换算成“{legal}”"),
            |value| format!("请换算成法定计量单位，写成“{value}{scale}{legal}”"),
        );
        found.at(&prose.source, reading::place(line, hit.range()), message, hint);
    }
}

/// Whether a trade names the size of a thing so, the world over: 12英寸晶圆, 8英寸、12英寸产线, 40英尺集装箱.
fn is_of_trade(text: &str, unit: &str, end: usize) -> bool {
    let behind = &text[end..];
    let next = behind.trim_start_matches(['、', '和', '”']).chars().next();
    let thing = next.is_some_and(|c| is_han(c) && !TOLD.contains(&c));
    let list = behind.starts_with(['、', '和']) && next.is_some_and(|c| c.is_ascii_digit());
    ["英寸", "英尺"].contains(&unit) && (thing || list)
}

/// The number in the legal unit, where it comes out even.
fn converted(number: &str, ratio: i64) -> Option<String> {
    let value = number_of(number)?.checked_div(Decimal::from(ratio))?;
    (value.normalize().scale() <= 2).then(|| plain(value))
}
