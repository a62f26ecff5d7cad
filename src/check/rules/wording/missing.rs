//! A word that is left out where the sentence cannot do without it: 在……领导，; 发挥……模范。

use super::super::prelude::*;
use super::super::punctuation::marks::place;

/// Practice of editors; only frames that nothing else fits are looked for.
pub(super) const RULE: Rule = Rule::prose("doc-missing", Level::Warning, run);

/// A frame whose group is the place where a word is missing, and what is missing.
static FRAMES: [(Pattern, &str); 13] = [
    (
        Pattern::new(
            "(?:^|[，。；])在[^，。；、]{2,24}的?(?:正确|坚强|大力|亲切|有力|精心|悉心|共同|关心|高度|统一)(领导|指导|支持|帮助|关怀|努力|配合|重视)，",
        ),
        "后面缺少“下”",
    ),
    (
        Pattern::new("进行了?(集中|全面|专项|重点|认真|深入|彻底|统一|系统|细致)[，。；]"),
        "后面缺少动作，如“整治”",
    ),
    (
        Pattern::new(
            "(?:^|[，。；、])(大力|着力|全力|扎实|积极)(?:人居环境|基础设施|乡村|产业|农村|特色产业|文化|旅游|农业|生态环境|教育|项目建设|基层|民生)[^，。；]{0,10}(?:工程|工作|建设|整治|行动|事业)[，。；]",
        ),
        "后面缺少动作，如“推进”",
    ),
    (Pattern::new("(?:作为|当作)(首要|根本|主要|重要)[，。；]"), "后面缺少“任务”一类的词语"),
    (Pattern::new("以[^，。；、所以认作称视因]{1,8}(为)[，。；]"), "后面缺少“中心”“重点”一类的词语"),
    (Pattern::new("(?:^|[，。；])(?:与|同|跟)(?:去年|上年|往年|前年)(同期)?，"), "后面缺少“相比”"),
    (
        Pattern::new(
            "发挥[^，。；]{0,16}(模范|带头|引领|示范|堡垒|桥梁|纽带|骨干|核心|支撑|主力军|排头兵)[，。；]",
        ),
        "后面缺少“作用”",
    ),
    (
        Pattern::new(
            "(?:共|累计|先后)(调度会|推进会|座谈会|动员会|现场会|专题会|培训班|院坝会|联席会)(?:议)?[0-9]",
        ),
        "前面缺少“召开”或者“举办”",
    ),
    (Pattern::new("“[^”]{4,}”([两三四五六七八九十])[，。；]"), "后面缺少所数的事物"),
    (
        Pattern::new("(?:取得|获得|收到)了?(?:显著|明显|良好|积极|初步|较好|阶段性|新)(的)[，。；]"),
        "后面缺少“成效”一类的词语",
    ),
    (
        Pattern::new("(?:提供|奠定|打下)了?(?:坚实|有力|良好|可靠|强有力)(的?)[，。；]"),
        "后面缺少“基础”“保障”一类的词语",
    ),
    (
        Pattern::new(
            "[^，。；饱共温缓调平总谐祥亲随柔暖中讲议附应参赋给授干普涉波顾以触提遍殃危追旁必莫不所之]([和与及])[，。；]",
        ),
        "后面的话没有写完",
    ),
    (Pattern::new("[，。；](的)[^确士哥话]"), "前面缺少词语，或者标点点早了"),
];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (frame, what) in &FRAMES {
        for (line, hit) in prose.matches(frame).filter(|(line, _)| line.kind.is_body()) {
            let Some(word) = hit.get(1).filter(|word| !word.is_empty()).or(hit.get(0)) else { continue };
            if line.is_quoted(&word.range()) {
                continue;
            }
            let message = format!("“{}”{what}", word.as_str().trim_matches(['，', '。', '；']));
            found.at(&prose.source, place(line, &word.range()), message, "请补上缺少的词语");
        }
    }
}
