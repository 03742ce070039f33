// Writes the server's settings and version into package.json, and the settings into README.md, so that the server alone
// decides what there is:
//
//   npm run settings -- [--check] [--schema FILE]
//
// The schema is that of `starling config --schema`, printed by the program that STARLING_BIN names, or read from a file.
// With --check nothing is written, and it is an error if something would be.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** @typedef {{ [key: string]: any }} Schema */

/** Settings of the extension itself; all others are the server's. */
const OWN = /^starling\.(server|trace)\./;

/** Sections that are one setting, a table, since their keys are a long list of names. */
const TABLES = ["rules"];

const MARKS = { begin: "<!-- settings: written by `npm run settings` -->", end: "<!-- end of settings -->" };

/**
 * The settings of an editor for a schema of `starling.toml`: `starling.bank.include`, `starling.rules` …
 *
 * @param {Schema} schema
 * @returns {Record<string, Schema>}
 */
export function settingsOf(schema) {
    /** @type {Record<string, Schema>} */
    const settings = {};
    for (const [section, table] of Object.entries(schema["properties"])) {
        if (TABLES.includes(section)) {
            settings[`starling.${section}`] = setting(table);
            continue;
        }
        for (const [key, value] of Object.entries(table["properties"])) {
            settings[`starling.${section}.${key}`] = setting(value);
        }
    }
    return settings;
}

/** What stands for "not set", by type. The extension sends no setting that nobody set. */
const EMPTY = /** @type {Record<string, unknown>} */ ({ array: [], object: {}, string: "" });

/**
 * The server asks for settings without naming a file, so they are those of the window.
 *
 * @param {Schema} schema
 * @returns {Schema}
 */
function setting(schema) {
    return { ...shown(schema), default: EMPTY[schema["type"]] ?? schema["default"], scope: "window" };
}

/**
 * The schema with descriptions that are shown as Markdown, and with the types that VS Code needs to show a choice.
 *
 * @param {any} schema
 * @returns {any}
 */
function shown(schema) {
    const { description, properties, items, ...rest } = schema;
    if (Array.isArray(rest.enum)) {
        rest.type = "string";
    }
    if (description !== undefined) {
        rest.markdownDescription = description;
    }
    if (items !== undefined) {
        rest.items = shown(items);
    }
    if (properties !== undefined) {
        rest.properties = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, shown(value)]));
    }
    return rest;
}

/**
 * The manifest with these settings in place of the server's, and its version; as it was, if it has them.
 *
 * @param {string} manifest
 * @param {Record<string, Schema>} settings
 * @param {string} version
 */
export function inManifest(manifest, settings, version) {
    const value = JSON.parse(manifest);
    const configuration = value.contributes.configuration;
    const own = Object.entries(configuration.properties).filter(([key]) => OWN.test(key));
    const properties = { ...settings, ...Object.fromEntries(own) };
    if (value.version === version && JSON.stringify(properties) === JSON.stringify(configuration.properties)) {
        return manifest;
    }
    value.version = version;
    configuration.properties = properties;
    return `${printed(value, "")}\n`;
}

/**
 * JSON with one line for what fits on one.
 *
 * @param {unknown} value
 * @param {string} indent
 * @returns {string}
 */
function printed(value, indent) {
    const line = JSON.stringify(value, null, 1).replaceAll(/\n */g, " ");
    if (typeof value !== "object" || value === null || (indent !== "" && indent.length + line.length < 100)) {
        return line;
    }
    const deeper = `${indent}  `;
    const list = Array.isArray(value);
    const items = Object.entries(value).map(([key, item]) => {
        const name = list ? "" : `${JSON.stringify(key)}: `;
        return `${deeper}${name}${printed(item, deeper)}`;
    });
    const [open, close] = list ? "[]" : "{}";
    return `${open}\n${items.join(",\n")}\n${indent}${close}`;
}

/**
 * The document with a table of all settings between its marks.
 *
 * @param {string} document
 * @param {string} manifest
 */
export function inDocument(document, manifest) {
    const properties = /** @type {Record<string, Schema>} */ (JSON.parse(manifest).contributes.configuration.properties);
    const rows = Object.entries(properties).map(([key, value]) => `| \`${key}\` | ${cell(value["markdownDescription"])} |`);
    const [before, rest] = document.split(MARKS.begin);
    const after = rest?.split(MARKS.end)[1];
    if (before === undefined || after === undefined) {
        throw new Error(`the document has no ${MARKS.begin} … ${MARKS.end}`);
    }
    return `${before}${MARKS.begin}\n| setting | what it does |\n|---|---|\n${rows.join("\n")}\n${MARKS.end}${after}`;
}

/** @param {string} text */
function cell(text) {
    return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").trim();
}

function run() {
    const { values } = parseArgs({ options: { check: { type: "boolean" }, schema: { type: "string" } } });
    const root = join(import.meta.dirname, "..");
    const settings = settingsOf(JSON.parse(values.schema === undefined ? schemaOfServer() : readFileSync(values.schema, "utf8")));
    const manifest = inManifest(readFileSync(join(root, "package.json"), "utf8"), settings, versionOfServer(root));
    const readme = inDocument(readFileSync(join(root, "README.md"), "utf8"), manifest);
    for (const [name, text] of Object.entries({ "package.json": manifest, "README.md": readme })) {
        const path = join(root, name);
        if (readFileSync(path, "utf8") === text) {
            continue;
        }
        if (values.check) {
            console.error(`error: ${path} does not have the settings or the version of the server: run \`npm run settings\``);
            process.exitCode = 1;
        } else {
            writeFileSync(path, text);
        }
    }
}

function versionOfServer(/** @type {string} */ root) {
    const workspace = readFileSync(join(root, "../../Cargo.toml"), "utf8");
    const version = /^version = "(.*)"$/m.exec(workspace)?.[1];
    if (version === undefined) {
        throw new Error("Cargo.toml has no version");
    }
    return version;
}

function schemaOfServer() {
    const program = process.env["STARLING_BIN"];
    if (program === undefined) {
        throw new Error("STARLING_BIN does not name a program that prints the schema");
    }
    return execFileSync(program, ["config", "--schema"], { encoding: "utf8" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    try {
        run();
    } catch (error) {
        console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
    }
}
