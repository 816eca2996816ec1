//! The program that estimates part-worths.

fn main() {
    worker::serve::serve(worker::estimator::Estimator::new(js_sys::Date::now));
}
