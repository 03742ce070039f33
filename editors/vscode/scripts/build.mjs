// Bundles the extension into dist/ and, with `--tests`, the tests into out/.
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

import { build } from "esbuild";

process.chdir(join(import.meta.dirname, ".."));

/** What the extension may weigh without the server, in bytes. */
const MOST_BYTES = 400_000;

await bundleExtension();
if (process.argv.includes("--tests")) {
    await bundleTests();
}

async function bundleExtension() {
    await rm("dist", { recursive: true, force: true });
    const outfile = "dist/extension.js";
    const { metafile } = await build({
        entryPoints: ["src/extension.ts"],
        outfile,
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
        throw new Error(`${outfile} has ${String(size)} bytes, more than ${String(MOST_BYTES)}`);
    }
    await writeFile("dist/NOTICES.txt", await notices(Object.keys(metafile.inputs)));
}

/** The licences of the packages that are in the bundle. */
async function notices(/** @type {string[]} */ inputs) {
    const folders = new Set(inputs.map((input) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? ""));
    folders.delete("");
    let text = "The extension contains these packages.\n";
    for (const folder of [...folders].sort()) {
        const licence = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
        if (licence === undefined) {
            throw new Error(`${folder} has no licence`);
        }
        text += `\n==== ${folder.replace("node_modules/", "")} ====\n\n${await readFile(join(folder, licence), "utf8")}`;
    }
    return text;
}

async function bundleTests() {
    await rm("out", { recursive: true, force: true });
    /** @type {import("esbuild").BuildOptions} */
    const common = { bundle: true, platform: "node", target: "node20", packages: "external", outdir: "out", outbase: "test" };
    const outside = [...(await testsOf("unit")), ...(await testsOf("window")), "test/host/driver.mts"];
    await build({ ...common, entryPoints: outside, format: "esm", outExtension: { ".js": ".mjs" } });
    // The extension host loads CommonJS. It is told a folder with a manifest, which must not be that of the extension:
    // the extension under test is the installed one.
    const inside = [...(await testsOf("host")), "test/host/suite.ts"];
    await build({ ...common, entryPoints: inside, format: "cjs" });
    const manifest = { name: "starling-tests", publisher: "starling", version: "0.0.0", engines: { vscode: "*" } };
    await writeFile("out/host/package.json", JSON.stringify(manifest));
}

async function testsOf(/** @type {string} */ suite) {
    const names = await readdir(join("test", suite));
    return names.filter((name) => name.endsWith(".test.ts")).map((name) => join("test", suite, name));
}
