//! 指标 (a fact by its path)、字符、序号、预计.

use std::sync::Arc;

use super::Outcome;
use crate::figures::{Cited, Trail, Trouble};
use crate::marked::is_foreign;
use crate::template::call::Call;
use crate::template::session::Said;
use crate::zh::number::numeral;

/// `{{委员.总数}}`: a fact as it is written.
pub(super) fn fact(call: &Call<'_, '_>) -> Outcome {
    let said = call.session.resolve(call.site)?;
    match said {
        Said::Figure(figure) => Ok(call.mark(&figure.text, &figure)),
        Said::Words(text, from) if text.contains('\n') => Ok(paragraphs(call, &text, &from)),
        Said::Words(text, from) => call.mark_text(&text, from, "事实"),
        Said::Date(date, from) => Ok(call.mark_words(&date.to_string(), vec![from], "事实")),
        Said::List(items, from) => call.mark_text(&items.join("、"), vec![from], "名单"),
        Said::Typed(text) => Ok(text),
        Said::Ledger(_) => Err(Trouble::wrong(
            "ledger-as-word",
            "台账不能直接写进句子",
            "请用 合计、计数、列举、表 或 {{#each 台账 as |行|}}",
        )),
    }
}

/// A text of several paragraphs, each with its mark; the document parts paragraphs by blank lines.
fn paragraphs(call: &Call<'_, '_>, text: &str, from: &Cited) -> String {
    let mark = |line| {
        let trail = Trail::of_words(line, "事实", from.clone());
        call.session.mark_paragraph(call.site, line, Arc::new(trail))
    };
    text.lines().map(mark).collect::<Vec<_>>().join("\n\n")
}

/// `{{字符 "7B"}}`: a character by its hexadecimal code, where it would be taken for a mark of the template.
pub(super) fn character(call: &Call<'_, '_>) -> Outcome {
    let wrong = || {
        Trouble::wrong(
            "wrong-character",
            "“字符”后面要写一个字符的编码",
            "例如 {{字符 \"7B\"}} 印出 {；别的字符直接写就行",
        )
    };
    let Said::Typed(code) = call.said(0)? else { return Err(wrong()) };
    let c = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
    c.filter(|c| !c.is_control() && !is_foreign(*c)).map(String::from).ok_or_else(wrong)
}

/// `{{序号}}` inside `#each`: 一、二、三; `样式="数"` gives 1, 2, 3.
pub(super) fn serial(call: &Call<'_, '_>) -> Outcome {
    let (at, _) = call.session.turn().ok_or_else(|| {
        Trouble::wrong("outside-loop", "“序号”不在 {{#each}} 里", "请移到 {{#each}} 与 {{/each}} 之间")
    })?;
    let number = at as u64 + 1;
    Ok(match call.choice("样式", &["汉字", "数"])? {
        Some("数") => number.to_string(),
        _ => numeral::count(number),
    })
}

/// `{{预计 X}}`: 预计 where the fact is a forecast, else nothing.
pub(super) fn forecast(call: &Call<'_, '_>) -> Outcome {
    let figure = call.figure(0)?;
    if figure.estimate { call.words_or("词", "预计") } else { Ok(String::new()) }
}
