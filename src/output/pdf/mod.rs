//! PDF/A-2a from the placed ink: tagged, with bookmarks, and the same bytes for the same report and faces.
//!
//! The pages are those of the Word file: `layout` has placed every character, and faces only draw them.

mod ink;
mod points;
mod remarks;
mod text;
mod tree;

use std::collections::BTreeSet;

use krilla::configure::{Archival, Configuration, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::{Document as Pdf, SerializeSettings};

use crate::diag::Diagnostic;
use crate::document::Document;
use crate::document::issued::dated;
use crate::fonts::{Fonts, Wanted};
use crate::layout::{Face, Mark, Sheet};
use points::points;
use tree::Leaves;

/// The year that a report without a day is said to be of, as in Word's revisions.
const UNDATED: u16 = 2000;

/// The characters that the sheets show.
pub(super) fn wanted(sheets: &[Sheet]) -> Wanted {
    let mut wanted = Wanted::default();
    for run in sheets.iter().flat_map(|sheet| &sheet.marks).filter_map(as_run) {
        let of_face: &mut BTreeSet<char> = wanted.faces.entry(run.face).or_default();
        let shown = run.chars.iter().filter_map(|one| text::shown(&one.text));
        of_face.extend(shown.clone());
        if run.face != Face::Song {
            wanted.digits.extend(shown.filter(char::is_ascii));
        }
        wanted.marks.extend(run.chars.iter().flat_map(|one| one.text.chars().skip(1)));
    }
    wanted
}

/// Writes the sheets, and says what kept them from being PDF/A, if anything did.
///
/// # Errors
/// A face cannot be embedded.
pub(super) fn write(
    document: &Document,
    sheets: &[Sheet],
    fonts: &Fonts,
) -> Result<(Vec<u8>, Option<Diagnostic>), Diagnostic> {
    if remarks::any(sheets) {
        let plain = written(document, sheets, fonts, Configuration::default());
        let bytes = remarks::added(plain.map_err(|error| unwritten(&error))?, sheets);
        return Ok((bytes, Some(only_to_read())));
    }
    match written(document, sheets, fonts, archival()) {
        Ok(bytes) => Ok((bytes, None)),
        Err(KrillaError::Validation(_)) => {
            let plain = written(document, sheets, fonts, Configuration::default());
            plain.map(|bytes| (bytes, Some(not_archival()))).map_err(|error| unwritten(&error))
        }
        Err(error) => Err(unwritten(&error)),
    }
}

/// PDF/A-2a, ISO 19005-2: for keeping, with all text as text.
fn archival() -> Configuration {
    let builder = ConfigurationBuilder::new().with_archival_validator(Archival::A2_A);
    builder.finish().unwrap_or_default()
}

fn written(
    document: &Document,
    sheets: &[Sheet],
    fonts: &Fonts,
    configuration: Configuration,
) -> Result<Vec<u8>, KrillaError> {
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut pdf = Pdf::new_with(settings);
    pdf.set_metadata(about(document));
    let mut loaded = text::Loaded::default();
    let mut leaves = Leaves::default();
    for (number, sheet) in sheets.iter().enumerate() {
        let Some(size) = PageSettings::from_wh(points(sheet.width), points(sheet.height)) else { continue };
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        for mark in &sheet.marks {
            ink::draw(&mut surface, mark, (fonts, &mut loaded), number, &mut leaves);
        }
        surface.finish();
        page.finish();
    }
    pdf.set_outline(tree::outline(document, &leaves));
    pdf.set_tag_tree(tree::tags(document, leaves));
    pdf.finish()
}

/// Title, language, and the day that the report bears as the one it was made on, for PDF/A asks for one: no
/// clock is read, so that bytes repeat.
fn about(document: &Document) -> Metadata {
    let about = Metadata::new().language("zh-CN".to_owned()).creator("huibao".to_owned());
    let about = about.creation_date(made_on(document));
    match document.title() {
        Some(title) => about.title(title),
        None => about,
    }
}

fn made_on(document: &Document) -> DateTime {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    match dated(document) {
        Some(day) => DateTime::new(u16::try_from(day.year()).unwrap_or(UNDATED))
            .month(part(day.month()))
            .day(part(day.day())),
        None => DateTime::new(UNDATED),
    }
}

fn as_run(mark: &Mark) -> Option<&crate::layout::Run> {
    if let Mark::Run(run) = mark { Some(run) } else { None }
}

fn not_archival() -> Diagnostic {
    Diagnostic::warning("not-archival", "有的字没有字体，写成了普通的 PDF，不是归档用的 PDF/A")
        .hint("请装上有这些字的字体后再生成一次")
}

fn only_to_read() -> Diagnostic {
    Diagnostic::warning("not-archival", "批注稿是普通的 PDF，只供核对，不是归档用的 PDF/A")
}

fn unwritten(error: &KrillaError) -> Diagnostic {
    let message = match error {
        KrillaError::Font(..) => "字体文件坏了，PDF 没有生成".to_owned(),
        other => format!("PDF 没有生成：{other}"),
    };
    Diagnostic::error("cannot-write", message).hint("请换一套字体再试")
}
