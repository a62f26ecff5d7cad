//! What the server holds: its port, its keys, and the project that is open. Its folder is read again at each
//! request, and what did not change is kept.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::StatusCode;
use jiff::Timestamp;

use super::error::{Answer, Failure};
use super::recent::Recent;
use super::secret::Secret;
use crate::fonts::Shelf;
use crate::project::texts::Revision;
use crate::project::value::Project;

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
    /// The projects that were opened before.
    pub recent: Recent,
    /// The fonts of this computer, and what was read of them.
    pub shelf: Shelf,
    open: RwLock<Project>,
}

impl App {
    /// A server for a folder.
    pub fn new(port: u16, secret: Secret, base: &Path) -> App {
        App {
            port,
            secret,
            base: base.to_owned(),
            recent: Recent::default(),
            shelf: Shelf::of_system(),
            open: RwLock::new(Project::open(base)),
        }
    }

    /// The same with a list of the projects that were opened.
    pub fn remembering(self, recent: Recent) -> App {
        App { recent, ..self }
    }

    /// The name of a program's cookie; cookies do not know ports, so the name does.
    pub fn cookie(&self) -> String {
        format!("huibao_{}", self.port)
    }

    /// The project that is open, as it is in its folder now.
    pub fn project(&self) -> Project {
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

    /// The folder of the project that is open.
    pub fn place(&self) -> PathBuf {
        self.known().place().to_owned()
    }

    /// What tells the project that is open from any other: a window says which one it shows.
    pub fn identity(&self) -> String {
        Revision::of(self.place().display().to_string().as_bytes()).as_str().to_owned()
    }

    /// Opens another project: the folder itself, the example in it, or one that was opened before.
    pub fn open(&self, folder: &Path) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Project::open(folder);
    }

    /// Whether the example is open.
    pub fn is_example(&self) -> bool {
        self.place() == self.base.join(EXAMPLE)
    }
}

/// The time of a change.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The day it is here.
pub fn today() -> jiff::civil::Date {
    now().to_zoned(jiff::tz::TimeZone::system()).date()
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
