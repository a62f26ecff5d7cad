//! The preview's lines and pages are those of the Word file: compared with LibreOffice where it is here, and
//! with what it said of the same reports everywhere.

pub mod letters;
pub mod office;
pub mod reports;

use std::fmt::Write;
use std::path::Path;

use huibao::document::{Block, Document, Line, plain};
use huibao::layout::{self, Kind, Pages};
use huibao::period::Period;
use huibao::project::value::Project as Folder;
use huibao::report::Gaps;

use crate::project::{Project, root};
use office::Lines;

const REPORTS: u64 = 32;

/// Without white space, and without the marks that LibreOffice 7.4 leaves unpainted at the end of some lines.
fn closed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"，。、；：！？".contains(*c)).collect()
}

/// The words by which the start of a block is found; a table without a caption has none.
fn opening(block: &Block) -> String {
    match block {
        Block::Table(table) => closed(&plain(&table.caption)),
        block => closed(&Line::of(block).text),
    }
}

/// The page on which LibreOffice begins each block; 0 where that cannot be told.
fn starts(document: &Document, office: &Lines) -> Vec<usize> {
    let pages = office.iter().enumerate();
    let chars: Vec<(usize, char)> = pages
        .flat_map(|(page, lines)| {
            closed(&lines.concat()).chars().map(move |c| (page + 1, c)).collect::<Vec<_>>()
        })
        .collect();
    let mut from = 0;
    let mut start = |block: &Block| {
        let words: Vec<char> = opening(block).chars().take(40).collect();
        if words.is_empty() {
            return 0;
        }
        let same = |at: &usize| chars[*at..].iter().map(|(_, c)| c).take(words.len()).eq(&words);
        let at = (from..chars.len()).find(same).unwrap_or_else(|| panic!("{words:?} is not on the pages"));
        from = at + words.len();
        chars[at].0
    };
    document.blocks.iter().map(&mut start).collect()
}

/// The same of the preview.
fn own_starts(document: &Document, pages: &Pages) -> Vec<usize> {
    let place = |index: usize| pages.place(index, 0).expect("every block has a place").0;
    let start = |(index, block): (usize, &Block)| if opening(block).is_empty() { 0 } else { place(index) };
    document.blocks.iter().enumerate().map(start).collect()
}

/// Lines of the preview that LibreOffice does not have on that page, in that order, and how many there are.
fn lines_apart(pages: &Pages, office: &Lines) -> (Vec<String>, usize) {
    let (mut apart, mut count) = (Vec::new(), 0);
    for (number, (page, lines)) in pages.pages.iter().zip(office).enumerate() {
        let lines: Vec<String> = lines.iter().map(|line| closed(line)).collect();
        let mut rest = lines.as_slice();
        for row in &page.lines {
            let in_table = matches!(row.kind, Kind::Head | Kind::HeadAgain | Kind::Cells);
            let drawn = row.kind == Kind::Chart;
            for line in row.cells.iter().filter(|_| !drawn).flat_map(|cell| &cell.lines) {
                let own = closed(&line.text());
                // Lines of neighbouring cells share a line of the other.
                let found = if in_table {
                    lines.iter().any(|line| line.contains(&own))
                } else if let Some(at) = rest.iter().position(|line| *line == own) {
                    rest = &rest[at + 1..];
                    true
                } else {
                    own.is_empty()
                };
                count += 1;
                if !found {
                    apart.push(format!("page {}: {own}", number + 1));
                }
            }
        }
    }
    (apart, count)
}

fn rendered(project: &Path, name: &str, year: i32) -> Document {
    Folder::open(project).rendered(Some(name), Period::year(year), Gaps::Refuse).expect("a report").document
}

/// `HUIBAO_BLESS=1` keeps what LibreOffice says of the reports made from numbers.
#[test]
#[ignore = "needs LibreOffice, pdftotext and Noto Sans Mono CJK SC"]
fn libreoffice_sets_the_same_lines_and_pages() {
    assert!(office::is_here());
    let project = Project::new();
    huibao::project::founding::create(project.path(), &huibao::project::starter::small(), "x")
        .expect("a project");
    let mut documents: Vec<Document> = (0..REPORTS).map(reports::report).collect();
    documents.push(rendered(&root(), "政协工作汇报", 2010));
    documents.push(rendered(&root(), "政协工作汇报", 2011));
    documents.push(rendered(project.path(), "工作汇报", 2025));
    documents.push(reports::charts());
    let (mut apart, mut count, mut kept) = (Vec::new(), 0, String::new());
    for (index, (document, office)) in documents.iter().zip(office::lines(&documents)).enumerate() {
        let pages = layout::lay_out(document);
        let theirs = starts(document, &office);
        assert_eq!(own_starts(document, &pages), theirs, "report {index}");
        assert_eq!(pages.pages.len(), office.len(), "report {index}");
        let (lines, all) = lines_apart(&pages, &office);
        apart.extend(lines.into_iter().map(|line| format!("report {index} {line}")));
        count += all;
        writeln!(kept, "{}", theirs.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            .expect("written");
    }
    if std::env::var_os("HUIBAO_BLESS").is_some() {
        let kept: String = kept.lines().take(documents.len() - 4).map(|line| format!("{line}\n")).collect();
        std::fs::write(root().join(KEPT), kept).expect("written");
    }
    assert!(apart.len() * 100 <= count, "{} of {count} lines apart\n{}", apart.len(), apart.join("\n"));
}

const KEPT: &str = "tests/data/版面/pages.txt";

#[test]
fn every_block_begins_on_the_page_where_libreoffice_began_it() {
    let kept = std::fs::read_to_string(root().join(KEPT)).expect("what LibreOffice said");
    assert_eq!(kept.lines().count() as u64, REPORTS);
    for (seed, line) in kept.lines().enumerate() {
        let document = reports::report(seed as u64);
        let theirs: Vec<usize> = line.split(' ').map(|page| page.parse().expect("a page")).collect();
        assert_eq!(own_starts(&document, &layout::lay_out(&document)), theirs, "report {seed}");
    }
}
