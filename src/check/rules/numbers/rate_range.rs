//! A rate above 100% that cannot be.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::reading;
use crate::zh::number::number_of;

/// Arithmetic: a part is not more than the whole.
pub(super) const RULE: Rule = Rule::prose("num-rate-range", Level::Warning, run);

/// Rates of a part in a whole. 完成率, 毛入学率 and 增长率 may pass 100%.
const RATES: &str = "合格率|满意率|满意度|覆盖率|覆盖面|参保率|参合率|办结率|办复率|普及率|知晓率|整改率|达标率|优良率|就业率|签约率|参与率|见面率|答复率|回复率|化解率|接种率|绿化率|出勤率|到会率|及格率|升学率|通过率|建档率|持证率|入户率|硬化率|通水率|通电率|通车率|入学率|成功率|办理率|反馈率|响应率|处置率|安置率|登记率|公开率|销号率|优秀率|到课率|支持率|回收率|普查率|受益率|好评率|上线率|安装率|占比|比重";

static RATE: Pattern = Pattern::made(|| {
    format!(
        "(?:(?P<rate>{RATES})|占(?:全[镇乡县市村部体]|总))[^，。；、,;0-9]*?(?P<number>[0-9]{{3,}}(?:\\.[0-9]+)?)[%％](?P<above>以上)?"
    )
});

/// The longest stretch between rate and number, in bytes.
const NEAR: usize = 42;

/// What between rate and number makes the number something else.
const OTHERWISE: [&str; 12] =
    ["增", "升", "比", "较", "任务", "目标", "计划", "预算", "完成", "提高", "为上年", "平均"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&RATE) {
        let (Some(hit), Some(number)) = (groups.get(0), groups.name("number")) else { continue };
        let above = groups.name("above").is_some() || hit.as_str().contains("超过");
        let value = number_of(number.as_str()).unwrap_or_default();
        let impossible = value > Decimal::ONE_HUNDRED || above && value == Decimal::ONE_HUNDRED;
        let words = groups.name("rate").map_or(hit.start(), |rate| rate.end());
        let words = &prose.text(line)[words..number.start()];
        let gross = before(prose.text(line), hit.start()) == Some('毛');
        let otherwise =
            OTHERWISE.iter().any(|word| words.contains(word) && !(*word == "比" && words.starts_with('比')));
        let near = words.len() <= NEAR;
        if near && impossible && !gross && !otherwise && !line.is_quoted(&hit.range()) {
            let message = format!("“{}”超过了100%", hit.as_str());
            let hint = "部分不会多于全部，请核对数字，写成不大于100%的数";
            found.at(&prose.source, reading::place(line, number.start()..hit.end()), message, hint);
        }
    }
}
