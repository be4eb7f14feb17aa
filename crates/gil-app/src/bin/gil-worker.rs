//! The program of the page's web worker: computes the charts.

fn main() {
    gil_app::serve();
}
