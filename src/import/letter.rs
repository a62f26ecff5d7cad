//! 发文字号 of a letter: its year moves on with the report, its running number is a fact of the year.

use super::bind::{Bound, Drafting, Found, Tag};
use super::facts::{Indicator, Value};
use crate::document::Line;
use crate::facts::registry::IndicatorKind;
use crate::zh::pattern::Pattern;

/// The number is asked for every year: last year's must not stay behind.
const PATH: &str = "公文.发文序号";

/// 〔2025〕11号, 2025年第3期, 第3号.
static NUMBER: Pattern =
    Pattern::new("(?:[〔\\[［【（(]?((?:19|20)[0-9]{2})(?:年|[〕\\]］】）)]))?第?([1-9][0-9]{0,3})[号期次]$");

/// What the number of a letter gives.
pub(super) fn number(line: &Line, number: usize, drafting: &mut Drafting<'_>) -> Bound {
    let mut bound = Bound::default();
    let Some(parts) = NUMBER.captures(&line.text) else { return bound };
    let (year, calendar) = (drafting.year, drafting.year.calendar_year());
    if let Some(said) = parts.get(1)
        && let Some(offset) = said.as_str().parse::<i32>().ok().map(|said| said - calendar)
        && (0..=1).contains(&offset)
    {
        let after = if offset == 0 { String::new() } else { format!(" {offset}") };
        let tag = format!("{{{{年度{after} 样式=\"数字\"}}}}");
        bound.tags.push(Tag { span: said.range(), tag, paths: Vec::new() });
    }
    let Some(serial) = parts.get(2) else { return bound };
    let path = (1..).map(|nth| if nth == 1 { PATH.to_owned() } else { format!("{PATH}{nth}") });
    let Some(path) = path.take(100).find(|path| !drafting.facts.indicators.contains_key(path)) else {
        return bound;
    };
    let indicator = Indicator {
        definition: format!("{}的序号，每年重新编", &line.text[line.number..]),
        ..Indicator::of_kind(IndicatorKind::Flow)
    };
    drafting.facts.indicators.insert(path.clone(), indicator);
    let text = serial.as_str().to_owned();
    drafting.facts.years.entry(year).or_default().insert(path.clone(), Value::Text(text.clone()));
    let tag = format!("{{{{{path}}}}}");
    bound.tags.push(Tag { span: serial.range(), tag, paths: vec![path.clone()] });
    bound.found.push(Found {
        path,
        text,
        year,
        line: number,
        context: line.text.clone(),
        doubt: String::new(),
        window: None,
        stock: String::new(),
    });
    bound
}

#[cfg(test)]
mod tests {
    use crate::import::draft;
    use crate::input;
    use crate::period::Period;

    #[test]
    fn a_number_moves_on_with_its_year_and_is_asked_for() {
        let text = "云溪镇人民政府文件\n云政发〔2024〕11号　　　签发人：张三　李四\n云溪镇人民政府关于2024年工作情况的报告\n县人民政府：\n一年来，成绩很大。\n云溪镇人民政府\n2024年12月26日\n";
        let draft = draft(&input::text(text).document, Period::year(2024), "报告").unwrap();
        let head = "发文机关标志：云溪镇人民政府文件\n\n发文字号：云政发〔{{年度 样式=\"数字\"}}〕{{公文.发文序号}}号\n\n签发人：张三\n\n签发人：李四\n\n# 云溪镇人民政府关于{{年度}}工作情况的报告\n";
        assert!(draft.template.starts_with(head), "{}", draft.template);
        assert_eq!(draft.facts.year(Period::year(2024)), "年度: 2024\n\n公文:\n  发文序号: 11\n");
    }
}
