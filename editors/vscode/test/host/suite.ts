/** What VS Code calls in its extension host: runs the tests that lie beside this file. */

import { readdirSync } from "node:fs";
import { join } from "node:path";

import Mocha from "mocha";

import { PATIENCE } from "../waiting";

export function run(): Promise<void> {
    const mocha = new Mocha({ color: false, timeout: 2 * PATIENCE });
    const names = readdirSync(__dirname).filter((name) => name.endsWith(".test.js"));
    names.sort().forEach((name) => mocha.addFile(join(__dirname, name)));
    return new Promise((resolve, reject) => {
        mocha.run((failures) => {
            if (failures === 0) {
                resolve();
            } else {
                reject(new Error(`${String(failures)} tests failed`));
            }
        });
    });
}
