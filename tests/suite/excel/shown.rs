//! Laws: what a cell shows is what is read, whatever its format and whatever the kind of file.

use std::sync::Arc;

use huibao::excel::book::format::{FormatKind, NumberFormat};
use huibao::excel::book::{Content, read};
use huibao::excel::said::{self, Wanted};
use huibao::facts;
use huibao::facts::registry::IndicatorKind;
use huibao::zh::number::Unit;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::sheets::{archive, raw};

/// Codes of formats: what stands before the digits, the digits, what stands behind, and what numbers below zero and
/// zero are shown as.
fn code() -> impl Strategy<Value = String> {
    let pick = |of: &[&'static str]| prop::sample::select(of.to_vec());
    let before = pick(&["", "", "", "\"约\"", "¥", "[$¥-804]", "\"第\"", "\"近\"", "_ * ", "[>=1000]"]);
    let digits = pick(&[
        "0", "0.0", "0.00", "#,##0", "#,##0.00", "000", "0000-00", "0.0%", "0%", "#,##0,", "0.0,", "0.00,,",
        "0!.0,", "0!.0000", "General", "#.##", "0.0#",
    ]);
    let behind = pick(&["", "", "", "\"万元\"", "\"户\"", "\"余\"", "万", "_ ", "_)", "\"左右\"", "人", " "]);
    let more = pick(&["", "", ";-0.0", ";(0)", ";[Red]-0", ";\"减\"0", ";-0;\"无\"", ";-0;;@", ";@"]);
    (before, digits, behind, more)
        .prop_map(|(before, digits, behind, more)| format!("{before}{digits}{behind}{more}"))
}

fn number() -> impl Strategy<Value = Decimal> {
    let plain = (-200_000i64..2_000_000, 0u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    prop_oneof![6 => plain, 1 => Just(Decimal::ZERO)]
}

/// The fact that a cell becomes, its number without regard to zeros at its end; or that it is refused.
fn fact(content: &Content, kind: IndicatorKind, unit: Option<&Unit>) -> Result<String, &'static str> {
    let said = said::read(content, Wanted { kind: Some(kind), unit, ..Wanted::default() });
    let text = said.map_err(|problem| problem.rule)?.text;
    match facts::judge(&text, Some(kind), unit) {
        Ok(facts::value::Value::Quantity(quantity)) => {
            let amount = quantity.amount;
            Ok(format!("{} {} {:?}", amount.value.normalize(), amount.unit.base, amount.approx))
        }
        _ => Ok(text),
    }
}

fn numbered(code: &str, number: Decimal) -> Content {
    Content::Number(number, Arc::new(NumberFormat::parse(code)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// A number is what the same words say that somebody typed.
    #[test]
    fn a_number_is_what_its_words_say(code in code(), number in number()) {
        let format = NumberFormat::parse(&code);
        let Some((shown, _)) = format.displayed(number) else { return Ok(()) };
        let typed = Content::Text(shown.as_str().into());
        for unit in ["万元", "人"] {
            let unit = Unit::parse(unit);
            let read = fact(&numbered(&code, number), IndicatorKind::Flow, Some(&unit));
            match format.kind(number) {
                FormatKind::Hidden if number.is_zero() => prop_assert_eq!(read, Ok(String::new())),
                FormatKind::Hidden => prop_assert_eq!(read, Err("hidden-number")),
                _ => prop_assert_eq!(&read, &fact(&typed, IndicatorKind::Flow, Some(&unit)), "{} {} {}", code, number, shown),
            }
        }
    }

    /// A column of words takes the words.
    #[test]
    fn a_column_of_words_takes_what_is_shown(code in code(), number in number()) {
        let Some((shown, _)) = NumberFormat::parse(&code).displayed(number) else { return Ok(()) };
        let read = fact(&numbered(&code, number), IndicatorKind::Text, None);
        match NumberFormat::parse(&code).kind(number) {
            FormatKind::Hidden if number.is_zero() => prop_assert_eq!(read, Ok(String::new())),
            FormatKind::Hidden => prop_assert_eq!(read, Err("hidden-number")),
            _ => prop_assert_eq!(read, Ok(shown.trim().to_owned())),
        }
    }
}

fn ods(cells: &[(Decimal, String)]) -> Vec<u8> {
    let row = |(number, shown): &(Decimal, String)| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"{number}\">\
             <text:p>{shown}</text:p></table:table-cell></table:table-row>"
        )
    };
    let rows: String = cells.iter().map(row).collect();
    let content = format!(
        "<office:document-content><table:table table:name=\"a\">{rows}</table:table></office:document-content>"
    );
    archive([("content.xml", content.as_bytes())])
}

fn xlsx(cells: &[(Decimal, &str)]) -> Vec<u8> {
    let styles = |make: &dyn Fn(usize, &str) -> String| {
        cells
            .iter()
            .enumerate()
            .map(|(at, (_, code))| make(at, &code.replace('"', "&quot;")))
            .collect::<String>()
    };
    let formats = styles(&|at, code| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 200 + at));
    let looks = styles(&|at, _| format!("<xf numFmtId=\"{}\"/>", 200 + at));
    let styles = format!("<styleSheet><numFmts>{formats}</numFmts><cellXfs>{looks}</cellXfs></styleSheet>");
    let rows = cells.iter().enumerate().map(|(at, (number, _))| {
        let row = at + 1;
        format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"{at}\"><v>{number}</v></c></row>")
    });
    let book = raw(&rows.collect::<String>(), &[("xl/styles.xml", styles.as_bytes())]);
    let mut parts = super::sheets::parts(&book);
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
        <Relationship Id=\"r2\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
    for (name, content) in &mut parts {
        if name == "xl/_rels/workbook.xml.rels" {
            *content = relations.as_bytes().to_vec();
        }
    }
    archive(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}

/// Kinds of file differ in what they keep, the code or the words; what is read does not.
#[test]
fn every_kind_of_file_says_what_its_cells_show() {
    let cells: Vec<(Decimal, &str)> = [
        ("12345", "0!.0,\"万\""),
        ("12000", "#,##0,"),
        ("12", "\"约\"0"),
        ("12", "0\"余\""),
        ("12", "0\"户\""),
        ("12.5", "0.00\"万元\""),
        ("12", "000"),
        ("1286.5", "#,##0.00"),
        ("-5", "0.00_);(0.00)"),
        ("0.083", "0.0%"),
        ("5", "0;-0;;@"),
        ("12345", "[>=10000]0!.0,\"万\";0"),
        ("950", "[>=10000]0!.0,\"万\";0"),
    ]
    .map(|(number, code)| (number.parse().unwrap(), code))
    .to_vec();
    let shown =
        |(number, code): &(Decimal, &str)| (*number, NumberFormat::parse(code).displayed(*number).unwrap().0);
    let words: Vec<(Decimal, String)> = cells.iter().map(shown).collect();
    let unit = Unit::parse("万元");
    let facts = |bytes: &[u8], name: &str| -> Vec<[Result<String, &'static str>; 2]> {
        let book = read(bytes, name).expect(name);
        let of = |content: &Content| {
            [fact(content, IndicatorKind::Flow, Some(&unit)), fact(content, IndicatorKind::Text, None)]
        };
        book.sheets[0].rows().flatten().map(|cell| of(&cell.content)).collect()
    };
    let (first, second) = (facts(&xlsx(&cells), "a.xlsx"), facts(&ods(&words), "a.ods"));
    for ((one, other), (cell, (_, words))) in first.iter().zip(&second).zip(cells.iter().zip(&words)) {
        assert_eq!(one, other, "{cell:?}");
        assert_eq!(one[1].as_deref(), Ok(words.as_str()), "{cell:?}");
    }
    assert_eq!(first.len(), cells.len());
    assert_eq!(first[0][0].as_deref(), Ok("12000 元 None"));
}

#[test]
fn the_dash_of_accounts_is_a_zero() {
    let unit = Unit::parse("万元");
    for code in [
        "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        "_-* #,##0_-;\\-* #,##0_-;_-* \"-\"_-;_-@_-",
        "_ \"¥\"* #,##0.00_ ;_ \"¥\"* \\-#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
    ] {
        let zero = fact(&numbered(code, Decimal::ZERO), IndicatorKind::Flow, Some(&unit));
        assert_eq!(zero.as_deref(), Ok("0 元 None"), "{code}");
        let some = fact(&numbered(code, Decimal::from(1234)), IndicatorKind::Flow, Some(&unit));
        assert_eq!(some.as_deref(), Ok("12340000 元 None"), "{code}");
    }
}
