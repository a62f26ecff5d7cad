//! A year that was left in: plans for the year that a report looks back at, headings of the year before.

use super::super::prelude::*;
use super::about::{self, Title};
use super::{dates, reading};
use crate::check::LineKind;

/// Reading: a report of another year was taken for a pattern, or the closing kept the number of the year that is over.
pub(super) const RULE: Rule = Rule::prose("num-year-left", Level::Warning, run);

/// Who is to do something, in front of the word that says so.
const WHO: &str = "(?:(?:我[们镇乡县市区局院校办村站所街][镇乡县市区局道]?|全[镇乡县市区校院局村](?:上下|人民|干部群众)?|全系统|镇?党委政?府?|镇?政府|支部|街道|本[镇乡县市区局院校村]|各[级村](?:各部门)?)[，,]?)";

/// What is said of a year that is to come, directly behind it.
static PLAN: Pattern = Pattern::made(|| {
    let ways = "继续|进一步|坚持|围绕|紧紧|紧扣|更加|着力|努力|不断|大力|加快|加大|扎实|切实|认真|深入|聚焦|重点|持续|积极|再接再厉|再创|按照|抓好|抓住|全力|始终|牢固|严格|以|在|突出|推进|推动|做好|立足|锚定|从|把|全面|一如既往|迎难|乘势|奋力|咬定|勇|用|贯彻|落实|发挥|强化|加强|做到|争取|完成|实施|启动|开展";
    format!(
        "^(?:度|全年)?[，,]?(?:{WHO}(?:还|也|仍|必|定)?(?:将|要(?:[^求]|$)|计划|打算|力争|决心|准备)|(?:还|仍)?(?:将|要)(?:{ways})|力争|打算|{WHO}?(?:继续|再接再厉|一如既往))"
    )
});

/// What tells that something was done, or is compared.
static DONE: Pattern =
    Pattern::new("了|已|取得|荣获|获评|实际|同比|[比较](?:上|去)年|圆满|完成率|达到?[0-9]");

/// What is said of a year only before it is over, or in general.
static AHEAD: Pattern =
    Pattern::new("将|要|计划|打算|目标|力争|确保|继续|下一步|必须|任务是|年(?:是|为|正值)");

/// 2024年工作打算 as a heading.
static PLANNED: Pattern = Pattern::new(
    "^年度?的?(?:重点|主要|总体)?(?:工作|发展)的?(?:初步)?(?:计划|打算|思路|安排|设想|目标|谋划|展望)(?:和[^，。]{0,8})?$",
);

/// 2023年工作回顾 as a heading.
static REVIEW: Pattern = Pattern::new(
    "^年度?的?(?:重点|主要|各项)?工作的?(?:回顾|总结|(?:完成|开展|落实|推进)?情况|(?:主要)?(?:成效|做法|亮点|特点))?$",
);

/// 现将2023年工作情况汇报如下, and what stands between the year and its end.
static OPENING: Pattern = Pattern::new(
    "^[^，。；：]{0,24}(?:情况|工作)[^，。；]{0,12}(?:报告|汇报|总结|小结)如下|^度?[，,][^。]{0,40}现将[^。]{0,20}(?:报告|汇报|总结|小结)如下",
);

/// A year that ends, and the next that comes.
static TURN: Pattern = Pattern::new(
    "([0-9]{4})年(?:即将|已经|就要|悄然)?(?:过去|结束|逝去|离去)[^。]{0,12}?[^0-9]([0-9]{4})年(?:正|即将|已经?|就要)?(?:向我们|悄然)?(?:走来|到来|来临|开启)",
);

/// What tells that a report is written before its year is over.
static PART: Pattern = Pattern::new(
    "上半年工作|截[至止](?:[1-9]|[一二三四五六七八九])月|1(?:月)?[-—–～至][2-9]月|前三季度|时间过半|年中",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let title = about::title(prose);
    let mut review = Review { title, years: Vec::new(), in_part: None };
    let mut reviewed = None;
    for (line, text) in prose.each() {
        turn(prose, line, text, found);
        match line.kind {
            LineKind::Heading(_) => headings(prose, line, text, title, &mut reviewed, found),
            _ if title == Title::Other => {}
            kind if kind.is_body() && !about::is_title(prose, line) => review.read(prose, line, text, found),
            _ => {}
        }
    }
}

/// Says of a heading that it plans the year that is over, or looks back at the year before.
fn headings(
    prose: &Prose,
    line: &ProseLine,
    text: &str,
    title: Title,
    reviewed: &mut Option<u32>,
    found: &mut Findings<'_>,
) {
    for date in dates::dates(text).into_iter().filter(|date| date.month.is_none()) {
        let Some(said) = date.year else { continue };
        let behind = &text[date.span.end - '年'.len_utf8()..];
        let review = REVIEW.is_match(behind);
        let wrong = if PLANNED.is_match(behind) && (title == Title::Back(said) || *reviewed == Some(said)) {
            format!("标题把{said}年写成了打算，前面总结的就是{said}年")
        } else if review && title == Title::Back(said + 1) {
            format!("标题写的是{said}年，这份报告总结的是{}年", said + 1)
        } else {
            *reviewed = if review { Some(said) } else { *reviewed };
            continue;
        };
        found.at(&prose.source, reading::place(line, date.span), wrong, COPIED);
    }
}

/// What to do about a year that was left in.
const COPIED: &str = "请核对年份，可能是照上年的稿子改漏了";

/// Says where the year that ends is the one that comes.
fn turn(prose: &Prose, line: &ProseLine, text: &str, found: &mut Findings<'_>) {
    for groups in TURN.captures_iter(text) {
        if let (Some(old), Some(new)) = (groups.get(1), groups.get(2))
            && old.as_str() == new.as_str()
        {
            let message = format!("过去的和到来的都写成了{}年", new.as_str());
            found.at(&prose.source, reading::place(line, new.range()), message, COPIED);
        }
    }
}

/// The years that a report has looked back at so far.
struct Review {
    title: Title,
    years: Vec<u32>,
    /// Whether it is written before its year is over, once that was asked.
    in_part: Option<bool>,
}

impl Review {
    /// Reads the sentences of a line that begin with a year.
    fn read(&mut self, prose: &Prose, line: &ProseLine, text: &str, found: &mut Findings<'_>) {
        for date in dates::dates(text).into_iter().filter(|date| date.month.is_none()) {
            let behind = &text[date.span.end..];
            self.opening(prose, line, text, &date, found);
            let Some(year) = date.year.filter(|_| begins(&text[..date.span.start])) else { continue };
            let sentence = behind.split(reading::ENDS).next().unwrap_or(behind);
            if self.planned(text, &date, sentence) {
                if self.years.contains(&year) && !self.is_in_part(prose) {
                    let message = format!("前面总结的就是{year}年，这里又把{year}年写成了打算");
                    let span = reading::place(line, date.span);
                    found.at(&prose.source, span, message, "请核对年份，是不是下一年");
                }
            } else if self.looks_back(&text[date.span.start..date.span.end + sentence.len()]) {
                self.years.push(year);
            }
        }
    }

    /// Says where a report is said to be of another year than its title says.
    fn opening(
        &self,
        prose: &Prose,
        line: &ProseLine,
        text: &str,
        date: &dates::Date,
        found: &mut Findings<'_>,
    ) {
        let (Title::Back(titled), Some(year)) = (self.title, date.year) else { return };
        let front = reading::since(text, date.span.start, &reading::STOPS);
        let said = ["现将", "现就", "就", "将", "现把"].iter().any(|word| front.starts_with(word))
            || front.is_empty();
        if said && year < titled && OPENING.is_match(&text[date.span.end..]) {
            let message = format!("题目写的是{titled}年，这里报告的却是{year}年");
            found.at(&prose.source, reading::place(line, date.span.clone()), message, COPIED);
        }
    }

    fn planned(&self, text: &str, date: &dates::Date, sentence: &str) -> bool {
        let hoped = text[..date.span.start].ends_with("展望");
        (hoped || PLAN.is_match(sentence)) && !DONE.is_match(sentence)
    }

    /// Whether a sentence tells of a year that is over; without a title it must say what was done.
    fn looks_back(&self, sentence: &str) -> bool {
        !AHEAD.is_match(sentence)
            && (self.title != Title::Unsaid || DONE.is_match(sentence) || sentence.contains("完成"))
    }

    fn is_in_part(&mut self, prose: &Prose) -> bool {
        *self.in_part.get_or_insert_with(|| PART.is_match(&prose.source.text))
    }
}

/// Whether a sentence begins behind these words.
fn begins(front: &str) -> bool {
    let front = ["展望", "在", "回顾"].iter().find_map(|word| front.strip_suffix(word)).unwrap_or(front);
    let front = front.trim_end_matches([' ', '　']);
    front.is_empty() || front.ends_with(reading::ENDS) || front.ends_with(['；', ';', '：', '，'])
}
