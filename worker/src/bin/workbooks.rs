//! The program that reads and writes Excel workbooks.

fn main() {
    worker::workbooks::serve();
}
