//! Where systems and office programs keep their fonts, and which files are there.

use std::path::{Path, PathBuf};

use etcetera::home_dir;

/// Fonts stand no deeper than this in the folders.
const DEPTH: usize = 6;
/// More files are no folder of fonts.
const MOST: usize = 20_000;

/// The font files below a folder, by their path.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(folder, DEPTH, &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if found.len() >= MOST {
            return;
        }
        if is_font(&path) {
            found.push(path);
        } else if depth > 0 && path.is_dir() {
            walk(&path, depth - 1, found);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "ttf" | "ttc" | "otf" | "otc"))
}

/// The folders of this system, those of the user first.
pub(super) fn of_system() -> Vec<PathBuf> {
    let home = home_dir().ok();
    let own = OWN.iter().filter_map(|inside| Some(home.as_ref()?.join(inside)));
    own.chain(SHARED.iter().map(PathBuf::from)).chain(of_windows()).collect()
}

/// Fonts of Windows wherever it is installed, of WPS and of Office in its usual place.
#[cfg(windows)]
fn of_windows() -> Vec<PathBuf> {
    let below = |variable: &str, inside: &str| Some(PathBuf::from(std::env::var_os(variable)?).join(inside));
    [
        below("WINDIR", "Fonts"),
        below("LOCALAPPDATA", r"Microsoft\Windows\Fonts"),
        below("LOCALAPPDATA", r"Kingsoft\WPS Office"),
        below("ProgramFiles(x86)", r"Kingsoft\WPS Office"),
        below("ProgramFiles", r"Kingsoft\WPS Office"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(not(windows))]
fn of_windows() -> Vec<PathBuf> {
    Vec::new()
}

#[cfg(target_os = "macos")]
const OWN: &[&str] = &["Library/Fonts"];
#[cfg(target_os = "macos")]
const SHARED: &[&str] = &[
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/System/Library/AssetsV2",
    "/Applications/Microsoft Word.app/Contents/Resources/DFonts",
    "/Applications/wpsoffice.app/Contents/Resources/office6/fonts",
];

#[cfg(windows)]
const OWN: &[&str] = &[];
#[cfg(windows)]
const SHARED: &[&str] = &[];

#[cfg(not(any(windows, target_os = "macos")))]
const OWN: &[&str] = &[".fonts", ".local/share/fonts"];
#[cfg(not(any(windows, target_os = "macos")))]
const SHARED: &[&str] = &[
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/opt/kingsoft/wps-office/office6/fonts",
    "/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office/office6/fonts",
];
