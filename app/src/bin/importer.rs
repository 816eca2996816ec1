//! The importer's entry point.

fn main() {
    app::start_importer();
}
