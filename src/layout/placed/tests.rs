//! Laws of the ink: all words in order, each where the grid has it, nothing beyond the paper.

use proptest::prelude::*;

use super::*;
use crate::document::measure;
use crate::document::{Align, Block, Cell, Change, Inline, Line, Merged, Table};
use crate::layout::tests::{block, landscape, pages, text};

/// Right edge of the type area.
const RIGHT: i32 = LEFT + measure::WIDTH as i32 * TWIP;

fn sheets(blocks: Vec<Block>) -> Vec<Sheet> {
    placed(&Document::default(), &pages(blocks))
}

fn runs(sheet: &Sheet) -> impl Iterator<Item = &Run> {
    sheet.marks.iter().filter_map(|mark| if let Mark::Run(run) = mark { Some(run) } else { None })
}

fn rules(sheet: &Sheet) -> Vec<&Rule> {
    sheet
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Rule(rule) = mark { Some(rule) } else { None })
        .collect()
}

fn words(sheet: &Sheet) -> String {
    runs(sheet).filter(|run| matches!(run.part, Part::Block { .. })).map(Run::text).collect()
}

#[test]
fn a_line_reaches_from_margin_to_margin_and_a_mark_hangs_beyond() {
    // 26 characters, 27 and a mark that hangs, then the rest.
    let body = format!("{}，{}", "国".repeat(26 + 28), "国".repeat(3));
    let sheets = sheets(vec![Block::Paragraph(text(&body))]);
    let lines: Vec<&Run> = runs(&sheets[0]).collect();
    assert_eq!(lines[0].edges(), (LEFT + 4 * 7_875, RIGHT));
    assert_eq!(lines[1].chars[0].x, LEFT);
    assert_eq!(lines[1].chars[27].x + lines[1].chars[27].width, RIGHT);
    assert_eq!((lines[1].chars[28].text.as_str(), lines[1].chars[28].x), ("，", RIGHT));
    assert_eq!(lines[2].edges(), (LEFT, LEFT + 3 * 15_750), "the last line keeps its width");
    let pitch: Vec<i32> = lines.windows(2).map(|pair| pair[1].baseline - pair[0].baseline).collect();
    assert_eq!(pitch[..2], [579 * TWIP, 579 * TWIP]);
}

#[test]
fn numbers_and_words_are_not_torn_apart() {
    let body = format!("{}2011年增长17.3%", "国".repeat(21));
    let body = format!("{body}{}", "国".repeat(20));
    let sheets = sheets(vec![Block::Paragraph(text(&body))]);
    let line = runs(&sheets[0]).next().expect("a line");
    for pair in line.chars.windows(2).filter(|pair| pair[0].text.is_ascii() && pair[1].text.is_ascii()) {
        assert_eq!(pair[1].x - pair[0].x, 7_875, "{}{}", pair[0].text, pair[1].text);
    }
}

#[test]
fn titles_and_endings_have_their_place_and_their_face() {
    let long = "清溪镇关于二〇一一年度人民政协工作情况和下一步打算的汇报";
    let sheets = sheets(vec![
        Block::Title(text(long)),
        Block::Heading { level: 1, number: "一、".into(), text: text("甲"), body: Vec::new() },
        Block::Heading { level: 2, number: "（一）".into(), text: text("乙"), body: Vec::new() },
        Block::Point { number: "一是".into(), lead: text("学习。"), text: text("开会。") },
        Block::Signature(text("镇政府")),
        Block::Date(text("2011年12月20日")),
    ]);
    let found: Vec<_> = runs(&sheets[0]).map(|run| (run.text(), run.face, run.size, run.edges())).collect();
    let faces: Vec<Face> = found.iter().map(|one| one.1).collect();
    let (title, body) = (Face::Title, Face::Body);
    assert_eq!(faces, [title, title, Face::Hei, Face::Kai, Face::Kai, body, body, body, Face::Song]);
    for (_, _, size, (left, right)) in &found[..2] {
        assert_eq!((*size, left - LEFT), (22_000, RIGHT - right), "in the middle");
    }
    assert_eq!(found[4].0, "一是学习。");
    let (name, date, number) = (&found[6], &found[7], &found[8]);
    assert_eq!(RIGHT - date.3.1, 4 * 7_875);
    assert_eq!(date.3.0 - name.3.0, 4 * 7_875, "the date begins two characters further to the right");
    assert_eq!((number.0.as_str(), number.2, RIGHT - number.3.1), ("— 1 —", 14_000, 14_000));
}

#[test]
fn even_pages_have_their_number_to_the_left() {
    let sheets = sheets(vec![Block::Paragraph(text(&"国".repeat(28 * 30)))]);
    let number = runs(&sheets[1]).last().expect("a page number");
    assert_eq!((number.text().as_str(), number.edges().0), ("— 2 —", LEFT + 14_000));
    // The dashes, in the middle of the type, stand 7 mm under the type area, which ends 262 mm down.
    let dashes = number.baseline - 14_000 * MIDDLE / 100;
    assert!((dashes - 269 * 72_000 * 10 / 254).abs() < 200, "{dashes}");
}

#[test]
fn a_page_on_its_side_has_its_number_where_the_paper_has_it() {
    let sheets = sheets(vec![landscape(1), landscape(1)]);
    let upright = [folio(1), folio(2)];
    for (sheet, upright) in sheets.iter().zip(&upright) {
        assert_eq!((sheet.width, sheet.height), (PAPER.1, PAPER.0));
        let number = runs(sheet).last().expect("a page number");
        assert_eq!((number.turn, number.text()), (Turn::Quarter, upright.text()));
        // Turned back by 90°, what is x on the wide sheet is the distance from the foot of the upright one.
        assert_eq!(number.edges().0, PAPER.1 - upright.baseline);
        assert_eq!(number.baseline, upright.edges().0);
        let inside = |rule: &&Rule| rule.x0 >= LEFT_LANDSCAPE && rule.y0 > TOP_LANDSCAPE;
        assert!(rules(sheet).iter().all(inside));
        let right = rules(sheet).iter().map(|rule| rule.x1).max();
        assert_eq!(right, Some(PAPER.1 - TOP), "the table ends where upright pages begin");
    }
}

fn merged(words: &str, merged: Merged) -> Cell {
    Cell { words: text(words), merged }
}

#[test]
fn merged_cells_have_no_rules_in_them() {
    let plain = |words: [&str; 3]| words.map(text).to_vec().into();
    let wide = vec![merged("甲", Merged::Not), merged("乙", Merged::Not), merged("", Merged::Left)].into();
    let under = vec![merged("", Merged::Up), merged("丙", Merged::Not), merged("丁", Merged::Not)].into();
    let table = Table {
        caption: text(""),
        head: vec![wide, under],
        rows: vec![plain(["子", "1", "2"])],
        align: vec![Align::Left, Align::Right, Align::Right],
        ..Table::default()
    };
    let sheets = sheets(vec![Block::Table(table)]);
    let sheet = &sheets[0];
    assert_eq!(words(sheet), "甲乙丙丁子12");
    let rules = rules(sheet);
    let (across, down): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.y0 == rule.y1);
    let lengths: Vec<bool> = across.iter().map(|rule| (rule.x0, rule.x1) == (LEFT, RIGHT)).collect();
    assert_eq!(
        lengths,
        [true, false, true, true],
        "the rule between the heads begins behind the merged cell"
    );
    assert_eq!(across.iter().map(|rule| rule.width).collect::<Vec<_>>(), [1_000, 500, 500, 1_000]);
    let whole = down[0].y1 - down[0].y0;
    let heights: Vec<bool> = down.iter().map(|rule| rule.y1 - rule.y0 == whole).collect();
    assert_eq!(heights, [true, true, false, true], "no rule through the wide head");
    let of = |words: &str| runs(sheet).find(|run| run.text() == words).expect("a cell").clone();
    assert!(of("乙").baseline < of("甲").baseline && of("甲").baseline < of("丙").baseline);
    assert_eq!(of("2").edges().1, RIGHT - 57 * TWIP);
}

#[test]
fn what_changed_is_told_apart_without_colour() {
    let changed =
        |change, words: &str| Inline::Changed { change, inline: Box::new(Inline::Text(words.into())) };
    let sheets = sheets(vec![Block::Paragraph(vec![
        changed(Change::Inserted, "新"),
        changed(Change::Deleted, "旧"),
        changed(Change::MovedHere(1), "来"),
        Inline::Missing("【待填：甲】".into()),
    ])]);
    let sheet = &sheets[0];
    let of = |words: &str| -> Vec<bool> {
        let run = runs(sheet).find(|run| run.text() == words).expect("a run");
        let over = |rule: &&&Rule| (rule.x0, rule.x1) == run.edges();
        rules(sheet).iter().filter(over).map(|rule| rule.y0 > run.baseline).collect()
    };
    assert_eq!((of("新"), of("旧"), of("来")), (vec![true], vec![false], vec![true, true]));
    let behind = sheet.marks.iter().position(|mark| matches!(mark, Mark::Shape(_)));
    let gap = sheet.marks.iter().position(|mark| matches!(mark, Mark::Run(run) if run.look.missing));
    assert!(behind.is_some() && behind < gap);
}

#[test]
fn a_watermark_lies_behind_through_the_middle() {
    let mut sheets = sheets(vec![Block::Paragraph(text("甲"))]);
    watermark(&mut sheets, "草稿");
    let Some(Mark::Run(run)) = sheets[0].marks.first() else { panic!("no watermark") };
    assert_eq!((run.part, run.turn, run.text().as_str()), (Part::Watermark, Turn::Slant, "草稿"));
    let (left, right) = run.edges();
    let (along, up) = (ink::slant((right - left) / 2), ink::slant(WATERMARK * MIDDLE / 100));
    assert_eq!((left + along - up, run.baseline - along - up), (PAPER.0 / 2, PAPER.1 / 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn all_words_stand_in_order_on_the_paper(blocks in proptest::collection::vec(block(), 0..12)) {
        let document = Document { blocks, ..Document::default() };
        let pages = super::super::lay_out(&document);
        let whole: Vec<String> = document.blocks.iter().map(|block| Line::of(block).text).collect();
        let sheets = placed(&document, &pages);
        prop_assert_eq!(sheets.len(), pages.pages.len());
        for (sheet, page) in sheets.iter().zip(&pages.pages) {
            let rows: String = page.lines.iter().map(Row::text).collect();
            prop_assert_eq!(words(sheet), rows);
            for row in &page.lines {
                prop_assert!(row.top + row.height <= area(page.landscape).1, "{row:?}");
            }
            for run in runs(sheet) {
                if let Part::Block { block, at } = run.part {
                    prop_assert!(whole[block][at..].starts_with(&run.text()));
                    let (top, height) = (Area::of(page.landscape).top, area(page.landscape).1 as i32 * TWIP);
                    prop_assert!(run.baseline > top && run.baseline < top + height);
                }
                let (left, right) = run.edges();
                prop_assert!(0 < left && (right < sheet.width || run.turn != Turn::Upright), "{run:?}");
                for pair in run.chars.windows(2) {
                    prop_assert!(pair[0].x + pair[0].width <= pair[1].x);
                }
            }
            for rule in rules(sheet) {
                prop_assert!(0 < rule.x0 && rule.x0 <= rule.x1 && rule.x1 < sheet.width);
                prop_assert!(0 < rule.y0 && rule.y0 <= rule.y1 && rule.y1 < sheet.height);
            }
        }
    }
}
