//! One rendering: the figures, the window and rows in force, and what was found on the way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;

use super::given::{self, Behind, Given};
use super::group::{COUNT, Group, NAME, SHARE, WORDS, counted};
pub(super) use super::said::{Said, Window};
use super::sites::{Site, Target};
use crate::diag::{Diagnostic, Place};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Value;
use crate::figures::{FactRef, Figure, Figures, RowOf, Trail, Trouble, value_text};
use crate::marked;
use crate::period::Period;

/// The row that a `#each` is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Path of the ledger or list.
    pub list: String,
    /// Year it stands in.
    pub year: Period,
    /// Index in the year's ledger.
    pub index: usize,
}

impl Row {
    /// The row for the figures.
    pub fn of(&self) -> RowOf<'_> {
        RowOf { list: &self.list, year: self.year, index: self.index }
    }
}

/// The window and the year in force before a block changed them.
pub(super) struct Before {
    window: Option<Window>,
    year: Option<Period>,
}

/// A result of a helper that can be made once more.
pub(super) trait Remade<'s>: Send + Sync {
    /// What the helper gives for the year that is in force now.
    ///
    /// # Errors
    /// What is wrong with it, or missing, in that year.
    fn text(&self, session: &Session<'s>) -> Result<String, Trouble>;
}

#[derive(Default)]
struct State<'s> {
    window: Option<Window>,
    /// The period in force, where it is not the report's.
    year: Option<Period>,
    rows: Vec<Row>,
    groups: Vec<Arc<Group>>,
    /// What the templates were given that are included one in the other.
    given: Vec<Given>,
    /// Of each loop around: the place of its turn, from 0, and how many there are.
    turns: Vec<(usize, usize)>,
    trails: Vec<Arc<Trail>>,
    figures: Vec<Option<Arc<Figure>>>,
    /// How results in parentheses were made, by their figures.
    made: BTreeMap<usize, Arc<dyn Remade<'s> + 's>>,
    problems: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    missing: Vec<String>,
    /// Trails of paragraphs, with where they are asked for.
    paragraphs: Vec<(usize, Place)>,
}

/// One rendering. The engine wants helpers that may be shared, so the state is behind a lock that
/// is never contended.
pub(super) struct Session<'s> {
    /// The figures.
    pub figures: &'s Figures,
    sites: &'s [Site],
    draft: bool,
    /// What paths below 报告 mean in this report.
    own: BTreeMap<&'s str, String>,
    state: Mutex<State<'s>>,
}

/// What a rendering found.
pub(super) struct Found {
    pub trails: Vec<Arc<Trail>>,
    pub problems: Vec<Diagnostic>,
    pub warnings: Vec<Diagnostic>,
    pub missing: Vec<String>,
}

impl<'s> Session<'s> {
    /// A rendering of a report, by the name of its template.
    pub fn new(figures: &'s Figures, sites: &'s [Site], report: &str, draft: bool) -> Session<'s> {
        let own = |site: &'s Site| match &site.target {
            Target::Fact(path) => Some((path.as_str(), figures.of_report(path, report)?)),
            _ => None,
        };
        let own = sites.iter().filter_map(own).collect();
        Session { figures, sites, draft, own, state: Mutex::default() }
    }

    /// What a path means in this report: 报告.会议日期 is that of its own meeting.
    pub fn path<'p>(&'p self, path: &'p str) -> &'p str {
        self.own.get(path).map_or(path, String::as_str)
    }

    fn state(&self) -> MutexGuard<'_, State<'s>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the rendering.
    pub fn finish(self) -> Found {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        Found {
            trails: state.trails,
            problems: state.problems,
            warnings: state.warnings,
            missing: state.missing,
        }
    }

    pub fn site(&self, id: usize) -> Option<&'s Site> {
        self.sites.get(id)
    }

    pub fn window(&self) -> Option<Window> {
        self.state().window.clone()
    }

    /// Puts a window in force and returns the one before.
    pub fn set_window(&self, window: Option<Window>) -> Option<Window> {
        std::mem::replace(&mut self.state().window, window)
    }

    /// The period whose facts are in force: the report's, or the one before it inside `{{#上年}}`.
    pub fn year(&self) -> Period {
        self.state().year.unwrap_or(self.figures.period())
    }

    /// Puts another period in force and returns the one before.
    pub fn set_year(&self, year: Option<Period>) -> Option<Period> {
        std::mem::replace(&mut self.state().year, year)
    }

    /// Goes to a row, which is one turn of so many: inside, its year is in force.
    pub fn enter(&self, row: Row, turn: (usize, usize)) -> Before {
        let mut state = self.state();
        let year = state.year.replace(row.year);
        state.rows.push(row);
        state.turns.push(turn);
        Before { window: state.window.take(), year }
    }

    /// Leaves the row.
    pub fn leave(&self, before: Before) {
        let mut state = self.state();
        state.rows.pop();
        state.turns.pop();
        (state.window, state.year) = (before.window, before.year);
    }

    /// Goes to a group, which is one turn of so many.
    pub fn enter_group(&self, group: Arc<Group>, turn: (usize, usize)) {
        let mut state = self.state();
        state.groups.push(group);
        state.turns.push(turn);
    }

    /// Leaves the group.
    pub fn leave_group(&self) {
        let mut state = self.state();
        state.groups.pop();
        state.turns.pop();
    }

    /// The group of the `#分组` so many levels out.
    pub fn group(&self, level: usize) -> Result<Arc<Group>, Trouble> {
        let state = self.state();
        let index = state.groups.len().checked_sub(level + 1);
        index.map(|index| Arc::clone(&state.groups[index])).ok_or_else(|| {
            Trouble::wrong("outside-loop", "这里不在 {{#分组}} 里面", "请移到 {{#分组}} 与 {{/分组}} 之间")
        })
    }

    /// The turn of the innermost loop, from 0, and how many there are.
    pub fn turn(&self) -> Option<(usize, usize)> {
        self.state().turns.last().copied()
    }

    /// The row of the `#each` so many levels out.
    pub fn row(&self, level: usize) -> Option<Row> {
        let state = self.state();
        let index = state.rows.len().checked_sub(level + 1)?;
        Some(state.rows[index].clone())
    }

    /// Years in force: the window's, or the report's.
    pub fn years(&self) -> impl Iterator<Item = Period> + use<> {
        let year = self.year();
        let (first, last) = self.window().map_or((year, year), |window| (window.first, window.last));
        first.through(last)
    }

    /// The periods in force whose files have the rows of a ledger.
    pub fn periods_of_rows(&self, ledger: &str) -> Vec<Period> {
        self.years().flat_map(|year| self.figures.periods_of_rows(ledger, year)).collect()
    }

    /// A warning about the site.
    pub fn warn(&self, site: &Site, rule: &'static str, message: String, hint: &'static str) {
        let warning = Diagnostic::warning(rule, message).at(&site.place).hint(hint);
        self.state().warnings.push(warning);
    }

    /// Notes what is wrong at a site and returns what stands in the text instead: in a draft a
    /// visible gap, otherwise nothing, since the rendering will fail.
    pub fn fail(&self, site: Option<&Site>, trouble: Trouble) -> String {
        if let Some(instead) = trouble.instead() {
            return instead.to_owned();
        }
        let mut state = self.state();
        let names: Vec<String> = trouble.missing.iter().map(|(path, year)| self.gap(path, *year)).collect();
        if self.draft && !names.is_empty() {
            for name in &names {
                if !state.missing.contains(name) {
                    state.missing.push(name.clone());
                }
            }
            return marked::missing(&names.join("、"));
        }
        let mut problem = *trouble.diagnostic;
        if let Some(site) = site {
            problem = problem.at(&site.place);
        }
        if !state.problems.contains(&problem) {
            state.problems.push(problem);
        }
        marked::nothing()
    }

    fn gap(&self, path: &str, year: Period) -> String {
        if year == self.figures.period() { path.to_owned() } else { format!("{year}{path}") }
    }

    /// Marks words with the facts they come from.
    pub fn mark(&self, words: &str, trail: Arc<Trail>, figure: Option<Arc<Figure>>) -> String {
        let mut state = self.state();
        state.trails.push(trail);
        state.figures.push(figure);
        marked::figure(state.trails.len() - 1, words)
    }

    /// Marks a paragraph of a fact, which must stand alone on its line.
    pub fn mark_paragraph(&self, site: &Site, words: &str, trail: Arc<Trail>) -> String {
        let marked = self.mark(words, trail, None);
        let mut state = self.state();
        let id = state.trails.len() - 1;
        state.paragraphs.push((id, site.place.clone()));
        marked
    }

    /// Notes the paragraphs that have something beside them in the finished text.
    pub fn hold_paragraphs(&self, text: &str) {
        let mut state = self.state();
        let paragraphs = std::mem::take(&mut state.paragraphs);
        for (_, place) in paragraphs.iter().filter(|(id, _)| !marked::stands_alone(text, *id)) {
            let problem =
                Diagnostic::error("several-paragraphs", "这里取的文字有几段，要单独占一行").at(place);
            let problem = problem.hint("请让它单独占一行，前后不写别的字，也不写在标题、要点和表格里");
            if !state.problems.contains(&problem) {
                state.problems.push(problem);
            }
        }
    }

    /// The figure that an argument carries, where it is the result of another helper.
    pub fn carried(&self, argument: &str) -> Option<Said> {
        let (id, words) = marked::as_figure(argument)?;
        let state = self.state();
        match state.figures.get(id)? {
            Some(figure) => Some(Said::Figure(Arc::clone(figure))),
            None => Some(Said::Words(words.to_owned(), state.trails.get(id)?.facts.clone())),
        }
    }

    /// The figure that stands in the text of a result, where there is one and no other.
    pub fn only_figure(&self, text: &str) -> Option<Arc<Figure>> {
        let id = marked::only_figure(text)?;
        self.state().figures.get(id)?.clone()
    }

    /// Keeps how a result was made.
    pub fn remember<M: Remade<'s> + 's>(&self, text: &str, made: impl FnOnce() -> M) {
        if let Some(id) = marked::only_figure(text) {
            let made = Arc::new(made());
            self.state().made.insert(id, made);
        }
    }

    /// How a result was made.
    pub fn made(&self, text: &str) -> Option<Arc<dyn Remade<'s> + 's>> {
        let id = marked::only_figure(text)?;
        self.state().made.get(&id).map(Arc::clone)
    }

    /// What `make` gives in another year, without the warnings: nothing of that is printed.
    pub fn quietly_in<T>(&self, year: Period, make: impl FnOnce() -> T) -> T {
        let warned = self.state().warnings.len();
        let before = self.set_year(Some(year));
        let made = make();
        self.set_year(before);
        self.state().warnings.truncate(warned);
        made
    }

    /// A template is included, with this.
    pub fn give(&self, names: Vec<(String, Json)>) {
        let mut state = self.state();
        let (rows, groups) = (state.rows.len(), state.groups.len());
        state.given.push(Given { names, rows, groups });
    }

    /// The template ends.
    pub fn take_back(&self) {
        self.state().given.pop();
    }

    /// What stands behind a site, where that names what its template was given.
    pub fn behind<'t>(&self, site: &'t Site) -> Behind<'t> {
        let state = self.state();
        given::behind(site, &state.given, (state.rows.len(), state.groups.len()), self.sites)
    }

    /// What a value in a tag says: a site, the result of a helper, or words.
    pub fn value(&self, value: &Json) -> Result<Said, Trouble> {
        match value {
            Json::String(text) => {
                if let Some(site) = marked::as_site(text).and_then(|id| self.site(id)) {
                    return self.resolve(site);
                }
                if marked::is_failed(text) {
                    return Err(Trouble::told(text));
                }
                Ok(self.carried(text).unwrap_or_else(|| Said::Typed(text.clone())))
            }
            other => Ok(Said::Typed(other.to_string())),
        }
    }

    /// What stands at a site.
    pub fn resolve(&self, site: &Site) -> Result<Said, Trouble> {
        let site = match self.behind(site) {
            Behind::Site(site) => site,
            Behind::Value(value) => return self.value(&value),
        };
        let site = &*site;
        if let Some((row, column)) = self.cell_at(site)? {
            return self.cell(&row, column);
        }
        match &site.target {
            Target::Fact(path) => self.fact(self.path(path)),
            Target::Loop(name) => self.loop_word(name),
            Target::Group { level, path, column } => self.of_group(*level, path, column),
            Target::Row { .. } | Target::Helper => Err(not_a_fact()),
        }
    }

    /// The figure that a site names, in a year: of a cell that of the same row.
    pub fn figure_in(&self, site: &Site, year: Period) -> Result<Arc<Figure>, Trouble> {
        let site = match self.behind(site) {
            Behind::Site(site) => site,
            Behind::Value(value) => return self.value_in(&value, year),
        };
        let site = &*site;
        match (self.cell_at(site)?, &site.target) {
            (Some((row, column)), _) => self.figures.cell_in(row.of(), column, year),
            (None, Target::Fact(path)) => self.figures.figure(self.path(path), year),
            (None, Target::Group { level, column, .. }) if column == COUNT => {
                self.group(*level)?.count(self.figures, &[year]).map(Arc::new)
            }
            (None, Target::Group { level, column, .. }) if column == SHARE => {
                self.group(*level)?.share(self.figures, &[year]).map(Arc::new)
            }
            (None, _) => Err(not_a_fact()),
        }
    }

    /// The indicator whose figure a site names; nothing where that is a cell, a group or a result.
    pub fn indicator(&self, site: &Site) -> Option<String> {
        let Behind::Site(site) = self.behind(site) else { return None };
        match (self.cell_at(&site).ok()?, &site.target) {
            (None, Target::Fact(path)) => Some(self.path(path).to_owned()),
            _ => None,
        }
    }

    /// A result that a template was given, made of the facts of another year.
    fn value_in(&self, value: &Json, year: Period) -> Result<Arc<Figure>, Trouble> {
        let made = value.as_str().and_then(|text| self.made(text)).ok_or_else(not_a_fact)?;
        self.quietly_in(year, || self.only_figure(&made.text(self)?).ok_or_else(not_a_fact))
    }

    /// What the figure of a site is called: its path, or the row and the column.
    pub fn name_of(&self, site: &Site) -> String {
        let Behind::Site(site) = self.behind(site) else { return String::new() };
        let site = &*site;
        match (self.cell_at(site), &site.target) {
            (Ok(Some((row, column))), _) => format!("{}.{column}", self.figures.row_name(row.of())),
            (Ok(None), Target::Fact(path)) => self.path(path).to_owned(),
            (Ok(None), Target::Group { level, column, .. }) => {
                self.group(*level).map_or(String::new(), |group| format!("{}{column}", group.name))
            }
            _ => String::new(),
        }
    }

    /// Whether what is missing becomes a visible gap.
    pub fn is_draft(&self) -> bool {
        self.draft
    }

    /// Whether a site names a cell of the row that a loop is at.
    pub fn is_cell(&self, site: &Site) -> bool {
        matches!(self.cell_at(site), Ok(Some(_)))
    }

    /// The row and the column that a site names, also by the bare name of a column inside `#each`.
    fn cell_at<'t>(&self, site: &'t Site) -> Result<Option<(Row, &'t str)>, Trouble> {
        match &site.target {
            Target::Fact(path) => Ok(self.column_of_row(site, path).map(|row| (row, path.as_str()))),
            Target::Row { level, column } => Ok(Some((self.row_around(*level)?, column))),
            Target::Group { .. } | Target::Loop(_) | Target::Helper => Ok(None),
        }
    }

    fn row_around(&self, level: usize) -> Result<Row, Trouble> {
        self.row(level).ok_or_else(|| {
            Trouble::wrong("outside-loop", "这里不在 {{#each}} 里面", "请移到 {{#each}} 与 {{/each}} 之间")
        })
    }

    /// What is said of a group.
    fn of_group(&self, level: usize, path: &str, column: &str) -> Result<Said, Trouble> {
        let group = self.group(level)?;
        let years = self.periods_of_rows(path);
        match column {
            NAME => Ok(Said::Words(group.name.clone(), group.from.clone())),
            COUNT => group.count(self.figures, &years).map(Arc::new).map(Said::Figure),
            SHARE => group.share(self.figures, &years).map(Arc::new).map(Said::Figure),
            "" => counted(self.figures, path, &years, &group.conditions).map(|(rows, _)| Said::Ledger(rows)),
            column => Err(Trouble::wrong(
                "column-of-group",
                format!("一组有好几行，“{column}”不是一个数"),
                format!(
                    "请写 {{{{合计 组.{column}}}}}，或者用 {{{{#each 组 as |行|}}}}{{{{行.{column}}}}}{{{{/each}}}} 逐行写；一组可以直接写的有：{}",
                    WORDS.join("、")
                ),
            )),
        }
    }

    fn loop_word(&self, name: &str) -> Result<Said, Trouble> {
        let (at, all) = self.turn().unwrap_or((0, 0));
        match name {
            "first" => Ok(Said::Typed(if at == 0 { "是" } else { "否" }.into())),
            "last" => Ok(Said::Typed(if at + 1 == all { "是" } else { "否" }.into())),
            "index" => Ok(Said::Typed(at.to_string())),
            _ => Err(Trouble::wrong(
                "not-supported",
                format!("不支持“@{name}”"),
                "可用 @first、@last、@index；序号用 {{序号}}",
            )),
        }
    }

    /// The row whose column a bare name inside `#each` means.
    fn column_of_row(&self, site: &Site, path: &str) -> Option<Row> {
        let list = site.loops.last()?;
        let row = self.row(0)?;
        (row.list == *list && has_column(self.figures, list, path)).then_some(row)
    }

    fn fact(&self, path: &str) -> Result<Said, Trouble> {
        let year = self.year();
        if let Some(window) = self.window()
            && self.is_number(path, year)
        {
            let figure = self.figures.window(path, window.first.through(window.last), &window.words)?;
            return Ok(Said::Figure(Arc::new(figure)));
        }
        if self.figures.kind(path) == Some(IndicatorKind::Ledger) {
            return self.rows_in_force(path).map(Said::Ledger);
        }
        let said = self.figures.speaking(path, year).map(|fact| &fact.value);
        if said.is_none_or(|value| matches!(value, Value::Quantity(_) | Value::Blank)) {
            return self.figures.figure(path, year).map(Said::Figure);
        }
        let fact = self.figures.fact(path, year)?;
        let from = self.figures.reference(path, year)?;
        Ok(match &fact.value {
            Value::Text(text) => Said::Words(text.clone(), vec![from].into()),
            Value::Date(date) => Said::Date(*date, from),
            Value::List(items) if self.window().is_some() && !items.is_empty() => {
                return Err(list_in_window(path));
            }
            Value::List(items) => Said::List(items.iter().map(|item| item.text.clone()).collect(), from),
            Value::Ledger(_) => Said::Ledger(self.rows_in_force(path)?),
            Value::Quantity(_) | Value::Blank => return Err(Trouble::missing(path, year)),
        })
    }

    fn rows_in_force(&self, path: &str) -> Result<usize, Trouble> {
        let periods = self.periods_of_rows(path);
        periods.into_iter().map(|year| self.figures.rows(path, year).map(<[_]>::len)).sum()
    }

    fn is_number(&self, path: &str, year: Period) -> bool {
        match self.figures.kind(path) {
            Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate) => true,
            Some(IndicatorKind::Text | IndicatorKind::Date | IndicatorKind::List | IndicatorKind::Ledger) => {
                false
            }
            None => self
                .figures
                .facts()
                .get(path, year)
                .is_none_or(|fact| matches!(fact.value, Value::Quantity(_))),
        }
    }

    /// What the row says in a column: in the year in force, or a number over the window that is opened inside the loop.
    fn cell(&self, row: &Row, column: &str) -> Result<Said, Trouble> {
        let year = self.year();
        let index = self.figures.same_row(row.of(), year)?;
        if let Value::List(items) = &self.figures.fact(&row.list, year)?.value {
            let item = items.get(index).ok_or_else(|| Trouble::missing(&row.list, year))?;
            let list = self.figures.reference(&row.list, year)?;
            let from = FactRef { text: item.text.clone(), line: item.place.line(), ..(*list).clone() };
            return Ok(Said::Words(item.text.clone(), vec![Arc::new(from)].into()));
        }
        let there = self.figures.rows(&row.list, year)?.get(index);
        let value = there.and_then(|row| row.cells.get(column)).map(|cell| &cell.value);
        let from = self.figures.cell_reference(&row.list, year, index, column);
        match (value, from) {
            (Some(Value::Quantity(_)), _) => self.number_of(row, index, column).map(Said::Figure),
            (Some(Value::Date(date)), Some(from)) => Ok(Said::Date(*date, from)),
            (Some(value), Some(from)) if *value != Value::Blank => {
                Ok(Said::Words(value_text(value), vec![from].into()))
            }
            _ => {
                let there = RowOf { list: &row.list, year, index };
                Err(Trouble::missing(&format!("{}.{column}", self.figures.row_name(there)), year))
            }
        }
    }

    fn number_of(&self, row: &Row, index: usize, column: &str) -> Result<Arc<Figure>, Trouble> {
        match self.window() {
            Some(window) => {
                let years = window.first.through(window.last);
                self.figures.cell_window(row.of(), column, years, &window.words).map(Arc::new)
            }
            None => self.figures.cell(&row.list, self.year(), index, column),
        }
    }
}

fn not_a_fact() -> Trouble {
    Trouble::wrong("not-a-fact", "这里要写指标名", "请写一个指标名，例如 委员.总数")
}

fn list_in_window(path: &str) -> Trouble {
    Trouble::wrong(
        "list-in-window",
        format!("名单“{path}”一年一份，不能写进几年的时段里"),
        "请把它移到时段块外面；几年合起来的名单，请另外列一份",
    )
}

/// Whether a ledger has a column, by the registry or by any of its rows.
pub(super) fn has_column(figures: &Figures, ledger: &str, column: &str) -> bool {
    figures.facts().has_column(ledger, column)
}
