//! A difference of percentages in per cent.

use super::super::prelude::*;
use super::change::{self, Change};
use super::reading::{self, Exact};
use crate::zh::number::plain;

/// Terms of statistics: percentages differ by 百分点; per cent is a change relative to the old value.
pub(super) const RULE: Rule = Rule::prose("num-point", Level::Error, run);

/// What is told in per cent itself, so that its changes are told in points.
const RATES: &str = "增速|增幅|增长率|占比|比重|覆盖率|普及率|合格率|满意率|满意度|城镇化率|绿化率|硬化率|亮化率|机械化率|转化率|净化率|老龄化率|入学率|升学率|巩固率|\
    参保率|参合率|就业率|失业率|优良率|达标率|利用率|签约率|办结率|办理率|知晓率|自给率|负债率|贡献率|\
    成功率|完成率|整改率|通过率|及格率|优秀率|出勤率|到课率|入户率|接种率|到位率|兑现率|化解率|良种率|\
    支持率|参与率|回收率|毛利率|利润率|空置率|入住率|普及面|覆盖面";

/// 覆盖率比上年提高5%.
static RATE: Pattern = Pattern::made(|| {
    format!(
        "(?:{RATES})(?:(?:达|为|达到|是|由|在)?[0-9.]+[%％][，,]?)?\
         (?:[比较](?:上年|去年|前年|上一年度?|年初|上月|上季度|上届|[0-9]{{4}}年|“十[一二三四五]五”|同期)(?:全年|同期|末|底|度)?|同比|环比|也|又|均|分别|有所|平均|共|累计|预计|总体|年均|全[年镇乡县市])*\
         (?P<verb>提高|上升|提升|下降|降低|回落|加快|放缓|减缓|收窄|扩大|增长|增加|减少|上涨|高出|多)了?\
         (?:约|近|超过|超)?(?P<points>[0-9]+(?:\\.[0-9]+)?)[%％](?P<right>个百分点)?"
    )
});

/// 增长8.5%，高于全县2.3%.
static ABOVE: Pattern = Pattern::new(
    "(?:(?:增速|增幅|增长率|率)[^，。；,;0-9]{0,6}|[0-9][%％][，,])\
         (?P<verb>(?:高于|低于|快于|慢于|高出|超出|领先|落后)(?:全[县市省国区州镇乡]|平均|同期|上年|去年|水平|增速|增幅|年度|预期|目标|计划|规上|同类)+)\
         (?P<points>[0-9]+(?:\\.[0-9]+)?)[%％](?P<right>的)?",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut said = Vec::new();
        for change in change::changes(text, &reading::exact(line)) {
            let Some(points) = points(&change) else { continue };
            let span = change.span();
            let message = format!("“{}”是两个百分数相减，变化量写成了百分数", &text[span.clone()]);
            let hint = format!("百分数之差用“个百分点”，请改成“{points}个百分点”");
            found.at(&prose.source, reading::place(line, span.clone()), message, hint);
            said.push(span);
        }
        wording(prose, line, text, &said, found);
    }
}

/// Says where a rate is said to change in per cent, without its two ends.
fn wording(prose: &Prose, line: &ProseLine, text: &str, said: &[Range<usize>], found: &mut Findings<'_>) {
    for groups in [&RATE, &ABOVE].into_iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let Some(hit) = groups.get(0).map(|hit| hit.range()) else { continue };
        let known = said.iter().any(|span| span.start < hit.end && hit.start < span.end);
        let right = groups.name("right").is_some() || grown(&text[hit.clone()]);
        if known || right || line.is_quoted(&hit) {
            continue;
        }
        let [verb, points] =
            ["verb", "points"].map(|name| groups.name(name).map_or("", |part| part.as_str()));
        let message = format!("“{}”里比率的升降写成了百分数", &text[hit.clone()]);
        let hint = format!("百分数之差用“个百分点”，请写成“{verb}{points}个百分点”");
        found.at(&prose.source, reading::place(line, hit), message, hint);
    }
}

/// The difference in points, where it is given in per cent and is no rate of rates either.
fn points(change: &Change) -> Option<String> {
    let by = change.by.as_ref()?;
    let percents = [&change.from, &change.to, by].iter().all(|figure| figure.base() == "%");
    (percents && !relative(change, by)).then(|| plain(change.difference()))
}

/// Whether the stated change is the change relative to the old value.
fn relative(change: &Change, by: &Exact) -> bool {
    let (Some(rate), Some(slack)) = (change.rate(), change.slack(by.step())) else { return false };
    (rate - by.value()).abs() <= slack && (change.difference() - by.value()).abs() > by.step()
}

/// 占比35%，同比增长8%: what grew is the amount, not its share.
fn grown(words: &str) -> bool {
    let share = words.starts_with("占比") || words.starts_with("比重") || words.starts_with("贡献率");
    let amount = ["增长", "增加", "减少", "下降"].iter().any(|verb| words.contains(verb));
    share && amount && words.contains(['，', ','])
}
