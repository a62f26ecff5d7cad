//! Names that a template cannot write as they are.

use super::super::prelude::*;
use crate::template::helpers;

/// A name stands between braces in templates, where helpers, signs and blanks mean something else.
pub(super) const RULE: Rule = Rule::templates("tpl-name", Level::Warning, run);

/// Words of the language of templates that are no helpers.
const WORDS: [&str; 3] = ["else", "this", "指标"];
/// What ends a name, or means something in a tag.
const SIGNS: &str = "{}[]()\"'=#&*!~|,/\\@<>:;+%^`$?（）｛｝［］【】《》“”‘’，。；：、？！＝＃／\u{3000}";

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for indicator in project.figures.facts().registry.indicators.values() {
        let Some(place) = &indicator.place else { continue };
        let path = indicator.path.as_str();
        if let Some((message, hint)) = unwritable(path) {
            found.say(place, message, hint);
        }
    }
}

/// Why a name cannot be written as it is, and how it can.
fn unwritable(path: &str) -> Option<(String, String)> {
    if let Some(wrong) = with_sign(path) {
        return Some(wrong);
    }
    if path.contains(' ') {
        let written: Vec<String> = path.split('.').map(in_brackets).collect();
        let message = format!("“{path}”里有空格，模板里会被当成两样东西");
        return Some((message, format!("请把空格去掉；不改名的，模板里写成 {{{{{}}}}}", written.join("."))));
    }
    let is_word = helpers().any(|helper| helper.name == path) || WORDS.contains(&path);
    is_word.then(|| {
        let message = format!("“{path}”也是一种写法的名称，模板里写 {{{{{path}}}}} 取不到这个指标");
        (message, format!("模板里写成 {{{{[{path}]}}}}，或者把它放进一组里，例如 项目.{path}"))
    })
}

/// A name with a sign that no template can write.
fn with_sign(name: &str) -> Option<(String, String)> {
    let sign = name.chars().find(|c| SIGNS.contains(*c))?;
    let plain: String = name.chars().filter(|c| !SIGNS.contains(*c)).collect();
    let message = format!("“{name}”里有“{sign}”，模板的标签里写不了");
    Some((message, format!("请改名，例如“{plain}”；用“改名”来改，各年的事实和模板一起跟着改")))
}

/// A part of a name as a tag takes it.
fn in_brackets(part: &str) -> String {
    if part.contains(' ') { format!("[{part}]") } else { part.to_owned() }
}
