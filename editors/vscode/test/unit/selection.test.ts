import assert from "node:assert/strict";

import { selectionOf } from "../../src/selection";

describe("the arguments of starling.selectRange", () => {
    const start = { line: 3, character: 0 };
    const end = { line: 3, character: 14 };

    it("name a range of a document", () => {
        assert.deepEqual(selectionOf("file:///a.md", { start, end }), { uri: "file:///a.md", start, end });
    });

    it("are refused when they do not", () => {
        const wrong = [
            [undefined, undefined],
            [{ uri: "file:///a.md" }, { start, end }],
            ["file:///a.md", null],
            ["file:///a.md", { start }],
            ["file:///a.md", { start, end: { line: -1, character: 0 } }],
            ["file:///a.md", { start, end: { line: "3", character: 0 } }],
            ["file:///a.md", { start, end: { line: 3.5, character: 0 } }],
        ];
        for (const [uri, range] of wrong) {
            assert.equal(selectionOf(uri, range), undefined);
        }
    });
});
