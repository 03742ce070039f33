import assert from "node:assert/strict";

import * as vscode from "vscode";

import { until } from "../waiting";
import { codeOf, discard, finding, findings, placeOf, set, show } from "./bank";

describe("diagnostics", () => {
    afterEach(discard);

    it("tell of a missing part, at the title", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        const { message, range, severity } = await finding(document, "missing-part");
        assert.match(message, /no Task/);
        assert.equal(document.getText(range), "Flaky builds at noon");
        assert.equal(severity, vscode.DiagnosticSeverity.Warning);
    });

    it("tell of a result without a number, at its label", async () => {
        const { document } = await show("queue-or-call.md");
        const { range } = await finding(document, "unquantified-result");
        assert.equal(document.getText(range), "Result");
    });

    it("lead to the page of their rule", async () => {
        const { document } = await show("queue-or-call.md");
        const { code } = await finding(document, "unquantified-result");
        assert.ok(typeof code === "object");
        const { path, query, scheme } = code.target;
        assert.equal(scheme, "command");
        await vscode.commands.executeCommand(path, ...(JSON.parse(query) as string[]));
        const preview = await until(() => {
            const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
            return tab?.label.includes("unquantified-result") === true && tab;
        });
        const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("starling-rule:/unquantified-result.md"));
        assert.match(page.getText(), /^# unquantified-result\n\nThe Result names no outcome/);
        await vscode.window.tabGroups.close(preview);
    });

    it("are the same for a file that nobody saved", async () => {
        const document = await vscode.workspace.openTextDocument({
            language: "markdown",
            content: "# Outage\n\n## Situation\n\nOrders stood still.\n\n## Action\n\nI found the lock.\n",
        });
        await vscode.window.showTextDocument(document);
        await until(() => findings(document).filter((found) => codeOf(found) === "missing-part").length === 2);
    });

    it("follow the settings", async () => {
        const { document } = await show("queue-or-call.md");
        await finding(document, "vague-quantity");
        await set("starling.rules", { "vague-quantity": "off", "unquantified-result": "error" });
        try {
            await until(() => !findings(document).some((found) => codeOf(found) === "vague-quantity"));
            const { severity } = await finding(document, "unquantified-result");
            assert.equal(severity, vscode.DiagnosticSeverity.Error);
        } finally {
            await set("starling.rules", undefined);
        }
        await finding(document, "vague-quantity");
    });
});

describe("a quick fix", () => {
    afterEach(discard);

    it("inserts the missing part and selects its prompt", async () => {
        const editor = await show("flaky-builds-at-noon.md");
        const { range } = await finding(editor.document, "missing-part");
        editor.selection = new vscode.Selection(range.start, range.start);
        await vscode.commands.executeCommand("editor.action.codeAction", { kind: "quickfix", apply: "first" });
        await until(() => editor.document.getText().includes("## Task"));
        const prompt = await until(() => !editor.selection.isEmpty && editor.document.getText(editor.selection));
        const text = editor.document.getText();
        assert.ok(text.indexOf("## Situation") < text.indexOf("## Task"));
        assert.ok(text.indexOf("## Task") < text.indexOf(prompt));
        assert.ok(text.indexOf(prompt) < text.indexOf("## Action"));
        await until(() => !findings(editor.document).some((found) => codeOf(found) === "missing-part"));
    });
});

describe("saving", () => {
    const SLIP = "**Sitation:**";

    afterEach(discard);

    /** Saves a file with a slip that can be mended safely, and returns what is saved. */
    async function saved(): Promise<string> {
        const editor = await show("two-sprints-for-retries.md");
        await finding(editor.document, "misspelled-part");
        assert.ok(editor.document.getText().includes(SLIP));
        await editor.edit((edit) => {
            edit.insert(new vscode.Position(editor.document.lineCount, 0), "\n");
        });
        assert.ok(await editor.document.save());
        return editor.document.getText();
    }

    it("mends nothing by itself", async () => {
        assert.ok((await saved()).includes(SLIP));
    });

    it("mends what is safe when that is switched on", async () => {
        await set("editor.codeActionsOnSave", { "source.fixAll.starling": "explicit" });
        try {
            const text = await saved();
            assert.ok(text.includes("**Situation:**"), text);
            assert.ok(!text.includes(SLIP), text);
        } finally {
            await set("editor.codeActionsOnSave", undefined);
        }
    });
});

describe("hovering over a principle", () => {
    afterEach(discard);

    it("explains it", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        const place = placeOf(document, "dive-deep");
        const text = await until(async () => {
            const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, place);
            const contents = hovers.flatMap((hover) => hover.contents) as vscode.MarkdownString[];
            return contents.length > 0 && contents.map(({ value }) => value).join("\n");
        });
        assert.match(text, /Dive Deep/);
    });
});

describe("completion", () => {
    afterEach(discard);

    /** What is offered right before a text of a document. */
    async function offered(before: string): Promise<string[]> {
        const { document } = await show("flaky-builds-at-noon.md");
        const place = placeOf(document, before);
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
            "vscode.executeCompletionItemProvider",
            document.uri,
            place,
        );
        return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    }

    it("offers the principles that are not named yet", async () => {
        const labels = await offered("dive-deep");
        for (const principle of ["ownership", "are-right-a-lot", "frugality", "strive-to-be-earths-best-employer"]) {
            assert.ok(labels.includes(principle), `${principle} is among ${labels.join(", ")}`);
        }
    });

    it("offers the themes that are not named yet", async () => {
        const labels = await offered("cross-team-collaboration");
        for (const theme of ["production-incident", "scaling", "ambiguity", "tight-deadline"]) {
            assert.ok(labels.includes(theme), `${theme} is among ${labels.join(", ")}`);
        }
    });
});

describe("navigation", () => {
    afterEach(discard);

    it("finds stories by a few letters", async () => {
        await show("flaky-builds-at-noon.md");
        const found = await until(async () => {
            const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>("vscode.executeWorkspaceSymbolProvider", "flkynoon");
            return symbols.length > 0 && symbols;
        });
        assert.equal(found[0]?.name, "Flaky builds at noon");
    });

    it("leads from a mention to the story and back to all mentions", async () => {
        const { document } = await show("questions.md");
        const place = placeOf(document, "flaky-builds-at-noon.md").translate(0, 3);
        const title = await until(async () => {
            const found = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeDefinitionProvider", document.uri, place);
            return found.find(({ uri, range }) => uri.path.endsWith("flaky-builds-at-noon.md") && !range.isEmpty);
        });
        const references = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeReferenceProvider", title.uri, title.range.start);
        assert.ok(references.some(({ uri }) => uri.path.endsWith("questions.md")), JSON.stringify(references));
    });
});

describe("a lens", () => {
    afterEach(discard);

    it("says what a story is used for, and shows where", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        const lens = await until(async () => {
            const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
            return lenses.find(({ command }) => /answers \d+ questions?/.test(command?.title ?? ""));
        });
        assert.equal(lens.command?.command, "starling.showUses");
        await vscode.commands.executeCommand("starling.showUses", ...(lens.command.arguments as unknown[]));
    });

    it("goes when it is switched off", async () => {
        const { document } = await show("flaky-builds-at-noon.md");
        const lenses = () => vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
        await until(async () => (await lenses()).length > 0);
        await set("starling.editor.lenses", false);
        try {
            await until(async () => (await lenses()).length === 0);
        } finally {
            await set("starling.editor.lenses", undefined);
        }
    });
});
