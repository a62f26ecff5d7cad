//! How a problem is mended: words that hold everywhere, or something to do that each surface says in its own way.

use std::borrow::Cow;

use crate::period::Period;

/// How to mend a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// One Chinese sentence without a final 。 that holds on the command line and on the page alike.
    Say(Cow<'static, str>),
    /// Something to do, which is an option on the command line and a button or a choice on the page.
    Do(Act),
}

/// What can be done about a problem. What a variant holds is what its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of the variant names its fields")]
pub enum Act {
    /// Nothing here is a project: begin one. With `templates`, it is these that are not there.
    NewProject { templates: bool },
    /// Begin from a report of an earlier year.
    Import,
    /// Fill in a fact; until then a draft can be made that shows the gap.
    Draft { path: String, year: Period },
    /// Begin the fact file of a year.
    Begin(Period),
    /// Say which of several is meant.
    Choose { what: Choice, of: Vec<String> },
    /// Say what the heads of a table mean.
    Map(Mapping),
    /// Let the rows of the table take the place of those on file.
    Replace,
    /// Say which column names the rows of a ledger: those that could. With `doubt`, rows of a table cannot be told until
    /// it is said, or that they are new, or that they take the place of those on file.
    NameRows { columns: Vec<String>, doubt: bool },
    /// Take what came back from those who were asked to fill it in.
    Collect,
    /// Hand out forms made by this program.
    HandOut { or_name: bool },
    /// Write down who is asked: the list, and the year it stands in.
    WhoIsAsked { list: String, year: Period },
    /// Take another folder, so that nothing on file is touched.
    Elsewhere(Elsewhere),
    /// Say what a report is compared with.
    Against,
    /// Keep the reports as they are now as samples.
    Bless,
    /// Issue a report of a year once more, and say why.
    Correct(Period),
    /// Call a unit otherwise, and change no amount.
    Relabel,
    /// Confirm a fact anew.
    Confirm,
    /// Look at the rules.
    Explain,
    /// Let the program choose a port.
    AnyPort,
}

/// What has to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The template of the report.
    Template,
    /// The sheet of a workbook.
    Sheet,
    /// The ledger that is collected.
    Ledger,
    /// One of several collections.
    Collection,
}

/// Why heads of a table are to be mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of the variant names its fields")]
pub enum Mapping {
    /// The column that names the rows was not found; heads that mean nothing yet.
    Key { name: String, unused: Vec<String> },
    /// A head was guessed.
    Guessed,
    /// Columns of the ledger are not in the table.
    Missing,
    /// Columns of the table are not used.
    Unused,
    /// Several heads could mean one column: the column and one of them.
    Doubtful { name: String, example: String },
    /// No head was found: the columns of the ledger.
    Heads(Vec<String>),
}

/// Why another folder is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// The folder has content.
    Taken,
    /// The report is of another kind than the project's.
    OtherKind,
    /// The project has no year to go by.
    NoYear,
}

/// How a surface says what can be done.
pub type Words = fn(&Act) -> String;

impl Hint {
    /// The sentence that a surface shows.
    pub fn words(&self, words: Words) -> Cow<'_, str> {
        match self {
            Hint::Say(said) => Cow::Borrowed(said),
            Hint::Do(act) => Cow::Owned(words(act)),
        }
    }
}

impl From<&'static str> for Hint {
    fn from(said: &'static str) -> Hint {
        Hint::Say(Cow::Borrowed(said))
    }
}

impl From<String> for Hint {
    fn from(said: String) -> Hint {
        Hint::Say(Cow::Owned(said))
    }
}

impl From<Act> for Hint {
    fn from(act: Act) -> Hint {
        Hint::Do(act)
    }
}
