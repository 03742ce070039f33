/** *New Story* and *Find a Story for a Question*. */

import * as vscode from "vscode";

import { type Bank, type Match, type Node, open, type Purpose } from "./bank";

/** Asks what a story is for and what it is called, and creates it. A line of the view says what it is for. */
export async function newStory(bank: Bank, about?: Node): Promise<void> {
    const purpose = about === undefined ? await choosePurpose(bank) : purposeOf(about);
    if (purpose === undefined) {
        return;
    }
    const title = await vscode.window.showInputBox({
        title: "New Story",
        prompt: "What will you call it? A few words that bring the day back to you.",
        placeHolder: "Checkout outage on the evening of a sale",
        validateInput: (value) => (value.trim() === "" ? "A story needs a title." : undefined),
    });
    if (title === undefined) {
        return;
    }
    const { uri, text, created } = await bank.create(title, purpose);
    const document = created
        ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))
        : await vscode.workspace.openTextDocument({ language: "markdown", content: text });
    if (created) {
        await document.save();
    }
    await vscode.window.showTextDocument(document);
}

function purposeOf({ kind, id }: Node): Purpose {
    return id !== undefined && (kind === "question" || kind === "theme") ? { [kind]: id } : {};
}

/** Questions and themes, those without a story first. */
async function choosePurpose(bank: Bank): Promise<Purpose | undefined> {
    const { sections } = await bank.tree();
    const lines = sections.flatMap(({ children }) => children);
    const nodes = [...lines.filter(({ kind }) => kind === "question"), ...lines.filter(({ kind }) => kind === "theme")];
    const item = (node: Node) => ({ label: node.label, description: node.description, purpose: purposeOf(node) });
    const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, purpose: {} });
    const items = [
        { label: "Nothing in particular", description: "", purpose: {} },
        separator("no story yet"),
        ...nodes.filter(({ gap }) => gap).map(item),
        separator("others"),
        ...nodes.filter(({ gap }) => !gap).map(item),
    ];
    // Without a bank there is nothing to choose from.
    if (nodes.length === 0) {
        return {};
    }
    const chosen = await vscode.window.showQuickPick(items, {
        title: "New Story",
        placeHolder: "Which question or theme is it for?",
        matchOnDescription: true,
    });
    return chosen?.purpose;
}

/** Asks for a question in any wording and shows the stories for it, with the reasons. */
export async function findStory(bank: Bank): Promise<void> {
    const question = await vscode.window.showInputBox({
        title: "Find a Story for a Question",
        prompt: "What does the interviewer ask? Any wording will do.",
        placeHolder: "Tell me about a time you had to convince people",
    });
    if (question === undefined || question.trim() === "") {
        return;
    }
    const { stories } = await bank.find(question);
    if (stories.length === 0) {
        void vscode.window.showInformationMessage("No story of your bank fits this question yet.");
        return;
    }
    const chosen = await vscode.window.showQuickPick(stories.map(item), {
        title: question,
        placeHolder: "Your stories for it, best first",
        matchOnDescription: true,
        matchOnDetail: true,
    });
    if (chosen !== undefined) {
        await open(chosen.uri);
    }
}

function item({ title, uri, reasons, stress, missing }: Match): vscode.QuickPickItem & { uri: string } {
    const [first] = stress;
    const [lacking] = missing;
    const advice = [
        ...(first === undefined ? [] : [`Stress: ${first.prompt}`]),
        ...(lacking === undefined ? [] : [`Still missing: ${lacking.prompt}`]),
    ];
    return { label: title, description: reasons.join(", "), detail: advice.join("  "), uri };
}
