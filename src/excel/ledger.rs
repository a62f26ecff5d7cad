//! The table of any department → rows of a ledger.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rust_decimal::Decimal;

pub use super::asked::Asked;
use super::asked::{few_enough, indicator, key, one_year, refuse_unknown, said_of_no_head, year};
use super::book::place::{Address, letters, ranges};
use super::book::{Book, Content, Sheet};
use super::export::ledgers;
use super::fill::Fill;
use super::form;
use super::head::{self, Doubt, Found, Head, How, Wish};
use super::known::{self, SheetRow};
use super::measure::is_measure;
use super::proposal::{Finding, Proposal};
use super::row_words::{Line, is_serial};
use super::rows::{self, Target};
use super::said::{self, CellText, Wanted};
use super::table::{Held, Table};
use super::title;
use super::totals::differences;
use crate::diag::{Act, Diagnostic, Hint, Level, Mapping, Problems, nearest};
use crate::facts::registry::{Column, IndicatorKind};
use crate::figures::Figures;
use crate::period::Period;
use crate::zh::number::{Scale, Unit, shift};

/// What the table would change in the ledger.
///
/// # Errors
/// The ledger is unknown, the sheet is missing or cannot be told, no head is found, or a column has another unit.
pub fn propose(book: &Book, figures: &Figures, asked: &Asked<'_>) -> Result<Proposal, Problems> {
    let indicator = indicator(figures, asked.ledger)?;
    let sheet = book.chosen(asked.sheet)?;
    few_enough(sheet)?;
    let columns: Vec<(&str, &Column)> =
        indicator.iter().flat_map(|one| &one.columns).map(|(name, column)| (name.as_str(), column)).collect();
    refuse_unknown(&columns, asked)?;
    let head = head::find(sheet, &Wish { columns: columns.clone(), saved: asked.meant() })?;
    said_of_no_head(&head, asked)?;
    let year = year(figures, asked, &sheet.name)?;
    let registered = indicator.and_then(|indicator| indicator.key.as_deref());
    let key = key(registered, asked, &columns, ledgers::rows(figures, year, asked.ledger))?;
    let keyless = key.is_none() && !columns.is_empty();
    let members = members(figures, year, &columns);
    let mut reader = TableReader {
        sheet,
        head: &head,
        members,
        columns,
        key,
        proposal: Proposal::default(),
        refused: BTreeSet::new(),
        unread: BTreeMap::new(),
        left_out: 0,
    };
    let units = reader.units()?;
    let read = reader.rows(units, registered.is_none());
    if asked.replace && reader.left_out > 0 {
        reader.refuse_to_replace();
    }
    reader.remark_year(asked, year);
    let mut proposal = reader.proposal;
    for found in head.columns.iter().filter(|found| found.how != How::Named) {
        proposal.mapping.push((asked.ledger.to_owned(), found.title.clone(), found.name.clone()));
    }
    let unread = asked.said.iter().filter(|(_, name)| name.is_empty());
    proposal.mapping.extend(unread.map(|(title, _)| (asked.ledger.to_owned(), title.clone(), String::new())));
    // A ledger that takes any column has nowhere to keep it.
    let kept = key.filter(|_| registered.is_none() && indicator.is_some_and(|one| !one.columns.is_empty()));
    proposal.key = kept.map(|key| (asked.ledger.to_owned(), key.to_owned()));
    let target = Target {
        ledger: asked.ledger,
        year,
        sheet: &sheet.name,
        columns: &head.columns,
        key,
        replace: asked.replace,
        add: asked.add,
        keyless,
    };
    rows::propose(&mut proposal, figures, &target, read);
    Ok(proposal)
}

struct TableReader<'s> {
    sheet: &'s Sheet,
    head: &'s Head,
    columns: Vec<(&'s str, &'s Column)>,
    /// The names that texts of a column must be among, and what the list of them is called.
    members: BTreeMap<&'s str, (&'s str, Vec<String>)>,
    key: Option<&'s str>,
    proposal: Proposal,
    /// Columns that are not read because their unit is another one.
    refused: BTreeSet<u32>,
    /// Cells of each column that could not be read.
    unread: BTreeMap<u32, usize>,
    /// Rows that were left out.
    left_out: usize,
}

impl<'s> TableReader<'s> {
    fn registered(&self, name: &str) -> Option<&'s Column> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// The unit that each column is written in, where the table says it.
    fn units(&mut self) -> Result<BTreeMap<String, Unit>, Problems> {
        let mut problems: Vec<Diagnostic> = self.head.doubtful.iter().map(doubtful).collect();
        if let Some(key) = self.key.filter(|key| !self.head.columns.iter().any(|found| found.name == *key)) {
            problems.extend(
                (!self.head.doubtful.iter().any(|doubt| doubt.name == key)).then(|| self.no_key(key)),
            );
        }
        let mut units = BTreeMap::new();
        for found in &self.head.columns {
            match self.unit(found) {
                Ok(Some(unit)) => drop(units.insert(found.name.clone(), unit)),
                Ok(None) => {}
                Err(mut problem) => {
                    problem.message.push_str("，这一列没有读");
                    self.refused.insert(found.column);
                    let at = format!("{}!{}列", self.sheet.name, letters(found.column));
                    self.remark(at, *problem);
                }
            }
        }
        self.remark_columns(&units);
        if problems.is_empty() { Ok(units) } else { Err(Problems(problems)) }
    }

    fn no_key(&self, key: &str) -> Diagnostic {
        let unused = self.head.unused.iter().map(|(_, title)| title.clone()).collect();
        Diagnostic::error("no-key-column", format!("“{}”里没有找到“{key}”这一列", self.sheet.name))
            .hint(Act::Map(Mapping::Key { name: key.to_owned(), unused }))
    }

    /// The unit of a column: beside its head, else above the table.
    fn unit(&self, found: &Found) -> Result<Option<Unit>, Box<Diagnostic>> {
        let registered = self.registered(&found.name);
        let own = registered.and_then(|column| column.unit.as_ref());
        let number = registered.is_none_or(|column| {
            matches!(column.kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate)
        });
        if !number {
            return Ok(None);
        }
        let beside = found.beside.as_deref().map(Unit::parse);
        match (beside, own) {
            (Some(unit), Some(own)) if unit.base == own.base => return Ok(Some(unit)),
            // 投资（万）.
            (Some(unit), Some(own)) if unit.base.is_empty() && unit.is_scaled() => {
                return Ok(Some(own.with_scale(unit.scale)));
            }
            (Some(unit), Some(own)) if is_measure(&unit) => {
                let message =
                    format!("“{}”的单位是“{unit}”，指标表里“{}”的单位是“{own}”", found.title, found.name);
                return Err(Box::new(
                    Diagnostic::error("wrong-unit", message)
                        .hint("请核对是不是对应错了列；单位变了，就改“指标.yaml”"),
                ));
            }
            (Some(unit), None) if is_measure(&unit) => return Ok(Some(unit)),
            // 投资（元、亩）, 投资（以亿元计）.
            (Some(_), Some(own))
                if found.beside.as_deref().is_some_and(|words| words.contains(&own.base)) =>
            {
                let message = format!("“{}”里写的单位看不明白", found.title);
                let hint = format!("请在表头里只写单位，如“{}（{own}）”", found.name);
                return Err(Box::new(Diagnostic::error("unclear-unit", message).hint(hint)));
            }
            _ => {}
        }
        let fits = |unit: &&Unit| own.is_some_and(|own| own.base == unit.base);
        Ok(self.head.units.iter().find(fits).cloned())
    }

    /// What was guessed, left out, or had to be assumed.
    fn remark_columns(&mut self, units: &BTreeMap<String, Unit>) {
        let place = |column: u32| format!("{}!{}列", self.sheet.name, letters(column));
        let mut remarks = Vec::new();
        for found in &self.head.columns {
            if found.how == How::Guessed {
                let message = format!("表头“{}”当作“{}”", found.title, found.name);
                remarks.push((place(found.column), message, Hint::from(Act::Map(Mapping::Guessed))));
            }
            let own = self.registered(&found.name).and_then(|column| column.unit.as_ref());
            if let Some(own) = own.filter(|own| {
                !self.refused.contains(&found.column) && !units.contains_key(&found.name) && own.base == "元"
            }) {
                let message = format!("表里没有写“{}”的单位，按指标表的“{own}”读", found.title);
                remarks.push((place(found.column), message, "请核对表里是不是这个单位".into()));
            }
        }
        let missing = self.columns.iter().map(|(name, _)| *name).filter(|name| {
            let found = self.head.columns.iter().any(|found| found.name == *name);
            !found && !self.head.doubtful.iter().any(|doubt| doubt.name == *name)
        });
        let missing: Vec<&str> = missing.collect();
        if !missing.is_empty() {
            let message = format!("表里没有这些列：{}", missing.join("、"));
            remarks.push((self.sheet.name.clone(), message, Act::Map(Mapping::Missing).into()));
        }
        let unused: Vec<&str> = self.head.unused.iter().map(|(_, title)| title.as_str()).collect();
        if !unused.is_empty() {
            let message = format!("没有用到这些列：{}", unused.join("、"));
            remarks.push((self.sheet.name.clone(), message, Act::Map(Mapping::Unused).into()));
        }
        if !self.head.above.is_empty() {
            let message = format!("第{}行在表头上面，没有读", ranges(&self.head.above));
            remarks.push((self.sheet.name.clone(), message, "请核对是不是把数据行当成了表头".into()));
        }
        let headless: Vec<String> = self.headless().into_iter().take(10).map(letters).collect();
        if !headless.is_empty() {
            let message = format!("{}列没有表头，没有读", headless.join("、"));
            remarks.push((self.sheet.name.clone(), message, "要用的，请在表里写上表头".into()));
        }
        for (at, message, hint) in remarks {
            let problem = Diagnostic::new("columns", Level::Hint, message).hint(hint);
            self.proposal.findings.push(Finding::remark(at, problem));
        }
    }

    /// Columns in which something stands under no head.
    fn headless(&self) -> Vec<u32> {
        let head = self.head;
        let titled: BTreeSet<u32> = head.titles().map(|(column, _)| column).collect();
        let below = self.sheet.rows().filter(|cells| cells[0].at.row > head.last && cells.len() > 1);
        let columns: BTreeSet<u32> = below.flatten().map(|cell| cell.at.column).collect();
        columns.difference(&titled).copied().collect()
    }

    /// The rows that are read. `new_key` tells that their name is to be the 主键 from now on.
    fn rows(&mut self, mut units: BTreeMap<String, Unit>, new_key: bool) -> Vec<SheetRow> {
        let table = Table::new(self.sheet, self.head, self.key);
        let lines: Vec<(u32, Line)> = table.lines().collect();
        self.per_cent(&table, &lines, &mut units);
        let fill = Fill::of(&table, self.head, self.key, &lines);
        for (_, message) in &fill.remarks {
            let problem = Diagnostic::new("from-above", Level::Hint, message.clone());
            let problem = problem.hint("不是这个意思的，请在表里每行各填各的");
            self.proposal.findings.push(Finding::remark(self.sheet.name.clone(), problem));
        }
        let (mut rows, mut skipped, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
        let mut other = Vec::new();
        for (row, line) in &lines {
            if *line != Line::Data {
                if *line == Line::Other { &mut other } else { &mut skipped }.push(*row);
                continue;
            }
            if let Some(read) = self.row(&table, &fill, *row, &units) {
                hidden.extend(self.sheet.hidden_rows.contains(row).then_some(*row));
                rows.push(read);
            }
        }
        self.refuse_twice(&mut rows, new_key);
        self.check_totals(&table, &lines, &rows, &units);
        self.remark_rows("不是数据，没有读", &skipped, "合计、小计、“其中”、注释、重复的表头都不算数据");
        self.remark_rows("是另一张表，表头不一样，没有读", &other, "要用的，请放到另一个工作表里再导入");
        self.remark_rows("是隐藏的行，也读了", &hidden, "请核对这些行该不该算");
        self.remark_hidden_columns();
        rows
    }

    /// Columns of per cents whose numbers say it themselves, though no head does: 8.3 is no share.
    fn per_cent(&self, table: &Table<'_>, lines: &[(u32, Line)], units: &mut BTreeMap<String, Unit>) {
        for found in &self.head.columns {
            let Some(own) = self.registered(&found.name).and_then(|column| column.unit.as_ref()) else {
                continue;
            };
            let over = |content: &Content| match content {
                Content::Number(number, format) => !format.is_percent(*number) && number.abs() > Decimal::ONE,
                Content::Text(text) => {
                    text.trim().parse().is_ok_and(|number: Decimal| number.abs() > Decimal::ONE)
                }
                _ => false,
            };
            let mut data = lines.iter().filter(|(_, line)| *line == Line::Data);
            let says = data.any(
                |(row, _)| matches!(table.cell(*row, found.column), Held::Own(content) if over(content)),
            );
            if own.base == "%" && says {
                units.entry(found.name.clone()).or_insert_with(|| own.clone());
            }
        }
    }

    fn remark_rows(&mut self, what: &str, rows: &[u32], hint: &'static str) {
        if rows.is_empty() {
            return;
        }
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let message = format!("第{}行{what}", ranges(&rows));
        let problem = Diagnostic::new("rows", Level::Hint, message).hint(hint);
        self.proposal.findings.push(Finding::remark(self.sheet.name.clone(), problem));
    }

    fn remark_hidden_columns(&mut self) {
        let hidden = self.head.columns.iter().filter(|found| self.sheet.hides_column(found.column));
        let shown = |found: &Found| format!("{}列“{}”", letters(found.column), found.title);
        let hidden: Vec<String> = hidden.map(shown).collect();
        if !hidden.is_empty() {
            let message = format!("{}是隐藏的列，也读了", hidden.join("、"));
            let problem = Diagnostic::new("columns", Level::Hint, message).hint("请核对这些列该不该用");
            self.proposal.findings.push(Finding::remark(self.sheet.name.clone(), problem));
        }
    }

    /// A cell or row that cannot be read. Where a formula failed or was never computed, the whole table is in doubt.
    fn unreadable(&mut self, at: String, problem: Diagnostic) {
        let blocks = matches!(problem.rule, "cell-error" | "formula-without-value");
        self.proposal.findings.push(Finding { at, problem, blocks });
    }

    fn remark(&mut self, at: String, problem: Diagnostic) {
        self.proposal.findings.push(Finding::remark(at, problem));
    }

    /// What is asked of a column.
    fn wanted<'w>(&'w self, found: &Found, units: &'w BTreeMap<String, Unit>) -> Wanted<'w> {
        let registered = self.registered(&found.name);
        Wanted {
            kind: registered.map(|column| column.kind),
            unit: registered.and_then(|column| column.unit.as_ref()),
            written: units.get(&found.name),
            exact: None,
            from_1904: self.sheet.from_1904,
        }
    }

    /// One row. A cell that cannot be read is told and left out; without its name nobody knows whose the others are.
    fn row(
        &mut self,
        table: &Table<'s>,
        fill: &Fill,
        row: u32,
        units: &BTreeMap<String, Unit>,
    ) -> Option<SheetRow> {
        let mut read = SheetRow { row, cells: IndexMap::new() };
        let (mut remarks, mut unread, mut nameless) = (Vec::new(), false, false);
        for found in &self.head.columns {
            if self.refused.contains(&found.column) {
                continue;
            }
            let at = Address { row, column: found.column };
            let place = format!("{}!{at}", self.sheet.name);
            let content = content(table, fill, at, found);
            let said = content.and_then(|content| {
                content.map(|content| said::read(content, self.wanted(found, units))).transpose()
            });
            let said = said.and_then(|said| self.listed(&found.name, said));
            match said {
                Ok(Some(said)) => {
                    remarks.extend(said.remark.map(|remark| Finding::hint(place, remark)));
                    if !said.text.is_empty() {
                        read.cells.insert(found.name.clone(), said.text);
                    }
                }
                Ok(None) => {}
                Err(mut problem) => {
                    unread = true;
                    *self.unread.entry(found.column).or_default() += 1;
                    problem.message = format!("“{}”没有读：{}", found.title, problem.message);
                    if self.key == Some(&found.name) {
                        problem.message.push_str("；这一行没有读");
                        nameless = true;
                    }
                    self.unreadable(place, problem);
                }
            }
        }
        if let Some(key) = self.key.filter(|key| !read.cells.contains_key(*key)) {
            if unread || !read.cells.is_empty() {
                self.left_out += 1;
                if !nameless {
                    let message = format!("没有读出“{key}”，不知道是哪一个，这一行没有读");
                    let problem = Diagnostic::error("no-key", message).hint("请补上，或删去这一行");
                    self.unreadable(format!("{}!第{row}行", self.sheet.name), problem);
                }
            }
            return None;
        }
        self.proposal.findings.extend(remarks);
        (!read.cells.is_empty()).then_some(read)
    }

    /// What was read, where it is on the list that the column belongs to.
    fn listed(&self, column: &str, said: Option<CellText>) -> Result<Option<CellText>, Diagnostic> {
        let (Some(text), Some((list, names))) = (&said, self.members.get(column)) else { return Ok(said) };
        if text.text.is_empty() || names.contains(&text.text) {
            return Ok(said);
        }
        let hint = match nearest(&text.text, names.iter().map(String::as_str)) {
            Some(near) => format!("是不是“{near}”？请核对名称"),
            None => format!("请核对名称，或先把它写进“{list}”"),
        };
        Err(Diagnostic::error("not-in-list", format!("“{}”不在“{list}”里", text.text)).hint(hint))
    }

    /// Rows on file do not go away while it is not known which of them the table still has.
    fn refuse_to_replace(&mut self) {
        let message = format!("有{}行没有读，分不清台账里哪些行该删去", self.left_out);
        let problem =
            Diagnostic::error("replace-unread", message).hint("请先改好上面指出的行，再以表为准替换");
        self.proposal.findings.push(Finding::blocking(self.sheet.name.clone(), problem));
    }

    /// What stands above the table may say another year than that of the fact file.
    fn remark_year(&mut self, asked: &Asked<'_>, year: Period) {
        let above = self.sheet.rows().take_while(|cells| cells[0].at.row < self.head.first).flatten();
        let words: Vec<String> = above.map(|cell| said::words(&cell.content)).collect();
        let Some(said) = one_year(&words.join(" ")).filter(|said| asked.year.is_none() && *said != year)
        else {
            return;
        };
        let message = format!("表题写的是{said}，这里记到{year}");
        let problem = Diagnostic::warning("other-year", message).hint(Act::Begin(said));
        self.remark(self.sheet.name.clone(), problem);
    }

    /// A row that names again what an earlier one named is not read; where that column is to be the 主键 from now on,
    /// it cannot be.
    fn refuse_twice(&mut self, rows: &mut Vec<SheetRow>, new_key: bool) {
        let Some(key) = self.key else { return };
        let mut first: BTreeMap<String, (u32, IndexMap<String, String>)> = BTreeMap::new();
        let mut twice = Vec::new();
        rows.retain(|read| {
            let name = read.cells.get(key).cloned().unwrap_or_default();
            match first.get(&known::name(&name)) {
                Some((row, cells)) => {
                    twice.push((read.row, *row, name, *cells == read.cells));
                    false
                }
                None => {
                    first.insert(known::name(&name), (read.row, read.cells.clone()));
                    true
                }
            }
        });
        self.left_out += twice.len();
        if let Some((_, _, name, _)) = twice.first().filter(|_| new_key) {
            let message = format!("表里有两行“{name}”，“{key}”不能作主键");
            let problem = Diagnostic::error("bad-key", message).hint("请先改好这几行，或换一列作主键");
            self.proposal.findings.push(Finding::blocking(self.sheet.name.clone(), problem));
        }
        for (row, first, name, same) in twice {
            let message =
                format!("“{name}”在第{first}行已经有了{}", if same { "，两行一样" } else { "，两行不一样" });
            let hint = "请核对是不是重复；确实是两笔的，名称要写出区别";
            self.remark(
                format!("{}!第{row}行", self.sheet.name),
                Diagnostic::error("row-twice", message).hint(hint),
            );
        }
    }

    /// Holds the totals of the table against what was read.
    fn check_totals(
        &mut self,
        table: &Table<'s>,
        lines: &[(u32, Line)],
        rows: &[SheetRow],
        units: &BTreeMap<String, Unit>,
    ) {
        for found in &self.head.columns {
            if self.refused.contains(&found.column) {
                continue;
            }
            let kind = self.registered(&found.name).map(|column| column.kind);
            if kind.is_some_and(|kind| !matches!(kind, IndicatorKind::Flow | IndicatorKind::Stock)) {
                continue;
            }
            let wanted = self.wanted(found, units);
            let stated = |row: u32| match table.cell(row, found.column) {
                Held::Own(content) => said::read(content, wanted).ok().map(|said| said.text),
                _ => None,
            };
            let unit = wanted.written.or(wanted.unit).cloned();
            let different: Vec<_> = differences(lines, rows, &found.name, stated)
                .into_iter()
                .map(|one| (stated(one.row).unwrap_or_default(), one))
                .collect();
            for (total, one) in different {
                let shown = shift(one.sum, unit.as_ref().map_or(Scale::ONE, |unit| unit.scale)).normalize();
                let unit = unit.as_ref().map(Unit::to_string).unwrap_or_default();
                let message =
                    format!("“{}”的{}写的是{total}，读到的各行相加是{shown}{unit}", found.title, one.what);
                let problem = Diagnostic::warning("total-differs", message).hint(self.why_short(found));
                let at = format!("{}!{}", self.sheet.name, Address { row: one.row, column: found.column });
                self.remark(at, problem);
            }
        }
    }

    /// What may be lacking in a sum.
    fn why_short(&self, found: &Found) -> String {
        let cells = self.unread.get(&found.column).map(|count| format!("{count}格"));
        let rows = (self.left_out > 0).then(|| format!("{}行", self.left_out));
        let lacking: Vec<String> = cells.into_iter().chain(rows).collect();
        match lacking.is_empty() {
            true => "请核对是哪一行不对，或有没有漏行".to_owned(),
            false => format!("有{}没有读，见上面；改好再导入一次", lacking.join("、")),
        }
    }
}

/// The names that the columns of a ledger are bound to.
fn members<'c>(
    figures: &Figures,
    year: Period,
    columns: &[(&'c str, &'c Column)],
) -> BTreeMap<&'c str, (&'c str, Vec<String>)> {
    let bound = columns.iter().filter_map(|(name, column)| Some((*name, column.member_of.as_deref()?)));
    let names = |(name, list): (&'c str, &'c str)| (name, (list, form::on_file(figures, list, year)));
    bound.map(names).filter(|(_, (_, names))| !names.is_empty()).collect()
}

/// What counts for a cell. Words of a merged cell hold for all its rows, a number does not, unless it counts the rows.
fn content<'s>(
    table: &Table<'s>,
    fill: &Fill,
    at: Address,
    found: &Found,
) -> Result<Option<&'s Content>, Diagnostic> {
    let Some(source) = fill.source(at) else {
        return Err(
            Diagnostic::error("nothing-above", "写的是“同上”，上面一行是空的").hint("请填上要写的内容")
        );
    };
    match table.cell(source.row, source.column) {
        Held::Nothing => Ok(None),
        Held::Own(content) => Ok(Some(content)),
        Held::Merged(content, _) if is_serial(&title::plain(&found.title)) => Ok(Some(content)),
        Held::Merged(Content::Number(..), first) => {
            let message = format!("“{}”与第{first}行合并成一格，不知道各是多少", found.title);
            Err(Diagnostic::error("merged-number", message).hint("请取消合并，每行各填各的数"))
        }
        Held::Merged(content, _) => Ok(Some(content)),
    }
}

fn doubtful(Doubt { name, heads }: &Doubt) -> Diagnostic {
    let shown = |(column, title): &(u32, String)| format!("{}列“{title}”", letters(*column));
    let shown: Vec<String> = heads.iter().map(shown).collect();
    let example = heads.last().map_or("表头", |(_, title)| title.as_str());
    let message = format!("“{name}”可能是{}，分不清是哪一列", shown.join("，也可能是"));
    Diagnostic::error("doubtful-column", message)
        .hint(Act::Map(Mapping::Doubtful { name: name.clone(), example: example.to_owned() }))
}
