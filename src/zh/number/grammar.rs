//! What a number may look like: one table of the ways of writing it. Facts, cells and prose are read by it, the
//! scanner finds by it, and editors complete by it.

use super::approx::{BEFORE, BEHIND, MIDDLE, Word};
use super::grouping::{BLANKS, MARKS};
use super::written::{Form, Manner, Refused, Said, Why, Written};
use super::{
    Scale, Unit, fold, format_exact, measure, natural_scale, needed_decimals, numeral, prose, strict,
};
use Manner::{Cell, Fact, Prose};

/// A way of writing numbers.
#[derive(Debug)]
pub(super) struct Row {
    /// Its name.
    pub form: Form,
    /// Who may write so.
    pub manners: &'static [Manner],
    /// Whether prose may set words before and behind.
    pub worded: bool,
    /// What it looks like, without those words.
    pub pattern: fn(&Pieces) -> String,
    /// What it says, without those words; nothing where it is another form.
    pub read: fn(&str) -> Option<Said>,
}

const fn row(
    form: Form,
    manners: &'static [Manner],
    pattern: fn(&Pieces) -> String,
    read: fn(&str) -> Option<Said>,
) -> Row {
    let worded = !matches!(form, Form::Rank | Form::Capitals | Form::Alone | Form::Word);
    Row { form, manners, worded, pattern, read }
}

/// All ways, by falling rank: where several fit, the first is meant.
pub(super) const ROWS: [Row; 19] = [
    row(Form::Rank, &[Prose], rank, prose::rank),
    row(Form::Fraction, &[Prose], fraction, prose::fraction),
    row(Form::Ratio, &[Prose], ratio, prose::ratio),
    row(Form::Slash, &[Prose], |_| "[0-9]{1,3}/[0-9]{1,3}".to_owned(), prose::slash),
    row(Form::Range, &[Prose], range, prose::range),
    row(Form::Half, &[Prose], half, prose::half),
    row(Form::Compound, &[Prose], compound, prose::compound),
    row(Form::Grouped, &[Cell, Prose], grouped, prose::grouped),
    row(Form::Lost, &[Prose], lost, prose::spaced),
    row(Form::Digits, &[Fact, Cell, Prose], digits, prose::digits),
    row(Form::FullWidth, &[Cell], full_width, slip),
    row(Form::Blank, &[Cell], blank, slip),
    row(Form::Leading, &[Cell], leading, slip),
    row(Form::Brackets, &[Cell], brackets, slip),
    row(Form::Capitals, &[Prose], capitals, prose::capitals),
    row(Form::Tenths, &[Prose], |_| tenths(), prose::tenths),
    row(Form::Numeral, &[Cell, Prose], chinese, prose::numeral),
    row(Form::Alone, &[Prose], |_| alone(), prose::numeral),
    row(Form::Word, &[Prose], |_| "首位|榜首|之首|末位|零".to_owned(), prose::word),
];

/// Reads a text that is one number, as it may be written by somebody.
///
/// # Errors
/// It is no number, or not written so; [`Refused::instead`] says how it should be.
pub fn read(text: &str, manner: Manner) -> Result<Written, Refused> {
    match manner {
        Prose => in_prose(text).ok_or_else(|| Refused::no_number(text)),
        Fact | Cell => strictly(text, manner),
    }
}

fn in_prose(text: &str) -> Option<Written> {
    let folded = fold::fold(text);
    let text = folded.as_ref().map_or(text, |folded| folded.text.as_str());
    let (front, rest) = strict::before(text);
    let (back, rest) = strict::behind(rest);
    let rows = ROWS.iter().filter(|row| row.manners.contains(&Prose));
    let (form, said) = rows.into_iter().find_map(|row| Some((row.form, (row.read)(rest)?)))?;
    let (said, approx) = prose::settled(said, front.or(back).map(|word| word.approx));
    Some(Written { said, approx, form, plain: String::new() })
}

fn strictly(text: &str, manner: Manner) -> Result<Written, Refused> {
    let written = |plain: String, form: Form, amount: super::Amount| Written {
        approx: amount.approx,
        said: Said::One(amount),
        form,
        plain,
    };
    let first = match strict::amount(text) {
        Ok(amount) => return Ok(written(text.to_owned(), Form::Digits, amount)),
        Err(why) => why,
    };
    let refused = |why: Why| Refused { why, instead: None };
    let (plain, form) = strict::mended(text).map_err(refused)?;
    let Some(form) = form else { return Err(Refused { why: first, instead: in_other_words(text) }) };
    let may = ROWS.iter().any(|row| row.form == form && row.manners.contains(&manner));
    match strict::amount(&plain) {
        Ok(amount) if may => Ok(written(plain, form, amount)),
        Ok(_) => Err(Refused { why: Why::Form(form), instead: Some(plain) }),
        Err(why) if manner == Cell => Err(refused(why)),
        Err(_) => Err(Refused { why: first, instead: in_other_words(text) }),
    }
}

/// A text with a slip of writing, mended.
fn slip(text: &str) -> Option<Said> {
    let (plain, _) = strict::mended(text).ok()?;
    strict::amount(&plain).ok().map(Said::One)
}

/// What prose says in words of its own, as a fact would: 1.3亿元 for 1亿3000万元.
fn in_other_words(text: &str) -> Option<String> {
    let written = in_prose(text)?;
    let telling = matches!(written.form, Form::Compound | Form::Fraction | Form::Capitals);
    let amount = written.exact().filter(|_| telling)?;
    let unit = amount.unit.with_scale(natural_scale(amount.value, None));
    let plain = format_exact(amount.value, &unit, needed_decimals(amount.value, unit.scale));
    strict::amount(&plain).is_ok_and(|same| same.value == amount.value).then_some(plain)
}

/// What the numbers of somebody look like, in a unit or in any: what the scanner looks for in prose, and what a fact
/// file may hold.
pub fn pattern(manner: Manner, unit: Option<&Unit>) -> String {
    let pieces = Pieces::of(manner, unit);
    let rows = ROWS.iter().filter(|row| row.manners.contains(&manner));
    rows.map(|row| pieces.of_row(row)).collect::<Vec<_>>().join("|")
}

/// What patterns are put together from.
pub(super) struct Pieces {
    pub manner: Manner,
    /// Digits.
    pub digits: String,
    /// A point with digits behind it, if any.
    pub decimals: String,
    /// Digits with sign and decimals, in prose also in groups of three.
    pub number: String,
    /// Characters of a numeral in a row, and of one in 大写.
    pub numeral: String,
    pub capital: String,
    /// A scale word.
    pub scale: String,
    /// The unit behind digits, and behind a numeral.
    pub unit: String,
    pub counted: String,
}

impl Pieces {
    pub fn of(manner: Manner, unit: Option<&Unit>) -> Pieces {
        let any = || strict::UNIT.to_owned();
        let own = || unit.map_or_else(any, |unit| regex::escape(&unit.base));
        match manner {
            Fact | Cell => Pieces {
                manner,
                digits: "[0-9]+".to_owned(),
                decimals: r"(?:\.[0-9]+)?".to_owned(),
                number: r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?".to_owned(),
                numeral: in_full(),
                capital: String::new(),
                scale: format!("(?:{})", Scale::pattern()),
                unit: own(),
                counted: own(),
            },
            Prose => Pieces {
                manner,
                digits: "[0-9]+".to_owned(),
                decimals: r"(?:\.[0-9]+)?".to_owned(),
                number: NUMBER.to_owned(),
                numeral: format!("[{}]+", numeral::CHARS),
                capital: "[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*".to_owned(),
                scale: scale(),
                unit: measure::after_arabic(),
                counted: measure::after_chinese(),
            },
        }
    }

    /// The whole pattern of a row, with the words that prose sets around it.
    pub fn of_row(&self, row: &Row) -> String {
        let own = (row.pattern)(self);
        match self.manner == Prose && row.worded {
            true => format!("{}?(?:{own}){}?", any_of(&BEFORE), any_of(&BEHIND)),
            false => own,
        }
    }

    /// A number of a fact with its unit and at most one word.
    fn fact(&self) -> String {
        let (n, s, u) = (&self.number, &self.scale, &self.unit);
        let own = |words: &[Word]| any(words.iter().filter(|word| word.fact));
        let (before, middle, behind) = (own(&BEFORE), own(&MIDDLE), own(&BEHIND));
        let within =
            Scale::pairs().map(|(first, second)| format!("|{first}{middle}{second}")).collect::<String>();
        format!("(?:{before}?{n}{s}?{u}|{n}(?:{middle}{s}?|{s}{middle}{within}){u}|{n}{s}?{u}{behind})")
    }

    /// What stands behind digits in prose.
    fn tail(&self) -> String {
        let (scale, unit, kilo, middle) = (&self.scale, &self.unit, measure::scale_like(), few(""));
        let rate = format!(
            "{unit}(?:[/／·](?:{unit}|月|日|季度|季)){{0,2}}(?:每(?:立方米|平方米|秒|小时|千克|公斤|升|千瓦时|平方公里))?"
        );
        let scaled = format!("{middle}?{scale}?{middle}?{rate}多?|{middle}?{scale}[多余]?|[多余]");
        format!("(?:[ 　]?(?:{middle}?[亿万]?{middle}?(?:{kilo})|{scaled}))?")
    }
}

/// Digits in prose.
pub(in crate::zh) const NUMBER: &str = r"[-－−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?";

/// Scale words in prose, where 千万亿 is met too, but 十 alone is a numeral.
pub(in crate::zh) fn scale() -> String {
    let natural = Scale::NATURAL.iter().rev().map(|scale| scale.word()).filter(|word| !word.is_empty());
    format!("(?:[十百千]?(?:{})|千|百)", natural.collect::<Vec<_>>().join("|"))
}

/// Units of which half a one is said behind them: 两公里半.
const HALVED: [&str; 10] = ["公里", "里", "亩", "公顷", "吨", "斤", "公斤", "小时", "天", "倍"];

/// What joins the ends of a range.
pub(in crate::zh) fn dash() -> String {
    let dashes = prose::DASHES.replace('-', r"\-");
    format!("(?:[{dashes}]{{1,2}}|{})", prose::TO.join("|"))
}

/// The words before a number in prose, and those behind its unit.
pub(in crate::zh) fn around() -> (String, String) {
    (any_of(&BEFORE), any_of(&BEHIND))
}

/// The words between digits and their unit; 来 only follows a numeral, as `more` says.
pub(in crate::zh) fn few(more: &str) -> String {
    let words = MIDDLE.iter().map(|word| word.written).filter(|word| *word != "来" || more == *word);
    format!("[{}]", words.collect::<String>())
}

fn any_of(words: &[Word]) -> String {
    any(words.iter())
}

fn any<'w>(words: impl Iterator<Item = &'w Word>) -> String {
    format!("(?:{})", words.map(|word| word.written).collect::<Vec<_>>().join("|"))
}

fn rank(p: &Pieces) -> String {
    let (cn, digits, counted) = (&p.numeral, &p.digits, &p.counted);
    format!("第(?:{digits}(?:\\.[0-9])?|{cn})(?:{counted})?|前(?:{cn}(?:名|位)?|{digits}(?:名|位))")
}

fn fraction(p: &Pieces) -> String {
    let (cn, digits, number) = (&p.numeral, &p.digits, &p.number);
    format!("(?:{cn}|{digits})分之(?:{cn}(?:点{cn})?|{number})")
}

fn ratio(p: &Pieces) -> String {
    let part = format!("{}{}", p.digits, p.decimals);
    format!("{part}(?:[{}]{part})+", prose::COLONS)
}

fn range(p: &Pieces) -> String {
    let (number, scale, unit, dash) = (&p.number, &p.scale, &p.unit, dash());
    format!("{number}(?:{scale}?{unit}|{scale})?{dash}{}{}{}", p.digits, p.decimals, p.tail())
}

fn compound(p: &Pieces) -> String {
    let (digits, unit) = (&p.digits, &p.unit);
    format!("{digits}(?:亿{digits}千?万|万{digits}千|万[0-9]{{3,4}}){unit}")
}

/// A point that was lost or gained a blank.
fn lost(p: &Pieces) -> String {
    let (digits, scale) = (&p.digits, &p.scale);
    format!("{digits}(?: \\. ?|\\. ){digits} ?(?:%|{scale}?元)|[0-9]{{1,3}} [0-9]{{1,2}}[万亿]元")
}

fn digits(p: &Pieces) -> String {
    match p.manner {
        Prose => format!("{}{}", p.number, p.tail()),
        Fact | Cell => p.fact(),
    }
}

fn full_width(p: &Pieces) -> String {
    format!("-?[１-９][０-９]{{0,8}}(?:．[０-９]{{1,4}})?{}?{}", p.scale, p.unit)
}

/// Groups of three: with every mark in a cell; in prose with blanks, as a comma there is part of any number.
fn grouped(p: &Pieces) -> String {
    if p.manner == Prose {
        return format!("[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}}){{1,4}}{}{}", p.decimals, p.tail());
    }
    let groups: Vec<String> = MARKS.iter().map(|mark| format!("(?:{mark}[0-9]{{3}}){{1,4}}")).collect();
    format!("-?[1-9][0-9]{{0,2}}(?:{}){}{}?{}", groups.join("|"), p.decimals, p.scale, p.unit)
}

fn blank(p: &Pieces) -> String {
    format!("{}[ 　\n]{}?{}", p.number, p.scale, p.unit)
}

fn leading(p: &Pieces) -> String {
    let (digits, number) = (&p.digits, &p.number);
    format!("(?:0{{1,3}}{digits}|[+¥￥]{number}){}?{}", p.scale, p.unit)
}

fn brackets(p: &Pieces) -> String {
    format!("[(（]{}{}[)）]", p.digits, p.decimals)
}

/// 一半; 两公里半, 三个半小时.
fn half(p: &Pieces) -> String {
    let (cn, digits) = (&p.numeral, &p.digits);
    format!("一半|半数|(?:{cn}|{digits})(?:(?:{})半|个半(?:小时|百分点))", HALVED.join("|"))
}

fn capitals(p: &Pieces) -> String {
    format!("{}[元圆角分](?:[壹贰叁肆伍陆柒捌玖零]*[角分])*整?", p.capital)
}

fn tenths() -> String {
    "[一二两三四五六七八九]成[一二三四五六七八九半]?".to_owned()
}

fn chinese(p: &Pieces) -> String {
    let (cn, counted) = (&p.numeral, &p.counted);
    match p.manner {
        Prose => format!("[数几上]?{cn}(?:点{cn})?{}?[万亿]?[多余]?{counted}多?", few("来")),
        Fact | Cell => format!("{cn}(?:万亿|亿|万)?{counted}"),
    }
}

fn alone() -> String {
    "[数上]?[十百千]?(?:万亿|[万亿])".to_owned()
}

/// A numeral below ten thousand that can only mean one number.
fn in_full() -> String {
    let (one, two) = ("[一二三四五六七八九]", "[一二两三四五六七八九]");
    let tens = format!("{one}十{one}?");
    let hundreds = format!("{two}百(?:{tens}|零{one})?");
    let thousands = format!("{two}千(?:{hundreds}|零(?:{tens}|{one}))?");
    format!("(?:{thousands}|{hundreds}|[二三四五六七八九]?十{one}?|{two})")
}
