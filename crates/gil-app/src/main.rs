//! Mounts the page.

fn main() {
    yew::Renderer::<gil_app::app::App>::new().render();
}
