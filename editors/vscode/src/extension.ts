/** Starling for VS Code: starts the language server and offers its commands. */

import * as vscode from "vscode";

import { selectionOf } from "./selection";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const log = vscode.window.createOutputChannel("Starling");
    const current = new Server(context.extension, log);
    server = current;
    context.subscriptions.push(
        log,
        vscode.commands.registerCommand("starling.restartServer", () => current.restart()),
        vscode.commands.registerCommand("starling.showLog", () => {
            log.show();
        }),
        vscode.commands.registerCommand("starling.selectRange", selectRange),
        vscode.workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration("starling.server.path")) {
                void current.restart();
            }
        }),
        // A trusted folder may choose the program.
        vscode.workspace.onDidGrantWorkspaceTrust(() => current.restart()),
    );
    await current.restart();
}

export async function deactivate(): Promise<void> {
    await server?.stop();
}

/** Selects a range, so that what the user has to replace can be typed over. */
async function selectRange(uri: unknown, range: unknown): Promise<void> {
    const selection = selectionOf(uri, range);
    if (selection === undefined) {
        return;
    }
    const { start, end } = selection;
    await vscode.window.showTextDocument(vscode.Uri.parse(selection.uri), {
        selection: new vscode.Range(start.line, start.character, end.line, end.character),
    });
}
