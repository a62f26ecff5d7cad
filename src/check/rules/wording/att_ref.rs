//! Attachments that a text names against those that it lists.

use super::super::prelude::*;
use super::super::punctuation::marks::place;
use crate::zh::number::numeral;

/// GB/T 9704-2012, 7.3.4: attachments are listed under the text and numbered in their order.
pub(super) const RULE: Rule = Rule::prose("doc-att-ref", Level::Error, run);

/// 附件：1.name, 附件2：name, and the page 附件1 itself.
static LISTED: Pattern = Pattern::new(
    "^[ 　]*附件[ 　]*([0-9]{1,2}|[一二三四五六七八九十]{1,2})?[ 　]*(?:[：:.．、][ 　]*(?:([0-9]{1,2})[.．、])?|[ 　]*$)",
);
static EMPTY: Pattern = Pattern::new("^[ 　]*(附件)[ 　]*[：:][ 　]*$");
static NEXT: Pattern = Pattern::new("^[ 　]*([0-9]{1,2})[.．、][ 　]*[^0-9]");
static NAMED: Pattern = Pattern::new(
    "(?:见|附|按照?|参照|如|填写|填报)(附件[ 　]*([0-9]{1,2}|[一二三四五六七八九十]{1,2})?)(?:[^0-9一二三四五六七八九十：:]|$)",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let mut hits = prose.matches(&NAMED).peekable();
    if hits.peek().is_none() && !LISTED.may_match(&prose.source.text) {
        return;
    }
    for (line, hit) in prose.matches(&EMPTY) {
        if let Some(words) = hit.get(1) {
            let span = place(line, &words.range());
            found.at(&prose.source, span, "“附件”后面没有名称", "请写上附件的名称，没有附件的就删去这一行");
        }
    }
    let listed = listed(prose, found);
    for (line, hit) in hits {
        let (Some(words), number) = (hit.get(1), hit.get(2).and_then(|digits| parse(digits.as_str()))) else {
            continue;
        };
        let span = place(line, &words.range());
        let most = listed.iter().max();
        let name = words.as_str();
        match (number, most) {
            _ if line.is_quoted(&words.range()) => {}
            (_, None) => {
                let message = format!("文中提到“{name}”，后面没有附件说明");
                found.at(&prose.source, span, message, "请在正文后面写“附件：名称”，没有附件的就删去这句话");
            }
            (Some(number), Some(most)) if number > *most => {
                let message = format!("文中提到“{name}”，附件只有{most}个");
                found.at(&prose.source, span, message, "请核对附件的序号，漏列的补上");
            }
            _ => {}
        }
    }
}

/// The numbers of the attachments that are listed; says where one is left out.
fn listed(prose: &Prose, found: &mut Findings<'_>) -> Vec<u64> {
    let mut numbers: Vec<u64> = Vec::new();
    let mut open = false;
    for (line, text) in prose.each() {
        let number = if let Some(hit) = LISTED.captures(text) {
            let digits = hit.get(2).or(hit.get(1));
            open = hit.get(2).is_some();
            Some((digits.and_then(|digits| parse(digits.as_str())).unwrap_or(1), digits))
        } else if let Some(hit) = NEXT.captures(text).filter(|_| open) {
            let digits = hit.get(1);
            digits.and_then(|digits| parse(digits.as_str())).map(|number| (number, digits))
        } else {
            open = false;
            None
        };
        let Some((number, digits)) = number else { continue };
        let last = numbers.last().copied();
        if let (Some(last), Some(digits)) = (last, digits)
            && number > last + 1
        {
            let message = format!("附件的序号从{last}跳到了{number}");
            found.at(&prose.source, place(line, &digits.range()), message, "请按1、2、3依次编号，漏列的补上");
        }
        numbers.push(number);
    }
    numbers
}

fn parse(digits: &str) -> Option<u64> {
    digits.parse().ok().or_else(|| numeral::parse(digits))
}
