//! The preview's lines and pages are those of the Word file: compared with LibreOffice where it is here, and
//! with what it said of the same documents everywhere.

pub mod letters;
pub mod office;
pub mod reports;

use huibao::document::{Block, Document};
use huibao::layout::{self, Above, Kind, Page, Pages};

use crate::media;
use crate::project::root;
use office::Lines;

/// Random documents, half of them letters.
const DOCUMENTS: usize = 200;

/// Documents that LibreOffice 7.4 sets otherwise, and what it does there.
const OTHERWISE: [(usize, &str); 2] = [
    (36, "leaves a heading at the foot of a page, the next of which begins with a heading under it"),
    (52, "sets a landscape table upright that stands right behind another table"),
];

/// LibreOffice lets a note stand alone on the next page, where Word keeps the last row of its table with it.
fn without_notes(mut letter: Document) -> Document {
    letter.blocks.retain(|block| !matches!(block, Block::TableNote(_)));
    letter
}

fn random() -> impl Iterator<Item = Document> {
    let letter = |seed| without_notes(letters::letter(seed));
    let half = DOCUMENTS as u64 / 2;
    (0..half).map(reports::report).chain((0..half).map(letter))
}

/// Without white space, and without the marks that LibreOffice 7.4 leaves unpainted at the end of some lines.
fn closed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"，。、；：！？".contains(*c)).collect()
}

/// How many characters each page of LibreOffice has.
fn characters(office: &Lines) -> Vec<usize> {
    office.iter().map(|lines| closed(&lines.concat()).chars().count()).collect()
}

/// The same of the preview.
fn own_characters(pages: &Pages) -> Vec<usize> {
    let count = |page: &Page| own_lines(page).iter().map(|(_, line)| line.chars().count()).sum();
    pages.pages.iter().map(count).collect()
}

/// The lines of a page of the preview, what stands beside each other as one, and whether each is that of a cell.
fn own_lines(page: &Page) -> Vec<(bool, String)> {
    let mut lines: Vec<(bool, String)> = Vec::new();
    for row in page.lines.iter().filter(|row| row.kind != Kind::Chart) {
        let in_table = matches!(row.kind, Kind::Head | Kind::HeadAgain | Kind::Cells);
        for line in row.cells.iter().flat_map(|cell| &cell.lines) {
            let own = closed(&line.text());
            match lines.last_mut().filter(|_| row.above == Above::Beside) {
                Some((_, before)) => before.push_str(&own),
                None => lines.push((in_table, own)),
            }
        }
    }
    lines
}

/// Lines of the preview that LibreOffice does not have on that page, in that order, and how many there are.
fn lines_apart(pages: &Pages, office: &Lines) -> (Vec<String>, usize) {
    let (mut apart, mut count) = (Vec::new(), 0);
    for (number, (page, lines)) in pages.pages.iter().zip(office).enumerate() {
        let lines: Vec<String> = lines.iter().map(|line| closed(line)).collect();
        let mut rest = lines.as_slice();
        for (in_table, own) in own_lines(page) {
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
    (apart, count)
}

/// The first line of the preview that is not on the same page of LibreOffice, and what ends that page.
fn first_difference(pages: &Pages, office: &Lines) -> String {
    let page = |number: usize| office.get(number).map(|lines| closed(&lines.concat())).unwrap_or_default();
    for (number, one) in pages.pages.iter().enumerate() {
        let theirs = page(number);
        if let Some((_, lost)) = own_lines(one).into_iter().find(|(_, own)| !theirs.contains(own)) {
            let end: Vec<char> = theirs.chars().rev().take(20).collect();
            let end: String = end.into_iter().rev().collect();
            return format!("page {} has “{lost}”, that of the other ends in “{end}”", number + 1);
        }
    }
    format!("{} pages, the other has {}", pages.pages.len(), office.len())
}

/// `HUIBAO_BLESS=1` keeps what LibreOffice says of the documents made from numbers.
#[test]
#[ignore = "needs LibreOffice, pdftotext and Noto Sans Mono CJK SC"]
fn libreoffice_sets_the_same_lines_and_pages() {
    assert!(office::is_here());
    let made = random().enumerate().map(|(index, document)| (format!("document {index}"), document));
    let charts = ("charts".to_owned(), reports::charts());
    let (names, documents): (Vec<String>, Vec<Document>) =
        made.chain(media::of_repository()).chain([charts]).unzip();
    let (mut apart, mut differ, mut count, mut kept) = (Vec::new(), Vec::new(), 0, String::new());
    for (index, (document, office)) in documents.iter().zip(office::lines(&documents)).enumerate() {
        let (name, pages) = (&names[index], layout::lay_out(document));
        let theirs = characters(&office);
        let same = own_characters(&pages) == theirs;
        let otherwise = OTHERWISE.iter().find(|(other, _)| *other == index);
        match otherwise {
            None if !same => differ.push(format!("{name}: {}", first_difference(&pages, &office))),
            Some((_, what)) if same => differ.push(format!("{name} is the same, but LibreOffice {what}")),
            _ => {}
        }
        if same {
            let (lines, all) = lines_apart(&pages, &office);
            apart.extend(lines.into_iter().map(|line| format!("{name} {line}")));
            count += all;
        }
        if index < DOCUMENTS {
            kept.push_str(&if same { written(&theirs) } else { "-".to_owned() });
            kept.push('\n');
        }
    }
    if std::env::var_os("HUIBAO_BLESS").is_some() {
        std::fs::write(root().join(KEPT), kept).expect("written");
    }
    assert!(differ.is_empty(), "{}\n{}", differ.join("\n"), apart.join("\n"));
    assert!(apart.len() * 10_000 <= count, "{} of {count} lines apart\n{}", apart.len(), apart.join("\n"));
}

const KEPT: &str = "tests/data/版面/pages.txt";

fn written(characters: &[usize]) -> String {
    characters.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_has_the_characters_that_libreoffice_set_on_it() {
    let kept = std::fs::read_to_string(root().join(KEPT)).expect("what LibreOffice said");
    assert_eq!(kept.lines().count(), DOCUMENTS);
    for (index, (document, theirs)) in random().zip(kept.lines()).enumerate() {
        if OTHERWISE.iter().any(|(other, _)| *other == index) {
            assert_eq!(theirs, "-", "document {index}");
        } else {
            assert_eq!(written(&own_characters(&layout::lay_out(&document))), theirs, "document {index}");
        }
    }
}
