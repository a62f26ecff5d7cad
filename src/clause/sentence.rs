//! Sentences and clauses: what opens a part, a plan, a period, and what a clause leaves for the next.

use crate::period::Period;

use super::fold::{is_bracket, is_figure, is_time};
use super::lexicon::VERBS;
use super::members;
use super::owner::{self, chars, parts, without_opening};
use super::state::{Awaited, Reading, Scene, Topic};
use super::time::{Kind, Time};

impl Reading<'_> {
    /// Reads a sentence.
    pub fn sentence(&mut self, sentence: &str) {
        self.period = None;
        self.compared = None;
        self.members.clear();
        self.mains.clear();
        self.whole = None;
        self.in_part = false;
        self.parts = 0;
        self.plan = None;
        self.pending = None;
        self.awaited = Awaited::Nothing;
        sentence.clone_into(&mut self.sentence);
        for clause in sentence.split(['；', ';', '，', ',']) {
            self.clause(clause);
        }
        // Those of a head without figures.
        for bracket in sentence.chars().filter(|c| is_bracket(*c)) {
            self.bracket(bracket, self.topic.clone());
        }
    }

    /// Reads a clause.
    pub fn clause(&mut self, clause: &str) {
        let clause = clause.trim_matches([' ', '　']);
        let clause = self.behind_head(clause);
        let clause = self.behind_among(clause);
        if clause.is_empty() {
            return;
        }
        self.open_plan(clause);
        self.open_period(clause);
        if !clause.contains(is_figure) {
            self.leave_topic(clause, false);
        } else if !self.spread(clause) {
            self.figures_of(clause);
        }
        for bracket in clause.chars().filter(|c| is_bracket(*c)) {
            self.bracket(bracket, self.topic.clone());
        }
    }

    /// What stands in a bracket is read behind the figure before it, whose state is put back afterwards.
    fn bracket(&mut self, bracket: char, whole: Topic) {
        const OF_FIGURE: [&str; 9] = ["同比", "比", "较", "环比", "增长", "下降", "增", "降", "占"];
        let Some(words) = self.take_bracket(bracket) else { return };
        let kept = (
            self.topic.clone(),
            self.whole.take(),
            self.in_part,
            self.period.clone(),
            self.mains.clone(),
            self.members.clone(),
            self.parts,
        );
        self.whole = Some(whole);
        // 5件（去年为3件，同比增长2%）.
        self.in_part = !OF_FIGURE.iter().any(|word| words.starts_with(word)) && !words.starts_with(is_time);
        self.parts = 0;
        self.in_bracket = true;
        for clause in words.split(['；', ';', '，', ',']) {
            self.clause(clause);
        }
        self.in_bracket = false;
        (self.topic, self.whole, self.in_part, self.period, self.mains, self.members, self.parts) = kept;
    }

    /// A head with a colon and no figure gives topic, period and plan: 主要指标：…. The words behind it.
    fn behind_head<'c>(&mut self, clause: &'c str) -> &'c str {
        let Some(colon) = clause.find(['：', ':']) else { return clause };
        let (head, rest) = clause.split_at(colon);
        let rest = rest.trim_start_matches(['：', ':']);
        if head.contains(is_figure) || head.contains("其中") || !rest.contains(is_figure) {
            return clause;
        }
        let topic = ["为", "如下", "是", "有"].iter().find_map(|end| head.strip_suffix(end)).unwrap_or(head);
        self.leave_topic(topic.strip_suffix("分别").unwrap_or(topic), true);
        let time = self.times_in(head).next_back().map(|(_, time)| time.clone());
        self.period = time.or(self.period.take());
        let planned = head.ends_with("目标") || head.ends_with("计划") || plan_word(head).is_some();
        if planned && self.plan.is_none() {
            self.plan = Some(self.coming());
        }
        rest
    }

    /// 其中 opens a part of what stands before it; the words behind it.
    fn behind_among<'c>(&mut self, clause: &'c str) -> &'c str {
        let Some(at) = clause.find("其中") else { return clause };
        let head = &clause[..at];
        if head.contains(is_figure) {
            self.clause(head);
        }
        self.whole = Some(self.topic.clone());
        self.in_part = true;
        self.parts = 0;
        clause[at + "其中".len()..].trim_start_matches(['：', ':'])
    }

    /// A word such as 力争 before the figures makes plans of the sentence.
    fn open_plan(&mut self, clause: &str) {
        let Some((at, word)) = plan_word(clause) else {
            // 计划招录40名，目前已到岗33名: what was planned ends where it is said what is done.
            let now = self
                .times_in(clause)
                .any(|(_, time)| time.kind == Kind::This && time.words.ends_with("目前"));
            if now || clause.contains(['已']) || clause.contains("实际") {
                self.plan = None;
            }
            return;
        };
        let figure = clause.find(is_figure);
        if figure.is_some_and(|figure| figure < at) || matches!(word, "预计" | "预期") {
            return;
        }
        let year = self.times_in(clause).find_map(|(_, time)| coming_year(time, self.year));
        self.plan = Some(year.or_else(|| self.coming()));
    }

    /// The coming year that the sentence speaks of.
    fn coming(&self) -> Option<Period> {
        self.period.as_ref().and_then(|time| coming_year(time, self.year))
    }

    /// Times before the first figure are the period of the sentence, unless something is compared with them.
    fn open_period(&mut self, clause: &str) {
        const COMPARED: [&str; 8] = ["比", "较", "与", "同", "于", "和", "较之", "比之"];
        self.earlier.clone_from(&self.period);
        let lead = clause.find(is_figure).map_or(clause, |at| &clause[..at]);
        let times: Vec<(usize, Time)> = self.times_in(lead).map(|(at, time)| (at, time.clone())).collect();
        for (at, time) in times {
            let before = &lead[..at];
            let behind = lead[at..].trim_start_matches(is_time);
            let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
            let is_base = ends(&COMPARED) || ends(&["是", "为", "相当于"]) && matches!(behind, "" | "的");
            match &time.kind {
                Kind::List(_) => self.period = Some(time),
                _ if is_base => self.compared = Some(time),
                Kind::Window { .. } => self.period = Some(time),
                Kind::Begin => {}
                _ if ends(&["由", "从", "自"]) => {}
                Kind::Year(year) if *year > self.year && self.plan.is_none() => {
                    self.plan = Some(Some(*year));
                    self.period = Some(time);
                }
                Kind::Plan(year) => {
                    self.plan = Some(*year);
                    self.period = Some(time);
                }
                _ => self.period = Some(time),
            }
        }
    }

    /// What a clause without a figure leaves for the next: a topic, or the members of a list.
    fn leave_topic(&mut self, clause: &str, is_head: bool) {
        const ASIDE_END: [&str; 10] =
            ["看", "来看", "来说", "而言", "计算", "口径", "因素", "因素后", "相比", "比较"];
        const ASIDE: [&str; 6] = ["按", "扣除", "剔除", "根据", "据", "如"];
        let compares = ["相比", "比较", "相较"].iter().any(|word| clause.contains(word))
            && clause.contains(['比', '较', '与', '同']);
        let words = owner::plain(clause);
        let words = without_opening(&words);
        let aside = ASIDE_END.iter().any(|end| words.ends_with(end))
            || ASIDE.iter().any(|word| words.starts_with(word));
        if compares || words.is_empty() || aside || plan_word(words).is_some_and(|(at, _)| at == 0) {
            return;
        }
        let words = words.trim_end_matches(['：', ':', '中', '里', '内']);
        let end = owner::adverb(words).unwrap_or(words.len());
        self.leave_members(words, end);
        let topic = &words[..end];
        let verb = VERBS.front(topic).is_some();
        if !is_head && verb && chars(topic) <= 10 && self.topic.name.is_empty() {
            let parts = parts(topic);
            let object = if parts.object.is_empty() { topic.to_owned() } else { parts.object };
            self.topic = Topic { object, verb: parts.verb, ..Topic::named(topic) };
        }
        let named = (2..=14).contains(&chars(topic)) && (!verb || members::is_quantity(topic));
        if named && !(is_head && is_bare_head(topic)) && !topic.contains(['、', '“']) {
            self.pending = Some(Topic::named(topic));
        }
    }

    /// 城镇、农村居民收入稳步提高: members for a 分别 that follows.
    fn leave_members(&mut self, words: &str, end: usize) {
        const PREDICATES: [&str; 10] =
            ["获评", "荣获", "入选", "被", "获", "成功", "列入", "入围", "均", "都"];
        if !words.contains(['、', '和']) {
            return;
        }
        let second = owner::head(words, 2).len();
        let verb = VERBS.find(words, second).map(|(at, _)| at);
        let predicate =
            PREDICATES.iter().filter_map(|word| words.find(word)).filter(|at| *at >= second).min();
        let end = verb.into_iter().chain(predicate).min().unwrap_or(end).min(end);
        let members = members::members(&words[..end]);
        if members.len() > 1 {
            self.members = members;
        }
    }

    /// Reads the figures of a clause from left to right.
    pub fn figures_of(&mut self, clause: &str) {
        let places: Vec<(usize, usize)> =
            clause.char_indices().filter_map(|(at, c)| Some((at, Self::figure_at(c)?))).collect();
        let width = |at: usize| clause[at..].chars().next().map_or(0, char::len_utf8);
        let (mut from, mut noun, mut project) = (0, "", "");
        for (nth, (at, figure)) in places.iter().copied().enumerate() {
            let mut left = &clause[from..at];
            let next = places.get(nth + 1);
            let right = &clause[at + width(at)..next.map_or(clause.len(), |(next, _)| *next)];
            left = left.strip_prefix(project).unwrap_or(left);
            project = project_behind(right);
            if chars(noun) > 1 || matches!(noun, "村" | "户" | "人" | "镇") {
                left = left.strip_prefix(noun).unwrap_or(left);
            }
            noun = owner::noun_behind(right, &self.figures[figure].unit);
            let bare = left.trim_start_matches(is_bracket);
            let joint = members::joint_at_front(bare).filter(|_| nth > 0);
            left = joint.map_or(left, |length| &bare[length..]);
            if nth > 0 {
                self.period_before(left);
            }
            let next = next.map(|(_, figure)| *figure);
            self.figure(&Scene { clause, figure, at, left, right, joined: joint.is_some(), nth, next });
            let behind = clause[at + width(at)..].chars().next();
            if let Some(bracket) = behind.filter(|c| is_bracket(*c)) {
                self.bracket(
                    bracket,
                    Topic { figure: self.topic.figure.or(Some(figure)), ..self.topic.clone() },
                );
            }
            from = at + width(at);
        }
        if self.in_part && places.len() > 1 {
            self.parts = places.len();
        }
    }

    /// A time right before a later figure holds for that and those behind it.
    fn period_before(&mut self, left: &str) {
        let times: Vec<(usize, Time)> = self.times_in(left).map(|(at, time)| (at, time.clone())).collect();
        for (at, time) in times {
            if ["比", "较", "与", "同", "于"].iter().any(|word| left[..at].ends_with(word)) {
                self.compared = Some(time);
            } else {
                self.period = Some(time);
            }
        }
    }
}

/// Heads that only count or announce: 第一, 目标, 主要情况.
fn is_bare_head(head: &str) -> bool {
    let counted =
        head.chars().nth(1) == Some('是') && head.starts_with(|c| "一二三四五六七八九十".contains(c));
    counted
        || head.starts_with('第')
        || head.ends_with("方面")
        || ["目标", "措施", "情况"].iter().any(|word| head.contains(word))
}

/// 12个的东湾水库项目: a project behind its figure, up to the next mark.
fn project_behind(right: &str) -> &str {
    const KINDS: [&str; 10] = ["项目", "工程", "园", "基地", "中心", "厂", "线", "院", "企业", "综合体"];
    let Some(rest) = right.strip_prefix('的') else { return "" };
    let is_name = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) || matches!(c, '“' | '”');
    let end = rest.find(|c: char| !is_name(c) || matches!(c, '和' | '及')).unwrap_or(rest.len());
    let named =
        KINDS.iter().any(|kind| rest[..end].ends_with(kind)) && (3..=24).contains(&chars(&rest[..end]));
    let closed = rest[end..].is_empty() || rest[end..].starts_with(['、', '，', '和', '及']);
    if named && closed { &right[..'的'.len_utf8() + end] } else { "" }
}

/// The year of a time that is still to come.
fn coming_year(time: &Time, report: Period) -> Option<Period> {
    match time.kind {
        Kind::Year(year) | Kind::Plan(Some(year)) if year > report => Some(year),
        _ => None,
    }
}

/// The first word that speaks of what is still to be done, where it stands.
pub(super) fn plan_word(words: &str) -> Option<(usize, &'static str)> {
    const WORDS: [&str; 11] =
        ["计划", "力争", "目标", "确保", "预计", "预期", "打算", "力求", "规划建设", "争取", "将"];
    let at = |at: usize| {
        let rest = &words[at..];
        if rest.starts_with('拟') {
            return opens_draft(&words[..at], rest).then_some((at, "拟"));
        }
        let word = WORDS.iter().find(|word| rest.starts_with(**word))?;
        is_plan(&words[..at], word, &rest[word.len()..]).then_some((at, *word))
    };
    words.char_indices().find_map(|(place, _)| at(place))
}

/// 拟新建, but not 模拟, 虚拟 or 拟定.
fn opens_draft(before: &str, rest: &str) -> bool {
    !before.ends_with(['模', '虚', '草', '比']) && !rest.starts_with("拟定") && !rest.starts_with("拟订")
}

/// Whether a word of plans plans something, and is no noun: 年度计划, 计划总投资, 目标任务.
fn is_plan(before: &str, word: &str, rest: &str) -> bool {
    let first = rest.chars().next();
    let figure = first.is_some_and(is_figure);
    match word {
        "将" => first.is_some_and(|c| "新完实达建培投引突".contains(c)),
        "争取" => first.is_some_and(|c| "到达实完在年".contains(c) || is_time(c)),
        "计划" | "目标" => {
            let noun = ["的", "总投资", "投资", "生育", "数", "任务", "目标", "责任", "管理", "考核"];
            const DONE: [&str; 5] = ["完成", "占", "为", "年度", "年初"];
            let yearly = before.ends_with("全年")
                || DONE.iter().any(|end| before.ends_with(end))
                || before.ends_with("任务");
            let behind = !rest.is_empty() && !noun.iter().any(|noun| rest.starts_with(noun));
            let done = VERBS.front(rest).is_some() || rest.starts_with(['建', '修', '种', '招']);
            behind && (!yearly || done) && !(word == "计划" && figure)
        }
        _ => true,
    }
}
