//! Attacks on a server of one's own computer, and what every answer says.

use super::served::{Served, coded};
use crate::project::Project;

#[test]
fn only_this_computer_by_its_name_with_the_key_and_from_its_page() {
    let project = Project::small();
    let served = Served::start(project.path());
    let (host, cookie) = (served.host(), served.cookie.clone());
    let origin = format!("http://{host}");
    let localhost = format!("localhost:{}", served.port);
    let other_port = format!("http://127.0.0.1:{}", served.port.wrapping_add(1));
    let own = [
        ("Host", host.as_str()),
        ("Cookie", cookie.as_str()),
        ("X-Huibao", "1"),
        ("Origin", origin.as_str()),
    ];
    let with = |changed: (&'static str, &str)| -> Vec<(String, String)> {
        let keep = own
            .iter()
            .filter(|(name, _)| *name != changed.0)
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        keep.chain(Some((changed.0.to_owned(), changed.1.to_owned())).filter(|(_, value)| !value.is_empty()))
            .collect()
    };
    let ask = |method: &str, path: &str, headers: &[(String, String)]| {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        served.raw(method, path, &headers, b"{}").status
    };
    let get = |changed| ask("GET", "/api/project", &with(changed));
    assert_eq!(get(("Host", &host)), 200);
    assert_eq!(get(("Host", &localhost)), 200);
    for evil in
        ["evil.example", "evil.example:8787", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example", ""]
    {
        assert_eq!(get(("Host", evil)), 421, "{evil}");
    }
    let two = [("Host", host.as_str()), ("Host", "evil.example"), ("Cookie", cookie.as_str())];
    assert!(matches!(served.raw("GET", "/api/project", &two, b"").status, 400 | 421));
    assert_eq!(ask("GET", "http://evil.example/api/project", &with(("Host", &host))), 421);
    for stale in ["", "huibao=x", "huibao_1=abc", "huibao_0=; x=y"] {
        assert_eq!(get(("Cookie", stale)), 401, "{stale}");
    }
    let swapped = format!("huibao_{}={}", served.port, served.key);
    assert_eq!(get(("Cookie", &swapped)), 401, "the printed key is not the session");
    assert_eq!(ask("GET", "/?k=0123456789abcdef0123456789abcdef", &with(("Cookie", ""))), 401);
    // The page itself is the same for everybody; what it shows is not.
    assert_eq!(ask("GET", "/", &with(("Cookie", ""))), 200);
    assert_eq!(ask("GET", "/app.js", &with(("Cookie", ""))), 200);
    assert_eq!(ask("POST", "/app.js", &with(("Cookie", ""))), 401);
    assert_eq!(ask("GET", "/api/nothing", &with(("Cookie", ""))), 401);
    for changed in [
        ("Origin", ""),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Origin", other_port.as_str()),
        ("X-Huibao", ""),
    ] {
        assert_eq!(ask("POST", "/api/undo", &with(changed)), 403, "{changed:?}");
    }
    let mut cross = with(("Host", &host));
    cross.push(("Sec-Fetch-Site".to_owned(), "cross-site".to_owned()));
    assert_eq!(ask("POST", "/api/undo", &cross), 403);
    assert_eq!(ask("POST", "/api/undo", &with(("Host", &host))), 409);
}

/// Cookies go to every port of a computer: a browser gets none, and what its script says instead goes nowhere else.
#[test]
fn a_browser_gets_no_cookie_and_says_its_session_itself() {
    let project = Project::small();
    let served = Served::start(project.path());
    let (host, origin) = (served.host(), format!("http://{}", served.host()));
    let link = format!("/?k={}", served.key);
    let page = served.raw("GET", &link, &[("Host", &host), ("Accept", "text/html,*/*;q=0.8")], b"");
    assert_eq!((page.status, page.header("set-cookie")), (200, None), "{}", page.head);
    let trade = |key: &str, origin: &str| {
        let headers = [("Host", host.as_str()), ("Origin", origin), ("X-Huibao", "1")];
        served.raw("POST", "/api/session", &headers, serde_json::json!({"key": key}).to_string().as_bytes())
    };
    assert_eq!(trade("0123456789abcdef0123456789abcdef", &origin).status, 401);
    assert_eq!(trade(&served.key, "http://evil.example").status, 403);
    let traded = trade(&served.key, &origin);
    assert_eq!((traded.status, traded.header("set-cookie")), (200, None), "{}", traded.text());
    let json = traded.json();
    let session = json["session"].as_str().expect("a session");
    let ask = |session: &str| {
        served.raw("GET", "/api/project", &[("Host", &host), ("X-Huibao-Session", session)], b"").status
    };
    assert_eq!((ask(session), ask(""), ask(&served.key)), (200, 401, 401));
}

#[test]
fn names_are_never_paths() {
    let project = Project::small().file("secret.txt", "geheim");
    let served = Served::start(project.path());
    for path in [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/secret.txt",
        "/facts/2011.yaml",
        "//etc/passwd",
        "/.huibao/锁",
        "/api/texts/..%2fsecret",
        "/api/texts/facts%2f..%2f..%2fsecret",
        "/api/texts/templates/..%2F..%2Fsecret",
        "/api/texts/secret",
        "/api/years/..%2f2011/form",
        "/api/years/2011%2f..%2f2010/form",
        "/api/years/2011/download/..%2fdocx",
        "/api/texts/facts/1999",
        "/api/years/1999/form",
        "/api/years/abcd/form",
        "/api/compare/2010/1999",
        "/api/texts/templates/%00",
    ] {
        let answer = served.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {} {}", answer.status, answer.text());
        assert!(!answer.text().contains("geheim") && !answer.text().contains("root:"), "{path}");
    }
    let answer = served.get(&format!("/api/years/2011/ledgers/{}", coded("没有")));
    assert_eq!(answer.json()["code"], "not-found");
}

#[test]
fn every_answer_forbids_what_is_foreign_and_errors_have_one_shape() {
    let project = Project::small();
    let served = Served::start(project.path());
    for path in
        ["/", "/app.js", "/base.css", "/pages.css", "/api/project", "/nothing", "/api/nothing", "/?k=wrong"]
    {
        let answer = served.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
    }
    let page = served.get("/").text();
    assert!(!page.contains("style=") && !page.contains("<style") && !page.contains("onclick"), "{page}");
    let tag = served.get("/app.js").header("etag").expect("a tag").to_owned();
    assert_eq!(served.ask("GET", "/app.js", &[("If-None-Match", &tag)], b"").status, 304);
    let long = "x".repeat(5 * 1024 * 1024);
    assert_eq!(served.ask("POST", "/api/undo", &[], long.as_bytes()).status, 413);
    for (method, path, body, status) in [
        ("POST", "/api/undo", "not json", 400),
        ("PATCH", "/api/years/2011", "{}", 428),
        ("GET", "/api/years/1999/form", "", 404),
        ("POST", "/api/start", "{\"how\":\"/etc\"}", 400),
    ] {
        let answer = served.ask(method, path, &[], body.as_bytes());
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        let error = answer.json();
        for key in ["code", "message", "where", "fix"] {
            assert!(error.get(key).is_some(), "{path}: {error}");
        }
    }
}
