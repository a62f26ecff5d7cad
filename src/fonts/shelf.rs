//! The font files at hand, and the faces that were read from them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::file::{Described, File, Unfit};
use super::folders;
use super::ladder::{self, Known, plain};
use super::typeface::{Frame, Typeface};
use crate::diag::Diagnostic;
use crate::layout::Face;

/// The weight of a face that is neither light nor bold.
const REGULAR: u16 = 400;

/// Font files of a folder and of the system. What was read of them is kept as long as the shelf.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Files of the folder that somebody named.
    own: Vec<PathBuf>,
    system: OnceLock<Vec<PathBuf>>,
    /// The faces of each file that was looked into.
    files: Mutex<BTreeMap<PathBuf, Content>>,
    /// The faces that were read, by file and index.
    faces: Mutex<BTreeMap<(PathBuf, u32), Arc<Frame>>>,
}

/// The faces of a file, or why there is none.
type Content = Result<Arc<[Described]>, Unfit>;

/// A face that stands in for the one of this name.
#[derive(Debug)]
pub(super) struct Standing {
    face: Face,
    name: String,
    known: &'static Known,
}

/// A file that a face may be in: what its families are called, and how its name begins.
struct Sought<'s> {
    families: &'s [&'s str],
    files: &'s [&'s str],
}

impl Shelf {
    /// The fonts of the system.
    pub fn of_system() -> Shelf {
        Shelf::default()
    }

    /// Those of a folder before those of the system.
    ///
    /// # Errors
    /// There is no such folder, or it has no font.
    pub fn with(folder: &Path) -> Result<Shelf, Diagnostic> {
        let refused = |what: &str, hint: &'static str| {
            let message = format!("字体文件夹“{}”{what}", folder.display());
            Err(Diagnostic::error("no-fonts", message).hint(hint))
        };
        if !folder.is_dir() {
            return refused("不存在", "请核对文件夹的名称");
        }
        let own = folders::files(folder);
        if own.is_empty() {
            return refused("里没有字体", "字体文件的名称以 .ttf、.ttc 或 .otf 结尾");
        }
        Ok(Shelf { own, ..Shelf::default() })
    }

    /// What draws a face of the standard that a project calls so.
    ///
    /// # Errors
    /// There is no face at all, or a file of the folder that somebody named is unfit.
    pub(super) fn face(
        &self,
        face: Face,
        name: &str,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<(Typeface, Option<Standing>), Diagnostic> {
        if let Some(found) = self.named(name, notices)? {
            return Ok((found, None));
        }
        let others = ladder::of(face).iter().chain(ladder::rich());
        for known in others.filter(|known| plain(known.name) != plain(name)) {
            if let Some(found) = self.known(known, notices)? {
                let standing = Standing { face, name: name.to_owned(), known };
                return Ok((found, Some(standing)));
            }
        }
        let hint = "请装上公文用的字体（仿宋、楷体、黑体、小标宋、宋体），或指明字体文件所在的文件夹";
        Err(Diagnostic::error("no-fonts", "这台电脑上没有找到中文字体，文件没有生成").hint(hint))
    }

    /// The face of this name, if it is there.
    ///
    /// # Errors
    /// A file of the folder that somebody named is unfit.
    pub(super) fn named(
        &self,
        name: &str,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Option<Typeface>, Diagnostic> {
        if let Some(known) = ladder::named(name) {
            return self.known(known, notices);
        }
        let like = plain(name);
        let sought = Sought { families: &[name], files: &[like.as_str()] };
        if let Some(found) = self.sought(name, &sought, notices)? {
            return Ok(Some(found));
        }
        // Its file has another name: all are looked into.
        self.among(name, self.system().iter(), &Sought { families: &[name], files: &[""] }, notices)
    }

    /// Faces for characters that another one lacks.
    ///
    /// # Errors
    /// A file of the folder that somebody named is unfit.
    pub(super) fn spare(
        &self,
        face: Face,
        main: &Typeface,
        mut lacking: BTreeSet<char>,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Typeface>, Diagnostic> {
        let mut spare = Vec::new();
        for known in ladder::of(face).iter().chain(ladder::rich()) {
            if lacking.is_empty() {
                break;
            }
            let Some(one) = self.known(known, &mut Vec::new())? else { continue };
            let (has, lacks): (BTreeSet<char>, BTreeSet<char>) =
                lacking.iter().partition(|c| one.glyph(**c).is_some());
            if !has.is_empty() {
                notices.push(rare(main, &has, Some(&one)));
                spare.push(one);
            }
            lacking = lacks;
        }
        if !lacking.is_empty() {
            notices.push(rare(main, &lacking, None));
        }
        Ok(spare)
    }

    fn known(&self, known: &Known, notices: &mut Vec<Diagnostic>) -> Result<Option<Typeface>, Diagnostic> {
        self.sought(known.name, &Sought { families: known.families, files: known.files }, notices)
    }

    /// A face of the named folder by what stands in its files, else one of the system whose file's name fits.
    fn sought(
        &self,
        name: &str,
        sought: &Sought<'_>,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Option<Typeface>, Diagnostic> {
        for path in &self.own {
            match self.face_of(name, path, sought) {
                Some(Ok(face)) => return Ok(Some(face)),
                Some(Err(why)) => return Err(unfit(path, why)),
                None => {}
            }
        }
        self.among(name, self.system().iter(), sought, notices)
    }

    fn among<'p>(
        &self,
        name: &str,
        paths: impl Iterator<Item = &'p PathBuf> + Clone,
        sought: &Sought<'_>,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Option<Typeface>, Diagnostic> {
        for begins in sought.files {
            for path in paths.clone().filter(|path| stem(path).starts_with(begins)) {
                match self.face_of(name, path, sought) {
                    Some(Ok(face)) => return Ok(Some(face)),
                    Some(Err(why)) => notices.push(passed_over(path, why)),
                    None => {}
                }
            }
        }
        Ok(None)
    }

    /// The face of one of these families in a file, or the first one of a file that is called so; nothing where
    /// the file is of something else.
    fn face_of(&self, name: &str, path: &Path, sought: &Sought<'_>) -> Option<Result<Typeface, Unfit>> {
        let named = sought.files.iter().any(|file| !file.is_empty() && stem(path) == *file);
        let faces = match self.content(path) {
            Ok(faces) => faces,
            Err(why) => return named.then_some(Err(why)),
        };
        let of_family = |face: &&Described| {
            face.families.iter().any(|family| sought.families.iter().any(|one| plain(one) == *family))
        };
        let best = faces.iter().filter(of_family).min_by_key(|face| face.weight.abs_diff(REGULAR));
        let index = best.or_else(|| faces.first().filter(|_| named))?.index;
        Some(self.frame(path, index).map(|frame| Typeface::new(name, frame)))
    }

    /// The faces of a file, looked up once.
    fn content(&self, path: &Path) -> Content {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = files.get(path) {
            return content.clone();
        }
        let content = File::open(path).map(|file| file.described().into());
        files.insert(path.to_owned(), content.clone());
        content
    }

    /// A face of a file, read once.
    fn frame(&self, path: &Path, index: u32) -> Result<Arc<Frame>, Unfit> {
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (path.to_owned(), index);
        if let Some(frame) = faces.get(&key) {
            return Ok(frame.clone());
        }
        let frame = Arc::new(Frame::read(path, index)?);
        faces.insert(key, frame.clone());
        Ok(frame)
    }

    /// What is to be said of the files of the named folder that are no fonts.
    pub(super) fn unreadable(&self) -> impl Iterator<Item = Diagnostic> {
        self.own.iter().filter_map(|path| Some(passed_over(path, self.content(path).err()?)))
    }

    fn system(&self) -> &[PathBuf] {
        let all = || folders::of_system().iter().flat_map(|folder| folders::files(folder)).collect();
        self.system.get_or_init(all)
    }
}

/// The name of a file without its ending, for comparison.
fn stem(path: &Path) -> String {
    plain(&path.file_stem().unwrap_or_default().to_string_lossy())
}

pub(super) fn unfit(path: &Path, why: Unfit) -> Diagnostic {
    let (what, hint) = match why {
        Unfit::Broken => ("坏了，读不出来", "请换一份好的字体文件，或把它移出这个文件夹"),
        Unfit::Forbidden => ("的版权设置不准放进文件里", "请换一种准许嵌入的字体，或把它移出这个文件夹"),
    };
    Diagnostic::error("unfit-font", format!("字体文件“{}”{what}", path.display())).hint(hint)
}

fn passed_over(path: &Path, why: Unfit) -> Diagnostic {
    let Diagnostic { rule, message, .. } = unfit(path, why);
    Diagnostic::warning(rule, format!("{message}，没有用它"))
}

/// What a face is for, as staff call it.
fn purpose(face: Face) -> &'static str {
    match face {
        Face::Title => "标题",
        Face::Body => "正文",
        Face::Kai => "二级标题和要点句",
        Face::Hei => "一级标题和表头",
        Face::Song => "页码",
    }
}

/// What is to be said of faces that stand in for others; nothing where there is none.
pub(super) fn stand_in(standing: &[Standing]) -> Option<Diagnostic> {
    let one = |one: &Standing| format!("{}“{}”用“{}”", purpose(one.face), one.name, one.known.name);
    let all: Vec<String> = standing.iter().map(one).collect();
    let how = if standing.iter().all(|one| one.known.alike) { "字形相近" } else { "字的样子不同" };
    let message = format!("有的字体没有装，用别的代替：{}。{how}，每行的字和分页不变", all.join("，"));
    let notice = Diagnostic::warning("font-stands-in", message);
    let hint = "请装上这些字体，或在“项目.yaml”的“字体”里写上要用的字体";
    (!standing.is_empty()).then(|| notice.hint(hint))
}

fn rare(main: &Typeface, characters: &BTreeSet<char>, other: Option<&Typeface>) -> Diagnostic {
    let all: String = characters.iter().collect();
    let name = main.name();
    let message = match other {
        Some(other) => format!("“{name}”里没有这些字：{all}，这几个字用“{}”", other.name()),
        None => format!("“{name}”里没有这些字，别的字体里也没有：{all}，它们会显示成方框"),
    };
    let notice = Diagnostic::warning("rare-characters", message);
    match other {
        Some(_) => notice,
        None => notice.hint("请装上有这些字的字体，例如“宋体-ExtB”"),
    }
}
