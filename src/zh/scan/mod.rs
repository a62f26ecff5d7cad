//! The figure scanner: every number in a paragraph, told apart into figures and numbers that are no facts.
//!
//! `claims` finds what is no figure whatever stands around it (dates, heads, names …), `lexer` the candidates
//! between the claims, `judge` decides on a candidate by its surroundings.
//! Patterns are built at the first call.

mod claims;
mod judge;
mod lexer;

use std::fmt;
use std::ops::Range;

use crate::zh::number::{fold, numeral};

/// A number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// The number as written: approximation word, digits, scale and unit, without the noun.
    pub text: String,
    /// Whether it looks like a fact.
    pub kind: NumberKind,
}

/// What a number is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
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
    /// A power, a root, a mixed number: 10⁸, √27, 3又1/2.
    Notation,
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
            Why::Notation => "数学写法",
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
    let Some(folded) = fold::fold(text) else { return scan_plain(text) };
    let back = |found: Number| {
        number(text, folded.origin(found.span.start)..folded.origin(found.span.end), found.kind)
    };
    scan_plain(&folded.text).into_iter().map(back).collect()
}

/// Where numbers are written in a text, each with its unit, whatever they say: less than [`scan`] knows, for which a
/// process that reads no other text need not build the patterns of the rest.
pub fn written(text: &str) -> Vec<Range<usize>> {
    if !text.chars().any(|c| is_numeral(c) || ('０'..='９').contains(&c)) {
        return Vec::new();
    }
    let folded = fold::fold(text);
    let plain = folded.as_ref().map_or(text, |folded| &folded.text);
    let origin = |at: usize| folded.as_ref().map_or(at, |folded| folded.origin(at));
    lexer::candidates(plain, 0..plain.len()).map(|span| origin(span.start)..origin(span.end)).collect()
}

/// As [`scan`], of a text in which all digits are half-width.
fn scan_plain(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut from = 0;
    for claim in claims::claims(text) {
        scan_gap(text, from..claim.span.start, &mut numbers);
        from = claim.span.end;
        if let Some(why) = claim.why {
            numbers.push(number(text, claim.span, NumberKind::Typed(why)));
        }
    }
    scan_gap(text, from..text.len(), &mut numbers);
    numbers
}

fn scan_gap(text: &str, gap: Range<usize>, numbers: &mut Vec<Number>) {
    let judged = lexer::candidates(text, gap).filter_map(|span| judge::judge(text, span));
    numbers.extend(judged.map(|(span, kind)| number(text, span, kind)));
}

fn number(text: &str, span: Range<usize>, kind: NumberKind) -> Number {
    Number { text: text[span.clone()].to_owned(), span, kind }
}

/// The scale and unit that a number without a unit shares with the last of its list; `after` follows it.
pub(super) fn shared(after: &str) -> Option<&str> {
    lexer::shared(after)
}

/// Whether persons are named, before whom 人 is often left out: 惠及30万困难群众.
pub(super) fn names_persons(after: &str) -> bool {
    judge::names_persons(after)
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// True for a character that can write a number.
fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('①'..='⒇').contains(&c) || numeral::is_one(c)
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The figures of `text`, joined by spaces.
    fn figures(text: &str) -> String {
        let found = scan(text).into_iter().filter(|n| n.kind == NumberKind::Figure);
        found.map(|n| n.text).collect::<Vec<_>>().join(" ")
    }

    /// The numbers of `text` that are no facts, each with its reason.
    fn typed(text: &str) -> String {
        let found = scan(text).into_iter().filter_map(|n| match n.kind {
            NumberKind::Typed(why) => Some(format!("{}={why}", n.text)),
            NumberKind::Figure => None,
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
            ("吞吐6万标箱，接种3.5万剂次，统防8万亩次", "6万标箱 3.5万剂次 8万亩次"),
            ("用能40万吨标准煤，最高38.5℃，噪声52.4分贝", "40万吨标准煤 38.5℃ 52.4分贝"),
            ("流量860立方米每秒，水渠宽1.2m", "860立方米每秒 1.2m"),
            ("低保540元/人·月，电价5分/千瓦时", "540元/人·月 5分/千瓦时"),
            ("组建6支队伍，口罩95个，完成3项目标", "6支 95个 3项"),
            ("12家电商，20人工作专班，3项目前在建", "12家 20人 3项"),
            ("可付9.5个月，人均受教育11.2年", "9.5个月 11.2年"),
            ("支出43.5 亿元，清运30 余吨，15 万人", "43.5 亿元 30 余吨 15 万人"),
            ("增收5 9亿元，投入69. 5万元，增6 .4%", "5 9亿元 69. 5万元 6 .4%"),
            ("３２０人，投入３．５万元，达９８％", "３２０人 ３．５万元 ９８％"),
            ("接待86批（次）、3人（男2人，女1人）", "86批 3人 2人 1人"),
            ("4万亿、5万亿两级跳，连续6届获奖", "4万亿 5万亿 6届"),
            ("1.5公里道路\n3.5亿元项目", "1.5公里 3.5亿元"),
            ("共检测 6 家实验室，开展 12 轮检测", "6 家 12 轮"),
            ("增值税 2864 1520 88.4% 个人所得税 35 12", "2864 1520 88.4% 35 12"),
            (
                "参会19 800人，约12 300户，投资1\u{2009}200\u{2009}300元",
                "19 800人 约12 300户 1\u{2009}200\u{2009}300元",
            ),
            ("东坪 120 350 教育 12 300 人社", "120 350 12 300"),
            ("修路两公里半，用时3个半小时，整修2公里半山路", "两公里半 3个半小时 2公里"),
            ("廿三户搬迁，修路2．5公里，腊月廿三", "廿三户 2．5公里"),
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
            ("走访百余家，流转千余亩，提高2个多百分点", "百余家 千余亩 2个多百分点"),
            ("签约87个，节约3万元，最近3次", "87个 3万元 3次"),
            ("突破亿元大关，建成万亩茶园", "亿元"),
            ("突破百亿大关，惠及数百万群众，千亿级园区", "百亿 数百万"),
            ("反超2个百分点，接近300人，约定3条", "2个百分点 300人 3条"),
            ("不超过5万元，增长两倍多，八成以上，7成以上", "5万元 两倍多 八成以上 7成以上"),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_ratios_and_fractions_are_one_figure() {
        for (text, expected) in [
            ("选派3至5名，增收300—400元", "3至5名 300—400元"),
            ("由26.4:38.1:35.5调整", "26.4:38.1:35.5"),
            ("由上年的21:50:29调整为20:51:29", "21:50:29 20:51:29"),
            ("占三分之一，百分之六十，近四成，一半以上", "三分之一 百分之六十 近四成 一半以上"),
            ("由82.4%提高到91.3%", "82.4% 91.3%"),
            ("翻一番，翻了近两番，是上年的2.3倍", "一番 近两番 2.3倍"),
            ("奖8000元至1.2万元，补1200—1500元", "8000元至1.2万元 1200—1500元"),
            ("由100户增加50户到150户", "100户 50户 150户"),
            ("派30人到12个村，从5个到8个，从2%到3%", "30人 12个 5个 8个 2% 3%"),
            ("占全国1/3以上，约3分之1，收入比2.4∶1左右", "1/3以上 约3分之1 2.4∶1左右"),
            ("三四个，七八百人，十七八家", "三四个 七八百人 十七八家"),
            ("分别为12、9和15件，提高1.5、-0.4个百分点", "12 9 15件 1.5 -0.4个百分点"),
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
            ("召开会议一次，新建厕所一座，增长一倍", "一次 一座 一倍"),
            ("两部分内容，三方面工作，四部门发文", ""),
            ("举办培训班三期，污水厂二期，一期投产", "三期"),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_is_a_figure_only_where_it_was_reached() {
        for (text, expected) in [
            ("位居全市第3位，名列第三，考核全县第一", "第3位 第三 第一"),
            ("由第12位升至第7位，增速居全省第5、第8", "第12位 第7位 第5 第8"),
            ("获团体第二名，位列全市前三，跻身全球第三大港", "第二名 前三 第三"),
            ("总量居西部首位，满意度位居榜首，摆在首位，首位产业", "首位 榜首"),
            ("考核列全市末位，居各镇之首，末位淘汰，世界之首都", "末位 之首"),
            ("力争进入前三，确保排名第一，推进第二通道", ""),
            ("稳居第一方阵，第八代表团，获评第三批示范村", ""),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
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
    fn dates_codes_and_masks_come_in_many_forms() {
        for (text, expected) in [
            ("2016-2020年，2021—2022学年", "2016-2020年=年份 2021—2022学年=年份"),
            ("2019、2020年，赢得2025杯", "2019、2020年=年份 2025=年份"),
            ("5、6、9月份，8月12、13日", "5、6、9月份=日期 8月12、13日=日期"),
            ("6月24—27日，2023 年 5 月 1 日", "6月24—27日=日期 2023 年 5 月 1 日=年份"),
            ("18:00、7月1日", "18:00=日期 7月1日=日期"),
            ("早8点，09:02:33", "8点=日期 09:02:33=日期"),
            ("1.2×10⁸吨，3又1/2亩，³√27", "1.2×10⁸=数学写法 3又1/2=数学写法 ³√27=数学写法"),
            ("20__年5月2日，200*年", "20__年5月2日=缺数占位 200*年=缺数占位"),
            ("二00*年，七人制球赛", "二00*年=缺数占位 七人制=名称"),
            ("x.5%，3*个，2**万元", "x.5%=缺数占位 3*个=缺数占位 2**万元=缺数占位"),
            ("（2010）18号，（2023）云01民初12号", "（2010）18号=文号 （2023）云01民初12号=文号"),
            ("五届三次、四次全会，市委六次全会", "五届三次、四次全会=届次 六次=届次"),
            ("注［12］", "［12］=序号"),
            ("1.1 总则", "1.1=序号"),
            ("2.2026年\n3.2025年", "2.=序号 2026年=年份 3.=序号 2025年=年份"),
            ("；2、种养，3）加工", "2、=序号 3）=序号"),
            ("电话400-123-4567，账号62220000111122", "400-123-4567=编号 62220000111122=编号"),
        ] {
            assert_eq!(typed(text), expected, "{text}");
            assert_eq!(figures(text), "", "{text}");
        }
    }

    #[test]
    fn names_and_levels_are_no_figures() {
        for (text, expected) in [
            ("国道318旁，G60、331国道", "318=名称 60=名称 331=名称"),
            ("拨打110，12315热线，12355服务台", "110=名称 12315=名称 12355=名称"),
            ("3456工程，“135”战略，1+3+N模式", "3456=名称 “135”=名称 1+3+N=名称"),
            ("3·15活动，7×24小时，4K、2.0版", "3·15=名称 7×24小时=名称 4K=名称 2.0版=名称"),
            ("数字政府2.0，歼-35，ISO 9001认证", "2.0=名称 -35=名称 9001=名称"),
            ("世界500强，百强县，8—9级风，6.2级", "500强=名称 百强=名称 8—9级=名称 6.2级=名称"),
            ("建成7、8号线，东坪村3组", "7、8号=名称 3组=名称"),
            ("两项补贴，三类户，四个不摘", "两项=名称 三类=名称 四个=名称"),
            ("一等奖，三等功，二期工程，二轮承包", "一等奖=序号 三等功=序号 二期工程=序号 二轮=序号"),
            ("三台县，五台山，三门核电", "三台县=地名 五台山=地名 三门核电=地名"),
        ] {
            assert_eq!(typed(text), expected, "{text}");
            assert_eq!(figures(text), "", "{text}");
        }
    }

    #[test]
    fn thresholds_and_rules_are_told_from_results() {
        for (text, facts, others) in [
            ("纳税超百万元的企业2家", "2家", "超百万元=标准"),
            ("存栏100头以上的养殖户，50亩以上12户", "12户", "100头以上=标准 50亩以上=标准"),
            ("300户以上的村庄，600分以上", "", "300户以上=标准 600分以上=标准"),
            ("年满18周岁，60周岁及以上老人", "", "18周岁=标准 60周岁及以上=标准"),
            ("寿命提高1岁以上，争取100个以上项目，90%以上的群众", "1岁以上 100个以上 90%以上", ""),
            ("每年走访群众3000人次，每天发车86班次", "3000人次 86班次", ""),
            ("每10户设1名网格员，5个工作日内办结", "1名", "10户=常规安排 5个=常规安排"),
            ("每万人3.2件，每千人4批次", "3.2件 4批次", ""),
            ("三个项目全面开工，日降水≥50毫米", "三个", "50毫米=标准"),
            ("排名前20名的村，位列全省前10名", "前10名", "前20名=序号"),
        ] {
            assert_eq!(figures(text), facts, "{text}");
            assert_eq!(typed(text), others, "{text}");
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
            "新一轮改革，走出一条新路，交出一份答卷，一件接着一件，红十字会",
            "每一份收入，补上这一课，说一件、干一件，铁人三项",
            "零部件，零售，两位数增长，三五成群，村两成员，一刻钟",
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
        fn any_row_of_numerals_is_scanned(text in "[0-9０-９一二十百万亿第届次年月日至—.,:/ xX“”《》、约近超过不多余个元%零分之成岁每前首位号]{0,60}") {
            prop_assert!(lies_in_order(&text));
        }

        #[test]
        fn what_is_written_holds_an_amount_whole(n in 1u32..99_999_999, unit in "(人|户|万元|亩|件|％|%)") {
            for amount in [format!("{n}{unit}"), format!("{}.{}{unit}", n / 10, n % 10)] {
                for text in [amount.clone(), format!("共有{amount}，其余不变")] {
                    let spans = written(&text);
                    prop_assert!(spans.iter().any(|span| text[span.clone()] == amount), "{} {:?}", text, spans);
                }
            }
        }

        #[test]
        fn an_amount_is_found_whole(n in 1u32..99_999_999, unit in "(人|户|万元|亩|件)") {
            let amount = format!("{n}{unit}");
            prop_assert_eq!(figures(&format!("共有{amount}，其余不变")), amount);
        }
    }
}
