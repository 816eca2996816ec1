//! Measurements in the browser's performance timeline (User Timing), which the benchmarks read.

/// Runs a computation and records its duration under a name, for `performance.getEntriesByName`.
pub fn measure<T>(name: &str, compute: impl FnOnce() -> T) -> T {
    let Some(performance) = web_sys::window().and_then(|window| window.performance()) else {
        return compute();
    };
    // The computation runs even if the browser refuses to record.
    let start = format!("{name} start");
    let _ = performance.mark(&start);
    let result = compute();
    let _ = performance.measure_with_start_mark(name, &start);
    performance.clear_marks_with_mark_name(&start);
    result
}

/// Starts to record a result that arrives later, in parts. Only one can be recorded at a time.
pub fn begin() {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        performance.clear_marks_with_mark_name(BEGIN);
        let _ = performance.mark(BEGIN);
    }
}

/// Records a part under a name: the time since [`begin`], or since the previous part.
pub fn part(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        let _ = performance.measure_with_start_mark(name, BEGIN);
    }
    begin();
}

/// The mark at the start of the current part.
const BEGIN: &str = "begin";
