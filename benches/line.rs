//! The line, station by station, on the report that the peers render too (see docs/performance.md).

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::document;
use huibao::output::{self, Format};
use huibao::project::value::Project;
use huibao::template;

const TEMPLATE: &str = "工作总结";

fn stations(criterion: &mut Criterion) {
    let project = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/fixture"));
    let open = || Project::open(black_box(project));
    criterion.bench_function("files to facts", |b| b.iter(|| open().facts().cloned()));
    criterion.bench_function("compile templates", |b| b.iter(|| open().templates().map(drop)));

    let project = open();
    let figures = project.period(None).and_then(|year| project.figures(year)).expect("the fixture is sound");
    let templates = project.templates().expect("the fixture's template is sound");
    let render = || template::render(templates, TEMPLATE, &figures, false).expect("renders");
    criterion.bench_function("figures to marked text", |b| b.iter(render));
    let marked = render();
    let build = || document::build(black_box(&marked), &document::picture::nowhere).expect("builds");
    criterion.bench_function("marked text to document", |b| b.iter(build));
    let document = build();
    for (name, format) in [("txt", Format::Txt), ("html", Format::Html), ("docx", Format::Docx)] {
        criterion
            .bench_function(&format!("document to {name}"), |b| b.iter(|| output::write(&document, format)));
    }
    criterion.bench_function("figures to docx", |b| {
        b.iter(|| {
            output::write(
                &document::build(&render(), &document::picture::nowhere).expect("builds"),
                Format::Docx,
            )
        });
    });
}

criterion_group!(benches, stations);
criterion_main!(benches);
