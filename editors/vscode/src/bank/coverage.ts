/** The coverage page of the server, in a tab that follows what is written. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

import type { Bank } from "./bank";

/** The page's colours are those of the editor, whatever theme it has. */
const COLOURS = `:root {
    --text: var(--vscode-editor-foreground);
    --muted: var(--vscode-descriptionForeground);
    --ground: var(--vscode-editor-background);
    --raised: var(--vscode-editorWidget-background);
    --line: var(--vscode-editorWidget-border, var(--vscode-contrastBorder));
    --link: var(--vscode-textLink-foreground);
    --yes: var(--vscode-diffEditor-insertedTextBackground, var(--vscode-editorWidget-background));
    --gap: var(--vscode-editorWarning-foreground);
}
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }`;

/** Puts a page in the place of the one before, where the reader is, and tells which link was followed. */
const SCRIPT = `const editor = acquireVsCodeApi();
window.addEventListener("message", ({ data }) => {
    const page = new DOMParser().parseFromString(data.html, "text/html");
    document.getElementById("page-style").textContent = page.querySelector("style").textContent;
    document.body.replaceChildren(...page.body.childNodes);
});
document.addEventListener("click", (event) => {
    const target = event.target.closest("a")?.getAttribute("href");
    if (target && !target.startsWith("#")) {
        event.preventDefault();
        editor.postMessage({ open: target });
    }
});
editor.postMessage({ ready: true });`;

/** The tab, while it is open. */
export class Coverage implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    private root: vscode.Uri | undefined;

    constructor(private readonly bank: Bank) {}

    /** Opens the page, or shows it if it is open. */
    show(): void {
        if (this.panel !== undefined) {
            this.panel.reveal();
            return;
        }
        const panel = vscode.window.createWebviewPanel("starling.coverage", "Story Bank Coverage", vscode.ViewColumn.Active, {
            enableScripts: true,
            enableFindWidget: true,
            localResourceRoots: [],
        });
        panel.onDidDispose(() => (this.panel = undefined));
        // A page that was hidden begins anew.
        panel.webview.onDidReceiveMessage((message: { open?: string }) =>
            message.open === undefined ? this.refresh() : this.follow(message.open),
        );
        panel.webview.html = shell();
        this.panel = panel;
    }

    /** Asks the server for the page as it is now, if it is shown. */
    async refresh(): Promise<void> {
        if (this.panel === undefined) {
            return;
        }
        try {
            const { html, root } = await this.bank.page();
            this.root = root;
            await this.panel.webview.postMessage({ html });
        } catch (error) {
            void vscode.window.showErrorMessage(`Starling cannot show the coverage: ${String(error)}`);
        }
    }

    private async follow(target: string): Promise<void> {
        const [path = "", fragment = ""] = target.split("#");
        if (this.root !== undefined) {
            const line = Number(/^L(\d+)$/.exec(fragment)?.[1] ?? 1) - 1;
            // As a selection: with the line in its address it would be another document of the same file.
            await vscode.window.showTextDocument(vscode.Uri.joinPath(this.root, decodeURIComponent(path)), {
                viewColumn: vscode.ViewColumn.Beside,
                selection: new vscode.Range(line, 0, line, 0),
            });
        }
    }

    dispose(): void {
        this.panel?.dispose();
    }
}

function shell(): string {
    const nonce = randomBytes(16).toString("hex");
    const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Story Bank</title>
<style id="page-style"></style>
<style>${COLOURS}</style>
</head>
<body></body>
<script nonce="${nonce}">${SCRIPT}</script>
</html>`;
}
