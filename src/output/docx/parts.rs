//! The parts of the archive that do not depend on the report, deflated once.

use std::io::{Error, Result};
use std::sync::LazyLock;

use super::pen::{HEAD, Medium, W};
use super::{footer, origin, styles, theme, watermark};
use crate::fonts::Names;
use crate::output::archive::{Entry, archive};

const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The static parts of a report that says what it was made from, deflated.
static PREPARED: LazyLock<Result<Vec<Entry>>> = LazyLock::new(|| Entry::packed(&parts(&PLAIN)));
const PLAIN: Extras = Extras {
    track: false,
    comments: None,
    origin: true,
    landscape: false,
    footers: false,
    media: Vec::new(),
    faces: None,
    watermark: None,
};

/// What a file has beyond its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Extras {
    /// Later changes are tracked too.
    pub track: bool,
    /// `word/comments.xml`.
    pub comments: Option<String>,
    /// It says what it was made from.
    pub origin: bool,
    /// It has pages on their side.
    pub landscape: bool,
    /// Its pictures.
    pub media: Vec<Medium>,
    /// Names of faces that are not those of the standard.
    pub faces: Option<Names>,
    /// It has footers for pages without a number.
    pub footers: bool,
    /// The word that lies across every page.
    pub watermark: Option<String>,
}

/// The whole file: static parts as they are, then the document and its properties.
/// `origin` are the properties and the custom part that say what the report was made from.
pub(super) fn package(
    document: &str,
    core: &str,
    origin: Option<&[String; 2]>,
    extras: &Extras,
) -> Result<Vec<u8>> {
    let mut own = vec![
        Entry::stored("docProps/core.xml", core.as_bytes())?,
        Entry::deflated("word/document.xml", document.as_bytes())?,
    ];
    if let Some([properties, part]) = origin {
        own.push(Entry::stored("docProps/custom.xml", properties.as_bytes())?);
        own.push(Entry::deflated("customXml/item1.xml", part.as_bytes())?);
    }
    if *extras == PLAIN {
        let prepared = PREPARED.as_ref().map_err(|error| Error::new(error.kind(), error.to_string()))?;
        return archive(prepared.iter().chain(&own));
    }
    let parts = Entry::packed(&parts(extras))?;
    if let Some(comments) = &extras.comments {
        own.push(Entry::deflated("word/comments.xml", comments.as_bytes())?);
    }
    for (index, medium) in extras.media.iter().enumerate() {
        let name = format!("word/{}", media_name(index, medium));
        own.push(match medium.ending {
            "emf" => Entry::deflated(name, &medium.bytes)?,
            _ => Entry::stored(name, &medium.bytes)?,
        });
    }
    archive(parts.iter().chain(&own))
}

fn media_name(index: usize, medium: &Medium) -> String {
    format!("media/image{}.{}", index + 1, medium.ending)
}

/// The text of one part of a file, for tests.
#[cfg(test)]
pub(super) fn part(file: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn parts(extras: &Extras) -> Vec<(&'static str, String)> {
    let mut parts = vec![
        ("[Content_Types].xml", content_types(extras)),
        ("_rels/.rels", root_relations(extras)),
        (
            "docProps/app.xml",
            format!(
                r#"{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>huibao</Application></Properties>"#
            ),
        ),
        ("word/_rels/document.xml.rels", relations(extras)),
        ("word/styles.xml", styles::named(styles::part(), extras.faces.as_ref())),
        ("word/settings.xml", settings(extras)),
        ("word/fontTable.xml", fonts()),
        (
            "word/footer1.xml",
            footer::upright(
                r#"<w:ind w:rightChars="100" w:right="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>"#,
            ),
        ),
        (
            "word/footer2.xml",
            footer::upright(
                r#"<w:ind w:leftChars="100" w:left="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>"#,
            ),
        ),
        ("word/theme/theme1.xml", theme::part()),
    ];
    if extras.landscape {
        parts.push(("word/footer3.xml", footer::turned("right")));
        parts.push(("word/footer4.xml", footer::turned("left")));
    }
    if extras.footers {
        parts.push(("word/footer5.xml", footer::blank()));
        parts.push(("word/footer6.xml", footer::of_letter()));
    }
    if let Some(word) = &extras.watermark {
        parts.push(("word/header1.xml", watermark::part(word)));
    }
    if extras.origin {
        let properties = relationships(&[("itemProps1.xml", format!("{R}/customXmlProps"))]);
        parts.push(("customXml/_rels/item1.xml.rels", properties));
        parts.push(("customXml/itemProps1.xml", origin::identity()));
    }
    parts
}

fn content_types(extras: &Extras) -> String {
    let part = |name: &str, kind: &str| format!(r#"<Override PartName="{name}" ContentType="{kind}"/>"#);
    let mut overrides = vec![
        part("/word/document.xml", &format!("{TYPE}.document.main+xml")),
        part("/word/styles.xml", &format!("{TYPE}.styles+xml")),
        part("/word/settings.xml", &format!("{TYPE}.settings+xml")),
        part("/word/fontTable.xml", &format!("{TYPE}.fontTable+xml")),
        part("/word/footer1.xml", &format!("{TYPE}.footer+xml")),
        part("/word/footer2.xml", &format!("{TYPE}.footer+xml")),
        part("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ];
    if extras.footers {
        overrides.push(part("/word/footer5.xml", &format!("{TYPE}.footer+xml")));
        overrides.push(part("/word/footer6.xml", &format!("{TYPE}.footer+xml")));
    }
    if extras.landscape {
        overrides.push(part("/word/footer3.xml", &format!("{TYPE}.footer+xml")));
        overrides.push(part("/word/footer4.xml", &format!("{TYPE}.footer+xml")));
    }
    if extras.watermark.is_some() {
        overrides.push(part("/word/header1.xml", &format!("{TYPE}.header+xml")));
    }
    if extras.origin {
        const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
        overrides.push(part("/docProps/custom.xml", &format!("{OFFICE}.custom-properties+xml")));
        overrides.push(part("/customXml/itemProps1.xml", &format!("{OFFICE}.customXmlProperties+xml")));
    }
    if extras.comments.is_some() {
        overrides.push(part("/word/comments.xml", &format!("{TYPE}.comments+xml")));
    }
    let kinds = [("emf", "image/x-emf"), ("png", "image/png"), ("jpeg", "image/jpeg")];
    let used = kinds.iter().filter(|(ending, _)| extras.media.iter().any(|medium| medium.ending == *ending));
    let kind =
        |(ending, kind): &(&str, &str)| format!(r#"<Default Extension="{ending}" ContentType="{kind}"/>"#);
    format!(
        r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{}{}</Types>"#,
        used.map(kind).collect::<String>(),
        overrides.concat()
    )
}

fn relationships(targets: &[(&str, String)]) -> String {
    let one = |(index, (target, kind)): (usize, &(&str, String))| {
        format!(r#"<Relationship Id="rId{}" Type="{kind}" Target="{target}"/>"#, index + 1)
    };
    let all: String = targets.iter().enumerate().map(one).collect();
    format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

fn root_relations(extras: &Extras) -> String {
    let mut targets = vec![
        ("word/document.xml", format!("{R}/officeDocument")),
        (
            "docProps/core.xml",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".into(),
        ),
        ("docProps/app.xml", format!("{R}/extended-properties")),
    ];
    if extras.origin {
        targets.push(("docProps/custom.xml", format!("{R}/custom-properties")));
    }
    relationships(&targets)
}

/// `rId9` is the footer of pages without a number, `rId10` that of the first page of a 信函.
/// `rId4` and `rId5` are the footers that upright sections name, `rId7` and `rId8` those of pages on their side.
fn relations(extras: &Extras) -> String {
    let mut targets = vec![
        ("styles.xml", format!("{R}/styles")),
        ("settings.xml", format!("{R}/settings")),
        ("fontTable.xml", format!("{R}/fontTable")),
        ("footer1.xml", format!("{R}/footer")),
        ("footer2.xml", format!("{R}/footer")),
        ("theme/theme1.xml", format!("{R}/theme")),
    ];
    if extras.landscape {
        targets.push(("footer3.xml", format!("{R}/footer")));
        targets.push(("footer4.xml", format!("{R}/footer")));
    }
    if extras.footers {
        targets.push(("footer5.xml", format!("{R}/footer")));
        targets.push(("footer6.xml", format!("{R}/footer")));
    }
    if extras.origin {
        targets.push(("../customXml/item1.xml", format!("{R}/customXml")));
    }
    if extras.comments.is_some() {
        targets.push(("comments.xml", format!("{R}/comments")));
    }
    let mut relations = relationships(&targets);
    let picture = |(index, medium): (usize, &Medium)| {
        let (number, name) = (index + 1, media_name(index, medium));
        format!(r#"<Relationship Id="picture{number}" Type="{R}/image" Target="{name}"/>"#)
    };
    let header = extras
        .watermark
        .as_ref()
        .map(|_| format!(r#"<Relationship Id="{}" Type="{R}/header" Target="header1.xml"/>"#, watermark::ID));
    let pictures: String = extras.media.iter().enumerate().map(picture).collect();
    relations.insert_str(
        relations.len() - "</Relationships>".len(),
        &(pictures + header.as_deref().unwrap_or_default()),
    );
    relations
}

fn settings(extras: &Extras) -> String {
    let track = if extras.track { "<w:trackRevisions/>" } else { "" };
    format!(
        r#"{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{track}<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:ulTrailSpace/><w:adjustLineHeightInTable/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#
    )
}

/// Where a face is missing, Word takes its other name.
fn fonts() -> String {
    let faces = [
        ("仿宋_GB2312", "仿宋"),
        ("楷体_GB2312", "楷体"),
        ("黑体", "SimHei"),
        ("宋体", "SimSun"),
        ("方正小标宋简体", "方正小标宋_GBK"),
    ];
    let one = |(name, other): &(&str, &str)| {
        format!(r#"<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>"#)
    };
    format!(r#"{HEAD}<w:fonts xmlns:w="{W}">{}</w:fonts>"#, faces.iter().map(one).collect::<String>())
}
