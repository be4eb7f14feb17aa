//! Thread groups and their steps.

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{
    CONVOY, DEFAULT, choose, headline_has, let_go, open_still, press_button, scenario_is, type_into,
};

#[test]
fn the_number_of_threads_can_be_typed_and_pressed() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        type_into(page, "#item-0-count", "8").await?;
        scenario_is(page, "v1/count:8:py-50ms").await?;
        headline_has(page, "8 threads share one GIL").await?;
        press_button(page, "Fewer threads").await?;
        scenario_is(page, "v1/count:7:py-50ms").await
    })
}

#[test]
fn groups_can_be_added_copied_moved_and_removed() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:py-2ms/b:io-1ms").await?;
        press_button(page, "Add threads").await?;
        scenario_is(page, "v1/a:py-2ms/b:io-1ms/work:py-5ms:x10").await?;
        press_button(page, "Remove work").await?;
        scenario_is(page, "v1/a:py-2ms/b:io-1ms").await?;
        press_button(page, "More for a").await?;
        press_button(page, "Duplicate a").await?;
        scenario_is(page, "v1/a:py-2ms/a2:py-2ms/b:io-1ms").await?;
        press_button(page, "More for b").await?;
        press_button(page, "Move up b").await?;
        scenario_is(page, "v1/a:py-2ms/b:io-1ms/a2:py-2ms").await?;
        press_button(page, "Remove a").await?;
        scenario_is(page, "v1/b:io-1ms/a2:py-2ms").await?;
        press_button(page, "Move down b").await?;
        scenario_is(page, "v1/a2:py-2ms/b:io-1ms").await
    })
}

#[test]
fn steps_can_be_edited() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:py-2ms").await?;
        choose(page, "#item-0-0-kind", "io").await?;
        scenario_is(page, "v1/a:io-2ms").await?;
        type_into(page, "#item-0-0-value", "7ms").await?;
        scenario_is(page, "v1/a:io-7ms").await?;
        press_button(page, "Add a step to a").await?;
        press_button(page, "Remove step 1 of a").await?;
        press_button(page, "Add a step to a").await?;
        page.wait_for("#item-0-1-kind").await?;
        choose(page, "#item-0-1-kind", "sleep").await?;
        type_into(page, "#item-0-1-value", "3ms").await?;
        choose(page, "#item-0-0-kind", "py").await?;
        type_into(page, "#item-0-0-value", "1ms").await?;
        scenario_is(page, "v1/a:py-1ms+sleep-3ms").await
    })
}

#[test]
fn what_runs_a_group_and_what_drives_it_can_be_chosen() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:4:io-1ms").await?;
        choose(page, "#item-0-strategy", "asyncio").await?;
        scenario_is(page, "v1/a:4:io-1ms:async").await?;
        press_button(page, "More tasks").await?;
        scenario_is(page, "v1/a:5:io-1ms:async").await?;
        choose(page, "#item-0-repeatkind", "arrive").await?;
        type_into(page, "#item-0-value", "2ms").await?;
        type_into(page, "#item-0-repeat", "100ms").await?;
        scenario_is(page, "v1/a:5:io-1ms:arrive-exp2ms@100ms:async").await?;
        choose(page, "#item-0-strategy", "processes (fork)").await?;
        choose(page, "#item-0-repeatkind", "jobs").await?;
        scenario_is(page, "v1/a:5:io-1ms:jobs-20:fork").await
    })
}

#[test]
fn a_step_can_be_a_job_for_another_group() -> TestResult {
    run(async |page| {
        open_still(page, "v1/a:py-1ms/b:py-2ms").await?;
        choose(page, "#item-0-0-kind", "call").await?;
        page.wait_for("#item-0-0-kind-error").await?;
        press_button(page, "b").await?;
        choose(page, "#item-1-repeatkind", "serve").await?;
        scenario_is(page, "v1/a:call-b/b:py-2ms:serve").await?;
        type_into(page, "#item-0-0-bytes", "64 KiB").await?;
        type_into(page, "#item-1-name", "pool").await?;
        scenario_is(page, "v1/a:call-pool@64kib/pool:py-2ms:serve").await?;
        press_button(page, "Remove pool").await?;
        page.wait_for(".complaint").await?;
        scenario_is(page, "v1/a:call-pool@64kib/pool:py-2ms:serve").await
    })
}

#[test]
fn undo_and_redo_by_buttons() -> TestResult {
    run(async |page| {
        two_edits(page).await?;
        press_button(page, "Undo").await?;
        scenario_is(page, CONVOY).await?;
        press_button(page, "Undo").await?;
        scenario_is(page, DEFAULT).await?;
        page.wait_for("[aria-label^='Undo']:disabled").await?;
        press_button(page, "Redo").await?;
        press_button(page, "Redo").await?;
        scenario_is(page, &with_interval()).await
    })
}

#[test]
fn undo_and_redo_by_keys() -> TestResult {
    run(async |page| {
        two_edits(page).await?;
        let_go(page).await?;
        page.press_with(Key::Control, 'z').await?;
        scenario_is(page, CONVOY).await?;
        page.press_with(Key::Control, 'z').await?;
        scenario_is(page, DEFAULT).await?;
        for _ in 0..2 {
            let chain = page.session().action_chain();
            let chain = chain.key_down(Key::Control).key_down(Key::Shift).send_keys("z");
            chain.key_up(Key::Shift).key_up(Key::Control).perform().await?;
        }
        scenario_is(page, &with_interval()).await
    })
}

/// A preset, then a switch interval that is typed in four characters but is one edit.
async fn two_edits(page: &Page) -> TestResult {
    open_still(page, "").await?;
    choose(page, "#preset", "convoy").await?;
    type_into(page, "#set-switch-interval-value", "20ms").await?;
    scenario_is(page, &with_interval()).await
}

fn with_interval() -> String {
    CONVOY.replacen("v1/", "v1/si=20ms/", 1)
}
