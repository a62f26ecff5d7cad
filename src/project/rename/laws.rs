//! A project that was written under other names says what one says that was renamed: the generator writes both, and
//! knows nothing of how names are found.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::document::Document;
use crate::facts::value::Value;
use crate::figures::{FactRef, value_text};
use crate::project::stored::Texts;
use crate::report::Gaps;

/// What everything is called.
#[derive(Debug, Clone, PartialEq)]
struct Names {
    flows: Vec<String>,
    ledger: String,
    columns: [String; 3],
    part: String,
}

/// One sentence of a template, by numbers of flows.
type Sentence = (usize, usize, usize);

fn texts(names: &Names, sentences: &[Sentence], nested: bool) -> Texts {
    let Names { flows, ledger, columns: [key, number, state], part } = names;
    let mut registry = String::from("# 指标表\n");
    for (at, path) in flows.iter().enumerate() {
        let other = &flows[(at + 1) % flows.len()];
        registry += &match at % 3 {
            0 => format!("{path}: {{类型: 时期, 单位: 次, 口径: 会议}}   # 会议\n"),
            1 => format!("{path}: {{类型: 时期, 单位: 次, 不超过: '{other}'}}\n"),
            _ => format!("{path}:\n  类型: 时期\n  单位: 次\n"),
        };
    }
    registry += &format!(
        "{ledger}: {{主键: {key}, 列: {{{key}: 文本, {number}: {{单位: 万元, 类型: 时期, 不超过: {number}}}, {state}: 文本}}}}\n\
         算.合计: {{类型: 时期, 单位: 万元, 公式: {{合计: {ledger}.{number}}}, 条件: {{{state}: 会议}}}}\n\
         算.相加: {{类型: 时期, 单位: 次, 公式: {{相加: [{}, \"{}\"]}}}}\n\
         算.个数: {{类型: 时点, 单位: 个, 公式: {{计数: {ledger}}}, 等于: {{计数: {ledger}}}}}\n",
        flows[0], flows[1]
    );
    let year = |of: usize| {
        let mut text = format!("年度: {of}\n\n");
        let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (at, path) in flows.iter().enumerate() {
            let value = format!("{}次", 3 + at * 7 + of % 10);
            let line = |name: &str| match at % 2 {
                0 => format!("{name}: {value}   # 会议\n"),
                _ => format!("{name}: {{值: {value}, 来源: 会议}}\n"),
            };
            match path.split_once('.').filter(|_| nested) {
                Some((group, name)) => groups.entry(group).or_default().push(line(name)),
                None => text += &line(path),
            }
        }
        for (group, lines) in groups {
            text +=
                &format!("{group}:\n{}", lines.iter().map(|line| format!("  {line}")).collect::<String>());
        }
        let cell = if nested {
            format!("{{值: {}万元, 来源: 会议}}", of % 100)
        } else {
            format!("{}万元", of % 100)
        };
        text + &format!(
            "{ledger}:\n- {{{key}: 甲厂, {number}: {cell}, {state}: 会议}}\n- {key}: 乙厂\n  {number}: 30万元\n  {state}: 已完成\n"
        )
    };
    let sentence = |(form, one, other): &Sentence| {
        let (a, b) = (&flows[one % flows.len()], &flows[other % flows.len()]);
        match form % 17 {
            0 => format!("开会{{{{{a}}}}}，会议{{{{{{{b}}}}}}}。"),
            1 => format!("{{{{#近 2}}}}{{{{时段}}}}{{{{{a}}}}}{{{{/近}}}}。"),
            2 => format!("{{{{#if {a}}}}}{{{{数 {b} 样式=\"汉字\"}}}}{{{{else}}}}{{{{{a}}}}}{{{{/if}}}}。"),
            3 => format!("{{{{占比 {a} (相加 {a} {b})}}}}，{{{{同比 {a} 前=\"会议\"}}}}。"),
            4 => format!(
                "{{{{合计 {ledger}.{number} {state}=\"会议\"}}}}，{{{{计数 {ledger} {state}=\"会议\" 单位=\"个\"}}}}。"
            ),
            5 => format!(
                "{{{{#each {ledger} {state}=\"会议\" as |会议|}}}}{{{{会议.{key}}}}}{{{{会议.{number}}}}}{{{{/each}}}}。"
            ),
            6 => format!(
                "{{{{#each {ledger}}}}}{{{{{key}}}}}{{{{this.{number}}}}}{{{{{number}}}}}；{{{{/each}}}}。"
            ),
            7 => format!(
                "\n{{{{表 {ledger} 列=\"{key}、{number}\" 标题=\"会议\" 合计=\"{number}\" 排序=\"{number}\" 单位=\"表头：{number}\" 表头=\"会议、投资\"}}}}\n"
            ),
            8 => format!("{{{{列举 {ledger}.{key} 末=\"和\"}}}}。"),
            9 => format!(
                "{{{{#若零 {a}}}}}没有{{{{else}}}}{{{{~ [{}] }}}}{{{{/若零}}}}。",
                a.replace('.', "].[")
            ),
            10 => "{{!-- {{会议}} --}}{{算.相加}}{{算.合计}}{{算.个数}}。".to_owned(),
            11 => format!("\\\\{{{{{a}}}}} \\{{{{会议}}}}。"),
            13 => format!(
                "{{{{#分组 {ledger} 按=\"{state}\" 占=\"{number}\" as |会议|}}}}{{{{会议.名}}}}{{{{会议.占比}}}}{{{{合计 会议.{number} {state}=\"会议\"}}}}{{{{#each 会议 as |行|}}}}{{{{行.{key}}}}}{{{{/each}}}}{{{{/分组}}}}。"
            ),
            14 => format!(
                "{{{{最大 {ledger}.{number} 名=\"{key}\"}}}}，{{{{各组 {ledger} 按=\"{state}\" 合计=\"{number}\" 单位=\"个\" 排序=\"{number}\"}}}}。"
            ),
            15 => format!(
                "\n{{{{表 {ledger} 列=\"{key}、{number}、差＝{number}-{number}、率＝{number}/{number}、位次＝名次（{number}）\" {number}=\"1万元以上\"}}}}\n"
            ),
            12 => format!("{{{{#年 -1}}}}{{{{{b}}}}}{{{{/年}}}}{{{{> {part}}}}}。"),
            _ => format!("{{{{数\n{a}\n单位=\"次\"}}}}。"),
        }
    };
    let body: Vec<String> = sentences.iter().map(sentence).collect();
    let template = format!("# 会议汇报\n\n{}\n", body.join("\n\n"));
    let inner = format!("片段{{{{{}}}}}", flows[0]);
    let confirmed = format!(
        "- {{规则: fact-swing, 指标: {}, 年度: 2011, 值: 4次, 确认人: 甲, 日期: 2011-12-01}}\n- {{规则: r, 指标: '{ledger}[1].{number}', 年度: 2011, 值: 会议, 确认人: 甲, 日期: 2011-12-01}}\n",
        flows[1]
    );
    let mapping = format!(
        "- {{台账: {ledger}, 表头: 会议, 列: {number}}}  # 会议\n- {{台账: 别的, 表头: 甲, 列: 投资}}\n"
    );
    let review = format!(
        "# 导入核对：会议\n\n共有1个指标，其中1个请核对。\n\n| 序号 | 指标 | 年度 | 值 | 原文 | 请核对 | 改名为 | 各年的数 | 处理 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n| 1 | {} | 2011 | 4次 | 会议【4次】 | 看看 |  |  |  |\n\n完\n",
        flows[0]
    );
    Texts::from([
        ("facts/指标", registry),
        ("facts/2010", year(2010)),
        ("facts/2011", year(2011)),
        ("facts/2012", year(2012)),
        ("templates/汇报", template),
        (&format!("templates/{part}"), inner),
        ("确认", confirmed),
        ("表头对照", mapping),
        ("导入核对", review),
    ])
}

/// What a project says, without where it stands: figures of each year, what they come from, the registry.
fn said(project: &Project) -> Result<Vec<String>, Problems> {
    let mut said = Vec::new();
    let facts = project.facts()?;
    for (year, of_year) in &facts.years {
        let mut all: Vec<String> = Vec::new();
        for fact in of_year.facts.values() {
            let value = match &fact.value {
                Value::Ledger(rows) => rows
                    .iter()
                    .flat_map(|row| &row.cells)
                    .map(|(name, cell)| format!("{name}={}/{:?}", value_text(&cell.value), cell.source))
                    .collect(),
                value => value_text(value),
            };
            all.push(format!("{year} {} {value} {:?}", fact.path, fact.source));
        }
        all.sort();
        said.extend(all);
        said.extend(told(&project.rendered(Some("汇报"), *year, Gaps::Show)?.document));
    }
    let mut registry: Vec<String> = facts
        .registry
        .indicators
        .values()
        .map(|one| format!("{:?}", crate::facts::registry::Indicator { place: None, ..one.clone() }))
        .collect();
    registry.sort();
    said.extend(registry);
    let mut texts: Vec<String> = project
        .texts()
        .iter()
        .filter(|(text, _)| !matches!(text, Text::Registry | Text::Year(_) | Text::Issued(..)))
        .map(|(text, stored)| {
            let words = stored.source().map_or("", |source| source.text.as_str());
            // A name is spelled without brackets where it was spelled with them.
            let brackets: &[char] = if matches!(text, Text::Template(_)) { &['[', ']'] } else { &[] };
            format!("{}\n{}", text.name(), words.replace(brackets, ""))
        })
        .collect();
    texts.sort();
    said.extend(texts);
    Ok(said)
}

fn first_difference(one: &Project, other: &Project) -> Option<(String, String)> {
    let (one, other) = (said(one).expect("no problems"), said(other).expect("no problems"));
    assert_eq!(one.len(), other.len());
    one.into_iter().zip(other).find(|(one, other)| one != other)
}

fn told(document: &Document) -> Vec<String> {
    let lines = document.blocks.iter().map(|block| format!("{:?}", crate::document::Line::of(block)));
    let facts = |trail: &crate::figures::Trail| -> Vec<FactRef> {
        trail.facts.iter().map(|fact| FactRef { line: 0, ..FactRef::clone(fact) }).collect()
    };
    let trails = document
        .trails
        .iter()
        .map(|trail| format!("{} {} {:?}", trail.derivation, trail.value(), facts(trail)));
    lines.chain(trails).collect()
}

fn names() -> impl Strategy<Value = Names> {
    let pool = ["会议", "会议数", "宣传.会议", "宣传.会议数", "宣传.会", "综合.会议", "综合.大会议", "会"];
    let columns = ["会议", "企业", "投资", "宣传", "会议数", "状态"];
    let ledgers = ["项目", "台账.项目", "宣传.项目"];
    (
        prop::sample::subsequence(pool.to_vec(), 3..6).prop_shuffle(),
        prop::sample::select(ledgers.to_vec()),
        prop::sample::subsequence(columns.to_vec(), 3).prop_shuffle(),
    )
        .prop_map(|(flows, ledger, columns)| Names {
            flows: flows.into_iter().map(str::to_owned).collect(),
            ledger: ledger.to_owned(),
            columns: [columns[0], columns[1], columns[2]].map(str::to_owned),
            part: "_片段".to_owned(),
        })
}

/// A change, and the names that a project has behind it.
fn change() -> impl Strategy<Value = (usize, usize, &'static str)> {
    let new = [
        "新会议",
        "宣传.新",
        "新组.会议",
        "会议次",
        "综合.会",
        "总",
        "企业名",
        "会议.总数",
        "宣传",
        "会议",
        "合",
        "单位",
        "年度",
        "this",
        "5G",
    ];
    (0..5usize, 0..6usize, prop::sample::select(new.to_vec()))
}

fn renamed(names: &Names, (what, at, new): (usize, usize, &str)) -> (String, String, Names) {
    let mut after = names.clone();
    let last = new.rsplit('.').next().unwrap_or(new);
    match what {
        0 | 1 => {
            let old = names.flows[at % names.flows.len()].clone();
            let new = naming::within(&old, new);
            let index = at % names.flows.len();
            after.flows[index].clone_from(&new);
            (old, new, after)
        }
        2 => {
            let new = naming::within(&names.ledger, new);
            after.ledger.clone_from(&new);
            (names.ledger.clone(), new, after)
        }
        3 => {
            after.columns[at % 3] = last.to_owned();
            (format!("{}.{}", names.ledger, names.columns[at % 3]), last.to_owned(), after)
        }
        _ => {
            let group = |path: &mut String| {
                if let Some(rest) = path.strip_prefix("宣传.") {
                    *path = format!("{new}.{rest}");
                }
            };
            after.flows.iter_mut().for_each(group);
            group(&mut after.ledger);
            ("宣传".to_owned(), new.to_owned(), after)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_renamed_project_says_what_one_says_that_was_written_so(
        names in names(),
        change in change(),
        sentences in prop::collection::vec((0..17usize, 0..6usize, 0..6usize), 1..8),
        nested in any::<bool>(),
    ) {
        let project = Project::of(texts(&names, &sentences, nested));
        prop_assume!(said(&project).is_ok());
        let (old, new, after) = renamed(&names, change);
        let planned = planned(&project, &[Change::Name { old: old.clone(), new: new.clone() }]);
        let wanted = Project::of(texts(&after, &sentences, nested));
        match planned {
            Ok(planned) => {
                let now = project.with(&planned.edits);
                prop_assert_eq!(first_difference(&now, &wanted), None, "{} → {}", old, new);
                let column = old.starts_with(names.ledger.as_str()) && change.0 == 3;
                prop_assert!(column || planned.reworded.is_empty());
                // And back, in one step, to what it was.
                let (back, again) = if column { (format!("{}.{new}", names.ledger), old.rsplit('.').next().unwrap()) } else { (new.clone(), old.as_str()) };
                if change.0 < 4 && (column || back.contains('.') == again.contains('.') || again.contains('.')) {
                    let there = super::planned(&now, &[Change::Name { old: back, new: again.to_owned() }]).unwrap();
                    prop_assert_eq!(first_difference(&now.with(&there.edits), &project), None);
                }
            }
            Err(problems) => {
                let rule = problems.0[0].rule;
                let told = ["path-taken", "bad-indicator", "same-name", "name-means-other", "unknown-name"];
                prop_assert!(told.contains(&rule), "{} → {}: {:?}", old, new, problems);
                prop_assert!(!problems.0[0].hints.is_empty());
            }
        }
    }
}
