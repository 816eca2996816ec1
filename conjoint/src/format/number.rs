//! Numbers as people write them, and what they may be.

use super::error::StudyError;

/// Numbers beyond this cannot be meant, and would overflow sums of products of them.
pub(crate) const LARGEST: f64 = 1e12;

/// A number as people write it in a cell.
///
/// # Errors
/// Text, NaN, infinities and numbers beyond 1e12.
pub fn number(text: &str) -> Result<f64, StudyError> {
    match text.parse::<f64>() {
        Ok(value) if value.abs() > LARGEST && value.is_finite() => {
            Err(StudyError::TooLarge { value })
        }
        Ok(value) if value.is_finite() => Ok(value),
        _ if text.is_empty() => Err(StudyError::CellEmpty {
            wanted: "write a number, as 399 or 0.25".into(),
        }),
        _ => Err(StudyError::NotANumber {
            text: text.to_owned(),
        }),
    }
}

/// A share or rate: a number between 0 and 1.
pub(crate) fn share(value: f64) -> Result<f64, StudyError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(StudyError::NotAShare { value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_and_bounded() {
        assert_eq!(number("-1.5e3"), Ok(-1500.0));
        for text in ["NaN", "inf", "-Infinity", "1,5", "12 000", "x", "0x10", ""] {
            assert!(number(text).is_err(), "{text}");
        }
        assert_eq!(number("1e13"), Err(StudyError::TooLarge { value: 1e13 }));
    }
}
