//! The program serving a folder, and requests over a socket, so that every header is the test's own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The program; it is killed when the test ends.
pub struct Served {
    child: Child,
    pub port: u16,
    pub key: String,
    pub cookie: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.head, self.text()))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &&str| line.to_lowercase().starts_with(&format!("{name}:"));
        self.head.lines().find(line).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }
}

impl Served {
    /// Serves a folder on a port of the system's choice, and opens the page.
    pub fn start(folder: &Path) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .current_dir(folder)
            .args(["serve", "--no-open", "--port", "0"])
            .env("HUIBAO_CONFIG", std::env::temp_dir().join("huibao-suite"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a first line");
        let address = line.trim().strip_prefix("http://127.0.0.1:").expect(&line).to_owned();
        let (port, key) = address.split_once("/?k=").expect("a key");
        let port = port.parse().expect("a port");
        let mut served = Served { child, port, key: key.to_owned(), cookie: String::new() };
        let opened = served.ask("GET", &format!("/?k={key}"), &[], b"");
        assert_eq!(opened.status, 303, "{}", opened.head);
        let cookie = opened.header("set-cookie").expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        served.cookie = cookie.split(';').next().expect("its value").to_owned();
        served
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A request with exactly these headers, but for the length.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_raw(method, path, headers, body).expect("an answer")
    }

    pub fn try_raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).ok()?;
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\n{lines}Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, body: bytes.split_off(end + 4), head })
    }

    /// A request as the own page makes it, with more headers.
    pub fn ask(&self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Answer {
        let (host, origin) = (self.host(), format!("http://{}", self.host()));
        let mut headers =
            vec![("Host", host.as_str()), ("Origin", &origin), ("X-Huibao", "1"), ("Cookie", &self.cookie)];
        headers.extend(more);
        self.raw(method, path, &headers, body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, &[], body.to_string().as_bytes())
    }

    /// Saves changes of a year for a revision.
    pub fn save(&self, year: i32, revision: &str, changes: Value) -> Answer {
        let body = serde_json::json!({"changes": changes}).to_string();
        self.ask(
            "PATCH",
            &format!("/api/years/{year}"),
            &[("If-Match", &format!("\"{revision}\""))],
            body.as_bytes(),
        )
    }

    /// The revision of a year's file now.
    pub fn revision(&self, year: i32) -> String {
        let changes = self.get("/api/changes").json();
        changes["revisions"][format!("facts/{year}")].as_str().expect("a revision").to_owned()
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends the program at once, wherever it is.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // A program that has ended already cannot be killed again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A name in an address.
pub fn coded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
