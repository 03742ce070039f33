/** *Rehearse*: a question as an interviewer asks it, a timer by parts, then the story. */

import * as vscode from "vscode";

import { type Bank, open, type Rehearsal } from "./bank";
import { clock, due, total } from "./pace";
import { newStory } from "./stories";

const AGAIN = "Another Question";

/** Rehearses until the user has had enough. */
export async function rehearse(bank: Bank): Promise<void> {
    for (;;) {
        const rehearsal = await bank.rehearse(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
        const answer = await ask(rehearsal);
        if (answer === undefined) {
            return;
        }
        if (answer === "Start" && (await compare(bank, rehearsal, await tell(rehearsal))) !== AGAIN) {
            return;
        }
    }
}

function ask({ question, parts }: Rehearsal): Thenable<string | undefined> {
    const plan = parts.map(({ name, seconds }) => `${name} ${clock(seconds)}`).join(" · ");
    return vscode.window.showInformationMessage(`“${question}” Tell it aloud: ${plan}.`, "Start", AGAIN);
}

/** Shows what to tell next until the time is over or the user is done; how long it took, in seconds. */
async function tell({ question, parts }: Rehearsal): Promise<number> {
    const start = Date.now();
    const elapsed = () => (Date.now() - start) / 1000;
    const options = { location: vscode.ProgressLocation.Notification, title: question, cancellable: true };
    await vscode.window.withProgress(options, async (progress, done) => {
        for (let now = due(parts, 0); now !== undefined && !done.isCancellationRequested; now = due(parts, elapsed())) {
            const message = `${now.part.name} · ${clock(now.left)} left. ${now.part.include}`;
            progress.report({ message, increment: 100 / total(parts) });
            await second(done);
        }
    });
    return elapsed();
}

/** Waits for a second, or until the user is done. */
function second(done: vscode.CancellationToken): Promise<void> {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, 1000);
        done.onCancellationRequested(() => {
            clearTimeout(timer);
            resolve();
        });
    });
}

/** Shows the story that would have been told. */
async function compare(bank: Bank, { id, parts, stories }: Rehearsal, took: number): Promise<string | undefined> {
    const time = `You took ${clock(took)} of ${clock(total(parts))}.`;
    const [best] = stories;
    if (best === undefined) {
        const create = "New Story";
        const answer = await vscode.window.showInformationMessage(`${time} No story answers this question yet.`, create, AGAIN);
        if (answer === create) {
            const node = { kind: "question", id, label: "", description: "", gap: true, children: [] } as const;
            await newStory(bank, node);
        }
        return answer;
    }
    await open(best.uri);
    return vscode.window.showInformationMessage(`${time} This is your story: did you say what it says?`, AGAIN);
}
