//! A chart: a table of figures with years down and indicators across, which is drawn.
//!
//! Its figures are those of its cells, so that they are traced, compared and checked as those of any table, and what is
//! printed on the picture is what the cells say.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Align, Cell, ChartKind, Inline, Merged, Row, Table, plain};
use crate::chart::{MOST, NoChart, Picture, Series};
use crate::figures::Trail;
use crate::period::Period;
use crate::zh::number::{Amount, Manner, Unit, read, shift};

/// What the caption of a chart begins with.
const OPENINGS: [(ChartKind, &str); 2] = [(ChartKind::Bar, "图（柱）："), (ChartKind::Line, "图（线）：")];
/// What a chart is called.
const NAMES: [(ChartKind, &str); 2] = [(ChartKind::Bar, "柱形图"), (ChartKind::Line, "折线图")];
/// Said of a year in a draft whose fact is missing.
const MISSING: &str = "待填";
/// Years of a chart at most.
const YEARS: usize = 60;

/// What the caption of a chart begins with, where it is written as text.
pub fn opening(kind: ChartKind) -> &'static str {
    OPENINGS.iter().find(|(one, _)| *one == kind).map_or("", |(_, opening)| opening)
}

/// The kind of chart and the caption of a line that begins one.
pub fn opened(line: &str) -> Option<(ChartKind, &str)> {
    OPENINGS.iter().find_map(|(kind, opening)| Some((*kind, line.strip_prefix(opening)?)))
}

impl Table {
    /// Whether it is shown as a picture. A chart in which something changed or is remarked on stands as the table that
    /// it is, as a picture cannot show that.
    pub fn is_drawn(&self) -> bool {
        let bare = |inline: &Inline| !matches!(inline, Inline::Changed { .. } | Inline::Noted { .. });
        let plain =
            |row: &Row| row.change.is_none() && row.cells.iter().all(|cell| cell.words.iter().all(bare));
        self.chart.is_some() && self.all_rows().all(plain) && self.series().is_ok()
    }

    /// Its picture, if it is shown as one.
    pub fn picture(&self) -> Option<Picture> {
        let kind = self.chart.filter(|_| self.is_drawn())?;
        Some(Picture::of(&self.series().ok()?, kind))
    }

    /// The same for the preview: whoever points at a value is told where it comes from, and goes there by a click.
    pub fn shown(&self, trails: &[Arc<Trail>]) -> Option<Picture> {
        self.told(trails, Trail::sources)
    }

    /// The same for a file that stands alone, where files and lines are named.
    pub fn filed(&self, trails: &[Arc<Trail>]) -> Option<Picture> {
        self.told(trails, Trail::origin)
    }

    fn told(&self, trails: &[Arc<Trail>], origin: fn(&Trail) -> String) -> Option<Picture> {
        let (mut picture, years) = (self.picture()?, self.years().ok()?);
        for place in &mut picture.places {
            let row = years.iter().position(|year| *year == place.year).and_then(|row| self.rows.get(row));
            let cell = row.and_then(|row| row.cells.get(place.series + 1));
            place.figure = cell.and_then(|cell| cell.words.iter().find_map(Inline::trail));
            if let Some(trail) = place.figure.and_then(|figure| trails.get(figure)) {
                place.told = format!("{}\n{}", place.told, origin(trail));
            }
        }
        Some(picture)
    }

    /// The chart in words, for those who do not see it: `柱形图：年份、会议；2023年、13次；2024年、12次。`
    pub fn described(&self) -> String {
        let name = NAMES.iter().find(|(kind, _)| Some(*kind) == self.chart).map_or("", |(_, name)| name);
        let row = |row: &Row| row.cells.iter().map(|cell| plain(&cell.words)).collect::<Vec<_>>().join("、");
        format!("{name}：{}。", self.all_rows().map(row).collect::<Vec<_>>().join("；"))
    }

    /// The chart that words describe so, without its caption.
    pub fn of_description(words: &str) -> Option<Table> {
        let (chart, rows) = NAMES
            .iter()
            .find_map(|(kind, name)| Some((*kind, words.strip_prefix(name)?.strip_prefix('：')?)))?;
        let cell = |words: &str| Cell::from(vec![Inline::Text(words.to_owned())]);
        let row = |words: &str| Row::from(words.split('、').map(cell).collect::<Vec<Cell>>());
        let mut rows = rows.strip_suffix('。')?.split('；').map(row);
        let head = rows.next()?;
        let mut align = vec![Align::Right; head.cells.len()];
        align[0] = Align::Left;
        let table =
            Table { rows: rows.collect(), align, head: vec![head], chart: Some(chart), ..Table::default() };
        let even = table.rows.iter().all(|row| row.cells.len() == table.align.len());
        (even && table.series().is_ok()).then_some(table)
    }

    /// What its chart shows: an indicator a column, in the unit of the first value. Years of which a cell says nothing
    /// are gaps.
    ///
    /// # Errors
    /// A sentence for staff: no years, cells that are no number, units that do not share an axis, fewer than two values.
    pub fn series(&self) -> Result<Vec<Series>, String> {
        let [head] = self.head.as_slice() else { return Err("图的表头只能有一行".to_owned()) };
        let whole = |row: &Row| row.cells.iter().all(|cell| cell.merged == Merged::Not);
        if !self.all_rows().all(whole) {
            return Err("图的表里不能有合并的格子".to_owned());
        }
        let count = head.cells.len().saturating_sub(1);
        if count == 0 || count > MOST {
            return Err(format!("图的表第一列写年份，后面一列写一项指标，最多{MOST}项"));
        }
        let years = self.years()?;
        let mut unit = None;
        let column = |column: usize| self.column(column, &years, &mut unit);
        let mut series = (1..=count).map(column).collect::<Result<Vec<_>, _>>()?;
        let unit = unit.as_ref().map(Unit::to_string).unwrap_or_default();
        series.iter_mut().for_each(|one| one.unit.clone_from(&unit));
        let told =
            |(_, value, words): &&(Period, Option<Decimal>, String)| value.is_some() || words == MISSING;
        match series.iter().flat_map(|one| &one.points).filter(told).count() {
            0 => Err("图里没有一个数".to_owned()),
            1 => Err("图里只有一个数，画不成图，请改成一句话".to_owned()),
            _ => Ok(series),
        }
    }

    fn years(&self) -> Result<Vec<Period>, String> {
        let mut years: Vec<Period> = Vec::new();
        for row in &self.rows {
            let words = row.cells.first().map(|cell| plain(&cell.words)).unwrap_or_default();
            let year = year(&words).ok_or_else(|| format!("图的表第一列要写年份，这里是“{words}”"))?;
            if years.contains(&year) {
                return Err(format!("图的表里{year}写了两次"));
            }
            years.push(year);
        }
        if years.len() > YEARS {
            return Err(format!("一张图最多画{YEARS}年，这里有{}年", years.len()));
        }
        Ok(years)
    }

    /// One indicator; the first one settles the unit of all.
    fn column(&self, column: usize, years: &[Period], unit: &mut Option<Unit>) -> Result<Series, String> {
        let words = |row: &Row| row.cells.get(column).map(|cell| plain(&cell.words)).unwrap_or_default();
        let head = self.head.first().map(words).unwrap_or_default();
        let (name, own) = headed(&head);
        let mut points = Vec::new();
        for (row, year) in self.rows.iter().zip(years) {
            let text = words(row);
            let missing = |inline: &Inline| matches!(inline, Inline::Missing(_));
            if row.cells.get(column).is_some_and(|cell| cell.words.iter().any(missing)) {
                points.push((*year, None, MISSING.to_owned()));
                continue;
            }
            let Some(amount) = amount(&text, own.as_ref())
                .map_err(|()| format!("图里{year}的“{name}”要写一个数，这里是“{text}”"))?
            else {
                points.push((*year, None, said(&text)));
                continue;
            };
            let axis = unit.get_or_insert_with(|| amount.unit.clone());
            let value = amount
                .value_in(axis)
                .map_err(|_| NoChart::Units(axis.to_string(), amount.unit.to_string()).to_string())?;
            points.push((*year, Some(shift(value, axis.scale).normalize()), text));
        }
        Ok(Series { name: name.to_owned(), unit: String::new(), points })
    }
}

/// The year that a cell names: `2024年`, `2024年度` or `2024`.
fn year(words: &str) -> Option<Period> {
    let words = words.trim();
    let stem = words.strip_suffix("年度").or(words.strip_suffix('年')).unwrap_or(words);
    Period::parse(stem)
}

/// The name in the head of a column, and the unit in brackets behind it.
fn headed(head: &str) -> (&str, Option<Unit>) {
    let inner = head.trim_end().strip_suffix(['）', ')']);
    let parts = inner
        .and_then(|inner| inner.rsplit_once(['（', '(']))
        .filter(|(name, unit)| !name.is_empty() && !unit.is_empty());
    parts.map_or((head, None), |(name, unit)| (name, Some(Unit::parse(unit))))
}

/// The number of a cell, in the unit of the head where it names none; nothing where the cell has no number.
fn amount(text: &str, unit: Option<&Unit>) -> Result<Option<Amount>, ()> {
    let text = text.trim();
    if !text.chars().any(char::is_numeric) {
        return Ok(None);
    }
    let complete = |words: &str| {
        [Manner::Cell, Manner::Prose].into_iter().find_map(|manner| read(words, manner).ok()?.one().cloned())
    };
    let amount = complete(text).ok_or(())?;
    let bare = amount.unit.base.is_empty();
    match unit {
        Some(unit) if bare => complete(&format!("{text}{unit}")).map(Some).ok_or(()),
        _ => Ok(Some(amount)),
    }
}

/// What a cell without a number says; a dash says nothing.
fn said(text: &str) -> String {
    let words = text.trim();
    if words.chars().all(|c| "-—–－/".contains(c)) { String::new() } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, build, picture};
    use crate::marked::Marked;

    fn built(text: &str) -> Result<Table, String> {
        let marked = Marked {
            text: text.into(),
            trails: Vec::new(),
            warnings: Vec::new(),
            missing: Vec::new(),
            template: "t".into(),
            year: Period::year(2024),
        };
        let document = build(&marked, &picture::nowhere).map_err(|problems| problems.0[0].message.clone())?;
        match document.blocks.into_iter().next() {
            Some(Block::Table(table)) => Ok(table),
            other => Err(format!("{other:?}")),
        }
    }

    fn points(text: &str) -> Vec<String> {
        let point = |(year, value, words): &(Period, Option<Decimal>, String)| {
            format!("{year} {} {words}", value.map_or("-".to_owned(), |value| value.to_string()))
        };
        let series = built(text).expect("a chart").series().expect("series");
        series.iter().flat_map(|one| one.points.iter().map(point)).collect()
    }

    #[test]
    fn a_captioned_table_of_years_is_a_chart() {
        let text = "图（柱）：近三年到位资金\n| 年份 | 到位资金 | 签约资金（亿元） |\n| --- | ---: | ---: |\n\
            | 2022年 | 9800万元 | 近1.2 |\n| 2023年度 | — | 2.5亿元 |\n| 2024 | 1.35亿元 | 未统计 |";
        let table = built(text).expect("a chart");
        assert_eq!((table.chart, plain(&table.caption).as_str()), (Some(ChartKind::Bar), "近三年到位资金"));
        let series = table.series().expect("series");
        assert_eq!(
            series.iter().map(|one| (one.name.as_str(), one.unit.as_str())).collect::<Vec<_>>(),
            [("到位资金", "万元"), ("签约资金", "万元")]
        );
        assert_eq!(
            points(text),
            [
                "2022年 9800 9800万元",
                "2023年 - ",
                "2024年 13500 1.35亿元",
                "2022年 12000 近1.2",
                "2023年 25000 2.5亿元",
                "2024年 - 未统计",
            ]
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        let chart =
            |rows: &str| format!("图（线）：题\n| 年份 | 甲 | 乙 |\n| --- | --- | --- |\n{rows}\n\n后文。");
        for (rows, why) in [
            ("| 2023年 | 1次 | 2篇 |", "图“题”画不出来：单位不同，不能画在一张图上：次、篇"),
            ("| 2023年 | 1次 | — |", "图“题”画不出来：图里只有一个数，画不成图，请改成一句话"),
            ("| 2023年 | — | — |", "图“题”画不出来：图里没有一个数"),
            ("| 去年 | 1次 | 2次 |", "图“题”画不出来：图的表第一列要写年份，这里是“去年”"),
            ("| 2023年 | 1次 | 2次 |\n| 2023年 | 1次 | 2次 |", "图“题”画不出来：图的表里2023年写了两次"),
            ("| 2023年 | 1-2次 | 2次 |", "图“题”画不出来：图里2023年的“甲”要写一个数，这里是“1-2次”"),
            ("| 2023年 | 1次 | < |", "图“题”画不出来：图的表里不能有合并的格子"),
        ] {
            assert_eq!(built(&chart(rows)).expect_err(rows), why);
        }
        assert_eq!(built("图（柱）：题\n\n后文。"), Err("图“题”下面没有写数".to_owned()));
        assert_eq!(built("图（柱）：题"), Err("图“题”下面没有写数".to_owned()));
    }
}
