//! Marks of Markdown and of templates that were left in a text.

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};

/// Practice: in a document such marks are printed as they stand.
pub(super) const RULE: Rule = Rule::prose("chr-markdown", Level::Error, run);

/// `{…}`, which no kind of file has in its words.
static BRACES: Pattern = Pattern::new(r"(\{+[^{}]*\}+|[{}]+)");
static HEADING: Pattern = Pattern::new("^[ \t　]*(#{2,6}|#[ 　])[ 　]*[^# 　]");
static ITEM: Pattern = Pattern::new("^[ \t　]*([*+-])[ \t　]+[\\p{Han}“《（]");
static BOLD: Pattern = Pattern::new(r"(\*\*[^*]*\p{Han}[^*]*\*\*)");
static CODE: Pattern = Pattern::new("(`+[^`]*`+|`+)");
/// Stars in place of digits: 投资**万元，修路**公里.
static MASKED: Pattern = Pattern::new(
    "^\\*\\*(?:[余多]?(?:个百分点|公里|公顷|人次|平方|[万亿千百十元个名户人亩项件次家处座场期年月日号村镇县乡路吨起条位岁米只头台套]|[%％]))",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    say(prose, &BRACES, "请删去花括号；模板的标签没有换成数的，请改模板", found);
    // Elsewhere these are the form of the file.
    if prose.source.name.ends_with(".md") {
        return;
    }
    say(prose, &HEADING, "请删去，标题用“一、”“（一）”编号", found);
    say(prose, &ITEM, "请删去，分条写“一是”“二是”或“1.”“2.”", found);
    say(prose, &BOLD, "请删去星号，要加粗请在 Word 里设", found);
    say(prose, &CODE, "请删去", found);
}

fn say(prose: &Prose, pattern: &Pattern, hint: &'static str, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(pattern).filter(|(_, hit)| !MASKED.is_match(&hit[1])) {
        let message = format!("留着 Markdown 或模板的记号“{}”", shown(hit[1].trim()));
        found.at(&prose.source, place(line, &part(&hit, 1)), message, hint);
    }
}

/// The mark, in short where it holds words.
fn shown(mark: &str) -> String {
    if mark.chars().count() < 16 { mark.to_owned() } else { mark.chars().take(12).chain(['…']).collect() }
}
