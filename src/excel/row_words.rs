//! What the words of a row say: that it sums up others, that it is a remark or belongs to a printed page, that it
//! numbers the columns. All words are plain, as `title::plain` makes them.

use super::title::is_caption;
use crate::zh::pattern::Pattern;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// One row of the ledger.
    Data,
    /// 合计 of all rows.
    Total,
    /// 小计 of some, or the name of a group with what its rows add up to.
    Subtotal,
    /// A remark, a heading between the rows, who filled the table in.
    Note,
    /// The head again, as at the top of a printed page, or a line of column numbers.
    Head,
    /// Another table that begins below this one.
    Other,
}

/// 合计, 全镇合计, 合计：2个, 合计金额, 共2个.
static TOTAL: Pattern = Pattern::new(concat!(
    "^(?:.{0,6}(?:合计|总计|共计|累计|总和)(?:数|金额|总额|完成|人数|户数|个数|面积|[0-9一二三四五六七八九十]{1,2})?(?:[:(].*)?",
    "|(?:汇总|总数|汇总数|总数量|计|∑|Σ|[Tt][Oo][Tt][Aa][Ll]|[Ss][Uu][Mm])(?:[:(].*)?|共计?[0-9]+[^0-9]{1,2})$",
));
static SUBTOTAL: Pattern = Pattern::new("^.{0,6}小计(?:数|金额|[0-9一二三四五六七八九十]{1,2})?(?:[:(].*)?$");
/// The whole of what the rows are parts of.
static WHOLE: Pattern = Pattern::new("^全(?:省|市|县|区|旗|镇|乡|街道|村|社区|园区|局|校)$");
/// Rows that say something of the others, and are none of them.
static ABOUT: Pattern = Pattern::new(
    "^(?:平均|均值|平均值|平均数|人均|户均|同比|环比|增减|增幅|占比|其中(?::.*)?|[承接过转][前次上下]页.*)$",
);
/// What stands alone in a row of a printed page.
static OF_A_PAGE: Pattern = Pattern::new(concat!(
    "^[(【]?(?:续表?|续上表|接上表|(?:以下)?空白|以下无正文|本页.*|公章|盖章|签章|签字盖章|签字)[)】]?$|^[^。]*[(]续表?[0-9一二三四五六七八九十]{0,2}[)]$",
    "|^第?[0-9]+页(?:[,/]?共?[0-9]+页)?$|^共[0-9]+页.*$|^[0-9]+/[0-9]+$|^共计?[0-9]+[条个户家人件项行](?:记录|数据)?$",
    "|^[※#△▲·•○●].+$|^[.…—\\-/]+$|^年月日$|^(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[-/.][0-9]{1,2}[-/.][0-9]{1,2})$",
));
/// A remark with a number, or one that is a sentence.
static SENTENCE: Pattern =
    Pattern::new("^[(]?[0-9一二三四五六七八九十]{1,2}[).、][^0-9].*$|^.{6,}[。；;].*$|^.{14,}[，,].*$");
/// What stands in a line that numbers the columns: 甲, 1, ①, A.
static NUMBER: Pattern = Pattern::new("^[(]?(?:[0-9]{1,2}|[①-⑳]|[A-Z])[)]?$");
/// 1=2+3, C=A×B.
static FORMULA: Pattern = Pattern::new(r"^[(]?(?:[0-9]{1,2}|[①-⑳]|[A-Z])[)]?=[0-9①-⑳A-Z+\-*/×÷().%≥]+$");
const LETTERS: &str = "甲乙丙丁戊栏次行号序—-";

/// Whether words stand before a total, and of which kind. `name` tells that they stand where the name of a row does.
pub(super) fn total(plain: &str, name: bool) -> Option<Line> {
    const LONGEST: usize = 8;
    let bare = plain.trim_matches(['【', '】', '[', ']', '(', ')', '“', '”']);
    let bare = if plain.ends_with(')') && bare.contains('(') { plain } else { bare };
    let brief = bare.split([':', '(']).next().unwrap_or_default().chars().count() <= LONGEST;
    if brief && SUBTOTAL.is_match(bare) {
        Some(Line::Subtotal)
    } else if brief && TOTAL.is_match(bare) || name && WHOLE.is_match(bare) {
        Some(Line::Total)
    } else {
        None
    }
}

/// Whether the name of a row says that it is part of another, a mean, or what was carried from another page.
pub(super) fn is_about(plain: &str) -> bool {
    ABOUT.is_match(plain)
}

/// Whether words that stand alone in a row are no name: of a printed page, a remark, who did what and when.
pub(super) fn is_remark(plain: &str) -> bool {
    OF_A_PAGE.is_match(plain) || SENTENCE.is_match(plain)
}

/// Whether a row that somebody typed below a ledger is none of it: a total, a remark, who filled it in. `cells` are its
/// plain words.
pub(super) fn is_no_row(cells: &[String]) -> bool {
    let Some(name) = cells.first() else { return true };
    let alone = cells.len() == 1 && (is_remark(name) || is_caption(name));
    total(name, true).is_some() || is_about(name) || alone
}

/// Whether a row below the head numbers its columns: 甲 1 2, ① ② ③, 栏次 1=2+3 2 3.
pub(super) fn is_numbering(cells: &[String]) -> bool {
    let letters = |one: &String| LETTERS.contains(one.as_str());
    let known = |one: &String| letters(one) || NUMBER.is_match(one) || FORMULA.is_match(one);
    if cells.len() < 2 || !cells.iter().all(known) {
        return false;
    }
    let ranks: Option<Vec<u32>> = cells.iter().filter(|one| !letters(one)).map(|one| rank(one)).collect();
    let rising = ranks.is_some_and(|ranks| {
        ranks.first() == Some(&1)
            && ranks.windows(2).all(|pair| pair[1] == pair[0] + 1)
            && ranks.len() > 1
            && cells.len() > 2
    });
    rising || cells.iter().any(|one| FORMULA.is_match(one))
}

/// The place of a number of a column: 1, ①, A are the first.
fn rank(number: &str) -> Option<u32> {
    let bare = number.split('=').next()?.trim_matches(['(', ')']);
    let c = bare.chars().next()?;
    match c {
        '①'..='⑳' => Some(u32::from(c) - u32::from('①') + 1),
        'A'..='Z' => Some(u32::from(c) - u32::from('A') + 1),
        _ => bare.parse().ok(),
    }
}

/// Heads of columns that count the rows.
const SERIALS: [&str; 8] = ["序号", "序", "编号", "顺序号", "行号", "行次", "NO", "No."];

/// Whether a head names a column that counts the rows.
pub(super) fn is_serial(plain: &str) -> bool {
    SERIALS.contains(&plain)
}

/// 一, （二）, 三、: the number of a group where rows are counted 1, 2, 3.
pub(super) fn is_numeral(plain: &str) -> bool {
    let bare = plain.trim_start_matches('(').trim_end_matches([')', '、', '.']);
    !bare.is_empty() && bare.chars().all(|c| "一二三四五六七八九十".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excel::title::plain;

    #[test]
    fn totals_are_known_by_their_words() {
        for (words, wanted) in [
            ("合计", "t"),
            ("合 计", "t"),
            ("全镇合计", "t"),
            ("合计：2个", "t"),
            ("共2个", "t"),
            ("合计金额", "t"),
            ("【合计】", "t"),
            ("总计数", "t"),
            ("合计（万元）", "t"),
            ("TOTAL", "t"),
            ("∑", "t"),
            ("汇总", "t"),
            ("全镇", "t"),
            ("累计完成", "t"),
            ("*合计", "t"),
            ("分公司汇总合计", "t"),
            ("项目合计", "t"),
            ("计", "t"),
            ("小计", "s"),
            ("小计1", "s"),
            ("小计（一）", "s"),
            ("东片小计", "s"),
            ("本页小计", "s"),
            ("丙合计算机厂", ""),
            ("总数据中心", ""),
            ("甲厂", ""),
            ("全镇通公司", ""),
            ("共享农庄", ""),
            ("会计所", ""),
            ("设计院", ""),
            ("共青村", ""),
            ("累计折旧软件公司", ""),
        ] {
            let found =
                total(&plain(words), true).map_or("", |line| if line == Line::Total { "t" } else { "s" });
            assert_eq!(found, wanted, "{words}");
        }
        assert_eq!(total("全镇", false), None);
    }

    #[test]
    fn remarks_are_known_and_names_stay() {
        for words in [
            "（续表）",
            "台账（续）",
            "第1页 共2页",
            "第 1 页",
            "1/2",
            "以下空白",
            "（盖章）",
            "年 月 日",
            "2024年12月26日",
            "2024-12-26",
            "共1条记录",
            "※含追加",
            "……",
            "1.说明",
            "投资额按到位数填报，不含意向。",
        ] {
            assert!(is_remark(&plain(words)), "{words}");
        }
        for words in ["其中：女", "其中", "平均", "承前页", "过次页", "接上页", "转下页", "承上页"]
        {
            assert!(is_about(&plain(words)), "{words}");
        }
        for words in [
            "甲厂",
            "三一重工",
            "3号楼",
            "一二三酒家",
            "甲厂（一期）",
            "某某（石桥）食品有限责任公司",
            "2024",
        ] {
            assert!(!is_remark(&plain(words)) && !is_about(&plain(words)), "{words}");
        }
    }

    #[test]
    fn lines_that_number_the_columns_are_known() {
        for (cells, wanted) in [
            ("甲|乙|1|2", true),
            ("栏次|1=2+3|2|3", true),
            ("①|②|③", true),
            ("A|B=C+D", true),
            ("（1）|（2）|（3）", true),
            ("甲|1", false),
            ("甲厂|1|2", false),
            ("1|3|5", false),
            ("2|3|4", false),
        ] {
            let cells: Vec<String> = cells.split('|').map(plain).collect();
            assert_eq!(is_numbering(&cells), wanted, "{cells:?}");
        }
    }
}
