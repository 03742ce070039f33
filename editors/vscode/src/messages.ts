/** What the user reads when the server does not run. */

import type { Program, Trouble } from "./program";

/** One message: what happened, to which file, and what to do. */
export function explain(trouble: Trouble, program: Program): string {
    return `${WHAT[trouble](program.path)} ${remedy(trouble, program)}`;
}

const WHAT: Record<Trouble, (path: string) => string> = {
    relative: (path) => `Starling cannot start: “${path}” in the setting starling.server.path is not an absolute path.`,
    missing: (path) => `Starling cannot start: there is no file ${path}.`,
    folder: (path) => `Starling cannot start: ${path} is a folder, not a program.`,
    "not-executable": (path) => `Starling cannot start: ${path} may not be executed.`,
    "no-server": (path) => `Starling cannot start: ${path} does not answer as a language server.`,
    unstable: (path) => `Starling has stopped: ${path} ended several times within minutes.`,
};

function remedy(trouble: Trouble, program: Program): string {
    if (trouble === "unstable") {
        return "The log says why. “Starling: Restart Server” tries again.";
    }
    if (program.origin === "extension") {
        return "Install the extension again, or set starling.server.path to a starling of your own.";
    }
    if (trouble === "not-executable") {
        return "Allow it (chmod +x) and run “Starling: Restart Server”, or correct starling.server.path.";
    }
    return "Correct starling.server.path, or clear it to use the program that comes with the extension.";
}
