//! Units as Latin symbols in running text. Symbols of one character, such as ㎡, are another rule's.

use super::super::prelude::*;
use super::reading;

/// GB 3100 and usage: prose names units in Chinese; tables may keep the symbols.
pub(super) const RULE: Rule = Rule::prose("num-unit-cn", Level::Warning, run);

/// Symbols, separated by spaces, and the unit.
const UNITS: [(&str, &str); 27] = [
    ("μg/m³ μg/m3 ug/m³ ug/m3 µg/m³ µg/m3", "微克/立方米"),
    ("mg/m³ mg/m3", "毫克/立方米"),
    ("mg/L mg/l", "毫克/升"),
    ("m³/s m3/s", "立方米/秒"),
    ("km/h KM/H", "公里/小时"),
    ("m/s", "米/秒"),
    ("kg/亩 KG/亩", "公斤/亩"),
    ("kWh KWH kwh KWh Kwh kW·h kw·h", "千瓦时"),
    ("kVA KVA kva", "千伏安"),
    ("km² km2 KM2 KM² Km2", "平方公里"),
    ("hm² hm2 ha", "公顷"),
    ("m² m2 M2 M²", "平方米"),
    ("m³ m3 M3 M³", "立方米"),
    ("mm", "毫米"),
    ("cm CM", "厘米"),
    ("km KM Km", "公里"),
    ("kg KG Kg", "公斤"),
    ("mg", "毫克"),
    ("kW KW kw", "千瓦"),
    ("MW", "兆瓦"),
    ("kV KV kv", "千伏"),
    ("ml mL ML", "毫升"),
    ("min", "分钟"),
    ("m", "米"),
    ("t", "吨"),
    ("L", "升"),
    ("h", "小时"),
];

/// A number with a symbol; 500g is grams, 5g is not; 50w元 is slang for 50万元.
static SYMBOL: Pattern = Pattern::made(|| {
    let mut symbols: Vec<&str> = UNITS.iter().flat_map(|(symbols, _)| symbols.split(' ')).collect();
    symbols.sort_by_key(|symbol| std::cmp::Reverse(symbol.chars().count()));
    format!("([0-9.]+)[余多几]?[万亿]?[余多]?( ?(?:{})|[gWw])", symbols.join("|"))
});

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&SYMBOL) {
        let (text, Some(number), Some(symbol)) = (prose.text(line), groups.get(1), groups.get(2)) else {
            continue;
        };
        let letter = |c: char| c.is_ascii_alphanumeric() || "²³/".contains(c);
        let tied = before(text, number.start()).is_some_and(|c| c.is_ascii_alphabetic() || "-_/".contains(c));
        let longer = after(text, symbol.end()).is_some_and(letter);
        if tied || longer || reading::is_table(line, text) || line.is_quoted(&symbol.range()) {
            continue;
        }
        let Some(right) = unit(number.as_str(), symbol.as_str(), after(text, symbol.end())) else { continue };
        let message = format!("正文里的单位用了符号“{}”", symbol.as_str().trim());
        let hint = format!("请用汉字写单位，写成“{}{right}”", &text[number.start()..symbol.start()]);
        found.fix(&prose.source, reading::place(line, symbol.range()), right, message, hint);
    }
}

/// The Chinese unit of a symbol behind a number.
fn unit(number: &str, symbol: &str, next: Option<char>) -> Option<&'static str> {
    match symbol {
        "g" => (number.len() > 1).then_some("克"),
        "w" | "W" => next.is_some_and(|c| "元人户亩".contains(c)).then_some("万"),
        symbol => UNITS
            .iter()
            .find(|(symbols, _)| symbols.split(' ').any(|one| one == symbol.trim()))
            .map(|(_, unit)| *unit),
    }
}
