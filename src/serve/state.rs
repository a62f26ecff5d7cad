//! What the server holds: its port, its keys, and which folder is open. Everything else is read from the
//! project's files at each request; facts that were read are kept as long as the files say the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::http::StatusCode;
use jiff::Timestamp;

use super::error::{Answer, Failure};
use super::secret::Secret;
use crate::diag::{Problems, Source};
use crate::facts::{self, Facts};
use crate::period::Period;
use crate::project::journal::Journal;
use crate::project::value::Project;
use crate::template::{self, Templates};

/// Where the example is put in a folder that has no project.
pub const EXAMPLE: &str = "示例";

/// The state of the server.
pub struct App {
    /// The port it listens on.
    pub port: u16,
    /// What opens the page.
    pub secret: Secret,
    /// The folder the program was started in.
    pub base: PathBuf,
    open: RwLock<Project>,
    /// The facts that were read last, and of which texts: each key stroke asks for them.
    facts: Mutex<Option<(Read, Arc<Facts>)>>,
    /// The templates that were compiled last, and of which texts.
    templates: Mutex<Option<(Sources, Arc<Templates>)>>,
}

/// Templates by their names, as they are written.
type Sources = Vec<(String, Arc<Source>)>;

/// What facts were read from.
#[derive(Debug, PartialEq)]
struct Read {
    project: PathBuf,
    year: Period,
    registry: Option<Arc<Source>>,
    years: BTreeMap<Period, Arc<Source>>,
}

impl App {
    /// A server for a folder.
    pub fn new(port: u16, secret: Secret, base: &Path) -> App {
        App {
            port,
            secret,
            base: base.to_owned(),
            open: RwLock::new(Project::open(base)),
            facts: Mutex::new(None),
            templates: Mutex::new(None),
        }
    }

    /// The name of the cookie; cookies do not know ports, so the name does.
    pub fn cookie(&self) -> String {
        format!("huibao_{}", self.port)
    }

    /// The folder of the project that is open.
    pub fn project(&self) -> PathBuf {
        self.known().place().to_owned()
    }

    /// The project that is open, as it is in its folder now.
    pub fn value(&self) -> Project {
        let known = self.known();
        let now = known.reread();
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.place() == now.place() {
            *open = now.clone();
        }
        now
    }

    fn known(&self) -> Project {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens another project: the folder itself or the example in it.
    pub fn open(&self, folder: &Path) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Project::open(folder);
    }

    /// Whether the example is open.
    pub fn is_example(&self) -> bool {
        self.project() != self.base
    }

    /// The facts for the report of a year. They are understood anew only where a text has changed.
    ///
    /// # Errors
    /// As [`facts::load`].
    pub fn facts(&self, year: Period) -> Result<Arc<Facts>, Problems> {
        let project = self.project();
        let texts = facts::texts(&project)?;
        let read = Read { project, year, registry: texts.registry.clone(), years: texts.years.clone() };
        let mut last = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, facts)) = &*last
            && *known == read
            && texts.notes.is_empty()
        {
            return Ok(Arc::clone(facts));
        }
        let facts = Arc::new(texts.facts(Some(year))?);
        *last = Some((read, Arc::clone(&facts)));
        Ok(facts)
    }

    /// The templates, compiled anew only where one of them has changed; nothing where they have errors.
    pub fn templates(&self) -> Option<Arc<Templates>> {
        let sources = template::sources(&self.project()).ok()?;
        let mut last = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, templates)) = &*last
            && *known == sources
        {
            return Some(Arc::clone(templates));
        }
        let templates = Arc::new(Templates::compile(sources.clone()).ok()?);
        *last = Some((sources, Arc::clone(&templates)));
        Some(templates)
    }

    /// The log of the project that is open.
    pub fn journal(&self) -> Journal {
        Journal::new(&self.project())
    }
}

/// The time of a change.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Runs what reads files and computes beside the requests, so that none waits for another.
pub async fn work<T: Send + 'static>(
    app: Arc<App>,
    run: impl FnOnce(&App) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    match tokio::task::spawn_blocking(move || run(&app)).await {
        Ok(answer) => answer,
        Err(_) => {
            Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "程序出了差错，这一步没有做成")
                .fix("文件没有改动；请刷新页面再试"))
        }
    }
}
