//! Footers: the page number below the type area, and on the left edge of a page on its side.

use super::pen::{HEAD, W};
use super::styles::FOOTER;

/// Page number (7.5): a 一字线 on each side; odd pages to the right, even pages to the left.
pub(super) fn upright(position: &str) -> String {
    format!(r#"{HEAD}<w:ftr xmlns:w="{W}">{}</w:ftr>"#, page_number(position))
}

/// The paragraph of a page number.
fn page_number(position: &str) -> String {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{FOOTER}"/>{position}</w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>"#,
        field("begin"),
        field("separate"),
        field("end")
    )
}

/// A footer without a number.
pub(super) fn blank() -> String {
    format!(r#"{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{FOOTER}"/></w:pPr></w:p></w:ftr>"#)
}

/// The footer of the first page of a 信函: a double line of 170 mm whose lower edge is 20 mm above the foot of the
/// paper, and no number (10.1).
pub(super) fn of_letter() -> String {
    let frame = r#"<w:framePr w:w="9638" w:h="80" w:hRule="exact" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="1134" w:y="15634"/>"#;
    let line = r#"<w:pBdr><w:top w:val="thinThickSmallGap" w:sz="16" w:space="0" w:color="FF0000"/></w:pBdr><w:spacing w:line="20" w:lineRule="exact"/>"#;
    format!(
        r#"{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{FOOTER}"/>{frame}{line}</w:pPr></w:p><w:p><w:pPr><w:pStyle w:val="{FOOTER}"/></w:pPr></w:p></w:ftr>"#
    )
}

/// Left edge, upper edge, width and height in twips of the box that holds the page number of a page on its side. On
/// the bound paper it is the line under the type area, but for a character of 14 pt at either end, and stands
/// 7 mm from it (7.5): 1984 − 397 twips would be its middle, but LibreOffice sets upright lines 0.7 mm nearer to the
/// edge, so that it gets a third of that.
const BOX: [usize; 4] = [1460, 1868, 280, 8284];

/// A footer with the page number on the left edge of a page on its side, read from the head to the foot: on odd pages
/// at the lower end, on even pages at the upper one (7.5, 8).
pub(super) fn turned(side: &str) -> String {
    let [x, y, width, height] = BOX.map(|twips| format!("{}.{:02}pt", twips / 20, twips % 20 * 5));
    let number = page_number(&format!(r#"<w:jc w:val="{side}"/>"#));
    [
        format!(r#"{HEAD}<w:ftr xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">"#),
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{FOOTER}"/></w:pPr><w:r><w:pict>"#),
        r#"<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"#.to_owned(),
        format!(r##"<v:shape id="page-number" type="#_x0000_t202" style="position:absolute;margin-left:{x};margin-top:{y};width:{width};height:{height};z-index:1;mso-position-horizontal-relative:page;mso-position-vertical-relative:page" filled="f" stroked="f"><v:textbox style="layout-flow:vertical" inset="0,0,0,0"><w:txbxContent>{number}</w:txbxContent></v:textbox></v:shape>"##),
        "</w:pict></w:r></w:p></w:ftr>".to_owned(),
    ]
    .concat()
}
