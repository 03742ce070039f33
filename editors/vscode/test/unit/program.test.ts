import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { chooseProgram, Ends, troubleOf } from "../../src/program";

const BUNDLED = { path: "/ext/server/starling", origin: "extension" };

describe("the choice of the program", () => {
    it("is the one of the extension by default", () => {
        assert.deepEqual(chooseProgram({}, true, "/ext", "linux"), BUNDLED);
        assert.deepEqual(chooseProgram({ user: " ", folder: "" }, true, "/ext", "darwin"), BUNDLED);
        assert.match(chooseProgram({}, true, "/ext", "win32").path, /starling\.exe$/);
    });

    it("is the user's", () => {
        const chosen = { path: "/opt/starling", origin: "setting" };
        assert.deepEqual(chooseProgram({ user: " /opt/starling " }, true, "/ext"), chosen);
        assert.deepEqual(chooseProgram({ user: "/opt/starling" }, false, "/ext"), chosen);
    });

    it("is the folder's only if the folder is trusted", () => {
        const setting = { user: "/opt/starling", folder: "/project/starling" };
        assert.equal(chooseProgram(setting, true, "/ext").path, "/project/starling");
        assert.equal(chooseProgram(setting, false, "/ext").path, "/opt/starling");
        assert.deepEqual(chooseProgram({ folder: "/project/starling" }, false, "/ext", "linux"), BUNDLED);
    });

    it("lets a folder go back to the one of the extension", () => {
        assert.deepEqual(chooseProgram({ user: "/opt/starling", folder: "" }, true, "/ext", "linux"), BUNDLED);
    });

    it("knows the home folder", () => {
        assert.equal(chooseProgram({ user: "~/bin/starling" }, true, "/ext").path, join(homedir(), "bin/starling"));
    });
});

describe("the trouble with a program", () => {
    let folder: string;

    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "starling-"));
    });

    after(async () => {
        await rm(folder, { recursive: true });
    });

    const trouble = (path: string) => troubleOf({ path, origin: "setting" });

    it("is told from its file", async () => {
        const program = join(folder, "starling");
        assert.equal(await trouble("bin/starling"), "relative");
        assert.equal(await trouble(program), "missing");
        assert.equal(await trouble(folder), "folder");
        await writeFile(program, "#!/bin/sh\n");
        await chmod(program, 0o644);
        assert.equal(await trouble(program), "not-executable");
        await chmod(program, 0o755);
        assert.equal(await trouble(program), undefined);
    });
});

describe("the count of ends", () => {
    const MINUTE = 60_000;

    it("is too high when five are close together", () => {
        const ends = new Ends();
        assert.deepEqual(
            [0, 10, 20, 30, 40].map((time) => ends.tooMany(time)),
            [false, false, false, false, true],
        );
    });

    it("forgets those of long ago, and all on demand", () => {
        const ends = new Ends();
        assert.ok([0, 1, 2, 3, 4, 5, 6, 7].every((minute) => !ends.tooMany(minute * MINUTE)));
        const others = new Ends();
        [0, 1, 2, 3].forEach((time) => others.tooMany(time));
        others.forget();
        assert.equal(others.tooMany(4), false);
    });
});
