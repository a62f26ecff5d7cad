//! One grid, four media: the preview, the placed sheets, OFD and PDF show the same lines on the same pages. The
//! Word file is held by `layout::libreoffice_sets_the_same_lines_and_pages`.

use std::io::{Cursor, Read};
use std::path::Path;

use huibao::document::Document;
use huibao::layout::{self, Kind, Mark, Pages, Part, Run, Sheet};
use huibao::output::{self, Format};
use huibao::period::Period;
use huibao::project::value::Project as Folder;
use huibao::report::Gaps;
use roxmltree::Node;

use crate::layout::{letters, office, reports};
use crate::project::{Project, root};

/// Half of them letters.
const MADE: u64 = 200;

/// Reports and letters made from numbers, and every report of every project of this repository.
fn documents() -> Vec<(String, Document)> {
    let reports = (0..MADE / 2).map(|seed| (format!("report {seed}"), reports::report(seed)));
    let letters = (0..MADE / 2).map(|seed| (format!("letter {seed}"), letters::letter(seed)));
    reports.chain(letters).chain(of_repository()).collect()
}

/// Every report of every project of this repository, with a name.
pub fn of_repository() -> Vec<(String, Document)> {
    let starter = Project::new();
    huibao::project::founding::create(starter.path(), &huibao::project::starter::small(), "x")
        .expect("a project");
    let mut folders = vec![root(), starter.path().to_path_buf()];
    let cases = std::fs::read_dir(root().join("golden/用例")).expect("golden cases");
    folders.extend(cases.map(|case| case.expect("a case").path()));
    folders.sort();
    folders.iter().flat_map(|folder| of_folder(folder)).collect()
}

/// The names without ending of the files of a folder.
fn stems(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let stem = |file: std::fs::DirEntry| Some(file.path().file_stem()?.to_str()?.to_owned());
    let mut stems: Vec<String> = files.filter_map(stem).collect();
    stems.sort();
    stems
}

/// Every report of every year that a project can make.
fn of_folder(folder: &Path) -> Vec<(String, Document)> {
    let project = Folder::open(folder);
    let (templates, years) = (stems(&folder.join("templates")), stems(&folder.join("facts")));
    let years: Vec<Period> = years.iter().filter_map(|year| year.parse().ok()).map(Period::year).collect();
    let mut found = Vec::new();
    for template in &templates {
        for year in &years {
            if let Ok(made) = project.rendered(Some(template), *year, Gaps::Show) {
                found.push((format!("{} {template} {year}", folder.display()), made.document));
            }
        }
    }
    found
}

/// Words of a line: the block, where they begin in it, and what they are.
type Said = (usize, usize, String);

/// The lines of each page as the preview has them, those of repeated heads left out.
fn of_pages(pages: &Pages) -> Vec<Vec<Said>> {
    let page = |page: &layout::Page| {
        let rows = page.lines.iter().filter(|row| row.kind != Kind::HeadAgain);
        let lines = rows.flat_map(|row| {
            let lines = row.cells.iter().flat_map(|cell| &cell.lines);
            lines.map(|line| (row.block, line.span.start, line.text()))
        });
        let mut lines: Vec<Said> = lines.filter(|(.., text)| !text.is_empty()).collect();
        lines.sort();
        lines
    };
    pages.pages.iter().map(page).collect()
}

fn runs(sheet: &Sheet) -> impl Iterator<Item = &Run> {
    sheet.marks.iter().filter_map(|mark| if let Mark::Run(run) = mark { Some(run) } else { None })
}

/// The same from the sheets: runs that follow each other on one line are one.
fn of_sheets(sheets: &[Sheet]) -> Vec<Vec<Said>> {
    let sheet = |sheet: &Sheet| {
        let mut lines: Vec<(i32, Said)> = Vec::new();
        for run in runs(sheet) {
            let Part::Block { block, at } = run.part else { continue };
            match lines.last_mut() {
                Some((baseline, (other, from, text)))
                    if (*baseline, *other, *from + text.len()) == (run.baseline, block, at) =>
                {
                    text.push_str(&run.text());
                }
                _ => lines.push((run.baseline, (block, at, run.text()))),
            }
        }
        let mut lines: Vec<Said> = lines.into_iter().map(|(_, line)| line).collect();
        lines.sort();
        lines
    };
    sheets.iter().map(sheet).collect()
}

/// Without white space.
fn closed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Lines from the head of a page to its foot, each from left to right: words that stand no further below each
/// other than `gap` are one line.
fn shown(mut words: Vec<(i64, i64, String)>, gap: i64) -> Vec<String> {
    words.sort();
    let line = |words: &[(i64, i64, String)]| {
        let mut words: Vec<(i64, &str)> = words.iter().map(|(_, x, text)| (*x, text.as_str())).collect();
        words.sort();
        closed(&words.into_iter().map(|(_, text)| text).collect::<String>())
    };
    let lines = words.chunk_by(|above, below| below.0 - above.0 <= gap).map(line);
    lines.filter(|line| !line.is_empty()).collect()
}

/// The lines of each sheet, page numbers and repeated heads with them; hundredths of a millimetre.
fn lines_of_sheets(sheets: &[Sheet], gap: i64) -> Vec<Vec<String>> {
    let hundredths = |length: i32| (f64::from(length) * 25.4 / 720.0).round() as i64;
    let word = |run: &Run| {
        let x = run.chars.first().map_or(0, |one| one.x);
        (hundredths(run.baseline), hundredths(x), run.text())
    };
    sheets.iter().map(|sheet| shown(runs(sheet).map(word).collect(), gap)).collect()
}

/// The same, read from the parts of an OFD file.
fn lines_of_ofd(file: Vec<u8>) -> Vec<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    };
    let root = part("Doc_0/Document.xml");
    let root = roxmltree::Document::parse(&root).expect("well-formed");
    let pages: Vec<String> = root
        .descendants()
        .filter(|node| node.tag_name().name() == "Page")
        .filter_map(|node| node.attribute("BaseLoc"))
        .map(|place| part(&format!("Doc_0/{place}")))
        .collect();
    pages.iter().map(|page| lines_of_page(page)).collect()
}

fn lines_of_page(xml: &str) -> Vec<String> {
    let page = roxmltree::Document::parse(xml).expect("well-formed");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let hundredths = |length: f64| (length * 100.0).round() as i64;
    let place = |node: &Node<'_, '_>, name| number(node.attribute(name).expect("a place"));
    let codes = page.descendants().filter(|node| node.tag_name().name() == "TextCode");
    let word = |code: Node<'_, '_>| {
        let object = code.parent().expect("an object");
        let edges: Vec<f64> = object.attribute("Boundary").expect("a box").split(' ').map(number).collect();
        let matrix: Vec<f64> =
            object.attribute("CTM").unwrap_or("1 0 0 1 0 0").split(' ').map(number).collect();
        let (x, y) = (place(&code, "X"), place(&code, "Y"));
        let across = edges[0] + matrix[0] * x + matrix[2] * y + matrix[4];
        let down = edges[1] + matrix[1] * x + matrix[3] * y + matrix[5];
        (hundredths(down), hundredths(across), code.text().unwrap_or_default().to_owned())
    };
    shown(codes.map(word).collect(), 1)
}

#[test]
fn preview_sheets_and_ofd_have_the_same_lines_on_the_same_pages() {
    let documents = documents();
    assert!(documents.len() as u64 > MADE + 10);
    for (name, document) in &documents {
        let pages = layout::lay_out(document);
        let sheets = layout::placed(document, &pages);
        assert_eq!(of_sheets(&sheets), of_pages(&pages), "{name}");
        let ofd = lines_of_ofd(output::write(document, Format::Ofd).expect("a file"));
        assert_eq!(ofd, lines_of_sheets(&sheets, 1), "{name}");
    }
}

/// What a reader of PDF says of the same reports; numbers of pages are left out.
#[test]
#[ignore = "needs pdftotext and Chinese faces"]
fn pdf_shows_the_same_lines_on_the_same_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    let (names, shelf) = (huibao::fonts::Names::default(), huibao::fonts::Shelf::of_system());
    let manner = output::Manner { names: &names, shelf: &shelf, watermark: None, revision: None };
    for (name, document) in &documents() {
        let sheets = layout::placed(document, &layout::lay_out(document));
        let written = output::write_as(document, Format::Pdf, &manner).expect("a file");
        std::fs::write(&path, written.bytes).expect("written");
        let without_number = |mut sheet: Sheet| {
            sheet.marks.retain(|mark| !matches!(mark, Mark::Run(Run { part: Part::Folio, .. })));
            sheet
        };
        let sheets: Vec<Sheet> = sheets.into_iter().map(without_number).collect();
        let lines: Vec<Vec<String>> =
            office::read(&path).iter().map(|page| page.iter().map(|line| closed(line)).collect()).collect();
        // Three points: the reader of PDF takes lines of neighbouring cells that are so near for one, too.
        assert_eq!(lines, lines_of_sheets(&sheets, 105), "{name}");
    }
}
