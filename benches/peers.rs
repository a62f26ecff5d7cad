//! Word documents a second, in the words of the peers' benchmarks: `cargo bench --bench peers -- N [OUT]`
//! prints `huibao docs_per_s`; with `CLOCK=cpu` the seconds are those that this thread was running (Linux).

use std::path::Path;
use std::time::Instant;

use huibao::output::{self, Format};
use huibao::project::value::Project;
use huibao::report::{self, Gaps};

const TEMPLATE: &str = "工作总结";
const ROUNDS: usize = 5;

fn seconds(origin: Instant) -> f64 {
    if std::env::var_os("CLOCK").is_some_and(|clock| clock == "cpu") {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        if let Some(nanoseconds) = stat.split(' ').next().and_then(|field| field.parse::<f64>().ok()) {
            return nanoseconds / 1e9;
        }
    }
    origin.elapsed().as_secs_f64()
}

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let count: u32 = arguments.first().and_then(|count| count.parse().ok()).unwrap_or(500);
    let project = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/fixture"));
    let project = Project::open(project);
    let figures = project.period(None).and_then(|year| project.figures(year)).expect("the fixture is sound");
    let templates = project.templates().expect("the fixture's template is sound");
    let none = |name: &str| Err(huibao::diag::Diagnostic::error(huibao::document::picture::MISSING, name));
    let render = || {
        let report = report::of(templates, TEMPLATE, &figures, Gaps::Refuse, &none).expect("renders");
        output::write(&report.document, Format::Docx).expect("writes")
    };
    let origin = Instant::now();
    let mut rates = Vec::new();
    let mut last = render();
    for _ in 0..=ROUNDS {
        let start = seconds(origin);
        for _ in 0..count {
            last = std::hint::black_box(render());
        }
        rates.push(f64::from(count) / (seconds(origin) - start));
    }
    rates.remove(0); // the first round is the warm-up
    rates.sort_by(f64::total_cmp);
    if let Some(path) = arguments.get(1) {
        std::fs::write(path, last).expect("the document is kept");
    }
    report(rates[ROUNDS / 2]);
}

#[allow(clippy::print_stdout, reason = "a benchmark says its result")]
fn report(rate: f64) {
    println!("huibao {rate:.1}");
}
