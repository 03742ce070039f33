// Writes the grammar by which labels and metrics are coloured where no server runs; the names of parts are the server's:
//
//   npm run syntax
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const UNITS = [
    "percent", "percentage points", "pp", "bps", "ns", "µs", "us", "ms", "s", "sec", "seconds?", "min", "minutes?", "hours?", "h", "days?",
    "weeks?", "months?", "years?", "[KMGTP]i?B", "rps", "qps", "tps", "req/s", "x", "times", "thousand", "million", "billion",
];

/**
 * The names that make a story, in all languages, the longest first.
 *
 * @param {string} parts vocabulary/parts.toml
 */
export function namesOf(parts) {
    const tables = parts.split("[part.names]").slice(1).map((rest) => rest.split("\n[")[0] ?? "");
    const names = tables.flatMap((table) => [...table.matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? ""));
    return [...new Set(names)].sort((one, other) => other.length - one.length || one.localeCompare(other));
}

/**
 * The grammar for these names.
 *
 * @param {string[]} names
 */
export function syntaxOf(names) {
    const name = `(?i:${names.map((it) => it.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`;
    const headings = [1, 2, 3, 4, 5, 6].map((level) => `^${"#".repeat(level)} `).join("|");
    const label = (/** @type {string} */ match) => ({ match, name: "keyword.other.part.starling" });
    const metric = (/** @type {string} */ match) => ({ match, name: "constant.numeric.metric.starling" });
    return {
        $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        comment: "Written by `npm run syntax`.",
        scopeName: "starling.injection",
        injectionSelector:
            "L:text.html.markdown - markup.fenced_code - markup.raw - markup.inline.raw - meta.embedded - comment - meta.link",
        patterns: [
            label(`(?<=${headings})${name}(?=\\s*(?:$|[(:]))`),
            label(`(?<=\\*\\*|__)${name}(?=:?(?:\\*\\*|__))`),
            label(`^${name}(?=:(?:\\s|$))`),
            label(`(?<=^[-*+] )${name}(?=:(?:\\s|$))`),
            metric("(?<![\\w.])[$€£]\\s?\\d[\\d,.]*(?:\\s?(?:[kKmMbB]|thousand|million|billion)\\b)?"),
            metric(`(?<![\\w.])\\d[\\d,.]*\\s?(?:%|(?:${UNITS.join("|")})(?![\\w]))`),
        ],
    };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const root = join(import.meta.dirname, "..");
    const names = namesOf(readFileSync(join(root, "../../grammar/vocabulary/parts.toml"), "utf8"));
    const text = JSON.stringify(syntaxOf(names), null, 2);
    writeFileSync(join(root, "syntaxes/starling.tmLanguage.json"), `${text}\n`);
}
