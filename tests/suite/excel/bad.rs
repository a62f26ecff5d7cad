//! Workbooks that cannot be read: a word that staff understand, nothing written, no hang.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use super::sheets::{archive, deflated, raw, row};
use super::{project, refused, says};

fn head() -> String {
    row(1, &["企业", "投资"])
}

const LEDGER: [&str; 3] = ["--ledger", "招商项目", "--yes"];

/// Refused with these words, alone and among what villages sent back.
fn bad(name: &str, bytes: &[u8], words: &[&str]) {
    let start = Instant::now();
    let project = project().file(name, bytes);
    refused(&project, &[&["excel", "import", name], &LEDGER[..]].concat(), words);
    refused(&project, &["excel", "merge", name, "--for", "各村", "--yes"], words);
    assert!(start.elapsed() < Duration::from_secs(60), "too slow");
}

/// An OLE container with a stream.
fn container(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    file.create_stream(stream).expect("a stream").write_all(content).expect("its bytes");
    file.into_inner().into_inner()
}

#[test]
fn passwords() {
    bad("台账.xlsx", &container("/EncryptedPackage", b"x"), &["密码"]);
    // BIFF8: begin of the workbook, then FILEPASS.
    let begin = [9, 8, 16, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2F, 0, 2, 0, 0, 0];
    bad("台账.xls", &container("/Workbook", &begin), &["密码"]);
}

#[test]
fn macros_and_links_to_other_files() {
    let rows = [head(), row(2, &["丙厂", "1"])].concat();
    bad("台账.xlsm", &raw(&rows, &[("xl/vbaProject.bin", b"x")]), &["宏"]);
    let other = [("xl/externalLinks/externalLink1.xml", &b"<a/>"[..])];
    let import = [&["excel", "import", "台账.xlsx"], &LEDGER[..]].concat();
    let linked = [head(), row(2, &["丙厂", "<c @><f>[1]表!B2</f><v>1</v></c>"])].concat();
    refused(&project().file("台账.xlsx", raw(&linked, &other)), &import, &["“2011”里有指向别的文件的链接"]);
    // What no cell of the sheet uses does no harm.
    says(&project().file("台账.xlsx", raw(&rows, &other)).run(&import), 0, &["丙厂"]);
}

#[test]
fn formulas_that_failed_or_were_never_computed() {
    let rows = |cell: &str| raw(&[head(), row(2, &["丙厂", "1"]), row(3, &["丁厂", cell])].concat(), &[]);
    let import = [&["excel", "import", "台账.xlsx"], &LEDGER[..]].concat();
    let failed = rows("<c @ t=\"e\"><f>甲!A1</f><v>#REF!</v></c>");
    refused(&project().file("台账.xlsx", failed), &import, &["2011!B3", "#REF!", "一处也没有写"]);
    for cell in ["<c @><f>1+1</f></c>", "<c @><f>1+1</f><v></v></c>"] {
        let words = ["2011!B3", "公式", "一处也没有写"];
        refused(&project().file("台账.xlsx", rows(cell)), &import, &words);
    }
    let computed = rows("<c @><f>1+1</f><v>2</v></c>");
    says(&project().file("台账.xlsx", computed).run(&import), 0, &["丁厂，投资：2万元"]);
    // Where nobody reads the cell it does no harm.
    let beside = [row(1, &["企业", "投资", "备注"]), row(2, &["丙厂", "1", "<c @ t=\"e\"><v>#N/A</v></c>"])];
    says(&project().file("台账.xlsx", raw(&beside.concat(), &[])).run(&import), 0, &["丙厂"]);
}

#[test]
fn a_million_empty_rows() {
    let start = Instant::now();
    let empty: String =
        (3..=1_048_576).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"0\"/></row>")).collect();
    let import = [&["excel", "import", "台账.xlsx"], &LEDGER[..]].concat();
    let full = raw(&[head(), row(2, &["丙厂", "1"]), empty].concat(), &[]);
    says(&project().file("台账.xlsx", full).run(&import), 0, &["要改1处", "丙厂"]);
    assert!(start.elapsed() < Duration::from_secs(120), "too slow");
}

#[test]
fn zip_bombs() {
    let blanks = " ".repeat(60 * 1024 * 1024);
    bad("台账.xlsx", &deflated(&raw(&[head(), blanks].concat(), &[])), &["太大"]);
    let many: Vec<String> = (0..30_000).map(|at| format!("xl/{at}.xml")).collect();
    let types = [("[Content_Types].xml", &b""[..])];
    let parts = many.iter().map(|name| (name.as_str(), &b""[..]));
    bad("台账.xlsx", &archive(types.into_iter().chain(parts)), &["太大"]);
}

#[test]
fn files_that_are_something_else() {
    let workbook = raw(&head(), &[]);
    let word = archive([("[Content_Types].xml", &b"<Types/>"[..]), ("word/document.xml", b"<a/>")]);
    let types =
        "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    let binary = archive([("[Content_Types].xml", types.as_bytes()), ("xl/workbook.bin", b"x")]);
    for (name, bytes, words) in [
        ("台账.xlsx", "这不是表".as_bytes(), "不是 Excel 表"),
        ("台账.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("台账.xlsx", &word, "Word"),
        ("台账.docx", &word, "Word"),
        ("台账.xlsx", b"", "空的"),
        ("台账.csv", b"", "空的"),
        ("台账.xlsx", &workbook[..workbook.len() / 2], "坏了"),
        ("台账.xlsx", &archive([("a", &b"b"[..])]), "不是 Excel 表"),
        ("台账.xls", &container("/Other", b"x"), "不是 Excel 表"),
        ("台账.pdf", b"%PDF-1.7", "PDF"),
        ("台账.xlsx", b"%TSD-Header-###%\x01\x02", "防泄密软件"),
        ("~$台账.xlsx", b"\x05admin      ", "临时文件"),
        ("台账.xls", b"<?xml version=\"1.0\"?><html><table/></html>", "网页"),
        ("台账.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页"),
        ("台账.xlsx", &binary, "二进制工作簿"),
        (
            "台账.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Work",
            "坏了",
        ),
        ("台账.csv", &[0xFF, 0x00, 0xFF], "不是 Excel 表"),
    ] {
        bad(name, bytes, &[words]);
    }
    let project = project();
    std::fs::create_dir(project.path().join("台账.xlsx")).unwrap();
    refused(&project, &[&["excel", "import", "台账.xlsx"], &LEDGER[..]].concat(), &["是一个文件夹"]);
}

/// Law: a part that ends early, in an archive that is sound, gives no rows for all of them: wherever it is cut, the file
/// is refused.
#[test]
fn parts_that_end_early() {
    use huibao::excel::book::read;

    for name in ["招商台账.xlsx", "招商台账.ods"] {
        let bytes = std::fs::read(crate::project::root().join("tests/样表").join(name)).unwrap();
        let whole = super::sheets::parts(&bytes);
        let read_parts = whole.iter().filter(|(part, _)| {
            let name = part.rsplit('/').next().unwrap_or_default();
            part.starts_with("xl/worksheets/sheet")
                || matches!(name, "content.xml" | "sharedStrings.xml" | "styles.xml" | "workbook.xml")
        });
        for (part, content) in read_parts.filter(|(part, _)| name.ends_with("xlsx") || part == "content.xml")
        {
            for tenth in 0..10 {
                let mut parts = whole.clone();
                let (_, cut) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
                cut.truncate(content.len() * tenth / 10);
                let bytes = archive(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())));
                let rule = read(&bytes, name).map(|_| ()).map_err(|problem| problem.rule);
                assert_eq!(rule, Err("broken-workbook"), "{name} {part} {tenth}/10");
            }
        }
    }
    let strings = row(2, &["<c @ t=\"s\"><v>7</v></c>", "1"]);
    bad("台账.xlsx", &raw(&[head(), strings].concat(), &[]), &["坏了"]);
    let old = std::fs::read(crate::project::root().join("tests/样表/招商台账.xls")).unwrap();
    let mut file = cfb::CompoundFile::open(Cursor::new(&old)).unwrap();
    let mut stream = Vec::new();
    std::io::Read::read_to_end(&mut file.open_stream("/Workbook").unwrap(), &mut stream).unwrap();
    for tenth in 1..10 {
        let rule = read(&container("/Workbook", &stream[..stream.len() * tenth / 10]), "台账.xls");
        assert_eq!(rule.map(|_| ()).map_err(|problem| problem.rule), Err("broken-workbook"), "{tenth}/10");
    }
}

#[test]
fn what_a_file_is_counts_and_not_its_name() {
    let rows = raw(&[head(), row(2, &["丙厂", "1"])].concat(), &[]);
    let project = project().file("台账.xls", rows);
    let run = project.run(&[&["excel", "import", "台账.xls"], &LEDGER[..]].concat());
    says(&run, 0, &["扩展名是 .xls，内容是 .xlsx", "丙厂"]);
    let project = self::project().file("台账.xls", "企业\t投资\n丙厂\t5\n");
    let run = project.run(&[&["excel", "import", "台账.xls"], &LEDGER[..]].concat());
    says(&run, 0, &["扩展名是 .xls，内容是 .txt", "企业：丙厂，投资：5万元"]);
}

#[test]
fn heads_that_are_missing() {
    let import = [&["excel", "import", "台账.xlsx"], &LEDGER[..]].concat();
    for (rows, words) in [
        (row(1, &["甲", "乙"]), ["没有找到表头", "企业"]),
        (String::new(), ["没有内容", "选错"]),
        ([row(1, &["投资", "安置就业"]), row(2, &["1", "2"])].concat(), ["“企业”这一列", "--map"]),
    ] {
        refused(&project().file("台账.xlsx", raw(&rows, &[])), &import, &words);
    }
}

/// Small files that ask for much are refused, each at its own bound, before anything is made of them.
#[test]
fn small_files_that_ask_for_much() {
    let start = Instant::now();
    let strings = |text: &str| {
        let relation = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
            <Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"s.xml\"/></Relationships>";
        let cells: String =
            (2..20_000).map(|at| row(at, &["<c @ t=\"s\"><v>0</v></c>", "<c @><v>1</v></c>"])).collect();
        let mut all = super::sheets::parts(&raw(&[head(), cells].concat(), &[]));
        all.retain(|(name, _)| name != "xl/_rels/workbook.xml.rels");
        all.push(("xl/_rels/workbook.xml.rels".to_owned(), relation.as_bytes().to_vec()));
        all.push(("xl/s.xml".to_owned(), format!("<sst><si><t>{text}</t></si></sst>").into_bytes()));
        archive(all.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
    };
    let merged = (1..1000).map(|row| format!("<mergeCell ref=\"A1:XFD{row}\"/>")).collect::<String>();
    let merged = format!("{}</sheetData><mergeCells>{merged}</mergeCells><sheetData>", head());
    let table = |row: &str| {
        let cell = "<table:table-cell office:value-type=\"string\"><text:p>企业</text:p></table:table-cell>";
        let content = format!(
            "<office:document-content><table:table table:name=\"a\"><table:table-row>{cell}{cell}</table:table-row>\
             {row}</table:table></office:document-content>"
        );
        archive([("content.xml", content.as_bytes())])
    };
    let repeated = |rows: u32| {
        let cell = "<table:table-cell office:value-type=\"float\" office:value=\"5\"><text:p>5</text:p></table:table-cell>";
        table(&format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\">{cell}{cell}</table:table-row>"
        ))
    };
    let blanks = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>".to_owned()
        + &"<text:s text:c=\"1000\"/>".repeat(1000)
        + "</text:p></table:table-cell></table:table-row>";
    for (name, bytes, words) in [
        ("台账.xlsx", strings(&"甲".repeat(100_000)), "一格的文字超过三万字"),
        ("台账.xlsx", strings(&"甲".repeat(20_000)), "超过一千万字"),
        ("台账.xlsx", raw(&merged, &[]), "合并的格子太多"),
        ("台账.ods", repeated(1_000_000), "超过60万个"),
        ("台账.ods", table(&blanks), "一格的文字超过三万字"),
        ("台账.csv", format!("企业,投资\n\"{}", "甲,1\n".repeat(100_000)).into_bytes(), "引号没有成对"),
    ] {
        bad(name, &bytes, &[words]);
    }
    let many = project().file("台账.ods", repeated(40_000));
    refused(&many, &[&["excel", "import", "台账.ods"], &LEDGER[..]].concat(), &["40001行", "最多30000行"]);
    assert!(start.elapsed() < Duration::from_secs(60), "too slow");
}
