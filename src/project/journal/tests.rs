//! The journal under use: steps taken back and again, outside changes, crashes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::period::Period;

struct Place {
    folder: tempfile::TempDir,
    journal: Journal,
    clock: i64,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("facts")).unwrap();
        let journal = Journal::new(folder.path());
        Place { folder, journal, clock: 0 }
    }

    fn now(&mut self) -> Timestamp {
        self.clock += 7;
        Timestamp::from_second(1_600_000_000 + self.clock).unwrap()
    }

    fn read(&self, year: i32) -> Option<Vec<u8>> {
        Text::Year(Period::year(year)).read(self.folder.path()).unwrap()
    }

    fn write(&self, year: i32, content: &str) {
        Text::Year(Period::year(year)).write(self.folder.path(), Some(content.as_bytes())).unwrap();
    }

    fn edit(&mut self, year: i32, content: Option<&str>) -> Result<Option<Step>, Refused> {
        let base = self.read(year).as_deref().map(Revision::of);
        let bytes = content.map(|content| content.as_bytes().to_vec());
        let edit = Edit { text: Text::Year(Period::year(year)), base, bytes };
        let now = self.now();
        self.journal.commit(&[edit], &format!("{year} {content:?}"), now)
    }
}

#[test]
fn steps_are_taken_back_and_made_again_after_a_restart() {
    let mut place = Place::new();
    place.write(2011, "a");
    place.edit(2011, Some("b")).unwrap();
    place.edit(2010, Some("new")).unwrap();
    place.journal = Journal::new(place.folder.path());
    let now = place.now();
    assert_eq!(place.journal.undo(false, now).unwrap().label, "2010 Some(\"new\")");
    assert_eq!(place.read(2010), None);
    place.journal.undo(false, now).unwrap();
    assert_eq!(place.read(2011).unwrap(), b"a");
    assert_eq!(place.journal.undo(false, now), Err(Refused::Nothing));
    place.journal.redo(now).unwrap();
    place.journal.redo(now).unwrap();
    assert_eq!((place.read(2011).unwrap(), place.read(2010).unwrap()), (b"b".to_vec(), b"new".to_vec()));
    place.journal.undo(false, now).unwrap();
    place.edit(2011, Some("c")).unwrap();
    assert_eq!(place.journal.redo(now), Err(Refused::Nothing));
}

#[test]
fn an_edit_of_what_has_changed_is_refused_and_names_what_is_there() {
    let mut place = Place::new();
    place.write(2011, "a");
    let base = Some(Revision::of(b"a"));
    place.write(2011, "b");
    let edit = Edit { text: Text::Year(Period::year(2011)), base, bytes: Some(b"c".to_vec()) };
    let now = place.now();
    let refused = place.journal.commit(std::slice::from_ref(&edit), "x", now);
    assert_eq!(refused, Err(Refused::Changed(Text::Year(Period::year(2011)), Some(Revision::of(b"b")))));
    assert_eq!(place.read(2011).unwrap(), b"b");
}

#[test]
fn a_change_by_another_program_is_a_step_and_is_only_undone_when_agreed() {
    let mut place = Place::new();
    place.write(2011, "a");
    place.edit(2011, Some("b")).unwrap();
    place.write(2011, "outside");
    let now = place.now();
    assert_eq!(place.journal.observe(now).unwrap(), [Text::Year(Period::year(2011))]);
    assert_eq!(place.journal.observe(now).unwrap(), []);
    let refused = place.journal.undo(false, now);
    assert_eq!(refused, Err(Refused::Outside("在别的程序里改了 facts/2011.yaml".into())));
    place.journal.undo(true, now).unwrap();
    assert_eq!(place.read(2011).unwrap(), b"b");
    place.journal.redo(now).unwrap();
    assert_eq!(place.read(2011).unwrap(), b"outside");
}

#[test]
fn names_stay_and_can_be_restored() {
    let mut place = Place::new();
    place.write(2011, "a");
    place.edit(2011, Some("b")).unwrap();
    let now = place.now();
    place.journal.name(None, " 送审稿 ", now).unwrap();
    place.edit(2011, Some("c")).unwrap();
    place.edit(2010, Some("x")).unwrap();
    let named = place.journal.history().unwrap().steps.into_iter().find(|step| step.name.is_some()).unwrap();
    assert_eq!(named.name.as_deref(), Some("送审稿"));
    let now = place.now();
    place.journal.restore(named.id, now).unwrap();
    assert_eq!((place.read(2011).unwrap(), place.read(2010)), (b"b".to_vec(), None));
    assert_eq!(place.journal.restore(named.id, now), Err(Refused::Nothing));
    place.journal.undo(false, now).unwrap();
    assert_eq!(place.read(2010).unwrap(), b"x");
}

#[test]
fn a_long_log_is_thinned_and_still_holds_together() {
    let mut place = Place::new();
    for number in 0..230 {
        place.edit(2011, Some(&format!("{number}"))).unwrap();
        if number == 3 {
            let now = place.now();
            place.journal.name(None, "初稿", now).unwrap();
        }
    }
    let history = place.journal.history().unwrap();
    assert!(history.steps.len() < 215, "{}", history.steps.len());
    for pair in history.steps.windows(2) {
        if let (Some(first), Some(second)) =
            (pair[0].turns.get("facts/2011"), pair[1].turns.get("facts/2011"))
        {
            assert_eq!(first.after, second.before);
        }
    }
    let named = history.steps.iter().find(|step| step.name.is_some()).unwrap().id;
    let now = place.now();
    place.journal.restore(named, now).unwrap();
    assert_eq!(place.read(2011).unwrap(), b"3");
    let kept = fs::read_dir(place.journal.folder()).unwrap().count();
    assert!(kept < 280, "{kept}");
}

#[derive(Debug, Clone)]
enum Act {
    Edit(i32, Option<u8>),
    Outside(i32, u8),
    Undo,
    Redo,
    Restore(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let year = 2010..2012;
    let act = prop_oneof![
        4 => (year.clone(), proptest::option::weighted(0.8, 0..6u8)).prop_map(|(year, to)| Act::Edit(year, to)),
        1 => (year, 0..6u8).prop_map(|(year, to)| Act::Outside(year, to)),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => (0..20usize).prop_map(Act::Restore),
    ];
    proptest::collection::vec(act, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn undo_redo_and_restore_give_exactly_what_was_there(acts in acts()) {
        let mut place = Place::new();
        let state = |place: &Place| [place.read(2010), place.read(2011)];
        let now = place.now();
        place.journal.observe(now).unwrap();
        let mut after: BTreeMap<u64, [Option<Vec<u8>>; 2]> = BTreeMap::new();
        let (mut past, mut future) = (Vec::new(), Vec::new());
        for act in acts {
            let before = state(&place);
            let now = place.now();
            match act {
                Act::Edit(year, to) => {
                    if place.edit(year, to.map(|to| to.to_string()).as_deref()).unwrap().is_some() {
                        past.push(before);
                        future.clear();
                    }
                }
                Act::Outside(year, to) => {
                    place.write(year, &format!("x{to}"));
                    if !place.journal.observe(now).unwrap().is_empty() {
                        past.push(before);
                        future.clear();
                    }
                }
                Act::Undo => match past.pop() {
                    Some(earlier) => {
                        place.journal.undo(true, now).unwrap();
                        prop_assert_eq!(&state(&place), &earlier);
                        future.push(before);
                    }
                    None => prop_assert_eq!(place.journal.undo(true, now), Err(Refused::Nothing)),
                },
                Act::Redo => match future.pop() {
                    Some(later) => {
                        place.journal.redo(now).unwrap();
                        prop_assert_eq!(&state(&place), &later);
                        past.push(before);
                    }
                    None => prop_assert_eq!(place.journal.redo(now), Err(Refused::Nothing)),
                },
                Act::Restore(at) => {
                    let Some((id, wanted)) = after.iter().nth(at).map(|(id, wanted)| (*id, wanted.clone())) else { continue };
                    match place.journal.restore(id, now) {
                        Ok(_) => {
                            past.push(before);
                            future.clear();
                        }
                        Err(refused) => prop_assert_eq!(refused, Refused::Nothing),
                    }
                    prop_assert_eq!(state(&place), wanted);
                }
            }
            if let Some(step) = place.journal.history().unwrap().steps.last() {
                after.insert(step.id, state(&place));
            }
        }
    }
}

#[test]
fn the_log_of_an_earlier_version_learns_of_samples_and_workbooks_without_a_step() {
    let mut place = Place::new();
    place.write(2011, "a");
    place.edit(2011, Some("b")).unwrap();
    let log = place.journal.folder().join("记录.json");
    let text = fs::read_to_string(&log).unwrap().replacen("\"format\":2", "\"format\":1", 1);
    fs::write(&log, text).unwrap();
    let sample = Text::Sample("汇报-2011.txt".into());
    sample.write(place.folder.path(), Some(b"approved")).unwrap();
    place.write(2010, "outside");
    let now = place.now();
    assert_eq!(place.journal.observe(now).unwrap(), [Text::Year(Period::year(2010))]);
    sample.write(place.folder.path(), Some(b"other")).unwrap();
    assert_eq!(place.journal.observe(now).unwrap(), [sample]);
}
