//! Two scenarios side by side: the Compare tab. (`compare` is the chart of Pythons and strategies.)

use crate::harness::{PHONE, Page, TestResult, run};
use crate::parts::{
    CONVOY, DEFAULT, address_has, address_is, address_lacks, choose, content, contents, let_go,
    open_still, press_button, script, type_into,
};

/// The convoy, and the same with a shorter interval.
const TWO: &str = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30\
                   /vs/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/tab=compare";

#[test]
fn a_link_opens_both_with_one_cursor() -> TestResult {
    run(async |page| {
        let link = format!("{TWO}/at=12ms");
        opened(page, &link).await?;
        assert_eq!(contents(page, ".side-at").await?, ["12.000 ms", "12.000 ms"]);
        assert!(content(page, "[data-side=b] .side-line").await?.contains("interval 1 ms"));
        summary_has(page, "io's wake-up p50 is 1.").await?;
        let changes = contents(page, ".difference-inputs li").await?;
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert!(changes[0].starts_with("Switch interval: 5 ms"), "{changes:?}");
        let better = content(page, "[data-figure=\"io's wake-up p50\"] td:last-child").await?;
        assert_eq!(better, "B");
        address_is(page, &link).await?;
        page.reload().await?;
        page.wait_for("[data-side=b] canvas").await?;
        address_is(page, &link).await?;
        assert_eq!(contents(page, ".side-at").await?, ["12.000 ms", "12.000 ms"]);
        Ok(())
    })
}

#[test]
fn keys_and_clicks_on_either_side_move_both() -> TestResult {
    run(async |page| {
        opened(page, TWO).await?;
        for key in ["n", "n", ".", ",", "n"] {
            let before = contents(page, ".side-at").await?;
            page.press(key).await?;
            page.wait_until(&format!("{key} moves"), async || {
                Ok(key == "," || key == "." || contents(page, ".side-at").await? != before)
            })
            .await?;
            together(page).await?;
        }
        let before = contents(page, ".side-at").await?;
        page.click("[data-side=b] .lanes").await?;
        page.wait_until("a click moves", async || Ok(contents(page, ".side-at").await? != before))
            .await?;
        together(page).await?;
        address_has(page, "/at=").await?;
        press_button(page, "Zoom in").await?;
        address_has(page, "/from=").await?;
        // The longer run sets the end, the shorter one says that it is over.
        let_go(page).await?;
        page.press(crate::harness::Key::End).await?;
        page.wait_until("B has ended", async || {
            Ok(content(page, "[data-side=b] .side-now").await?.contains("ended after"))
        })
        .await?;
        together(page).await?;
        assert!(!content(page, "[data-side=a] .side-now").await?.contains("ended after"));
        Ok(())
    })
}

#[test]
fn pointing_at_one_side_shows_on_the_other() -> TestResult {
    run(async |page| {
        opened(page, TWO).await?;
        const PIXELS: &str = "return document.querySelector('[data-side=a] .overlay').toDataURL()";
        let before: String = page.eval(PIXELS).await?;
        let lanes = page.wait_for("[data-side=b] .lanes").await?;
        lanes.scroll_into_view().await?;
        // Left of the middle, where B has ended already.
        let chain = page.session().action_chain();
        chain.move_to_element_with_offset(&lanes, -150, 0).perform().await?;
        page.wait_for("[data-side=b] .tip").await?;
        page.wait_until("A shows the pointer", async || {
            Ok(page.eval::<String>(PIXELS).await? != before)
        })
        .await
    })
}

#[test]
fn an_edit_of_b_changes_what_is_said() -> TestResult {
    run(async |page| {
        opened(page, TWO).await?;
        type_into(page, "#text-b", "v1/io:2:py-100us+io-1ms:x30").await?;
        page.wait_until("hog is gone", async || {
            Ok(contents(page, ".difference-inputs li")
                .await?
                .iter()
                .any(|li| li.contains("hog is gone")))
        })
        .await?;
        summary_has(page, "io's wake-up p95 is 134 us instead of 11.6 ms").await?;
        address_has(page, "/vs/io:2:py-100us+io-1ms:x30/tab=compare").await?;
        type_into(page, "#text-b", "v1/io:oi-1ms").await?;
        page.wait_for("#text-b-error pre").await?;
        let error = content(page, "#text-b-error pre").await?;
        assert!(error.contains("oi") && error.contains('^'), "{error}");
        address_has(page, "/vs/io:2:py-100us+io-1ms:x30/tab=compare").await
    })
}

#[test]
fn the_first_difference_is_found() -> TestResult {
    run(async |page| {
        opened(page, TWO).await?;
        let part = content(page, ".difference-first").await?;
        assert!(part.contains("The same until"), "{part}");
        press_button(page, "Go to the first difference").await?;
        page.wait_until("the cursor is there", async || {
            Ok(content(page, "[data-side=a] .side-now").await?.contains("waits for the GIL"))
        })
        .await?;
        together(page).await
    })
}

#[test]
fn sides_change_places_and_the_comparison_ends() -> TestResult {
    run(async |page| {
        opened(page, TWO).await?;
        press_button(page, "Swap A and B").await?;
        address_is(
            page,
            "v1/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30\
             /vs/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/tab=compare",
        )
        .await?;
        summary_has(page, "io's wake-up p50 is 5.").await?;
        press_button(page, "Stop comparing").await?;
        page.wait_for(".compare-start").await?;
        address_lacks(page, "/vs/").await?;
        page.press_with(crate::harness::Key::Control, 'z').await?;
        page.wait_for("[data-side=b]").await?;
        press_button(page, "Open B in Explore").await?;
        page.wait_for(".explore").await?;
        address_is(
            page,
            "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30\
             /vs/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30",
        )
        .await
    })
}

#[test]
fn without_a_second_scenario_it_offers_some() -> TestResult {
    run(async |page| {
        open_still(page, &format!("{DEFAULT}/tab=compare")).await?;
        page.wait_for(".compare-start").await?;
        type_into(page, "#compare-link", "v1/count:4:pi-1ms").await?;
        press_button(page, "Compare with this").await?;
        page.wait_for("#compare-link-error pre").await?;
        assert!(content(page, "#compare-link-error").await?.contains("pi"));
        type_into(page, "#compare-link", "https://example.org/#v1/py=3.12/count:2:py-9ms").await?;
        press_button(page, "Compare with this").await?;
        address_is(page, &format!("{DEFAULT}/vs/py=3.12/count:2:py-9ms/tab=compare")).await?;
        press_button(page, "Stop comparing").await?;
        press_button(page, "3.14t").await?;
        address_is(page, &format!("{DEFAULT}/vs/py=3.14t/count:4:py-50ms/tab=compare")).await?;
        summary_has(page, "times as fast").await
    })
}

#[test]
fn explore_leads_here() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        press_button(page, "Keep this as A and compare").await?;
        address_is(page, &format!("{DEFAULT}/vs/count:4:py-50ms/tab=compare")).await?;
        summary_has(page, "Both scenarios are the same").await?;
        press_button(page, "Stop comparing").await?;
        press_button(page, "Explore").await?;
        choose(page, "#preset", "convoy").await?;
        press_button(page, "Compare with before").await?;
        let convoy = CONVOY.trim_start_matches("v1");
        address_is(page, &format!("{DEFAULT}/vs{convoy}/tab=compare")).await
    })
}

#[test]
fn on_phones_one_stands_above_the_other() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        opened(page, TWO).await?;
        let below = "const [a, b] = [...document.querySelectorAll('.side')]
            .map(side => side.getBoundingClientRect());
            return b.top >= a.bottom && a.width <= innerWidth && b.width <= innerWidth";
        assert!(page.eval::<bool>(below).await?);
        Ok(())
    })
}

async fn opened(page: &Page, link: &str) -> TestResult {
    open_still(page, link).await?;
    page.wait_for("[data-side=a] .lanes canvas").await?;
    page.wait_for("[data-side=b] .lanes canvas").await?;
    script(page, "scrollTo(0, 0)").await
}

async fn summary_has(page: &Page, part: &str) -> TestResult {
    page.wait_until(&format!("the summary has {part:?}"), async || {
        Ok(content(page, ".difference .finding").await?.contains(part))
    })
    .await
}

/// Both sides stand at the same time.
async fn together(page: &Page) -> TestResult {
    page.settle().await?;
    let at = contents(page, ".side-at").await?;
    assert!(at.len() == 2 && at[0] == at[1], "{at:?}");
    Ok(())
}
