//! Figures with a slip of the keys: 3..25亿元, 5万万元, 8%%.

use super::super::prelude::*;
use super::reading;

/// GB/T 15835-2011, 5.1.2 and 5.1.3: a figure has one point, one 万 or 亿, one unit.
pub(super) const RULE: Rule = Rule::prose("num-slip", Level::Error, run);

/// A figure with a slip, and what is wrong with it.
static SLIPS: Pattern = Pattern::new(
    r"(?x)
      (?P<points>[0-9]+ (?: [.．][.．]+ | [.．]。|。[.．] ) [0-9]+ (?: [万亿]?[\p{Han}%％] )?)
    | (?P<parts>[0-9]+\.[0-9]+\.[0-9]+ (?: [万亿]?(?:元|亩|吨|公里|平方|公顷|人|户|株|头) | [%％] | [万亿] ))
    | (?P<point>[0-9]+\. (?: [万亿]?(?:元|亩|吨|公里|平方|公顷|户|头) | [%％] ))
    | (?P<scales>[0-9] [余多]? (?: 万万+ | 亿亿+ | 亿万 | 千千 | 百百 | 十十 ) (?:元|人|亩|吨|户|斤|公斤|公里|株|头|千瓦|平|立|美元|次)?)
    | (?P<units>[0-9] [万亿]? (?: 元元 | 万元万元 | 亿元亿元 | 万元元 | 亿元元 | 元万元 | 元亿元 | 亩亩 | 吨吨 | 公里公里 | 户户 | 名名 | %% | ％％ | %％ | ％% | 个百分点% | %个百分点 ))
    | (?P<zero>(?:^|[^0-9A-Za-z.〔\[第—–~～-])0[0-9]+(?:\.[0-9]+)? (?: [万亿]元? | 元 | 亩 | 吨 | 公里 | [%％] ))",
);

/// What follows a unit and makes a word with its second half: 3户户均, 5亩亩均.
const WORDS: [char; 3] = ['均', '用', '主'];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&SLIPS) {
        let (text, Some(hit)) = (prose.text(line), groups.get(0)) else { continue };
        let Some((span, wrong)) = slip(&groups) else { continue };
        let name = before(text, hit.start()).is_some_and(|c| c.is_ascii_alphabetic() || "-_/".contains(c));
        let word = after(text, span.end).is_some_and(|c| WORDS.contains(&c));
        if name || word || line.is_quoted(&span) {
            continue;
        }
        let start =
            span.start - reading::tail(text, span.start, 24).chars().rev().take_while(is_figure).count();
        let message = format!("“{}”{wrong}", &text[start..span.end]);
        found.at(&prose.source, reading::place(line, start..span.end), message, "这个数敲错了，请核对后改正");
    }
}

fn is_figure(c: &char) -> bool {
    c.is_ascii_digit() || *c == '.' || *c == ','
}

/// Where a slip stands, and what it is.
fn slip(groups: &Captures<'_>) -> Option<(Range<usize>, &'static str)> {
    const KINDS: [(&str, &str); 6] = [
        ("points", "的小数点重了"),
        ("parts", "有两个小数点"),
        ("point", "的小数点后面缺数字"),
        ("scales", "的“万”“亿”用重了"),
        ("units", "的单位用重了"),
        ("zero", "前面多了0"),
    ];
    let (part, wrong) = KINDS.iter().find_map(|(name, wrong)| Some((groups.name(name)?, *wrong)))?;
    let lead = part.as_str().chars().next().filter(|c| !c.is_ascii_digit()).map_or(0, char::len_utf8);
    Some((part.start() + lead..part.end(), wrong))
}
