/** Runs the tests of this folder inside of VS Code's extension host, and ends with their result. */

import { join } from "node:path";

import { Editor, PREPARED } from "../editor.js";
import { PATIENCE } from "../waiting.js";

/** All tests together may take so long, in milliseconds. */
const LIMIT = 10 * PATIENCE;

const suite = import.meta.dirname;
const editor = await Editor.start({
    payload: [
        ["extensionDevelopmentPath", suite],
        ["extensionTestsPath", join(suite, "suite.js")],
    ],
});
const limit = setTimeout(() => {
    console.error(`error: the tests in the extension host did not end within ${String(LIMIT)} ms`);
    void end(1);
}, LIMIT);
await editor.page.exposeFunction("codeAutomationLog", (type: string, values: unknown[]) => {
    // Mocha reports so; the rest is VS Code, which misses what it would have to compile.
    if (type === "info") {
        console.log(...values);
    }
});
await editor.page.exposeFunction("codeAutomationExit", (code: number) => {
    void end(code);
});
await editor.open();

async function end(code: number): Promise<void> {
    clearTimeout(limit);
    process.exitCode = code;
    await editor.page.screenshot({ path: join(PREPARED.screenshots, "host.png") });
    await editor.close();
}
