//! 列举: names, ledger columns or figures one after another.

use super::Outcome;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::ledger::{column, count_rows};
use super::rows;
use crate::facts::value::{Row, Value};
use crate::figures::{Cited, FactRef, Trouble, value_text};
use crate::template::call::Call;
use crate::template::session::Said;
use crate::zh::number::{Amount, Unit, numeral};

/// Parameters of 列举.
pub(super) const OWN: &[&str] = &["显示", "连", "末", "计", "数字", "等", "空", "排序", "倒序"];

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

/// `{{列举 名单 显示= 连= 末= 计= 数字= 等= 空=}}`
pub(super) fn list(call: &Call<'_, '_>) -> Outcome {
    let items = items(call)?;
    if items.is_empty() {
        return empty(call);
    }
    let shown = call.count("显示", 1000)?.map_or(items.len(), |n| (n as usize).clamp(1, items.len()));
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
    Ok(call.mark_derived_from(&words, Amount::exact(number.into(), Unit::default()), "名单计数", facts))
}

fn facts_of(call: &Call<'_, '_>, path: &str) -> Result<Cited, Trouble> {
    let list = column(call, path).map_or(path, |(ledger, _)| ledger);
    count_rows(call, list, &[]).map(|(_, facts)| facts)
}

/// Every item, marked with the fact it comes from.
fn items(call: &Call<'_, '_>) -> Result<Vec<String>, Trouble> {
    if call.len() == 1
        && let Ok(path) = call.path(0)
        && let Ok(column) = column(call, path)
    {
        return column_items(call, column);
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
    Ok(items)
}

fn names_a_ledger(call: &Call<'_, '_>, index: usize) -> Trouble {
    let name = call.path(index).unwrap_or_default();
    Trouble::wrong("not-a-list", format!("“{name}”是台账，要说明列举哪一列"), format!("请写成 {name}.列名"))
}

fn column_items(call: &Call<'_, '_>, (ledger, column): (&str, &str)) -> Result<Vec<String>, Trouble> {
    let item = |(year, index)| {
        let fact = call.session.figures.reference(ledger, year)?;
        let rows = call.session.figures.rows(ledger, year)?;
        let from = call.session.figures.cell_reference(ledger, year, index, column);
        cell(call, &rows[index], column, from.unwrap_or(fact))
    };
    let rows = rows::of(call, ledger, OWN, false)?;
    warn_of_twice(call, ledger, column, &rows);
    rows.into_iter().map(item).collect()
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
        let hint = "请核对；一个名称有几行的，另列一个名单来列举";
        call.session.warn(call.site, "listed-twice", message, hint);
    }
}

fn cell(call: &Call<'_, '_>, row: &Row, column: &str, from: Arc<FactRef>) -> Outcome {
    match row.cells.get(column).map(|cell| &cell.value) {
        None | Some(Value::Blank) => Err(Trouble::missing(&from.path, from.year)),
        Some(value) => call.mark_text(&value_text(value), vec![from], "台账"),
    }
}
