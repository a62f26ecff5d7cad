//! Names of events and plans with numbers in them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::pattern;
use super::reading;
use crate::check::{Findings, Prose, Rule, Run, before};
use crate::diag::Level;
use crate::zh::numeral;

/// GB/T 15835-2011, 4.2.3 and 5.2.3: settled names keep Chinese numerals; months 1, 11 and 12 take ·, the
/// others do not.
pub(super) const RULE: Rule =
    Rule { name: "num-event", level: Level::Warning, page: include_str!("event.md"), run: Run::Prose(run) };

/// What is matched, and what the name is; without a name the match says how it is written.
type Event = (Regex, Option<&'static str>);

static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let known = [
        ("(“?(?:5[·.・．]?4|五[·.・．]四)”?)运动", "五四"),
        ("(“?(?:9[·.・．]?18|九[·.・．]一八)”?)事变", "“九一八”"),
        ("(“?(?:7[·.・．]?7|七[·.・．]七)”?)事变", "七七"),
        ("(“?(?:1[·.・．]?28|一二八|一二[·.・．]八)”?)事变", "“一·二八”"),
        ("(“?(?:12[·.・．]?9|一二九|一[·.・．]二九)”?)运动", "“一二·九”"),
        ("(“?(?:12[·.・．]1|一二一|一[·.・．]二一)”?)运动", "“一二·一”"),
        ("(“?5[.．]1”?)(?:国际)?劳动节", "五一"),
        ("(“?6[.．]1”?)(?:国际)?儿童节", "六一"),
        ("(“?7[.．]1”?)建党", "七一"),
        ("(“?8[.．]1”?)建军", "八一"),
        ("(“?3[.．]8”?)(?:国际)?(?:劳动)?妇女节", "三八"),
        ("(“315”)(?:国际)?(?:消费者|晚会|维权|活动|宣传)", "“3·15”"),
        ("(“512”)(?:汶川|全国)?(?:地震|防灾|减灾|护士)", "“5·12”"),
        ("(“626”)(?:国际)?禁毒", "“6·26”"),
        ("(“124”)(?:国家)?宪法", "“12·4”"),
    ];
    let known = known.iter().map(|(text, name)| (pattern(text), Some(*name)));
    let dotted = pattern("“([二三四五六七八九][·・.．][一二三四五六七八九十]{1,3})”");
    let plan = pattern("(“?1([0-9])(?:[·.]?5|五)”?)(?:规划|时期|期间|末|开局|收官)");
    known.chain([(dotted, None), (plan, None)]).collect()
});

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut said: Vec<Range<usize>> = Vec::new();
        for (event, name) in EVENTS.iter() {
            for groups in event.captures_iter(text) {
                let Some((span, right)) = named(text, &groups, *name) else { continue };
                if said.iter().any(|other| other.start < span.end && span.start < other.end) {
                    continue;
                }
                let bare = |name: &str| name.trim_matches(['“', '”']).to_owned();
                let message = format!("“{}”的写法不规范", bare(&text[span.clone()]));
                let hint = format!("名称里的数字按固定写法，请写成“{}”", bare(&right));
                found.fix(&prose.source, reading::place(line, span.clone()), right, message, hint);
                said.push(span);
            }
        }
    }
}

/// Where a name stands and how it is written.
fn named(text: &str, groups: &Captures<'_>, name: Option<&str>) -> Option<(Range<usize>, String)> {
    let part = groups.get(1)?;
    let tied = before(text, part.start()).is_some_and(|c| c.is_ascii_alphanumeric() || ".+".contains(c));
    let right = match (name, groups.get(2)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(_)) if part.as_str().matches(['“', '”']).count() == 1 => return None,
        (None, Some(plan)) => format!("“{}五”", numeral::count(10 + plan.as_str().parse::<u64>().ok()?)),
        (None, None) => part.as_str().replace(['·', '・', '.', '．'], ""),
    };
    (!tied && right != part.as_str()).then(|| (part.range(), right))
}
