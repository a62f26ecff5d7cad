//! Names in a row against the lists that the facts keep: 石桥村、杨柳村等5个村.

use std::ops::Range;

use super::{Judged, Verdict};
use crate::facts::value::Value;
use crate::figures::{Cited, Figures, value_text};

/// A list of names that the facts keep.
#[derive(Debug)]
pub(super) struct List {
    pub path: String,
    names: Vec<String>,
    facts: Cited,
}

/// Names of a line joined by 、.
struct Row<'l> {
    span: Range<usize>,
    items: Vec<&'l str>,
    /// Whether 等 says that there are more.
    open: bool,
}

/// What is said of names in a row.
pub(super) struct Found {
    pub span: Range<usize>,
    pub judged: Judged,
    /// How many names there are, where all of them are named.
    pub count: Option<usize>,
}

impl List {
    /// Every list of a year: 名单, texts with 、, and the texts in the columns of a ledger.
    pub fn all(figures: &Figures) -> Vec<List> {
        let year = figures.period();
        let Some(facts) = figures.facts().years.get(&year) else { return Vec::new() };
        let mut all = Vec::new();
        for (path, fact) in &facts.facts {
            let named: Vec<Vec<String>> = match &fact.value {
                Value::List(items) => vec![items.iter().map(|item| item.text.clone()).collect()],
                Value::Text(text) => vec![text.split('、').map(str::to_owned).collect()],
                Value::Ledger(rows) => {
                    let columns = rows.first().map(|row| row.cells.keys().cloned().collect::<Vec<_>>());
                    let text = |column: &String| {
                        let cells = rows.iter().filter_map(|row| row.cells.get(column));
                        cells
                            .filter(|cell| matches!(cell.value, Value::Text(_)))
                            .map(|cell| value_text(&cell.value))
                            .collect()
                    };
                    columns.unwrap_or_default().iter().map(text).collect()
                }
                _ => Vec::new(),
            };
            let facts: Cited = figures.reference(path, year).into_iter().collect::<Vec<_>>().into();
            let lists = named.into_iter().filter(|names| names.len() > 1);
            all.extend(lists.map(|names| List { path: path.to_string(), names, facts: facts.clone() }));
        }
        all
    }

    /// What the list says of names in a row; nothing where the row is not about it.
    fn judge(&self, row: &Row<'_>) -> Option<Judged> {
        let last = row.items.len() - 1;
        let of = |(index, item): (usize, &&str)| {
            self.names.iter().position(|name| {
                let short = item.chars().count() > 1 && name.starts_with(item);
                *item == name
                    || short
                    || index == 0 && item.ends_with(name.as_str())
                    || index == last && item.starts_with(name.as_str())
            })
        };
        let found: Vec<Option<usize>> = row.items.iter().enumerate().map(of).collect();
        let hits = found.iter().flatten().count();
        if hits < 2 || hits * 2 < row.items.len() {
            return None;
        }
        let strange: Vec<&str> =
            row.items.iter().zip(&found).filter(|(_, hit)| hit.is_none()).map(|(item, _)| *item).collect();
        let left_out = (0..self.names.len()).filter(|at| !row.open && !found.contains(&Some(*at)));
        let left_out: Vec<&str> = left_out.map(|at| self.names[at].as_str()).collect();
        let whole = format!("“{}”是{}", self.path, self.names.join("、"));
        if strange.is_empty() && left_out.is_empty() {
            return Some(Judged { facts: self.facts.clone(), ..Judged::of(Verdict::Equal, &whole, None) });
        }
        let mut why = Vec::new();
        if !strange.is_empty() {
            why.push(format!("没有{}", strange.join("、")));
        }
        if !left_out.is_empty() {
            why.push(format!("少写了{}", left_out.join("、")));
        }
        let message = format!("{whole}，{}", why.join("，"));
        let expected = Some(self.names.join("、"));
        Some(Judged {
            expected,
            facts: self.facts.clone(),
            ..Judged::of(Verdict::Contradicting, &message, None)
        })
    }
}

/// Judges the names in a row of a line.
pub(super) fn judge(lists: &[List], line: &str) -> Vec<Found> {
    let judged = |row: Row<'_>| {
        let of = |list: &List| list.judge(&row).map(|judged| (judged, list.names.len()));
        let (judged, names) = lists.iter().filter_map(of).min_by_key(|(judged, _)| judged.verdict)?;
        let count = (judged.verdict == Verdict::Equal).then_some(names);
        Some(Found { span: row.span.clone(), judged, count })
    };
    if lists.is_empty() { Vec::new() } else { rows(line).filter_map(judged).collect() }
}

/// Stretches of a line with 、 in them, cut at other marks and at digits.
fn rows(line: &str) -> impl Iterator<Item = Row<'_>> {
    let ends = |c: char| {
        matches!(c, '，' | '。' | '；' | '：' | '（' | '）' | '(' | ')' | ',' | ';') || c.is_ascii_digit()
    };
    line.split(ends).filter(|part| part.contains('、')).map(move |part| {
        let start = part.as_ptr() as usize - line.as_ptr() as usize;
        let named = part.find('等').map_or(part, |at| &part[..at]);
        let mut items: Vec<&str> = named.split('、').collect();
        if let Some((one, other)) =
            items.last().and_then(|last| last.split_once(['和', '与'])).filter(|(_, other)| !other.is_empty())
        {
            items.pop();
            items.extend([one, other]);
        }
        Row { span: start..start + named.len(), items, open: named.len() < part.len() }
    })
}
