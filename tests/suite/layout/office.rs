//! Lines and pages as LibreOffice sets them, made comparable with those of Word:
//!
//! * faces that are missing here are stood in for by one with half-width digits, as theirs are
//!   (`tests/data/版面/fonts.conf`);
//! * the gap between Han and digits, which the file switches off (`w:autoSpaceDE`, `w:autoSpaceDN`) and
//!   LibreOffice sets all the same, is taken out of its own format before it makes the pages;
//! * so are marks let hang, which the file asks for (`w:overflowPunct`) and LibreOffice reads inverted;
//! * so is the grid of lines, which every line has the pitch of anyhow, and to which LibreOffice cuts the page;
//! * the head of the page is a twip higher, which LibreOffice rounds away.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use huibao::document::Document;
use huibao::output::{self, Format};
use regex::Regex;

use crate::project::root;

/// Lines of pages, without spaces, from top to bottom.
pub type Lines = Vec<Vec<String>>;

/// Whether the programs are here.
pub fn is_here() -> bool {
    let answers = |name: &str| {
        Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    answers("soffice") && answers("pdftotext")
}

/// The lines of each report.
pub fn lines(documents: &[Document]) -> Vec<Lines> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |index: usize, ending: &str| folder.path().join(format!("{index}.{ending}"));
    let all = |ending: &str| (0..documents.len()).map(|index| file(index, ending)).collect::<Vec<_>>();
    for (index, document) in documents.iter().enumerate() {
        std::fs::write(file(index, "docx"), output::write(document, Format::Docx).expect("a file"))
            .expect("written");
    }
    convert(folder.path(), "fodt", &all("docx"));
    for path in all("fodt") {
        let text = std::fs::read_to_string(&path).expect("a converted file");
        let hanging = text.replace(r#"punctuation-wrap="simple""#, r#"punctuation-wrap="hanging""#);
        let closed = hanging.replace(r#"text-autospace="ideograph-alpha""#, r#"text-autospace="none""#);
        let gridless = closed.replace(r#"style:layout-grid-mode="line""#, r#"style:layout-grid-mode="none""#);
        let higher = gridless.replace(r#"fo:margin-top="1.4571in""#, r#"fo:margin-top="1.4565in""#);
        std::fs::write(&path, higher).expect("written");
    }
    convert(folder.path(), "pdf", &all("fodt"));
    all("pdf").iter().map(|path| read(path)).collect()
}

/// Two at once: most of it is one after the other.
fn convert(folder: &Path, to: &str, files: &[PathBuf]) {
    let office = |(number, files): (usize, &[PathBuf])| {
        Command::new("soffice")
            .env("FONTCONFIG_FILE", root().join("tests/data/版面/fonts.conf"))
            .arg(format!("-env:UserInstallation=file://{}/profile{number}", folder.display()))
            .args(["--headless", "--convert-to", to, "--outdir"])
            .arg(folder)
            .args(files)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("soffice runs")
    };
    let running: Vec<Child> = files.chunks(files.len().div_ceil(2)).enumerate().map(office).collect();
    for mut one in running {
        assert!(one.wait().expect("soffice runs").success());
    }
}

/// The words of a page with their places, put together line by line; the page number is left out, which stands at the
/// left edge of a page on its side.
pub fn read(pdf: &Path) -> Lines {
    let output = Command::new("pdftotext").arg("-bbox").arg(pdf).arg("-").output().expect("pdftotext runs");
    let xml = String::from_utf8(output.stdout).expect("UTF-8");
    let word =
        Regex::new(r#"<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>"#)
            .expect("a pattern");
    let page = |page: &str| {
        let landscape = !page.starts_with("width=\"595");
        let number = |text: &str| text.parse::<f64>().expect("a number");
        let mut words: Vec<(f64, f64, String)> = word
            .captures_iter(page)
            .map(|found| {
                ((number(&found[2]) + number(&found[3])) / 2.0, number(&found[1]), unescaped(&found[4]))
            })
            .filter(|(middle, left, _)| if landscape { *left > 95.0 } else { *middle < 750.0 })
            .collect();
        words.sort_by(|left, right| left.0.total_cmp(&right.0));
        words
            .chunk_by(|left, right| right.0 - left.0 < 3.0)
            .map(|line| {
                let mut line = line.to_vec();
                line.sort_by(|left, right| left.1.total_cmp(&right.1));
                line.into_iter().map(|(_, _, text)| text).collect()
            })
            .collect()
    };
    xml.split("<page ").skip(1).map(page).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
