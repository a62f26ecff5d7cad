//! 同比, 环比: this year against an earlier one, a month against the one before, as a rate, an amount, from–to or a multiple; 增速变化: a rate against another.

mod moved;
mod pair;
mod rate;
mod several;
mod times;

use super::{Outcome, gap};
use crate::figures::Trouble;
use crate::template::call::Call;
pub(super) use moved::moved;
use pair::{given_growth, left_out, pair};

const FORMS: [&str; 9] = ["率", "量", "自动", "由到", "倍", "增倍", "翻番", "年均", "进退"];

/// `{{同比 X …}}`
pub(super) fn compare(call: &Call<'_, '_>) -> Outcome {
    let form = call.choice("式", &FORMS)?.unwrap_or("率");
    if call.session.window().is_some() {
        return Err(Trouble::wrong(
            "compare-in-window",
            "时段块里不能用“同比”",
            "请把“同比”移到 {{#近 …}} 块的外面，它比较的是本年与上年",
        ));
    }
    if call.len() > 1 {
        return several::several(call, form);
    }
    if let ("率" | "自动", Some(growth)) = (form, given_growth(call, 0)?) {
        return gap::said(call, &growth, &call.words_or("前", "同比")?);
    }
    let Some(pair) = pair(call, 0)? else { return left_out(call, 0) };
    match form {
        "进退" => rate::by_places(call, &pair),
        "率" | "量" | "自动" if pair.is_rank() => rate::by_rank(call, &pair),
        "由到" => rate::from_to(call, &pair),
        "率" => rate::by_rate(call, &pair),
        "量" => rate::by_amount(call, &pair),
        "自动" => rate::as_fits(call, &pair),
        _ if pair.is_rank() => Err(no_multiple_of_a_rank(&pair.name)),
        "倍" => times::times(call, &pair),
        "增倍" => times::more_times(call, &pair),
        "翻番" => times::doubled(call, &pair),
        _ => times::yearly(call, &pair),
    }
}

fn no_multiple_of_a_rank(name: &str) -> Trouble {
    Trouble::wrong(
        "wrong-choice",
        format!("“{name}”是名次，不能说倍数、翻番或年均增长"),
        "请去掉 式=，印成“比上年上升2位”，或用 式=\"由到\"",
    )
}
