//! Two marks at one place.

use super::super::prelude::*;
use super::marks::{part, place};

/// GB/T 15834-2011, 4 and 5.1: one mark at a place; only ？ and ！ may stand together, three at most.
pub(super) const RULE: Rule = Rule::prose("pun-repeat", Level::Error, run);

static MARKS: Pattern = Pattern::new("[。，、；：？！](?:[ 　]*[。，、；：？！])+");
/// A full stop at both sides of a closing quotation mark.
static BOTH_SIDES: Pattern = Pattern::new("(：?)[“‘][^“”‘’]*(。)[”’]([。，；])");
/// The mark that stays is the strongest.
const RANK: [char; 7] = ['？', '！', '：', '。', '；', '，', '、'];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&MARKS) {
        let marks: Vec<char> = hit[0].chars().filter(|c| RANK.contains(c)).collect();
        if !is_right(&marks) {
            let stays = stays(&marks, part(&hit, 0).end == prose.text(line).len());
            let message = format!("标点“{}”用重了", &hit[0]);
            let hint = format!("请只留一个“{stays}”");
            found.fix(&prose.source, place(line, &part(&hit, 0)), stays, message, hint);
        }
    }
    for (line, hit) in prose.matches(&BOTH_SIDES) {
        // What is quoted after ： is a sentence of its own and keeps its full stop.
        let outer = !hit[1].is_empty() && &hit[3] == "。";
        let span = part(&hit, if outer { 3 } else { 2 });
        let message = format!("引号里外的标点“{}”和“{}”用重了", &hit[2], &hit[3]);
        let side = if outer { "外" } else { "里" };
        found.fix(&prose.source, place(line, &span), "", message, format!("请删去引号{side}面的一个"));
    }
}

/// The mark that stays; between the items of a row ； rather than 。.
fn stays(marks: &[char], ends: bool) -> char {
    let strongest = RANK.into_iter().find(|mark| marks.contains(mark)).unwrap_or('。');
    if strongest == '。' && marks.contains(&'；') && !ends { '；' } else { strongest }
}

/// Whether marks may stand together: ？！, or the dots of a wrong ellipsis, which is another rule's.
fn is_right(marks: &[char]) -> bool {
    let strong = marks.iter().all(|c| "？！".contains(*c)) && marks.len() <= 3;
    strong || marks.len() > 2 && marks.iter().all(|c| *c == '。')
}
