/** The page that `starling bank --format html` writes, in a browser. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { type Browser, chromium, type Page } from "playwright-core";

import { PREPARED } from "../editor";
import { screenshot } from "./window";

const STARLING = process.env["STARLING_BIN"] ?? "";

/** Text has to be told from its ground by people who see little: a ratio of at least this much. */
const CONTRAST = 4.5;

describe("the coverage page", () => {
    let folder: string;
    let browser: Browser;

    before(async () => {
        folder = mkdtempSync(join(PREPARED.run, "page-"));
        browser = await chromium.launch({ executablePath: PREPARED.chromium, args: ["--no-sandbox", "--disable-gpu"] });
    });

    after(async () => {
        await browser.close();
        rmSync(folder, { recursive: true });
    });

    /** A bank with the sample's stories, and as many others as are asked for. */
    function bank(stories: number): string {
        const place = join(folder, String(stories));
        cpSync(PREPARED.bank, place, { recursive: true });
        const story = readFileSync(join(place, "rust-in-six-weeks.md"), "utf8");
        for (let number = 13; number < stories; number += 1) {
            writeFileSync(join(place, `story ${String(number)}.md`), story.replace(/^# .*$/m, `# Story ${String(number)} with a title of some length`));
        }
        const page = execFileSync(STARLING, ["bank", "--format", "html", "."], { cwd: place });
        writeFileSync(join(place, "coverage.html"), page);
        return join(place, "coverage.html");
    }

    /** Opens a page in one of the browser's two schemes. */
    async function open(path: string, colorScheme: "light" | "dark"): Promise<Page> {
        const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
        await page.goto(pathToFileURL(path).href);
        return page;
    }

    for (const stories of [15, 200]) {
        for (const scheme of ["light", "dark"] as const) {
            it(`is readable with ${String(stories)} stories, in ${scheme}`, async () => {
                const page = await open(bank(stories), scheme);
                await page.getByRole("heading", { name: "Story bank" }).waitFor();
                await screenshot(page, `page with ${String(stories)} stories, ${scheme}`);
                assert.deepEqual(await tooFaint(page), []);
                assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false, "the page is not wider than the window");
                assert.equal(await page.getByRole("table", { name: "Stories against themes" }).getByRole("row").count(), stories + 2);
                await page.close();
            });
        }
    }

    it("has a name and a target for each cell", async () => {
        const page = await open(bank(15), "light");
        const names = await page.evaluate("[...document.querySelectorAll('.matrix td a')].map((link) => link.getAttribute('aria-label'))");
        assert.ok(Array.isArray(names) && names.length > 30 && names.every((name) => /^.+: .+ \S+$/.test(String(name))), String(names));
        const target = new URL(String(await page.evaluate("document.querySelector('.matrix td a').href")));
        assert.match(target.hash, /^#L\d+$/);
        target.hash = "";
        assert.ok(existsSync(fileURLToPath(target)), target.href);
        await page.close();
    });

    it("can be used by keyboard", async () => {
        const page = await open(bank(200), "light");
        const focused = () => page.evaluate("document.activeElement.textContent.trim().slice(0, 40)");
        await page.keyboard.press("Tab");
        assert.equal(await focused(), "Skip to the report");
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate("document.activeElement.id"), "main");
        await page.getByRole("region", { name: "Themes" }).focus();
        await page.keyboard.press("End");
        await page.waitForFunction("document.activeElement.scrollTop > 0");
        // The titles and names stay in sight.
        await page.getByRole("region", { name: "Themes" }).getByRole("columnheader", { name: "Mentoring" }).waitFor();
        await page.keyboard.press("Tab");
        assert.match(String(await page.evaluate("document.activeElement.getAttribute('aria-label')")), /^.+: .+ ✓$/);
        await page.close();
    });
});

/** What has too little contrast to its ground, by its words. */
async function tooFaint(page: Page): Promise<unknown> {
    const measure = `(() => {
        const light = (colour) => {
            const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number).map((value) => {
                const share = value / 255;
                return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const ground = (element) => {
            const colour = getComputedStyle(element).backgroundColor;
            return /, 0\\)$/.test(colour) && element.parentElement ? ground(element.parentElement) : colour;
        };
        const faint = new Set();
        for (const element of document.querySelectorAll("h1, h2, h3, p, li, a, th, td, caption, span")) {
            const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
            if (element.textContent.trim() !== "" && (one + 0.05) / (other + 0.05) < ${String(CONTRAST)}) {
                faint.add(element.tagName + ": " + element.textContent.trim().slice(0, 30));
            }
        }
        return [...faint];
    })()`;
    return page.evaluate(measure);
}
