//! Excel workbooks in one look: a head that stays in view, columns as wide as they need, ready to print.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use crate::zh::width::display_width;

/// Excel keeps so many significant digits; a number with more is written as words, so that it stays exact.
const DIGITS: usize = 15;
/// Longest text of a cell.
const LONGEST: usize = 32_000;
/// Height of a line in points.
const LINE: u16 = 16;
/// A4 in Excel's list of papers.
const A4: u8 = 9;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Words; never read as a formula.
    Words(String),
    /// A number and how many decimals are shown.
    Number(Decimal, u32),
    /// A number with its sign.
    Signed(Decimal, u32),
    /// A formula that gives a signed number, and what it gives; `percent` shows it as one.
    #[allow(missing_docs, reason = "the comment of the variant names its fields")]
    Formula { formula: String, result: String, decimals: u32, percent: bool },
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn words(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Blank } else { Cell::Words(text) }
    }
}

/// A column: its head and its width in half-width characters.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its head.
    pub title: &'static str,
    /// Its width.
    pub width: u16,
}

/// A workbook being written. The same content gives the same bytes.
pub struct Book {
    workbook: Workbook,
}

impl Book {
    /// An empty workbook with a title.
    pub fn new(title: &str) -> Book {
        let mut workbook = Workbook::new();
        let mut about = DocProperties::new().set_title(title);
        if let Ok(fixed) = ExcelDateTime::from_ymd(2000, 1, 1) {
            about = about.set_creation_datetime(&fixed);
        }
        workbook.set_properties(&about);
        Book { workbook }
    }

    /// Adds a sheet: a head and rows; a row that is `marked` stands out.
    ///
    /// # Errors
    /// The name is no name of a sheet, or there are more rows than Excel has.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: &[Column],
        rows: &[(Vec<Cell>, bool)],
    ) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        dress(sheet, columns)?;
        for (index, (cells, marked)) in rows.iter().enumerate() {
            let row = u32::try_from(index + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
            sheet.set_row_height(row, height(columns, cells))?;
            for (column, cell) in (0u16..).zip(cells) {
                write(sheet, row, column, cell, *marked)?;
            }
        }
        let last = u32::try_from(rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        let width = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last, width)?;
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// Only for lack of memory.
    pub fn save(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

fn dress(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    let head = base(false)
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00DD_E6F0));
    for (index, column) in (0u16..).zip(columns) {
        sheet.set_column_width(index, column.width)?;
        sheet.write_string_with_format(0, index, column.title, &head)?;
    }
    sheet.set_row_height(0, 24)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

/// As high as the cell with the most lines: programs do not all find that out by themselves.
fn height(columns: &[Column], cells: &[Cell]) -> u16 {
    let lines = |(column, cell): (&Column, &Cell)| match cell {
        Cell::Words(text) => {
            let room = usize::from(column.width).saturating_sub(1).max(1);
            text.lines().map(|line| display_width(line).div_ceil(room).max(1)).sum()
        }
        Cell::Blank | Cell::Number(..) | Cell::Signed(..) | Cell::Formula { .. } => 1,
    };
    let most: usize = columns.iter().zip(cells).map(lines).max().unwrap_or(1);
    u16::try_from(most.clamp(1, 25)).unwrap_or(25) * LINE
}

fn base(marked: bool) -> Format {
    let format = Format::new()
        .set_font_name("宋体")
        .set_font_size(11)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00B0_B0B0))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    if marked { format.set_background_color(Color::RGB(0x00FF_F2CC)) } else { format }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, marked: bool) -> Result<(), XlsxError> {
    let base = base(marked);
    match cell {
        Cell::Blank => sheet.write_blank(row, column, &base)?,
        Cell::Words(text) => sheet.write_string_with_format(row, column, clipped(text), &base)?,
        Cell::Number(number, _) | Cell::Signed(number, _) if !fits(*number) => {
            sheet.write_string_with_format(row, column, number.to_string(), &base)?
        }
        Cell::Number(number, decimals) => {
            sheet.write_with_format(row, column, *number, &base.set_num_format(places(*decimals)))?
        }
        Cell::Signed(number, decimals) => {
            sheet.write_with_format(row, column, *number, &base.set_num_format(signed(&places(*decimals))))?
        }
        Cell::Formula { formula, result, decimals, percent } => {
            let places = format!("{}{}", places(*decimals), if *percent { "%" } else { "" });
            let format = base.set_num_format(signed(&places)).set_align(FormatAlign::Right);
            let formula = Formula::new(formula.as_str()).set_result(result.as_str());
            sheet.write_formula_with_format(row, column, formula, &format)?
        }
    };
    Ok(())
}

fn fits(number: Decimal) -> bool {
    number.normalize().mantissa().unsigned_abs().to_string().len() <= DIGITS
}

/// `0.00` for two decimals.
fn places(decimals: u32) -> String {
    if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals as usize)) }
}

fn signed(places: &str) -> String {
    format!("+{places};-{places};{places}")
}

fn clipped(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}……", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn part(file: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn book() -> Vec<u8> {
        let columns = [Column { title: "指标", width: 20 }, Column { title: "数", width: 10 }];
        let long: Decimal = "1234567890123456789".parse().unwrap();
        let formula =
            Cell::Formula { formula: "=B2+1".into(), result: "9.6".into(), decimals: 1, percent: false };
        let rows = [
            (vec![Cell::words("=1+1"), Cell::Number("8.6".parse().unwrap(), 1)], false),
            (vec![Cell::Blank, Cell::Number(long, 0)], true),
            (vec![Cell::words("和"), formula], false),
        ];
        let mut book = Book::new("对比");
        book.sheet("事实", &columns, &rows).unwrap();
        book.save().unwrap()
    }

    #[test]
    fn numbers_are_numbers_words_are_no_formulas_and_bytes_repeat() {
        let file = book();
        assert_eq!(file, book());
        let sheet = part(&file, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<v>8.6</v>") && sheet.contains("<f>B2+1</f><v>9.6</v>"), "{sheet}");
        assert!(!sheet.contains("<f>1+1"), "{sheet}");
        let words = part(&file, "xl/sharedStrings.xml");
        assert!(words.contains("=1+1") && words.contains("1234567890123456789"), "{words}");
    }
}
