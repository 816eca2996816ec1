//! Texts, names and numbers of the files as messages show them.

/// A text of a file as a message shows it: on one line, and not longer than a glance.
pub(crate) fn shown(text: &str) -> String {
    shown_up_to(60, text)
}

/// A text of a file on one line, cut behind so many letters.
pub(crate) fn shown_up_to(most: usize, text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars().take(most) {
        // Beside control characters, those that show nothing or turn the text around.
        let unseen = matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        );
        if letter.is_control() || unseen {
            shown.extend(letter.escape_debug());
        } else {
            shown.push(letter);
        }
    }
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// A number as a message shows it: not with hundreds of zeros.
pub(crate) fn amount(value: f64) -> String {
    if value == 0.0 || (1e-6..1e15).contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// Names as they stand in a message: `` `a`, `b` ``, cut after sixteen.
pub fn quoted<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    const MOST: usize = 16;
    let names = names.into_iter();
    let names: Vec<String> = names
        .map(|name| format!("`{}`", shown(name.as_ref())))
        .collect();
    match names.get(..MOST) {
        // One name takes no more room than the word that there is one more.
        Some(first) if names.len() > MOST + 1 => {
            format!("{} and {} more", first.join(", "), names.len() - MOST)
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_on_one_line_and_cut() {
        assert_eq!(shown("Citroën \\ \"é\""), "Citroën \\ \"é\"");
        assert_eq!(shown("a\nb\u{1b}[2J\u{202e}"), "a\\nb\\u{1b}[2J\\u{202e}");
        assert_eq!(shown(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(shown(&"é".repeat(61)), "é".repeat(60) + "…");
    }

    #[test]
    fn names_are_listed_up_to_sixteen() {
        let names: Vec<String> = (1..=18).map(|n| n.to_string()).collect();
        assert!(quoted(&names[..17]).ends_with("`16`, `17`"));
        assert!(quoted(&names).ends_with("`15`, `16` and 2 more"));
    }
}
