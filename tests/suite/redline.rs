//! A redline in Word: with every change rejected it is last year's report, with every change accepted
//! this year's, paragraph by paragraph, by the rules of ECMA-376 for paragraph marks and rows.

use std::io::{Cursor, Read};

use huibao::diff::{self, Difference, Manner, Side};
use huibao::document::{Align, Block, Cell, Document, Element, Inline, Merged, Row, Table};
use huibao::output::{self, Format, Revision};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What becomes of the changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Accept,
    Reject,
}

impl Way {
    /// Whether what stands in this element is left out.
    fn drops(self, name: &str) -> bool {
        match self {
            Way::Accept => matches!(name, "w:del" | "w:moveFrom"),
            Way::Reject => matches!(name, "w:ins" | "w:moveTo"),
        }
    }
}

/// The paragraphs that are left, cells as paragraphs of their own, the rows of tables that are left, and ids of
/// revisions and comments.
#[derive(Default)]
struct Left {
    paragraphs: Vec<String>,
    /// The same with those that are empty.
    all: Vec<String>,
    rows: Vec<Vec<Span>>,
    ids: Vec<String>,
}

/// A cell as Word merges it: columns, and whether it goes on from above.
type Span = (usize, bool);

fn document_xml(file: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("text");
    xml
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.as_ref().to_owned())
}

/// Resolves every change. The last paragraph of a body or cell has nothing to be joined to, so its mark
/// may not be tracked.
fn resolve(xml: &str, way: Way) -> Left {
    let mut reader = Reader::from_str(xml);
    let mut left = Left::default();
    let (mut words, mut joined, mut dropped) = (String::new(), false, 0usize);
    let (mut properties, mut row_properties, mut row_gone, mut text) = (false, false, false, false);
    let (mut row_start, mut row) = (0, Vec::new());
    let mut above: Vec<(usize, usize)> = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                left.ids.extend(attribute(&tag, "w:id").filter(|_| name != "w:commentRangeEnd"));
                match name.as_str() {
                    "w:pPr" => properties = true,
                    "w:trPr" => row_properties = true,
                    "w:t" | "w:delText" => {
                        let deleted = name == "w:delText";
                        assert!(!deleted || way == Way::Reject || dropped > 0, "w:delText outside w:del");
                        text = true;
                    }
                    "w:tbl" => above.clear(),
                    "w:tr" => (row_start, row_gone, row) = (left.paragraphs.len(), false, Vec::new()),
                    "w:tc" => row.push((1, Merge::None)),
                    name if way.drops(name) => dropped += 1,
                    _ => {}
                }
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                words.push_str(if name == "w:br" && dropped == 0 { "\n" } else { "" });
                if let Some(cell) = row.last_mut() {
                    let value = || attribute(&tag, "w:val").unwrap_or_default();
                    match name.as_str() {
                        "w:gridSpan" => cell.0 = value().parse().expect("a number"),
                        "w:vMerge" if value() == "restart" => cell.1 = Merge::Restart,
                        "w:vMerge" => cell.1 = Merge::On,
                        _ => {}
                    }
                }
                let end = name.ends_with("RangeEnd") || name == "w:commentReference";
                left.ids.extend(attribute(&tag, "w:id").filter(|_| !end));
                if properties && way.drops(&name) {
                    joined = true;
                } else if row_properties && way.drops(&name) {
                    row_gone = true;
                }
            }
            Event::Text(part) if text && dropped == 0 => words.push_str(part.as_ref()),
            Event::GeneralRef(name) if text && dropped == 0 => words.push_str(match name.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                _ => "\"",
            }),
            Event::End(tag) => match tag.name().as_ref() {
                "w:pPr" => properties = false,
                "w:trPr" => row_properties = false,
                "w:t" | "w:delText" => text = false,
                "w:p" if joined => joined = false,
                "w:p" => left.paragraphs.push(std::mem::take(&mut words)),
                "w:tc" | "w:tbl" | "w:body" => assert!(words.is_empty(), "a mark was tracked that cannot go"),
                "w:tr" if row_gone => left.paragraphs.truncate(row_start),
                "w:tr" => {
                    let open = opened(&row, &above);
                    above = open;
                    left.rows
                        .push(row.iter().map(|(across, merge)| (*across, *merge == Merge::On)).collect());
                }
                name if way.drops(name) => dropped -= 1,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    left.all = left.paragraphs.clone();
    left.paragraphs.retain(|paragraph| !paragraph.is_empty());
    left
}

/// How a cell stands to those above and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Restart,
    On,
}

/// The merged cells that the next row may go on with, by column and columns; a cell goes on only under one.
fn opened(row: &[(usize, Merge)], above: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut column = 0;
    for (across, merge) in row {
        let cell = (column, *across);
        assert!(*merge != Merge::On || above.contains(&cell), "a cell goes on under none: {row:?} {above:?}");
        open.extend((*merge != Merge::None).then_some(cell));
        column += across;
    }
    open
}

/// The rows of the tables of a report, as Word has them.
fn geometry(document: &Document) -> Vec<Vec<Span>> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let row = |row: &Row| {
        let cells = row.cells.iter().enumerate().filter(|(_, cell)| cell.merged != Merged::Left);
        cells.map(|(at, cell)| (row.across(at), cell.merged == Merged::Up)).collect()
    };
    tables.flat_map(Table::all_rows).map(row).collect()
}

fn words(line: &[Inline]) -> String {
    line.iter().map(Inline::text).collect()
}

/// What a document says, cells as paragraphs of their own, without empty ones.
fn said(document: &Document) -> Vec<String> {
    let mut said = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Table(table) => {
                said.push(words(&table.caption));
                said.extend(table.all_rows().flat_map(|row| &row.cells).map(|cell| words(&cell.words)));
            }
            block => said.push(huibao::document::Line::of(block).text),
        }
    }
    said.retain(|paragraph| !paragraph.is_empty());
    said
}

fn side(document: Document) -> Side {
    Side { name: "一".to_owned(), year: None, document, basis: None }
}

fn compared(old: &Document, new: &Document) -> Difference {
    diff::compare(side(old.clone()), side(new.clone()), &[])
}

/// Equal and deleted pieces are the old lines, equal and inserted ones the new lines, byte for byte.
fn pieces_are_the_lines(difference: &Difference) {
    use huibao::diff::Op;
    let lines = difference.blocks.iter().flat_map(|block| &block.lines);
    let (mut old_seen, mut new_seen) = (0, 0);
    for line in lines {
        let side = |gone: Op| -> String {
            let pieces = line.segments.iter().filter(|segment| segment.op != gone);
            pieces.map(|segment| segment.text.as_str()).collect()
        };
        if let Some(at) = line.old {
            assert_eq!(side(Op::Insert), difference.old_lines[at].line.text);
            old_seen += 1;
        }
        if let Some(at) = line.new {
            assert_eq!(side(Op::Delete), difference.new_lines[at].line.text);
            new_seen += 1;
        }
    }
    assert_eq!((old_seen, new_seen), (difference.old_lines.len(), difference.new_lines.len()));
}

pub fn check(old: &Document, new: &Document, moves: bool) {
    let difference = compared(old, new);
    pieces_are_the_lines(&difference);
    let shape = |document: &Document| (said(document), geometry(document));
    assert!(!difference.is_same() || shape(old) == shape(new), "a difference is not told");
    let redline = diff::redline(&difference, Manner { remarks: true, moves });
    let file = output::write_revised(&redline, Format::Docx, &Revision::default()).expect("a file");
    let xml = document_xml(&file);
    let rejected = resolve(&xml, Way::Reject);
    let accepted = resolve(&xml, Way::Accept);
    assert_eq!(rejected.paragraphs, said(old), "rejected\n{xml}");
    assert_eq!(accepted.paragraphs, said(new), "accepted\n{xml}");
    assert_eq!(rejected.rows, geometry(old), "rejected\n{xml}");
    assert_eq!(accepted.rows, geometry(new), "accepted\n{xml}");
    let mut ids = rejected.ids.clone();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), rejected.ids.len(), "an id is there twice");
    let again = output::write_revised(&redline, Format::Docx, &Revision::default()).expect("a file");
    assert_eq!(file, again, "bytes repeat");
}

/// The paragraphs of a report as it is written, and those that a redline leaves of it, empty ones among them.
fn blanks(old: &[Block], new: &[Block]) {
    let document = |blocks: &[Block]| Document { blocks: blocks.to_vec(), ..Document::default() };
    let (old, new) = (document(old), document(new));
    let redline = diff::redline(&compared(&old, &new), Manner::default());
    let file = output::write_revised(&redline, Format::Docx, &Revision::default()).expect("a file");
    for (report, way) in [(&old, Way::Reject), (&new, Way::Accept)] {
        let plain = output::write(report, Format::Docx).expect("a file");
        let plain = resolve(&document_xml(&plain), Way::Accept).all;
        assert_eq!(resolve(&document_xml(&file), way).all, plain);
    }
}

#[test]
fn the_blank_line_above_a_signature_comes_and_goes_with_it() {
    let line = |words: &str| vec![Inline::Text(words.to_owned())];
    let body = Block::Paragraph(line(SENTENCES[0]));
    let (one, other) = (Block::Signature(line("云溪镇人民政府")), Block::Signature(line("县残疾人联合会")));
    let date = Block::Date(line("2025年12月26日"));
    let ends = [
        vec![],
        vec![one.clone(), date.clone()],
        vec![other, date.clone()],
        vec![one],
        vec![Block::Paragraph(line(SENTENCES[1])), date],
    ];
    for old in &ends {
        for new in &ends {
            let with = |end: &[Block]| [std::slice::from_ref(&body), end].concat();
            blanks(&with(old), &with(new));
        }
    }
}

const SENTENCES: [&str; 12] = [
    "全镇共有政协委员17名，分布在10个界别。",
    "三年来召开会议38次，刊出专栏12期，编印简报16期。",
    "投资9000多万元兴办项目，安置就业439人；",
    "坚持党的领导，围绕中心、服务大局，",
    "2011年活动经费支出5万余元，比上年增长20.1%，",
    "占总数的三分之一，覆盖20—30户，",
    "委员提出意见建议30多条，数百人次参与。",
    "虽然取得了一定成绩，但与群众期待相比还有差距。",
    "（一）加强学习宣传",
    "<甲>&\"乙\"",
    "一是",
    "",
];

fn sentence() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..SENTENCES.len()).prop_map(|at| SENTENCES[at].to_owned()),
        2 => "[一-丙0-9，。、%元人 a]{0,12}",
    ]
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(sentence(), 0..4).prop_map(|parts| vec![Inline::Text(parts.concat())])
}

fn table() -> impl Strategy<Value = Table> {
    let rows = (1..4usize).prop_flat_map(|columns| {
        prop::collection::vec(prop::collection::vec(cell(), columns..=columns), 1..6)
    });
    (line(), rows, any::<bool>()).prop_map(|(caption, mut rows, landscape)| {
        let below = rows.split_off(rows.len().div_ceil(3));
        let rows_of = |rows: Vec<Vec<Cell>>| rows.into_iter().map(Row::from).collect();
        let mut table = Table {
            caption: if words(&caption).is_empty() { Vec::new() } else { caption },
            align: vec![Align::Left; below.first().map_or(0, Vec::len)],
            rows: rows_of(below),
            head: rows_of(rows),
            landscape,
            ..Table::default()
        };
        settled(&mut table);
        table
    })
}

/// Takes back merges that do not fit, and the words of cells that others cover.
fn settled(table: &mut Table) {
    table.settle();
    let all = table.head.iter_mut().chain(&mut table.rows).flat_map(|row| &mut row.cells);
    all.filter(|cell| cell.merged != Merged::Not).for_each(|cell| cell.words.clear());
}

/// A cell: words, parted by a break, or joined to another cell.
fn cell() -> impl Strategy<Value = Cell> {
    (line(), any::<bool>(), merged()).prop_map(|(mut words, broken, merged)| {
        if broken {
            words.extend([Inline::Text("\n".to_owned()), Inline::Text("又一段".to_owned())]);
        }
        Cell { words, merged }
    })
}

fn merged() -> impl Strategy<Value = Merged> {
    prop_oneof![6 => Just(Merged::Not), 1 => Just(Merged::Left), 2 => Just(Merged::Up)]
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        6 => line().prop_map(Block::Paragraph),
        2 => (line(), prop_oneof![Just(Vec::new()), line()])
            .prop_map(|(text, body)| Block::Heading { level: 1, number: "一、".into(), text, body }),
        3 => (line(), line()).prop_map(|(lead, text)| Block::Point { number: "二是".into(), lead, text }),
        2 => table().prop_map(Block::Table),
        1 => line().prop_map(Block::TableNote),
        1 => line().prop_map(Block::Title),
        1 => line().prop_map(Block::Recipient),
        1 => line().prop_map(Block::Signature),
        1 => line().prop_map(Block::Date),
        1 => line().prop_map(|text| {
            Block::Element { element: Element::CopyTo, label: "抄送：".into(), text }
        }),
    ]
}

/// An edit of a report.
#[derive(Debug, Clone)]
enum Edit {
    Delete(prop::sample::Index),
    Insert(prop::sample::Index, Block),
    Replace(prop::sample::Index, Block),
    Move(prop::sample::Index, prop::sample::Index, usize),
    Words(prop::sample::Index, String),
    DropRow(prop::sample::Index, prop::sample::Index),
    AddRow(prop::sample::Index, prop::sample::Index, String),
    Merge(prop::sample::Index, prop::sample::Index, prop::sample::Index, Merged),
    First,
    Last,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        at().prop_map(Edit::Delete),
        (at(), block()).prop_map(|(at, block)| Edit::Insert(at, block)),
        (at(), block()).prop_map(|(at, block)| Edit::Replace(at, block)),
        (at(), at(), 1..3usize).prop_map(|(from, to, count)| Edit::Move(from, to, count)),
        (at(), sentence()).prop_map(|(at, words)| Edit::Words(at, words)),
        (at(), at()).prop_map(|(at, row)| Edit::DropRow(at, row)),
        (at(), at(), sentence()).prop_map(|(at, row, words)| Edit::AddRow(at, row, words)),
        (at(), at(), at(), merged()).prop_map(|(at, row, cell, merged)| Edit::Merge(at, row, cell, merged)),
        Just(Edit::First),
        Just(Edit::Last),
    ]
}

fn edited(document: &Document, edits: &[Edit]) -> Document {
    let mut blocks = document.blocks.clone();
    for edit in edits {
        if blocks.is_empty() {
            break;
        }
        let size = blocks.len();
        match edit {
            Edit::Delete(at) => drop(blocks.remove(at.index(size))),
            Edit::Insert(at, block) => blocks.insert(at.index(size + 1), block.clone()),
            Edit::Replace(at, block) => blocks[at.index(size)] = block.clone(),
            Edit::Move(from, to, count) => {
                let from = from.index(size);
                let moved: Vec<Block> = blocks.drain(from..(from + count).min(size)).collect();
                let to = to.index(blocks.len() + 1);
                blocks.splice(to..to, moved);
            }
            Edit::Words(at, words) => match &mut blocks[at.index(size)] {
                Block::Title(line)
                | Block::Byline(line)
                | Block::Recipient(line)
                | Block::Paragraph(line)
                | Block::TableNote(line)
                | Block::Signature(line)
                | Block::Date(line)
                | Block::Element { text: line, .. }
                | Block::Heading { text: line, .. }
                | Block::Point { text: line, .. } => line.push(Inline::Text(words.clone())),
                Block::Table(table) => table.head[0].cells[0].words.push(Inline::Text(words.clone())),
                Block::Picture(plate) => plate.caption.push(Inline::Text(words.clone())),
                Block::Changed(..) => {}
            },
            Edit::DropRow(at, row) => {
                if let Block::Table(table) = &mut blocks[at.index(size)]
                    && !table.rows.is_empty()
                {
                    table.rows.remove(row.index(table.rows.len()));
                }
            }
            Edit::AddRow(at, row, words) => {
                if let Block::Table(table) = &mut blocks[at.index(size)] {
                    let cells = vec![vec![Inline::Text(words.clone())]; table.width()];
                    table.rows.insert(row.index(table.rows.len() + 1), Row::from(cells));
                }
            }
            Edit::Merge(at, row, cell, merged) => {
                if let Block::Table(table) = &mut blocks[at.index(size)] {
                    let mut rows: Vec<&mut Row> = table.head.iter_mut().chain(&mut table.rows).collect();
                    let row = row.index(rows.len());
                    let columns = rows[row].cells.len();
                    rows[row].cells[cell.index(columns)].merged = *merged;
                }
            }
            Edit::First => drop(blocks.remove(0)),
            Edit::Last => drop(blocks.pop()),
        }
    }
    for block in &mut blocks {
        if let Block::Table(table) = block {
            settled(table);
        }
    }
    Document { blocks, ..Document::default() }
}

fn document() -> impl Strategy<Value = Document> {
    prop::collection::vec(block(), 1..12).prop_map(|blocks| Document { blocks, ..Document::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rejecting_gives_last_year_and_accepting_this_year(
        old in document(),
        edits in prop::collection::vec(edit(), 0..8),
        moves in any::<bool>(),
    ) {
        check(&old, &edited(&old, &edits), moves);
    }

    #[test]
    fn unrelated_reports_too(old in document(), new in document()) {
        check(&old, &new, false);
    }

    #[test]
    fn a_report_against_itself_has_no_change(one in document()) {
        let difference = compared(&one, &one);
        prop_assert!(difference.is_same());
        prop_assert!(difference.copied.whole.percent().is_none_or(|percent| percent == 100));
        prop_assert_eq!(diff::redline(&difference, Manner::default()).blocks.len(), one.blocks.len());
    }
}
