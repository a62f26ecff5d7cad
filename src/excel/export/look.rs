//! How workbooks of ours look: what may be filled in is white, the rest is grey and locked, heads stay in view, every
//! sheet prints on A4 with its head on every page.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use crate::excel::values::Shown;
use crate::zh::width::display_width;

/// Longest text of a cell.
const LONGEST: usize = 32_000;
/// Height of a line in points.
const LINE: usize = 16;
/// A4 in Excel's list of papers.
const A4: u8 = 9;
/// Excel's longest name of a sheet.
const NAME: usize = 31;
/// What is locked, and the heads.
const GREY: Color = Color::RGB(0x00F2_F2F2);
const HEAD: Color = Color::RGB(0x00DD_E6F0);
/// What was carried over from last year and is not yet confirmed.
const YELLOW: Color = Color::RGB(0x00FF_F2CC);
const BORDER: Color = Color::RGB(0x00B0_B0B0);
const FAINT: Color = Color::RGB(0x0059_6273);

/// A workbook being written. The same content gives the same bytes.
pub(crate) struct Paper {
    workbook: Workbook,
    /// Names of sheets that are taken, as Excel compares them.
    taken: BTreeSet<String>,
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Locked, grey.
    Locked,
    /// Locked and faint: paths, what is computed.
    Faint,
    /// To be filled in.
    Open,
    /// To be filled in or confirmed.
    Marked,
    /// Locked, in the middle of its cell.
    Middle,
}

/// A sheet being written.
pub(crate) struct Page<'w> {
    sheet: &'w mut Worksheet,
    widths: Vec<u16>,
    hidden: u16,
    /// The row of the heads, from 0.
    head: u32,
    /// Points that a line is higher than its words need.
    room: usize,
}

impl Paper {
    /// An empty workbook with a title.
    pub fn new(title: &str) -> Paper {
        let mut workbook = Workbook::new();
        let mut about = DocProperties::new().set_title(title);
        if let Ok(fixed) = ExcelDateTime::from_ymd(2000, 1, 1) {
            about = about.set_creation_datetime(&fixed);
        }
        workbook.set_properties(&about);
        Paper { workbook, taken: BTreeSet::new() }
    }

    /// Adds a sheet; its name is shortened and told apart from others where Excel wants that.
    pub fn sheet(
        &mut self,
        name: &str,
        suffix: &str,
        write: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        let name = self.free_name(name, suffix);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        write(sheet)
    }

    fn free_name(&mut self, name: &str, suffix: &str) -> String {
        let allowed = |c: &char| !"[]:*?/\\".contains(*c) && !c.is_control();
        let plain: String = name.chars().filter(allowed).collect();
        let plain = plain.trim_matches(['\'', ' ']).to_owned();
        let plain = if plain.is_empty() { "表".to_owned() } else { plain };
        for number in 1.. {
            let ending = if number == 1 { suffix.to_owned() } else { format!("{suffix}（{number}）") };
            let room = NAME - ending.encode_utf16().count().min(NAME);
            let mut kept = String::new();
            for c in plain.chars() {
                if kept.encode_utf16().count() + c.len_utf16() > room {
                    break;
                }
                kept.push(c);
            }
            let name = format!("{kept}{ending}");
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
        plain
    }

    /// The file.
    pub fn save(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

impl<'w> Page<'w> {
    /// A page with columns of some widths; behind them comes the hidden one with the key in its head, which stands in
    /// the row `head`.
    pub fn new(
        sheet: &'w mut Worksheet,
        widths: Vec<u16>,
        (head, key): (u32, &str),
    ) -> Result<Page<'w>, XlsxError> {
        let hidden = u16::try_from(widths.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (column, width) in (0u16..).zip(&widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.write_string(head, hidden, key)?;
        sheet.set_column_hidden(hidden)?;
        Ok(Page { sheet, widths, hidden, head, room: 4 })
    }

    /// Writes the heads and freezes them, with the first `frozen` columns.
    pub fn heads(&mut self, heads: &[String], frozen: u16) -> Result<(), XlsxError> {
        let format =
            base(11).set_bold().set_align(FormatAlign::Center).set_background_color(HEAD).set_text_wrap();
        for (column, head) in (0u16..).zip(heads) {
            self.sheet.write_string_with_format(self.head, column, clipped(head), &format)?;
        }
        let lines = heads.iter().zip(&self.widths).map(|(head, width)| lines(head, *width)).max();
        self.height(self.head, lines.unwrap_or(1))?;
        self.sheet.set_freeze_panes(self.head + 1, frozen)?;
        self.sheet.set_repeat_rows(self.head, self.head)?;
        Ok(())
    }

    /// Makes the lines high enough to be filled in by hand.
    pub fn roomy(&mut self) {
        self.room = 10;
    }

    /// A title over the whole width.
    pub fn banner(&mut self, row: u32, words: &str) -> Result<(), XlsxError> {
        let format = Format::new()
            .set_font_name("黑体")
            .set_font_size(16)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        self.sheet.merge_range(row, 0, row, self.hidden.saturating_sub(1), &clipped(words), &format)?;
        self.sheet.set_row_height(row, 32)?;
        Ok(())
    }

    /// A line of words over the whole width, above the heads. It may be written into.
    pub fn line(&mut self, row: u32, words: &str) -> Result<(), XlsxError> {
        let format = Format::new()
            .set_font_name("仿宋")
            .set_font_size(11)
            .set_unlocked()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        self.sheet.merge_range(row, 0, row, self.hidden.saturating_sub(1), &clipped(words), &format)?;
        let wide: u16 = self.widths.iter().sum();
        self.height(row, lines(words, wide))
    }

    /// Writes a cell.
    pub fn cell(&mut self, row: u32, column: u16, shown: &Shown, ink: Ink) -> Result<(), XlsxError> {
        match shown {
            Shown::Blank => self.sheet.write_blank(row, column, &worded(ink))?,
            Shown::Words(words) => {
                // A text that begins like a formula stays a text even where somebody edits it.
                let format = if is_risky(words) { worded(ink).set_quote_prefix() } else { worded(ink) };
                self.sheet.write_string_with_format(row, column, clipped(words), &format)?
            }
            Shown::Number { number, decimals, percent } => {
                let number = if *percent { number / Decimal::ONE_HUNDRED } else { *number };
                let format = numbered(ink, places(*decimals, *percent));
                self.sheet.write_with_format(row, column, number, &format)?
            }
        };
        Ok(())
    }

    /// Writes words that are kept as words, whatever is typed over them.
    pub fn words(&mut self, row: u32, column: u16, shown: &Shown, ink: Ink) -> Result<(), XlsxError> {
        match shown {
            Shown::Words(_) | Shown::Number { .. } => self.cell(row, column, shown, ink)?,
            Shown::Blank => {}
        }
        let format = worded(ink).set_num_format("@");
        let risky = matches!(shown, Shown::Words(words) if is_risky(words));
        let format = if risky { format.set_quote_prefix() } else { format };
        self.sheet.set_cell_format(row, column, &format)?;
        Ok(())
    }

    /// An empty cell for a per cent or another number.
    pub fn empty(
        &mut self,
        row: u32,
        column: u16,
        decimals: u32,
        percent: bool,
        ink: Ink,
    ) -> Result<(), XlsxError> {
        self.sheet.write_blank(row, column, &numbered(ink, places(decimals, percent)))?;
        Ok(())
    }

    /// The key of a line, and as many lines of text as the cells need.
    pub fn finish_row(&mut self, row: u32, key: Option<&str>, cells: &[&Shown]) -> Result<(), XlsxError> {
        if let Some(key) = key {
            self.sheet.write_string_with_format(row, self.hidden, key, &Format::new().set_unlocked())?;
        }
        let needed = cells.iter().zip(&self.widths).map(|(shown, width)| match shown {
            Shown::Words(words) => lines(words, *width),
            Shown::Blank | Shown::Number { .. } => 1,
        });
        self.height(row, needed.max().unwrap_or(1))
    }

    fn height(&mut self, row: u32, lines: usize) -> Result<(), XlsxError> {
        let height = u16::try_from(lines.clamp(1, 20) * LINE + self.room).unwrap_or(u16::MAX);
        self.sheet.set_row_height(row, height).map(drop)
    }

    /// Leaves a whole column open below its head, for new rows.
    pub fn open_column(&mut self, column: u16) -> Result<(), XlsxError> {
        self.sheet.set_column_format(column, &inked(Ink::Open).set_border(FormatBorder::None)).map(drop)
    }

    /// Says what may be filled into cells of a column, from row to row.
    pub fn validate(
        &mut self,
        rows: (u32, u32),
        column: u16,
        rule: &DataValidation,
    ) -> Result<(), XlsxError> {
        self.sheet.add_data_validation(rows.0, column, rows.1, column, rule).map(drop)
    }

    /// Makes the page ready: locked, and for printing, under a title unless it has its own.
    pub fn finish(&mut self, title: &str, rows: u32, grows: bool) -> Result<(), XlsxError> {
        let options = ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: grows,
            delete_rows: grows,
            sort: grows,
            use_autofilter: true,
            ..ProtectionOptions::default()
        };
        self.sheet.protect_with_options(&options);
        let wide: u16 = self.widths.iter().sum();
        if wide > 100 {
            self.sheet.set_landscape();
        }
        let last = self.hidden.saturating_sub(1);
        self.sheet.set_print_area(0, 0, rows.max(1), last)?;
        if !title.is_empty() {
            self.sheet.set_header(format!("&C&14&\"黑体\"{}", title.replace('&', "&&")));
        }
        self.sheet
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_footer("&C&10&\"宋体\"第 &P 页，共 &N 页");
        if self.head == 0 {
            self.sheet.autofilter(0, 0, rows.max(1), self.hidden)?;
        }
        Ok(())
    }
}

fn base(size: u8) -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(size)
        .set_border(FormatBorder::Thin)
        .set_border_color(BORDER)
        .set_align(FormatAlign::VerticalCenter)
}

/// How words stand in their cell: off its edge, or in its middle.
fn worded(ink: Ink) -> Format {
    match ink {
        Ink::Middle => inked(ink).set_align(FormatAlign::Center),
        Ink::Locked | Ink::Faint | Ink::Open | Ink::Marked => {
            inked(ink).set_align(FormatAlign::Left).set_indent(1)
        }
    }
}

/// How numbers stand in their cell: at its edge, because Calc forgets an indent beside an empty cell, and digits would
/// stand below each other no more.
fn numbered(ink: Ink, places: String) -> Format {
    inked(ink).set_align(FormatAlign::Right).set_num_format(places)
}

fn inked(ink: Ink) -> Format {
    match ink {
        Ink::Locked => base(11).set_background_color(GREY).set_text_wrap(),
        Ink::Faint => base(11).set_background_color(GREY).set_font_color(FAINT).set_text_wrap(),
        Ink::Open => base(11).set_unlocked().set_text_wrap(),
        Ink::Marked => base(11).set_unlocked().set_background_color(YELLOW).set_text_wrap(),
        Ink::Middle => base(11).set_background_color(GREY).set_text_wrap(),
    }
}

/// Whether words begin like a formula.
fn is_risky(words: &str) -> bool {
    words.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// `0.00` for two decimals; what is typed with more shows them too, up to six. A whole number has no point.
fn places(decimals: u32, percent: bool) -> String {
    let zeros = "0".repeat(decimals as usize);
    let more = "#".repeat(6_usize.saturating_sub(zeros.len()));
    match (decimals, percent) {
        (0, false) => "General".to_owned(),
        (0, true) => "0%".to_owned(),
        (_, false) => format!("0.{zeros}{more}"),
        (_, true) => format!("0.{zeros}{more}%"),
    }
}

/// Lines that a text takes in a column.
fn lines(text: &str, width: u16) -> usize {
    let room = usize::from(width).saturating_sub(1).max(1);
    text.lines().map(|line| display_width(line).div_ceil(room).max(1)).sum::<usize>().max(1)
}

/// A width that suits what stands in a column.
pub(crate) fn width<'t>(texts: impl Iterator<Item = &'t str>, least: usize, most: usize) -> u16 {
    let widest = texts.flat_map(str::lines).map(display_width).max().unwrap_or(0);
    u16::try_from((widest + 3).clamp(least, most)).unwrap_or(u16::MAX)
}

fn clipped(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}……", &text[..end])
}
