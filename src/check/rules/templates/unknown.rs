//! Facts that a template uses and no year has.

use super::super::prelude::*;
use crate::diag::nearest;
use crate::facts;
use crate::template::known;

/// Every fact of a template is in the registry or in a fact file, and was filled in once.
pub(super) const RULE: Rule = Rule::templates("tpl-unknown", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let figures = project.figures;
    let facts = figures.facts();
    for (path, place, loops) in project.templates.named() {
        if !known(figures, path, loops) {
            let hint = match nearest(path, figures.paths()) {
                Some(near) => format!("是不是想写“{near}”？"),
                None => "请先在 facts/指标.yaml 和事实文件里写上它，或核对名称".to_owned(),
            };
            found.say(place, format!("没有“{path}”这个指标"), hint);
        } else if facts.registry.indicators.get(path).is_some_and(|indicator| indicator.formula.is_none())
            && !figures.is_written(path)
        {
            let hint = format!("请在 {} 填写它，或从模板里删去", facts::file(project.figures.period()));
            found.say(place, format!("“{path}”登记了，但没有一年的事实文件写它"), hint);
        }
    }
}
