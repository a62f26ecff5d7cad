//! The XML of Excel 2003, as many systems of offices export it under the name `.xls`.

use std::collections::BTreeMap;
use std::sync::Arc;

use roxmltree::{Document, Node, ParsingOptions};

use super::format::{FormatKind, NumberFormat};
use super::place::{Address, Area, COLUMNS, ROWS};
use super::{Book, Builder, Content, Day, Sheet, number, serial, sheet, trouble};
use crate::diag::Diagnostic;

/// What its elements are told by.
pub(super) const NAMESPACE: &str = "urn:schemas-microsoft-com:office:spreadsheet";
/// Elements and texts that a file may have: a cell has four of them.
const MOST_NODES: u32 = 3_000_000;

/// Formats that are named by a word.
const NAMED: [(&str, &str); 11] = [
    ("General Number", "General"),
    ("General Date", "yyyy/m/d h:mm"),
    ("Long Date", "yyyy\"年\"m\"月\"d\"日\""),
    ("Medium Date", "yyyy/m/d"),
    ("Short Date", "yyyy/m/d"),
    ("Long Time", "h:mm:ss"),
    ("Medium Time", "h:mm"),
    ("Short Time", "h:mm"),
    ("Fixed", "0.00"),
    ("Standard", "#,##0.00"),
    ("Percent", "0.00%"),
];

/// Reads a workbook from its text.
pub(super) fn read(text: &str, name: &str) -> Result<Book, Diagnostic> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start(), options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => trouble::too_many_cells(name),
        _ => trouble::broken(name),
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "Workbook" {
        return Err(trouble::not_a_workbook(name));
    }
    let formats = formats(root);
    let mut sheets = Vec::new();
    for worksheet in children(root, "Worksheet") {
        sheets.push(Walk::new(worksheet, &formats, name).run(worksheet)?);
        sheet::within(&sheets, name)?;
    }
    if sheets.is_empty() {
        return Err(trouble::refuse("no-cells", name, "里没有内容", "请核对是不是选错了文件"));
    }
    Ok(Book { name: name.to_owned(), sheets, notes: Vec::new() })
}

type Formats<'x> = BTreeMap<&'x str, Arc<NumberFormat>>;

/// The number format of every style; one without takes that of the style it is made from.
fn formats<'x>(root: Node<'x, 'x>) -> Formats<'x> {
    let mut formats = Formats::new();
    for style in children(root, "Styles").flat_map(|styles| children(styles, "Style")) {
        let own = children(style, "NumberFormat").find_map(|format| attribute(format, "Format"));
        let code = |code: &str| {
            let named = NAMED.iter().find(|(name, _)| *name == code).map_or(code, |(_, code)| *code);
            Arc::new(NumberFormat::parse(named))
        };
        let parent = || attribute(style, "Parent").and_then(|parent| formats.get(parent).cloned());
        let format = own.map(code).or_else(parent).unwrap_or_default();
        formats.extend(attribute(style, "ID").map(|id| (id, format)));
    }
    formats
}

struct Walk<'x> {
    formats: &'x Formats<'x>,
    name: &'x str,
    builder: Builder,
    /// Styles of columns: the first column, the last one, and the style.
    columns: Vec<(u32, u32, &'x str)>,
}

impl<'x> Walk<'x> {
    fn new(worksheet: Node<'x, 'x>, formats: &'x Formats<'x>, name: &'x str) -> Walk<'x> {
        let visible =
            children(worksheet, "WorksheetOptions").find_map(|options| children(options, "Visible").next());
        let hidden = visible.and_then(|node| node.text()).is_some_and(|text| text.trim() != "SheetVisible");
        let builder = Builder::new(attribute(worksheet, "Name").unwrap_or_default(), hidden);
        Walk { formats, name, builder, columns: Vec::new() }
    }

    fn run(mut self, worksheet: Node<'x, 'x>) -> Result<Sheet, Diagnostic> {
        for table in children(worksheet, "Table") {
            let mut column = 0;
            for node in children(table, "Column") {
                let first = place(node, COLUMNS).unwrap_or(column).min(COLUMNS - 1);
                let last = first.saturating_add(count(node, "Span")).min(COLUMNS - 1);
                self.columns.extend(attribute(node, "StyleID").map(|style| (first, last, style)));
                if is_on(node, "Hidden") {
                    self.builder.hide_columns(first, last);
                }
                column = last + 1;
            }
            let mut row = 1;
            for node in children(table, "Row") {
                row = place(node, ROWS).map_or(row, |place| place + 1);
                if row > ROWS {
                    break;
                }
                self.row(node, row)?;
                row = row.saturating_add(1).saturating_add(count(node, "Span"));
            }
        }
        Ok(self.builder.finish())
    }

    fn row(&mut self, node: Node<'x, 'x>, row: u32) -> Result<(), Diagnostic> {
        if is_on(node, "Hidden") {
            self.builder.hide(row);
        }
        let mut column = 0;
        for cell in children(node, "Cell") {
            column = place(cell, COLUMNS).unwrap_or(column);
            if column >= COLUMNS {
                break;
            }
            let at = Address { row, column };
            let (across, down) = (count(cell, "MergeAcross"), count(cell, "MergeDown"));
            let to = Address {
                row: row.saturating_add(down).min(ROWS),
                column: column.saturating_add(across).min(COLUMNS - 1),
            };
            if (across, down) != (0, 0) {
                self.builder.merge(Area { from: at, to }, self.name)?;
            }
            let style = attribute(cell, "StyleID").or(attribute(node, "StyleID")).or(self.of_column(column));
            if let Some(content) = self.content(cell, style) {
                self.builder.add(at, content, self.name)?;
            }
            column = to.column + 1;
        }
        Ok(())
    }

    fn of_column(&self, column: u32) -> Option<&'x str> {
        let found = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        found.map(|(_, _, style)| *style)
    }

    fn content(&mut self, cell: Node<'x, 'x>, style: Option<&str>) -> Option<Content> {
        let formula = attribute(cell, "Formula");
        // The name of another file stands in brackets.
        if formula.is_some_and(|formula| formula.contains(".xl") && formula.contains(']')) {
            self.builder.link();
        }
        let Some(data) = children(cell, "Data").next() else {
            return formula.map(|_| Content::Uncalculated);
        };
        let words: String = data.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
        if words.is_empty() {
            return None;
        }
        let format = style.and_then(|style| self.formats.get(style)).cloned().unwrap_or_default();
        Some(match attribute(data, "Type").unwrap_or("String") {
            "Number" => match number::written(&words) {
                Some(number) => serial::content(number, &format, false),
                None => Content::Text(words.into()),
            },
            "DateTime" => day(&words, &format).unwrap_or_else(|| Content::Text(words.into())),
            "Boolean" => Content::Truth(words.trim() == "1"),
            "Error" => Content::Error(words.into()),
            _ => Content::Text(format.worded(&words).unwrap_or(words).into()),
        })
    }
}

/// A date as its format shows it.
fn day(words: &str, format: &NumberFormat) -> Option<Content> {
    let day = Day::of_xml(words)?;
    let kind = format.kind(rust_decimal::Decimal::ONE);
    if kind == FormatKind::Time {
        let time = day.time.unwrap_or_default();
        return Some(Content::Text(format!("{:02}:{:02}", time.hour, time.minute).into()));
    }
    Some(Content::Date(day.as_far_as(kind)))
}

/// Elements of a name under another.
fn children<'x>(node: Node<'x, 'x>, name: &'static str) -> impl Iterator<Item = Node<'x, 'x>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// An attribute, by the name without its prefix.
fn attribute<'x>(node: Node<'x, 'x>, name: &str) -> Option<&'x str> {
    node.attributes().find(|one| one.name() == name).map(|one| one.value())
}

fn is_on(node: Node<'_, '_>, name: &str) -> bool {
    node.attributes().any(|one| one.name() == name && one.value() == "1")
}

/// The place that `Index` names, from 0; nothing where it stands behind the one before.
fn place(node: Node<'_, '_>, most: u32) -> Option<u32> {
    let index = node.attributes().find(|one| one.name() == "Index")?.value().trim().parse::<u32>().ok()?;
    (1..=most).contains(&index).then(|| index - 1)
}

fn count(node: Node<'_, '_>, name: &str) -> u32 {
    let found = node.attributes().find(|one| one.name() == name);
    found.and_then(|one| one.value().trim().parse().ok()).unwrap_or(0).min(ROWS)
}
