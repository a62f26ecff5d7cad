//! Characters of the private use area. Old GBK fonts keep 80 characters of names and radicals there that have a
//! place in Unicode today (GB 18030-2022, appendix D); others mean only what the font of their writer shows.

/// What the 80 codes from U+E815 on, GBK FE50 to FEA0, stand for.
const GBK: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹\
    䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";
const FIRST: u32 = 0xE815;

/// Stands for a character that nobody can read, as printers have it.
pub const UNREADABLE: char = '〓';

/// Whether a character is for private use.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// The character that a private one of GBK stands for.
pub fn unicode(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(FIRST)?;
    GBK.chars().nth(usize::try_from(index).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_characters_of_gbk_have_their_places() {
        assert_eq!(GBK.chars().count(), 80);
        assert_eq!(['\u{E815}', '\u{E863}', '\u{E864}'].map(unicode), [Some('⺁'), Some('䶮'), Some('龻')]);
        assert_eq!(['\u{E814}', '\u{E865}', '镇', '\u{E000}'].map(unicode), [None; 4]);
        assert!(GBK.chars().all(|c| !is_private(c)) && is_private('\u{E863}'));
    }

    /// The rows of GBK end at 7E and go on at 80.
    #[test]
    fn the_list_is_that_of_the_encoding_wherever_it_has_a_place_itself() {
        let trails = (0x50..=0x7Eu8).chain(0x80..=0xA0);
        for (trail, wanted) in trails.zip(GBK.chars()) {
            let decoded = encoding_rs::GB18030.decode(&[0xFE, trail]).0.into_owned();
            let c = decoded.chars().next().unwrap();
            assert!(is_private(c) || c == wanted, "FE{trail:X}: {c} {wanted}");
        }
    }
}
