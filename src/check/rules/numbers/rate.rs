//! A rate that does not follow from the two counts before it.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::kinds;
use super::quotient::Quotient;
use super::reading;
use super::told::Line;

/// Arithmetic: 办结率 is what was done by what there was to do.
pub(super) const RULE: Rule = Rule::prose("num-rate", Level::Warning, run);

/// What leads to a rate: its name, with the stem of what was done.
static NAME: Pattern = Pattern::new(
    "[，,、；;（(](?:其中)?(?P<stem>[^，。；、,;0-9（(]{1,10}?)(?:率|占比|比例)(?:为|达到|达|是)?$",
);

/// Rates by what was done, where the words differ: stem, and what may be said of the count.
const SAYINGS: [(&str, &[&str]); 13] = [
    ("网办", &["网上"]),
    ("结案", &["审结", "办结", "结"]),
    ("竣工", &["完工", "建成"]),
    ("完工", &["竣工", "建成"]),
    ("完成", &["实际", "已", "建成", "完工"]),
    ("覆盖", &["通", "建成", "建有", "设", "装", "签约", "配备", "接入", "纳入", "开展"]),
    ("普及", &["用上", "通", "接通", "安装", "使用", "装", "改"]),
    ("出席", &["到会", "实到", "出席", "参会"]),
    ("到会", &["到会", "实到", "出席", "参会"]),
    ("出勤", &["到岗", "实到", "出勤"]),
    ("到位", &["到位", "落实", "拨付"]),
    ("办结", &["答复", "办复", "办理"]),
    ("化解", &["调解", "调处"]),
];

/// Words of a count that is to be done.
const DUE: [&str; 6] = ["应", "需", "计划", "任务", "目标", "拟"];

/// Words of the people who live somewhere, of whom a rate of insurance or schooling is not taken.
const PEOPLE: [&str; 4] = ["人口", "户籍", "常住", "新增"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, _) in prose.each().filter(|(_, text)| text.contains(['率', '比'])) {
        let told = Line::of(prose, line);
        for at in 2..told.figures.len() {
            let Some((part, whole, right)) = contradiction(&told, at) else { continue };
            let span = told.figures[at].span.clone();
            let [part, whole] = [part, whole].map(|at| &told.text[told.figures[at].span.clone()]);
            let message = format!("“{}”不是{part}在{whole}中的比率", &told.text[span.clone()]);
            let hint = format!("{part}除以{whole}是{right}，请核对");
            found.at(&prose.source, reading::place(line, span), message, hint);
        }
    }
}

/// A rate that none of the counts before it makes: part, whole and what they make.
fn contradiction(line: &Line<'_>, at: usize) -> Option<(usize, usize, String)> {
    let rate = line.exact(at).filter(|rate| rate.base() == "%")?;
    let counts = counts(line, at);
    let (last, rest) = counts.split_last()?;
    let groups = NAME.captures(line.gap(*last, at))?;
    let stem = groups.name("stem")?.as_str();
    let due = |at: usize| DUE.iter().any(|word| line.words(at).contains(word));
    let pairs = rest.iter().rev().map(|other| match due(*last) && !due(*other) {
        true => (*other, *last),
        false => (*last, *other),
    });
    let pairs: Vec<(usize, usize)> = pairs.filter(|(part, whole)| is_of(line, stem, *part, *whole)).collect();
    let quotient = |(part, whole): (usize, usize)| Quotient::of(line.exact(part)?, line.exact(whole)?, 2);
    let fits = |pair: &(usize, usize)| quotient(*pair).is_none_or(|real| real.agrees(rate));
    // 受理35件，已办结34件，其余1件正在办理，办结率97.1%: that of any two of them.
    let any = counts.iter().flat_map(|part| counts.iter().map(|whole| (*part, *whole)));
    let made = any
        .filter(|(part, whole)| part != whole)
        .any(|pair| quotient(pair).is_some_and(|real| real.agrees(rate)));
    let (part, whole) = *pairs.first().filter(|_| !made && !pairs.iter().any(fits))?;
    Some((part, whole, format!("{}%", quotient((part, whole))?.shown(rate))))
}

/// The amounts of one unit before a rate in its sentence, the last of them right before it.
fn counts(line: &Line<'_>, at: usize) -> Vec<usize> {
    let near =
        (at.saturating_sub(8)..at).filter(|one| line.together(*one, at) && line.figures[*one].is_amount());
    let near: Vec<usize> = near.collect();
    let base = near.last().map_or("", |last| line.figures[*last].base);
    near.into_iter().filter(|one| line.figures[*one].base == base && line.exact(*one).is_some()).collect()
}

/// Whether a rate of this stem is of these two: what was done is called so, and the whole is no population.
fn is_of(line: &Line<'_>, stem: &str, part: usize, whole: usize) -> bool {
    let [done, all] = [line.around(part), line.words(whole).to_owned()];
    let value = |at: usize| line.exact(at).map_or(Decimal::ZERO, |one| one.value());
    let due = DUE.iter().any(|word| all.contains(word));
    let over = value(part) > value(whole) && !due;
    let people = PEOPLE.iter().any(|word| all.contains(word)) && !due;
    let said = shares(stem, &done)
        || SAYINGS
            .iter()
            .any(|(rate, words)| stem.ends_with(rate) && words.iter().any(|word| done.contains(word)));
    let denied = kinds::opposites(&[stem, &done]) || done.starts_with('未') || done.starts_with('不');
    said && !over && !people && !denied
}

/// Whether a stem and a name have two characters in common, or all of a stem that is shorter.
fn shares(stem: &str, name: &str) -> bool {
    let characters: Vec<char> = stem.chars().collect();
    let size = characters.len().min(2);
    characters.windows(size).any(|pair| name.contains(&pair.iter().collect::<String>()))
}
