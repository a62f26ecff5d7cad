//! The projects that were opened on this computer, newest first: a small file in the folder where programs of this
//! user keep their settings.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// How many are kept.
const MOST: usize = 12;
/// Another folder for settings: tests and computers that several share.
const ELSEWHERE: &str = "HUIBAO_CONFIG";

/// The list. Where there is no place for it, it stays empty.
#[derive(Debug, Clone, Default)]
pub struct Recent {
    file: Option<PathBuf>,
}

impl Recent {
    /// The list of this user.
    pub fn of_user() -> Recent {
        let elsewhere = std::env::var_os(ELSEWHERE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let usual = || Some(etcetera::choose_base_strategy().ok()?.config_dir().join("huibao"));
        Recent { file: elsewhere.or_else(usual).map(|folder| folder.join("最近的项目.json")) }
    }

    /// The folders. A file that cannot be read is an empty list.
    pub fn folders(&self) -> Vec<PathBuf> {
        let bytes = self.file.as_ref().and_then(|file| fs::read(file).ok()).unwrap_or_default();
        serde_json::from_slice::<Vec<String>>(&bytes)
            .unwrap_or_default()
            .into_iter()
            .map(PathBuf::from)
            .collect()
    }

    /// Puts a folder in front.
    pub fn opened(&self, folder: &Path) {
        let Ok(folder) = folder.canonicalize() else { return };
        let mut folders = self.folders();
        if folders.first() == Some(&folder) {
            return;
        }
        folders.retain(|known| *known != folder);
        folders.insert(0, folder);
        folders.truncate(MOST);
        self.keep(&folders);
    }

    /// Takes a folder off the list; the folder itself stays.
    pub fn forget(&self, folder: &Path) {
        let mut folders = self.folders();
        folders.retain(|known| known != folder);
        self.keep(&folders);
    }

    /// A list that cannot be kept hinders nobody.
    fn keep(&self, folders: &[PathBuf]) {
        let Some((file, place)) = self.file.as_ref().and_then(|file| Some((file, file.parent()?))) else {
            return;
        };
        let names: Vec<String> =
            folders.iter().filter_map(|folder| folder.to_str().map(str::to_owned)).collect();
        let write = || {
            fs::create_dir_all(place)?;
            let mut fresh = tempfile::NamedTempFile::new_in(place)?;
            fresh.write_all(format!("{:#}\n", serde_json::json!(names)).as_bytes())?;
            fresh.persist(file).map(drop).map_err(std::io::Error::from)
        };
        write().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stands_first_once_and_a_damaged_list_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let recent = Recent { file: Some(folder.path().join("设置/最近的项目.json")) };
        let project = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(&path).unwrap();
            path.canonicalize().unwrap()
        };
        let (one, other) = (project("甲"), project("乙"));
        for opened in [&one, &other, &one] {
            recent.opened(opened);
        }
        recent.opened(&folder.path().join("没有"));
        assert_eq!(recent.folders(), [one.clone(), other.clone()]);
        recent.forget(&one);
        assert_eq!(recent.folders(), [other]);
        (0..20).for_each(|number| recent.opened(&project(&number.to_string())));
        assert_eq!(recent.folders().len(), MOST);
        fs::write(recent.file.as_ref().unwrap(), "[坏").unwrap();
        assert!(recent.folders().is_empty());
        recent.opened(&one);
        assert_eq!(recent.folders(), [one]);
        Recent::default().opened(folder.path());
        assert!(Recent::default().folders().is_empty());
    }
}
