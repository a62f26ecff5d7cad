//! Two reports compared: `cargo bench --bench diff -- [OLD NEW]` prints milliseconds a comparison, then
//! how the time grows with the number of paragraphs and what two unrelated paragraphs cost.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use huibao::diff::{self, Side};
use huibao::document::{Block, Document, Inline};
use huibao::input;

const ROUNDS: usize = 21;

fn side(document: Document) -> Side {
    Side { name: "一".to_owned(), year: None, document, basis: None }
}

fn paragraphs(lines: &[String]) -> Side {
    let block = |line: &String| Block::Paragraph(vec![Inline::Text(line.clone())]);
    side(Document { blocks: lines.iter().map(block).collect(), ..Document::default() })
}

/// The median of several runs, in milliseconds.
fn median(old: &Side, new: &Side) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let (old, new) = (old.clone(), new.clone());
            let start = Instant::now();
            black_box(diff::compare(old, new, &[]));
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn read(path: &str) -> Side {
    side(input::read(Path::new(path)).expect("a report").document)
}

/// The lines of a report again and again, each time with other figures and names.
fn scaled(side: &Side, count: usize) -> Vec<String> {
    let lines: Vec<String> =
        side.document.blocks.iter().map(|block| huibao::document::Line::of(block).text).collect();
    (0..count)
        .map(|at| {
            let round = at / lines.len();
            lines[at % lines.len()]
                .replace('镇', &format!("{}镇", ["甲", "乙", "丙", "丁", "戊"][round % 5]))
                .replace('1', &(round % 10).to_string())
        })
        .collect()
}

/// Ten thousand characters that have nothing in common.
fn unrelated(seed: u32) -> Side {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + state % 20_000).unwrap_or('一')
    };
    paragraphs(&[(0..10_000).map(|_| next()).collect::<String>()])
}

#[allow(clippy::print_stdout, reason = "a benchmark says its result")]
fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let golden = |year| format!("{}/golden/政协工作汇报-{year}.txt", env!("CARGO_MANIFEST_DIR"));
    let (old, new) = match arguments.as_slice() {
        [old, new] => (read(old), read(new)),
        _ => (read(&golden(2010)), read(&golden(2011))),
    };
    println!("huibao {:.3}", median(&old, &new));
    for count in [150, 300, 600, 1200] {
        let time = median(&paragraphs(&scaled(&old, count)), &paragraphs(&scaled(&new, count)));
        println!("paragraphs {count} {time:.1}");
    }
    println!("unrelated {:.1}", median(&unrelated(1), &unrelated(2)));
}
