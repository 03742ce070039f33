/** VS Code's own server and its window in Chromium, for the tests. `test/run` sets the environment. */

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

import { type Browser, chromium, type Page } from "playwright-core";

import { PATIENCE, until } from "./waiting";

/** What `test/run` prepared; every value is a path. */
export const PREPARED = {
    /** The main script of VS Code's server. */
    code: variable("STARLING_TEST_CODE"),
    /** The folder into which the packaged extension was installed. */
    extensions: variable("STARLING_TEST_EXTENSIONS"),
    /** A folder for what a run leaves behind. */
    run: variable("STARLING_TEST_RUN"),
    bank: variable("STARLING_TEST_BANK"),
    screenshots: variable("STARLING_TEST_SCREENSHOTS"),
    chromium: variable("STARLING_TEST_CHROMIUM"),
};

const SETTINGS = {
    "chat.disableAIFeatures": true,
    "extensions.autoCheckUpdates": false,
    "extensions.autoUpdate": false,
    "files.autoSave": "off",
    "files.simpleDialog.enable": true,
    "git.openRepositoryInParentFolders": "never",
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
};

const CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

interface Options {
    readonly settings?: object;
    /** Whether folders have to be trusted first. */
    readonly trust?: boolean;
    /** Arguments of the window, such as the tests to run in the extension host. */
    readonly payload?: readonly (readonly [string, string])[];
    /** Environment of the extension host. */
    readonly environment?: Record<string, string>;
}

/** One VS Code with a copy of the sample bank. */
export class Editor {
    private constructor(
        /** The folder that is open. */
        readonly folder: string,
        private readonly data: string,
        private readonly server: ChildProcess,
        private readonly browser: Browser,
        readonly page: Page,
        private readonly url: string,
    ) {}

    /** Starts VS Code without showing a folder yet. */
    static async start(options: Options = {}): Promise<Editor> {
        const data = mkdtempSync(join(PREPARED.run, "editor-"));
        const folder = join(data, "bank");
        cpSync(PREPARED.bank, folder, { recursive: true });
        const port = await freePort();
        const server = startServer(data, port, options);
        const address = `127.0.0.1:${String(port)}`;
        const browser = await chromium.launch({ executablePath: PREPARED.chromium, args: CHROMIUM });
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        page.setDefaultTimeout(PATIENCE);
        const payload = (options.payload ?? []).map(([key, path]) => [key, `vscode-remote://${address}${path}`]);
        const query = new URLSearchParams({ folder, payload: JSON.stringify([...payload, ["skipWelcome", "true"]]) });
        const editor = new Editor(folder, data, server, browser, page, `http://${address}/?${query.toString()}`);
        editor.set(options.settings ?? {});
        await until(() => answers(`http://${address}/version`));
        return editor;
    }

    /** Opens the folder. */
    async open(): Promise<void> {
        await this.page.goto(this.url);
    }

    /** Replaces the settings of the user. */
    set(settings: object): void {
        const user = join(this.data, "data", "User");
        mkdirSync(user, { recursive: true });
        writeFileSync(join(user, "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
    }

    /** Ends everything that was started, and leaves no files. */
    async close(): Promise<void> {
        await this.browser.close();
        const ended = new Promise((resolve) => this.server.once("exit", resolve));
        // The extension host is in the same group.
        process.kill(-Number(this.server.pid), "SIGKILL");
        await ended;
        rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
    }
}

function startServer(data: string, port: number, options: Options): ChildProcess {
    const log = openSync(join(data, "server.log"), "w");
    const places = ["--user-data-dir", join(data, "data"), "--server-data-dir", join(data, "server")];
    const address = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
    const trust = options.trust === true ? [] : ["--disable-workspace-trust"];
    const quiet = ["--accept-server-license-terms", "--telemetry-level", "off", "--disable-experiments"];
    const server = spawn(
        process.execPath,
        // Without the driver a VS Code that is not a development build ignores tests.
        [PREPARED.code, ...places, "--extensions-dir", PREPARED.extensions, ...address, ...trust, ...quiet, "--enable-smoke-test-driver"],
        { stdio: ["ignore", log, log], detached: true, env: { ...process.env, ...options.environment } },
    );
    process.once("exit", () => {
        if (server.exitCode === null && server.signalCode === null) {
            process.kill(-Number(server.pid), "SIGKILL");
        }
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
        process.once(signal, () => process.exit(1));
    }
    return server;
}

function answers(url: string): Promise<boolean> {
    return fetch(url).then(
        () => true,
        () => false,
    );
}

function freePort(): Promise<number> {
    return new Promise((resolve) => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => {
                resolve(port);
            });
        });
    });
}

function variable(name: string): string {
    const value = process.env[name];
    if (value === undefined) {
        throw new Error(`${name} is not set; test/run sets it`);
    }
    return value;
}
