//! Sentences and what is read of them: a row for each shape of a figure and each way of a list.

use super::*;
use crate::zh::scan::scan;
use proptest::prelude::*;

/// Figures as `name=text@period`, in the order of the text, in a report of 2024.
fn told(text: &str) -> String {
    let mut reader = Reader::default();
    reader.enter(text);
    let figures = figures(text, &scan(text), &reader);
    let claims = read(text, &figures, Period::year(2024));
    let told = claims.iter().map(|claim| {
        let figure = &figures[claim.figure];
        let when = match &claim.when {
            When::Report => String::new(),
            When::Year(year) => format!("@{}", year.stem()),
            When::Part(year, words) => format!("@{}{words}", year.stem()),
            When::Window(window) => format!("@{}-{}", window.first.stem(), window.last.stem()),
            When::Plan(Some(year)) => format!("@plan{}", year.stem()),
            When::Plan(None) => "@plan".to_owned(),
            When::Unsaid => "@?".to_owned(),
        };
        format!("{}={}{when}", claim.name(&figure.unit), figure.text)
    });
    told.collect::<Vec<_>>().join(" ")
}

fn all(rows: &[(&str, &str)]) {
    for (text, wanted) in rows {
        assert_eq!(told(text), *wanted, "{text}");
    }
}

#[test]
fn a_level_belongs_to_its_clause() {
    all(&[
        ("全镇召开会议12次，培训干部300人次。", "会议=12次 培训干部=300人次"),
        ("我镇共有政协委员17名。", "政协委员=17名"),
        ("办成12件实事。", "办成实事=12件"),
        ("全年修订村规民约16份，大约40人参加。", "修订村规民约=16份 参加人数=约40人"),
        ("受理信访件200件，办结190件。", "受理信访件=200件 办结信访件=190件"),
        ("实现地区生产总值（GDP）23.5亿元，增长9.2%。", "地区生产总值=23.5亿元 地区生产总值增幅=9.2%"),
        ("脱贫户315户1128人。", "脱贫户=315户 脱贫户人数=1128人"),
        ("全年新布局12个现代农业片区。", "新布局现代农业片区=12个"),
    ]);
}

#[test]
fn members_of_a_list_have_their_own_values() {
    all(&[
        (
            "城镇、农村居民人均可支配收入分别增长4.1%、5.2%。",
            "城镇居民人均可支配收入增幅=4.1% 农村居民人均可支配收入增幅=5.2%",
        ),
        (
            "集成电路、汽车、锂电池出口分别增长10%、20%、30%。",
            "集成电路出口增幅=10% 汽车出口增幅=20% 锂电池出口增幅=30%",
        ),
        (
            "接待游客32万人次，旅游综合收入1.8亿元，同比分别增长12%、15%。",
            "接待游客=32万人次 旅游综合收入=1.8亿元 接待游客增幅=12% 旅游综合收入增幅=15%",
        ),
        (
            "水稻、玉米种植面积和产量分别达到1.1万亩、0.8万亩和2.2万吨、0.1万吨。",
            "水稻种植面积=1.1万亩 玉米种植面积=0.8万亩 水稻产量=2.2万吨 玉米产量=0.1万吨",
        ),
        ("近三年分别办理提案26件、31件、38件。", "办理提案=26件@2022 办理提案=31件@2023 办理提案=38件"),
        ("2022、2023、2024年分别脱贫120户、80户、36户。", "脱贫=120户@2022 脱贫=80户@2023 脱贫=36户"),
        ("全年分别新建农村公路、产业路12公里、8公里。", "新建农村公路=12公里 新建产业路=8公里"),
        ("收入和支出分别下降2%、增长1%。", "收入降幅=2% 支出增幅=1%"),
        ("甲、乙、丙分别为3件、5件。", "数量=3件@? 数量=5件@?"),
    ]);
}

#[test]
fn a_change_belongs_to_the_subject_not_to_what_stands_nearest() {
    all(&[
        (
            "税收收入300万元，占年初预算800万元的37.5%，同比下降5%。",
            "税收收入=300万元 年初预算=800万元 税收收入占年初预算比重=37.5% 税收收入降幅=5%",
        ),
        (
            "查处违法案件36件（盗窃21件、诈骗15件），同比下降10%。",
            "查处违法案件=36件 盗窃违法案件=21件 诈骗违法案件=15件 查处违法案件降幅=10%",
        ),
        (
            "财政总支出6.1亿元，其中民生支出4.8亿元，占总支出的78.7%，增长5.3%。",
            "财政总支出=6.1亿元 民生支出=4.8亿元 民生支出占总支出比重=78.7% 民生支出增幅=5.3%",
        ),
        (
            "民生支出占一般公共预算支出比重达到78.6%，较上年提高1.2个百分点。",
            "民生支出占一般公共预算支出比重=78.6% 民生支出占一般公共预算支出比重增幅=1.2个百分点",
        ),
        ("城镇化率比全县平均高1.5个百分点。", "城镇化率高于全县平均增幅=1.5个百分点"),
    ]);
}

#[test]
fn periods_are_those_that_the_words_say() {
    all(&[
        ("五年来，居民收入由2.57万元增加到3.52万元。", "居民收入=2.57万元@2019 居民收入=3.52万元"),
        ("与2019年相比，财政收入由2亿元增加到3亿元。", "财政收入=2亿元@2019 财政收入=3亿元"),
        ("规上企业由18家增加到23家。", "规上企业=18家@? 规上企业=23家"),
        (
            "2021年脱贫300户，2022年脱贫200户，2023年脱贫100户。",
            "脱贫=300户@2021 脱贫=200户@2022 脱贫=100户@2023",
        ),
        (
            "合作社由2019年的12家，发展到2022年的26家、2024年的41家。",
            "合作社=12家@2019 合作社=26家@2022 合作社=41家",
        ),
        ("五年来新建公路62公里。", "五年来新建公路=62公里@2020-2024"),
        ("上半年完成投资3亿元。", "上半年投资=3亿元@2024上半年"),
        ("2025年，力争财政收入增长8%。", "计划财政收入增幅=8%@plan2025"),
        ("收入110万元，上年为100万元，增长10%。", "收入=110万元 收入=100万元@2023 收入增幅=10%"),
    ]);
}

#[test]
fn groups_and_ranks_are_named() {
    all(&[
        ("党员120名，其中35岁以下46名。", "党员=120名 党员35岁以下=46名"),
        (
            "年收入5万元以上的农户320户，10万元以上的86户。",
            "年收入5万元以上的农户=320户 年收入10万元以上的农户=86户",
        ),
        ("森林覆盖率居全市第2位。", "森林覆盖率全市位次=第2位"),
        ("综合考核由全县第9位升至第7位。", "综合考核全县位次=第9位@? 综合考核全县位次=第7位"),
        ("完成年度计划的96%。", "完成年度计划比例=96%"),
    ]);
}

#[test]
fn what_is_no_word_of_ours_does_not_disturb() {
    all(&[("全镇\u{F0001}召开会议12次。", "会议=12次")]);
    assert_eq!(
        told("（（（12件）））、分别分别3%、，由由从5个到到"),
        told("（（（12件）））、分别分别3%、，由由从5个到到")
    );
}

proptest! {
    /// Every figure has one claim, and no text stops the reader.
    #[test]
    fn every_figure_is_read_once(text in "[全镇召开会议分别由到增长下降占其中和、，。；：（）的比上年五年来2024年第位居年初各自为300件0-9.%万元户人岁以下“”\u{F0000}-\u{F0003}]{0,60}") {
        let mut reader = Reader::default();
        reader.enter(&text);
        let figures = figures(&text, &scan(&text), &reader);
        let claims = read(&text, &figures, Period::year(2024));
        let seen: Vec<usize> = claims.iter().map(|claim| claim.figure).collect();
        prop_assert_eq!(seen, (0..figures.len()).collect::<Vec<_>>(), "{}", text);
    }
}
