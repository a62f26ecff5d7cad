//! The example as PDF and OFD, as a whole and by stage, and as Word beside them (see docs/performance.md).

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::document::Document;
use huibao::fonts::{Names, Shelf};
use huibao::layout;
use huibao::output::{self, Format, Manner, Written};
use huibao::project::value::Project;
use huibao::report::Gaps;

const TEMPLATE: &str = "政协工作汇报";

/// The example's report of its last year.
fn example() -> Document {
    let project = Project::open(Path::new(env!("CARGO_MANIFEST_DIR")));
    let year = project.period(None).expect("the example is sound");
    project.rendered(Some(TEMPLATE), year, Gaps::Refuse).expect("renders").document
}

fn written(document: &Document, format: Format, shelf: &Shelf) -> Written {
    let names = Names::default();
    let manner = Manner { names: &names, shelf, watermark: None, revision: None };
    output::write_as(document, format, &manner).expect("this computer has Chinese faces")
}

fn embedded(document: &Document, shelf: &Shelf) -> Written {
    let names = Names::default();
    let manner = Manner { names: &names, shelf, watermark: None, revision: None };
    output::write_embedded(document, &manner).expect("this computer has Chinese faces")
}

fn pages(criterion: &mut Criterion) {
    let document = example();
    let laid = layout::lay_out(&document);
    let kept = Shelf::of_system();
    let mut measured = |name: &str, run: &mut dyn FnMut() -> usize| {
        criterion.bench_function(name, |b| b.iter(|| black_box(run())));
    };
    measured("lines and pages", &mut || layout::lay_out(&document).pages.len());
    measured("ink on sheets", &mut || layout::placed(&document, &laid).len());
    for format in [Format::Pdf, Format::Ofd, Format::Docx] {
        let name = format!("document to {}, fonts kept", format.name());
        measured(&name, &mut || written(&document, format, &kept).bytes.len());
    }
    measured("document to pdf, fonts looked up", &mut || {
        written(&document, Format::Pdf, &Shelf::of_system()).bytes.len()
    });
    measured("document to ofd with its faces, fonts kept", &mut || embedded(&document, &kept).bytes.len());
}

criterion_group!(benches, pages);
criterion_main!(benches);
