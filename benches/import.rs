//! A report of ten pages becomes a project, warm and as a whole process (see docs/performance.md).

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::import;
use huibao::input;
use huibao::period::Period;

/// Ten pages of 22 lines of 28 characters.
const CHARACTERS: usize = 10 * 22 * 28;

fn drafted(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/导入");
    let mut kinds: Vec<_> =
        std::fs::read_dir(folder).expect("golden/导入").flatten().map(|entry| entry.path()).collect();
    kinds.sort();
    let papers = kinds.iter().map(|kind| kind.join("报告.docx")).filter(|paper| paper.is_file());
    let mut report = String::new();
    let texts: Vec<String> =
        papers.map(|paper| import::text(&input::read(&paper).expect("a Word file").document)).collect();
    while report.chars().count() < CHARACTERS {
        report.extend(texts.iter().map(String::as_str));
    }
    let read = || input::text(black_box(&report)).document;
    criterion.bench_function("ten pages, read and drafted and proved", |b| {
        b.iter(|| import::draft(&read(), Period::year(2023), "汇报"));
    });
}

criterion_group!(benches, drafted);
criterion_main!(benches);
