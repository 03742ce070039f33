import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { inDocument, inManifest, settingsOf } from "../../scripts/settings.mjs";
import { serverSettings } from "../../src/settings";

const SCHEMA = {
    properties: {
        bank: {
            description: "Files.",
            properties: { include: { type: "array", items: { type: "string" }, description: "Which `files`." } },
        },
        rules: {
            type: "object",
            description: "Rules.",
            properties: { "missing-part": { enum: ["off", "warning"], default: "warning", description: "A *part*." } },
        },
        docs: { properties: { "base-url": { type: "string", description: "An address | or none." } } },
    },
};

describe("the settings of an editor", () => {
    it("are made from the schema", () => {
        assert.deepEqual(settingsOf(SCHEMA), {
            "starling.bank.include": {
                type: "array",
                items: { type: "string" },
                markdownDescription: "Which `files`.",
                default: [],
                scope: "window",
            },
            "starling.rules": {
                type: "object",
                markdownDescription: "Rules.",
                properties: {
                    "missing-part": { type: "string", enum: ["off", "warning"], default: "warning", markdownDescription: "A *part*." },
                },
                default: {},
                scope: "window",
            },
            "starling.docs.base-url": {
                type: "string",
                markdownDescription: "An address | or none.",
                default: "",
                scope: "window",
            },
        });
    });

    it("replace those of another server in the manifest and leave the extension's own", () => {
        const own = { "starling.server.path": { type: "string", markdownDescription: "A path." } };
        const manifest = (properties: object) => JSON.stringify({ contributes: { configuration: { properties } }, name: "n" });
        const settings = settingsOf(SCHEMA);
        const written = inManifest(manifest({ "starling.old": {}, ...own }), settings, "1.2.3");
        assert.deepEqual(JSON.parse(written), { ...JSON.parse(manifest({ ...settings, ...own })), version: "1.2.3" });
        assert.equal(inManifest(written, settings, "1.2.3"), written);

        const document = "a\n<!-- settings: written by `npm run settings` -->\nold\n<!-- end of settings -->\nb\n";
        const table = inDocument(document, written);
        assert.ok(table.includes("| `starling.docs.base-url` | An address \\| or none. |\n| `starling.server.path` | A path. |"));
        assert.equal(inDocument(table, written), table);
        assert.throws(() => inDocument("no marks", written), /has no <!-- settings/);
    });
});

describe("the settings for the server", () => {
    const sent = (values: Record<string, unknown>, set: string[]) =>
        serverSettings(
            Object.keys(values),
            (key) => (set.includes(key) ? { workspaceValue: values[key] } : { defaultValue: values[key] }),
            (key) => values[key],
        );

    it("are those that somebody set, by section", () => {
        const values = { "bank.include": ["a"], "bank.exclude": [], rules: { "part-order": "off" }, "docs.base-url": "" };
        assert.deepEqual(sent(values, ["bank.include", "rules"]), { bank: { include: ["a"] }, rules: { "part-order": "off" } });
        assert.deepEqual(sent(values, ["bank.exclude"]), { bank: { exclude: [] } });
        assert.deepEqual(sent(values, []), {});
    });

    it("do not include the extension's own", () => {
        const values = { "server.path": "/a", "trace.server": "off", rules: {} };
        assert.deepEqual(sent(values, Object.keys(values)), { rules: {} });
    });
});

describe("the manifest", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
        version: string;
        capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
        contributes: { configuration: { properties: Record<string, { scope: string }> } };
    };

    it("keeps folders that are not trusted from choosing the program", () => {
        const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
        assert.equal(supported, "limited");
        assert.deepEqual(restrictedConfigurations, ["starling.server.path"]);
        assert.equal(manifest.contributes.configuration.properties["starling.server.path"]?.scope, "machine-overridable");
    });

    it("has the version of the server", () => {
        const workspace = readFileSync("../../Cargo.toml", "utf8");
        assert.equal(manifest.version, /^version = "(.*)"$/m.exec(workspace)?.[1]);
    });
});
