/** What the server knows of the bank. Its shapes are those of the server's commands, `starling.bank.*`. */

import * as vscode from "vscode";

import type { Server } from "../server";

/** A line of the tree. */
export interface Node {
    readonly kind: "section" | "story" | "template" | "theme" | "principle" | "question";
    readonly label: string;
    readonly description: string;
    readonly id?: string;
    /** The address of a story, with its line. */
    readonly uri?: string;
    readonly gap: boolean;
    readonly children: readonly Node[];
}

export interface Tree {
    readonly status: { readonly text: string; readonly tooltip: string } | null;
    readonly sections: readonly Node[];
}

export interface Answer {
    /** The known question that was meant. */
    readonly question: string | null;
    readonly stories: readonly Match[];
}

export interface Match {
    readonly title: string;
    readonly uri: string;
    readonly reasons: readonly string[];
    readonly stress: readonly { readonly prompt: string }[];
    readonly missing: readonly { readonly prompt: string }[];
}

export interface Rehearsal {
    readonly question: string;
    readonly id: string;
    readonly parts: readonly Pace[];
    readonly stories: readonly { readonly title: string; readonly uri: string }[];
}

export interface Pace {
    readonly name: string;
    readonly include: string;
    readonly seconds: number;
}

/** What a new story is for. */
export interface Purpose {
    readonly question?: string;
    readonly theme?: string;
}

/** The bank that the window is about. */
export class Bank {
    constructor(private readonly server: Server) {}

    tree(): Promise<Tree> {
        return this.ask<Tree>("tree", {});
    }

    /** The coverage page, with the folder that its links begin in. */
    async page(): Promise<{ html: string; root: vscode.Uri | undefined }> {
        const html = await this.ask<string>("report", { format: "html" });
        const { root } = await this.ask<{ root: string | null }>("report", { format: "json" });
        return { html, root: root === null ? undefined : vscode.Uri.parse(root) };
    }

    find(question: string): Promise<Answer> {
        return this.ask<Answer>("ask", { question });
    }

    /** A question to rehearse, chosen by a number. */
    rehearse(number: number): Promise<Rehearsal> {
        return this.ask<Rehearsal>("rehearse", { number });
    }

    /** Creates a story to fill in. */
    create(title: string, purpose: Purpose): Promise<{ uri: string; text: string; created: boolean }> {
        return this.ask("new", { title, ...purpose });
    }

    private ask<Reply>(command: string, argument: object): Promise<Reply> {
        return this.server.execute<Reply>(`starling.bank.${command}`, { ...argument, ...place() });
    }
}

/** With several folders, the bank is that of the file that is shown. */
function place(): { uri?: string } {
    const document = vscode.window.activeTextEditor?.document;
    const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
    return several && document?.uri.scheme === "file" ? { uri: document.uri.toString() } : {};
}

/** Shows a story, given by its address with its line. */
export async function open(uri: string): Promise<void> {
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(uri));
}
