//! The columns of a table: what each is called, what it counts, and where that is said.

use super::BLANKS;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Quantity;
use crate::import::extract::extract;
use crate::import::facts::{self, Indicator};
use crate::import::name;
use crate::zh::number::{Amount, Unit};

/// Where the unit of a column is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// With each number.
    Cell,
    /// In the head.
    Head,
    /// Above the table, or nowhere.
    Nowhere,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its head as written.
    pub head: String,
    pub name: String,
    /// Empty for words, and for numbers of which no unit is said.
    pub unit: String,
    pub manner: Manner,
    pub kind: IndicatorKind,
    /// It only numbers the rows.
    pub serial: bool,
    /// A blank in it says that there is nothing: its total has told.
    pub noughts: bool,
}

/// Longest name of a column, in characters.
const LONGEST: usize = 16;
/// Heads of columns whose digits count nothing.
const CODES: [&str; 16] = [
    "电话",
    "手机",
    "号码",
    "联系方式",
    "编号",
    "编码",
    "代码",
    "证号",
    "身份证",
    "邮编",
    "日期",
    "时间",
    "年份",
    "年度",
    "月份",
    "届次",
];
/// Heads of numbers that are not of the unit that stands above the table.
const APART: [&str; 14] = [
    "率",
    "占比",
    "比重",
    "比例",
    "百分比",
    "增长",
    "同比",
    "增幅",
    "增速",
    "排名",
    "名次",
    "位次",
    "得分",
    "评分",
];

/// The columns that these heads and rows have.
///
/// # Errors
/// In Chinese: why the table is no ledger.
pub(super) fn columns(
    heads: &[String],
    rows: &[Vec<String>],
    above: Option<&str>,
) -> Result<Vec<Column>, String> {
    if rows.iter().any(|row| row.len() != heads.len()) {
        return Err("各行的格子不一样多".to_owned());
    }
    let mut columns: Vec<Column> = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        let cells: Vec<&str> = rows.iter().map(|row| row[at].as_str()).collect();
        let column = column(head, &cells, above)?;
        if columns.iter().any(|other| other.name == column.name) {
            return Err(format!("表头里有两个“{}”", column.name));
        }
        columns.push(column);
    }
    Ok(columns)
}

fn column(head: &str, cells: &[&str], above: Option<&str>) -> Result<Column, String> {
    let (words, own) = split(head);
    let name = bare(&words);
    if name.is_empty() {
        return Err("表头有空的格子".to_owned());
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(format!("表头“{head}”以数字开头，像是各年的数"));
    }
    if name.chars().count() > LONGEST {
        return Err(format!("表头“{head}”太长，不像列名"));
    }
    let column = Column {
        head: head.to_owned(),
        name: name.clone(),
        unit: String::new(),
        manner: Manner::Cell,
        kind: IndicatorKind::Text,
        serial: false,
        noughts: false,
    };
    let numbered = cells.iter().enumerate().all(|(at, cell)| *cell == (at + 1).to_string());
    if numbered && name == "序号" {
        return Ok(Column { serial: true, ..column });
    }
    let of_words = Column { name: bare(head), ..column.clone() };
    if CODES.iter().any(|word| name.contains(word)) {
        return Ok(of_words);
    }
    let Some((unit, manner)) = measured(&name, cells, own, above) else { return Ok(of_words) };
    let first = cells.iter().find(|cell| !BLANKS.contains(cell)).copied().unwrap_or_default();
    let text = if manner == Manner::Cell { first.to_owned() } else { format!("{first}{unit}") };
    let standing = ["户数", "人口", "人口数"].iter().any(|word| name.ends_with(word));
    let kind = match Indicator::of_number(&text, &name).kind {
        IndicatorKind::Flow if standing || name::is_register(name.trim_end_matches('数'), &unit) => {
            IndicatorKind::Stock
        }
        IndicatorKind::Flow if unit.is_empty() && facts::is_rated(&name) => IndicatorKind::Rate,
        kind => kind,
    };
    Ok(Column { unit, manner, kind, ..column })
}

/// The unit of a column of numbers, and where it stands; nothing for one of words.
fn measured(
    name: &str,
    cells: &[&str],
    own: Option<String>,
    above: Option<&str>,
) -> Option<(String, Manner)> {
    let said: Vec<&str> = cells.iter().copied().filter(|cell| !BLANKS.contains(cell)).collect();
    if said.is_empty() {
        return own.map(|unit| (unit, Manner::Head));
    }
    let all = |unit: &str| said.iter().all(|cell| is_number(&format!("{cell}{unit}")));
    if let Some(unit) = in_cells(&said) {
        return Some((unit, Manner::Cell));
    }
    if !said.iter().all(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '约')) {
        return None;
    }
    if let Some(unit) = own {
        return all(&unit).then_some((unit, Manner::Head));
    }
    let above = above.filter(|_| !APART.iter().any(|word| name.contains(word)));
    let unit = counted(name).or_else(|| above.map(str::to_owned));
    match unit.filter(|unit| all(unit)) {
        Some(unit) => Some((unit, Manner::Nowhere)),
        None => all("").then(|| (String::new(), Manner::Cell)),
    }
}

/// The unit that every cell has.
fn in_cells(said: &[&str]) -> Option<String> {
    let mut units = said.iter().map(|cell| {
        let unit = Quantity::parse(cell).ok()?.amount.unit;
        (!unit.base.is_empty() && is_unit(&unit.to_string())).then(|| unit.to_string())
    });
    let first = units.next()??;
    units.all(|unit| unit.as_ref() == Some(&first)).then_some(first)
}

fn is_number(text: &str) -> bool {
    Quantity::parse(text).is_ok()
}

/// What a head counts by its own words: 户数, 常住人口.
fn counted(name: &str) -> Option<String> {
    if name.trim_end_matches('数').ends_with("人口") {
        return Some("人".to_owned());
    }
    let unit = name.strip_suffix('数')?.chars().next_back()?.to_string();
    is_unit(&unit).then_some(unit)
}

/// Whether words are a unit: with a number before them they are one figure.
fn is_unit(words: &str) -> bool {
    let number = format!("12{words}");
    match extract(&number).as_slice() {
        [one] => {
            one.span == (0..number.len())
                && one.reading.as_ref().is_some_and(|reading| !reading.base().is_empty())
        }
        _ => false,
    }
}

/// The words of a head and the unit that it names: 投资（万元）, 投资/万元.
fn split(head: &str) -> (String, Option<String>) {
    let brackets = head.rfind(['（', '(']).and_then(|from| {
        let inside = &head[from..];
        let to = inside.find(['）', ')'])?;
        let open = inside.chars().next()?.len_utf8();
        let behind = &inside[to..];
        let close = behind.chars().next()?.len_utf8();
        Some((&head[..from], &inside[open..to], &behind[close..]))
    });
    let slashed = head.rsplit_once(['/', '／']).map(|(name, unit)| (name, unit, ""));
    for (before, unit, behind) in brackets.into_iter().chain(slashed) {
        let unit: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
        let unit = unit.trim_start_matches("单位").trim_start_matches(['：', ':']);
        if is_unit(unit) {
            return (format!("{before}{behind}"), Some(unit.to_owned()));
        }
    }
    (head.to_owned(), None)
}

/// Only what a name may hold.
fn bare(words: &str) -> String {
    words.chars().filter(|c| name::is_word(*c)).collect()
}

/// The one unit that the words above a table name: 单位：万元.
pub(super) fn unit_above(above: &[String]) -> Option<String> {
    let said = |words: &String| {
        let at = words.find("单位：").or_else(|| words.find("单位:"))?;
        let named = words[at..].split_once(['：', ':'])?.1;
        let named = named.split(['）', ')', '。', '；', '　']).next()?.trim();
        is_unit(named).then(|| named.to_owned())
    };
    above.iter().find_map(said)
}

impl Column {
    /// Its head as it is printed where nothing else is said.
    pub fn printed_head(&self) -> String {
        match self.manner {
            Manner::Head if !self.unit.is_empty() => format!("{}（{}）", self.name, Unit::parse(&self.unit)),
            _ => self.name.clone(),
        }
    }

    /// As it is registered.
    pub fn registered(&self) -> facts::Column {
        facts::Column { name: self.name.clone(), kind: self.kind, unit: self.unit.clone() }
    }

    /// A cell as it stands in the facts; empty where nothing is said.
    pub fn stored(&self, cell: &str) -> String {
        match self.manner {
            _ if BLANKS.contains(&cell) && self.noughts => format!("0{}", self.unit),
            _ if BLANKS.contains(&cell) => String::new(),
            Manner::Cell => cell.to_owned(),
            Manner::Head | Manner::Nowhere => format!("{cell}{}", self.unit),
        }
    }

    /// Whether its numbers can be added up.
    pub fn adds_up(&self) -> bool {
        matches!(self.kind, IndicatorKind::Flow | IndicatorKind::Stock)
    }

    /// Whether a cell of it is left blank.
    pub fn has_blank(&self, rows: &[Vec<String>], at: usize) -> bool {
        rows.iter().any(|row| BLANKS.contains(&row[at].as_str()))
    }

    /// What its cells add up to.
    pub fn sum(&self, rows: &[Vec<String>], at: usize) -> Option<Amount> {
        let cells = rows.iter().map(|row| self.stored(&row[at])).filter(|cell| !cell.is_empty());
        let amounts: Option<Vec<Amount>> =
            cells.map(|cell| Quantity::parse(&cell).ok().map(|quantity| quantity.amount)).collect();
        Amount::total(&amounts?, Unit::parse(&self.unit)).ok()
    }

    /// A figure of it as it is printed.
    pub fn printed(&self, words: &str) -> String {
        match self.manner {
            Manner::Cell => words.to_owned(),
            Manner::Head | Manner::Nowhere => words.strip_suffix(&self.unit).unwrap_or(words).to_owned(),
        }
    }
}
