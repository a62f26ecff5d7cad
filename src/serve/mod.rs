//! The page that staff use, served to this computer only. Routes call the library and compute nothing.
//!
//! `guard` says who may ask, `web` holds the files of the page, `routes` has one file a subject; every change
//! goes through [`crate::project::journal`], which writes whole or not at all and can take it back.

mod ask;
mod change;
mod error;
mod guard;
mod recent;
mod routes;
mod secret;
mod state;
mod web;
mod words;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::diag::{Act, Diagnostic};
use recent::Recent;
use secret::Secret;
use state::App;

/// Ports that are tried one after another, then any that is free.
const PORTS: std::ops::RangeInclusive<u16> = 8787..=8797;

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

impl Server {
    /// Listens on this computer's own address; on `port`, or without one on the first that is free.
    ///
    /// # Errors
    /// The port is taken, or the system has no random numbers.
    pub fn bind(project: &Path, port: Option<u16>) -> Result<Server, Diagnostic> {
        let listener = listen(port)?;
        let port = listener.local_addr().map(|address| address.port()).map_err(|_| no_port())?;
        let secret = Secret::new().map_err(|_| no_port())?;
        Ok(Server { listener, app: Arc::new(App::new(port, secret, project).remembering(Recent::of_user())) })
    }

    /// The address that opens the page, as long as the server runs.
    pub fn address(&self) -> String {
        self.with_key(self.app.secret.printed())
    }

    /// An address that opens the page once.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn address_once(&self) -> Result<String, Diagnostic> {
        Ok(self.with_key(&self.app.secret.once().map_err(|_| no_port())?))
    }

    fn with_key(&self, key: &str) -> String {
        format!("http://127.0.0.1:{}/?k={key}", self.app.port)
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// The system does not let it.
    pub fn run(self) -> Result<(), Diagnostic> {
        let failed = |_| Diagnostic::error("cannot-serve", "页面服务没有开成").hint("请重新打开程序");
        self.listener.set_nonblocking(true).map_err(failed)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        runtime
            .block_on(async {
                let listener = tokio::net::TcpListener::from_std(self.listener)?;
                axum::serve(listener, router(self.app)).await
            })
            .map_err(failed)
    }
}

/// Everything that is answered, behind the guard.
fn router(app: Arc<App>) -> Router {
    let guarded = from_fn_with_state(Arc::clone(&app), guard::guard);
    routes::routes().fallback(web::asset).layer(guarded).with_state(app)
}

fn listen(port: Option<u16>) -> Result<TcpListener, Diagnostic> {
    let bind = |port: u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = port {
        return bind(port).map_err(|error| {
            let why = if error.kind() == ErrorKind::AddrInUse {
                "已经被别的程序占用"
            } else {
                "打不开"
            };
            Diagnostic::error("port-taken", format!("端口{port}{why}")).hint(Act::AnyPort)
        });
    }
    // Some systems reserve ranges and refuse with another error than that the port is in use.
    PORTS.chain([0]).find_map(|port| bind(port).ok()).ok_or_else(no_port)
}

fn no_port() -> Diagnostic {
    Diagnostic::error("no-port", "这台电脑不让程序打开本机端口").hint("请检查安全软件的设置，放行“汇报”")
}

#[cfg(test)]
mod tests;
