/** The processes of the extension under test, and waiting for them. Linux only. */

import { readdirSync, readlinkSync } from "node:fs";

/** Ids of the processes that run a program below a folder. */
export function processesOf(folder: string): number[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name) && executable(name).startsWith(folder))
        .map(Number);
}

function executable(process: string): string {
    try {
        return readlinkSync(`/proc/${process}/exe`);
    } catch {
        // It has ended, or is none of ours.
        return "";
    }
}

/** How long anything may take, in milliseconds; what is awaited usually comes at once. */
export const PATIENCE = 60_000;

/** Waits until there is a value that is neither `undefined` nor `false`, and returns it. */
export async function until<T>(condition: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
    const end = Date.now() + PATIENCE;
    for (;;) {
        const value = await condition();
        if (value !== undefined && value !== false) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`after ${String(PATIENCE)} ms there is nothing from ${condition.toString()}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
