//! The program that opens, stores and exports files.

fn main() {
    worker::serve::serve(worker::files::Files);
}
