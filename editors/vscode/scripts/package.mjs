// Makes starling-<version>.vsix with the server inside.
//
//   npm run package -- [--binary PATH] [--target TARGET] [--out FILE]
//
// Without --binary or STARLING_BIN the server is built for this machine. TARGET is a platform in the words of VS Code,
// such as linux-x64; for another one than this machine's the binary has to be given.
import { execFileSync } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { createVSIX } from "@vscode/vsce";

const ROOT = join(import.meta.dirname, "..");
const HOST = `${process.platform}-${process.arch}`;

try {
    await run();
} catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
}

async function run() {
    const { values } = parseArgs({
        options: { binary: { type: "string" }, target: { type: "string", default: HOST }, out: { type: "string" } },
    });
    const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const binary = values.binary ?? process.env["STARLING_BIN"] ?? buildServer(values.target);
    if (values.target === HOST) {
        checkVersion(binary, version);
    }
    await bundleServer(binary, values.target);
    const vsix = resolve(values.out ?? join(ROOT, `starling-${version}.vsix`));
    await createVSIX({
        cwd: ROOT,
        packagePath: vsix,
        target: values.target,
        dependencies: false,
        allowMissingRepository: true,
        rewriteRelativeLinks: false,
    });
}

/**
 * Builds the server for this machine and returns its path.
 *
 * @param {string} target
 * @returns {string}
 */
function buildServer(target) {
    if (target !== HOST) {
        throw new Error(`a server for ${target} cannot be built on ${HOST}: name one with --binary`);
    }
    const command = ["build", "--release", "--locked", "--package", "starling-server", "--message-format=json-render-diagnostics"];
    const messages = execFileSync("cargo", command, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    const executable = /"executable":"([^"]+)"/.exec(messages)?.[1];
    if (executable === undefined) {
        throw new Error("cargo built no program");
    }
    return executable;
}

/** An extension with the server of another version would not fit its own settings. */
function checkVersion(/** @type {string} */ binary, /** @type {string} */ version) {
    const printed = execFileSync(binary, ["--version"], { encoding: "utf8" }).trim();
    if (printed !== `starling ${version}`) {
        throw new Error(`${binary} is “${printed}”, and the extension is ${version}`);
    }
}

async function bundleServer(/** @type {string} */ binary, /** @type {string} */ target) {
    const folder = join(ROOT, "server");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const bundled = join(folder, target.startsWith("win32") ? "starling.exe" : "starling");
    await copyFile(binary, bundled);
    await chmod(bundled, 0o755);
}
