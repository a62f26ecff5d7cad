//! What holds wherever a program ends and whatever another one writes meanwhile.

use proptest::prelude::*;

use super::intent::{Act, plan};
use super::writers::{self, Writer};
use super::*;
use crate::period::Period;

/// A project in a folder, and the edits of one change of it.
struct Case {
    name: &'static str,
    folder: tempfile::TempDir,
    journal: Journal,
    edits: Vec<Edit>,
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_600_000_000 + second).unwrap()
}

impl Case {
    /// The change of a writer; the history knows the project already.
    fn of(writer: &Writer) -> Case {
        let folder = tempfile::tempdir().unwrap();
        for (text, bytes) in &writer.texts {
            text.write(folder.path(), Some(bytes)).unwrap();
        }
        let journal = Journal::new(folder.path());
        journal.observe(at(0)).unwrap();
        Case { name: writer.name, folder, journal, edits: writer.edits.clone() }
    }

    /// A year that changes, one that goes, and a template that is new.
    fn new() -> Case {
        Case::of(&writers::three_texts())
    }

    fn acts(&self) -> Vec<Act> {
        plan(self.edits.len())
    }

    /// What the texts are.
    fn state(&self) -> Vec<Option<Vec<u8>>> {
        self.edits.iter().map(|edit| edit.text.read(self.folder.path()).unwrap()).collect()
    }

    fn new_state(&self) -> Vec<Option<Vec<u8>>> {
        self.edits.iter().map(|edit| edit.bytes.clone()).collect()
    }

    /// The change, and the log that it is made in.
    fn begun(&self) -> (Open, Change<'_>) {
        let open = self.journal.open(at(1)).unwrap();
        let (step, texts) = prepared(&open.log, &self.edits, "改动", at(1)).unwrap().unwrap();
        let step = Step { id: open.log.newest + 1, ..step };
        (open, Change::new(&self.journal, step, texts).unwrap())
    }

    /// The program ends after some of the acts; files stay as they are.
    fn killed_after(&self, acts: usize) {
        let (mut open, mut change) = self.begun();
        change.run(&self.acts()[..acts], &mut open.log).unwrap();
        std::mem::forget(change);
    }

    fn temporary(&self) -> Vec<PathBuf> {
        let folders = texts::folders(self.folder.path()).into_iter().chain([self.journal.folder()]);
        folders.flat_map(|one| files::under_way(&one, files::UNDER_WAY)).collect()
    }

    /// Whether the history has a content.
    fn kept(&self, content: &str) -> bool {
        blobs::has(&self.journal.folder(), &Revision::of(content.as_bytes()))
    }
}

#[test]
fn a_program_that_ends_at_any_moment_leaves_all_texts_old_or_all_new() {
    for writer in writers::all() {
        let acts = plan(writer.edits.len()).len();
        let ends: Vec<bool> = (0..=acts).map(|count| is_old_after(&writer, count)).collect();
        assert!(ends.is_sorted_by(|one, other| one >= other) && ends[0] && !ends[acts], "{ends:?}");
    }
}

/// Whether the texts are the old ones where the program ends after so many acts; all else is held.
fn is_old_after(writer: &Writer, count: usize) -> bool {
    let case = Case::of(writer);
    let (old, told) = (case.state(), format!("{} {count}", case.name));
    case.killed_after(count);
    assert_eq!(case.journal.settle(), Settled::default());
    let state = case.state();
    assert!(state == old || state == case.new_state(), "{told}: {state:?}");
    assert_eq!(case.temporary(), Vec::<PathBuf>::new(), "{told}");
    assert_eq!(case.journal.observe(at(2)).unwrap(), [], "{told}: nobody else wrote");
    if state == old {
        assert_eq!(case.journal.undo(false, at(3)), Err(Refused::Nothing), "{told}");
        case.journal.commit(&case.edits, "again", at(4)).unwrap();
    }
    assert_eq!(case.state(), case.new_state(), "{told}");
    case.journal.undo(false, at(5)).unwrap();
    assert_eq!(case.state(), old, "{told}");
    case.journal.redo(at(6)).unwrap();
    assert_eq!(case.state(), case.new_state(), "{told}");
    state == old
}

/// The one moment that is left: between the comparison of a text and its replacement.
fn is_open(act: Act) -> bool {
    matches!(act, Act::Rename(_))
}

#[test]
fn what_another_program_writes_meanwhile_is_in_the_file_or_in_the_history() {
    for writer in writers::all() {
        for (moment, act) in plan(writer.edits.len()).into_iter().enumerate() {
            // Few writers have many texts: the first and the last of them tell enough.
            for which in [0, writer.edits.len() - 1] {
                if !is_open(act) {
                    outside_write_stays(&writer, moment, which);
                }
            }
        }
    }
}

fn outside_write_stays(writer: &Writer, moment: usize, which: usize) {
    let case = Case::of(writer);
    let told = format!("{} {moment} {which}", case.name);
    let (mut open, mut change) = case.begun();
    let outcome = change.run(&case.acts()[..moment], &mut open.log);
    let text = case.edits[which].text.clone();
    text.write(case.folder.path(), Some(b"outside")).unwrap();
    let outcome = outcome.and_then(|()| change.run(&case.acts()[moment..], &mut open.log));
    let outcome = outcome.map_err(|refused| case.journal.give_up(&mut open, change, refused));
    drop(open);
    let there = text.read(case.folder.path()).unwrap();
    assert!(there.as_deref() == Some(b"outside") || case.kept("outside"), "{told}");
    if let Err(refused) = outcome {
        let Refused::Changed(refused, _) = refused else { panic!("{told}: {refused:?}") };
        assert_eq!(refused, text);
        for edit in case.edits.iter().filter(|edit| edit.text != text) {
            let now = edit.text.read(case.folder.path()).unwrap();
            assert_eq!(now.as_deref().map(Revision::of), edit.base, "{told}");
        }
    }
    assert_eq!(case.temporary(), Vec::<PathBuf>::new());
    case.journal.observe(at(2)).unwrap();
    // What the history of an empty folder finds first is no step.
    if !writer.texts.is_empty() {
        case.journal.undo(true, at(3)).unwrap();
        case.journal.redo(at(4)).unwrap();
    }
    assert_eq!(text.read(case.folder.path()).unwrap().as_deref(), Some(&b"outside"[..]), "{told}");
}

#[test]
fn where_one_text_cannot_be_written_no_other_is_changed_and_that_is_said() {
    let words = |refused: Refused| Diagnostic::from(refused).message;
    // Before it begins: what stands there is no file.
    let case = Case::new();
    fs::create_dir_all(case.folder.path().join("templates/汇报.hbs")).unwrap();
    let old = fs::read(case.folder.path().join("facts/2010.yaml")).unwrap();
    assert!(words(case.journal.commit(&case.edits, "x", at(1)).unwrap_err()).contains("是一个文件夹"));
    assert_eq!(fs::read(case.folder.path().join("facts/2010.yaml")).unwrap(), old);
    // In the middle: the last of them cannot be replaced.
    for writer in writers::all() {
        let case = Case::of(&writer);
        let (old, last) = (case.state(), case.edits.len() - 1);
        let (mut open, mut change) = case.begun();
        let rename = case.acts().iter().position(|act| *act == Act::Rename(last)).unwrap();
        change.run(&case.acts()[..rename], &mut open.log).unwrap();
        let text = &case.edits[last].text;
        let path = text.path(case.folder.path());
        text.write(case.folder.path(), None).unwrap();
        fs::create_dir_all(path.join("in the way")).unwrap();
        let refused = change.run(&case.acts()[rename..], &mut open.log).unwrap_err();
        fs::remove_dir_all(&path).unwrap();
        text.write(case.folder.path(), old[last].as_deref()).unwrap();
        let refused = case.journal.give_up(&mut open, change, refused);
        drop(open);
        let said = words(refused);
        assert!(said.starts_with(&format!("没有写成：{} ", text.name())), "{said}");
        assert!(said.ends_with("；别的文件也没有改动"), "{said}");
        assert_eq!(case.state(), old, "{}", case.name);
        assert_eq!(case.temporary(), Vec::<PathBuf>::new());
        assert_eq!(case.journal.undo(false, at(2)), Err(Refused::Nothing));
    }
}

#[test]
fn what_cannot_be_put_back_is_named_and_put_back_the_next_time() {
    let case = Case::new();
    let old = case.state();
    let (mut open, mut change) = case.begun();
    let rename = case.acts().iter().position(|act| *act == Act::Rename(1)).unwrap();
    change.run(&case.acts()[..rename], &mut open.log).unwrap();
    // The old content of the first text cannot be read any more.
    let blob = case.journal.folder().join(format!("{}.gz", Revision::of(b"old").as_str()));
    let bytes = fs::read(&blob).unwrap();
    fs::remove_file(&blob).unwrap();
    let why =
        Refused::Undone { held: Text::Year(Period::year(2011)), why: Box::new(Diagnostic::error("x", "y")) };
    let refused = case.journal.give_up(&mut open, change, why);
    let half = Refused::Half {
        new: vec![Text::Year(Period::year(2010))],
        old: vec![Text::Year(Period::year(2011)), Text::Template("汇报".into())],
    };
    assert_eq!(refused, half);
    drop(open);
    assert_eq!(case.journal.commit(&case.edits, "x", at(2)), Err(half), "nothing is written over it");
    fs::write(&blob, bytes).unwrap();
    assert_eq!(case.journal.settle(), Settled::default());
    assert_eq!(case.state(), old);
}

#[test]
fn a_project_that_cannot_be_written_to_is_shown_as_it_was() {
    let case = Case::new();
    let last = case.acts().iter().position(|act| *act == Act::Log).unwrap();
    case.killed_after(last);
    // The lock cannot be taken.
    let lock = case.folder.path().join(FOLDER).join(LOCK);
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let settled = case.journal.settle();
    assert_eq!(settled.notes[0].rule, "interrupted");
    let wanted = [
        (Text::Year(Period::year(2010)), Some(b"old".to_vec())),
        (Text::Year(Period::year(2011)), Some(b"gone".to_vec())),
        (Text::Template("汇报".into()), None),
    ];
    assert_eq!(settled.instead, wanted);
    fs::remove_dir(&lock).unwrap();
    assert_eq!(case.journal.settle(), Settled::default());
    assert_eq!(case.state(), [Some(b"old".to_vec()), Some(b"gone".to_vec()), None]);
}

#[cfg(unix)]
#[test]
fn rights_of_a_file_stay_and_links_stay_links() {
    use std::os::unix::fs::PermissionsExt;
    let case = Case::new();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let path = case.folder.path().join("facts/2010.yaml");
    let real = case.folder.path().join("真的.yaml");
    fs::rename(&path, &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("../真的.yaml", &path).unwrap();
    case.journal.commit(&case.edits, "x", at(1)).unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!((mode(&real), fs::read(&real).unwrap()), (0o640, b"new".to_vec()));
    let new = mode(&case.folder.path().join("templates/汇报.hbs"));
    assert_eq!(new & 0o600, 0o600);
    case.journal.undo(false, at(2)).unwrap();
    assert_eq!((mode(&real), fs::read(&real).unwrap()), (0o640, b"old".to_vec()));
    // The history itself is no link.
    let other = tempfile::tempdir().unwrap();
    fs::rename(case.folder.path().join(FOLDER), other.path().join("x")).unwrap();
    std::os::unix::fs::symlink(other.path().join("x"), case.folder.path().join(FOLDER)).unwrap();
    let refused = case.journal.commit(&case.edits, "x", at(3)).unwrap_err();
    assert_eq!(Diagnostic::from(refused).rule, "not-a-folder");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn a_program_may_end_again_and_again(ends in proptest::collection::vec(0..14usize, 1..6)) {
        let case = Case::new();
        let old = case.state();
        for end in ends {
            case.killed_after(end.min(case.acts().len()));
            case.journal.settle();
            let state = case.state();
            prop_assert!(state == old || state == case.new_state());
            if state != old {
                case.journal.undo(false, at(9)).unwrap();
            }
            prop_assert_eq!(case.state(), old.clone());
        }
    }
}
