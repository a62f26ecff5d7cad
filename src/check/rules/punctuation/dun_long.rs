//! 、 between long verb phrases.

use super::super::prelude::*;
use super::marks::place;

/// GB/T 15834-2011, 4.4 and 4.5: 、 stands between words, ，between clauses.
pub(super) const RULE: Rule = Rule::prose("pun-dun-long", Level::Hint, run);

/// What is at least this long, in characters, and begins with a verb is a clause.
const CLAUSE: usize = 6;

static ROW: Pattern = Pattern::new("[^，。；：！？、“”（）《》]+(?:、[^，。；：！？、“”（）《》]+){2,}");
const VERBS: &str = "抓|推进|推动|实现|加强|加大|加快|完善|落实|落细|开展|深化|优化|强化|细化|提升|提高\
    |促进|建立\
    |建设|建成|健全|巩固|拓展|组织|实施|打造|培育|做好|做实|做强|做优|保障|改善|改造|整治|规范|创新|严格|坚持\
    |突出|围绕|发展|壮大|引进|引导|新建|修建|完成|解决|帮助|化解|排查|办理|办好|督促|整合|统筹|守住|严守|压实\
    |盘活|兴办|拓宽|清理|宣传|摸清|夯实|筑牢|激发|用好|管好|建好|开发|搭建|发放|举办|走访|慰问|推广|推行\
    |防治|增强|保护|坚决|引入|培养|选派|组建|召开|印发|制定|编制\
    |争取|投入|改良|治理|关爱|救助|维护|关注|聚焦|研究|调整|鼓励|支持|扶持|提供|营造|弘扬";
/// The first phrase may have a subject, the others begin with a verb.
static VERB: Pattern = Pattern::new(VERBS);
static VERB_FIRST: Pattern = Pattern::made(|| {
    format!("^(?:持续|不断|积极|扎实|深入|全面|切实|大力|着力|努力|认真|稳步|有序)?(?:{VERBS})")
});
/// Behind a row that is part of a larger phrase: 等方面, 的工作.
static PART: Pattern = Pattern::new("(?:等|的).{0,12}$|(?:上|中|时|方面|工作)$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&ROW).filter(|(line, _)| line.kind.is_body()) {
        let row = hit.get_match();
        let items: Vec<&str> = row.as_str().split('、').collect();
        let long = items.iter().all(|item| item.chars().count() >= CLAUSE)
            && VERB.is_match(items[0])
            && items[1..].iter().all(|item| VERB_FIRST.is_match(item));
        if !long || PART.is_match(items[items.len() - 1]) {
            continue;
        }
        let first = row.start() + items[0].len();
        let message = format!("“{}”是分句，后面用了“、”", items[0]);
        let span = place(line, &(first..first + '、'.len_utf8()));
        found.at(&prose.source, span, message, "并列的分句之间请用“，”，句子长的用“；”");
    }
}
