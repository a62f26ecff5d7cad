//! The encodings in which Chinese offices save text: UTF-8, UTF-16 with a byte order mark, GBK.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The text without its byte order mark, and the encoding's name where it is not UTF-8; nothing where
/// the bytes are no text.
pub fn decode(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, length)| (encoding, &bytes[length..]));
    let (encoding, body) = marked.unwrap_or((UTF_8, bytes));
    let strict = |encoding: &'static Encoding, body| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(body)?;
        Some((text.into_owned(), (encoding != UTF_8).then(|| shown(encoding))))
    };
    match marked {
        Some(_) => strict(encoding, body),
        None => strict(encoding, body).or_else(|| strict(GB18030, body)),
    }
}

/// The name that the save dialogs of editors use.
fn shown(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GBK" } else { encoding.name() }
}
