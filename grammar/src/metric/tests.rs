//! What counts as a quantity, case by case.

use proptest::prelude::*;

use super::{MetricKind, read};

/// Every metric as its words, `*` after those with a baseline.
fn metrics(prose: &str) -> Vec<String> {
    let metric = |metric: &super::Metric| {
        format!("{}{}", metric.span.of(prose), if metric.baseline { "*" } else { "" })
    };
    read(prose).metrics.iter().map(metric).collect()
}

#[track_caller]
fn check(prose: &str, expected: &[&str]) {
    assert_eq!(metrics(prose), expected, "in {prose:?}");
}

#[test]
fn numbers_with_units() {
    check("The p99 is now 120 ms.", &["120 ms"]);
    check("It saved $180K/month in refunds.", &["$180K/month"]);
    check(
        "We saved 40 k€ and 3 million dollars, or USD 3M, ₹5 lakh",
        &["40 k€", "3 million dollars", "USD 3M", "₹5 lakh"],
    );
    check("It shipped two weeks early.", &["two weeks"]);
    check("It serves 1.2M requests/s, up to 500 rps each.", &["1.2M requests/s", "500 rps"]);
    check("onboarded 14 teams", &["14 teams"]);
    check("five fewer pages a week", &["five fewer pages a week"]);
    check("40+ services migrated", &["40+ services"]);
    check("~30% cheaper to run", &["30%*"]);
    check("availability of 99,95 %", &["99,95 %"]);
    check("1 200 000 rows moved", &["1 200 000 rows"]);
    check("builds take 4-hour slots in half an hour", &["4-hour", "half an hour"]);
    check("the share rose 3 percentage points", &["3 percentage points*"]);
    check("Gesenkt um 40 % in drei Wochen, 5 Stunden weniger", &["40 %*", "5 Stunden*"]);
}

#[test]
fn changes_with_both_ends() {
    check("Latency fell from 800 ms to 120 ms.", &["from 800 ms to 120 ms*"]);
    check("15% → 0.1%", &["15% → 0.1%*"]);
    check("20 -> 50 connections", &["20 -> 50 connections*"]);
    check("cut p99 from 800 to 120 ms", &["from 800 to 120 ms*"]);
    check("It takes 4 minutes instead of 2 hours", &["4 minutes instead of 2 hours*"]);
    check("to 120 ms, down from 800 ms", &["120 ms, down from 800 ms*"]);
    check("It used to take 3 hours and now takes 10 minutes.", &["3 hours and now takes 10 minutes*"]);
    check("reduced pages from twelve to three a week", &["from twelve to three a week*"]);
    check("from 2 hours to four minutes", &["from 2 hours to four minutes*"]);
    check("between 30-60 seconds", &["30-60 seconds"]);
    check("errors went from 12 to zero", &["from 12 to zero*"]);
}

#[test]
fn baselines() {
    check("reduced latency by 40%", &["40%*"]);
    check("cut our costs 40%", &["40%*"]);
    check("error rate dropped to 0.1%", &["0.1%"]);
    check("throughput is 3x", &["3x*"]);
    check("40% lower", &["40%*"]);
    check("we halved the cost", &["halved*"]);
    check("latency is now 120 ms", &["120 ms"]);
}

#[test]
fn proportions_and_absolutes_in_words() {
    check("cut in half, by a third, and three quarters of it", &["half*", "third*", "quarters*"]);
    check("ten times faster, tenfold, twice as fast", &["ten times*", "tenfold*", "twice as*"]);
    check("an order of magnitude", &["order of magnitude*"]);
    check("zero downtime", &["zero downtime"]);
    check("a zero-downtime cutover", &["zero-downtime"]);
    check("no data loss", &["no data loss"]);
    check("without a single failed request", &["without a single failed request"]);
    check("without any missed deadlines", &["without any missed deadlines"]);
    check("not one rollback", &["not one rollback"]);
    check("100% of partners and all 40 services", &["100%", "40 services"]);
}

#[test]
fn names_dates_and_idioms_are_none() {
    for prose in [
        "S3, EC2, K8s and IPv4",
        "an HTTP 500 over HTTP/2 with OAuth2",
        "Log4j 2, Python 3.11, Java 17 and Postgres 15",
        "ISO 27001, SOC 2, RFC 9110, UTF-8, x86-64, H100, B2B",
        "2FA in a 12-factor app, v2.1",
        "a two-phase commit and 3-tier design",
        "p99 improved",
        "a P0, Sev-1, SEV2, Tier 1 incident",
        "promoted to L5, E6",
        "in 2023 teams met",
        "in Q3, on January 5 at 14:00 of FY24",
        "JIRA-1234 and PR #42 on port 8080",
        "one of my teammates, at one point, one-on-one, day one",
        "second to none, first time, 24/7, number one",
        "a team of five with five years of experience",
        "the goal was 99.9%",
        "We wanted 40 % fewer pages.",
        "It did not reach 50%",
        "a 50K-transactions service",
        "two years ago, every two weeks",
        "on 2023-01-05",
        "zero trust",
        "no idea, no longer, no one",
        "the third party, half-baked, last quarter",
        "version 3 of phase 2",
        "We handled it on time; it became the standard.",
        "see section 4 and 5xx errors",
        "the 99th percentile",
        "It would have cost $2M.",
        "We missed the 99.9% target.",
        "code \u{1A}\u{1A}\u{1A} ran",
    ] {
        assert_eq!(metrics(prose), [""; 0], "in {prose:?}");
    }
}

#[test]
fn reached_targets_count() {
    check("We hit the target of 99.9%.", &["99.9%"]);
    check("The goal was 99.9%, and we reached 99.95%.", &["99.9%", "99.95%"]);
}

#[test]
fn words_of_size() {
    let vague = |prose: &str| -> Vec<String> {
        read(prose).vague.iter().map(|span| span.of(prose).to_owned()).collect()
    };
    assert_eq!(
        vague("It was significantly and much faster, a lot, for Many users."),
        ["significantly", "much faster", "a lot", "Many"]
    );
    assert!(vague("It took 40 ms.").is_empty());
    let rough = |prose: &str| -> Vec<String> {
        read(prose).rough.iter().map(|span| span.of(prose).to_owned()).collect()
    };
    assert_eq!(
        rough("dozens of tickets, a couple of weeks, nearly all of them"),
        ["dozens of", "a couple of", "nearly all"]
    );
}

#[test]
fn kinds_and_values() {
    let all = read("saved $180K/month and 40% of 1.2M rows in 3 h").metrics;
    let kinds: Vec<(MetricKind, f64)> =
        all.iter().map(|metric| (metric.kind, metric.value.unwrap_or_default())).collect();
    assert_eq!(
        kinds,
        [
            (MetricKind::Money, 180e3),
            (MetricKind::Percent, 40.0),
            (MetricKind::Count, 1.2e6),
            (MetricKind::Duration, 3.0)
        ]
    );
}

proptest! {
    #[test]
    fn spans_are_in_order(prose in "\\PC{0,120}|[a-z0-9.,%$€→ \n\u{A0}-]{0,160}|(from |to |40|%| ms|zero |no |half |a |third |\\$|k| teams|, |\\. ){0,40}") {
        let found = read(&prose);
        for spans in [found.metrics.iter().map(|metric| metric.span).collect(), found.vague, found.rough] {
            let mut end = 0;
            for span in spans {
                prop_assert!(span.start >= end && span.end <= prose.len() && !span.is_empty(), "{:?}", span);
                prop_assert!(prose.is_char_boundary(span.start) && prose.is_char_boundary(span.end));
                end = span.end;
            }
        }
    }
}
