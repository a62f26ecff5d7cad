//! 列举: names, ledger columns or figures one after another.

use super::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ledger::{column, count_rows};
use super::rows;
use crate::facts::value::{Row, Value};
use crate::figures::condition::Conditions;
use crate::figures::{Cited, FactRef, Trouble, value_text};
use crate::template::call::Call;
use crate::template::session::Said;
use crate::zh::number::{Amount, Unit, numeral};

/// Parameters of 列举.
pub(super) const OWN: &[&str] =
    &["显示", "连", "末", "计", "数字", "等", "空", "排序", "倒序", "并列", "去重"];

/// Those of them that need the rows of a ledger.
const OF_COLUMNS: [&str; 4] = ["排序", "倒序", "并列", "去重"];

/// Items joined: two by 和, more by 、, unless the template says otherwise.
pub(super) fn joined(items: &[String], joint: &str, last: Option<&str>) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => {
            let default = if items.len() == 2 && joint == "、" { "和" } else { joint };
            format!("{}{}{end}", first.join(joint), last.unwrap_or(default))
        }
    }
}

/// `{{列举 名单 显示= 连= 末= 计= 数字= 等= 空=}}`, of a column of a ledger also `列名= 排序= 倒序= 并列= 去重=`.
pub(super) fn list(call: &Call<'_, '_>) -> Outcome {
    let Items { said: items, shown } = items(call)?;
    if items.is_empty() {
        return empty(call);
    }
    let partly = shown < items.len();
    let joint = call.words_or("连", "、")?;
    let last = call.words("末")?.or_else(|| partly.then(|| joint.clone()));
    let mut said = joined(&items[..shown], &joint, last.as_deref());
    if partly || call.flag("等")? {
        said.push('等');
    }
    if items.len() > 1
        && let Some(unit) = call.words("计")?
    {
        said.push_str(&counted(call, items.len(), &unit)?);
    }
    Ok(said)
}

/// What is listed, and how many of it are named.
struct Items {
    said: Vec<String>,
    shown: usize,
}

fn empty(call: &Call<'_, '_>) -> Outcome {
    let name = call.path(0).unwrap_or_default();
    call.words("空")?.ok_or_else(|| {
        Trouble::wrong(
            "empty-list",
            format!("名单“{name}”是空的，没有可列举的"),
            "请填写名单，或在模板里用 空=\"…\" 另写一句",
        )
    })
}

fn counted(call: &Call<'_, '_>, number: usize, unit: &str) -> Outcome {
    let chinese = call.choice("数字", &["汉字", "阿拉伯"])? == Some("汉字");
    let digits = if chinese { numeral::count_before_measure(number as u64) } else { number.to_string() };
    let facts = match call.path(0) {
        Ok(path) => facts_of(call, path)?,
        Err(_) => Cited::default(),
    };
    let words = format!("{digits}{unit}");
    let derivation = if call.flag("去重")? { "不重复的名称计数" } else { "名单计数" };
    Ok(call.mark_derived_from(&words, Amount::exact(number.into(), Unit::default()), derivation, facts))
}

fn facts_of(call: &Call<'_, '_>, path: &str) -> Result<Cited, Trouble> {
    let list = column(call, path).map_or(path, |(ledger, _)| ledger);
    count_rows(call, list, &Conditions::default()).map(|(_, facts)| facts)
}

/// Every item, marked with the fact it comes from.
fn items(call: &Call<'_, '_>) -> Result<Items, Trouble> {
    if call.len() == 1
        && let Ok(path) = call.path(0)
        && let Ok(column) = column(call, path)
    {
        return column_items(call, column);
    }
    if let Some(name) = OF_COLUMNS.iter().find(|name| call.words(name).is_ok_and(|words| words.is_some())) {
        return Err(Trouble::wrong(
            "wrong-arguments",
            format!("“{name}”只用于列举台账的一列"),
            "请写成 {{列举 台账.列 …}}；名单按它自己的次序列",
        ));
    }
    let mut items = Vec::new();
    for index in 0..call.len() {
        match call.said(index)? {
            Said::List(names, from) => {
                for name in &names {
                    let entry = FactRef { text: name.clone(), ..(*from).clone() };
                    items.push(call.mark_text(name, vec![Arc::new(entry)], "名单")?);
                }
            }
            Said::Figure(figure) => items.push(call.mark(&figure.text, &figure)),
            Said::Words(text, from) => {
                call.one_line(&text)?;
                items.push(call.mark_text(&text, from, "事实")?);
            }
            Said::Date(date, from) => items.push(call.mark_words(&date.to_string(), vec![from], "事实")),
            Said::Ledger(0) => {}
            Said::Ledger(_) => return Err(names_a_ledger(call, index)),
            Said::Typed(text) => items.push(text),
        }
    }
    let shown = call.count("显示", 1000)?.map_or(items.len(), |n| (n as usize).clamp(1, items.len().max(1)));
    Ok(Items { shown: shown.min(items.len()), said: items })
}

fn names_a_ledger(call: &Call<'_, '_>, index: usize) -> Trouble {
    let name = call.path(index).unwrap_or_default();
    Trouble::wrong("not-a-list", format!("“{name}”是台账，要说明列举哪一列"), format!("请写成 {name}.列名"))
}

fn column_items(call: &Call<'_, '_>, (ledger, column): (&str, &str)) -> Result<Items, Trouble> {
    let mut rows = rows::of(call, ledger, OWN, false)?;
    // The rows of each name, by the one where it comes first. A row without a name is a gap, and stays one.
    let mut firsts = BTreeMap::<rows::At, Vec<rows::At>>::new();
    if call.flag("去重")? {
        let mut known = BTreeMap::new();
        for at in &rows {
            let name = text_of(call, ledger, column, *at).unwrap_or_default();
            firsts.entry(*known.entry(name).or_insert(*at)).or_default().push(*at);
        }
        rows.retain(|at| firsts.contains_key(at));
    } else {
        warn_of_twice(call, ledger, column, &rows);
    }
    let item = |at: &rows::At| {
        let fact = call.session.figures.reference(ledger, at.0)?;
        let row = &call.session.figures.rows(ledger, at.0)?[at.1];
        let all = firsts.get(at).map_or(std::slice::from_ref(at), Vec::as_slice);
        let from = all.iter().map(|(year, index)| {
            let cell = call.session.figures.cell_reference(ledger, *year, *index, column);
            cell.unwrap_or_else(|| Arc::clone(&fact))
        });
        cell(call, row, column, from.collect())
    };
    let shown = rows::shown(call, ledger, &rows)?;
    Ok(Items { said: rows.iter().map(item).collect::<Result<_, Trouble>>()?, shown })
}

/// What a row says in a column.
fn text_of(call: &Call<'_, '_>, ledger: &str, column: &str, (year, index): rows::At) -> Option<String> {
    let rows = call.session.figures.rows(ledger, year).ok()?;
    Some(value_text(&rows.get(index)?.cells.get(column)?.value))
}

/// Two rows of one village make two villages of one, where their names are listed.
fn warn_of_twice(call: &Call<'_, '_>, ledger: &str, column: &str, rows: &[rows::At]) {
    let mut seen = BTreeSet::new();
    let texts = rows.iter().filter_map(|(year, index)| {
        match &call.session.figures.rows(ledger, *year).ok()?.get(*index)?.cells.get(column)?.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }
    });
    let twice: BTreeSet<&str> = texts.filter(|text| !seen.insert(*text)).collect();
    if let Some(name) = twice.first() {
        let message = format!("“{ledger}”的“{column}”列举时，“{name}”重复了，会写两次、数两次");
        let hint = "请核对；一个名称有几行、只写一次的，加 去重=true";
        call.session.warn(call.site, "listed-twice", message, hint);
    }
}

fn cell(call: &Call<'_, '_>, row: &Row, column: &str, from: Vec<Arc<FactRef>>) -> Outcome {
    match (row.cells.get(column).map(|cell| &cell.value), from.first()) {
        (Some(value), _) if *value != Value::Blank => call.mark_text(&value_text(value), from, "台账"),
        (_, Some(first)) => Err(Trouble::missing(&first.path, first.year)),
        (_, None) => Ok(String::new()),
    }
}
