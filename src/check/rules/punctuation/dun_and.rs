//! 、 before a word that joins: 、和.

use super::super::prelude::*;
use super::marks::{clause_after, part, place};

/// GB/T 15834-2011, 4.5: 和 or 、, not both; before 以及 a ，may stand.
pub(super) const RULE: Rule = Rule::prose("pun-dun-and", Level::Warning, run);

static AND: Pattern = Pattern::new("(、)[ 　]?((以及|或者|并且|和|与|及|或)\\p{Han}{0,3})");
/// Words that only begin like one that joins.
static WORD: Pattern = Pattern::new(
    "^(?:和(?:谐|平|睦|美|解|气|善|顺|田|静|硕|县|布|龙|林|而不|衷|约|音|声|为贵|颜|服|棋|面|缓|好|悦\
         |乐|合|亲)\
         |与(?:会|时|众不|日俱|民|人为|世|共)|及(?:时|格|早|第)|或(?:许|多或))",
);
/// A name that begins with 和, by what it ends in.
static NAME: Pattern = Pattern::new(
    "^和\\p{Han}{1,2}?(?:村|路|镇|乡|街|桥|社区|小区|苑|庄|湾|坪|屯|花园|[两三四五六七八九十几]+(?:个|条|座|村|镇))",
);
/// Behind 和 and 与 that mean “together with”: 与群众面对面.
static TOGETHER: Pattern = Pattern::new(
    "座谈|交流|交心|谈心|面对面|结对|一起|一道|共建|共享|共治|同吃|同住|同劳动|对接|签订|签约|合作|沟通\
         |结合|衔接|商|拉家常|唠|打交道|互动|联动|打成一片|交朋友|挂钩|融合|相适应|相匹配|同频",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&AND).filter(|(_, hit)| !WORD.is_match(&hit[2])) {
        let and = &hit[3];
        let behind = clause_after(prose.text(line), part(&hit, 3).end);
        if and == "和" && is_name(prose.text(line), &part(&hit, 1), part(&hit, 3).start) {
            continue;
        }
        if matches!(and, "和" | "与") && TOGETHER.is_match(behind) {
            continue;
        }
        let comma = matches!(and, "以及" | "并且");
        let (new, hint) =
            if comma { ("，", "请把“、”改成“，”") } else { ("", "请删去这个“、”") };
        let message = format!("“{and}”前面多用了“、”");
        found.fix(&prose.source, place(line, &part(&hit, 1)), new, message, hint);
    }
}

/// Whether 和 begins a name: 和顺、和康、和安. What joins stands once in a list, and no member follows the last.
fn is_name(text: &str, mark: &Range<usize>, and: usize) -> bool {
    let ahead = &text[..mark.start];
    let start = ahead.rfind(['，', '。', '；', '：', '、', '（']).unwrap_or(0);
    let name = |c: char| c == '和';
    let before = ahead[start..].chars().rev().nth(1).is_some_and(name);
    let behind = &text[and..];
    let end = behind.find(['，', '。', '；', '：', '（']).unwrap_or(behind.len());
    before || behind[..end].contains("、和") || NAME.is_match(behind)
}
