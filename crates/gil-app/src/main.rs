//! The GIL Playground page.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main><h1>{ "GIL Playground" }</h1></main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
