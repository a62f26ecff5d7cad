//! Every rule over a text of 10,000 characters, and over the example's project (see docs/performance.md).

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::check::{self, Prose};
use huibao::period::Period;
use huibao::project::value::Project;

const CHARACTERS: usize = 10_000;

fn rules(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample =
        std::fs::read_to_string(root.join("golden/政协工作汇报-2011.txt")).expect("the example's report");
    let mut text = String::new();
    while text.chars().count() < CHARACTERS {
        text.push_str(&sample);
    }
    let text: String = text.chars().take(CHARACTERS).collect();
    let prose = Prose::of_text("例文.txt", &text);
    criterion.bench_function("10,000 characters, every rule", |b| b.iter(|| check::prose(black_box(&prose))));
    let examine =
        || Project::open(black_box(root)).check(Some(Period::year(2011))).expect("the example is sound");
    criterion.bench_function("the example, from its files", |b| b.iter(examine));
}

criterion_group!(benches, rules);
criterion_main!(benches);
