//! A range whose lower end lacks %, 万 or 亿.

use super::super::prelude::*;
use super::reading;
use crate::zh::number::number_of;

/// GB/T 15835-2011, 5.1.3: in a range % and 万 and 亿 stand at both ends, lest the lower end be misread.
pub(super) const RULE: Rule = Rule::prose("num-range-unit", Level::Error, run);

static RANGE: Pattern = Pattern::new(
    r"([0-9]+(?:\.[0-9]+)?)(?:[-—–~～－]|至|到)([0-9]+(?:\.[0-9]+)?)(?:多|余)?(%|％|‰|万亿|万|亿)",
);

/// 15%～30, where the upper end lacks it.
static OPEN: Pattern =
    Pattern::new(r"[0-9]([%％])(?:[-—–~～－]|至|到)([0-9]+(?:\.[0-9]+)?)(?:之间|左右|的|[，。；、）)]|$)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    lower(prose, found);
    upper(prose, found);
}

/// Says where the lower end lacks its unit.
fn lower(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&RANGE) {
        let (Some(hit), Some(low), Some(high), Some(unit)) =
            (groups.get(0), groups.get(1), groups.get(2), groups.get(3))
        else {
            continue;
        };
        let tied = |c: char| c.is_ascii_alphanumeric() || "第.-—–~～－−年月".contains(c);
        if before(prose.text(line), hit.start()).is_some_and(tied) || line.is_quoted(&hit.range()) {
            continue;
        }
        let unit = unit.as_str();
        let message = format!("“{}”的前一个数没有带“{unit}”", hit.as_str());
        let right = format!("{}{unit}{}", low.as_str(), &hit.as_str()[low.as_str().len()..]);
        let hint = format!("表示范围时“{unit}”两头都要写，写成“{right}”");
        let span = reading::place(line, low.range());
        if rises(low.as_str(), high.as_str()) {
            found.fix(&prose.source, span, format!("{}{unit}", low.as_str()), message, hint);
        } else {
            let hint = format!("请写明前一个数的单位，如“8000元～2万元”；如果也是“{unit}”，写成“{right}”");
            found.at(&prose.source, span, message, hint);
        }
    }
}

/// Says where the upper end lacks its unit.
fn upper(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&OPEN) {
        let (Some(unit), Some(high)) = (groups.get(1), groups.get(2)) else { continue };
        if !line.is_quoted(&high.range()) {
            let right = format!("{}{}", high.as_str(), unit.as_str());
            let message = format!("范围的后一个数“{}”没有带“{}”", high.as_str(), unit.as_str());
            let hint = format!("表示范围时“{}”两头都要写，后一个数写成“{right}”", unit.as_str());
            found.fix(&prose.source, reading::place(line, high.range()), right, message, hint);
        }
    }
}

fn rises(low: &str, high: &str) -> bool {
    let value = |text: &str| number_of(text);
    value(low).zip(value(high)).is_some_and(|(low, high)| low < high)
}
