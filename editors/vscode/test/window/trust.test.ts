import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Editor } from "../editor";
import { until } from "../waiting";
import { openFile, screenshot, squiggle } from "./window";

describe("a folder that is not trusted", () => {
    let editor: Editor;

    afterEach(async function () {
        if (this.currentTest?.state === "failed") {
            await screenshot(editor.page, `failed: ${this.currentTest.title}`);
        }
        await editor.close();
    });

    it("does not choose the program until it is trusted", async () => {
        editor = await Editor.start({ trust: true, settings: { "security.workspace.trust.startupPrompt": "never" } });
        const { page, folder } = editor;
        const program = join(folder, "starling");
        const ran = join(folder, "ran");
        const server = process.env["STARLING_BIN"] ?? "";
        writeFileSync(program, `#!/bin/sh\ntouch "${ran}"\nexec "${server}" "$@"\n`, { mode: 0o755 });
        mkdirSync(join(folder, ".vscode"));
        writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "starling.server.path": program }));

        await editor.open();
        const restricted = page.locator(".statusbar-item", { hasText: "Restricted Mode" });
        await restricted.waitFor();
        await openFile(page, "flaky-builds-at-noon.md");
        await squiggle(page);
        await screenshot(page, "restricted");
        assert.ok(!existsSync(ran), "the folder's program was started");

        await restricted.click();
        await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
        await until(() => existsSync(ran));
    });
});
