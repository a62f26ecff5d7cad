//! Names of events and plans with numbers in them.

use super::super::prelude::*;
use super::reading;
use crate::zh::number::numeral;

/// GB/T 15835-2011, 4.2.3 and 5.2.3: settled names keep Chinese numerals; months 1, 11 and 12 take ·, the
/// others do not.
pub(super) const RULE: Rule = Rule::prose("num-event", Level::Warning, run);

/// What is written, what follows it, and what the name is.
const KNOWN: [(&str, &str, &str); 15] = [
    ("“?(?:5[·.・．]?4|五[·.・．]四)”?", "运动", "五四"),
    ("“?(?:9[·.・．]?18|九[·.・．]一八)”?", "事变", "“九一八”"),
    ("“?(?:7[·.・．]?7|七[·.・．]七)”?", "事变", "七七"),
    ("“?(?:1[·.・．]?28|一二八|一二[·.・．]八)”?", "事变", "“一·二八”"),
    ("“?(?:12[·.・．]?9|一二九|一[·.・．]二九)”?", "运动", "“一二·九”"),
    ("“?(?:12[·.・．]1|一二一|一[·.・．]二一)”?", "运动", "“一二·一”"),
    ("“?5[.．]1”?", "(?:国际)?劳动节", "五一"),
    ("“?6[.．]1”?", "(?:国际)?儿童节", "六一"),
    ("“?7[.．]1”?", "建党", "七一"),
    ("“?8[.．]1”?", "建军", "八一"),
    ("“?3[.．]8”?", "(?:国际)?(?:劳动)?妇女节", "三八"),
    ("“315”", "(?:国际)?(?:消费者|晚会|维权|活动|宣传)", "“3·15”"),
    ("“512”", "(?:汶川|全国)?(?:地震|防灾|减灾|护士)", "“5·12”"),
    ("“626”", "(?:国际)?禁毒", "“6·26”"),
    ("“124”", "(?:国家)?宪法", "“12·4”"),
];

/// The known names in their order, then a plan, then a day with a dot that it does not take.
static EVENT: Pattern = Pattern::made(|| {
    let known: Vec<String> =
        KNOWN.iter().map(|(written, what, _)| format!("({written})(?:{what})")).collect();
    format!(
        "{}|(?P<plan>“?1(?P<five>[0-9])(?:[·.]?5|五)”?)(?:规划|时期|期间|末|开局|收官)\
         |“(?P<day>[二三四五六七八九]·[一二三四五六七八九十]{{1,3}})”",
        known.join("|")
    )
});

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&EVENT) {
        let text = prose.text(line);
        let Some((span, right)) = named(text, &groups) else { continue };
        let bare = |name: &str| name.trim_matches(['“', '”']).to_owned();
        let message = format!("“{}”的写法不规范", bare(&text[span.clone()]));
        let hint = format!("名称里的数字按固定写法，请写成“{}”", bare(&right));
        found.fix(&prose.source, reading::place(line, span), right, message, hint);
    }
}

/// Where a name stands and how it is written.
fn named(text: &str, groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let index = (1..groups.len()).find(|index| groups.get(*index).is_some())?;
    let part = groups.get(index)?;
    // Other dots in a quotation become · by the rule on that mark.
    let dotted = part.as_str().starts_with('“') && part.as_str().contains(['.', '・', '．']);
    let tied =
        dotted || before(text, part.start()).is_some_and(|c| c.is_ascii_alphanumeric() || ".+".contains(c));
    let right = match (KNOWN.get(index - 1), groups.name("five")) {
        (Some((_, _, name)), _) => (*name).to_owned(),
        (None, Some(_)) if part.as_str().matches(['“', '”']).count() == 1 => return None,
        (None, Some(five)) => format!("“{}五”", numeral::count(10 + five.as_str().parse::<u64>().ok()?)),
        (None, None) => part.as_str().replace('·', ""),
    };
    (!tied && right != part.as_str()).then(|| (part.range(), right))
}
