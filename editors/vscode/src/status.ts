/** What the editor says of the server beside the language of a document. */

import * as vscode from "vscode";

/** Whether the server runs, and which one; with the command that helps when it does not. */
export class Status implements vscode.Disposable {
    private readonly item: vscode.LanguageStatusItem;

    constructor(documents: vscode.DocumentSelector) {
        this.item = vscode.languages.createLanguageStatusItem("starling.server", documents);
        this.item.name = "Starling";
        this.item.text = "Starling";
    }

    starting(): void {
        this.item.busy = true;
    }

    /** It runs: this version of this program. */
    running(version: string | undefined, program: string): void {
        this.item.busy = false;
        this.item.severity = vscode.LanguageStatusSeverity.Information;
        this.item.detail = `${version ?? ""} ${program}`.trim();
        this.item.command = { command: "starling.showLog", title: "Show Log" };
    }

    /** It does not run, for this reason. */
    broken(reason: string): void {
        this.item.busy = false;
        this.item.severity = vscode.LanguageStatusSeverity.Error;
        this.item.detail = reason;
        this.item.command = { command: "starling.restartServer", title: "Restart Server" };
    }

    dispose(): void {
        this.item.dispose();
    }
}
