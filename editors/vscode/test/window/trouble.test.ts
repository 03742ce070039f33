import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Editor } from "../editor";
import { message, openFile, press, runCommand, screenshot, squiggle } from "./window";

const SERVER = process.env["STARLING_BIN"] ?? "";

describe("a server that does not run", () => {
    let editor: Editor;

    afterEach(async function () {
        if (this.currentTest?.state === "failed") {
            await screenshot(editor.page, `failed: ${this.currentTest.title}`);
        }
        await editor.close();
    });

    it("is explained once, with its path and what to do", async () => {
        editor = await Editor.start({ settings: { "starling.server.path": "/nowhere/starling" } });
        const { page } = editor;
        await editor.open();
        await openFile(page, "flaky-builds-at-noon.md");
        const shown = message(page, /there is no file \/nowhere\/starling\. Correct starling\.server\.path/);
        await shown.waitFor();
        assert.equal(await message(page, /./).count(), 1);
        const status = page.locator('[id="status.languageStatus"] .codicon-bracket-error');
        await status.waitFor();
        await screenshot(page, "wrong-path");
        await press(shown, "Open Settings");
        const setting = page.locator(".setting-item-contents", { hasText: "Absolute path of the starling program" });
        await setting.locator("input").fill(SERVER);
        await screenshot(page, "open-settings");
        await page.locator(".tab", { hasText: "flaky-builds-at-noon.md" }).click();
        await squiggle(page);
        await status.waitFor({ state: "detached" });
    });

    it("is given up when it ends again and again, and restarted on demand", async () => {
        editor = await Editor.start();
        const { page, folder } = editor;
        const program = join(folder, "starling");
        writeFileSync(program, FRAGILE, { mode: 0o755 });
        editor.set({ "starling.server.path": program });
        await editor.open();
        await openFile(page, "flaky-builds-at-noon.md");
        const shown = message(page, /ended several times within minutes/);
        await shown.waitFor();
        await screenshot(page, "crash-loop");
        await press(shown, "Show Log");
        await page.getByLabel("Output Section").locator("option:checked", { hasText: "Starling" }).waitFor({ state: "attached" });
        await screenshot(page, "log");

        writeFileSync(program, `#!/bin/sh\nexec "${SERVER}" "$@"\n`);
        await runCommand(page, "Starling: Restart Server");
        await squiggle(page);
    });
});

/** A server that starts and breaks as soon as a document is opened. */
const FRAGILE = `#!/usr/bin/env node
const { spawn } = require("node:child_process");
const server = spawn(${JSON.stringify(SERVER)}, ["lsp"], { stdio: ["pipe", "inherit", "inherit"] });
process.stdin.on("data", (data) => {
    if (data.includes("textDocument/didOpen")) {
        process.exit(1);
    }
    server.stdin.write(data);
});
`;
