//! Words that make a number approximate, where they stand, and what they claim.

use rust_decimal::Decimal;

/// An approximation word. What it claims is [`Approx::bound`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approx {
    /// 多
    Duo,
    /// 余
    Yu,
    /// 近
    Jin,
    /// 约
    Yue,
    /// 左右
    Zuoyou,
    /// 上下
    Shangxia,
    /// 以上
    Yishang,
    /// 以下
    Yixia,
    /// 以内
    Yinei,
    /// 超
    Chao,
    /// 超过
    Chaoguo,
    /// 逾
    Yuyue,
    /// 突破
    Tupo,
}

/// What is known of a value beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The value is exactly the number.
    Exact,
    /// The value is more than the number (多、余、超).
    Above,
    /// The value is the number or more (以上).
    AtLeast,
    /// The value is a little less than the number (近).
    Below,
    /// The value is the number or less (以下、以内).
    AtMost,
    /// The value is near the number (约、左右).
    About,
}

/// Whether 近 may be said: what is lacking is at most a tenth of the number said. GB/T 15835-2011 (5.3) leaves open how
/// near near is; with a tenth 近10人 may be 9 and 近2000人次 is no less than 1800.
pub fn is_near(exact: Decimal, said: Decimal) -> bool {
    exact <= said && (said - exact) * Decimal::TEN <= said
}

/// A word at a number.
pub(super) struct Word {
    /// As it is written.
    pub written: &'static str,
    /// The word that it stands for.
    pub approx: Approx,
    /// Whether a fact may be written with it. The others are only found in prose.
    pub fact: bool,
}

const fn fact(written: &'static str, approx: Approx) -> Word {
    Word { written, approx, fact: true }
}

const fn prose(written: &'static str, approx: Approx) -> Word {
    Word { written, approx, fact: false }
}

/// Words in front of a number.
pub(super) const BEFORE: [Word; 5] = [
    fact("近", Approx::Jin),
    fact("约", Approx::Yue),
    fact("超过", Approx::Chaoguo),
    fact("超", Approx::Chao),
    fact("逾", Approx::Yuyue),
];

/// Words between the number and its unit, on either side of the scale word.
pub(super) const MIDDLE: [Word; 4] =
    [fact("多", Approx::Duo), fact("余", Approx::Yu), prose("几", Approx::Duo), prose("来", Approx::Yue)];

/// Words behind the unit; one that ends in another comes first.
pub(super) const BEHIND: [Word; 7] = [
    prose("及以上", Approx::Yishang),
    prose("及以下", Approx::Yixia),
    fact("左右", Approx::Zuoyou),
    fact("以上", Approx::Yishang),
    fact("以下", Approx::Yixia),
    fact("以内", Approx::Yinei),
    prose("上下", Approx::Shangxia),
];

impl Approx {
    /// The meaning of a word.
    pub fn named(word: &str) -> Option<Approx> {
        let words = BEFORE.iter().chain(&MIDDLE).chain(&BEHIND);
        let own = words.map(|word| word.approx).chain([Approx::Tupo]);
        own.into_iter().find(|approx| approx.word() == word)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Approx::Duo => "多",
            Approx::Yu => "余",
            Approx::Jin => "近",
            Approx::Yue => "约",
            Approx::Zuoyou => "左右",
            Approx::Shangxia => "上下",
            Approx::Yishang => "以上",
            Approx::Yixia => "以下",
            Approx::Yinei => "以内",
            Approx::Chao => "超",
            Approx::Chaoguo => "超过",
            Approx::Yuyue => "逾",
            Approx::Tupo => "突破",
        }
    }

    /// What the word claims.
    pub fn bound(self) -> Bound {
        match self {
            Approx::Duo | Approx::Yu | Approx::Chao | Approx::Chaoguo | Approx::Yuyue | Approx::Tupo => {
                Bound::Above
            }
            Approx::Yishang => Bound::AtLeast,
            Approx::Yixia | Approx::Yinei => Bound::AtMost,
            Approx::Jin => Bound::Below,
            Approx::Yue | Approx::Zuoyou | Approx::Shangxia => Bound::About,
        }
    }

    /// Whether it stands behind the unit.
    pub(super) fn is_behind(self) -> bool {
        BEHIND.iter().any(|word| word.approx == self)
    }
}
