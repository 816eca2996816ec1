//! The worker's entry point.

fn main() {
    files::worker::serve();
}
