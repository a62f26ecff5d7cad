//! The full stop at the end of a quotation: inside or outside.

use super::super::prelude::*;
use super::marks::{part, place};

/// GB/T 15834-2011, 附录B.2: a quotation that is a sentence of its own keeps its full stop inside; one that
/// is part of a sentence has it outside.
pub(super) const RULE: Rule = Rule::prose("pun-quote-end", Level::Hint, run);

static SPEECH: Pattern = Pattern::new(
    "(?:说|讲|道|指出|强调|表示|问|答|写|认为|要求|告诉|反映|评价|感慨\
         |感叹)(?:\\p{Han}{0,4})：“[^“”]*([^“”。！？…])”(。)",
);
static PARTIAL: Pattern = Pattern::new("(\\p{Han})“([^“”，。！？：]{1,12})(。)”(?:$|\\p{Han})");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&SPEECH) {
        let hint = format!("完整引用的话，句号放在引号里面，写成“{}。”", &hit[1]);
        found.at(&prose.source, place(line, &part(&hit, 2)), "整句引用的句号放到了引号外面", hint);
    }
    for (line, hit) in prose.matches(&PARTIAL).filter(|(_, hit)| !"说道问答讲".contains(&hit[1])) {
        let hint = format!("引用只是句子的一部分，句号放在引号外面，写成“{}”。", &hit[2]);
        found.at(&prose.source, place(line, &part(&hit, 3)), "部分引用的句号放到了引号里面", hint);
    }
}
