import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

import { namesOf, syntaxOf } from "../../scripts/syntax.mjs";

const WRITTEN = readFileSync("syntaxes/starling.tmLanguage.json", "utf8");
const PARTS = readFileSync("../../grammar/vocabulary/parts.toml", "utf8");

/** What is coloured on a line: the words with the last piece of their scope. */
async function coloured(line: string): Promise<string[]> {
    await oniguruma.loadWASM(readFileSync("node_modules/vscode-oniguruma/release/onig.wasm"));
    const registry = new textmate.Registry({
        onigLib: Promise.resolve(oniguruma),
        loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(WRITTEN, "starling.json")),
    });
    const grammar = await registry.loadGrammar("starling.injection");
    assert.ok(grammar);
    const { tokens } = grammar.tokenizeLine(line, textmate.INITIAL);
    const named = tokens.filter(({ scopes }) => scopes.length > 1);
    return named.map(({ startIndex, endIndex, scopes }) => `${line.slice(startIndex, endIndex)} ${scopes[1]?.split(".")[2] ?? ""}`);
}

describe("the colours without a server", () => {
    it("are for the names that the server knows", () => {
        const names = namesOf(PARTS);
        assert.ok(names.includes("Situation") && names.includes("Ausgangslage") && names.length > 50);
        assert.equal(WRITTEN, `${JSON.stringify(syntaxOf(names), null, 2)}\n`);
    });

    it("are those of labels where labels stand", async () => {
        for (const line of ["## Situation", "**Situation:** We had", "Situation: We had", "- Situation: We had", "**situation**"]) {
            assert.deepEqual((await coloured(line)).map((it) => it.toLowerCase()), ["situation part"], line);
        }
        for (const line of ["The situation was bad.", "## Situations in life", "In this situation: nothing", "a Result: b"]) {
            assert.deepEqual(await coloured(line), [], line);
        }
    });

    it("are those of quantities with a unit", async () => {
        assert.deepEqual(await coloured("from 800 ms to 1.5s, 20% less, $40K a year, 3 weeks"), [
            "800 ms metric",
            "1.5s metric",
            "20% metric",
            "$40K metric",
            "3 weeks metric",
        ]);
        assert.deepEqual(await coloured("in 2024, version 1.2.3, step 4"), []);
    });
});
