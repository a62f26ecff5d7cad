//! Fact files: YAML → [`Facts`], a typed store in which every value keeps its [`Place`](crate::diag::Place).

mod date;
pub mod quantity;
pub mod read;
pub mod registry;
pub mod value;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diag::{Diagnostic, Problems, Source};
use registry::Registry;
use value::Fact;

/// The facts of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The file.
    pub source: Arc<Source>,
    /// Facts by dotted path, in written order.
    pub facts: IndexMap<String, Fact>,
}

/// All facts of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What the indicators are.
    pub registry: Registry,
    /// The year of the report.
    pub year: i32,
    /// Every year on file.
    pub years: BTreeMap<i32, Year>,
    /// Warnings and hints found while reading.
    pub warnings: Vec<Diagnostic>,
}

impl Facts {
    /// The fact `path` of `year`, blank ones included.
    pub fn get(&self, path: &str, year: i32) -> Option<&Fact> {
        self.years.get(&year)?.facts.get(path)
    }
}

/// Reads `facts/*.yaml` of the project folder for the report of `year` (`None`: the newest).
pub fn load(_project: &Path, _year: Option<i32>) -> Result<Facts, Problems> {
    unimplemented!()
}

/// The same from texts already read: the registry and one source a year.
pub fn parse(
    _registry: Option<Arc<Source>>,
    _years: Vec<(i32, Arc<Source>)>,
    _year: i32,
) -> Result<Facts, Problems> {
    unimplemented!()
}
