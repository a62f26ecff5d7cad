//! The figures of a line against everything that is known.

use super::Judged;
use super::answers::Answer;
use super::fit::{Figure, Fit};
use super::known::{Cell, Known, Told};
use super::line::Said;
use super::name::{Kin, Likeness, Name};
use super::stage::{Agreed, Stage};
use crate::clause::{Doubt, Relation, When};
use crate::figures::Cited;

/// A value that is known, how surely it is meant, and how it agrees.
#[derive(Debug, Clone)]
struct Candidate {
    answer: Answer,
    likeness: Likeness,
    stage: Stage,
    fit: Option<Fit>,
}

/// So much more of two names is shared where one of them is meant rather than the other.
const CLEARLY: usize = 60;
/// From this likeness on a fact contradicts a figure that differs.
const SURE: usize = 550;

/// What is known of every figure of a line. `row` are the words before it in its table.
pub(super) fn line(known: &Known<'_>, said: &[Said<'_>], row: Option<&str>) -> Vec<Judged> {
    said.iter().enumerate().map(|(index, one)| figure(known, one, &said[..index], row)).collect()
}

fn figure(known: &Known<'_>, said: &Said<'_>, before: &[Said<'_>], row: Option<&str>) -> Judged {
    let Some(written) = &said.written else {
        return Judged::unknown("这个数的写法没有读懂，请人工核对");
    };
    let figure = Figure::new(written, said.text, said.before);
    if let Some(row) = row {
        return cell(known, said, &figure, row);
    }
    if figure.parts().is_some() {
        return parts(known, said, &figure);
    }
    let found = candidates(known, said, before, &figure);
    decided(known, said, &figure, &found)
}

/// Everything that may be meant by a figure.
fn candidates(
    known: &Known<'_>,
    said: &Said<'_>,
    before: &[Said<'_>],
    figure: &Figure<'_>,
) -> Vec<Candidate> {
    let words = match &said.when {
        When::Part(_, words) => format!("{words}{}", said.owner),
        _ => said.owner.clone(),
    };
    // 其中税收占比 is called 税收 of what stands before, or by both.
    let whole = before.iter().map(|one| one.owner.as_str()).filter(|owner| owner.chars().count() > 1);
    let own = whole.filter_map(|owner| words.strip_suffix(owner).or_else(|| words.strip_prefix(owner)));
    let mut names: Vec<Name> = own.chain([words.as_str()]).map(Name::of).collect();
    names.retain(|name| !name.says_nothing());
    let best = |known: &[Name]| {
        let likenesses = names.iter().map(|name| name.best(known));
        likenesses.max_by_key(|one| (one.kin, one.shared)).unwrap_or_default()
    };
    if names.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut add = |likeness: Likeness, stage: Stage, answer: Answer| {
        if let Some(amount) = figure.in_unit(&answer.amount) {
            let fit = figure.fits(&amount, answer.computed);
            found.push(Candidate { answer, likeness, stage, fit });
        }
    };
    for subject in &known.subjects {
        let likeness = best(&subject.names);
        if likeness.kin > Kin::Apart && same_scope(said, &subject.told) {
            let answers = known.answers(subject, said, figure);
            answers.into_iter().for_each(|answer| add(likeness, subject.stage, answer));
        }
    }
    for printed in &known.printed {
        let likeness = best(std::slice::from_ref(&printed.name));
        if likeness.kin > Kin::Apart
            && let Some(answer) = Answer::printed(printed, said)
        {
            add(likeness, Stage::Unsaid, answer);
        }
    }
    if let Some(answer) = known.sum_of_named(said, figure) {
        add(Likeness { kin: Kin::Same, shared: 1000, more: false }, Stage::Unsaid, answer);
    }
    for cell in &known.cells {
        if let Some(row) = cell
            .names
            .iter()
            .find(|row| said.clause.contains(row.as_str()) || said.owner.contains(row.as_str()))
        {
            let column = cell.path.rsplit('.').next().unwrap_or_default();
            let likeness = Name::of(&said.owner.replace(row.as_str(), "")).likeness(&Name::of(column));
            add(likeness, Stage::Unsaid, of_cell(cell));
        }
    }
    found.retain(|one| one.likeness.kin > Kin::Apart);
    found
}

/// Whether a rank is one among the same: 全市第2位 tells nothing of 全省.
fn same_scope(said: &Said<'_>, told: &Told) -> bool {
    match (&said.relation, told) {
        (Relation::Rank { scope }, Told::Rank { scope: known }) => {
            let upwards = !said.before.ends_with("倒数");
            upwards
                && (scope.is_empty()
                    || known.is_empty()
                    || scope.contains(known.as_str())
                    || known.contains(scope.as_str()))
        }
        _ => true,
    }
}

fn of_cell(cell: &Cell) -> Answer {
    Answer {
        path: cell.path.clone(),
        amount: cell.figure.amount.clone(),
        computed: false,
        sure: true,
        says: format!("台账“{}”是{}", cell.path, cell.figure.text),
        text: cell.figure.text.clone(),
        derivation: cell.figure.derivation.clone(),
        facts: cell.figure.facts.clone(),
    }
}

/// What follows from everything that may be meant.
fn decided(known: &Known<'_>, said: &Said<'_>, figure: &Figure<'_>, found: &[Candidate]) -> Judged {
    let rank = |one: &&Candidate| (one.likeness.kin, one.likeness.shared, one.fit);
    let named: Vec<&Candidate> = found.iter().filter(|one| one.likeness.kin >= Kin::Near).collect();
    let fitting = named.iter().copied().filter(|one| one.fit.is_some()).max_by_key(rank);
    let other = named.iter().copied().filter(|one| one.fit.is_none() && one.answer.sure).max_by_key(rank);
    let listed = matches!(said.doubt, Some(Doubt::ListLength | Doubt::ListOwner));
    if let (Some(doubt), true) = (said.doubt, listed) {
        return Judged::asks(doubt.question(), found.first().map(|one| &one.answer));
    }
    match (fitting, other) {
        (Some(one), Some(other)) if is_clearer(other, one) => differs(known, said, figure, other, &named),
        (Some(one), Some(other)) if is_as_clear(other, one) && other.answer.path != one.answer.path => {
            Judged::asks(
                &format!("可能是说{}，也可能是说{}，请核对说的是哪一个", one.answer.says, other.answer.says),
                Some(&one.answer),
            )
        }
        (Some(one), _) => agrees(said, one),
        (None, Some(other)) => differs(known, said, figure, other, &named),
        (None, None) => otherwise(known, said, figure, found),
    }
}

/// Whether the words speak rather of one than of another.
fn is_clearer(one: &Candidate, other: &Candidate) -> bool {
    one.likeness.kin > other.likeness.kin
        || one.likeness.kin == other.likeness.kin && one.likeness.shared > other.likeness.shared + CLEARLY
}

/// Whether they speak of one as much as of another.
fn is_as_clear(one: &Candidate, other: &Candidate) -> bool {
    one.likeness.kin == other.likeness.kin && one.likeness.shared + CLEARLY >= other.likeness.shared
}

/// A value that agrees, if what is said to be done was done.
fn agrees(said: &Said<'_>, one: &Candidate) -> Judged {
    match one.stage.may_be_said(said.stage) {
        Agreed::Yes => Judged::agrees(&one.answer, one.fit.unwrap_or(Fit::Roughly)),
        Agreed::Perhaps => Judged::asks(
            &format!("{}，{}", one.answer.says, stages(one.stage, said.stage)),
            Some(&one.answer),
        ),
        Agreed::No => Judged::contradicts(
            &format!("{}，{}", one.answer.says, stages(one.stage, said.stage)),
            &one.answer,
        ),
    }
}

fn stages(known: Stage, draft: Stage) -> String {
    format!("事实说的是{}，稿件说的是{}，请核对", known.words(), draft.words())
}

/// A value that is meant, and another than is said.
fn differs(
    known: &Known<'_>,
    said: &Said<'_>,
    figure: &Figure<'_>,
    other: &Candidate,
    named: &[&Candidate],
) -> Judged {
    let likely = |one: &&&Candidate| {
        one.answer.sure && is_as_clear(one, other) && one.answer.path != other.answer.path
    };
    if let Some(another) = named.iter().find(likely) {
        let message =
            format!("和{}、{}都不一样，看不出说的是哪一个，请核对", other.answer.says, another.answer.says);
        return Judged::asks(&message, Some(&other.answer));
    }
    let vague = other.likeness.kin == Kin::Near && (other.likeness.more || other.likeness.shared < SURE);
    if said.doubt.is_some() || vague || other.stage.may_be_said(said.stage) == Agreed::Perhaps {
        return Judged::asks(
            &format!("{}，请核对说的是不是同一件事", other.answer.says),
            Some(&other.answer),
        );
    }
    if let Some(elsewhere) = known.elsewhere(&other.answer.path, said, figure) {
        let message = format!("{}，{elsewhere}，稿件没有说是哪几年，请核对", other.answer.says);
        return Judged::asks(&message, Some(&other.answer));
    }
    let direction = matches!(said.relation, Relation::Change { .. })
        && figure.in_unit(&other.answer.amount).is_some_and(|mut amount| {
            amount.value = -amount.value;
            figure.fits(&amount, other.answer.computed).is_some()
        });
    let why = match (direction, figure.is_exact()) {
        (true, _) => "，稿件说的方向相反",
        (false, true) => "",
        (false, false) => "，稿件的说法与它不符",
    };
    Judged::contradicts(&format!("{}{why}", other.answer.says), &other.answer)
}

/// Nothing speaks of it in its own words.
fn otherwise(known: &Known<'_>, said: &Said<'_>, figure: &Figure<'_>, found: &[Candidate]) -> Judged {
    let rank = |one: &&Candidate| (one.likeness.kin, one.likeness.shared, one.fit);
    if let Some(one) = found.iter().filter(|one| one.fit.is_some()).max_by_key(rank) {
        let words = if one.likeness.kin == Kin::Strange {
            "，稿件的说法多了或少了限定的词"
        } else {
            ""
        };
        return Judged::asks(&format!("{}{words}，请核对是不是同一件事", one.answer.says), Some(&one.answer));
    }
    match coincidence(known, figure) {
        // A name of one character says of nothing that it is not meant.
        Some(answer) if answer.path.rsplit('.').next().is_some_and(|name| name.chars().count() < 2) => {
            Judged { message: only_equal(&answer), ..Judged::agrees(&answer, Fit::Exact) }
        }
        Some(answer) => Judged::asks(&only_equal(&answer), Some(&answer)),
        None if said.owner.is_empty() => {
            Judged::unknown("稿件没有说明这是什么数，事实文件里也没有，请核对来源")
        }
        None => Judged::unknown("事实文件里没有这个数，请核对来源"),
    }
}

fn only_equal(answer: &Answer) -> String {
    format!("{}，只是数值相同，请核对是不是同一件事", answer.says)
}

/// A fact of this year with the same value, where that is hardly chance.
fn coincidence(known: &Known<'_>, figure: &Figure<'_>) -> Option<Answer> {
    let year = known.figures.period();
    let values = known.subjects.iter().filter_map(|subject| {
        let value = known.figures.figure(&subject.path, year).ok()?;
        let same = figure.fits(&figure.in_unit(&value.amount)?, false)? == Fit::Exact;
        same.then(|| Answer {
            path: subject.path.clone(),
            amount: value.amount.clone(),
            computed: false,
            sure: false,
            says: format!("{year}“{}”是{}", subject.path, value.text),
            text: value.text.clone(),
            derivation: value.derivation.clone(),
            facts: value.facts.clone(),
        })
    });
    let found: Vec<Answer> = values.take(2).collect();
    let telling = figure.is_telling() || found.len() == 1 && figure.is_large();
    found.into_iter().next().filter(|_| telling)
}

/// A cell of a table: a value that belongs to what its row names.
fn cell(known: &Known<'_>, said: &Said<'_>, figure: &Figure<'_>, row: &str) -> Judged {
    let fits = |answer: &Answer| {
        let amount = figure.in_unit(&answer.amount)?;
        figure.fits(&amount, answer.computed)
    };
    let mut found = Vec::new();
    for subject in &known.subjects {
        if Name::of(row).names(&subject.names) {
            let years = known.figures.facts().years.keys();
            found.extend(years.flat_map(|year| known.values(subject, *year)));
        }
    }
    let in_row = |cell: &&Cell| cell.names.iter().any(|name| row.contains(name.as_str()));
    found.extend(known.cells.iter().filter(in_row).map(of_cell));
    found.extend(known.bare.iter().map(Answer::bare));
    let best = found.iter().filter_map(|answer| Some((fits(answer)?, answer))).max_by_key(|(fit, _)| *fit);
    match best {
        Some((fit, answer)) => Judged::agrees(answer, fit),
        None => otherwise(known, said, figure, &[]),
    }
}

/// A ratio: every part is a share that the facts know.
fn parts(known: &Known<'_>, said: &Said<'_>, figure: &Figure<'_>) -> Judged {
    let parts = figure.parts().unwrap_or_default();
    let year = known.figures.period();
    let known_as = |subject: &super::known::Subject| known.values(subject, year).into_iter().next();
    let group = |path: &str| path.rsplit_once('.').map(|(group, _)| group.to_owned()).unwrap_or_default();
    let mut groups: Vec<(String, Vec<Answer>)> = Vec::new();
    for subject in &known.subjects {
        let Some(answer) = known_as(subject) else { continue };
        let group = group(&subject.path);
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, answers)) => answers.push(answer),
            None => groups.push((group, vec![answer])),
        }
    }
    let proportional = |answers: &[Answer]| {
        let same_unit = answers.iter().all(|one| one.amount.unit.base == answers[0].amount.unit.base);
        same_unit
            && answers.iter().zip(parts).all(|(one, part)| {
                one.amount.is_exact() && one.amount.value * parts[0] == answers[0].amount.value * *part
            })
    };
    for (_, answers) in &groups {
        if let Some(found) = answers.windows(parts.len()).find(|answers| proportional(answers)) {
            let says: Vec<&str> = found.iter().map(|one| one.says.as_str()).collect();
            let facts = Cited::all(found.iter().map(|one| &one.facts));
            let answer = Answer { says: says.join("、"), facts, computed: true, ..found[0].clone() };
            return match Name::of(&said.owner).says_nothing() || says.len() > 2 {
                true => Judged::agrees(&answer, Fit::Exact),
                false => Judged::asks(&format!("{}，请核对说的是不是它们的比", answer.says), Some(&answer)),
            };
        }
    }
    Judged::unknown("事实文件里没有哪几个数是这个比，请核对来源")
}
