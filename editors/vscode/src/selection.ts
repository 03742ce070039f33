/** Arguments of the command `starling.selectRange`, which the server attaches to its quick fixes. */

/** A range of the Language Server Protocol: lines and UTF-16 columns from zero. */
export interface Selection {
    readonly uri: string;
    readonly start: Place;
    readonly end: Place;
}

interface Place {
    readonly line: number;
    readonly character: number;
}

/** The place that the arguments name, or nothing if they do not name one. */
export function selectionOf(uri: unknown, range: unknown): Selection | undefined {
    if (typeof uri !== "string" || !isRecord(range)) {
        return undefined;
    }
    const { start, end } = range;
    return isPlace(start) && isPlace(end) ? { uri, start, end } : undefined;
}

function isPlace(value: unknown): value is Place {
    return isRecord(value) && isIndex(value["line"]) && isIndex(value["character"]);
}

function isIndex(value: unknown): boolean {
    return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}
