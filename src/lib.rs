//! huibao（汇报）drafts the yearly work report of an office from structured facts.
//!
//! **facts → figures → marked text → document → bytes**
//!
//! 1. [`facts::parse`] reads one YAML text a year and the registry into a typed store in which
//!    every value knows its place.
//! 2. [`figures::compute`] adds formulas, windows and comparisons with exact decimals, for any year; every
//!    figure knows the facts it came from.
//! 3. [`template::render`] fills the prose; every figure enters as text that carries a mark.
//! 4. [`document::build`] turns the marked text into a tree of blocks and inlines and numbers
//!    headings and points.
//! 5. [`output::write`] makes text, Markdown, HTML or Word of it.
//!
//! A [`project::Project`] is that line as one value: of texts, or of a folder.
//!
//! ```
//! use huibao::output::{self, Format};
//! use huibao::project::{Project, Texts};
//! use huibao::report::Gaps;
//!
//! let texts = Texts::from([
//!     ("facts/2011", "年度: 2011\n会议: 12次\n"),
//!     ("templates/汇报", "共开会{{会议}}。"),
//! ]);
//! let project = Project::of(texts);
//! let report = project.report(None, project.period(None)?, Gaps::Refuse)?;
//! assert_eq!(output::write(&report.document, Format::Txt)?, "共开会12次。\n".as_bytes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`zh`] is Chinese as data and uses nothing; [`diag`] is how problems are said. Arrows between
//! the modules are held by `tests/suite/tidy.rs`.

pub mod chart;
pub mod check;
pub mod clause;
mod cli;
mod cmd;
pub mod diag;
pub mod diff;
pub mod document;
pub mod excel;
pub mod facts;
pub mod figures;
pub mod files;
pub mod fonts;
pub mod import;
pub mod input;
pub mod layout;
pub mod marked;
pub mod markup;
pub mod output;
pub mod period;
pub mod project;
pub mod report;
mod run;
pub mod serve;
pub mod sheet;
pub mod template;
pub mod trace;
mod ui;
pub mod zh;

pub use run::run;
