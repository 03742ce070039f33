/** Which program serves the editor, and why it cannot. Nothing here knows VS Code. */

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** A program to start with the argument `lsp`. */
export interface Program {
    readonly path: string;
    /** Whether the path was set by the user or is that of the program inside the extension. */
    readonly origin: "setting" | "extension";
}

/** Why a server does not run. */
export type Trouble =
    /** The path is not absolute, so it would depend on the folder in which the editor was started. */
    | "relative"
    | "missing"
    | "folder"
    | "not-executable"
    /** The program could be started, if at all, but does not answer as a language server. */
    | "no-server"
    /** The server ended again and again. */
    | "unstable";

/** The values of `starling.server.path`, by where they were set. */
export interface PathSetting {
    /** By the user, for all folders. */
    readonly user?: string | undefined;
    /** By the folder that is open, which may have been written by somebody else. */
    readonly folder?: string | undefined;
}

/** The program to start; `trusted` says whether the user trusts the folder that is open. */
export function chooseProgram(
    setting: PathSetting,
    trusted: boolean,
    extension: string,
    platform: NodeJS.Platform = process.platform,
): Program {
    const path = ((trusted ? setting.folder : undefined) ?? setting.user ?? "").trim();
    if (path !== "") {
        return { path: path.startsWith("~/") ? join(homedir(), path.slice(2)) : path, origin: "setting" };
    }
    const name = platform === "win32" ? "starling.exe" : "starling";
    return { path: join(extension, "server", name), origin: "extension" };
}

/** Why a program cannot be started, as far as its file tells. */
export async function troubleOf(program: Program): Promise<Trouble | undefined> {
    if (!isAbsolute(program.path)) {
        return "relative";
    }
    try {
        if ((await stat(program.path)).isDirectory()) {
            return "folder";
        }
    } catch {
        return "missing";
    }
    return access(program.path, constants.X_OK).then(
        () => undefined,
        () => "not-executable" as const,
    );
}

/** So many ends within the window are too many, in milliseconds. */
const MOST_ENDS = 5;
const WINDOW = 3 * 60 * 1000;

/** Counts unexpected ends of a server, so that one that cannot run is not started for ever. */
export class Ends {
    private times: number[] = [];

    /** Notes an end and says whether there were too many of them; `now` is in milliseconds. */
    tooMany(now: number): boolean {
        this.times = this.times.filter((time) => now - time < WINDOW);
        this.times.push(now);
        return this.times.length >= MOST_ENDS;
    }

    /** Begins to count anew. */
    forget(): void {
        this.times = [];
    }
}
