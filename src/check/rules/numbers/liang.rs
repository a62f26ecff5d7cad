//! 二 where 两 is said, and 两 where 二 is.

use super::super::prelude::*;
use super::reading;

/// Usage: 两 before measure words, 二 in ordinals and grades.
pub(super) const RULE: Rule = Rule::prose("num-liang", Level::Hint, run);

static WORDS: Pattern = Pattern::new(
    "(二)(?:个|人(?:[，。；、]|参|被|均|已|受|到|负)|名|位|户|家|件|项|条|座|处|种|辆|台|天|只|头|份|本|公里|倍|间|栋|所|根|棵|篇|封|块|张|岁|场|张|成(?:以上|左右|多|的))|\
         (?:^|[^县乡镇村市省区州国社])(两)级(?:应急响应|响应|预警|警报|伤残|残疾|甲等|保护动物)|\
         第(两)[个名次批位期届轮]|十(两)[个名次户人件家]|(两)月份|(两)等奖",
);

/// What makes another number of 二, or a set phrase.
const TIED: &str = "第十百千万零〇一三四五六七八九初周期老廿卅";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&WORDS) {
        let text = prose.text(line);
        let (Some(whole), Some(word)) = (groups.get(0), groups.iter().skip(1).flatten().next()) else {
            continue;
        };
        let two = word.as_str() == "二";
        let tied = two && before(text, word.start()).is_some_and(|c| TIED.contains(c) || c.is_ascii_digit());
        if tied || line.is_quoted(&word.range()) {
            continue;
        }
        let right = if two { "两" } else { "二" };
        let wrong = &text[word.start()..whole.end()];
        let wrong = if wrong.starts_with("二人") { "二人" } else { wrong };
        let message = format!("“{wrong}”里的“{}”习惯说“{right}”", word.as_str());
        let hint = format!("请写成“{}”", wrong.replacen(word.as_str(), right, 1));
        found.at(&prose.source, reading::place(line, word.range()), message, hint);
    }
}
