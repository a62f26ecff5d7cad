//! The page in a real browser is tested by `tests/browser/run`, which needs Node and a browser; this says so.

use std::io::Write;

use crate::project::root;

#[test]
fn the_page_in_a_browser_is_tested_elsewhere() {
    let tests = root().join("tests/browser");
    assert!(tests.join("run").is_file() && tests.join("package-lock.json").is_file());
    let words = "left out: the page in a real browser; tests/browser/run tests that\n";
    // Not by print!, which is only seen where a test fails.
    std::io::stdout().write_all(words.as_bytes()).expect("somebody reads");
}
