//! The line, station by station, on the report that the peers render too (see docs/performance.md).

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::document;
use huibao::facts;
use huibao::figures::{self, Figures};
use huibao::output::{self, Format};
use huibao::template::{self, Templates};

const TEMPLATE: &str = "工作总结";

fn prepared() -> (Figures, Templates) {
    let project = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/fixture"));
    let facts = facts::load(project, None).expect("the fixture's facts are sound");
    let figures = figures::compute(facts).expect("the fixture's formulas are sound");
    (figures, template::load(project).expect("the fixture's template is sound"))
}

fn stations(criterion: &mut Criterion) {
    let project = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/fixture"));
    criterion.bench_function("files to facts", |b| b.iter(|| facts::load(black_box(project), None)));
    criterion.bench_function("compile templates", |b| b.iter(|| template::load(black_box(project))));

    let (figures, templates) = prepared();
    let render = || template::render(&templates, TEMPLATE, &figures, false).expect("renders");
    criterion.bench_function("figures to marked text", |b| b.iter(render));
    let marked = render();
    let build = || document::build(black_box(&marked)).expect("builds");
    criterion.bench_function("marked text to document", |b| b.iter(build));
    let document = build();
    for (name, format) in [("txt", Format::Txt), ("html", Format::Html), ("docx", Format::Docx)] {
        criterion
            .bench_function(&format!("document to {name}"), |b| b.iter(|| output::write(&document, format)));
    }
    criterion.bench_function("figures to docx", |b| {
        b.iter(|| output::write(&document::build(&render()).expect("builds"), Format::Docx));
    });
}

criterion_group!(benches, stations);
criterion_main!(benches);
