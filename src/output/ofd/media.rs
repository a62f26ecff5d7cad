//! Picture files as resources of the document (7.9): each once, however often it is shown.

use std::sync::Arc;

use super::pen::{HEAD, Ids, NAMESPACE};
use crate::document::Picture;
use crate::output::archive::Entry;

/// The pictures of a file, each with its identity.
#[derive(Default)]
pub(super) struct Pictures(Vec<(u32, Arc<Picture>)>);

impl Pictures {
    /// The identity of a picture; a new one where it is shown for the first time.
    pub fn id(&mut self, picture: &Arc<Picture>, ids: &mut Ids) -> u32 {
        if let Some((id, _)) = self.0.iter().find(|(_, known)| known.digest == picture.digest) {
            return *id;
        }
        let id = ids.next();
        self.0.push((id, Arc::clone(picture)));
        id
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list of them, and their files.
    pub fn parts(&self) -> std::io::Result<Vec<Entry>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let mut xml = format!(r#"{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias>"#);
        let mut entries = Vec::new();
        for (id, picture) in &self.0 {
            let (format, ending) = (picture.kind.ending().to_uppercase(), picture.kind.ending());
            xml.push_str(&format!(
                r#"<ofd:MultiMedia ID="{id}" Type="Image" Format="{format}"><ofd:MediaFile>image_{id}.{ending}</ofd:MediaFile></ofd:MultiMedia>"#
            ));
            entries.push(Entry::stored(format!("Doc_0/Res/image_{id}.{ending}"), &picture.bytes)?);
        }
        xml.push_str("</ofd:MultiMedias></ofd:Res>");
        entries.insert(0, Entry::deflated("Doc_0/DocumentRes.xml", xml.as_bytes())?);
        Ok(entries)
    }
}
