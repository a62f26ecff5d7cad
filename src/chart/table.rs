//! The figures of a picture as a table.

use super::Series;
use super::plan::{by_year, printed, years};
use crate::markup::{escape, escaped};
use crate::period::Period;

/// An HTML table: a row a year, a column a series, figures as they are printed, — where there is none. The
/// years are those of the picture.
pub fn table(series: &[Series]) -> String {
    write(series, None)
}

/// The table of one series with a column 同比: what the caller says of each year against the year before.
pub fn table_compared(series: &Series, changes: &[(Period, String)]) -> String {
    write(std::slice::from_ref(series), Some(changes))
}

fn write(series: &[Series], changes: Option<&[(Period, String)]>) -> String {
    let mut html = String::from("<table>\n");
    let alone = if let [one] = series { Some(one) } else { None };
    if let Some(one) = alone {
        html.push_str(&format!("<caption>{}</caption>\n", escaped(&named(one))));
    }
    html.push_str("<thead><tr><th scope=\"col\">年份</th>");
    for one in series {
        let head = if alone.is_some() { "数值".to_owned() } else { named(one) };
        html.push_str(&format!("<th scope=\"col\">{}</th>", escaped(&head)));
    }
    html.push_str(if changes.is_some() { "<th scope=\"col\">同比</th>" } else { "" });
    html.push_str("</tr></thead>\n<tbody>\n");
    let columns: Vec<_> = series.iter().map(by_year).collect();
    for year in years(series) {
        html.push_str(&format!("<tr><th scope=\"row\">{year}</th>"));
        for points in &columns {
            let (value, text) = points.get(&year).copied().unwrap_or_default();
            cell(&mut html, &value.map_or_else(|| text.to_owned(), |value| printed(value, text)));
        }
        if let Some(changes) = changes {
            cell(&mut html, changes.iter().rfind(|(of, _)| *of == year).map_or("", |(_, change)| change));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
    html
}

fn named(series: &Series) -> String {
    if series.unit.is_empty() { series.name.clone() } else { format!("{}（{}）", series.name, series.unit) }
}

fn cell(html: &mut String, text: &str) {
    html.push_str("<td>");
    escape(html, if text.is_empty() { "—" } else { text });
    html.push_str("</td>");
}
