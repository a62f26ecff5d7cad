//! The key in the printed address and the session that it opens.

use std::sync::Mutex;

/// 128 random bits as hexadecimal digits.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What opens the page of one start of the program.
///
/// The printed key stands in the window of whoever started the program and holds as long as that runs: a
/// browser that was closed can be opened again. The key that is handed to the browser's command line, where
/// others on a shared computer might read it, opens once.
#[derive(Debug)]
pub struct Secret {
    printed: String,
    once: Mutex<Option<String>>,
    session: String,
}

impl Secret {
    /// New keys.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new() -> Result<Secret, getrandom::Error> {
        Ok(Secret { printed: random()?, once: Mutex::new(None), session: random()? })
    }

    /// The key that is printed.
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// A key that opens once; it takes the place of an earlier one.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn once(&self) -> Result<String, getrandom::Error> {
        let key = random()?;
        *self.once.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(key.clone());
        Ok(key)
    }

    /// Whether a key opens the page.
    pub fn opens(&self, key: &str) -> bool {
        if same(key, &self.printed) {
            return true;
        }
        let mut once = self.once.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let fits = once.as_deref().is_some_and(|known| same(key, known));
        if fits {
            *once = None;
        }
        fits
    }

    /// What every request says.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Whether what a request says is the session of this start.
    pub fn is_session(&self, said: &str) -> bool {
        same(said, &self.session)
    }
}

/// Compares without telling by the time it takes how much was right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_the_command_line_opens_once() {
        let secret = Secret::new().unwrap();
        let once = secret.once().unwrap();
        assert!(secret.opens(&once) && !secret.opens(&once));
        assert!(secret.opens(secret.printed()) && secret.opens(secret.printed()));
        assert!(!secret.opens(secret.session()) && !secret.opens("") && !secret.is_session(secret.printed()));
    }
}
