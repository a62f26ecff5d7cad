//! Places that a draft leaves to be filled in: 【待补】, ××万元, （此处补充…）.

use super::super::prelude::*;
use super::super::punctuation::marks::place;
use crate::check::LineKind;

/// Practice: a document that goes out has no gap left.
pub(super) const RULE: Rule = Rule::prose("doc-leftover", Level::Error, run);

// The words of programmers are written in classes: this file has none of them left in it.
static GAPS: [Pattern; 9] = [
    Pattern::new(
        "[【\\[［（(〔<《](?:此处|这里|请|需|拟)?(?:待|补充|填写|核实|插入|添加|完善|修改|确认|核对)(?:补充?|填写?|核实?|定|查|确认|完善|修改|更新|提供|数据|内容|具体|相关|最新|图|表|后|，|：)*[^】\\]］）)〕>》。；]{0,16}[】\\]］）)〕>》]",
    ),
    Pattern::new("(?:待补充?|待填|待核实|待核|待定数|待查实)(?:$|[，。；、）】])"),
    Pattern::new(
        "(?:[×xX]{2,}|[_＿]{2,}|[-—]{4,})[ 　]*(?:余)?[万亿]?(?:元|人|户|个|亩|公里|吨|件|次|名|家|场|期|条|起|株|份|只|头|%|％|平方米|米|项|处|台|年|月|日)",
    ),
    Pattern::new("(?:^|[^0-9A-Za-z])(?:TO[D]O|T[B]D|FIX[M]E|X{3,})(?:$|[^0-9A-Za-z])"),
    Pattern::new("[_＿]{3,}|[?？]{2,}(?:[万亿]?(?:元|人|户|个|亩|公里|吨|件|次|名|家|%|％))"),
    Pattern::new(
        "\\p{Han}([×X](?:余)?[万亿]?(?:元|人|户|个|亩|公里|吨|件|次|名|家|场|株|处|起|项|条|份|%|％))",
    ),
    Pattern::new("年[ 　]+月|月[ 　]+日"),
    Pattern::new("[：:]（(?:姓名|单位|电话|时间|地点|日期|数字|内容|职务)）"),
    Pattern::new("(?:此处|这里|以下)(?:待|请|需要?|另行)(?:补充|填写|插入|核实|完善)"),
];
/// Forms have lines to be filled in.
static FORM: Pattern = Pattern::new(
    "^[ 　]*(?:签字|签名|填表人?|审核人?|联系人|电话|日期|盖章|年|姓名|编号)[^（）]*$|^[ 　]*[0-9]{0,4}[ 　]*年[ 　]+月[ 　]+日[ 　]*$",
);
/// Words that only begin so: （待定区）, （请示件）.
const NAMES: [&str; 9] = ["待遇", "待产", "待业", "待办", "待命", "待岗", "请示", "修改稿", "修改后"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in
        prose.each().filter(|(line, _)| !matches!(line.kind, LineKind::Signature | LineKind::Date))
    {
        let mut told: Vec<Range<usize>> = Vec::new();
        for hit in GAPS.iter().flat_map(|gap| gap.find_iter(text)) {
            let words = hit.as_str().trim_matches(['，', '。', '；', '、', ' ', '　']);
            let span = hit.start() + hit.as_str().find(words).unwrap_or(0)..hit.end();
            let known = told.iter().any(|other| other.start < span.end && span.start < other.end);
            if known || FORM.is_match(text) || NAMES.iter().any(|name| words.contains(name)) {
                continue;
            }
            let message = format!("“{words}”还没有填好");
            let end = span.start + words.len();
            found.at(
                &prose.source,
                place(line, &(span.start..end)),
                message,
                "请补上数或者内容，没有的就删去",
            );
            told.push(span);
        }
    }
}
