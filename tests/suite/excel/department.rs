//! Tables of departments into ledgers.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::sheets::{raw, row};
use super::{YEAR, project, refused, says};
use crate::project::{Project, root};

/// A table as a department keeps it: title, unit above, two rows of heads with merged cells, blank rows, a total, a
/// note; text numbers, full-width digits, dates, per cents, a number with a tail of binary digits.
pub fn awkward() -> Vec<u8> {
    drawn().expect("a workbook")
}

fn drawn() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("说明")?.write(0, 0, "填报说明")?;
    let plain = Format::new();
    let (rate, date, money) = (
        Format::new().set_num_format("0.0%"),
        Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""),
        Format::new().set_num_format("#,##0.00"),
    );
    let sheet = workbook.add_worksheet().set_name("2011")?;
    sheet.merge_range(0, 0, 0, 6, "云溪镇2011年招商引资项目台账", &plain)?;
    sheet.write(1, 0, "填报单位：招商办")?;
    sheet.write(1, 6, "单位：万元")?;
    sheet.merge_range(2, 0, 3, 0, "序号", &plain)?;
    sheet.merge_range(2, 1, 3, 1, "企 业\n名 称", &plain)?;
    sheet.merge_range(2, 2, 2, 3, "投资", &plain)?;
    sheet.write_row(3, 2, ["计划", "完成"])?;
    for (column, head) in [(4, "安置就业（人）"), (5, "签约时间"), (6, "增幅")] {
        sheet.merge_range(2, column, 3, column, head, &plain)?;
    }
    sheet.write_row(4, 0, ["1", "丙厂", "9", "１，２８６．５", "５４", "2011.6.8", "8.3%"])?;
    sheet.write(6, 1, "丁厂")?;
    sheet.write_with_format(6, 3, 12.3_f64.next_up(), &money)?;
    sheet.write(6, 4, 36)?;
    sheet.write_with_format(6, 5, 40_651, &date)?;
    sheet.write_with_format(6, 6, 0.083, &rate)?;
    sheet.write_row(7, 1, ["戊厂", "", "约3亿", "", "", ""])?;
    sheet.write_row(8, 1, ["己厂", "", "洽谈中", "3", "", ""])?;
    sheet.write_row(9, 0, ["合  计", "", "", "1298.8"])?;
    sheet.write(11, 0, "注：投资以合同为准")?;
    workbook.save_to_buffer()
}

const IMPORT: [&str; 6] = ["excel", "import", "台账.xlsx", "--sheet", "2011", "--ledger"];

fn import<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&IMPORT[..], &["招商项目"], more].concat()
}

#[test]
fn an_awkward_table_becomes_rows_and_what_it_could_not_read_is_told_by_number() {
    let project = project().file("台账.xlsx", awkward());
    let doubtful = ["D列“投资·完成”", "C列“投资·计划”", "--map 投资·完成=投资"];
    refused(&project, &import(&["--yes"]), &doubtful);
    let run = project.run(&import(&["--map", "投资·完成=投资", "--yes"]));
    says(
        &run,
        1,
        &["D9：“投资·完成”没有读", "洽谈中", "第10、12行不是数据", "“企业名称”当作“企业”", "没有用到"],
    );
    let written = project.read("facts/2011.yaml");
    let new: Vec<&str> = written.strip_prefix(YEAR).expect("every other byte").lines().collect();
    assert_eq!(
        new,
        [
            "  - {企业: 丙厂, 投资: 1286.5万元, 安置就业: 54人, 签约时间: 2011-06-08, 增幅: 8.3%}",
            "  - {企业: 丁厂, 投资: 12.3万元, 安置就业: 36人, 签约时间: 2011-04-18, 增幅: 8.3%}",
            "  - {企业: 戊厂, 投资: 约3亿元}",
            "  - {企业: 己厂, 安置就业: 3人}",
        ]
    );
}

#[test]
fn what_a_head_means_is_remembered() {
    let project = project().file("台账.xlsx", awkward());
    project.run(&import(&["--map", "投资·完成=投资", "--yes"]));
    let saved = project.read("表头对照.yaml");
    assert!(saved.contains("表头: 投资·完成, 列: 投资") && saved.contains("表头: 企业名称"), "{saved}");
    let again = project.run(&import(&["--yes"]));
    says(&again, 1, &["洽谈中", "没有要改的"]);
    assert!(!again.stderr.contains("当作"), "{}", again.stderr);
}

#[test]
fn rows_are_known_by_their_key_and_go_only_on_demand() {
    let table = raw(&[row(1, &["企业", "投资（元）"]), row(2, &["甲厂", "6500000"])].concat(), &[]);
    let project = project().file("台账.xlsx", table);
    let run = project.run(&import(&["--yes"]));
    says(&run, 0, &["投资", "640.50万元 → 6500000元", "没有动：“乙厂”", "--replace"]);
    let written = project.read("facts/2011.yaml");
    assert_eq!(written, YEAR.replace("640.50万元", "6500000元"));
    says(&project.run(&import(&["--replace", "--yes"])), 0, &["删去", "乙厂"]);
    assert!(!project.read("facts/2011.yaml").contains("乙厂"));
}

#[test]
fn the_total_of_the_table_is_held_against_its_rows() {
    let rows = |total: &str| {
        let rows = [
            row(1, &["企业", "投资"]),
            row(2, &["丙厂", "10.5"]),
            row(3, &["丁厂", "20"]),
            row(4, &["合计", total]),
        ];
        raw(&rows.concat(), &[])
    };
    let differs = project().file("台账.xlsx", rows("31"));
    says(&differs.run(&import(&[])), 1, &["B4", "31万元", "30.5万元"]);
    let subtotal = [
        row(1, &["企业", "投资"]),
        row(2, &["丙厂", "10.5"]),
        row(3, &["丁厂", "洽谈中"]),
        row(4, &["小计", "17.5"]),
        row(5, &["戊厂", "2"]),
        row(6, &["合计", "19.5"]),
    ];
    let run = project().file("台账.xlsx", raw(&subtotal.concat(), &[])).run(&import(&["--yes"]));
    says(&run, 1, &["B3", "洽谈中", "小计写的是17.5万元，读到的各行相加是10.5万元", "有1格没有读"]);
    says(&run, 1, &["合计写的是19.5万元，读到的各行相加是12.5万元", "已写好"]);
    let agrees = project().file("台账.xlsx", rows("30.5"));
    assert!(!agrees.run(&import(&[])).stderr.contains("相加"));
}

#[test]
fn what_is_meant_by_a_mark_and_a_gap_is_taken_from_above() {
    let registry = "\
会议: {单位: 次, 类型: 时期}
村组:
  类型: 台账
  主键: 村
  列: {片区: 文本, 村: 文本, 人口: {单位: 人, 类型: 时点}, 站长: 文本}
";
    let rows = [
        row(1, &["片区", "村", "人口", "站长", "", "备用"]),
        row(2, &["东片", "甲村", "5", "张三", "多", "1"]),
        row(3, &["", "乙村", "7", "〃", "", ""]),
        row(4, &["西片", "丙村", "", "同上", "", ""]),
        row(5, &["", "丁村", "同上", "李四", "", ""]),
    ];
    let project =
        Project::small().file("facts/指标.yaml", registry).file("台账.xlsx", raw(&rows.concat(), &[]));
    let run = project.run(&["excel", "import", "台账.xlsx", "--sheet", "2011", "--ledger", "村组", "--yes"]);
    let told = ["A列“片区”第3、5行空着", "D列“站长”第3至4行写的是“同上”", "C5", "上面一行是空的"];
    says(&run, 1, &told);
    says(&run, 1, &["E列没有表头，没有读"]);
    let written = project.read("facts/2011.yaml");
    for line in [
        "{片区: 东片, 村: 乙村, 人口: 7人, 站长: 张三}",
        "{片区: 西片, 村: 丙村, 站长: 张三}",
        "{片区: 西片, 村: 丁村, 站长: 李四}",
    ] {
        assert!(written.contains(line), "{line} not in:\n{written}");
    }
}

#[test]
fn a_name_twice_and_another_unit_are_told() {
    let twice = [row(1, &["企业", "投资"]), row(2, &["丙厂", "1"]), row(3, &["丙厂", "2"])].concat();
    let project_of = |rows: &str| project().file("台账.xlsx", raw(rows, &[]));
    says(&project_of(&twice).run(&import(&[])), 1, &["第3行", "第2行已经有了"]);
    let unit = [row(1, &["企业", "投资（亩）"]), row(2, &["丙厂", "1"])].concat();
    says(&project_of(&unit).run(&import(&[])), 1, &["亩", "万元", "这一列没有读"]);
}

#[test]
fn names_that_are_wrong_are_answered_with_the_right_ones() {
    let project = project().file("台账.xlsx", awkward());
    let run = |sheet: &str, ledger: &str| {
        project.run(&["excel", "import", "台账.xlsx", "--sheet", sheet, "--ledger", ledger])
    };
    says(&run("2012", "招商项目"), 2, &["没有“2012”这张表", "说明、2011"]);
    says(&run("2011", "招商"), 2, &["招商项目"]);
    says(&run("2011", "宣传.会议"), 2, &["不是台账"]);
    says(
        &project.run(&["excel", "import", "台账.xlsx", "--ledger", "招商项目"]),
        2,
        &["--sheet", "说明、2011"],
    );
    says(&project.run(&["excel", "import", "台账.xlsx"]), 2, &["--ledger"]);
    says(&project.run(&["excel", "import", "没有.xlsx", "--ledger", "招商项目"]), 2, &["没有找到"]);
    refused(&project, &import(&["--map", "完成=投次"]), &["投次"]);
}

/// The same table saved by Calc in three formats, and as `.et` and text in the encodings of offices.
#[test]
fn every_format_says_the_same() {
    let folder = root().join("tests/样表");
    let mut said = Vec::new();
    for (from, name) in [("xlsx", "台账.xlsx"), ("xls", "台账.xls"), ("ods", "台账.ods"), ("xls", "台账.et")]
    {
        let bytes = std::fs::read(folder.join(format!("招商台账.{from}"))).unwrap();
        let project = project().file(name, bytes);
        let run = project.run(&[
            "excel",
            "import",
            name,
            "--sheet",
            "2011",
            "--ledger",
            "招商项目",
            "--map",
            "投资·完成=投资",
            "--yes",
        ]);
        says(&run, 1, &["洽谈中", "已写好"]);
        assert_eq!(run.stderr.contains("WPS 的 .et 文件"), name.ends_with(".et"), "{}", run.stderr);
        said.push(project.read("facts/2011.yaml"));
    }
    assert!(said[0].contains("1.005万元") && said[0].contains("约3亿元"), "{}", said[0]);
    assert!(said.iter().all(|one| *one == said[0]), "{said:#?}");
}

#[test]
fn text_in_the_encodings_of_offices_is_read() {
    let table = "企业,投资,签约时间\r\n丙厂,\"1,286.5\",2011/4/18\r\n合计,\"1,286.5\",\r\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(table);
    let read = |bytes: &[u8]| {
        let project = project().file("台账.csv", bytes);
        let run = project.run(&["excel", "import", "台账.csv", "--ledger", "招商项目", "--yes"]);
        says(&run, 0, &["已写好"]);
        (project.read("facts/2011.yaml"), run.stderr.contains("GBK"))
    };
    let wanted = format!("{YEAR}  - {{企业: 丙厂, 投资: 1286.5万元, 签约时间: 2011-04-18}}\n");
    assert_eq!(read(table.as_bytes()), (wanted.clone(), false));
    assert_eq!(read(format!("\u{FEFF}{table}").as_bytes()), (wanted.clone(), false));
    assert_eq!(read(&gbk), (wanted, true));
}

/// What systems write so that a spreadsheet takes it for words.
#[test]
fn formulas_of_words_in_a_text_are_words() {
    let project = project().file("台账.csv", "企业,投资\n=\"001\",=\"5\"\n");
    let run = project.run(&["excel", "import", "台账.csv", "--ledger", "招商项目", "--yes"]);
    says(&run, 0, &["企业：001，投资：5万元"]);
}

/// The XML of Excel 2003: places by number, merged cells, formats, what is hidden.
#[test]
fn the_xml_of_excel_2003_is_read() {
    let cell = |kind: &str, words: &str, more: &str| {
        format!("<Cell {more}><Data ss:Type=\"{kind}\">{words}</Data></Cell>")
    };
    let words = |words: &str| cell("String", words, "");
    let rows = [
        format!("<Row>{}</Row>", cell("String", "招商台账", "ss:MergeAcross=\"3\"")),
        format!("<Row ss:Index=\"3\">{}</Row>", ["企业", "投资", "增幅", "签约时间"].map(words).concat()),
        format!(
            "<Row>{}{}{}{}</Row>",
            words("丙<B>厂</B>"),
            cell("Number", "12345", "ss:StyleID=\"万\""),
            cell("Number", "0.083", "ss:StyleID=\"率\""),
            cell("DateTime", "2011-04-18T23:59:59.000", "ss:StyleID=\"日\""),
        ),
        format!("<Row ss:Hidden=\"1\">{}{}</Row>", words("丁厂"), cell("Number", "7", "")),
        format!(
            "<Row>{}{}</Row>",
            words("戊厂"),
            cell("DateTime", "2011-04-19T00:00:00.000", "ss:Index=\"4\" ss:StyleID=\"日\"")
        ),
    ];
    let style = |id: &str, format: &str| {
        format!("<Style ss:ID=\"{id}\"><NumberFormat ss:Format=\"{format}\"/></Style>")
    };
    let styles = [style("万", "0!.0,&quot;万&quot;"), style("率", "Percent"), style("日", "Short Date")];
    let text = format!(
        "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles>{}</Styles>\
         <Worksheet ss:Name=\"2011\"><Table><Column/><Column ss:Hidden=\"1\"/>{}</Table></Worksheet></Workbook>",
        styles.concat(),
        rows.concat()
    );
    let project = project().file("台账.xls", text);
    let run = project.run(&["excel", "import", "台账.xls", "--ledger", "招商项目", "--yes"]);
    says(
        &run,
        0,
        &[
            "Excel 2003 的 XML 表格",
            "企业：丙厂，投资：1.2万元，增幅：8.3%，签约时间：2011-04-18",
            "企业：丁厂，投资：7万元",
            "企业：戊厂，签约时间：2011-04-19",
            "第5行是隐藏的行，也读了",
            "B列“投资”是隐藏的列，也读了",
            "显示为“1.2万”",
        ],
    );
}

#[test]
fn columns_that_are_hidden_are_told() {
    let rows = [row(1, &["企业", "投资"]), row(2, &["丙厂", "5"])].concat();
    let hidden = format!("</sheetData><cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData>{rows}");
    let project = project().file("台账.xlsx", raw(&hidden, &[]));
    let run = project.run(&import(&["--yes"]));
    says(&run, 0, &["丙厂", "B列“投资”是隐藏的列，也读了"]);
    assert!(!run.stderr.contains("A列"), "{}", run.stderr);
}

#[test]
fn words_that_begin_like_formulas_stay_words() {
    let rows = ["=1+1", "+86厂", "-厂", "@厂"].iter().enumerate();
    let rows: String = rows.map(|(at, name)| row(at as u32 + 2, &[name, "5"])).collect();
    let project = project().file("台账.xlsx", raw(&[row(1, &["企业", "投资"]), rows].concat(), &[]));
    says(&project.run(&import(&["--yes"])), 0, &["=1+1", "+86厂", "-厂", "@厂"]);
    says(&project.run(&["excel", "export", "-o", "事实.xlsx"]), 0, &[]);
    says(&project.run(&["excel", "import", "事实.xlsx"]), 0, &["没有要改的"]);
    let (_, sheet) = super::sheets::parts(&std::fs::read(project.path().join("事实.xlsx")).unwrap())
        .into_iter()
        .find(|(name, _)| name.ends_with("sheet2.xml"))
        .unwrap();
    assert!(!String::from_utf8(sheet).unwrap().contains("<f>"));
}

#[test]
fn without_a_registry_columns_are_what_the_heads_say() {
    let table =
        raw(&[row(1, &["企业", "投资（万元）"]), row(2, &["甲厂", "<c @><v>5</v></c>"])].concat(), &[]);
    let project = Project::small().file("台账.xlsx", table);
    says(&project.run(&import(&["--yes"])), 0, &["已写好"]);
    let wanted = "年度: 2011\n会议: 14次\n招商项目:\n  - {企业: 甲厂, 投资: 5万元}\n";
    assert_eq!(project.read("facts/2011.yaml"), wanted);
    // What was typed as words is a number too, and a code is none.
    let typed = [
        row(1, &["企业", "投资（万元）", "编号"]),
        row(2, &["甲厂", "1,286.5", "007"]),
        row(3, &["乙厂", "１２.５", "1,2345"]),
    ];
    let project = Project::small().file("台账.xlsx", raw(&typed.concat(), &[]));
    let run = project.run(&import(&["--yes"]));
    says(
        &run,
        1,
        &["企业：甲厂，投资：1286.5万元，编号：007", "企业：乙厂，投资：12.5万元", "是一个数还是两个数"],
    );
    assert!(!run.stderr.contains("引号"), "{}", run.stderr);
}

/// Calamine reads the same cells of the files that Calc saved: as many, in the same places, with the same content.
#[test]
fn another_reader_finds_the_same_cells() {
    use calamine::{Data, Reader};
    use huibao::excel::book::place::Address;
    use huibao::excel::book::{Content, read};

    for name in ["招商台账.xlsx", "招商台账.xls", "招商台账.ods"] {
        let bytes = std::fs::read(root().join("tests/样表").join(name)).unwrap();
        let ours = read(&bytes, name).unwrap();
        let mut theirs = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(&bytes)).unwrap();
        let names: Vec<&str> = ours.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(theirs.sheet_names(), names, "{name}");
        for sheet in &ours.sheets {
            let range = theirs.worksheet_range(&sheet.name).unwrap();
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let at = Address { row: top + row as u32 + 1, column: left + column as u32 };
                let same = match (sheet.get(at), data) {
                    (Some(Content::Text(text)), Data::String(other)) => **text == **other,
                    (Some(Content::Number(number, _)), Data::Float(other)) => {
                        number.to_string() == other.to_string()
                    }
                    (Some(Content::Number(number, _)), Data::Int(other)) => {
                        number.to_string() == other.to_string()
                    }
                    (Some(Content::Date(_)), Data::DateTime(_) | Data::DateTimeIso(_) | Data::Float(_)) => {
                        true
                    }
                    (Some(Content::Truth(truth)), Data::Bool(other)) => truth == other,
                    (Some(Content::Error(_)), Data::Error(_)) => true,
                    // It reads an error of an .ods as words.
                    (Some(Content::Error(error)), Data::String(other)) => **error == **other,
                    (None, Data::String(other)) => other.trim().is_empty(),
                    _ => false,
                };
                assert!(same, "{name} {} {at}: {:?}, {data:?}", sheet.name, sheet.get(at));
            }
            let count = range
                .used_cells()
                .filter(|(_, _, data)| !matches!(data, Data::String(text) if text.trim().is_empty()))
                .count();
            assert_eq!(sheet.rows().map(<[_]>::len).sum::<usize>(), count, "{name} {}", sheet.name);
        }
    }
}
