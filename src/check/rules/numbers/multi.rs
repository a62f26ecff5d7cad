//! A decrease in times.

use super::super::prelude::*;
use super::reading;

/// Usage: only an increase is told in times; nothing shrinks by more than itself.
pub(super) const RULE: Rule = Rule::prose("num-multi", Level::Error, run);

static TIMES: Pattern = Pattern::new(
    "(下降|减少|降低|缩短|缩小|减小|减轻|减弱|削减|缩减|压减|压缩|萎缩|回落|下滑|下跌|节约|节省|减缓|放缓|降了|减了|跌了|少了|低了|短了|慢了|小了)了?\
         ([^，。；：、,;]{0,12}?)([0-9]+(?:\\.[0-9]+)?|[一二两三四五六七八九十百数几]+|成|若干)(多|余)?倍",
);

static SHARE: Pattern = Pattern::new(
    "(下降|减少|降低|缩短|缩小|削减|压减|回落|下滑|节约)了?(?:约|近|超过|超|达|达到)?([0-9]+)(?:\\.[0-9]+)?[%％]",
);

static COMPARED: Pattern = Pattern::new(
    "比[^，。；：、,;]{0,11}?[^减缩降压省节变，。；：、,;](低|少|小|慢|短|轻|矮|浅)(?:了)?([0-9]+(?:\\.[0-9]+)?|[一二两三四五六七八九十几]+)倍",
);

/// What between verb and number makes the times something else: 下降到原来的0.5倍.
const OTHERWISE: [&str; 12] =
    ["到", "至", "为", "是", "增", "升", "提高", "扩大", "相当", "翻", "多了", "的"];

/// What may fall by more than itself.
const SIGNED: [&str; 6] = ["利润", "收益", "顺差", "结余", "净", "效益"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for pattern in [&TIMES, &COMPARED] {
        for (line, groups) in prose.matches(pattern) {
            let Some(hit) = groups.get(0).filter(|hit| !line.is_quoted(&hit.range())) else { continue };
            let between = groups.get(2).map_or("", |between| between.as_str());
            let between = ["原来的", "上年的", "去年的", "过去的"]
                .iter()
                .fold(between.to_owned(), |rest, own| rest.replace(own, ""));
            if !OTHERWISE.iter().any(|word| between.contains(word)) {
                let message = format!("“{}”用倍数说减少", hit.as_str());
                let hint = "减少不用倍数，请改用百分数或分数，如“下降50%”“减少到原来的1/3”";
                found.at(&prose.source, reading::place(line, hit.range()), message, hint);
            }
        }
    }
    share(prose, found);
}

/// 下降120%.
fn share(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&SHARE) {
        let (Some(hit), Some(number)) = (groups.get(0), groups.get(2)) else { continue };
        let sentence = reading::since(prose.text(line), hit.start(), &reading::ENDS);
        let over = hit.as_str().contains('.') || number.as_str() != "100";
        let over = over && number.as_str().parse::<u64>().is_ok_and(|value| value >= 100);
        if over && !SIGNED.iter().any(|word| sentence.contains(word)) && !line.is_quoted(&hit.range()) {
            let message = format!("“{}”减少的幅度超过了100%", hit.as_str());
            let hint = "减少最多是100%，请核对数字，写成“下降x%”或“减少到原来的x%”";
            found.at(&prose.source, reading::place(line, hit.range()), message, hint);
        }
    }
}
