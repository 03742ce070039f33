#![no_main]
//! The target `configuration` of cargo-fuzz.

#[path = "../properties.rs"]
#[allow(dead_code)]
mod properties;

libfuzzer_sys::fuzz_target!(|data: &[u8]| properties::configuration(data));
