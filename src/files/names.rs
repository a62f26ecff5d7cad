//! File names that every system takes, Windows included, each another one.

use std::collections::HashSet;

/// Characters of the longest name, without its ending: far less than any system has room for.
const LONGEST: usize = 60;

/// What no file name of Windows may be, whatever stands behind a full stop.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A file name with this ending for each of these names, in their order: what no name may hold is written full-width,
/// what is reserved gets a mark, and names that differ only in case, or not at all, a number.
pub fn file_names<'n>(names: impl IntoIterator<Item = &'n str>, ending: &str) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut free = |name: &str| {
        let stem = safe(name);
        let numbered = (1..).map(|number| match number {
            1 => stem.clone(),
            _ => format!("{stem}（{number}）"),
        });
        // There are more numbers than names.
        let stem = numbered.into_iter().find(|stem| taken.insert(stem.to_lowercase())).unwrap_or_default();
        format!("{stem}.{ending}")
    };
    names.into_iter().map(&mut free).collect()
}

fn safe(name: &str) -> String {
    let kept: String = name.chars().map(full_width).collect();
    let kept: String = kept.trim_matches([' ', '.']).chars().take(LONGEST).collect();
    let kept = kept.trim_end_matches([' ', '.']);
    match kept.split('.').next().unwrap_or_default().trim_end() {
        "" => "未命名".to_owned(),
        stem if is_reserved(stem) => format!("{stem}_{}", &kept[stem.len()..]),
        // Programs that leave such files beside those that are open are passed over by this mark.
        _ => match kept.strip_prefix('~') {
            Some(rest) => format!("～{rest}"),
            None => kept.to_owned(),
        },
    }
}

fn full_width(c: char) -> char {
    match c {
        '<' => '＜',
        '>' => '＞',
        ':' => '：',
        '"' => '＂',
        '/' => '／',
        '\\' => '＼',
        '|' => '｜',
        '?' => '？',
        '*' => '＊',
        c if c.is_control() => '_',
        c => c,
    }
}

fn is_reserved(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let numbered = |rest: &str| {
        rest.chars().count() == 1 && rest.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c))
    };
    RESERVED.contains(&stem.as_str()) || port.is_some_and(numbered)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_kept_where_they_can_be() {
        let long = "村".repeat(300);
        let names = [
            "东湾村",
            "东/村",
            "东_村",
            "东\\村",
            "CON",
            "con",
            "Nul.甲",
            "COM1",
            "LPT¹",
            "COM10",
            "甲村.",
            " 甲村 ",
            "A村",
            "a村",
            "",
            "..",
            "~村",
            &long,
            "甲\u{7}村",
            "甲:乙",
        ];
        assert_eq!(
            file_names(names, "xlsx"),
            [
                "东湾村.xlsx",
                "东／村.xlsx",
                "东_村.xlsx",
                "东＼村.xlsx",
                "CON_.xlsx",
                "con_（2）.xlsx",
                "Nul_.甲.xlsx",
                "COM1_.xlsx",
                "LPT¹_.xlsx",
                "COM10.xlsx",
                "甲村.xlsx",
                "甲村（2）.xlsx",
                "A村.xlsx",
                "a村（2）.xlsx",
                "未命名.xlsx",
                "未命名（2）.xlsx",
                "～村.xlsx",
                &format!("{}.xlsx", "村".repeat(60)),
                "甲_村.xlsx",
                "甲：乙.xlsx",
            ]
        );
    }

    proptest! {
        #[test]
        fn every_name_is_another_and_every_system_takes_it(
            names in prop::collection::vec("[ .~/\\\\:*?\"<>|_a-cA-C0-9东村（）\u{7}]{0,6}|(?i)(con|aux|com[0-9])(\\.[a-z])?", 0..40),
        ) {
            let files = file_names(names.iter().map(String::as_str), "xlsx");
            prop_assert_eq!(files.len(), names.len());
            let mut seen = HashSet::new();
            for file in &files {
                prop_assert!(seen.insert(file.to_lowercase()), "{} twice", file);
                prop_assert!(!file.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']) && !file.chars().any(char::is_control));
                let stem = file.split('.').next().unwrap_or_default();
                prop_assert!(!stem.is_empty() && !is_reserved(stem.trim_end()), "{}", file);
                prop_assert!(!file.starts_with([' ', '~', '.']) && file.len() < 255, "{}", file);
            }
        }
    }
}
