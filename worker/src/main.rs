//! The worker's entry point.

fn main() {
    worker::worker::serve();
}
