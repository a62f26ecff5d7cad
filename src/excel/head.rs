//! Finds the head of a table: below titles, in one row or several, whatever is merged in it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::book::Sheet;
use super::book::place::{Address, letters};
use super::head_rows::{Merged, left_above, may_begin, may_follow, parts_of};
use super::said::{lines, words};
use super::title::{self, Title};
use crate::diag::{Act, Diagnostic, Mapping};
use crate::facts::registry::Column;
use crate::zh::number::Unit;

/// Rows with content among which the head is looked for.
const LOOKED_AT: usize = 40;
/// Rows that a head may have.
const DEEPEST: u32 = 3;
/// Columns that a head may have.
const WIDEST: u32 = 400;

/// What may stand around the name of a column without making it another one.
const BEHIND: [&str; 14] = [
    "名称", "名", "金额", "数额", "总额", "额", "人数", "数量", "总数", "数", "情况", "时间", "日期", "面积",
];
const BEFORE: [&str; 6] = ["项目", "企业", "单位", "总", "本年", "全年"];

/// The columns that a table should have.
#[derive(Debug, Clone, Default)]
pub struct Wish<'r> {
    /// Name of the ledger's columns and what they hold; empty where the ledger takes any.
    pub columns: Vec<(&'r str, &'r Column)>,
    /// Heads that were said to mean a column, by their plain words; none of them where that is empty.
    pub saved: BTreeMap<String, String>,
}

impl Wish<'_> {
    /// What was said of a head, and the words by which it was called: all of them, the name without its unit, or the
    /// words with the place of the column, where several say the same.
    fn said(&self, told: &Told) -> Option<(String, &str)> {
        let placed = placed(&told.shown, told.column);
        let names = told.readings.iter().take(1).map(|(name, _)| name.clone());
        let calls = [title::plain(&placed), told.plain.clone()].into_iter().chain(names);
        let mut said = calls.filter_map(|call| Some((call.clone(), self.saved.get(&call)?.as_str())));
        said.next().map(|(call, name)| match call == title::plain(&placed) {
            true => (placed, name),
            false => (told.shown.clone(), name),
        })
    }

    /// Whether a head may be taken for a column by its words: nobody said that it means another one or none.
    fn leaves(&self, told: &Told, name: &str) -> bool {
        self.said(told).is_none_or(|(_, said)| said == name)
    }
}

/// The words of a head with the place of its column.
fn placed(title: &str, column: u32) -> String {
    format!("{title}（{}列）", letters(column))
}

/// How a column was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By its name.
    Named,
    /// By what was said before.
    Saved,
    /// By a name that is nearly the same.
    Guessed,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its place, from 0.
    pub column: u32,
    /// The words of its head.
    pub title: String,
    /// The column of the ledger.
    pub name: String,
    /// What the head says beside the name: a unit as a rule.
    pub beside: Option<String>,
    /// How it was recognised.
    pub how: How,
}

/// A column of the ledger for which several heads might be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The column of the ledger.
    pub name: String,
    /// The heads: place, from 0, and words.
    pub heads: Vec<(u32, String)>,
}

/// The head of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Its first row.
    pub first: u32,
    /// Its last row.
    pub last: u32,
    /// Columns that are read, from left to right.
    pub columns: Vec<Found>,
    /// Heads of columns that are not read.
    pub unused: Vec<(u32, String)>,
    /// Columns of the ledger for which several heads might be meant.
    pub doubtful: Vec<Doubt>,
    /// Units that the lines above the head state.
    pub units: Vec<Unit>,
    /// Rows above the head in which more stands than a title: they are not read.
    pub above: Vec<u32>,
}

impl Head {
    /// The words over every column, read or not.
    pub fn titles(&self) -> impl Iterator<Item = (u32, &str)> {
        let read = self.columns.iter().map(|found| (found.column, found.title.as_str()));
        read.chain(self.unused.iter().map(|(column, title)| (*column, title.as_str())))
    }
}

/// What stands over a column, in every way in which it is looked at.
struct Told {
    column: u32,
    /// For people.
    shown: String,
    /// For comparison.
    plain: String,
    readings: Vec<(String, Option<String>)>,
}

impl Told {
    fn of(column: u32, title: &Title) -> Told {
        let shown = title.shown();
        Told { column, plain: title::plain(&shown), shown, readings: title.readings() }
    }

    fn found(&self, name: &str, beside: Option<String>, how: How) -> Found {
        Found { column: self.column, title: self.shown.clone(), name: name.to_owned(), beside, how }
    }
}

/// How well a head fits: its columns, then their units, then how few rows it needs.
type Score = (usize, usize, Reverse<u32>);

/// Finds the head of a sheet.
///
/// # Errors
/// There is none, or none with a column that is asked for.
pub fn find(sheet: &Sheet, wish: &Wish<'_>) -> Result<Head, Diagnostic> {
    let rows: Vec<u32> = sheet.rows().take(LOOKED_AT).map(|cells| cells[0].at.row).collect();
    let deep = rows.iter().flat_map(|row| *row..row + DEEPEST).collect();
    let merged = Merged::of(sheet, &deep, WIDEST);
    let widest = sheet.rows().take(LOOKED_AT).map(<[_]>::len).max().unwrap_or(0);
    let mut best: Option<(Score, Head)> = None;
    for first in rows.iter().copied().filter(|row| may_begin(sheet, *row)) {
        for last in last_rows(sheet, &merged, first, wish) {
            let (score, head) = matched(&titles(sheet, &merged, first, last), wish, (first, last));
            // Of a ledger that takes any column the first row that fills most of the table is the head.
            let score = match wish.columns.is_empty() {
                true => (score.min((widest * 2).div_ceil(3)), 0, Reverse(0)),
                false => (score, unit_count(&head, wish), Reverse(last - first)),
            };
            if score.0 > 0 && best.as_ref().is_none_or(|(best, _)| score > *best) {
                best = Some((score, head));
            }
        }
    }
    let found = best.as_ref().map_or(0, |(_, head)| head.columns.len());
    if let Some(column) = heads_in_column(sheet, &rows, wish, found) {
        return Err(turned(sheet, column));
    }
    let (_, mut head) = best.ok_or_else(|| no_head(sheet, wish))?;
    tell_apart(sheet, &merged, &mut head);
    let above = sheet.rows().flatten().take_while(|cell| cell.at.row < head.first);
    head.units =
        above.flat_map(|cell| title::units(&words(&cell.content))).map(|unit| Unit::parse(&unit)).collect();
    head.above = left_above(sheet, head.first);
    Ok(head)
}

/// The rows with which a head that begins in `first` may end. Where columns are asked for, that one of them counts
/// whose words fit; where any are taken, the row below is one only where it parts the heads above it.
fn last_rows(sheet: &Sheet, merged: &Merged, first: u32, wish: &Wish<'_>) -> Vec<u32> {
    let mut all = vec![first];
    for row in first + 1..first + DEEPEST {
        match wish.columns.is_empty() {
            true if parts_of(sheet, merged, row) => all = vec![row],
            false if may_follow(sheet, row) => all.push(row),
            _ => break,
        }
    }
    all
}

/// Heads that say the same because a merged cell stands over them are told apart by the row below, others by their
/// place.
fn tell_apart(sheet: &Sheet, merged: &Merged, head: &mut Head) {
    let last = head.last + 1;
    let below = last - head.first < DEEPEST && may_follow(sheet, last);
    let deeper = if below { titles(sheet, merged, head.first, last) } else { Vec::new() };
    let deeper: BTreeMap<u32, Told> = deeper.into_iter().map(|told| (told.column, told)).collect();
    for doubt in &mut head.doubtful {
        let alike = |doubt: &Doubt| doubt.heads.windows(2).all(|pair| pair[0].1 == pair[1].1);
        if !alike(doubt) {
            continue;
        }
        for (column, title) in &mut doubt.heads {
            if let Some(whole) = deeper.get(column) {
                *title = whole.shown.clone();
            }
        }
        if alike(doubt) {
            doubt.heads.iter_mut().for_each(|(column, title)| *title = placed(title, *column));
        }
    }
}

/// The column in which more names of columns stand below each other than in any row: the table is turned.
fn heads_in_column(sheet: &Sheet, rows: &[u32], wish: &Wish<'_>, found: usize) -> Option<u32> {
    const LOOKED_AT: u32 = 3;
    let names: BTreeSet<String> = wish.columns.iter().map(|(name, _)| title::plain(name)).collect();
    let is_name = |column: u32, row: u32| {
        let content = sheet.get(Address { row, column })?;
        let readings = Title { levels: vec![lines(content)] }.readings();
        readings.first().map(|(name, _)| name.clone()).filter(|name| names.contains(name))
    };
    let named =
        |column: &u32| rows.iter().filter_map(|row| is_name(*column, *row)).collect::<BTreeSet<_>>().len();
    (0..LOOKED_AT).find(|column| named(column) > found.max(1))
}

fn turned(sheet: &Sheet, column: u32) -> Diagnostic {
    let message = format!("“{}”的表头在{}列，从上往下写，一列才是一行数据", sheet.name, letters(column));
    Diagnostic::error("turned-table", message)
        .hint("请在 Excel 里复制这张表，用“选择性粘贴—转置”放到另一个工作表，再导入")
}

fn no_head(sheet: &Sheet, wish: &Wish<'_>) -> Diagnostic {
    let names: Vec<String> = wish.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    let problem = Diagnostic::error("no-head", format!("“{}”里没有找到表头", sheet.name));
    match names.is_empty() {
        true => problem.hint("表头要有两列以上的文字，下面跟着数据"),
        false => problem.hint(Act::Map(Mapping::Heads(names))),
    }
}

/// Columns beside whose name stands a unit that they may have.
fn unit_count(head: &Head, wish: &Wish<'_>) -> usize {
    let fits = |found: &&Found| {
        let column = wish.columns.iter().find(|(name, _)| *name == found.name);
        column.is_some_and(|(_, column)| found.beside.is_some() && may_stand(found.beside.as_deref(), column))
    };
    head.columns.iter().filter(fits).count()
}

/// The titles of every column in rows `first` to `last`.
fn titles(sheet: &Sheet, merged: &Merged, first: u32, last: u32) -> Vec<Told> {
    let cells = (first..=last).flat_map(|row| sheet.row(row));
    let end = cells.map(|cell| cell.at.column + 1).max().unwrap_or(0).min(WIDEST);
    let areas = merged.in_rows(first, last).map(|area| area.to.column + 1);
    let end = areas.max().unwrap_or(0).max(end).min(WIDEST);
    let level = |row: u32, column: u32| level(sheet, merged, Address { row, column }, (first, last));
    let title = |column: u32| {
        let levels: Vec<String> = (first..=last).filter_map(|row| level(row, column)).collect();
        (!levels.is_empty()).then(|| Told::of(column, &Title { levels }))
    };
    (0..end).filter_map(title).collect()
}

/// The words over a column in one row of the head.
fn level(sheet: &Sheet, merged: &Merged, at: Address, (first, last): (u32, u32)) -> Option<String> {
    if let Some(area) = merged.over(at) {
        // A cell that runs over several rows counts in its first, one that began above the head not at all.
        return (area.from.row == at.row && area.from.row >= first)
            .then(|| sheet.get(area.from).map(lines))
            .flatten()
            .filter(|words| !words.is_empty());
    }
    if let Some(content) = sheet.get(at) {
        return Some(lines(content)).filter(|words| !words.is_empty());
    }
    // Without merging, a head over several columns stands over the first of them.
    let below = |column: u32| at.row < last && sheet.get(Address { row: at.row + 1, column }).is_some();
    let left = (0..at.column).rev().map(|column| Address { row: at.row, column });
    let parent = left.take_while(|left| below(left.column)).find_map(|left| sheet.get(left).map(lines));
    let loose = || !merged.in_rows(at.row, at.row).any(|area| area.from.row == at.row);
    parent.filter(|_| below(at.column) && loose())
}

/// How well titles fit what is asked for, and the head that they make.
fn matched(titles: &[Told], wish: &Wish<'_>, (first, last): (u32, u32)) -> (usize, Head) {
    let mut head = Head { first, last, ..Head::default() };
    if wish.columns.is_empty() {
        return any(titles, wish, head);
    }
    let mut taken: BTreeMap<u32, Found> = BTreeMap::new();
    for (name, column) in &wish.columns {
        let plain = title::plain(name);
        let saved: Vec<Found> = titles.iter().filter_map(|told| by_saved(told, name, wish)).collect();
        let free = || titles.iter().filter(|told| wish.leaves(told, name));
        let whole: Vec<Found> =
            free().filter_map(|told| by_name(told, (name, &plain), column, true)).collect();
        let part: Vec<Found> =
            free().filter_map(|told| by_name(told, (name, &plain), column, false)).collect();
        match [saved, whole, part].into_iter().find(|found| !found.is_empty()).as_deref() {
            Some([only]) => drop(taken.insert(only.column, only.clone())),
            Some(several) => {
                let heads = several.iter().map(|one| (one.column, one.title.clone())).collect();
                head.doubtful.push(Doubt { name: (*name).to_owned(), heads });
            }
            None => {}
        }
    }
    let named = taken.len();
    let saved = taken.values().filter(|found| found.how == How::Saved).count();
    guess(titles, wish, &head.doubtful, &mut taken);
    let (guessed, doubtful) = (taken.len() - named, head.doubtful.len());
    let unused = titles.iter().filter(|told| !taken.contains_key(&told.column));
    head.unused = unused.map(|told| (told.column, told.shown.clone())).collect();
    head.columns = taken.into_values().collect();
    let enough = named + doubtful > 0 || guessed > 1 || wish.columns.len() == guessed;
    // What was said counts for more than what the words say, and that for more than what they leave open.
    (if enough { saved + named * 8 + doubtful * 7 + guessed * 2 } else { 0 }, head)
}

/// A ledger that takes any column; of two columns with one name the second is not read.
fn any(titles: &[Told], wish: &Wish<'_>, mut head: Head) -> (usize, Head) {
    let mut distinct = BTreeSet::new();
    for told in titles {
        let Some((name, beside)) = told.readings.first() else { continue };
        let name = name.replace(':', "");
        let (title, column) = (told.shown.clone(), told.column);
        if !distinct.insert(name.clone()) {
            head.unused.push((column, title));
            continue;
        }
        if wish.said(told).is_some_and(|(_, said)| said.is_empty()) {
            head.unused.push((column, title));
            continue;
        }
        head.columns.push(told.found(&name, beside.clone(), How::Named));
    }
    let good = distinct.len() > 1;
    (if good { distinct.len() } else { 0 }, head)
}

fn by_saved(told: &Told, name: &str, wish: &Wish<'_>) -> Option<Found> {
    let (title, _) = wish.said(told).filter(|(_, said)| *said == name)?;
    let beside = told.readings.first().and_then(|(_, beside)| beside.clone());
    Some(Found { title, ..told.found(name, beside, How::Saved) })
}

/// The column by its name: `whole`, with everything that stands above it, or by part of its head.
fn by_name(told: &Told, (name, plain): (&str, &str), of: &Column, whole: bool) -> Option<Found> {
    let readings = if whole { told.readings.get(..1).unwrap_or_default() } else { &told.readings };
    let mut readings = readings.iter();
    let (_, beside) =
        readings.find(|(said, beside)| said == plain && (whole || may_stand(beside.as_deref(), of)))?;
    Some(told.found(name, beside.clone(), How::Named))
}

/// Whether what stands beside a name is nothing, or a unit that the column may have.
fn may_stand(beside: Option<&str>, of: &Column) -> bool {
    let Some(beside) = beside else { return true };
    of.unit.as_ref().is_some_and(|unit| unit.base == Unit::parse(beside).base)
}

/// Columns whose heads say a little more or less than their names; only where there is one such head.
fn guess(titles: &[Told], wish: &Wish<'_>, doubtful: &[Doubt], taken: &mut BTreeMap<u32, Found>) {
    let known = |name: &str| doubtful.iter().any(|doubt| doubt.name == name);
    for (name, _) in &wish.columns {
        if known(name) || taken.values().any(|found| found.name == *name) {
            continue;
        }
        let wanted = title::plain(name);
        let free = titles.iter();
        let free = free.filter(|told| !taken.contains_key(&told.column) && wish.said(told).is_none());
        let near: Vec<Found> = free.filter_map(|told| nearly(told, name, &wanted)).collect();
        if let [only] = near.as_slice() {
            taken.insert(only.column, only.clone());
        }
    }
}

fn nearly(told: &Told, name: &str, wanted: &str) -> Option<Found> {
    let same = |said: &str| {
        let more = |long: &str, short: &str| {
            let behind = long.strip_prefix(short).is_some_and(|rest| BEHIND.contains(&rest));
            let before = long.strip_suffix(short).is_some_and(|rest| BEFORE.contains(&rest));
            behind || before
        };
        more(said, wanted) || more(wanted, said)
    };
    let (_, beside) = told.readings.iter().find(|(said, _)| same(said))?;
    Some(told.found(name, beside.clone(), How::Guessed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excel::book::place::{Area, letters};
    use crate::excel::book::typed;
    use crate::facts::registry::IndicatorKind;

    /// A sheet of words; a row in one text, cells parted by `|`, the merged areas behind.
    fn sheet(rows: &[&str], merged: &[&str]) -> Sheet {
        let mut builder = typed(rows);
        merged.iter().filter_map(|area| Area::parse(area)).for_each(|area| builder.merge(area, "").unwrap());
        builder.finish()
    }

    fn column(unit: &str) -> Column {
        let kind = if unit.is_empty() { IndicatorKind::Text } else { IndicatorKind::Flow };
        let unit = (!unit.is_empty()).then(|| Unit::parse(unit));
        Column { kind, unit, member_of: None, checks: Vec::new() }
    }

    /// `first-last name=column[unit] … | doubtful`.
    fn found(sheet: &Sheet, names: &[(&str, &str)], saved: &[(&str, &str)]) -> String {
        let columns: Vec<(&str, Column)> = names.iter().map(|(name, unit)| (*name, column(unit))).collect();
        let wish = Wish {
            columns: columns.iter().map(|(name, column)| (*name, column)).collect(),
            saved: saved.iter().map(|(title, name)| ((*title).to_owned(), (*name).to_owned())).collect(),
        };
        match find(sheet, &wish) {
            Ok(head) => {
                let shown = |one: &Found| {
                    let beside = one.beside.as_ref().map(|beside| format!("[{beside}]")).unwrap_or_default();
                    let how = if one.how == How::Guessed { "?" } else { "" };
                    format!("{}={}{beside}{how}", one.name, letters(one.column))
                };
                let columns: Vec<String> = head.columns.iter().map(shown).collect();
                let units: Vec<String> = head.units.iter().map(Unit::to_string).collect();
                let doubtful: Vec<&str> = head.doubtful.iter().map(|one| one.name.as_str()).collect();
                format!(
                    "{}-{} {} {}",
                    head.first,
                    head.last,
                    columns.join(" "),
                    [units.join("、"), doubtful.join("、")].concat()
                )
                .trim_end()
                .to_owned()
            }
            Err(problem) => problem.rule.to_owned(),
        }
    }

    const NAMES: [(&str, &str); 3] = [("企业", ""), ("投资", "万元"), ("安置就业", "人")];

    #[test]
    fn heads_are_found_below_titles() {
        let plain =
            sheet(&["云溪镇台账", "|||单位：万元", "序号|企业|投资|安置就业", "1|甲厂|640|54"], &["A1:D1"]);
        assert_eq!(found(&plain, &NAMES, &[]), "3-3 企业=B 投资=C 安置就业=D 万元");
        let captions = sheet(
            &["填报单位：招商办||||单位：万元", "序号|企业|投资||人数", "||计划|完成|", "1|甲厂|9|8|7"],
            &["C2:D2"],
        );
        let said = [("投资·完成", "投资")];
        assert_eq!(found(&captions, &NAMES[..2], &said), "2-3 企业=B 投资=D 万元");
        let units = sheet(&["企业名称|投资额（万元）|安置就业人数(人)", "甲厂|1|2"], &[]);
        assert_eq!(found(&units, &NAMES, &[]), "1-1 企业=A? 投资=B[万元]? 安置就业=C[人]?");
    }

    #[test]
    fn heads_of_several_rows_are_joined() {
        let merged = sheet(
            &["序号|企业|投资|||安置就业", "||计划|完成|", "1|甲厂|9|8||7"],
            &["A1:A2", "B1:B2", "C1:D1", "F1:F2"],
        );
        let names = [("企业", ""), ("投资完成", "万元"), ("安置就业", "人")];
        assert_eq!(found(&merged, &names, &[]), "1-2 企业=B 投资完成=D 安置就业=F");
        assert_eq!(found(&merged, &[("企业", ""), ("完成", "万元")], &[]), "1-2 企业=B 完成=D");
        let loose = sheet(&["企业|投资（万元）", "|计划|完成", "甲厂|9|8"], &[]);
        assert_eq!(found(&loose, &[("企业", ""), ("完成", "万元")], &[]), "1-2 企业=A 完成=C[万元]");
        let below = sheet(&["企业|投资|安置就业", "|万元|人", "甲厂|9|8"], &["A1:A2"]);
        assert_eq!(found(&below, &NAMES, &[]), "1-2 企业=A 投资=B[万元] 安置就业=C[人]");
    }

    #[test]
    fn figures_are_no_heads_and_what_is_of_them_is_one() {
        let gap = sheet(&["村||人口", "东湾村|沿河|1200", "西岭村|山上|860"], &[]);
        assert_eq!(found(&gap, &[], &[]), "1-1 村=A 人口=C");
        let words = sheet(&["村||备注", "东湾村|沿河|好", "西岭村|山上|好"], &[]);
        assert_eq!(found(&words, &[], &[]), "1-1 村=A 备注=C");
        let people = [("村", ""), ("人口", "人"), ("女", "人")];
        let colon = sheet(&["村|人口|其中：女|耕地面积", "东湾村|1200|580|900"], &[]);
        assert_eq!(found(&colon, &people, &[]), "1-1 村=A 人口=B 女=C");
        assert_eq!(found(&colon, &people, &[("其中:女", "女")]), "1-1 村=A 人口=B 女=C");
        assert_eq!(found(&colon, &[], &[]), "1-1 村=A 人口=B 其中女=C 耕地面积=D");
        let merged = ["A1:A2", "B1:C1"];
        let parted = sheet(&["村|人口|", "|总数|其中：女", "东湾村|1200|580"], &merged);
        assert_eq!(found(&parted, &people, &[]), "1-2 村=A 人口=B? 女=C");
        assert_eq!(found(&parted, &[], &[]), "1-2 村=A 人口总数=B 人口其中女=C");
        let loose = sheet(&["村|人口|", "|总数|其中：女", "东湾村|1200|580"], &[]);
        assert_eq!(found(&loose, &[], &[]), "1-2 村=A 人口总数=B 人口其中女=C");
        let years = sheet(&["村|2023|2024", "东湾村|1200|1210"], &[]);
        assert_eq!(found(&years, &[], &[]), "1-1 村=A 2023=B 2024=C");
        let above = sheet(&["甲|乙", "企业|投资|备注|电话", "甲厂|1|好|12"], &[]);
        assert_eq!(find(&above, &Wish::default()).unwrap().above, [1]);
    }

    #[test]
    fn what_may_be_two_columns_is_doubtful_until_it_is_said() {
        let twice = sheet(&["企业|上年|今年", "|投资|投资", "甲厂|9|8"], &["A1:A2"]);
        assert_eq!(found(&twice, &NAMES, &[]), "1-2 企业=A 投资");
        assert_eq!(found(&twice, &NAMES, &[("今年·投资", "投资")]), "1-2 企业=A 投资=C");
        let merged = sheet(&["企业|投资|", "|计划|完成", "甲厂|9|8"], &["A1:A2", "B1:C1"]);
        assert_eq!(found(&merged, &NAMES, &[]), "1-1 企业=A 投资");
        assert_eq!(found(&merged, &NAMES, &[("投资·完成", "投资")]), "1-2 企业=A 投资=C");
        let columns = NAMES.map(|(name, unit)| (name, column(unit)));
        let columns = columns.iter().map(|(name, column)| (*name, column)).collect();
        let head = find(&merged, &Wish { columns, saved: BTreeMap::new() }).unwrap();
        let heads = [(1, "投资·计划".to_owned()), (2, "投资·完成".to_owned())];
        assert_eq!(head.doubtful, [Doubt { name: "投资".to_owned(), heads: heads.to_vec() }]);
    }

    #[test]
    fn nothing_is_guessed_that_may_be_something_else() {
        let other = sheet(&["企业|投资方|计划投资", "甲厂|乙|8"], &[]);
        assert_eq!(found(&other, &NAMES, &[]), "1-1 企业=A");
        assert_eq!(found(&sheet(&["甲|乙", "1|2"], &[]), &NAMES, &[]), "no-head");
        assert_eq!(found(&sheet(&[], &[]), &NAMES, &[]), "no-head");
        assert_eq!(
            found(&sheet(&["题目", "企业|投资（万元）", "甲厂|1"], &[]), &[], &[]),
            "2-2 企业=A 投资=B[万元]"
        );
    }
}
