//! A figure that says how much there is of something: to whom it belongs, by the words on either side.

use super::fold::is_time;
use super::lexicon::{COUNT, GENERIC, HEADS, VERBS};
use super::owner::{self, Parts, chars, parts, plain, risen, without_link, without_opening};
use super::state::{Awaited, Reading, Scene, Topic, part_name};
use super::time::Kind;
use super::{Relation, When, counted};

/// What is gathered of a level before it becomes a claim.
struct Level<'s> {
    /// The words before it without what ties them to it, and whether something was reached.
    words: &'s str,
    tie: &'s str,
    is_state: bool,
    own: Parts,
    /// What it is called, where that is more than its own words say.
    name: String,
    /// The noun behind it.
    noun: &'s str,
    topic: Topic,
}

impl Level<'_> {
    /// Nothing before the figure counts.
    fn forget(&mut self) {
        self.own = Parts::default();
        self.name.clear();
    }

    fn call(&mut self, name: String, object: &str) {
        self.name = name;
        object.clone_into(&mut self.own.object);
    }
}

impl Reading<'_> {
    /// Reads a figure that is nothing else.
    pub fn level(&mut self, scene: &Scene<'_>) {
        const STATES: [&str; 8] = ["到", "至", "达", "为", "突破", "控制在", "保持", "稳定"];
        // 降到每月35件.
        let left = without_each(scene.left);
        let words = without_link(left);
        let tie = &left[words.len()..];
        let is_state = STATES.iter().any(|word| tie.contains(word))
            && !scene.left.contains("累计")
            && !tie.contains('共');
        let risen = risen(left);
        let words = risen.unwrap_or(words);
        let words = ["同比", "环比", "分别"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
        let own = parts(words);
        let unit = &self.figures[scene.figure].unit;
        let mut level = Level {
            words,
            tie,
            is_state: is_state || risen.is_some(),
            name: own.name(),
            own,
            noun: owner::noun_behind(scene.right, unit),
            topic: self.subject(),
        };
        // 而5.47万元, 经2022年的4.36万吨: a connective names nothing.
        if chars(&level.name) == 1 && !COUNT.has(&level.name) {
            level.forget();
        }
        let begins = scene
            .left
            .chars()
            .next()
            .and_then(|c| self.time_at(c))
            .is_some_and(|time| time.kind == Kind::Begin);
        self.at_beginning = begins && scene.nth == 0 && level.own.verb.is_empty();
        let ways: [fn(&mut Self, &Scene<'_>, &mut Level<'_>) -> bool; 11] = [
            Self::reached,
            Self::part_of_whole,
            Self::without_list,
            Self::recipients,
            Self::group,
            Self::rest,
            Self::project,
            Self::bare_verb,
            Self::noun_alone,
            Self::nothing_said,
            Self::unlisted_verb,
        ];
        if !ways.iter().any(|way| way(self, scene, &mut level)) {
            self.finish(scene, &level);
        }
    }

    /// The claim of a level; its figure says how much there is of the topic.
    fn told(&mut self, figure: usize, name: &str, relation: Relation, is_state: bool) {
        let relation = match relation {
            Relation::Level if is_state => Relation::State,
            other => other,
        };
        // 年初在建项目14个: at the end of the year before, or on a day that nobody says.
        let when = if std::mem::take(&mut self.at_beginning) { When::Unsaid } else { self.when(is_state) };
        let whole = self.whole.as_ref().filter(|_| relation == Relation::Part).and_then(|whole| whole.figure);
        let vague = name.is_empty().then_some(super::Doubt::Vague);
        let claim = self.claim(figure, name, relation, when);
        claim.whole = whole;
        claim.doubt = claim.doubt.or(vague);
        self.topic.unit.clone_from(&self.figures[figure].unit);
        self.topic.figure = Some(figure);
        self.main(name, figure);
        self.pending = None;
    }

    /// The value behind 由12万元增加到.
    fn reached(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        if self.awaited != Awaited::Reached {
            return false;
        }
        self.awaited = Awaited::Nothing;
        if !matches!(level.name.as_str(), "" | "增" | "升" | "降") {
            return false;
        }
        let name = self.topic.name.clone();
        self.told(scene.figure, &name, Relation::State, true);
        true
    }

    /// A part of the whole before 其中.
    fn part_of_whole(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        let rate = self.figures[scene.figure].is_rate() && level.own.object.ends_with('率');
        let Some(mut whole) = self.whole.clone().filter(|_| self.in_part && !rate) else { return false };
        let unit = self.figures[scene.figure].unit.clone();
        // 36个自然村、1260户，其中脱贫户300户: the whole is the figure of the same unit.
        let other = self.parts == 0 && !unit.is_empty() && whole.unit != unit;
        if let Some(main) = self.mains.iter().rev().find(|main| other && main.unit == unit) {
            let own = parts(&main.name);
            let object = if own.object.is_empty() { main.name.clone() } else { own.object };
            let figure = Some(main.figure);
            whole = Topic { object, verb: own.verb, unit: unit.clone(), figure, ..Topic::named(&main.name) };
            self.whole = Some(whole.clone());
        }
        if self.parts > 0 && !level.name.is_empty() && !self.part_subject.is_empty() && !scene.joined {
            let of = self.mains.iter().find(|main| main.unit == unit && main.name.starts_with(&level.name));
            if let Some(name) = of.map(|of| format!("{}{}", self.part_subject, of.name)) {
                self.told(scene.figure, &name, Relation::Part, level.is_state);
                return true;
            }
        }
        let bare_verb = !level.own.verb.is_empty() && level.own.object.is_empty();
        let other = !whole.unit.is_empty() && !unit.is_empty() && unit != whole.unit && unit != "%";
        if self.parts > 0
            && (bare_verb || !level.name.is_empty() && !scene.joined && (!level.own.verb.is_empty() || other))
        {
            self.in_part = false;
            level.topic = whole.clone();
            if bare_verb {
                self.topic = whole;
            }
            return false;
        }
        // 受理信访件200件，其中办结190件: what the whole was done to.
        let same = bare_verb && level.noun.is_empty() && whole.unit == unit && !whole.object.is_empty();
        if same {
            let again = whole.verb == level.own.verb;
            let name = if again { whole.name.clone() } else { format!("{}{}", level.own.verb, whole.object) };
            self.topic =
                Topic { object: whole.object.clone(), verb: level.own.verb.clone(), ..Topic::named(&name) };
            self.parts += 1;
            self.told(scene.figure, &name, Relation::Part, level.is_state);
            return true;
        }
        let part = match (level.name.is_empty(), level.noun) {
            (false, _) if !bare_verb => {
                self.parts_joined = scene.joined;
                self.part_subject = format!("{}{}", level.own.verb, level.own.object);
                part_name(&whole, &self.part_subject)
            }
            (true, noun) if !noun.is_empty() && self.parts == 0 => part_name(&whole, noun),
            _ => return false,
        };
        self.topic = Topic::named(&part);
        self.parts += 1;
        self.told(scene.figure, &part, Relation::Part, level.is_state);
        true
    }

    /// Words before a figure that belong to its noun: 由3个村, A、B等12家企业, 新建的12个项目.
    fn without_list(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        let left = scene.left;
        if level.noun.is_empty() {
            return false;
        }
        let by = left.strip_suffix('由').is_some_and(|before| !before.ends_with(['自', '理', '经']));
        let listed = level.own.object.contains('、') && level.own.verb.is_empty();
        if by || level.words.ends_with('等') || listed {
            level.forget();
        }
        let words = plain(left);
        let timed = left.trim_end_matches('的').ends_with(is_time);
        if chars(left) > 1
            && left.ends_with('的')
            && !level.is_state
            && !timed
            && !owner::is_bound(without_opening(&words))
        {
            let short = level.own.verb.is_empty() && (1..=5).contains(&chars(&level.own.object));
            let name =
                if short { format!("{}的{}", level.own.object, level.noun) } else { level.noun.to_owned() };
            let noun = level.noun.to_owned();
            level.own = Parts::default();
            level.call(name, &noun);
        }
        false
    }

    /// 为、帮助 300户群众: whom something is done for.
    fn recipients(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        const FOR: [&str; 12] =
            ["为", "对", "向", "给", "帮助", "组织", "带动", "引导", "动员", "支持", "吸引", "吸纳"];
        let unit = &self.figures[scene.figure].unit;
        let left = plain(scene.left);
        let left = left.trim_start_matches("今年").trim_start_matches('，');
        if FOR.contains(&left) && !level.noun.is_empty() && COUNT.has(unit) {
            let verb = if chars(left) < 2 { "" } else { left };
            let noun = level.noun.to_owned();
            level.own.verb = verb.to_owned();
            level.call(format!("{verb}{noun}"), &noun);
        }
        // 完成…的植树任务.
        if matches!(level.name.as_str(), "" | "完成")
            && let Some(task) =
                scene.right.strip_prefix('的').and_then(|rest| rest.find("任务").map(|at| &rest[..at]))
            && (2..=8).contains(&chars(task))
        {
            level.call(format!("{task}{}", counted_or_none(unit)), "");
        }
        false
    }

    /// 35岁以下46名: the topic's group with another bound.
    fn group(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        if !owner::is_bound(&level.own.object) || !level.own.verb.is_empty() {
            return false;
        }
        let bound = level.own.object.trim_matches('的');
        let topic = &level.topic;
        let name = match owner::bound(&topic.name) {
            _ if !level.noun.is_empty() => format!("{bound}{}", level.noun),
            Some(span) if span.start > 0 => {
                format!("{}{bound}{}", &topic.name[..span.start], &topic.name[span.end..])
            }
            _ => {
                let object = owner::unbound(&topic.object);
                let base = if object.is_empty() { owner::unbound(&topic.name) } else { object };
                format!("{base}{bound}")
            }
        };
        let base = [level.noun, &topic.object, &topic.name]
            .into_iter()
            .map(owner::unbound)
            .find(|base| !base.is_empty());
        self.topic = Topic { object: base.unwrap_or_default(), ..Topic::named(&name) };
        self.told(scene.figure, &name, Relation::Group, level.is_state);
        true
    }

    /// 其余12户, 户均3000元, 和…40公里: what leans on the topic.
    fn rest(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        const REST: [&str; 5] = ["其余", "其他", "剩余", "另外", "另"];
        const MEANS: [&str; 12] =
            ["班均", "组均", "校均", "社均", "家均", "户均", "人均", "村均", "亩均", "平均", "日均", "年均"];
        let topic = level.topic.clone();
        if REST.contains(&level.own.object.as_str()) && !topic.object.is_empty() {
            level.call(format!("{}{}", level.own.object, topic.object), &topic.object);
        }
        const TOTALS: [&str; 5] = ["总数", "总量", "总额", "累计", "数量"];
        if TOTALS.contains(&level.name.as_str()) && !topic.object.is_empty() {
            level.call(format!("{}{}", topic.object, level.name), &topic.object);
        }
        if MEANS.contains(&level.name.as_str()) && !topic.name.is_empty() {
            let base = if topic.object.is_empty() { &topic.name } else { &topic.object };
            level.name = format!("{base}{}", level.name);
        }
        if scene.joined
            && level.own.verb.is_empty()
            && !topic.verb.is_empty()
            && !level.own.object.is_empty()
            && level.noun.is_empty()
        {
            level.own.verb.clone_from(&topic.verb);
            level.name = format!("{}{}", topic.verb, level.own.object);
        }
        false
    }

    /// 总投资3亿元的东湾水库项目, 2亿元的…: money of a project behind it.
    fn project(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        let Some((name, kind)) = project_of(scene.right) else { return false };
        let own = ["分别是", "目前", "其中", "是"]
            .iter()
            .find_map(|word| level.name.strip_prefix(word))
            .unwrap_or(&level.name);
        let money = self.figures[scene.figure].unit.ends_with('元');
        if scene.joined && level.name.is_empty() {
            level.name = format!("{name}{}", if money { "总投资" } else { "" });
        } else if GENERIC.has(own) || matches!(own, "总投资" | "计划总投资" | "计划投资" | "投入")
        {
            level.name = format!("{name}{kind}{own}");
        } else {
            return false;
        }
        self.finish(scene, level);
        true
    }

    /// 办结190件: a verb with the noun behind the figure, else with what the topic's was done to.
    fn bare_verb(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        if level.own.verb.is_empty() || !level.own.object.is_empty() {
            return false;
        }
        let topic = level.topic.clone();
        let verb = level.own.verb.clone();
        let alike = self.figures[scene.figure].unit == topic.unit && chars(&topic.object) <= 8;
        if !level.noun.is_empty() {
            let noun = level.noun.to_owned();
            level.call(format!("{verb}{noun}"), &noun);
        } else if !topic.object.is_empty() && alike {
            let again = topic.name.contains(&verb);
            let name = if again { topic.name.clone() } else { format!("{verb}{}", topic.object) };
            level.call(name, &topic.object);
        } else {
            level.name = verb;
        }
        self.finish(scene, level);
        true
    }

    /// 12件实事; 18件已经落实.
    fn noun_alone(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        if !level.name.is_empty() {
            return false;
        }
        let unit = &self.figures[scene.figure].unit;
        if !level.noun.is_empty() {
            let noun = level.noun.to_owned();
            level.call(noun.clone(), &noun);
            self.finish(scene, level);
            return true;
        }
        let behind = scene.right.trim_start_matches(['的', '已', '均', '全', '都']);
        let verb = VERBS.front(behind).filter(|_| {
            level.tie.is_empty() && COUNT.has(unit) && scene.nth == 0 && !scene.left.contains(is_time)
        });
        let Some(verb) = verb else { return false };
        level.call(format!("{verb}{}", counted_or_none(unit)), "");
        self.finish(scene, level);
        true
    }

    /// Nothing is said: it is the topic's, or a second count of it.
    fn nothing_said(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        if !level.name.is_empty() {
            return false;
        }
        let unit = &self.figures[scene.figure].unit;
        let topic = level.topic.clone();
        if scene.nth > 0 && !scene.joined && scene.left.is_empty() {
            let name = format!("{}{}", topic.name, counted_or_none(unit));
            self.claim(scene.figure, &name, Relation::Second, self.when(false));
            self.main(&name, scene.figure);
            return true;
        }
        let other = !topic.unit.is_empty()
            && !unit.is_empty()
            && *unit != topic.unit
            && unit != "%"
            && !level.is_state;
        let name = match (topic.name.as_str(), other) {
            ("", _) => topic.object.clone(),
            (name, true) => format!("{name}{}", counted_or_none(unit)),
            (name, false) => name.to_owned(),
        };
        if self.pending.is_some() {
            self.topic = topic;
        }
        let kept = self.topic.unit.clone();
        self.told(scene.figure, &name, Relation::Level, level.is_state);
        if other {
            self.topic.unit = kept;
        }
        true
    }

    /// 布局12个农业片区: two to four characters before a count with a noun are its verb, even if no list has it.
    fn unlisted_verb(&mut self, scene: &Scene<'_>, level: &mut Level<'_>) -> bool {
        let own = &level.own;
        let short = own.verb.is_empty() && own.subject.is_empty() && (2..=4).contains(&chars(&own.object));
        let counts = chars(level.noun) > 1 && level.tie.is_empty() && !scene.joined;
        if !short
            || !counts
            || HEADS.back(&own.object).is_some()
            || level.name != own.object
            || own.object.ends_with(['村', '镇', '社'])
        {
            return false;
        }
        let (verb, noun) = (own.object.clone(), level.noun.to_owned());
        level.own.verb.clone_from(&verb);
        level.call(format!("{verb}{noun}"), &noun);
        self.finish(scene, level);
        true
    }

    /// The level as it was told, the topic of what follows.
    fn finish(&mut self, scene: &Scene<'_>, level: &Level<'_>) {
        let own = &level.own;
        let light = owner::is_light(&own.verb) && chars(&own.object) >= 2;
        let name = if light { format!("{}{}", own.subject, own.object) } else { level.name.clone() };
        let object = if own.object.is_empty() { name.clone() } else { own.object.clone() };
        self.topic = Topic { object, verb: own.verb.clone(), ..Topic::named(&name) };
        self.told(scene.figure, &name, Relation::Level, level.is_state);
        if let Some(claim) = self.claims.last_mut().filter(|_| light) {
            claim.verb.clone_from(&own.verb);
        }
    }
}

/// What a unit alone says, where it says more than a number.
fn counted_or_none(unit: &str) -> &'static str {
    match counted(unit) {
        "数量" => "",
        counted => counted,
    }
}

/// Words without 每月, 每人每年 at their end, where a verb stands before it.
fn without_each(words: &str) -> &str {
    let each = ["每人每月", "每人每年", "每月", "每年", "每天", "每亩"]
        .iter()
        .find_map(|each| words.strip_suffix(each));
    each.filter(|before| before.ends_with(['到', '至', '为', '达'])).unwrap_or(words)
}

/// The project that stands behind a figure with 的, and the word 项目 behind it.
fn project_of(right: &str) -> Option<(String, &'static str)> {
    const KINDS: [&str; 10] = ["项目", "工程", "园", "基地", "中心", "厂", "线", "院", "企业", "综合体"];
    const ENDS: [&str; 13] =
        ["开工", "建设", "投产", "竣工", "签约", "落地", "全面", "正式", "已", "顺利", "建成", "项目", "，"];
    let right = right.replace(['“', '”'], "");
    let rest = right.strip_prefix('的')?;
    let han = rest.find(|c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c)).unwrap_or(rest.len());
    let words = &rest[..han];
    let closed = words.find(['、', '和', '及']).unwrap_or(words.len());
    let named = &words[..closed];
    // 污水处理厂二期将于…: the stage of a project closes its name.
    let stage =
        ["一期", "二期", "三期"].iter().find_map(|stage| words.find(stage).map(|at| at + stage.len()));
    let named = stage.map_or(named, |end| &words[..end.min(closed)]);
    let kind_of = named.trim_end_matches(['一', '二', '三', '期']);
    if KINDS.iter().any(|kind| kind_of.ends_with(kind)) && (3..=20).contains(&chars(named)) {
        return Some((named.to_owned(), ""));
    }
    let second = owner::head(words, 2).len();
    let end =
        ENDS.iter().filter_map(|end| words.find(end)).filter(|at| *at >= second).min().unwrap_or(words.len());
    let name = &words[..end];
    let kind = if words[end..].starts_with("项目") { "项目" } else { "" };
    (2..=8).contains(&chars(name)).then(|| (name.to_owned(), kind))
}
