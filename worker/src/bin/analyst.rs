//! The program that computes what takes long.

fn main() {
    worker::serve::serve(worker::analyst::Analyst::default());
}
