/** The sample bank, as the tests in the extension host see it. */

import assert from "node:assert/strict";

import * as vscode from "vscode";

import { processesOf, until } from "../waiting";

const EXTENSIONS = process.env["STARLING_TEST_EXTENSIONS"] ?? "";

/** Opens a file of the bank and shows it. */
export async function show(name: string): Promise<vscode.TextEditor> {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, "a folder is open");
    return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

/** Waits for a finding of a rule in a document. */
export function finding(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
    return until(() => findings(document).find((diagnostic) => codeOf(diagnostic) === rule));
}

/** All that Starling says of a document at present. */
export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === "starling");
}

export function codeOf({ code }: vscode.Diagnostic): string {
    return String(typeof code === "object" ? code.value : code);
}

/** Puts the document back as it is on the disk, and closes it. */
export async function discard(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
}

/** The place of the first occurrence of a text. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
    const at = document.getText().indexOf(text);
    assert.ok(at >= 0, `${text} is in the document`);
    return document.positionAt(at);
}

/** Waits for the one server to run and returns its process. */
export function server(): Promise<number> {
    return until(() => {
        const [process, ...others] = processesOf(EXTENSIONS);
        return others.length === 0 && process;
    });
}

/** Waits until no server runs. */
export async function noServer(): Promise<void> {
    await until(() => processesOf(EXTENSIONS).length === 0);
}

/** Sets something for the user, or takes it back. */
export async function set(setting: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}
