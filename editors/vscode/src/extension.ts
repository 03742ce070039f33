/** Starling for VS Code: starts the language server and offers its commands. */

import * as vscode from "vscode";

import { Bank, type Node } from "./bank/bank";
import { Coverage } from "./bank/coverage";
import { rehearse } from "./bank/rehearsal";
import { findStory, newStory } from "./bank/stories";
import { View } from "./bank/view";
import { showRules } from "./rules";
import { selectionOf } from "./selection";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const log = vscode.window.createOutputChannel("Starling");
    const current = new Server(context.extension, log);
    server = current;
    context.subscriptions.push(
        log,
        current.status,
        vscode.commands.registerCommand("starling.restartServer", () => current.restart()),
        vscode.commands.registerCommand("starling.showLog", () => {
            log.show();
        }),
        vscode.commands.registerCommand("starling.selectRange", selectRange),
        vscode.commands.registerCommand("starling.showUses", showUses),
        showRules(current),
        vscode.workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration("starling.server.path")) {
                void current.restart();
            }
        }),
        // A trusted folder may choose the program.
        vscode.workspace.onDidGrantWorkspaceTrust(() => current.restart()),
    );
    showBank(context, current);
    await current.restart();
}

/** The view, the page and the commands about the bank; they follow it. */
function showBank(context: vscode.ExtensionContext, current: Server): void {
    const bank = new Bank(current);
    const view = new View(bank);
    const coverage = new Coverage(bank);
    const command = (name: string, run: (about?: Node) => Promise<void> | void) =>
        vscode.commands.registerCommand(`starling.${name}`, async (about?: Node) => {
            try {
                await run(about);
            } catch (error) {
                void vscode.window.showErrorMessage(`Starling: ${error instanceof Error ? error.message : String(error)}`);
            }
        });
    const refresh = () => Promise.all([view.refresh(), coverage.refresh()]);
    context.subscriptions.push(
        view,
        coverage,
        current.onBankChanged(refresh),
        // With several folders, the file that is shown says which bank is meant.
        vscode.window.onDidChangeActiveTextEditor(() => {
            if ((vscode.workspace.workspaceFolders?.length ?? 0) > 1) {
                void refresh();
            }
        }),
        command("openBank", () => view.focus()),
        command("showCoverage", () => {
            coverage.show();
        }),
        command("newStory", (about) => newStory(bank, about)),
        command("findStory", () => findStory(bank)),
        command("rehearse", () => rehearse(bank)),
    );
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

/** Shows where the story at a place is mentioned. */
async function showUses(uri: unknown, position: unknown): Promise<void> {
    const selection = selectionOf(uri, { start: position, end: position });
    if (selection === undefined) {
        return;
    }
    const file = vscode.Uri.parse(selection.uri);
    const place = new vscode.Position(selection.start.line, selection.start.character);
    const uses = await vscode.commands.executeCommand("vscode.executeReferenceProvider", file, place);
    await vscode.commands.executeCommand("editor.action.showReferences", file, place, uses);
}
