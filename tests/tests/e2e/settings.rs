//! Python, cores, switch interval: what everybody turns first.

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{
    CONVOY, address_has, address_is, address_lacks, attribute, attribute_is, choose, content,
    headline, headline_has, open_still, press_button, script, type_into,
};

const INTERVAL: &str = "#set-switch-interval-value";
const CORES: &str = "#set-machine-cores-value";

#[test]
fn a_longer_switch_interval_means_fewer_handoffs_and_more_latency() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        choose(page, "#preset", "convoy").await?;
        headline_has(page, "the switch interval is 5 ms").await?;
        type_into(page, INTERVAL, "50ms").await?;
        headline_has(page, "the switch interval is 50 ms").await?;
        address_has(page, "si=50ms").await?;
        let change = content(page, ".headline .change").await?.to_lowercase();
        let (before, after) = shift(&change, "the handoff rate fell from ")?;
        assert!(after < before / 3.0, "{change}");
        let (before, after) = shift(&change, "the wake-up p50 rose from ")?;
        assert!(after > before * 5.0, "{change}");
        Ok(())
    })
}

/// The two numbers of `the handoff rate fell from 195/s to 35/s`.
fn shift(text: &str, what: &str) -> TestResult<(f64, f64)> {
    let (_, rest) = text.split_once(what).ok_or_else(|| format!("no {what:?} in {text:?}"))?;
    let (before, after) = rest.split_once(" to ").ok_or("only one number")?;
    Ok((first_number(before)?, first_number(after)?))
}

fn first_number(text: &str) -> TestResult<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !".,".contains(c)).unwrap_or(text.len());
    Ok(text[..end].trim_end_matches([',', '.']).replace(',', "").parse()?)
}

#[test]
fn the_python_version_can_be_chosen() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        choose(page, "#set-python-value", "3.8").await?;
        address_is(page, "v1/py=3.8/count:4:py-50ms").await
    })
}

#[test]
fn versions_with_ticks_have_a_check_interval() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:2:py-5ms").await?;
        choose(page, "#set-python-value", "2.7").await?;
        page.wait_for_none(INTERVAL).await?;
        type_into(page, "#set-check-interval-value", "1000").await?;
        address_is(page, "v1/py=2.7/ci=1000/a:2:py-5ms").await?;
        press_button(page, "default 100").await?;
        address_is(page, "v1/py=2.7/a:2:py-5ms").await
    })
}

#[test]
fn an_unmarked_extension_brings_the_gil_back() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        choose(page, "#set-python-value", "3.14t").await?;
        page.wait_for_none(INTERVAL).await?;
        page.click("#set-unmarked-extension-value").await?;
        page.wait_for(INTERVAL).await?;
        address_is(page, "v1/py=3.14t/ext=unmarked/count:4:py-50ms").await?;
        page.click("#set-unmarked-extension-value").await?;
        page.wait_for_none(INTERVAL).await?;
        address_is(page, "v1/py=3.14t/count:4:py-50ms").await
    })
}

#[test]
fn collections_can_be_switched_on_and_set() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:py-5ms").await?;
        page.click("#set-gc-value").await?;
        address_is(page, "v1/gc=2ms@50ms/a:py-5ms").await?;
        type_into(page, "#set-gc-every-value", "1 ms").await?;
        type_into(page, "#set-gc-pause-value", "100us..300us").await?;
        address_is(page, "v1/gc=100us..300us@1ms/a:py-5ms").await?;
        page.click("#set-gc-value").await?;
        address_is(page, "v1/a:py-5ms").await
    })
}

#[test]
fn figures_of_the_machine_follow_the_operating_system() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:py-5ms").await?;
        script(page, "for (const fold of document.querySelectorAll('.fold')) fold.open = true")
            .await?;
        choose(page, "#set-machine-os-value", "Windows").await?;
        address_is(page, "v1/os=windows/a:py-5ms").await?;
        type_into(page, "#set-machine-timer-tick-value", "1ms").await?;
        choose(page, "#set-machine-os-value", "macOS").await?;
        address_is(page, "v1/os=macos/tick=1ms/a:py-5ms").await
    })
}

#[test]
fn a_version_without_asyncio_is_refused_at_both_and_nothing_is_lost() -> TestResult {
    run(async |page| {
        let before = "v1/a:4:io-1ms:async";
        open_still(page, before).await?;
        choose(page, "#set-python-value", "2.7").await?;
        for field in ["python-value", "strategy"] {
            let told = page.wait_for(&format!(".complaint[id$='{field}-error']")).await?;
            assert_eq!(told.text().await?, "Python 2.7 has no asyncio; 3.4 is the first.");
        }
        address_is(page, before).await?;
        choose(page, "#item-0-strategy", "threads").await?;
        address_is(page, "v1/py=2.7/a:4:io-1ms").await?;
        page.wait_for_none(".complaint").await
    })
}

#[test]
fn cores_can_be_typed_pressed_and_slid() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        type_into(page, CORES, "2").await?;
        address_has(page, "cores=2").await?;
        press_button(page, "More cores").await?;
        address_has(page, "cores=3").await?;
        page.click("[aria-label='Cores, slider']").await?;
        page.press(Key::End).await?;
        address_has(page, "cores=64").await?;
        press_button(page, "default 4").await?;
        address_lacks(page, "cores=").await
    })
}

#[test]
fn nonsense_is_explained_at_its_field_and_the_last_valid_run_goes_on() -> TestResult {
    run(async |page| {
        open_still(page, CONVOY).await?;
        let before = headline(page).await?;
        for (field, nonsense, told) in
            [(INTERVAL, "soon", "soon"), (INTERVAL, "0.1ns", "ns"), (CORES, "0", "64")]
        {
            type_into(page, field, nonsense).await?;
            attribute_is(page, field, "aria-invalid", "true").await?;
            let words = description(page, field).await?;
            assert!(words.contains(told), "{nonsense:?} is told: {words:?}");
            assert_eq!(headline(page).await?, before);
            assert!(page.exists(&format!("{field}[aria-invalid]")).await?);
            page.press(Key::Escape).await?;
            page.wait_for_none(&format!("{field}[aria-invalid]")).await?;
        }
        address_is(page, CONVOY).await
    })
}

/// What a screen reader says to explain a field.
async fn description(page: &Page, field: &str) -> TestResult<String> {
    let ids = attribute(page, field, "aria-describedby").await?.ok_or("nothing describes it")?;
    let mut words = String::new();
    for id in ids.split_whitespace() {
        words += &content(page, &format!("#{id}")).await?;
        words.push(' ');
    }
    Ok(words)
}
