//! How characters sound, in letters without tones: what an input method is typed with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

/// The characters of the common block, as they are numbered.
const CHARACTERS: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// Each syllable with every character that is read so; a character of several readings stands with each.
pub fn syllables() -> &'static BTreeMap<String, String> {
    static ALL: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for c in CHARACTERS {
            let Some(readings) = c.to_pinyin_multi() else { continue };
            // The keyboard has no ü and no ê; what sounds without a vowel is not typed at all.
            let letters = |reading: &str| reading.replace('ü', "v").replace('ê', "e");
            let mut typed: Vec<String> =
                readings.into_iter().map(|reading| letters(reading.plain())).collect();
            typed.retain(|syllable| !syllable.is_empty() && syllable.bytes().all(|b| b.is_ascii_lowercase()));
            typed.sort_unstable();
            typed.dedup();
            typed.into_iter().for_each(|syllable| all.entry(syllable).or_default().push(c));
        }
        all
    });
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_is_typed_in_plain_letters() {
        let all = syllables();
        for (syllable, characters) in
            [("ce", "测"), ("shu", "数"), ("zhang", "长"), ("chang", "长"), ("lv", "绿"), ("hang", "行")]
        {
            assert!(characters.chars().all(|c| all[syllable].contains(c)), "{syllable}");
        }
        assert!(
            all.keys().all(|syllable| syllable.bytes().all(|b| b.is_ascii_lowercase())),
            "{:?}",
            all.keys()
        );
        assert!(all.len() > 380 && all.values().map(|one| one.chars().count()).sum::<usize>() > 20_000);
    }
}
