//! Scenarios to start from.

use gil_notation::PRESETS;

use crate::harness::{TestResult, run};
use crate::parts::{address_is, choose, content, headline, open_still};

#[test]
fn every_preset_can_be_chosen() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        let mut before = headline(page).await?;
        for preset in PRESETS.iter().cycle().skip(1).take(PRESETS.len()) {
            choose(page, "#preset", preset.key).await?;
            address_is(page, preset.notation).await?;
            let now = headline(page).await?;
            assert_ne!(now, before, "the headline of {}", preset.key);
            assert!(now.len() > 20, "the headline of {}: {now}", preset.key);
            assert_eq!(content(page, "#preset-note").await?, preset.summary);
            before = now;
        }
        Ok(())
    })
}
