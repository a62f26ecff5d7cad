//! Thousands separators.

use super::super::prelude::*;
use super::reading;

/// GB/T 15835-2011, 5.1.1, leaves them to the writer; 公文 do without.
pub(super) const RULE: Rule = Rule::prose("num-thousand", Level::Warning, run);

static GROUPED: Pattern = Pattern::new(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&GROUPED) {
        let (text, Some(hit)) = (prose.text(line), groups.get(0)) else { continue };
        let tied = |c: char| c.is_ascii_alphanumeric() || ",.第".contains(c);
        let whole = !before(text, hit.start()).is_some_and(tied)
            && !after(text, hit.end()).is_some_and(|c| c.is_ascii_alphanumeric() || c == ',');
        if whole && !reading::is_table(line, text) && !line.is_quoted(&hit.range()) {
            let right = hit.as_str().replace(',', "");
            let message = format!("“{}”用了千分撇", hit.as_str());
            let hint = format!("公文里的数字一般不加千分撇，请写成“{right}”，或者用“万”“亿”作单位");
            found.fix(&prose.source, reading::place(line, hit.range()), right, message, hint);
        }
    }
}
