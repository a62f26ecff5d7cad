//! The second oracle: thousands of random projects, each tag judged by another reading of the manual.
//!
//! It is written from `docs/模板手册.md` with exact fractions, and shares no code with the program. Chance is the
//! same in every run. `HUIBAO_ORACLE_SEED` is the seed of the first project, `HUIBAO_ORACLE_COUNT` how many there
//! are: what fails says both for its smallest project.

pub mod dice;
mod fraction;
mod say;
mod tags;
mod trial;
mod world;

use std::collections::BTreeMap;

use trial::{Failure, Trial};

/// The seed of the first project.
const SEED: u64 = 1_000_000;
/// How many projects a run judges.
const COUNT: u64 = 20_000;

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// The projects of all seeds, shared among the cores.
fn failures(seeds: std::ops::Range<u64>) -> Vec<Failure> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let judge = |worker| -> Vec<Failure> {
        seeds.clone().skip(worker).step_by(workers).flat_map(|seed| Trial::throw(seed).failures()).collect()
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || judge(worker))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a worker")).collect()
    })
}

/// The smallest failure of each kind, with how many there are.
fn report(failures: Vec<Failure>) -> String {
    let mut kinds: BTreeMap<String, Vec<Failure>> = BTreeMap::new();
    for failure in failures {
        kinds.entry(failure.kind.clone()).or_default().push(failure);
    }
    let said = kinds.iter().map(|(kind, failures)| {
        let smallest = failures.iter().min_by_key(|failure| failure.text.len()).expect("one of each kind");
        format!(
            "== {kind}: {} differ; the smallest (seed {}):\n{}",
            failures.len(),
            smallest.seed,
            smallest.text
        )
    });
    said.collect::<Vec<_>>().join("\n")
}

#[test]
fn random_projects_print_what_the_manual_says() {
    let seed = setting("HUIBAO_ORACLE_SEED", SEED);
    let failures = failures(seed..seed + setting("HUIBAO_ORACLE_COUNT", COUNT));
    assert!(failures.is_empty(), "{} tags differ\n{}", failures.len(), report(failures));
}
