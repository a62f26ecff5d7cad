//! Thousands separators as full-width commas.

use super::super::prelude::*;
use super::reading;

/// GB/T 15835-2011, 5.1.1: a comma in a number is half-width; a full-width one splits it in two.
pub(super) const RULE: Rule = Rule::prose("num-thousand-wide", Level::Error, run);

static GROUPED: Pattern = Pattern::new(
    r"([1-9][0-9]{0,2}(?:，[0-9]{3})+(?:\.[0-9]+)?)[余多]?[万亿]?(?:元|人|户|名|亩|件|册|份|株|次|公斤|吨|斤|只|头|平方|立方|公里|米|美元|千瓦)",
);

/// Before a number without a unit: 得分98，120人参加.
const UNITLESS: [&str; 12] =
    ["分", "分为", "第", "编号", "为", "率", "指数", "系数", "电话", "热线", "居", "列"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&GROUPED) {
        let (text, Some(number)) = (prose.text(line), groups.get(1)) else { continue };
        let tied =
            before(text, number.start()).is_some_and(|c| c.is_ascii_alphanumeric() || ".，、:：".contains(c));
        let ends = UNITLESS.iter().any(|word| text[..number.start()].ends_with(word));
        if tied || ends && number.as_str().matches('，').count() < 2 || line.is_quoted(&number.range()) {
            continue;
        }
        let right = number.as_str().replace('，', "");
        let message = format!("“{}”用全角逗号作千分撇，一个数断成了两截", number.as_str());
        let span = reading::place(line, number.range());
        found.fix(&prose.source, span, right.clone(), message, format!("请去掉逗号，写成“{right}”"));
    }
}
