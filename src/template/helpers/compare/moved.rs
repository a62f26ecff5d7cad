//! 增速变化: how a rate of growth moved: 增幅扩大1.2个百分点, 降幅收窄, 由下降1.2%转为增长0.8%.

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::pair::{left_out, pair};
use crate::figures::{Figure, mismatch};
use crate::template::call::Call;
use crate::template::helpers::Outcome;
use crate::template::helpers::gap::{rate_of, size, without_sign};

/// `{{增速变化 增速}}` against the year before, `{{增速变化 增速 另一个}}` against another rate.
pub(in crate::template::helpers) fn moved(call: &Call<'_, '_>) -> Outcome {
    let (new, old, usual) = if call.len() > 1 {
        (rate_of(call, 0)?, rate_of(call, 1)?, String::new())
    } else {
        rate_of(call, 0)?;
        let Some(pair) = pair(call, 0)? else { return left_out(call, 0) };
        (Arc::clone(&pair.new), Arc::clone(&pair.old), format!("比{}", pair.base_words()))
    };
    if !new.amount.is_exact() || !old.amount.is_exact() {
        let message = format!("{}和{}里有约数，说不出增幅变化多少，这句没有写出", new.text, old.text);
        return Ok(call.vanish(message, "请在事实文件里填写准确的增速，或删去这句"));
    }
    let front = call.words_or("前", &usual)?;
    let moved =
        Moved { base: ["比", "较"].iter().find_map(|word| front.strip_prefix(word)), front: &front };
    let change = new.amount.minus(&old.amount).map_err(|problem| mismatch(&call.name_of(0), &problem))?;
    if sign(&old) != sign(&new) {
        return moved.turned(call, &old, &new);
    }
    let falls = sign(&new) == Ordering::Less;
    let noun = if falls { call.words_or("降幅", "降幅")? } else { call.words_or("增幅", "增幅")? };
    let from = [Arc::clone(&new), Arc::clone(&old)];
    if change.value.is_zero() {
        let usual = moved.base.map_or_else(|| "持平".to_owned(), |base| format!("与{base}持平"));
        let words = call.words_or("平", &format!("{noun}{usual}"))?;
        return Ok(call.mark_derived(&words, change, "与基期相等", &from));
    }
    let grows = (change.value > Decimal::ZERO) != falls;
    let verb = match (grows, falls) {
        (true, _) => call.words_or("扩大", "扩大")?,
        (false, true) => call.words_or("收窄", "收窄")?,
        (false, false) => call.words_or("回落", "回落")?,
    };
    let number = call.mark_derived(&size(call, &change)?, change, "增速变化", &from);
    Ok(format!("{noun}{front}{verb}{number}"))
}

fn sign(figure: &Figure) -> Ordering {
    figure.amount.value.cmp(&Decimal::ZERO)
}

/// What a movement is measured from, in words.
struct Moved<'f> {
    /// 比上年.
    front: &'f str,
    /// 上年.
    base: Option<&'f str>,
}

impl Moved<'_> {
    /// A rate that changed its sign.
    fn turned(&self, call: &Call<'_, '_>, old: &Arc<Figure>, new: &Arc<Figure>) -> Outcome {
        let parameter = match (sign(old), sign(new)) {
            (Ordering::Less, Ordering::Greater) => Some("转正"),
            (Ordering::Greater, Ordering::Less) => Some("转负"),
            _ => None,
        };
        let own = parameter.map(|name| call.words(name)).transpose()?.flatten();
        if let Some(words) = own {
            return Ok(call.mark_said(&words, &new.text, new.facts.clone(), "增速变化"));
        }
        let front = if self.base.is_some() { "" } else { self.front };
        let (old, new) = (way(call, old), way(call, new));
        Ok(format!("{front}由{}{old}转为{new}", self.base.unwrap_or_default()))
    }
}

/// 增长0.8%, 下降1.2%, 持平.
fn way(call: &Call<'_, '_>, figure: &Arc<Figure>) -> String {
    match sign(figure) {
        Ordering::Equal => call.mark("持平", figure),
        Ordering::Greater => format!("增长{}", call.mark(&figure.text, figure)),
        Ordering::Less => format!("下降{}", call.mark(&without_sign(figure), figure)),
    }
}
