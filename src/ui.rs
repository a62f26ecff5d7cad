//! The only file that prints: results on standard output, everything else on standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the one place that prints")]

use std::cell::Cell;
use std::io::{self, BufRead, ErrorKind, IsTerminal, Read, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cmd::words::words;
use crate::diag::{Diagnostic, Level, render};

/// Where a run says what it has to say.
#[derive(Debug)]
pub struct Ui {
    colour: bool,
    colour_results: bool,
    lost: Cell<Option<ErrorKind>>,
}

impl Ui {
    /// Colour only on a terminal, and not where `NO_COLOR` is set.
    pub fn new() -> Ui {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Ui {
            colour: wanted && io::stderr().is_terminal(),
            colour_results: wanted && io::stdout().is_terminal(),
            lost: Cell::new(None),
        }
    }

    /// Whether results may be coloured.
    pub fn colours_results(&self) -> bool {
        self.colour_results
    }

    /// Whether somebody may be typing and reading at a terminal.
    pub fn has_terminal(&self) -> bool {
        io::stdin().is_terminal() || io::stderr().is_terminal()
    }

    /// A result. A reader that has gone away is no error: nobody wants the rest.
    pub fn result(&self, bytes: &[u8]) {
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(bytes).and_then(|()| out.flush())
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.lost.set(Some(error.kind()));
        }
    }

    /// Why a result did not come out whole; nothing where all of them did.
    pub fn lost(&self) -> Option<ErrorKind> {
        self.lost.get()
    }

    /// A remark to the user.
    pub fn say(&self, words: &str) {
        let mut err = io::stderr().lock();
        if writeln!(err, "{words}").is_err() {
            // Standard error is closed: there is nobody to tell.
        }
    }

    /// A bar for so many steps, which is seen at a terminal only. Whoever has it says what is under way.
    pub fn bar(&self, steps: usize) -> ProgressBar {
        let bar = ProgressBar::new(steps as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar
    }

    /// Asks a question; nothing but a clear yes is one, and where nobody can answer the answer is no.
    pub fn confirm(&self, question: &str) -> bool {
        let mut err = io::stderr().lock();
        if write!(err, "{question}").and_then(|()| err.flush()).is_err() {
            return false;
        }
        let mut answer = String::new();
        let read = io::stdin().lock().take(1000).read_line(&mut answer);
        if read.is_ok_and(|read| read == 0) && writeln!(err).is_err() {
            // Standard error is closed: there is nobody to tell.
        }
        matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是" | "ｙ")
    }

    /// Problems, the gravest last, where the eye rests on a terminal; and their number.
    pub fn problems(&self, problems: &[Diagnostic]) {
        let mut sorted: Vec<&Diagnostic> = problems.iter().collect();
        sorted.sort_by_key(|problem| problem.level);
        for problem in sorted {
            self.say(&render::text(problem, words, self.colour));
        }
        let errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
        if errors > 1 {
            self.say(&format!("共{errors}处错误。"));
        }
    }
}

impl Default for Ui {
    fn default() -> Ui {
        Ui::new()
    }
}
