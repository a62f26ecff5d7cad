//! Approximation words, and what they claim.

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
    /// 以上
    Yishang,
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
    /// The value is near the number (约、左右).
    About,
}

impl Approx {
    const ALL: [Approx; 10] = [
        Approx::Duo,
        Approx::Yu,
        Approx::Jin,
        Approx::Yue,
        Approx::Zuoyou,
        Approx::Yishang,
        Approx::Chao,
        Approx::Chaoguo,
        Approx::Yuyue,
        Approx::Tupo,
    ];

    /// The meaning of a word.
    pub fn named(word: &str) -> Option<Approx> {
        Approx::ALL.into_iter().find(|approx| approx.word() == word)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Approx::Duo => "多",
            Approx::Yu => "余",
            Approx::Jin => "近",
            Approx::Yue => "约",
            Approx::Zuoyou => "左右",
            Approx::Yishang => "以上",
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
            Approx::Jin => Bound::Below,
            Approx::Yue | Approx::Zuoyou => Bound::About,
        }
    }
}
