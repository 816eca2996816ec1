//! What the page itself has to say when something does not work: what, where, and what to do.
//! What is wrong with a study or a sweep is told by the model.

/// A text that two readers would take for two numbers.
pub fn two_readings(text: &str, whole: &str) -> String {
    format!("“{text}” may be {whole} or a fraction; write {whole}, or the fraction with a comma")
}
