import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import * as vscode from "vscode";

import { until } from "../waiting";
import { discard, finding, findings, noServer, server, set, show } from "./bank";

describe("the server", () => {
    afterEach(discard);

    it("is the one that is in the extension", async () => {
        const extension = vscode.extensions.getExtension("starling-stories.starling");
        assert.ok(extension, "the packaged extension is installed");
        assert.ok(extension.extensionPath.startsWith(process.env["STARLING_TEST_EXTENSIONS"] ?? "?"));
        await show("flaky-builds-at-noon.md");
        await server();
        await until(() => extension.isActive);
    });

    it("comes back after it was killed", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        await finding(document, "missing-part");
        const killed = await server();
        process.kill(killed, "SIGKILL");
        await until(async () => (await server()) !== killed);
        const other = await show("queue-or-call.md");
        await finding(other.document, "unquantified-result");
        await finding(document, "missing-part");
    });

    it("is another one after a restart", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        const first = await server();
        await vscode.commands.executeCommand("starling.restartServer");
        assert.notEqual(await server(), first);
        await finding(document, "missing-part");
    });

    it("is one, however fast it is restarted", async () => {
        await show("flaky-builds-at-noon.md");
        const restart = () => vscode.commands.executeCommand("starling.restartServer");
        await Promise.all([restart(), restart(), restart()]);
        await server();
    });

    it("recovers from a wrong path when the path is corrected", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        await finding(document, "missing-part");
        await set("starling.server.path", "/nowhere/starling");
        try {
            await noServer();
            await until(() => findings(document).length === 0);
        } finally {
            await set("starling.server.path", undefined);
        }
        await server();
        await finding(document, "missing-part");
    });

    it("recovers from programs that are no language servers", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        const silent = join(await mkdtemp(join(tmpdir(), "starling-")), "silent");
        await writeFile(silent, "#!/bin/sh\nexec sleep 1000\n", { mode: 0o755 });
        try {
            // One ends at once, one gives back what it gets, one says nothing.
            for (const program of ["/bin/false", "/bin/cat", silent]) {
                await set("starling.server.path", program);
                await noServer();
            }
        } finally {
            await set("starling.server.path", undefined);
            await rm(dirname(silent), { recursive: true });
        }
        await server();
        await finding(document, "missing-part");
    });
});
