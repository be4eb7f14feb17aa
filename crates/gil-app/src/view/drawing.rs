//! A display list on a canvas, drawn anew when it or the theme changes.

use gil_view::display::List;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::canvas::Surface;
use crate::page::use_page;

/// Draws on a canvas whenever `of` has changed, or the theme.
#[hook]
pub fn use_drawing<T: PartialEq + 'static>(
    canvas: &NodeRef,
    of: T,
    layout: impl FnOnce(&T) -> List + 'static,
) {
    let theme = use_page().theme.theme;
    let surface = use_mut_ref(|| None::<Surface>);
    let canvas = canvas.clone();
    let ratio = gloo::utils::window().device_pixel_ratio();
    use_effect_with((of, theme, ratio), move |(of, theme, _)| {
        let list = layout(of);
        if list.width < 1.0 {
            return;
        }
        let mut surface = surface.borrow_mut();
        if surface.is_none() {
            let element = canvas.cast::<HtmlCanvasElement>();
            *surface = element.and_then(|element| Surface::new(element, theme.clone()));
        }
        if let Some(surface) = &mut *surface {
            surface.set_theme(theme.clone());
            surface.draw(&list);
        }
    });
}

/// The properties of [`Drawing`].
#[derive(Properties, PartialEq)]
pub struct DrawingProps {
    /// What is drawn.
    pub list: List,
    /// What it shows, for those who do not see it; nothing where elements beside it say so.
    #[prop_or_default]
    pub label: Option<AttrValue>,
}

/// A picture that one can look at.
#[component]
pub fn Drawing(props: &DrawingProps) -> Html {
    let canvas = use_node_ref();
    use_drawing(&canvas, props.list.clone(), List::clone);
    match &props.label {
        Some(label) => html! { <canvas ref={canvas} role="img" aria-label={label} /> },
        None => html! { <canvas ref={canvas} aria-hidden="true" /> },
    }
}
