//! What has to hold for wasm as well, run in a headless browser.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn runs_as_wasm() {
    assert_eq!(size_of::<usize>(), 4);
}
