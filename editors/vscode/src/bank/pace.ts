/** How a rehearsal is paced: which part is due, and how much of its time is left. */

export interface Paced {
    readonly name: string;
    readonly include: string;
    readonly seconds: number;
}

/** What to tell at a moment, in seconds from the start; nothing once the time is over. */
export function due(parts: readonly Paced[], elapsed: number): { part: Paced; left: number } | undefined {
    let end = 0;
    for (const part of parts) {
        end += part.seconds;
        if (elapsed < end) {
            return { part, left: end - elapsed };
        }
    }
    return undefined;
}

/** The time of all parts, in seconds. */
export function total(parts: readonly Paced[]): number {
    return parts.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Seconds as minutes and seconds, `2:05`. */
export function clock(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, "0")}`;
}
