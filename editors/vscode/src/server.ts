/** The life of the language server: start, restart, unexpected ends, and what the user is told. */

import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, ExecuteCommandRequest, LanguageClient, RevealOutputChannelOn, type StaticFeature } from "vscode-languageclient/node";

import { explain } from "./messages";
import { chooseProgram, Ends, type Program, type Trouble, troubleOf } from "./program";
import { serverSettings } from "./settings";
import { Status } from "./status";

/** Commands that the server may attach to what it offers. */
const COMMANDS = ["starling.selectRange", "starling.showRule", "starling.showUses"];

const DOCUMENTS = [
    { scheme: "file", language: "markdown" },
    { scheme: "untitled", language: "markdown" },
    { scheme: "file", pattern: "**/starling.toml" },
];

/** A program that has not answered for so long, in milliseconds, is no language server. */
const PATIENCE = 30_000;

/** Leaves it to this extension to tell the user what is wrong; the log still has everything. */
class QuietClient extends LanguageClient {
    override error(message: string, data?: unknown): void {
        super.error(message, data, false);
    }

    /** Would fail for a client that did not start. */
    override stop(): Promise<void> {
        return this.isRunning() ? super.stop() : Promise.resolve();
    }
}

/**
 * Makes the server push diagnostics. Where the client asks for them it loses those of a tab that is closed and opened
 * again while an answer is under way, and shows none while somebody types.
 */
const PUSHED_DIAGNOSTICS: StaticFeature = {
    fillClientCapabilities: ({ textDocument }) => {
        delete textDocument?.diagnostic;
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
};

/** Lets the server tell when a bank has changed. */
const BANK_NEWS: StaticFeature = {
    fillClientCapabilities: (capabilities) => {
        capabilities.experimental = { ...(capabilities.experimental as object | undefined), starlingBank: true };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
};

/** A client with the process that it speaks to. */
interface Session {
    readonly client: LanguageClient;
    process?: ChildProcess;
}

/** The one server of a window. */
export class Server {
    private session: Session | undefined;
    private readonly ends = new Ends();
    private readonly bankChanged = new vscode.EventEmitter<void>();
    /** Banks are other than they were, or there is another server. */
    readonly onBankChanged = this.bankChanged.event;
    readonly status = new Status(DOCUMENTS);
    private work = Promise.resolve();

    constructor(
        private readonly extension: vscode.Extension<unknown>,
        private readonly log: vscode.OutputChannel,
    ) {}

    /** Starts the server that the settings name, in place of one that may run. */
    restart(): Promise<void> {
        this.ends.forget();
        return this.next(() => this.start());
    }

    /** Ends the server. */
    stop(): Promise<void> {
        return this.next(() => Promise.resolve());
    }

    /** Lets the server carry out a command. Fails with a sentence for the user. */
    async execute<Reply>(command: string, argument: object): Promise<Reply> {
        const client = this.session?.client;
        if (client?.isRunning() !== true) {
            throw new Error("the server does not run. “Starling: Restart Server” starts it.");
        }
        return (await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] })) as Reply;
    }

    /** Ends what runs and then does something; one after the other, however fast they are asked for. */
    private next(then: () => Promise<void>): Promise<void> {
        // A program that never answers would keep its successor waiting.
        if (this.session?.client.isRunning() === false) {
            this.session.process?.kill();
        }
        this.work = this.work.then(() => this.end()).then(then);
        return this.work;
    }

    private async end(): Promise<void> {
        const session = this.session;
        this.session = undefined;
        try {
            await session?.client.dispose();
        } catch (error) {
            this.log.appendLine(`The server did not end by itself: ${String(error)}`);
        }
        session?.process?.kill();
    }

    private async start(): Promise<void> {
        this.status.starting();
        const program = this.program();
        const trouble = await troubleOf(program);
        if (trouble !== undefined) {
            this.tell(trouble, program);
            return;
        }
        this.log.appendLine(`Starting ${program.path}`);
        const session: Session = {
            client: this.client(
                () => launch(program, session),
                () => {
                    this.ended(session, program);
                },
            ),
        };
        this.session = session;
        const patience = setTimeout(() => session.process?.kill(), PATIENCE);
        // The client writes the reason of a failure to the log, and does not fail when the program ends meanwhile.
        await session.client.start().catch(() => undefined);
        clearTimeout(patience);
        if (session.client.isRunning()) {
            this.status.running(session.client.initializeResult?.serverInfo?.version, program.path);
        } else {
            session.process?.kill();
            this.tell("no-server", program);
        }
        this.bankChanged.fire();
    }

    private program(): Program {
        const path = vscode.workspace.getConfiguration("starling").inspect<string>("server.path");
        const setting = { user: path?.globalValue, folder: path?.workspaceFolderValue ?? path?.workspaceValue };
        return chooseProgram(setting, vscode.workspace.isTrusted, this.extension.extensionPath);
    }

    private client(start: () => Promise<ChildProcess>, ended: () => void): LanguageClient {
        const client: LanguageClient = new QuietClient("starling", "Starling", start, {
            documentSelector: DOCUMENTS,
            outputChannel: this.log,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            initializationOptions: () => ({ commands: COMMANDS, settings: this.settings() }),
            initializationFailedHandler: () => false,
            errorHandler: {
                error: () => ({ action: ErrorAction.Continue, handled: true }),
                closed: () => {
                    if (client.isRunning()) {
                        ended();
                    }
                    return { action: CloseAction.DoNotRestart, handled: true };
                },
            },
            middleware: {
                workspace: {
                    configuration: (params) =>
                        params.items.map(({ section, scopeUri }) =>
                            section === "starling" ? this.settings(scopeUri) : null,
                        ),
                },
            },
        });
        client.registerFeature(PUSHED_DIAGNOSTICS);
        client.registerFeature(BANK_NEWS);
        client.onNotification("starling/bankChanged", () => {
            this.bankChanged.fire();
        });
        return client;
    }

    /** The settings for a folder or file; without one, those for all of the window. */
    private settings(scope?: string): Record<string, unknown> {
        const place = scope === undefined ? undefined : vscode.Uri.parse(scope);
        const configuration = vscode.workspace.getConfiguration("starling", place);
        return serverSettings(
            settingsOf(this.extension),
            (key) => configuration.inspect(key),
            (key) => configuration.get(key),
        );
    }

    /** Starts another server after one that ended by itself, unless that happens again and again. */
    private ended(session: Session, program: Program): void {
        this.log.appendLine("The server ended unexpectedly");
        session.process?.kill();
        this.session = undefined;
        if (this.ends.tooMany(Date.now())) {
            this.tell("unstable", program);
        } else {
            void this.next(() => this.start());
        }
    }

    private tell(trouble: Trouble, program: Program): void {
        const message = explain(trouble, program);
        this.log.appendLine(message);
        this.status.broken(message);
        void vscode.window.showErrorMessage(message, "Open Settings", "Show Log").then((button) => {
            if (button === "Open Settings") {
                // The program runs where the folder is, which has settings of its own.
                const place = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
                return vscode.commands.executeCommand(`workbench.action.${place}`, { query: "starling.server.path" });
            }
            if (button === "Show Log") {
                this.log.show();
            }
            return undefined;
        });
    }
}

/** The names of all settings that the extension declares, without the leading `starling.`. */
function settingsOf(extension: vscode.Extension<unknown>): string[] {
    const manifest = extension.packageJSON as { contributes: { configuration: { properties: object } } };
    return Object.keys(manifest.contributes.configuration.properties).map((key) => key.replace(/^starling\./, ""));
}

/** Starts the program; fails if the system refuses. */
function launch(program: Program, session: Session): Promise<ChildProcess> {
    return new Promise((resolve, reject) => {
        const child = spawn(program.path, ["lsp"], { stdio: "pipe", windowsHide: true });
        session.process = child;
        child.once("spawn", () => {
            resolve(child);
        });
        child.once("error", reject);
    });
}
