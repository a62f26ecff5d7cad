//! The figure scanner: every number in a paragraph, told apart into figures and numbers that are no facts.
//!
//! `lexer` finds claims (dates, heads, names …) and candidates between them, `measure` knows the measure
//! words, `judge` decides on a candidate by its surroundings. Patterns are built at the first call.

mod judge;
mod lexer;
mod measure;

use std::fmt;
use std::ops::Range;

use regex::Regex;

/// A number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// The number as written: approximation word, digits, scale and unit, without the noun.
    pub text: String,
    /// Whether it looks like a fact.
    pub kind: Kind,
}

/// What a number is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It looks like a fact that should come from the fact file.
    Figure,
    /// It is written as part of the text.
    Typed(Why),
}

/// Why a number is no fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// 一、, （二）, 一是, 第三.
    Serial,
    /// Names and slogans, quoted or in 《》, levels, roads, standards.
    Name,
    /// 〔2024〕8号.
    Document,
    /// 2024年, 2020—2022年.
    Year,
    /// Months, days, quarters, times of day.
    Date,
    /// 三年来, “十四五”.
    Period,
    /// 九届三次会议.
    Session,
    /// 七里村.
    Place,
    /// A threshold that defines a group: 35岁以下.
    Standard,
    /// A standing rule: 每季度1次.
    Routine,
    /// A telephone number or another code.
    Code,
    /// A figure with digits hidden: 1x.3%.
    Masked,
}

impl Why {
    /// The reason in Chinese.
    pub fn label(self) -> &'static str {
        match self {
            Why::Serial => "序号",
            Why::Name => "名称",
            Why::Document => "文号",
            Why::Year => "年份",
            Why::Date => "日期",
            Why::Period => "时间段",
            Why::Session => "届次",
            Why::Place => "地名",
            Why::Standard => "标准",
            Why::Routine => "常规安排",
            Why::Code => "编号",
            Why::Masked => "缺数占位",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

/// The numbers of one paragraph in text order, without overlap.
///
/// Numerals that are part of a word (进一步, 千家万户) are left out. Time grows linearly with the text.
pub fn scan(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut from = 0;
    for claim in lexer::claims(text) {
        scan_gap(text, from..claim.span.start, &mut numbers);
        from = claim.span.end;
        if let Some(why) = claim.why {
            numbers.push(number(text, claim.span, Kind::Typed(why)));
        }
    }
    scan_gap(text, from..text.len(), &mut numbers);
    numbers
}

fn scan_gap(text: &str, gap: Range<usize>, numbers: &mut Vec<Number>) {
    let judged = lexer::candidates(text, gap).filter_map(|span| judge::judge(text, span));
    numbers.extend(judged.map(|(span, kind)| number(text, span, kind)));
}

fn number(text: &str, span: Range<usize>, kind: Kind) -> Number {
    Number { text: text[span.clone()].to_owned(), span, kind }
}

/// Builds a pattern of this module; every pattern is a constant and is built by the tests below.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

/// Whether a text begins with a unit such as 千瓦, whose 千 is no scale word.
pub(super) fn begins_unit(text: &str) -> bool {
    measure::begins(text)
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The figures of `text`, joined by spaces.
    fn figures(text: &str) -> String {
        let found = scan(text).into_iter().filter(|n| n.kind == Kind::Figure);
        found.map(|n| n.text).collect::<Vec<_>>().join(" ")
    }

    /// The numbers of `text` that are no facts, each with its reason.
    fn typed(text: &str) -> String {
        let found = scan(text).into_iter().filter_map(|n| match n.kind {
            Kind::Typed(why) => Some(format!("{}={why}", n.text)),
            Kind::Figure => None,
        });
        found.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn figures_are_found_with_their_units() {
        for (text, expected) in [
            ("流转土地410亩，投资2.4亿元", "410亩 2.4亿元"),
            ("脱贫户96户281人，培训320人次", "96户 281人 320人次"),
            ("浓度28微克/立方米，亩均1200元/亩", "28微克/立方米 1200元/亩"),
            ("装机420千瓦，提高1.5个百分点", "420千瓦 1.5个百分点"),
            ("投资1500万兴建冷库，外资120万美元", "1500万 120万美元"),
            ("规划一座水厂，产值13800000000元", "一座 13800000000元"),
            ("共 26 件，3,200人，人口3万5千人", "26 件 3,200人 3万5千人"),
            ("契税-43.9%，自然增长率2.6‰", "-43.9% 2.6‰"),
            ("（大写：贰万叁仟元整）", "贰万叁仟元整"),
            ("COD326吨，GDP58亿元", "326吨 58亿元"),
            ("安全事故0起，全年零上访", "0起 零"),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn approximation_words_belong_to_the_figure() {
        for (text, expected) in [
            ("30余万元，3万多元，近3000人次", "30余万元 3万多元 近3000人次"),
            ("覆盖率95%以上，60万元左右", "95%以上 60万元左右"),
            ("数百人，近千个，十余次，十几名", "数百人 近千个 十余次 十几名"),
            ("签约87个，节约3万元，最近3次", "87个 3万元 3次"),
            ("突破亿元大关，建成万亩茶园", "亿元"),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_ratios_and_fractions_are_one_figure() {
        for (text, expected) in [
            ("选派3至5名，增收300—400元", "3至5名 300—400元"),
            ("由26.4:38.1:35.5调整", "26.4:38.1:35.5"),
            ("占三分之一，百分之六十，近四成，一半以上", "三分之一 百分之六十 近四成 一半以上"),
            ("由82.4%提高到91.3%", "82.4% 91.3%"),
            ("翻一番，是上年的2.3倍", "一番 2.3倍"),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn chinese_counts_are_figures() {
        for (text, expected) in [
            ("东湾、西岭两个村", "两个"),
            ("三个村、两家企业、十二件实事", "三个 两家 十二件"),
            ("发生一起事故，十一起案件，用时二十分钟", "一起 十一起 二十分钟"),
            ("新建一座水厂、一条公路", "一座 一条"),
            ("召开了一次会议", "一次"),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_is_a_figure_only_where_it_was_reached() {
        assert_eq!(figures("位居全市第3位，名列第三，考核全县第一"), "第3位 第三 第一");
        assert_eq!(typed("第一书记列席，第13次会议"), "第一=序号 第13次=序号");
    }

    #[test]
    fn numbers_that_are_no_facts_say_why() {
        for (text, expected) in [
            ("一、总体情况", "一、=序号"),
            ("（二）产业。1.种植。2、养殖。一是统筹", "（二）=序号 1.=序号 2、=序号 一是=序号"),
            ("“三个一”活动，《“十四五”规划2.0》", "“三个一”=名称 《“十四五”规划2.0》=名称"),
            ("PM2.5，G318国道，4A级，12345热线", "2.5=名称 318=名称 4A级=名称 12345=名称"),
            ("清发〔2024〕8号，第12号令", "〔2024〕8号=文号 第12号令=文号"),
            ("2011年，4月，1-7月，第二季度", "2011年=年份 4月=日期 1-7月=日期 第二季度=日期"),
            ("2022年1月至9月，上午9:00", "2022年1月至9月=年份 9:00=日期"),
            ("近三年，五年来，“十二五”时期", "近三年=时间段 五年来=时间段 “十二五”时期=时间段"),
            ("九届三次会议，人大三次会议", "九届三次会议=届次 三次会议=届次"),
            ("二十届二中、三中全会", "二十届二中、三中全会=届次"),
            ("七里村", "七里村=地名"),
            ("35岁以下党员，500万元以上项目", "35岁以下=标准 500万元以上=标准"),
            ("每季度1次，每网格不超过30户", "1次=常规安排 30户=常规安排"),
            ("电话0571-8888888", "0571-8888888=编号"),
            ("增长1x.3%，20xx年", "1x.3%=缺数占位 20xx年=缺数占位"),
        ] {
            assert_eq!(typed(text), expected, "{text}");
            assert_eq!(figures(text), "", "{text}");
        }
    }

    #[test]
    fn numerals_within_words_are_not_numbers() {
        for text in [
            "一些干部统一思想，进一步落实，一方面一致，万一",
            "千方百计，千家万户，四面八方，万亩良田",
            "一户一策，一村一品，一户不漏，每一名党员，一件件实事",
            "未发生一起事故，两手抓，十分重视，一个支部，最多跑一次，零距离",
            "二氧化硫，三轮车，百姓，一把尺子",
        ] {
            assert_eq!(scan(text), [], "{text}");
        }
    }

    #[test]
    fn quoted_speech_keeps_its_figures() {
        assert_eq!(
            figures("“今年全村人均收入达到1.8万元，比去年增长12%，大家都很高兴，日子越过越好了”"),
            "1.8万元 12%"
        );
        assert_eq!(figures("他说\"好\"，增长5%，\"行\"。"), "5%");
    }

    #[test]
    fn spans_are_bytes_of_the_text() {
        let text = "共26件";
        let found = scan(text);
        assert_eq!(found[0].span, 3..8);
        assert_eq!(&text[found[0].span.clone()], "26件");
    }

    fn lies_in_order(text: &str) -> bool {
        let numbers = scan(text);
        numbers.iter().all(|n| text.get(n.span.clone()) == Some(n.text.as_str()) && !n.text.is_empty())
            && numbers.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start)
    }

    proptest! {
        #[test]
        fn any_text_is_scanned(text in "\\PC{0,60}|[\u{e000}-\u{f8ff}0-9万一]{0,40}") {
            prop_assert!(lies_in_order(&text));
        }

        #[test]
        fn any_row_of_numerals_is_scanned(text in "[0-9一二十百万亿第届次年月日至—.,:xX“”《》、约近超过不多余个元%零分之成岁每]{0,60}") {
            prop_assert!(lies_in_order(&text));
        }

        #[test]
        fn an_amount_is_found_whole(n in 1u32..99_999_999, unit in "(人|户|万元|亩|件)") {
            let amount = format!("{n}{unit}");
            prop_assert_eq!(figures(&format!("共有{amount}，其余不变")), amount);
        }
    }
}
