//! How a table of a ledger looks: the widths of its columns, how they are set, its notes, a page on its side.

use crate::document::tables::{Marks, NOTE, is_note};
use crate::figures::Trouble;
use crate::template::call::Call;

/// Widest column, in characters.
const WIDEST: usize = 40;

/// What `横排=` and `列宽=` ask for.
pub(super) fn marks(call: &Call<'_, '_>, columns: &[String]) -> Result<Marks, Trouble> {
    let landscape = call.choice("横排", &["是", "否"])? == Some("是");
    let Some(words) = call.words("列宽")? else { return Ok(Marks { landscape, widths: Vec::new() }) };
    let mut widths = vec![0; columns.len()];
    for (at, width) in each(&words, columns)
        .map_err(|part| wrong("列宽", &part, "列宽=\"企业 8、投资 4\"，数是这一列放几个字，最多40"))?
    {
        let characters = width.parse().ok().filter(|width| (1..=WIDEST).contains(width));
        widths[at] = 2 * characters
            .ok_or_else(|| wrong("列宽", &width, "列宽=\"企业 8、投资 4\"，数是这一列放几个字，最多40"))?;
    }
    Ok(Marks { landscape, widths })
}

/// The rule under the head, where `对齐=` says something else than what is usual.
pub(super) fn rules<'r>(
    call: &Call<'_, '_>,
    columns: &[String],
    mut usual: Vec<&'r str>,
) -> Result<Vec<&'r str>, Trouble> {
    const EXAMPLE: &str = "对齐=\"企业 左、投资 右、进度 中\"";
    let Some(words) = call.words("对齐")? else { return Ok(usual) };
    for (at, side) in each(&words, columns).map_err(|part| wrong("对齐", &part, EXAMPLE))? {
        usual[at] = match side.as_str() {
            "左" => "---",
            "中" => ":---:",
            "右" => "---:",
            _ => return Err(wrong("对齐", &side, EXAMPLE)),
        };
    }
    Ok(usual)
}

/// Its notes, a line each.
pub(super) fn notes(call: &Call<'_, '_>) -> Result<Vec<String>, Trouble> {
    let Some(words) = call.words("注")? else { return Ok(Vec::new()) };
    let note =
        |words: &str| if is_note(words) { format!("{NOTE}{words}") } else { format!("{NOTE}注：{words}") };
    Ok(words.split(['\n']).filter(|words| !words.trim().is_empty()).map(|words| note(words.trim())).collect())
}

/// `企业 8、投资 4` as places of columns with what is said of each; the part that is not understood.
fn each(words: &str, columns: &[String]) -> Result<Vec<(usize, String)>, String> {
    let part = |part: &str| {
        let (name, said) = part.trim().rsplit_once([' ', '　', '：', ':'])?;
        let at = columns.iter().position(|column| column == name.trim())?;
        Some((at, said.trim().to_owned()))
    };
    let parts = words.split(['、', '，', ',', '；', ';']).filter(|words| !words.trim().is_empty());
    parts.map(|words| part(words).ok_or_else(|| words.trim().to_owned())).collect()
}

fn wrong(name: &str, part: &str, example: &str) -> Trouble {
    Trouble::wrong(
        "wrong-choice",
        format!("表的“{name}”里看不懂“{part}”"),
        format!("请写 {example}；列名要和 列=\"…\" 里的一样，几列用顿号隔开"),
    )
}
