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

/// The name that the save dialogs of editors use.
fn shown(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GBK" } else { encoding.name() }
}

/// The text in the encoding of the bytes it was read from, with their byte order mark.
pub fn encode(text: &str, like: &[u8]) -> Vec<u8> {
    match Encoding::for_bom(like) {
        Some((encoding, length)) => [&like[..length], &body(text, encoding)].concat(),
        None if std::str::from_utf8(like).is_ok() => text.as_bytes().to_vec(),
        None => body(text, GB18030),
    }
}

fn body(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    // The library writes no UTF-16: the web does not.
    if encoding == UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else {
        encoding.encode(text).0.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_back_into_its_encoding() {
        let text = "年度: 2011\r\n镇名: 云溪镇\n";
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf8 = ["\u{FEFF}".as_bytes(), text.as_bytes()].concat();
        for bytes in [text.as_bytes().to_vec(), utf8, GB18030.encode(text).0.into_owned(), utf16] {
            let (read, _) = decode(&bytes).unwrap();
            assert_eq!(read, text);
            assert_eq!(encode(&read, &bytes), bytes);
        }
    }
}
