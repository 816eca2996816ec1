//! How messages show texts, names and numbers that come from a study.

/// A text for a message: on one line, and cut after 60 characters.
pub(crate) fn show_text(text: &str) -> String {
    show_text_up_to(60, text)
}

/// A text on one line, cut after `most` characters.
pub(crate) fn show_text_up_to(most: usize, text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars().take(most) {
        // Characters that show nothing or reverse the text would hide what the file contains.
        let is_invisible = matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        );
        if letter.is_control() || is_invisible {
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

/// A number for a message: very large and very small ones in scientific notation.
pub(crate) fn format_amount(value: f64) -> String {
    if value == 0.0 || (1e-6..1e15).contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// A list of names for a message: `` `a`, `b` ``, cut after sixteen.
pub fn quote_names<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    const MOST: usize = 16;
    let names = names.into_iter();
    let names: Vec<String> = names
        .map(|name| format!("`{}`", show_text(name.as_ref())))
        .collect();
    match names.get(..MOST) {
        // A seventeenth name takes no more room than "and 1 more".
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
        assert_eq!(show_text("Citroën \\ \"é\""), "Citroën \\ \"é\"");
        assert_eq!(
            show_text("a\nb\u{1b}[2J\u{202e}"),
            "a\\nb\\u{1b}[2J\\u{202e}"
        );
        assert_eq!(show_text(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(show_text(&"é".repeat(61)), "é".repeat(60) + "…");
    }

    #[test]
    fn names_are_listed_up_to_sixteen() {
        let names: Vec<String> = (1..=18).map(|n| n.to_string()).collect();
        assert!(quote_names(&names[..17]).ends_with("`16`, `17`"));
        assert!(quote_names(&names).ends_with("`15`, `16` and 2 more"));
    }

    #[test]
    fn amounts_are_short() {
        let shown = [0.0, 0.25, -399.0, 1e-7, 1e300].map(format_amount);
        assert_eq!(shown, ["0", "0.25", "-399", "1e-7", "1e300"]);
    }
}
