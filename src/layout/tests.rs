//! Laws of the pages: no word is lost, no line is too long, every byte has its place.

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::breaks::{self, Room};
use super::*;
use crate::document::{self, Block, Inline, Line as Words, Merged, Row as Cells, Table};
use crate::zh::width::half_cells;

pub(super) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

pub(super) fn pages(blocks: Vec<Block>) -> Pages {
    lay_out(&Document { blocks, ..Document::default() })
}

fn rows(pages: &Pages) -> Vec<String> {
    pages.pages.iter().flat_map(|page| &page.lines).map(Row::text).collect()
}

fn lines(text: &str) -> Vec<&str> {
    breaks::lines(text, Room::of(56)).into_iter().map(|one| &text[one.span]).collect()
}

/// A line of 27 characters, then what stands where it ends.
fn at_the_end(words: &str) -> String {
    let all = format!("{}{words}", "国".repeat(27));
    lines(&all).join("|").replace(&"国".repeat(26), "…")
}

#[test]
fn lines_end_by_the_rules_for_marks() {
    let cases = [
        ("甲乙", "…国甲|乙"),
        ("甲，乙", "…国甲，|乙"),
        ("甲。”乙", "…国|甲。”乙"),
        ("》。乙", "…国》。|乙"),
        ("甲）乙", "…国|甲）乙"),
        ("（甲）", "…国|（甲）"),
        ("甲——乙", "…国甲|——乙"),
        ("——乙", "…国|——乙"),
        ("……乙", "…|国……乙"),
        ("38次", "…国38|次"),
        ("38，次", "…国|38，次"),
        ("17.3%", "…国|17.3%"),
        ("8（甲）", "…国|8（甲）"),
        ("GDP总", "…国|GDP总"),
        ("·乙丙", "…国·|乙丙"),
        ("甲·丙", "…国|甲·丙"),
        ("－5℃", "…国|－5℃"),
        ("甲℃丙", "…国|甲℃丙"),
        ("A-B甲", "…国A-|B甲"),
    ];
    for (words, want) in cases {
        assert_eq!(at_the_end(words), want, "{words}");
    }
}

#[test]
fn a_word_longer_than_a_line_is_cut() {
    let word = "a".repeat(130);
    assert_eq!(lines(&word).iter().map(|line| line.len()).collect::<Vec<_>>(), [56, 56, 18]);
}

#[test]
fn a_page_holds_22_lines_and_no_line_stands_alone() {
    let line = |count: usize| Block::Paragraph(text(&"国".repeat(28 * count - 2)));
    let sizes = |blocks: Vec<Block>| -> Vec<usize> {
        pages(blocks).pages.iter().map(|page| page.lines.len()).collect()
    };
    assert_eq!(sizes(vec![line(22)]), [22]);
    assert_eq!(sizes(vec![line(23)]), [21, 2]);
    assert_eq!(sizes(vec![line(21), line(5)]), [21, 5]);
    assert_eq!(sizes(vec![line(20), line(3)]), [20, 3]);
    let heading = Block::Heading { level: 1, number: "一、".into(), text: text("甲"), body: Vec::new() };
    assert_eq!(sizes(vec![line(21), heading.clone(), line(5)]), [21, 6]);
    assert_eq!(sizes(vec![line(19), heading, line(5)]), [22, 3]);
    let end = [Block::Signature(text("镇政府")), Block::Date(text("2011年12月20日"))];
    let with = |count| [vec![line(count), Block::Paragraph(text("特此汇报。"))], end.to_vec()].concat();
    assert_eq!(sizes(with(18)), [21]);
    assert_eq!(sizes(with(19)), [19, 3]);
}

#[test]
fn a_title_takes_three_lines_of_the_page() {
    let body = Block::Paragraph(text(&"国".repeat(28 * 30)));
    let first = |title: &str| pages(vec![Block::Title(text(title)), body.clone()]).pages[0].lines.len();
    assert_eq!(first("云溪镇政协工作汇报"), 1 + 19);
    assert_eq!(first("隆回县云溪镇人民政府关于贯彻落实县委加强政协工作意见的情况汇报"), 2 + 18);
}

fn table(count: usize) -> Block {
    Block::Table(captioned(count))
}

/// A table on pages of its own.
pub(super) fn landscape(count: usize) -> Block {
    Block::Table(Table { landscape: true, ..captioned(count) })
}

fn captioned(count: usize) -> Table {
    let cells = |words: [&str; 2]| words.map(text).to_vec();
    Table {
        caption: text("表"),
        head: vec![cells(["名", "数"]).into()],
        rows: (0..count).map(|_| cells(["甲", "1"]).into()).collect(),
        align: vec![Align::Left, Align::Right],
        ..Table::default()
    }
}

#[test]
fn a_table_goes_on_under_its_head() {
    let pages = pages(vec![table(40), Block::Paragraph(text("后。"))]);
    let kinds: Vec<Kind> = pages.pages[1].lines.iter().map(|row| row.kind).collect();
    assert_eq!(kinds[..2], [Kind::HeadAgain, Kind::Cells]);
    assert_eq!(kinds.last(), Some(&Kind::Text));
    assert_eq!(pages.pages[1].lines.last().map(|row| row.above), Some(Above::Low));
    // Caption, head and 28 rows: 579 + 410 + 20 + 28 × 410 twips of 12756.
    assert_eq!(pages.pages[0].lines.len(), 30);
    let html = pages.html(2);
    assert!(html.contains("<th>") && html.contains("<td class=\"right\">"), "{html}");
}

#[test]
fn the_last_row_of_a_table_is_not_alone_on_a_page() {
    for count in 25..60 {
        let pages = pages(vec![table(count)]).pages;
        let rows = |page: &Page| page.lines.iter().filter(|row| row.kind == Kind::Cells).count();
        assert_eq!(pages.iter().map(rows).sum::<usize>(), count);
        assert!(pages.iter().all(|page| rows(page) > 1), "{count} rows");
    }
}

#[test]
fn a_wide_table_stands_on_pages_of_its_own() {
    let line = |words: &str| Block::Paragraph(text(words));
    let heading = Block::Heading { level: 1, number: "一、".into(), text: text("甲"), body: Vec::new() };
    let blocks = vec![heading, landscape(30), landscape(1), line("中。"), table(1), landscape(2)];
    let found = pages(blocks);
    let blocks: Vec<(bool, Vec<usize>)> = found
        .pages
        .iter()
        .map(|page| (page.landscape, page.lines.iter().map(|row| row.block).collect()))
        .collect();
    // Heading, caption, head and 17 rows: 2 × 579 + 410 + 20 + 17 × 410 twips of 8844.
    let long = (true, [vec![0], vec![1; 19]].concat());
    let rest = (true, vec![1; 14]);
    let next = (true, vec![2; 3]);
    let upright = (false, vec![3, 4, 4, 4]);
    assert_eq!(blocks, [long, rest, next, upright, (true, vec![5; 4])]);
    assert_eq!(found.pages[1].lines[0].kind, Kind::HeadAgain);
    assert!(found.pages.iter().flat_map(|page| &page.lines).all(|row| row.above == Above::Nothing));
    assert_eq!(found.columns[&1].iter().sum::<usize>(), 12756);
    let html = found.html(1);
    assert!(html.contains("class=\"page landscape\"") && html.contains("folio odd"), "{html}");
    assert!(!found.html(4).contains("landscape"));
    assert_eq!(pages(vec![landscape(1), line("后。")]).pages.len(), 2, "none before the first");
}

#[test]
fn places_are_pages_and_lines() {
    let long = "国".repeat(26 + 28 * 21);
    let pages = pages(vec![Block::Paragraph(text("甲乙")), Block::Paragraph(text(&long)), table(1)]);
    assert_eq!(pages.place(0, 0), Some((1, 1)));
    assert_eq!(pages.place(0, 6), Some((1, 1)), "the end of its line");
    assert_eq!(pages.place(0, 7), None);
    assert_eq!(pages.place(1, 26 * 3 - 1), Some((1, 2)));
    assert_eq!(pages.place(1, 26 * 3), Some((1, 3)));
    assert_eq!(pages.place(1, long.len()), Some((2, 2)));
    let line = Words::of(&table(1)).text;
    assert_eq!(line, "表\n名\n数\n甲\n1");
    let places: Vec<_> = (0..line.len()).map(|at| pages.place(2, at).expect("a place").1).collect();
    assert_eq!(places, [3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5]);
    assert_eq!(pages.place(3, 0), None);
}

#[test]
fn what_is_special_keeps_its_mark() {
    let inlines = vec![
        Inline::Figure { trail: 7, text: "38次".into() },
        Inline::Missing("【待填：2010年宣传.会议、宣传.稿件】".into()),
        Inline::Changed { change: Change::Deleted, inline: Box::new(Inline::Text("<旧>".into())) },
        Inline::Noted { remark: "看\"\n".into(), alarm: true, inline: Box::new(Inline::Text("注".into())) },
    ];
    let point = Block::Point { number: "一是".into(), lead: text("学。"), text: inlines };
    let html = pages(vec![point]).html(1);
    for want in [
        "<section class=\"page\" data-page=\"1\"",
        "<p class=\"line first full\" data-line=\"1\" data-block=\"0\" data-from=\"0\"><span class=\"lead\">一是学。</span>",
        "<button type=\"button\" class=\"figure\" data-trail=\"7\"><span class=\"half\">38</span>次</button>",
        "<mark class=\"missing\" data-path=\"宣传.会议\" data-year=\"2010\">",
        "<del><span class=\"half\">&lt;</span>旧",
        "<mark class=\"note\" title=\"看&quot;\n\">注</mark>",
        "<p class=\"folio odd\">— 1 —</p>",
    ] {
        assert!(html.contains(want), "{want}\n{html}");
    }
}

#[test]
fn pages_that_do_not_exist_are_empty() {
    let pages = pages(vec![Block::Paragraph(text("甲"))]);
    assert_eq!((pages.html(0), pages.html(2)), (String::new(), String::new()));
    assert_eq!(lay_out(&Document::default()).pages.len(), 0);
}

fn inline() -> impl Strategy<Value = Inline> {
    let words = "[一-龥，。、；：！？“”《》（）…—·%A-Za-z0-9.,\\- ]{0,40}|\\PC{0,12}";
    let leaf = (words, 0usize..4).prop_map(|(text, kind)| match kind {
        0 => Inline::Figure { trail: text.len(), text },
        1 => Inline::Missing(format!("【待填：{text}】")),
        _ => Inline::Text(text),
    });
    leaf.prop_recursive(2, 4, 1, |inner| {
        let change = prop_oneof![Just(Change::Inserted), Just(Change::Deleted), Just(Change::MovedHere(1))];
        (inner, proptest::option::of(change), any::<bool>()).prop_map(|(inline, change, alarm)| {
            let inline = Box::new(inline);
            match change {
                Some(change) => Inline::Changed { change, inline },
                None => Inline::Noted { remark: "注".into(), alarm, inline },
            }
        })
    })
}

/// Cells, some with a break among their words, some joined to others.
fn merging(cells: Vec<(Vec<Inline>, usize)>) -> Cells {
    let cell = |(mut words, kind): (Vec<Inline>, usize)| {
        if kind == 0 {
            words.insert(words.len() / 2, Inline::Text("\n".into()));
        }
        let merged = [Merged::Not, Merged::Left, Merged::Up].get(kind).copied().unwrap_or_default();
        document::Cell { words, merged }
    };
    cells.into_iter().map(cell).collect::<Vec<_>>().into()
}

pub(super) fn block() -> impl Strategy<Value = Block> {
    let line = || proptest::collection::vec(inline(), 0..5);
    let cell = || (proptest::collection::vec(inline(), 0..3), 0..6usize);
    let row = move |columns| proptest::collection::vec(cell(), columns).prop_map(merging);
    let table = (1usize..9).prop_flat_map(move |columns| {
        let rows = |many: Range<usize>| proptest::collection::vec(row(columns), many);
        (line(), rows(1..3), rows(0..30), any::<bool>()).prop_map(move |(caption, head, rows, landscape)| {
            let align = vec![Align::Right; columns / 2];
            let mut table = Table { caption, head, rows, align, landscape, ..Table::default() };
            table.settle();
            let all = table.head.iter_mut().chain(&mut table.rows).flat_map(|row| &mut row.cells);
            all.filter(|cell| cell.merged != Merged::Not).for_each(|cell| cell.words.clear());
            Block::Table(table)
        })
    });
    prop_oneof![
        line().prop_map(Block::Title),
        line().prop_map(Block::Byline),
        line().prop_map(Block::Recipient),
        (any::<u8>(), line(), prop_oneof![Just(Vec::new()), line()])
            .prop_map(|(level, text, body)| Block::Heading { level, number: "一、".into(), text, body }),
        (line(), line()).prop_map(|(lead, text)| Block::Point { number: "一是".into(), lead, text }),
        line().prop_map(Block::Paragraph),
        line().prop_map(Block::TableNote),
        table,
        line().prop_map(Block::Signature),
        line().prop_map(Block::Date),
        line().prop_map(|line| Block::Changed(Change::Deleted, Box::new(Block::Paragraph(line)))),
    ]
}

/// The most half characters of a line of this kind.
fn room(row: &Row, landscape: bool) -> usize {
    match row.kind {
        Kind::Caption if landscape => 91,
        Kind::Head | Kind::HeadAgain | Kind::Cells if landscape => 105,
        Kind::Heading(_) if landscape => {
            if row.cells[0].lines[0].first {
                76
            } else {
                80
            }
        }
        Kind::Unit | Kind::Note if landscape => 106,
        Kind::Unit | Kind::Note => 73,
        Kind::Title(_) => 40,
        Kind::Signature(right) | Kind::Date(right) => 56usize.saturating_sub(right).max(2),
        Kind::Caption => 63,
        // 12 pt type over the whole width.
        Kind::Head | Kind::HeadAgain | Kind::Cells => 72,
        Kind::Heading(_) | Kind::Text if row.cells[0].lines[0].first => 52,
        _ => 56,
    }
}

/// Every start tag is closed, in its order.
fn is_well_formed(html: &str) -> bool {
    let mut reader = Reader::from_str(html);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_word_is_lost_and_no_line_is_too_long(blocks in proptest::collection::vec(block(), 0..12)) {
        let document = Document { blocks, ..Document::default() };
        let pages = lay_out(&document);
        let whole: Vec<String> = document.blocks.iter().map(|block| Words::of(block).text).collect();
        let parted = |cell: &Cell| cell.joined.up && !cell.lines.is_empty();
        let tall = |row: &Row| row.cells.iter().any(|cell| cell.lines.len() >= 20 || parted(cell));
        let broken = pages.pages.iter().flat_map(|page| &page.lines).any(tall);
        // A row that is higher than a page stands in parts, cell beside cell, and so do cells of several rows.
        prop_assert!(broken || rows(&pages).concat() == whole.concat().replace('\n', ""));
        for page in &pages.pages {
            prop_assert!(!page.lines.is_empty());
            for row in &page.lines {
                for line in row.cells.iter().flat_map(|cell| &cell.lines) {
                    let text = line.text();
                    prop_assert_eq!(&whole[row.block][line.span.clone()], text.as_str());
                    prop_assert!(line.hanging <= text.chars().next_back().map_or(0, char::len_utf8));
                    prop_assert!(half_cells(&text[..text.len() - line.hanging]) <= room(row, page.landscape), "{text}");
                }
            }
        }
        for (number, _) in (1..).zip(&pages.pages) {
            let html = pages.html(number);
            prop_assert!(is_well_formed(&html), "{html}");
            prop_assert!(!html.contains(" style=") && !html.contains("<script"), "{html}");
        }
    }

    #[test]
    fn every_byte_has_its_place(blocks in proptest::collection::vec(block(), 1..6)) {
        let document = Document { blocks, ..Document::default() };
        let pages = lay_out(&document);
        for (index, block) in document.blocks.iter().enumerate() {
            let text = Words::of(block).text;
            // A table without a row is the only block without a place.
            for at in (0..=text.len()).step_by(7) {
                let (page, line) = pages.place(index, at).expect("a place");
                let row = &pages.pages[page - 1].lines[line - 1];
                prop_assert_eq!(row.block, index);
            }
            prop_assert_eq!(pages.place(index, text.len() + 2), None);
        }
    }

    #[test]
    fn marks_stand_where_they_may(
        text in "([一-龥]{1,8}[，。、；：！？]|“[一-龥]{1,6}[，。]?”|《[一-龥]{1,8}》|（[A-Z0-9]{1,4}）|[0-9]{1,4}%){0,60}"
    ) {
        let lines = lines(&text);
        let bad = lines.windows(2).any(|pair| {
            let first = pair[1].chars().next().is_some_and(|c| "，。、；：！？”》）%".contains(c));
            let last = pair[0].chars().next_back().is_some_and(|c| "“《（".contains(c));
            first || last
        });
        prop_assert!(!bad, "{lines:?}");
    }
}
