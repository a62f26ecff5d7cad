//! The year and the number of a document number.

use super::super::prelude::*;
use super::marks::{part, place};

/// GB/T 9704-2012, 7.2.5: the year in full within 〔〕, the number without 第 and without leading zeros.
pub(super) const RULE: Rule = Rule::prose("pun-bracket-no", Level::Error, run);

static NUMBER: Pattern = Pattern::new(
    "([\\[［(（【〔﹝〈《<{｛])[ 　]?([12][0-9xX×*○]{3})(年?)[ 　]?\
         ([\\]］)）】〕﹞〉》>}｝])([ 　]?第?[ 　]?)(0*)([0-9xX×*]+)[ 　]?号([楼院线井库桥坝馆])?",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&NUMBER) {
        let right = format!("〔{}〕{}号", &hit[2], &hit[7]);
        let building = hit.get(8).is_some() || !hit[3].is_empty() && "(（".contains(&hit[1]);
        if hit[0] == right || building {
            continue;
        }
        let message = format!("发文字号“{}”写法不对", &hit[0]);
        let why = if &hit[1] != "〔" || &hit[4] != "〕" {
            "年份用六角括号"
        } else if hit[5].contains('第') || !hit[6].is_empty() {
            "序号不加“第”，不编虚位"
        } else {
            "中间不空格、不加“年”"
        };
        let hint = format!("请写成“{right}”，{why}");
        found.fix(&prose.source, place(line, &part(&hit, 0)), right, message, hint);
    }
}
