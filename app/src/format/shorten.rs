//! Names that are too long for their place, or for one line of it.

use std::borrow::Cow;

/// The text if it is at most `columns` wide; otherwise its beginning, an ellipsis and its end: names of
/// products often differ in their last words, and the title of an axis ends with its unit. A letter of
/// a script with wide letters, such as Chinese, takes two columns.
pub fn shorten(text: &str, columns: usize) -> Cow<'_, str> {
    if text.chars().map(width).sum::<usize>() <= columns {
        return Cow::Borrowed(text);
    }
    // One column is the ellipsis; of an odd rest, the beginning has one more.
    let rest = columns.saturating_sub(1);
    let head: String = fitting(text.chars(), rest.div_ceil(2)).collect();
    let tail: Vec<char> = fitting(text.chars().rev(), rest / 2).collect();
    let tail: String = tail.into_iter().rev().collect();
    Cow::Owned(format!("{}…{}", head.trim_end(), tail.trim_start()))
}

/// The first line of a text, which ends between two words if it can, and the rest, which is empty if the
/// text is at most `columns` wide.
pub fn first_line(text: &str, columns: usize) -> (&str, &str) {
    let fitting: usize = fitting(text.chars(), columns).map(char::len_utf8).sum();
    let (line, rest) = text.split_at_checked(fitting).unwrap_or((text, ""));
    if rest.is_empty() || rest.starts_with(' ') {
        return (line, rest.trim_start());
    }
    line.rfind(' ')
        .and_then(|end| text.split_at_checked(end))
        .map_or((line, rest), |(line, rest)| (line, rest.trim_start()))
}

/// The lines of a text, of at most `columns` each, which end between two words where they can.
pub fn wrap(text: &str, columns: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        match first_line(rest, columns) {
            // Not even one letter fits.
            ("", _) => {
                lines.push(rest);
                break;
            }
            (line, next) => {
                lines.push(line);
                rest = next;
            }
        }
    }
    lines
}

/// The first of the letters that fit into the columns.
fn fitting(letters: impl Iterator<Item = char>, columns: usize) -> impl Iterator<Item = char> {
    let mut used = 0;
    letters.take_while(move |letter| {
        used += width(*letter);
        used <= columns
    })
}

/// The columns that a letter takes: two in the blocks of Chinese, Japanese and Korean, and for symbols
/// such as emoji.
fn width(letter: char) -> usize {
    match letter {
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 2,
        '\u{ff00}'..='\u{ff60}' | '\u{1f000}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_stays_as_it_is() {
        assert_eq!(shorten("Tesla Model 3", 13), "Tesla Model 3");
        assert_eq!(shorten("", 0), "");
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        let name = "Kia Corporation Europe Niro Plug";
        assert_eq!(shorten(name, 20), "Kia Corpor…Niro Plug");
        // The space at the cut is left out.
        assert_eq!(shorten(name, 21), "Kia Corpor…Niro Plug");
        let title = "Monthly cost of Kia Corporation Europe Niro Plug, $ a month";
        assert_eq!(
            shorten(title, 40),
            "Monthly cost of Kia…iro Plug, $ a month"
        );
    }

    #[test]
    fn a_line_ends_between_words_if_it_can() {
        assert_eq!(first_line("Kia Soul", 8), ("Kia Soul", ""));
        assert_eq!(first_line("Kia Niro EV Plus", 11), ("Kia Niro EV", "Plus"));
        assert_eq!(first_line("Kia Niro EV Plus", 10), ("Kia Niro", "EV Plus"));
        assert_eq!(first_line("Donaudampfschiff", 5), ("Donau", "dampfschiff"));
        assert_eq!(first_line("很长的名称", 5), ("很长", "的名称"));
    }

    #[test]
    fn a_text_is_wrapped_into_lines() {
        let text = "By first choice · 560 respondents · Now";
        let lines = ["By first choice ·", "560 respondents ·", "Now"];
        assert_eq!(wrap(text, 17), lines);
        assert_eq!(wrap(text, 40), [text]);
        assert_eq!(wrap("", 17), [""; 0]);
        assert_eq!(wrap("很长", 1), ["很长"]);
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(shorten("很长的名称很长的名称", 11), "很长…名称");
        assert_eq!(shorten("很长的名称", 10), "很长的名称");
        assert_eq!(shorten("اسم طويل اسم", 7), "اسم…اسم");
    }

    #[test]
    fn every_width_leaves_a_text_that_fits() {
        for text in ["Élan – 很长的 name", "😀😀😀😀", "a"] {
            for columns in 1..20 {
                let short = shorten(text, columns);
                let used: usize = short.chars().map(width).sum();
                assert!(used <= columns, "{short} in {columns}");
            }
        }
    }
}
