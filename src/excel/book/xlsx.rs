//! `.xlsx`: the parts of the workbook and its sheets.

use super::package::{Package, attribute, each_tag, is_on};
use super::xlsx_parts::{Links, Shared, Styles, relations, strings};
use super::{Book, sheet, trouble, xlsx_sheet};
use crate::diag::{Diagnostic, Level};

/// A sheet that the workbook lists.
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

/// Reads a workbook.
pub(super) fn read(mut package: Package<'_>) -> Result<Book, Diagnostic> {
    let name = package.name;
    let main = main_part(&mut package)?;
    let workbook = package.text(&main)?.ok_or_else(|| trouble::broken(name))?;
    let (listed, from_1904) = contents(&workbook, name)?;
    sheet::few_enough(listed.len(), name)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = main.rsplit('/').next().unwrap_or(&main);
    let relations = match package.text(&format!("{folder}/_rels/{base}.rels"))? {
        Some(xml) => relations(&xml, folder, name)?,
        None => Vec::new(),
    };
    let part = |kind: &str| relations.iter().find(|one| one.kind == kind).map(|one| one.target.clone());
    let styles = match part("styles") {
        Some(part) => Styles::read(&package.text(&part)?.ok_or_else(|| trouble::broken(name))?, name)?,
        None => Styles::default(),
    };
    let strings = match part("sharedStrings") {
        Some(part) => package.stream(&part, |xml| strings(xml, name))?,
        None => Vec::new(),
    };
    let linked = package.has(|part| part.contains("/externalLinks/") && !part.contains("/_rels/"));
    let links = if linked { Links::read(&workbook) } else { Links::default() };
    let shared = Shared { strings, styles, links, from_1904 };
    let mut book = Book { name: name.to_owned(), sheets: Vec::new(), notes: Vec::new() };
    for sheet in &listed {
        let Some(relation) = relations.iter().find(|one| one.id == sheet.relation) else { continue };
        match relation.kind.as_str() {
            "worksheet" => {
                let target = &relation.target;
                let read = package
                    .stream(target, |xml| xlsx_sheet::read(xml, &shared, &sheet.name, sheet.hidden, name))?;
                book.sheets.push(read);
                sheet::within(&book.sheets, name)?;
            }
            "xlMacrosheet" | "dialogsheet" => return Err(trouble::macros(name)),
            _ => book.notes.push(no_cells(&sheet.name)),
        }
    }
    Ok(book)
}

fn no_cells(sheet: &str) -> Diagnostic {
    Diagnostic::new("no-cells", Level::Hint, format!("“{sheet}”是图表，没有读"))
}

/// The path of the main part; other kinds of files and macros are refused here.
fn main_part(package: &mut Package<'_>) -> Result<String, Diagnostic> {
    let name = package.name;
    let types = package.text("[Content_Types].xml")?.unwrap_or_default();
    // Its type is named as if it had macros, whether it has any or not.
    if package.has(|part| part.ends_with("workbook.bin")) {
        return Err(trouble::binary_workbook(name));
    }
    if types.contains("macroEnabled") || package.has(|part| part.ends_with("vbaProject.bin")) {
        return Err(trouble::macros(name));
    }
    for (folder, what) in [("word/", "Word 文件"), ("ppt/", "演示文稿")] {
        if package.has(|part| part.starts_with(folder)) {
            let what = format!("是{what}，不是 Excel 表");
            return Err(trouble::refuse("not-a-workbook", name, &what, "请核对是不是选错了文件"));
        }
    }
    let root = match package.text("_rels/.rels")? {
        Some(xml) => relations(&xml, "", name)?,
        None => Vec::new(),
    };
    let main = root.into_iter().find(|one| one.kind == "officeDocument").map(|one| one.target);
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if package.has(|part| part.eq_ignore_ascii_case(&main)) {
        Ok(main)
    } else {
        Err(trouble::not_a_workbook(name))
    }
}

/// The sheets that a workbook lists, and whether its days are counted from 1904.
fn contents(workbook: &str, name: &str) -> Result<(Vec<Listed>, bool), Diagnostic> {
    let (mut listed, mut from_1904) = (Vec::new(), false);
    each_tag(workbook, name, |tag| match tag.local_name().as_ref() {
        "workbookPr" => from_1904 = is_on(tag, "date1904"),
        "sheet" => listed.push(Listed {
            name: attribute(tag, "name").unwrap_or_default(),
            hidden: attribute(tag, "state").is_some_and(|state| state != "visible"),
            relation: attribute(tag, "id").unwrap_or_default(),
        }),
        _ => {}
    })?;
    Ok((listed, from_1904))
}
