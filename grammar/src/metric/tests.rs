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
    check("The second half followed one day before the date I had promised.", &["one day"]);
    check("The client extended our contract by three years.", &["three years"]);
    check("It serves 1.2M requests/s, up to 500 rps each.", &["1.2M requests/s", "500 rps"]);
    check("onboarded 14 teams", &["14 teams"]);
    check("five fewer pages a week", &["five fewer pages a week"]);
    check("40+ services migrated", &["40+ services"]);
    check("~30% cheaper to run", &["30%*"]);
    check("availability of 99,95 %", &["99,95 %"]);
    check("1 200 000 rows moved", &["1 200 000 rows"]);
    check(
        "builds take half an hour, not in an hour and a half",
        &["half an hour, not in an hour and a half*"],
    );
    check("in an hour and a half", &["an hour and a half"]);
    check("Volume fell by ¾; it takes 2½ hours.", &["¾*", "2½ hours"]);
    check("It saved 1.5 FTE, and we won 2 of 3 deals.", &["1.5 FTE", "2 of 3 deals"]);
    check(
        "Open incidents hit zero in June, and neither team has raised a ticket.",
        &["zero", "neither team has raised a ticket"],
    );
    check("Neither of us liked it, and neither bug was easy to find.", &[]);
    check("Bug reports stopped: none in the ten months since.", &["none in the ten months"]);
    check("It's been 400 days since the last data loss.", &["400 days"]);
    check("Ticket volume: down a quarter.", &["a quarter*"]);
    check("9 of the next 10 releases were on time.", &["9 of the next 10 releases"]);
    check("The backlog of 1,200 tickets was cleared.", &["1,200 tickets"]);
    check("I joined a team with a backlog of 300 tickets, and we shipped.", &[]);
    check("85k msg/s at 210 kg/ha, and 4.8/5 stars", &["85k msg/s", "210 kg/ha", "4.8/5"]);
    check("The van drives 1,100 km less.", &["1,100 km"]);
    check("the share rose 3 percentage points", &["3 percentage points*"]);
    check("Gesenkt um 40 % in drei Wochen, 5 Stunden weniger", &["40 %*", "5 Stunden"]);
}

#[test]
fn changes_with_both_ends() {
    check("Latency fell from 800 ms to 120 ms.", &["from 800 ms to 120 ms*"]);
    check("15% → 0.1%", &["15% → 0.1%*"]);
    check("20 -> 50 connections", &["20 -> 50 connections*"]);
    check("cut p99 from 800 to 120 ms", &["from 800 to 120 ms*"]);
    check("It takes 4 minutes instead of 2 hours", &["4 minutes instead of 2 hours*"]);
    check("The job ends at 02:15 instead of 06:40.", &["02:15 instead of 06:40*"]);
    check("The report had needed four people; it now needs one.", &["four people; it now needs one*"]);
    check("We check once a month instead of every day.", &["once a month instead of every day*"]);
    check("We went from one release a fortnight to several a day.", &["one release a fortnight*"]);
    check("Instead of 12 VMs we now need 3.", &["12 VMs we now need 3*"]);
    check("It takes minutes instead of hours.", &["minutes instead of hours*"]);
    check(
        "It takes 20 minutes where it used to need a full day.",
        &["20 minutes where it used to need a full day*"],
    );
    check(
        "One incident since, compared with six in the year before.",
        &["One incident since, compared with six*"],
    );
    check("to 120 ms, down from 800 ms", &["120 ms, down from 800 ms*"]);
    check("It used to take 3 hours and now takes 10 minutes.", &["3 hours and now takes 10 minutes*"]);
    check(
        "It failed once in eight runs. Forty engineers had got used to it.",
        &["eight runs", "Forty engineers"],
    );
    check("reduced pages from twelve to three a week", &["from twelve to three a week*"]);
    check("from 2 hours to four minutes", &["from 2 hours to four minutes*"]);
    check("between 30-60 seconds", &["30-60 seconds"]);
    check("errors went from 12 to zero", &["from 12 to zero*"]);
    check("It was 40 GB. Now it is 9 GB.", &["40 GB. Now it is 9 GB*"]);
    check("90 ms where it had been 400 ms", &["90 ms where it had been 400 ms*"]);
    check("what took three days now takes an hour", &["three days now takes an hour*"]);
    check("from a week of work to an afternoon", &["from a week of work to an afternoon*"]);
    check("a 14-step form became a 3-step one", &["14-step form became a 3-step*"]);
    check("it rose from the low fifties to 78 percent", &["78 percent*"]);
    check("from biweekly to daily", &["biweekly to daily*"]);
    check("formerly a day's work, it takes five minutes", &["five minutes*"]);
    check("before\nafter\n40 GB\n9 GB\n", &["40 GB\n9 GB*"]);
    check("2019\n2023\n40 %\n9 %\n", &["40 %\n9 %*"]);
    check("Our club rose from 11th to 3rd.", &["11th to 3rd*"]);
    check("The ratio of nurses to beds went from 1:9 to 1:4.", &["from 1:9 to 1:4*"]);
    check("Checkout errors 4.1 % (prev. 9 %).", &["4.1 % (prev. 9 %*"]);
    check("Queue depth 2k to 90k on the same disks.", &["2k to 90k*"]);
    check("What had been a month of waiting became a weekend.", &["a month of waiting became a weekend*"]);
    check("From days to ten minutes, for each refund.", &["ten minutes*"]);
    check("From no volunteers to 52 in one spring.", &["52*"]);
    check("It used to take nearly five hours; now it ends before lunch.", &["five hours*"]);
    check("7 wards out of 11 use it.", &["7 wards"]);
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
fn bare_levels() {
    let levels = |prose: &str| -> Vec<String> {
        let all = read(prose).metrics;
        all.iter().filter(|metric| metric.level).map(|metric| metric.span.of(prose).to_owned()).collect()
    };
    for (prose, level) in [
        ("p99 is now 120 ms", "120 ms"),
        ("Error rate dropped to 0.1%", "0.1%"),
        ("Deploys take eight minutes.", "eight minutes"),
        ("A restore runs in 20 minutes.", "20 minutes"),
        ("It sustains 40K requests/s.", "40K requests/s"),
        ("The image is 90 MB.", "90 MB"),
        ("Each costs about $35.", "$35"),
        ("One in five is late.", "One in five"),
        ("Start time: 3 s.", "3 s"),
        ("Hum of the pump: 28 dB(A) at the door.", "28 dB"),
        ("The net carries 900 phones at once.", "900 phones at once"),
        ("61% of the claims pass.", "61%"),
    ] {
        assert_eq!(levels(prose), [level], "in {prose:?}");
    }
    for prose in [
        "cut latency from 800 ms to 120 ms",
        "reduced by 40%",
        "saved five hours a week",
        "It was restored in 40 minutes.",
        "We shipped two weeks early.",
        "It was three days late.",
        "Costs were down by more than a third.",
        "Costs went down by over a third.",
        "Errors went from 400 a day to none.",
        "200 lost tickets a day became zero.",
        "saved $180K/month",
        "14 teams",
        "100% of partners",
    ] {
        assert_eq!(levels(prose), [""; 0], "in {prose:?}");
    }
}

#[test]
fn proportions_and_absolutes_in_words() {
    check("went down by over half", &["half*"]);
    check("fell to under half", &["half*"]);
    check("cut in half, by a third, and three quarters of it", &["half*", "a third*", "three quarters"]);
    check("ten times faster, tenfold, twice as fast", &["ten times*", "tenfold*", "twice as*"]);
    check("an order of magnitude", &["order of magnitude*"]);
    check("zero downtime", &["zero downtime"]);
    check("Zero sev-1s in the year after, and 0 P1s since.", &["Zero sev-1s", "0 P1s"]);
    check("a zero-downtime cutover", &["zero-downtime"]);
    check("no data loss", &["no data loss"]);
    check("without a single failed request", &["without a single failed request"]);
    check("without any missed deadlines", &["without any missed deadlines"]);
    check("not one rollback", &["not one rollback"]);
    check("one call in twelve, two thirds of the staff", &["one call in twelve", "two thirds"]);
    check("We have not had a single outage.", &["single outage"]);
    check("No data was lost, nobody was hurt.", &["No data was lost", "nobody was hurt"]);
    check("ranked 3rd of 40, the first of three steps", &["ranked 3rd"]);
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
        "I think in weeks, not days, and it took months instead of weeks.",
        "This one was fast compared with six others.",
        "I published a list of 10 lessons.",
        "I was handed a pile of 80 letters and got through the first week.",
        "We had zero access to logs.",
        "The first ¾ of the year were hard.",
        "no idea, no longer, no one",
        "the third party, half-baked, last quarter",
        "version 3 of phase 2",
        "We handled it on time; it became the standard.",
        "see section 4 and 5xx errors",
        "the 99th percentile",
        "It would have cost $2M.",
        "We could have saved 40 hours.",
        "Our target: 40% fewer tickets.",
        "40% was the goal; we never measured.",
        "If adopted, it saves 30 minutes a day.",
        "never got below 200 ms",
        "three reasons, two things, the two teams",
        "We had two weeks to do it.",
        "Six months in, it runs.",
        "The threshold was set to 70%.",
        "a two-week sprint",
        "There are three shifts.",
        "We moved from Java 8 to 17 and Boot 2.7 → 3.2.",
        "802.1X, HTTP 500s, the N+1 query, the 90s",
        "We gave 110 percent and I am 100% sure.",
        "doubled down, double-checked, half the battle",
        "on a scale from 1 to 10",
        "open from 9 to 5",
        "ten out of ten",
        "We missed the 99.9% target.",
        "My two cents were heard.",
        "It was cheap at twice the price.",
        "It wasn't a 5x miracle.",
        "Her brochure spoke of nine weeks.",
        "The potential of 3 M€ was seen.",
        "They hoped for twice the sales.",
        "We played \"500 Miles\" twice.",
        "KR1 read \"cut returns to 4 %\" and was dropped.",
        "I learned to wait in the first ten minutes.",
        "My crew (4 welders, 2 fitters) went home.",
        "The 17 tram stops there again.",
        "The eReader 5 users were glad.",
        "The pair, none of whom had met, got on.",
        "code \u{1A}\u{1A}\u{1A} ran",
    ] {
        assert_eq!(metrics(prose), [""; 0], "in {prose:?}");
    }
}

#[test]
fn reached_targets_count() {
    check("We hit the target of 99.9%.", &["99.9%"]);
    check("The goal was 99.9%, and we reached 99.95%.", &["99.9%", "99.95%"]);
    check("We wanted 40%, and cut it by 41%.", &["41%*"]);
    check("It could serve 2M users.", &["2M users"]);
    check("in 2 days instead of the planned 3 weeks", &["2 days instead of the planned 3 weeks*"]);
    check("It never exceeds 200 ms.", &["200 ms"]);
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

#[test]
fn numbers_in_words() {
    for (prose, value) in [
        ("twenty-five teams", 25.0),
        ("a hundred and ten teams", 110.0),
        ("two and a half hours", 2.5),
        ("two thousand five hundred rows", 2500.0),
        ("three lakh rows", 3e5),
        ("₹2 crore", 2e7),
        ("half a million users", 5e5),
        ("ninety-nine percent", 99.0),
        ("12.600 times", 12_600.0),
        ("EUR 3.4 Mio.", 3.4e6),
    ] {
        let values: Vec<Option<f64>> = read(prose).metrics.iter().map(|metric| metric.value).collect();
        assert_eq!(values, [Some(value)], "in {prose:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(prose in any::<String>()) {
        for metric in read(&prose).metrics {
            prop_assert!(prose.get(metric.span.range()).is_some_and(|words| !words.is_empty()));
            prop_assert!(metric.unit.is_none_or(|unit| metric.span.contains_span(unit) && prose.get(unit.range()).is_some()));
            prop_assert!(!(metric.level && metric.baseline));
        }
    }

    /// What is far away says nothing of a number: the same block reads the same behind any amount of others, which
    /// is what keeps reading linear.
    #[test]
    fn blocks_are_read_alone(block in "(from |to |40|%| ms|zero |no |half |a |third |\\$|k| teams|, |\\. |now |was |goal |one ){0,30}", count in 1usize..20) {
        let before = "It ran.\n".repeat(count);
        let alone = read(&block);
        let behind = read(&format!("{before}{block}"));
        let shifted: Vec<_> = alone.metrics.into_iter().map(|metric| metric.shift(before.len())).collect();
        prop_assert_eq!(shifted, behind.metrics);
    }

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

#[test]
fn cells_of_before_and_after() {
    // A line feed ends a cell, as `Document::prose` has it.
    check("Metric\nBefore\nAfter\np99 (ms)\n800\n120\n", &["800\n120*"]);
    check("\n2021\n2023\ntickets\n40\n3\n", &["40\n3*"]);
    check("run\nwall (min)\nmemory (GB)\nold pipeline\n312\n58\nnew pipeline\n44\n9\n", &["44*", "9*"]);
    check("Component\nOld\nNew\nPython\n3.6\n3.11\n", &[]);
}

#[test]
fn how_often() {
    check("We went from deploying weekly to deploying daily.", &["weekly to deploying daily*"]);
    check(
        "Backups run every five minutes rather than every night.",
        &["every five minutes rather than every night*"],
    );
    check("Turnaround went from days to hours.", &["days to hours*"]);
    check("We meet every two weeks and talk daily.", &[]);
}

#[test]
fn what_a_sentence_takes_for_granted() {
    check("The outage that hit 12,000 users became the case study.", &[]);
    check("The service, which handles 50K orders an hour, is stable again.", &[]);
    check("For a service that takes 50K orders an hour, it was quiet.", &[]);
    check("It is a service with 50 million users.", &[]);
    check("The service handles 50K orders an hour.", &["50K orders an hour"]);
}
