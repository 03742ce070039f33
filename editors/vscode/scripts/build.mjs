// Bundles the extension into dist/ and, with `--tests`, the tests into out/.
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..");

/** What the extension may weigh without the server, in bytes. */
const MOST_BYTES = 400_000;

await bundleExtension();
if (process.argv.includes("--tests")) {
    await bundleTests();
}

async function bundleExtension() {
    const dist = join(ROOT, "dist");
    await rm(dist, { recursive: true, force: true });
    const outfile = join(dist, "extension.js");
    const { metafile } = await build({
        entryPoints: [join(ROOT, "src/extension.ts")],
        outfile,
        absWorkingDir: ROOT,
        bundle: true,
        format: "cjs",
        platform: "node",
        target: "node20",
        external: ["vscode"],
        minify: true,
        legalComments: "none",
        metafile: true,
    });
    const { size } = await stat(outfile);
    if (size > MOST_BYTES) {
        throw new Error(`dist/extension.js has ${String(size)} bytes, more than ${String(MOST_BYTES)}`);
    }
    await writeFile(join(dist, "NOTICES.txt"), await notices(Object.keys(metafile.inputs)));
}

/** The licences of the packages that are in the bundle. */
async function notices(/** @type {string[]} */ inputs) {
    const folders = new Set(inputs.map((input) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? ""));
    folders.delete("");
    let text = "The extension contains these packages.\n";
    for (const folder of [...folders].sort()) {
        const licence = (await readdir(join(ROOT, folder))).find((name) => /^licen[cs]e/i.test(name));
        if (licence === undefined) {
            throw new Error(`${folder} has no licence`);
        }
        text += `\n==== ${folder.replace("node_modules/", "")} ====\n\n${await readFile(join(ROOT, folder, licence), "utf8")}`;
    }
    return text;
}

async function bundleTests() {
    const out = join(ROOT, "out");
    await rm(out, { recursive: true, force: true });
    const common = { bundle: true, platform: /** @type {const} */ ("node"), target: "node20", sourcemap: true };
    for (const suite of ["unit", "window"]) {
        const outdir = join(out, suite);
        const entryPoints = await testsOf(suite);
        await build({ ...common, entryPoints, outdir, format: "esm", outExtension: { ".js": ".mjs" }, packages: "external" });
    }
    // The extension host loads CommonJS. It is told a folder with a manifest, which must not be that of the extension:
    // the extension under test is the installed one.
    const external = ["vscode", "mocha"];
    const suite = [join(ROOT, "test/host/suite.ts"), ...(await testsOf("host"))];
    await build({ ...common, entryPoints: suite, outdir: join(out, "host"), format: "cjs", external });
    const manifest = { name: "starling-tests", publisher: "starling", version: "0.0.0", engines: { vscode: "*" } };
    await writeFile(join(out, "host/package.json"), JSON.stringify(manifest));
}

async function testsOf(/** @type {string} */ suite) {
    const folder = join(ROOT, "test", suite);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
    return names.map((name) => join(folder, name));
}
