//! 改稿核对: what somebody changed in a report as a table, to be taken over or left row by row.

use super::again;
use super::edits::{Edit, What};
use super::review::{cell_row, table_of};
use crate::document::Document;

/// Heads of the columns, in order; 说明 says why something has to be made by hand, and the last is for staff.
const COLUMNS: [&str; 7] = ["序号", "改的是", "现在", "改成", "上下文", NOTE, "处理"];
const NOTE: &str = "说明";
/// What 处理 may say.
const TAKE: &str = "采纳";
const TAKEN: [&str; 4] = [TAKE, "是", "对", "接受"];
const LEFT: [&str; 4] = ["不采纳", "否", "不", "不改"];
const DONE: &str = "已采纳";
/// The line that names the file.
const FILE: &str = "稿件：";

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What changes: a fact, words, a paragraph.
    pub what: String,
    /// What stands there.
    pub old: String,
    /// What is wanted.
    pub new: String,
    /// The words around.
    pub around: String,
    /// What was decided.
    pub verdict: String,
    /// Why it has to be made by hand, and what else is to be said of it.
    pub note: String,
}

impl Row {
    /// The row of a change.
    pub fn of(edit: &Edit) -> Row {
        let (verdict, note) = (String::new(), String::new());
        let flat = |words: &str| words.replace('\n', " ");
        Row {
            what: what(&edit.what),
            old: flat(&edit.old),
            new: flat(&edit.new),
            around: edit.around.clone(),
            verdict,
            note,
        }
    }

    /// Whether it is the row of this change.
    pub fn is(&self, edit: &Edit) -> bool {
        let own = Row::of(edit);
        (&self.what, &self.old, &self.new)
            == (&own.what, &own.old.trim().to_owned(), &own.new.trim().to_owned())
    }

    /// Whether the change is to be taken over; nothing where that is not decided, or done.
    ///
    /// # Errors
    /// In Chinese: what is written is not understood.
    pub fn taken(&self) -> Result<Option<bool>, String> {
        match self.verdict.trim() {
            "" | DONE => Ok(None),
            word if TAKEN.contains(&word) => Ok(Some(true)),
            word if LEFT.contains(&word) => Ok(Some(false)),
            word => Err(format!("看不懂“处理”一栏的“{word}”，请写“采纳”或“不采纳”")),
        }
    }

    /// The row with the decision to take it over.
    pub fn wanted(&self) -> Row {
        Row { verdict: TAKE.to_owned(), ..self.clone() }
    }

    /// Notes that it was taken over.
    pub fn done(&mut self) {
        self.verdict = DONE.to_owned();
        self.note.clear();
    }
}

/// What a change means, for staff.
pub fn what(what: &What) -> String {
    match what {
        What::Fact { path, year, value, places, changed } => {
            let partly = if changed < places {
                format!("；报告里有{places}处，稿件改了{changed}处")
            } else {
                String::new()
            };
            format!("事实 {year} {path}={}{partly}", again::words(value))
        }
        What::Computed { paths, .. } => format!("算出来的数（由{}得出）", paths.join("、")),
        What::Words { typed, .. } => format!("模板文字{}", unfounded(*typed)),
        What::Added { typed, .. } => format!("模板：加一段{}", unfounded(*typed)),
        What::Removed => "模板：删一段".to_owned(),
        What::Moved { blocks, .. } if blocks.len() > 1 => format!("模板：移{}段", blocks.len()),
        What::Moved { .. } => "模板：移一段".to_owned(),
        What::Parted { .. } => "模板：一段分成两段".to_owned(),
        What::Joined => "模板：两段并成一段".to_owned(),
        What::RowAdded { .. } => "模板：表格加一行".to_owned(),
        What::RowRemoved { .. } => "模板：表格删一行".to_owned(),
        What::Columns => "表格的栏数变了".to_owned(),
        What::Number => "程序排的编号".to_owned(),
        What::Mixed => "文字和数字一起改了，请手工处理".to_owned(),
        What::Merged => "表格里合并的格子变了，请在模板的表格里改".to_owned(),
    }
}

/// Said of figures that somebody typed into words.
fn unfounded(typed: usize) -> String {
    if typed == 0 { String::new() } else { format!("（新写的数字没有依据：{typed}个）") }
}

/// The page. `file` is the report that came back, `page` the page itself.
pub fn page(title: &str, file: &str, page: &str, rows: &[Row]) -> String {
    let mut text = format!(
        "# 改稿核对：{title}\n\n{FILE}{file}\n\n共{}处改动。“处理”写“采纳”或“不采纳”；“说明”有字的要自己动手改。填好存盘，运行：\n\n`huibao import --apply {page}`\n\n",
        rows.len()
    );
    text.push_str(&cell_row(&COLUMNS.map(str::to_owned)));
    text.push_str(&cell_row(&COLUMNS.map(|_| "---".to_owned())));
    for (index, row) in rows.iter().enumerate() {
        let Row { what, old, new, around, verdict, note } = row.clone();
        text.push_str(&cell_row(&[(index + 1).to_string(), what, old, new, around, note, verdict]));
    }
    text
}

/// The page in which facts go by other names; nothing where it is none, or stays.
pub fn renamed(page: &str, document: &Document, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let cell = |what: &str| cell_row(&[what.to_owned()]).trim_end().to_owned();
    let mut edited = page.to_owned();
    for row in read(document)?.1 {
        if let Some(new) = what_renamed(&row.what, name) {
            edited = edited.replace(&cell(&row.what), &cell(&new));
        }
    }
    (edited != page).then_some(edited)
}

/// What [`what`] says, of other names.
fn what_renamed(what: &str, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    if let Some((year, said)) = what.strip_prefix("事实 ").and_then(|rest| rest.split_once(' ')) {
        let (path, value) = said.split_once('=')?;
        return Some(format!("事实 {year} {}={value}", name(path)?));
    }
    let (before, rest) = what.split_once("（由")?;
    let (paths, behind) = rest.split_once("得出）")?;
    let named: Vec<String> =
        paths.split('、').map(|path| name(path).unwrap_or_else(|| path.to_owned())).collect();
    let named = named.join("、");
    (named != paths).then(|| format!("{before}（由{named}得出）{behind}"))
}

/// The file and the rows of a page that staff filled in; nothing where it is none.
pub fn read(document: &Document) -> Option<(String, Vec<Row>)> {
    let lines = document.blocks.iter().map(|block| crate::document::Line::of(block).text);
    let file =
        lines.into_iter().find_map(|line| line.strip_prefix(FILE).map(|file| file.trim().to_owned()))?;
    let rows = cells(document)?.into_iter().map(|cells| {
        let [_, what, old, new, around, note, verdict] = cells.try_into().ok()?;
        Some(Row { what, old, new, around, verdict, note })
    });
    Some((file, rows.collect::<Option<_>>()?))
}

/// The cells of the table. Sheets of earlier versions have no 说明.
fn cells(document: &Document) -> Option<Vec<Vec<String>>> {
    table_of(document, &COLUMNS).or_else(|| {
        let noted = COLUMNS.iter().position(|column| *column == NOTE)?;
        let earlier: Vec<&str> = COLUMNS.into_iter().filter(|column| *column != NOTE).collect();
        let mut rows = table_of(document, &earlier)?;
        rows.iter_mut().for_each(|cells| cells.insert(noted, String::new()));
        Some(rows)
    })
}
