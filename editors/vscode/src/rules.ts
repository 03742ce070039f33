/** The pages of rules, to which the links on findings lead. */

import * as vscode from "vscode";

import type { Server } from "./server";

const SCHEME = "starling-rule";

interface Page {
    readonly topic: string;
    readonly title: string;
    readonly markdown: string;
}

/** Shows the page of a rule; the server writes it. */
export function showRules(server: Server): vscode.Disposable {
    return vscode.Disposable.from(
        vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
            provideTextDocumentContent: (uri) => pageOf(server, uri.path.slice(1).replace(/\.md$/, "")),
        }),
        vscode.commands.registerCommand("starling.showRule", async (name: unknown) => {
            const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${String(name)}.md` });
            await vscode.commands.executeCommand("markdown.showPreview", uri);
        }),
    );
}

async function pageOf(server: Server, name: string): Promise<string> {
    const pages = await server.execute<Page[]>("starling.explain", { name });
    return pages.filter(({ topic }) => topic === "rule").map(({ title, markdown }) => `# ${title}\n\n${markdown}\n`).join("\n");
}
