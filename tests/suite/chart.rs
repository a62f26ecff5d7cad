//! Charts: golden pictures, what every picture keeps, and the tables beside them.
//!
//! `golden/图表/NAME.svg` is the picture of a case below; `HUIBAO_BLESS=1` renews, and is to be looked at.

use std::collections::BTreeSet;
use std::str::FromStr;

use huibao::chart::{self, ChartKind, NoChart, Picture, Series};
use huibao::period::Period;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use rust_decimal::Decimal;

use crate::project::root;

/// A series from lines of year, value (- for none) and words.
fn series(name: &str, unit: &str, points: &str) -> Series {
    let point = |line: &str| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let text = parts.get(2).copied().unwrap_or_default().to_owned();
        (Period::parse(parts[0]).expect("a year"), Decimal::from_str(parts[1]).ok(), text)
    };
    let points = points.split(';').filter(|line| !line.trim().is_empty()).map(point).collect();
    Series { name: name.into(), unit: unit.into(), points }
}

fn meetings() -> Series {
    series("宣传.会议", "次", "2009 13 13次; 2010 13 13次; 2011 12 12次")
}

fn drafts() -> Series {
    series("宣传.稿件", "篇", "2006 9 9篇; 2007 10 10多篇; 2008 -; 2009 15 15篇; 2010 19 19篇; 2011 22 22篇")
}

fn income() -> Series {
    series(
        "财政.总收入",
        "万元",
        "2016 8123.5 8123.5万元; 2017 9132.5 9132.5万元; 2018 10240 1.024亿元; 2019 11873.26 11873.26万元;
         2020 11020.1 11020.1万元; 2021 12998 12998万元; 2022 13500 1.35亿元; 2023 14207.75 14207.75万元;
         2024 15030 近15030万元; 2025 16120.6 16120.6万元",
    )
}

fn growth() -> Series {
    series(
        "财政.增幅",
        "%",
        "2018 26.1 26.1%; 2019 15.9 15.9%; 2020 -7.2 －7.2%; 2021 17.9 17.9%; 2022 3.9 3.9%; 2023 -0.4 －0.4%",
    )
}

fn satisfaction() -> Series {
    series(
        "满意率",
        "%",
        "2019 92.5 92.5%; 2020 93.1 93.1%; 2021 95.0 95.0%; 2022 94.8 94.8%; 2023 96.8 96.8%",
    )
}

fn enterprises() -> Vec<Series> {
    let points = [
        ("规上工业企业", "2019 18 18家; 2020 21 21家; 2021 24 24家; 2022 26 26家; 2023 31 31家"),
        ("限上商贸企业", "2019 12 12家; 2020 12 12家; 2021 -; 2022 17 近17家; 2023 19 19家"),
        ("农业产业化龙头企业", "2019 5 5家; 2020 7 7家; 2021 8 8家; 2022 8 8家; 2023 9 9家"),
        ("高新技术企业", "2020 1 1家; 2021 2 2家; 2022 4 4家; 2023 6 6家"),
    ];
    points.into_iter().map(|(name, points)| series(name, "家", points)).collect()
}

/// Every case with its picture.
fn cases() -> Vec<(&'static str, String)> {
    let one = |series: Series, kind| chart::svg(&series, kind);
    vec![
        ("柱形-三年", one(meetings(), ChartKind::Bar)),
        ("折线-三年", one(meetings(), ChartKind::Line)),
        ("柱形-缺年与约数", one(drafts(), ChartKind::Bar)),
        ("折线-缺年与约数", one(drafts(), ChartKind::Line)),
        ("柱形-十年", one(income(), ChartKind::Bar)),
        ("折线-十年", one(income(), ChartKind::Line)),
        ("柱形-负数", one(growth(), ChartKind::Bar)),
        ("折线-负数", one(growth(), ChartKind::Line)),
        ("折线-不从零起", one(satisfaction(), ChartKind::Line)),
        ("柱形-多项", Picture::of(&enterprises(), ChartKind::Bar).svg("SimSun")),
        ("折线-多项", chart::svg_many(&enterprises()).expect("one unit")),
        (
            "柱形-大数",
            one(series("存款", "元", "2010 1350000000 13.5亿元; 2011 1520000000 15.2亿元"), ChartKind::Bar),
        ),
        (
            "柱形-单位不同",
            one(series("演出", "次", "2009 12 12次; 2010 - 38场; 2011 15 15次"), ChartKind::Bar),
        ),
        ("折线-无数", one(series("空", "次", "2010 -"), ChartKind::Line)),
    ]
}

#[test]
fn pictures_are_golden() {
    let folder = root().join("golden/图表");
    let bless = std::env::var_os("HUIBAO_BLESS").is_some();
    let mut failures = Vec::new();
    for (name, svg) in cases() {
        let path = folder.join(format!("{name}.svg"));
        if bless {
            std::fs::write(&path, &svg).expect("written");
        }
        if std::fs::read_to_string(&path).ok().as_deref() != Some(svg.as_str()) {
            failures.push(name);
        }
    }
    assert!(failures.is_empty(), "{failures:?}\nHUIBAO_BLESS=1 renews");
    let kept: BTreeSet<_> =
        std::fs::read_dir(folder).expect("cases").map(|one| one.expect("a case").file_name()).collect();
    assert_eq!(kept.len(), cases().len(), "{kept:?}");
}

/// Attributes and elements that a picture may have: nothing that a strict policy refuses, nothing that loads.
const ATTRIBUTES: &str = "xmlns width height viewBox role x y cx cy r dy points fill stroke \
    stroke-width text-anchor font-family font-size";
const ELEMENTS: &str = "svg title desc rect polyline polygon circle text";

/// Texts of a picture; it must be well-formed and hold nothing else than it may.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = Reader::from_str(svg);
    let mut texts = Vec::new();
    let (mut inside, mut roots) = (0, 0);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                assert!(ELEMENTS.split_whitespace().any(|one| one == name), "{name}");
                for attribute in tag.attributes() {
                    let key = attribute.expect("an attribute").key;
                    let key = key.as_ref().to_owned();
                    assert!(ATTRIBUTES.split_whitespace().any(|one| one == key), "{key}");
                }
                roots += usize::from(name == "svg");
            }
            Event::Text(text) => texts.push(text.to_owned().to_string()),
            Event::End(_) => inside += 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(inside > 0 && roots == 1);
    texts
}

fn has(svg: &str, text: &str) -> bool {
    texts(svg).iter().any(|one| one.trim() == text)
}

#[test]
fn every_value_is_printed_exactly_and_told_in_words() {
    let svg = chart::svg(&drafts(), ChartKind::Line);
    for text in
        ["9", "10多", "15", "19", "22", "缺", "单位：篇", "空心为约数", "2008", "宣传.稿件（篇）历年折线图"]
    {
        assert!(has(&svg, text), "{text}\n{svg}");
    }
    assert!(has(&svg, "2006年9篇，2007年10多篇，2008年缺，2009年15篇，2010年19篇，2011年22篇。"), "{svg}");
    let exact = "79228162514264337593543950335";
    let svg = chart::svg(
        &series("大", "元", &format!("2010 {exact}; 2011 0.1000000000000000000000000001")),
        ChartKind::Bar,
    );
    assert!(has(&svg, exact) && has(&svg, "0.1000000000000000000000000001"), "{svg}");
}

/// Numbers of an attribute of the elements of this name.
fn numbers(svg: &str, element: &str, key: &str) -> Vec<i32> {
    let lines = svg.lines().filter(|line| line.starts_with(&format!("<{element} ")));
    let value = |line: &str| line.split_once(&format!(" {key}=\""))?.1.split('"').next()?.parse().ok();
    lines.filter_map(value).collect()
}

/// Top and height of each bar, without the ground and the outlines.
fn bars(svg: &str) -> Vec<(i32, i32)> {
    let filled: String = svg
        .lines()
        .filter(|line| line.contains("fill=\"#1F5F99\""))
        .map(|line| format!("{line}\n"))
        .collect();
    numbers(&filled, "rect", "y").into_iter().zip(numbers(&filled, "rect", "height")).collect()
}

#[test]
fn bars_stand_on_zero_and_are_in_proportion() {
    let bars_of = |points: &str| bars(&chart::svg(&series("甲", "次", points), ChartKind::Bar));
    let [(low, half), (high, whole)] = bars_of("2010 50; 2011 100")[..] else { panic!("two bars") };
    assert!((whole - 2 * half).abs() <= 1 && low + half == high + whole, "{half} {whole}");
    let [(up, over), (down, under)] = bars_of("2010 30; 2011 -30")[..] else { panic!("two bars") };
    assert!((over - under).abs() <= 1 && up + over == down, "{up} {over} {down} {under}");
}

#[test]
fn gaps_part_lines() {
    let lines = |svg: &str| {
        svg.lines().filter(|line| line.starts_with("<polyline") && line.contains("#1F5F99")).count()
    };
    assert_eq!(lines(&chart::svg(&series("甲", "次", "2008 1; 2009 2; 2011 3; 2012 4"), ChartKind::Line)), 2);
    assert_eq!(lines(&chart::svg(&series("甲", "次", "2008 1; 2009 2; 2010 3; 2011 4"), ChartKind::Line)), 1);
    assert_eq!(lines(&chart::svg(&series("甲", "次", "2008 1; 2010 3"), ChartKind::Line)), 0);
}

#[test]
fn one_picture_has_one_unit_and_six_lines() {
    let of = |unit: &str| series("甲", unit, "2010 1; 2011 2");
    assert_eq!(chart::svg_many(&[of("次"), of("篇")]), Err(NoChart::Units("次".into(), "篇".into())));
    assert_eq!(chart::svg_many(&vec![of("次"); 7]), Err(NoChart::TooMany(7)));
    assert!(chart::svg_many(&vec![of("次"); 6]).is_ok_and(|svg| svg.matches("<title>").count() == 1));
    assert!(chart::svg_many(&[]).is_ok());
}

#[test]
fn tables_say_what_the_pictures_say() {
    let html = chart::table(&[series("<甲>", "次", "2009 13 13次; 2011 12 10多次")]);
    assert_eq!(
        html,
        "<table>\n<caption>&lt;甲&gt;（次）</caption>\n\
         <thead><tr><th scope=\"col\">年份</th><th scope=\"col\">数值</th></tr></thead>\n<tbody>\n\
         <tr><th scope=\"row\">2009年</th><td>13次</td></tr>\n\
         <tr><th scope=\"row\">2010年</th><td>—</td></tr>\n\
         <tr><th scope=\"row\">2011年</th><td>10多次</td></tr>\n</tbody>\n</table>\n"
    );
    let compared = chart::table_compared(
        &meetings(),
        &[(Period::year(2010), "持平".into()), (Period::year(2011), "－7.7%".into())],
    );
    assert!(compared.contains("<th scope=\"col\">同比</th>"), "{compared}");
    assert!(
        compared.contains("<td>13次</td><td>—</td>") && compared.contains("<td>12次</td><td>－7.7%</td>")
    );
    let many = chart::table(&enterprises());
    assert!(
        many.contains("<th scope=\"col\">高新技术企业（家）</th>") && !many.contains("<caption>"),
        "{many}"
    );
    assert!(many.contains("<td>18家</td><td>12家</td><td>5家</td><td>—</td>"), "{many}");
}

/// Contrast of a colour against white (WCAG 2), from its relative luminance.
fn contrast(color: &str) -> f64 {
    let part = |at: usize| {
        let share = f64::from(u8::from_str_radix(&color[at..at + 2], 16).expect("a colour")) / 255.0;
        if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) + 0.05)
}

#[test]
fn colours_stand_out_from_white() {
    // Light bars have an edge.
    let light = ["#FFFFFF", "#E4E7EB", "#DFE9F3", "#F0B46E", "#C9B5DC"];
    let mut seen = BTreeSet::new();
    for (_, svg) in cases() {
        for (tag, color) in
            svg.lines().flat_map(|line| line.match_indices("=\"#").map(move |(at, _)| (line, at)))
        {
            let color = &tag[color + 2..color + 9];
            let least = if tag.starts_with("<text") { 4.5 } else { 3.0 };
            assert!(light.contains(&color) || contrast(color) >= least, "{color} {}", contrast(color));
            seen.insert(color.to_owned());
        }
    }
    assert!(seen.len() > 6, "{seen:?}");
}

fn any_series() -> impl Strategy<Value = Series> {
    let value = (any::<i64>(), 0u32..=28).prop_map(|(number, scale)| Decimal::new(number, scale));
    let value =
        prop_oneof![value, Just(Decimal::MAX), Just(Decimal::MIN), (-50i64..50).prop_map(Decimal::from)];
    let year = prop_oneof![1990i32..2030, any::<i32>()].prop_map(Period::year);
    let text = prop_oneof![Just(String::new()), "\\PC{0,8}|[\\x00-\\x7f]{0,5}|[0-9]{1,9}多?次"];
    let points = proptest::collection::vec((year, proptest::option::of(value), text), 0..14);
    ("\\PC{0,60}", "次|万元|%|\\PC{0,30}", points).prop_map(|(name, unit, points)| Series {
        name,
        unit,
        points,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_series_has_a_picture_that_stays_on_its_sheet(one in any_series(), other in any_series()) {
        let many = chart::svg_many(&[one.clone(), Series { unit: one.unit.clone(), ..other }]).expect("one unit");
        for svg in [chart::svg(&one, ChartKind::Line), chart::svg(&one, ChartKind::Bar), many] {
            texts(&svg);
            for (keys, most) in [(["x", "cx", "x1", "x2"], 640), (["y", "cy", "y1", "y2"], 280)] {
                for element in ["text", "circle", "line", "rect"] {
                    let at = keys.iter().flat_map(|key| numbers(&svg, element, key)).collect::<Vec<_>>();
                    prop_assert!(at.iter().all(|at| (0..=most).contains(at)), "{element} {at:?}\n{svg}");
                }
            }
        }
        let table = chart::table(&[one]);
        let mut reader = Reader::from_str(&table);
        while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {}
    }
}
