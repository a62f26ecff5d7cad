//! Numbers in every form, and the laws of the grammar.

use proptest::prelude::*;
use proptest::string::string_regex;
use regex::Regex;
use rust_decimal::Decimal;

use super::grammar::{Pieces, ROWS};
use super::*;
use crate::zh::scan;

/// A row of the grammar: an example, and the same as a fact is written, where a fact can say it.
const EXAMPLES: [(Form, &str, &str); 19] = [
    (Form::Rank, "第3位", ""),
    (Form::Fraction, "百分之六十", "60%"),
    (Form::Ratio, "21:50:29", ""),
    (Form::Slash, "1/3", ""),
    (Form::Range, "300—400元", ""),
    (Form::Half, "一半", ""),
    (Form::Compound, "1亿3000万元", "1.3亿元"),
    (Form::Grouped, "1 234名", "1234名"),
    (Form::Lost, "69. 58万元", "69.58万元"),
    (Form::Digits, "9000多万元", "9000多万元"),
    (Form::FullWidth, "１７名", "17名"),
    (Form::Blank, "12 次", "12次"),
    (Form::Leading, "007名", "7名"),
    (Form::Brackets, "(12.5)", "-12.5"),
    (Form::Capitals, "贰万叁仟元整", "2.3万元"),
    (Form::Tenths, "四成", "4成"),
    (Form::Numeral, "十七名", "17名"),
    (Form::Alone, "百亿", ""),
    (Form::Word, "首位", ""),
];

fn fact(text: &str) -> Result<Amount, Refused> {
    read(text, Manner::Fact).map(|written| written.one().unwrap().clone())
}

/// What a sentence says by a number behind some words: the value, unit and word.
fn said(text: &str, before: &str) -> String {
    let line = format!("{before}{text}");
    let number = scan::Number {
        span: before.len()..line.len(),
        text: text.to_owned(),
        kind: scan::NumberKind::Figure,
    };
    let Some(written) = Reader::default().read(&line, &number) else { return "-".to_owned() };
    let value = match &written.said {
        Said::One(amount) => amount.value.to_string(),
        Said::Range(low, high) => format!("{}～{}", low.value, high.value),
        Said::Ratio(parts) => parts.iter().map(Decimal::to_string).collect::<Vec<_>>().join(":"),
        Said::Fraction { part, of } => format!("{part}/{of}"),
        Said::Last => "末".to_owned(),
    };
    let word = written.approx.map_or("", Approx::word);
    format!("{value} {} {word}", written.base()).trim_end().to_owned()
}

#[test]
fn every_form_has_its_value() {
    for (text, wanted) in [
        ("38次", "38 次"),
        ("617.50亿元", "61750000000 元"),
        ("9000多万元", "90000000 元 多"),
        ("5万余元", "50000 元 余"),
        ("近3000人次", "3000 人次 近"),
        ("95%以上", "95 % 以上"),
        ("60万元左右", "600000 元 左右"),
        ("十余次", "10 次 余"),
        ("数百人", "100 人"),
        ("近千个", "1000 个 近"),
        ("十二件", "12 件"),
        ("两个", "2 个"),
        ("三分之二", "2/3"),
        ("约三分之二", "2/3  约"),
        ("百分之六十", "60 %"),
        ("百分之百", "100 %"),
        ("百分之十二点五", "12.5 %"),
        ("近四成", "4 成 近"),
        ("七成五", "7.5 成"),
        ("一半以上", "1/2  以上"),
        ("300—400元", "300～400 元"),
        ("2至5名", "2～5 名"),
        ("3%～5%", "3～5 %"),
        ("2—3万元", "20000～30000 元"),
        ("26.4:38.1:35.5", "26.4:38.1:35.5"),
        ("贰万叁仟元整", "23000 元"),
        ("3万5千人", "35000 人"),
        ("1亿3000万元", "130000000 元"),
        ("亿元", "100000000 元"),
        ("千万元", "10000000 元"),
        ("420千瓦", "420 千瓦"),
        ("28微克/立方米", "28 微克/立方米"),
        ("-43.9%", "-43.9 %"),
        ("3,200人", "3200 人"),
        ("1.5个百分点", "1.5 个百分点"),
        ("第3位", "3 位"),
        ("第三", "3 位"),
        ("2.3倍", "2.3 倍"),
        ("零", "0"),
        ("26 件", "26 件"),
        ("43.5 亿元", "4350000000 元"),
        ("5 9亿元", "590000000 元"),
        ("69. 5万元", "695000 元"),
        ("３．５万元", "35000 元"),
        ("30.4％", "30.4 %"),
        ("8000元至1.2万元", "8000～12000 元"),
        ("1.5万元—3.5万元", "15000～35000 元"),
        ("三四个", "3～4 个"),
        ("七八百人", "700～800 人"),
        ("1/3以上", "1/3  以上"),
        ("约3分之1", "1/3  约"),
        ("2.4∶1左右", "2.4:1  左右"),
        ("首位", "1 位"),
        ("前三名", "3 名"),
        ("前十", "10 位"),
        ("60周岁及以上", "60 周岁 以上"),
        ("40万吨标准煤", "400000 吨标准煤"),
        ("十来个", "10 个 约"),
        ("百亿", "10000000000"),
        ("超8千亿元", "800000000000 元 超"),
        ("2倍多", "2 倍 多"),
        ("2个多百分点", "2 个百分点 多"),
        ("万分之三", "3/10000"),
        ("百余家", "100 家 余"),
        ("八百余万元", "8000000 元 余"),
        ("两千三百人", "2300 人"),
        ("廿三户", "23 户"),
        ("两公里半", "2.5 公里"),
        ("3个半小时", "3.5 小时"),
        ("半数以上", "1/2  以上"),
        ("19 800人", "19800 人"),
        ("19\u{2009}800.5万元", "198005000 元"),
        ("2．5公里", "2.5 公里"),
        ("末位", "末 位"),
        ("之首", "1 位"),
    ] {
        assert_eq!(said(text, ""), wanted, "{text}");
    }
    assert_eq!(said("1500万", "投资"), "15000000 元");
    assert_eq!(said("35万", "常住人口"), "350000 人");
    assert_eq!(said("2000万", "资金1.2亿元，同比增"), "20000000 元");
}

#[test]
fn a_reader_knows_the_line_and_the_table_above() {
    let mut reader = Reader::default();
    let mut said = |line: &str| {
        reader.enter(line);
        let read = |number: &scan::Number| {
            let reading = reader.read(line, number)?;
            let amount = reading.one()?;
            Some(format!("{}{}", amount.value, amount.unit.base))
        };
        scan::scan(line).iter().filter_map(read).collect::<Vec<_>>().join(" ")
    };
    for (line, wanted) in [
        ("增长1.5、-0.4个百分点，完成3、5万元", "1.5个百分点 -0.4个百分点 30000元 50000元"),
        ("惠及30万困难群众", "300000人"),
        ("附表（单位：万元）", ""),
        ("教育 1864 1921.5 103.1%", "18640000元 19215000元 103.1%"),
        ("其余增加12。", "12"),
        ("教育 1864 ", "1864"),
        ("村名 户数（户） 人数（人）", ""),
        ("东坪 12 35", "12户 35人"),
    ] {
        assert_eq!(said(line), wanted, "{line}");
    }
}

#[test]
fn reads_value_in_the_base_unit() {
    let cases = [
        ("17名", "17", "名", 0, None),
        ("6700万元", "67000000", "万元", 0, None),
        ("1.2亿元", "120000000", "亿元", 1, None),
        ("617.50亿元", "61750000000", "亿元", 2, None),
        ("3万多元", "30000", "万元", 0, Some(Approx::Duo)),
        ("5万余元", "50000", "万元", 0, Some(Approx::Yu)),
        ("9000多万元", "90000000", "万元", 0, Some(Approx::Duo)),
        ("30多条", "30", "条", 0, Some(Approx::Duo)),
        ("近2000人次", "2000", "人次", 0, Some(Approx::Jin)),
        ("约5.2公里", "5.2", "公里", 1, Some(Approx::Yue)),
        ("60万元左右", "600000", "万元", 0, Some(Approx::Zuoyou)),
        ("96%以上", "96", "%", 0, Some(Approx::Yishang)),
        ("超3000人", "3000", "人", 0, Some(Approx::Chao)),
        ("5千万元", "50000000", "千万元", 0, None),
        ("5千多人", "5000", "千人", 0, Some(Approx::Duo)),
        ("12千瓦", "12", "千瓦", 0, None),
        ("超过3000人", "3000", "人", 0, Some(Approx::Chaoguo)),
        ("-1.2‰", "-1.2", "‰", 1, None),
        ("13860元", "13860", "元", 0, None),
        ("1", "1", "", 0, None),
        ("4.93公里", "4.93", "公里", 2, None),
        ("2.5万亿元", "2500000000000", "万亿元", 1, None),
        ("0.00005万元", "0.5", "万元", 5, None),
    ];
    for (text, value, unit, decimals, approx) in cases {
        let amount = fact(text).unwrap_or_else(|refused| panic!("{text}: {refused}"));
        let found = (plain(amount.value), amount.unit.to_string(), amount.decimals, amount.approx);
        assert_eq!(found, (value.to_owned(), unit.to_owned(), decimals, approx), "{text}");
    }
}

#[test]
fn refuses_other_writings_and_says_how_to_write_them() {
    let cases = [
        ("１７名", "请写成17名"),
        ("1,234名", "请写成1234名"),
        ("1，234名", "请写成1234名"),
        ("十七名", "请写成17名"),
        ("两百零三名", "请写成203名"),
        ("三四次", "请写阿拉伯数字和单位，如17名、6700万元、5万余元"),
        ("二三十次", "请写阿拉伯数字和单位，如17名、6700万元、5万余元"),
        ("一百零五名", "请写成105名"),
        ("两千瓦", "请写成2千瓦"),
        ("二千九百万千瓦", "请写成2900万千瓦"),
        ("两千名", "请写成2000名"),
        ("12 次", "请写成12次"),
        ("007", "请写成7"),
        ("+5名", "请写成5名"),
    ];
    for (text, hint) in cases {
        assert_eq!(fact(text).map_err(|refused| refused.hint()), Err(hint.to_owned()), "{text}");
    }
}

#[test]
fn digits_that_are_parted_otherwise_are_never_glued() {
    for text in ["12，5万元", "1,2345元", "1.234,56万元", "12 30名", "１２，５元"] {
        assert!(matches!(fact(text), Err(Refused { why: Why::Parted(_), .. })), "{text}");
    }
}

#[test]
fn refuses_what_is_not_a_quantity() {
    let why = |text: &str| fact(text).unwrap_err().why;
    let long = "1234567890123456789012345678901234567890元";
    assert_eq!(why(long), Why::TooLong);
    assert_eq!(why("79228162514264337593543950336万亿元"), Why::TooLong);
    assert_eq!(why("约30多条"), Why::TwoWords);
    assert_eq!(why(""), Why::Empty);
    for text in ["名", "多", "1.名", ".5", "1.2.3", "--1", "3至5名", "1e5", "17名2", "约", "左右"] {
        assert!(fact(text).is_err(), "{text}");
    }
}

#[test]
fn writes_with_the_digits_asked_for() {
    let value = Decimal::from(61_750_000_000_i64);
    assert_eq!(format_exact(value, &Unit::parse("亿元"), 2), "617.50亿元");
    assert_eq!(format_exact(value, &Unit::parse("亿元"), 0), "618亿元");
    assert_eq!(format_exact(Decimal::new(-4, 1), &Unit::parse("%"), 0), "0%");
    assert_eq!(format_exact(Decimal::MAX, &Unit::parse("元"), 2), "79228162514264337593543950335.00元");
    assert_eq!(plain(Decimal::new(12300, 2)), "123");
}

prop_compose! {
    fn quantity()(
        digits in "(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?",
        minus in any::<bool>(),
        scale in prop::sample::select(vec!["", "万", "亿", "万亿"]),
        base in prop::sample::select(vec!["元", "人次", "%", "公里", ""]),
        word in prop::sample::select(vec!["", "近", "约", "超", "左右", "以上", "多", "余"]),
    ) -> String {
        let zero = digits.chars().all(|c| matches!(c, '0' | '.'));
        let number = format!("{}{digits}", if minus && !zero { "-" } else { "" });
        match word {
            "近" | "约" | "超" => format!("{word}{number}{scale}{base}"),
            "多" | "余" if number.ends_with('0') && !number.contains('.') => format!("{number}{word}{scale}{base}"),
            "多" | "余" => format!("{number}{scale}{word}{base}"),
            _ => format!("{number}{scale}{base}{word}"),
        }
    }
}

/// Each way of writing is taken by those who may write so, and the others are told how to write it instead.
#[test]
fn every_way_of_writing_is_read_or_refused_with_the_right_one() {
    assert!(ROWS.iter().map(|row| row.form).eq(EXAMPLES.iter().map(|(form, ..)| *form)));
    for (row, (form, example, plain)) in ROWS.iter().zip(EXAMPLES) {
        let alone = Regex::new(&format!("^(?:{})$", Pieces::of(row.manners[0], None).of_row(row))).unwrap();
        assert!(alone.is_match(example), "{example}");
        for manner in [Manner::Fact, Manner::Cell] {
            match read(example, manner) {
                Ok(written) => {
                    let met = ROWS.iter().find(|row| row.form == written.form).unwrap();
                    assert!(
                        met.manners.contains(&manner) && written.plain == plain,
                        "{example}: {written:?}"
                    );
                    assert!(written.form == form || !row.manners.contains(&manner), "{example}: {written:?}");
                }
                Err(refused) => {
                    assert!(!row.manners.contains(&manner), "{example}: {refused}");
                    let instead = (!plain.is_empty()).then_some(plain);
                    assert_eq!(refused.instead.as_deref(), instead, "{example}");
                }
            }
        }
        let in_prose = read(example, Manner::Prose);
        assert!(!row.manners.contains(&Manner::Prose) || in_prose.is_ok(), "{example}");
    }
}

/// Units that are not read otherwise in prose (元整 is 元 there).
fn unit() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["元", "人次", "%", "公里", "千瓦", "个百分点", "元/户", "吨标准煤", "亩", "件"])
}

/// Pieces of patterns from which no number is made that has too many digits, or is no numeral.
fn bounded(manner: Manner, base: &str) -> Pieces {
    let own = Unit { scale: Scale::ONE, base: base.to_owned() };
    let pieces = Pieces::of(manner, Some(&own));
    let numeral = Pieces::of(Manner::Cell, None).numeral;
    let capital = |c: char| "一二三四五六七八九十百千".chars().position(|usual| usual == c);
    let capitals = numeral.chars().filter(|c| *c != '两');
    let capitals =
        capitals.map(|c| capital(c).and_then(|at| "壹贰叁肆伍陆柒捌玖拾佰仟".chars().nth(at)).unwrap_or(c));
    Pieces {
        capital: capitals.collect(),
        digits: "[1-9][0-9]{0,4}".to_owned(),
        decimals: r"(?:\.[0-9]{1,4})?".to_owned(),
        number: r"-?(?:0|[1-9][0-9]{0,7})(?:\.[0-9]{1,4})?".to_owned(),
        numeral,
        ..pieces
    }
}

/// A number of somebody, made from the pattern of a row.
fn number(manner: Manner) -> impl Strategy<Value = (Form, &'static str, String)> {
    let rows: Vec<&'static grammar::Row> = ROWS.iter().filter(|row| row.manners.contains(&manner)).collect();
    (prop::sample::select(rows), unit()).prop_flat_map(move |(row, unit)| {
        let pattern = bounded(manner, unit).of_row(row);
        (Just(row.form), Just(unit), string_regex(&pattern).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn what_a_pattern_makes_is_read(
        (of_fact, of_cell, of_prose) in (number(Manner::Fact), number(Manner::Cell), number(Manner::Prose)),
    ) {
        let (_, _, text) = of_fact;
        prop_assert!(read(&text, Manner::Fact).is_ok(), "{text}");
        let (form, _, text) = of_cell;
        let read_cell = read(&text, Manner::Cell);
        prop_assert!(read_cell.as_ref().is_ok_and(|written| written.form == form), "{form:?} {text}: {read_cell:?}");
        let (form, _, text) = of_prose;
        // 伍角 alone is found and left to people.
        let cents = form == Form::Capitals && !text.contains(['元', '圆']);
        prop_assert!(cents || read(&text, Manner::Prose).is_ok(), "{form:?} {text}");
    }

    /// What is read strictly is written as the pattern of facts says, and reads the same again.
    #[test]
    fn what_is_read_is_what_the_pattern_says(text in "[约近超过]{0,1}[-+(¥]?[0-9０-９十二百两,，. ]{1,6}[多余几]?[千万亿]{0,2}[多余来]?(元|名|%|m²|吨/亩|)(以上|左右|以下|\\)|)") {
        let fact = Regex::new(&format!("^(?:{})$", pattern(Manner::Fact, None))).unwrap();
        if let Ok(written) = read(&text, Manner::Cell) {
            prop_assert!(fact.is_match(&written.plain), "{text}: {}", written.plain);
            let again = read(&written.plain, Manner::Fact);
            prop_assert_eq!(again.map(|again| again.said), Ok(written.said));
        }
        let own = Unit::parse("元");
        let money = Regex::new(&format!("^(?:{})$", pattern(Manner::Fact, Some(&own)))).unwrap();
        let is_money = read(&text, Manner::Fact).is_ok_and(|written| written.base() == "元");
        prop_assert_eq!(is_money, money.is_match(&text), "{}", text);
    }

    #[test]
    fn prose_says_what_facts_say((_, _, text) in number(Manner::Fact)) {
        let written = read(&text, Manner::Prose).unwrap();
        let (fact, prose) = (fact(&text).unwrap(), written.one().unwrap());
        prop_assert_eq!((fact.value, fact.bound, &fact.unit), (prose.value, prose.bound, &prose.unit), "{}", text);
        prop_assert_eq!((fact.decimals, fact.approx), (prose.decimals, prose.approx), "{}", text);
    }

    #[test]
    fn what_is_read_is_written_the_same(text in quantity()) {
        let amount = fact(&text).unwrap();
        let written = format(amount.value, &amount.unit, amount.decimals, amount.approx);
        prop_assert_eq!(written, text);
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in "[0-9一二十百千万亿.,:%元人多余约近至—分之成第半零点个]{0,12}",
        other in "\\PC{0,40}",
    ) {
        for manner in [Manner::Fact, Manner::Cell, Manner::Prose] {
            let _ = (read(&text, manner), read(&other, manner));
        }
    }

    #[test]
    fn amounts_are_read_back(n in 1u32..1_000_000, decimals in 0u32..3) {
        let value = Decimal::new(i64::from(n), decimals);
        let written = read(&format!("{value}万元"), Manner::Prose).unwrap();
        let amount = written.exact().unwrap();
        prop_assert_eq!(amount.value, value * Decimal::from(10_000));
        prop_assert_eq!((amount.unit.scale, amount.decimals), (Scale::WAN, decimals));
    }
}
