//! Scenarios to start from.

use gil_notation::PRESETS;

use crate::harness::{TestResult, run};
use crate::parts::{address_is, choose, content, headline, open_still, scenario_is};

#[test]
fn every_preset_can_be_chosen() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        let mut before = headline(page).await?;
        for preset in PRESETS.iter().cycle().skip(1).take(PRESETS.len()) {
            choose(page, "#preset", preset.key).await?;
            scenario_is(page, preset.notation).await?;
            let now = headline(page).await?;
            assert_ne!(now, before, "the headline of {}", preset.key);
            assert!(now.len() > 20, "the headline of {}: {now}", preset.key);
            assert_eq!(content(page, "#preset-note").await?, preset.summary);
            before = now;
        }
        Ok(())
    })
}

#[test]
fn a_preset_is_played_at_its_own_usual_speed() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        let native = gil_notation::Preset::find("native").ok_or("no such preset")?;
        choose(page, "#preset", native.key).await?;
        // Nobody has chosen a speed, so the link has none.
        address_is(page, native.notation).await?;
        let chosen = content(page, ".speed-text").await?;
        page.reload().await?;
        page.wait_for(".speed-text").await?;
        assert_eq!(content(page, ".speed-text").await?, chosen);
        Ok(())
    })
}
