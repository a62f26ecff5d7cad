//! A report of ten thousand characters in lines and pages, as the page does at every stroke of a key.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::document::{Align, Block, Document, Inline, Table};
use huibao::layout;

const TEXT: &str = include_str!("../golden/政协工作汇报-2011.txt");

/// Paragraphs of the example until there are ten thousand characters, and a table of forty rows.
fn report() -> Document {
    let text = |words: &str| vec![Inline::Text(words.to_owned())];
    let mut blocks = vec![Block::Title(text("云溪镇政协工作汇报"))];
    let mut count = 0;
    for (trail, line) in TEXT.lines().cycle().enumerate() {
        if count >= 10_000 {
            break;
        }
        count += line.chars().count();
        let middle = line.char_indices().nth(6).map_or(line.len(), |(at, _)| at);
        let figure = Inline::Figure { trail, text: line[..middle].to_owned() };
        blocks.push(Block::Paragraph(vec![figure, Inline::Text(line[middle..].to_owned())]));
    }
    let cells = || vec![text("湖南省宝庆农产品出口有限公司"), text("6700万元"), text("210人")];
    let rows = (0..40).map(|_| cells().into()).collect();
    blocks.push(Block::Table(Table {
        caption: text("表"),
        head: vec![cells().into()],
        rows,
        align: vec![Align::Left; 3],
        ..Table::default()
    }));
    Document { blocks, ..Document::default() }
}

fn pages(criterion: &mut Criterion) {
    let document = report();
    criterion.bench_function("10,000 characters to pages", |b| {
        b.iter(|| layout::lay_out(black_box(&document)));
    });
    let pages = layout::lay_out(&document);
    criterion.bench_function("their pages to html", |b| {
        b.iter(|| (1..=pages.pages.len()).map(|page| pages.html(page).len()).sum::<usize>());
    });
}

criterion_group!(benches, pages);
criterion_main!(benches);
