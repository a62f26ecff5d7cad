//! Marked text → [`Document`]: one line, one kind of block; headings and points are numbered here.

use super::letter::{self, Form};
use super::order;
use super::picture::{self, Find, Plate};
use super::tables::{self, Marks};
use super::{
    Align, Block, Cell, ChartKind, Document, Element, Inline, Origin, Row, Table,
    bars::{self, align, cells, is_rule},
    charted, merged,
};
use crate::diag::{Diagnostic, Problems};
use crate::marked::{self, Marked, Piece};
use crate::zh::number::{numeral, parting};

/// What makes a block of a line.
type Maker = fn(Vec<Inline>) -> Block;

/// Lines that name a part of the text: what they begin with and what they become.
const PARTS: [(&str, Maker); 6] = [
    ("主送：", recipient),
    ("题下署名：", Block::Byline),
    ("题下日期：", Block::Byline),
    ("署名：", Block::Signature),
    (tables::NOTE, Block::TableNote),
    ("成文日期：", Block::Date),
];

/// 主送机关 ends with a full-width colon (7.3.2), whether the template has it or not.
fn recipient(mut line: Vec<Inline>) -> Block {
    if !super::plain(&line).ends_with('：') {
        line.push(Inline::Text("：".into()));
    }
    Block::Recipient(merged(line))
}

/// Builds the document of a marked text; `pictures` finds the files that it names.
///
/// # Errors
/// Table rows with more cells than the head, headings deeper than the standard knows, pictures that are not found.
pub fn build(marked: &Marked, pictures: &Find<'_>) -> Result<Document, Problems> {
    build_lined(marked, pictures).map(|(document, _)| document)
}

/// The same, and for each block the lines of the text that it was made of, from 0: of a table its caption, if it has
/// one, and its rows, the rule left out.
///
/// # Errors
/// As [`build`].
pub(crate) fn build_lined(
    marked: &Marked,
    pictures: &Find<'_>,
) -> Result<(Document, Vec<Vec<usize>>), Problems> {
    let mut builder = Builder { pictures: Some(pictures), ..Builder::default() };
    for (number, line) in marked.text.lines().enumerate() {
        builder.number = number;
        builder.line(line.trim_end());
    }
    builder.end_paragraph();
    builder.end_table();
    builder.end_chart();
    builder.order();
    letter::label(&mut builder.blocks);
    if !builder.problems.is_empty() {
        return Err(Problems(builder.problems));
    }
    let origin = Origin { template: marked.template.clone(), year: marked.year };
    let document = Document { blocks: builder.blocks, trails: marked.trails.clone(), origin: Some(origin) };
    Ok((document, builder.lines))
}

/// What the lines at hand become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    Point,
    /// A heading of this level that the text goes on behind.
    Heading(usize),
}

#[derive(Default)]
struct Builder<'f> {
    /// Finds picture files.
    pictures: Option<&'f Find<'f>>,
    blocks: Vec<Block>,
    /// The lines of each block.
    lines: Vec<Vec<usize>>,
    /// The line at hand.
    number: usize,
    /// Lines of the paragraph or table that goes on, and of the caption before it.
    run: Vec<usize>,
    captioned: Vec<usize>,
    /// A paragraph, point or heading that goes on, and its line.
    open: Option<(Open, Vec<Inline>)>,
    table: Vec<Row>,
    caption: Vec<Inline>,
    /// The kind of chart that the table is drawn as, once its caption was read.
    chart: Option<ChartKind>,
    /// What its caption says besides its words, and the line of its unit.
    marks: Marks,
    unit: String,
    /// The line before is a row or a note of a table.
    beside: bool,
    /// How the columns are set, and how many rows stand above the rule that says so.
    align: Option<(Vec<Align>, usize)>,
    /// Headings so far at each level, within their parents.
    headings: [u64; 4],
    points: u64,
    /// What the 发文机关标志 above says.
    form: Option<Form>,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn line(&mut self, line: &str) {
        let start = line.trim_start_matches([' ', '\t', '　']);
        let beside = std::mem::take(&mut self.beside);
        if start.starts_with('|') {
            self.take_unit();
            self.end_paragraph();
            self.beside = true;
            return self.table_line(start);
        }
        self.end_table();
        if beside && tables::is_note(start) {
            self.beside = true;
            return self.push(Block::TableNote(inlines(start)), vec![self.number]);
        }
        if start.is_empty() {
            return self.end_paragraph();
        }
        self.end_chart();
        if let Some((kind, caption)) = charted::opened(start) {
            self.end_paragraph();
            self.caption(caption);
            self.chart = Some(kind);
        } else if let Some((marks, caption)) = Marks::read(start) {
            self.end_paragraph();
            self.caption(caption);
            self.marks = marks;
        } else if let Some(marks) = picture::Marks::read(start) {
            self.end_paragraph();
            self.picture(&marks);
        } else if let Some((level, text)) = heading(start) {
            self.end_paragraph();
            self.opened(level, inlines(text));
        } else if let Some(point) = start.strip_prefix("- ") {
            self.end_paragraph();
            self.open = Some((Open::Point, inlines(point)));
            self.run = vec![self.number];
        } else if let Some((part, text)) = part(start) {
            self.end_paragraph();
            self.push(part(inlines(text)), vec![self.number]);
        } else if let Some((element, text)) = letter::element(start, self.form) {
            self.end_paragraph();
            self.element(element, inlines(text));
        } else {
            self.problems.extend(picture::slip(start));
            self.text(start.strip_prefix('\\').unwrap_or(start));
        }
    }

    /// A line `单位：万元` right above a table is that of its unit.
    fn take_unit(&mut self) {
        let is_unit = |line: &[Inline]| {
            line.iter().all(|one| matches!(one, Inline::Text(_)))
                && super::plain(line).starts_with(tables::UNIT)
        };
        if let Some((Open::Paragraph, line)) = &self.open
            && self.table.is_empty()
            && self.run.len() == 1
            && is_unit(line)
        {
            self.unit = super::plain(line);
            self.open = None;
            self.captioned.append(&mut self.run);
        }
    }

    fn caption(&mut self, caption: &str) {
        (self.marks, self.unit) = (Marks::default(), String::new());
        self.caption = inlines(caption);
        self.captioned = if self.caption.is_empty() { Vec::new() } else { vec![self.number] };
    }

    /// A chart whose figures do not follow.
    fn end_chart(&mut self) {
        if self.chart.take().is_some() {
            let caption = super::plain(&std::mem::take(&mut self.caption));
            self.captioned.clear();
            self.problems.push(
                Diagnostic::error("chart-without-figures", format!("图“{caption}”下面没有写数"))
                    .hint("图的标题下面接着写一张表：第一列年份，后面一列一项指标；或者用 {{图 …}}"),
            );
        }
    }

    /// A picture; one that is missing in a draft is a paragraph that says so.
    fn picture(&mut self, marks: &picture::Marks<'_>) {
        let name = super::plain(&inlines(marks.name));
        let width = marks.width.unwrap_or_else(|words| {
            self.problems.push(picture::wrong_width(&name, words));
            None
        });
        let find = self.pictures.unwrap_or(&picture::nowhere);
        let block = match find(&name) {
            Ok(Some(picture)) => Block::Picture(Plate { caption: inlines(marks.caption), picture, width }),
            Ok(None) => Block::Paragraph(vec![Inline::Missing(picture::gap(&name))]),
            Err(problem) => return self.problems.push(problem),
        };
        self.push(block, vec![self.number]);
    }

    fn push(&mut self, block: Block, lines: Vec<usize>) {
        self.blocks.push(block);
        self.lines.push(lines);
    }

    /// An element of the letter. Headings of an annex are numbered for themselves.
    /// An element without words does not appear.
    fn element(&mut self, element: Element, line: Vec<Inline>) {
        if element != Element::Annex && super::plain(&line).trim().is_empty() {
            return;
        }
        match element {
            Element::Mark(form) if self.form.is_some_and(|other| other != form) => {
                self.problems.push(order::two_forms(&super::plain(&line)));
            }
            Element::Mark(form) => self.form = Some(form),
            Element::Annex => (self.headings, self.points) = ([0; 4], 0),
            _ => {}
        }
        for block in letter::blocks(element, line) {
            self.push(block, vec![self.number]);
        }
    }

    /// Elements in the order of the standard, wherever the template has them.
    fn order(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let mut all: Vec<_> = std::mem::take(&mut self.blocks).into_iter().zip(lines).collect();
        all.sort_by_key(|(block, _)| order::rank(block, self.form.is_some()));
        (self.blocks, self.lines) = all.into_iter().unzip();
    }

    /// A line goes on the paragraph before it, without a space: Chinese has none.
    fn text(&mut self, line: &str) {
        let more = inlines(line);
        match &mut self.open {
            Some((_, open)) => open.extend(more),
            None => {
                self.open = Some((Open::Paragraph, more));
                self.run.clear();
            }
        }
        self.run.push(self.number);
    }

    fn end_paragraph(&mut self) {
        let Some((open, line)) = self.open.take() else { return };
        let (line, lines) = (merged(line), std::mem::take(&mut self.run));
        match open {
            Open::Paragraph => self.push(Block::Paragraph(line), lines),
            Open::Point => self.point(line, lines),
            Open::Heading(level) => {
                let (text, body) = split_heading(line);
                self.heading(level, text, body, lines);
            }
        }
    }

    fn point(&mut self, line: Vec<Inline>, lines: Vec<usize>) {
        let (fixed, line) = fixed(line);
        self.points += u64::from(!fixed);
        let number = if fixed { String::new() } else { format!("{}是", numeral::count(self.points)) };
        let (lead, text) = split_lead(line);
        self.push(Block::Point { number, lead, text }, lines);
    }

    /// A heading whose first sentence is at its end goes on, as the text does behind it.
    fn opened(&mut self, level: usize, line: Vec<Inline>) {
        let runs_in = level > 0 && !split_lead(line.clone()).0.is_empty();
        if runs_in {
            self.open = Some((Open::Heading(level), line));
            self.run = vec![self.number];
        } else {
            self.heading(level, line, Vec::new(), vec![self.number]);
        }
    }

    /// Levels per GB/T 9704-2012, 7.3.3: 一、（一）1.（1）
    fn heading(&mut self, level: usize, text: Vec<Inline>, body: Vec<Inline>, lines: Vec<usize>) {
        self.points = 0;
        if level == 0 {
            return self.push(Block::Title(text), lines);
        }
        let (fixed, text) = fixed(text);
        let Some(count) = self.headings.get_mut(level - 1) else {
            let problem =
                Diagnostic::error("heading-too-deep", format!("标题“{}”层次太深", super::plain(&text)))
                    .hint("公文标题最多四级：##、###、####、#####");
            return self.problems.push(problem);
        };
        if fixed {
            let heading = Block::Heading { level: level as u8, number: String::new(), text, body };
            return self.push(heading, lines);
        }
        *count += 1;
        let mut number = number(level, *count);
        number.push_str(parting(&number, &super::plain(&text)));
        self.headings[level..].fill(0);
        self.push(Block::Heading { level: level as u8, number, text, body }, lines);
    }

    fn table_line(&mut self, line: &str) {
        let cells = cells(line);
        if !self.table.is_empty() && self.align.is_none() && cells.iter().all(|cell| is_rule(cell)) {
            self.align = Some((cells.iter().map(|cell| align(cell)).collect(), self.table.len()));
            return;
        }
        if self.table.is_empty() {
            self.run.clear();
        }
        self.table.push(Row::from(cells.iter().map(|words| cell(words)).collect::<Vec<Cell>>()));
        self.run.push(self.number);
    }

    fn end_table(&mut self) {
        if self.table.is_empty() {
            return;
        }
        let mut head = std::mem::take(&mut self.table);
        let (mut align, heads) = self.align.take().unwrap_or((Vec::new(), 1));
        let width = head.iter().take(heads).map(|row| row.cells.len()).max().unwrap_or(0);
        if let Some(row) = head.iter().find(|row| row.cells.len() > width) {
            let first = row.cells.first().map(|cell| super::plain(&cell.words)).unwrap_or_default();
            self.problems.push(
                Diagnostic::error("table-row-too-long", format!("表格中“{first}”这一行比表头多出几格"))
                    .hint("请核对这一行里竖线 | 的个数"),
            );
        }
        head.iter_mut().for_each(|row| row.cells.resize(width, Cell::default()));
        align.resize(width, Align::Left);
        let rows = head.split_off(heads);
        let caption = std::mem::take(&mut self.caption);
        let mut lines = std::mem::take(&mut self.captioned);
        lines.append(&mut self.run);
        let chart = self.chart.take();
        let (marks, unit) = (std::mem::take(&mut self.marks), std::mem::take(&mut self.unit));
        let Marks { landscape, widths } = marks;
        let mut table = Table { caption, unit, head, rows, align, widths, landscape, chart };
        if table.settle() {
            let first =
                table.head.iter().flat_map(|row| &row.cells).map(|cell| super::plain(&cell.words)).next();
            self.problems.push(
                Diagnostic::error("table-merge", format!("表格中合并的格子对不齐（表头第一格是“{}”）", first.unwrap_or_default()))
                    .hint("“<”和左边一格合并，“^”和上边一格合并；要合并成一格的，各行的列数应相同，表头不能和下面的行合并"),
            );
        }
        if let Some(Err(why)) = table.chart.map(|_| table.series()) {
            let caption = super::plain(&table.caption);
            self.problems.push(
                Diagnostic::error("wrong-chart", format!("图“{caption}”画不出来：{why}"))
                    .hint("图的表第一列写年份，后面一列一项指标，同一张图的单位要能换算；没有数的年份写“—”"),
            );
        }
        self.problems.extend(tables::turned(&mut table));
        self.push(Block::Table(table), lines);
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let text = line[hashes..].strip_prefix(' ')?;
    (hashes > 0).then(|| (hashes - 1, text.trim_start()))
}

/// A backslash before a heading or point keeps it without a number of ours: its own is among its words.
fn fixed(mut line: Vec<Inline>) -> (bool, Vec<Inline>) {
    let Some(Inline::Text(first)) = line.first_mut() else { return (false, line) };
    let Some(rest) = first.strip_prefix('\\').map(str::to_owned) else { return (false, line) };
    *first = rest;
    (true, line)
}

fn part(line: &str) -> Option<(Maker, &str)> {
    PARTS.iter().find_map(|(start, block)| Some((*block, line.strip_prefix(start)?)))
}

/// The number of a heading, as GB/T 9704-2012, 7.3.3 has it: 一、（一）1.（1）
pub fn number(level: usize, count: u64) -> String {
    match level {
        1 => format!("{}、", numeral::count(count)),
        2 => format!("（{}）", numeral::count(count)),
        3 => format!("{count}."),
        _ => format!("（{count}）"),
    }
}

/// The pieces of a line.
fn inlines(line: &str) -> Vec<Inline> {
    let inline = |piece| match piece {
        Piece::Text(text) => Inline::Text(text.to_owned()),
        Piece::Figure(trail, text) => Inline::Figure { trail, text: text.to_owned() },
        Piece::Missing(text) => Inline::Missing(text.to_owned()),
    };
    marked::pieces(line).into_iter().map(inline).collect()
}

/// The first sentence of a point or heading and the rest; nothing where it is one sentence.
pub(crate) fn split_lead(line: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let end = line.iter().enumerate().find_map(|(index, inline)| match inline {
        Inline::Text(text) => text.find('。').map(|at| (index, at + '。'.len_utf8())),
        Inline::Figure { .. } | Inline::Missing(_) | Inline::Changed { .. } | Inline::Noted { .. } => None,
    });
    let Some((index, at)) = end else { return (Vec::new(), line) };
    let mut lead = line;
    let mut rest = lead.split_off(index + 1);
    if let Some(Inline::Text(text)) = lead.last_mut() {
        let behind = text.split_off(at);
        if !behind.is_empty() {
            rest.insert(0, Inline::Text(behind));
        }
    }
    if rest.is_empty() { (Vec::new(), lead) } else { (lead, rest) }
}

/// The first sentence of a heading and the text that goes on behind it; all of it is heading where it is one sentence.
pub(crate) fn split_heading(line: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let (lead, rest) = split_lead(line);
    if lead.is_empty() { (rest, lead) } else { (lead, rest) }
}

/// A cell: `<` alone joins it to the one on its left, `^` to the one above, `<br>` parts its paragraphs.
fn cell(words: &str) -> Cell {
    if let Some(merged) = bars::joined(words) {
        return Cell { merged, ..Cell::default() };
    }
    match words.strip_prefix('\\') {
        Some(mark) if bars::joined(mark).is_some() => Cell::from(vec![Inline::Text(mark.to_owned())]),
        _ => Cell::from(merged(inlines(words)).into_iter().map(broken).collect::<Vec<Inline>>()),
    }
}

/// Words of a template with their marks read; words of facts have none.
fn broken(inline: Inline) -> Inline {
    match inline {
        Inline::Text(text) => Inline::Text(breaks(&text)),
        inline => inline,
    }
}

/// `<br>` is a line break, `\<br>` its letters.
fn breaks(text: &str) -> String {
    let letters = format!("\\{}", bars::BREAK);
    let parts = text.split(&letters).map(|part| part.replace(bars::BREAK, "\n"));
    parts.collect::<Vec<_>>().join(bars::BREAK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Merged;
    use crate::period::Period;

    fn document(text: &str) -> Document {
        build(&Marked { text: text.into(), ..marked() }, &picture::nowhere).unwrap()
    }

    fn marked() -> Marked {
        Marked {
            text: String::new(),
            trails: Vec::new(),
            warnings: Vec::new(),
            missing: Vec::new(),
            template: "t".into(),
            year: Period::year(2011),
        }
    }

    fn numbers(text: &str) -> Vec<String> {
        let number = |block: &Block| match block {
            Block::Heading { number, .. } | Block::Point { number, .. } => Some(number.clone()),
            _ => None,
        };
        document(text).blocks.iter().filter_map(number).collect()
    }

    #[test]
    fn headings_and_points_number_themselves_within_their_parents() {
        let text = "# 题\n## 甲\n- 一\n- 二\n### 乙\n- 三\n#### 丙\n##### 丁\n## 戊\n### 己";
        let want = ["一、", "一是", "二是", "（一）", "一是", "1.", "（1）", "二、", "（一）"];
        assert_eq!(numbers(text), want);
    }

    #[test]
    fn a_number_does_not_read_on_in_the_figure_behind_it() {
        assert_eq!(
            numbers("# 题\n## 35户\n### 35户\n#### 35户\n#### 三户\n##### 35户"),
            ["一、", "（一）", "1. ", "2.", "（1）"]
        );
    }

    #[test]
    fn lines_join_into_paragraphs_and_a_backslash_keeps_a_line_plain() {
        let document = document("甲\n乙\n\n\\# 丙\n\n署名：镇政府\n成文日期：2011年12月20日");
        let text = |t: &str| vec![Inline::Text(t.into())];
        let want = [
            Block::Paragraph(vec![Inline::Text("甲乙".into())]),
            Block::Paragraph(text("# 丙")),
            Block::Signature(text("镇政府")),
            Block::Date(text("2011年12月20日")),
        ];
        assert_eq!(document.blocks, want);
    }

    #[test]
    fn the_lead_of_a_point_is_its_first_sentence_unless_that_is_all() {
        let document = document("- 学在前面。全镇学。\n- 讲到门口。");
        let text = |t: &str| vec![Inline::Text(t.into())];
        let want = [
            Block::Point {
                number: "一是".into(), lead: text("学在前面。"), text: text("全镇学。")
            },
            Block::Point { number: "二是".into(), lead: Vec::new(), text: text("讲到门口。") },
        ];
        assert_eq!(document.blocks, want);
    }

    #[test]
    fn a_backslash_keeps_a_number_as_it_was_typed() {
        let text = "# 题\n## 甲\n## \\四、乙\n- \\其一，丙\n- 丁\n## 戊";
        assert_eq!(numbers(text), ["一、", "", "", "一是", "二、"]);
        let document = document(text);
        let lines: Vec<String> =
            document.blocks.iter().map(|block| super::super::Line::of(block).text).collect();
        assert_eq!(lines, ["题", "一、甲", "四、乙", "其一，丙", "一是丁", "二、戊"]);
    }

    #[test]
    fn the_text_goes_on_behind_the_first_sentence_of_a_heading() {
        let document = document(
            "## 学习\n### 抓学习。全镇各村\n都学了。\n\n### 讲到门口。\n### \\（九）抓宣传。贴标语。\n后文",
        );
        let text = |t: &str| vec![Inline::Text(t.into())];
        let heading = |level, number: &str, words: &str, body: Vec<Inline>| Block::Heading {
            level,
            number: number.into(),
            text: text(words),
            body,
        };
        let want = [
            heading(1, "一、", "学习", Vec::new()),
            heading(2, "（一）", "抓学习。", text("全镇各村都学了。")),
            heading(2, "（二）", "讲到门口。", Vec::new()),
            heading(2, "", "（九）抓宣传。", text("贴标语。后文")),
        ];
        assert_eq!(document.blocks, want);
    }

    #[test]
    fn heads_of_several_rows_stand_above_the_rule_and_cells_join() {
        let text = "| 村 | 人口（人） | < | 收入（万元） |\n| ^ | 男 | 女 | ^ |\n| --- | ---: | ---: | ---: |\n| 甲<br>乙 | \\< | \\<br> | 42 |\n| ^ | 1 | 2 | 3 |";
        let document = document(text);
        let Block::Table(table) = &document.blocks[0] else { panic!("no table") };
        let merges = |row: &Row| row.cells.iter().map(|cell| cell.merged).collect::<Vec<_>>();
        let words =
            |row: &Row| row.cells.iter().map(|cell| super::super::plain(&cell.words)).collect::<Vec<_>>();
        assert_eq!(table.head.len(), 2);
        assert_eq!(merges(&table.head[0]), [Merged::Not, Merged::Not, Merged::Left, Merged::Not]);
        assert_eq!(merges(&table.head[1]), [Merged::Up, Merged::Not, Merged::Not, Merged::Up]);
        assert_eq!(words(&table.rows[0]), ["甲\n乙", "<", "<br>", "42"]);
        assert_eq!(table.rows[1].cells[0].merged, Merged::Up);
        assert_eq!(table.head[0].across(1), 2);
    }

    #[test]
    fn cells_that_cannot_be_joined_are_refused() {
        for text in [
            "| < | 甲 |\n| --- | --- |",
            "| 甲 | 乙 |\n| --- | --- |\n| ^ | 丙 |",
            "| 甲 | < |\n| ^ | 乙 |\n| --- | --- |",
            "| 甲 | < |\n| 乙 | ^ |\n| --- | --- |",
        ] {
            let marked = Marked { text: text.into(), ..marked() };
            assert!(build(&marked, &picture::nowhere).is_err(), "{text}");
        }
    }

    #[test]
    fn tables_keep_their_bars_and_fill_short_rows() {
        let document = document("表：项目\n| 名 | 数 |\n| --- | ---: |\n| 甲\\|乙 | 1 |\n| 丙 |");
        let Block::Table(table) = &document.blocks[0] else { panic!("no table") };
        assert_eq!(super::super::plain(&table.caption), "项目");
        assert_eq!(table.align, [Align::Left, Align::Right]);
        assert_eq!(super::super::plain(&table.rows[0].cells[0].words), "甲|乙");
        assert_eq!(table.rows[1].cells, vec![vec![Inline::Text("丙".into())].into(), Cell::default()]);
    }
}
