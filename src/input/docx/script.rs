//! Small characters above or below the line, in the signs that Unicode has for them: 10⁸, m², CO₂.

const UP: [(char, char); 13] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
];
const DOWN: [(char, char); 13] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
];

/// Where characters stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Script {
    #[default]
    Level,
    Up,
    Down,
}

/// The words in small signs; nothing where a character has none.
pub(super) fn small(words: &str, script: Script) -> Option<String> {
    let signs = match script {
        Script::Level => return None,
        Script::Up => &UP,
        Script::Down => &DOWN,
    };
    let sign = |c: char| signs.iter().find(|(plain, _)| *plain == c).map(|(_, small)| *small);
    words.chars().map(sign).collect()
}
