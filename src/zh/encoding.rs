//! The encodings in which Chinese offices save text: UTF-8, UTF-16 with a byte order mark, GBK.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

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

/// The text in the encoding of `like`, byte order mark included; nothing where that encoding cannot hold it.
pub fn encode(text: &str, like: &[u8]) -> Option<Vec<u8>> {
    let (encoding, mark) = Encoding::for_bom(like).unwrap_or((UTF_8, 0));
    let mark = &like[..mark];
    let body = if encoding == UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else if mark.is_empty() && std::str::from_utf8(like).is_err() {
        let (bytes, _, lost) = GB18030.encode(text);
        (!lost).then(|| bytes.into_owned())?
    } else {
        text.as_bytes().to_vec()
    };
    Some([mark, &body].concat())
}

/// The name that the save dialogs of editors use.
fn shown(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GBK" } else { encoding.name() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_decoded_is_encoded_again(text in "[ -~一-龥\r\n]{1,40}", kind in 0usize..5) {
            let utf16 = |text: &str, big: bool| -> Vec<u8> {
                let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                text.encode_utf16().flat_map(bytes).collect()
            };
            let marked = format!("\u{FEFF}{text}");
            let bytes = match kind {
                0 => text.clone().into_bytes(),
                1 => marked.clone().into_bytes(),
                2 => utf16(&marked, false),
                3 => utf16(&marked, true),
                _ => GB18030.encode(&text).0.into_owned(),
            };
            let (decoded, _) = decode(&bytes).unwrap();
            prop_assert_eq!(encode(&decoded, &bytes), Some(bytes));
        }
    }
}
