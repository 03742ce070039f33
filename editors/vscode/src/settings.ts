/** The settings for the server: those that somebody set, so that `starling.toml` and defaults decide the rest. */

/** Where a value may have been set; what `WorkspaceConfiguration.inspect` returns. */
export interface Inspected {
    readonly globalValue?: unknown;
    readonly workspaceValue?: unknown;
    readonly workspaceFolderValue?: unknown;
}

/** Settings that are the extension's own. */
const OWN = /^(server|trace)\./;

/**
 * The section `starling` as the server reads it, `{ bank: { include: […] }, rules: {…} }`. `keys` are all settings
 * that the extension declares, without the leading `starling.`; `value` gives the value that applies to a key.
 */
export function serverSettings(
    keys: readonly string[],
    inspect: (key: string) => Inspected | undefined,
    value: (key: string) => unknown,
): Record<string, unknown> {
    const settings: Record<string, unknown> = {};
    for (const key of keys) {
        if (!OWN.test(key) && isSet(inspect(key))) {
            put(settings, key.split("."), value(key));
        }
    }
    return settings;
}

function isSet(inspected: Inspected | undefined): boolean {
    const { globalValue, workspaceValue, workspaceFolderValue } = inspected ?? {};
    return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}

function put(settings: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): void {
    if (rest.length === 0) {
        settings[key] = value;
        return;
    }
    const section = (settings[key] ?? {}) as Record<string, unknown>;
    settings[key] = section;
    put(section, rest, value);
}
