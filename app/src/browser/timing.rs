//! The browser's own record of how long things take (User Timing), for whoever measures.

/// Runs a computation and records it under a name, as `performance.getEntriesByName` gives it.
pub fn measure<T>(name: &str, compute: impl FnOnce() -> T) -> T {
    let Some(performance) = web_sys::window().and_then(|window| window.performance()) else {
        return compute();
    };
    // A browser that refuses to record has no effect on the computation.
    let begin = format!("{name} begins");
    let _ = performance.mark(&begin);
    let result = compute();
    let _ = performance.measure_with_start_mark(name, &begin);
    performance.clear_marks_with_mark_name(&begin);
    result
}

/// Begins to record what is answered later, in several parts; there is one such thing at a time.
pub fn begin() {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        performance.clear_marks_with_mark_name(ASKED);
        let _ = performance.mark(ASKED);
    }
}

/// Records a part under a name: the time since [`begin`], or since the part before.
pub fn part(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        let _ = performance.measure_with_start_mark(name, ASKED);
    }
    begin();
}

/// The mark of what is answered later.
const ASKED: &str = "asked";
