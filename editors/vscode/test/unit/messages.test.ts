import assert from "node:assert/strict";

import { explain } from "../../src/messages";
import type { Trouble } from "../../src/program";

const TROUBLES: Trouble[] = ["relative", "missing", "folder", "not-executable", "no-server", "unstable"];

describe("a message", () => {
    it("names the path and says what to do", () => {
        for (const trouble of TROUBLES) {
            for (const origin of ["setting", "extension"] as const) {
                const message = explain(trouble, { path: "/opt/starling", origin });
                assert.match(message, /^Starling (cannot start|has stopped): .*\/opt\/starling/, message);
                assert.match(message, /(Correct|or correct|or set) starling\.server\.path|Starling: Restart Server/, message);
            }
        }
    });

    it("tells a wrong setting from a broken extension", () => {
        assert.match(explain("missing", { path: "/a", origin: "setting" }), /there is no file \/a\. Correct/);
        assert.match(explain("missing", { path: "/a", origin: "extension" }), /there is no file \/a\. Install/);
    });
});
