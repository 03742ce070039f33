import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Locator } from "playwright-core";

import { Editor } from "../editor";
import { until } from "../waiting";
import { endOfTitle, message, openFile, press, runCommand, screenshot } from "./window";

/** What the page knows; the tests are compiled without its types. */
interface Page {
    getComputedStyle(element: unknown): { backgroundColor: string };
}

describe("the story bank", () => {
    let editor: Editor;

    before(async () => {
        editor = await Editor.start({ settings: { "workbench.colorTheme": "Default Light Modern" } });
        await editor.open();
        await openFile(editor.page, "flaky-builds-at-noon.md");
    });

    afterEach(async function () {
        if (this.currentTest?.state === "failed") {
            await screenshot(editor.page, `failed: ${this.currentTest.title}`);
        }
    });

    after(() => editor.close());

    /** A line of the view. */
    const line = (label: string): Locator =>
        editor.page.locator(".pane-body .monaco-list-row", { hasText: label }).filter({ has: editor.page.locator(".custom-view-tree-node-item") }).first();

    /** The page in the tab *Story Bank Coverage*. */
    const coverage = () => editor.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");

    const tab = (name: string) => editor.page.locator(".tab.active", { hasText: name });

    const status = () => editor.page.locator(".statusbar-item", { hasText: /\d+ stories/ });

    /** Types into the box at the upper edge and accepts it. */
    async function enter(text: string): Promise<void> {
        const box = editor.page.locator(".quick-input-widget input:visible");
        await box.fill(text);
        await box.press("Enter");
    }

    it("is a tree beside the text, and says how it stands in the status bar", async () => {
        const { page } = editor;
        await status().click();
        await line("Stories").waitFor();
        await line("Flaky builds at noon").filter({ hasText: "no Task" }).waitFor();
        await line("A queue where others wanted a call").filter({ hasText: "Result without a number" }).waitFor();
        await line("Themes").click();
        await line("Questions").click();
        await screenshot(page, "bank");
        await line("Product search for the summer sale").click();
        await tab("search-for-the-sale.md").waitFor();
        await page.locator(".monaco-editor .view-line", { hasText: /Product.search/ }).first().waitFor();
    });

    it("follows what is typed", async () => {
        const { page } = editor;
        await page.locator(".explorer-viewlet, .composite.viewlet").first().waitFor();
        await line("Product search for the summer sale").click();
        await endOfTitle(page, /Product.search/);
        await page.keyboard.type(" again");
        await line("Product search for the summer sale again").waitFor();
        await page.keyboard.press("Control+Z");
        await page.locator(".pane-body .monaco-list-row", { hasText: "sale again" }).waitFor({ state: "detached" });
    });

    for (const theme of ["light", "dark"]) {
        it(`shows what is covered, in a ${theme} theme`, async () => {
            const { page } = editor;
            if (theme === "dark") {
                await runCommand(page, "Preferences: Toggle between Light/Dark Themes");
                await page.locator(".monaco-workbench.vs-dark").waitFor();
            }
            await runCommand(page, "Starling: Show Coverage");
            await coverage().getByRole("heading", { name: "Story bank", exact: true }).waitFor();
            await until(async () => {
                const colour = await coverage()
                    .locator("body")
                    .evaluate((body) => (globalThis as unknown as Page).getComputedStyle(body).backgroundColor)
                    // The page may just be put in the place of another.
                    .catch(() => "");
                const [red] = (/\d+/.exec(colour) ?? []).map(Number);
                return red !== undefined && red < 128 === (theme === "dark");
            });
            await screenshot(page, `coverage, ${theme}`);
        });
    }

    it("leads from the coverage to a story, and follows edits", async () => {
        const { page } = editor;
        const link = coverage().getByRole("link", { name: "Flaky builds at noon", exact: true }).last();
        await link.scrollIntoViewIfNeeded();
        await link.click();
        await tab("flaky-builds-at-noon.md").waitFor();
        await endOfTitle(page, /^#.Flaky.builds/);
        await page.keyboard.type(" and midnight");
        await coverage().getByRole("link", { name: "Flaky builds at noon and midnight", exact: true }).last().waitFor();
        await page.keyboard.press("Control+Z");
        await runCommand(page, "View: Close All Editors");
    });

    it("gets a new story for a question", async () => {
        const { page } = editor;
        await runCommand(page, "Starling: New Story");
        await page.locator(".quick-input-list .monaco-list-row", { hasText: "Nothing in particular" }).waitFor();
        await screenshot(page, "new-story");
        await enter("failed");
        await enter("The night of the wrong key");
        await tab("the-night-of-the-wrong-key.md").waitFor();
        const file = join(editor.folder, "the-night-of-the-wrong-key.md");
        await until(() => existsSync(file) && readFileSync(file, "utf8").includes("questions: [failure]"));
        await line("The night of the wrong key").filter({ hasText: "to be told" }).waitFor();
        await runCommand(page, "View: Close All Editors");
        rmSync(file);
        await line("The night of the wrong key").waitFor({ state: "detached" });
    });

    it("finds the story for a question", async () => {
        const { page } = editor;
        await runCommand(page, "Starling: Find a Story for a Question");
        await enter("When did a release of yours break production?");
        const first = page.locator(".quick-input-list .monaco-list-row").first();
        await first.filter({ hasText: /speaks of|answers|theme/ }).waitFor();
        await screenshot(page, "find");
        const title = (await first.locator(".label-name").first().innerText()).trim();
        await first.click();
        await page.locator(".monaco-editor .view-line").first().waitFor();
        const shown = page.locator(".monaco-editor .view-line", { hasText: title.split(" ")[0] ?? title });
        await shown.first().waitFor();
    });

    it("is rehearsed: a question, a timer, and the story", async () => {
        const { page } = editor;
        // Every question has a story, whichever is drawn.
        const questions = "production-outage data-migration scaled-10x tech-debt technical-disagreement mentoring cross-team-conflict ambiguity tight-deadline failure learning-quickly trade-off";
        const all = join(editor.folder, "all.md");
        writeFileSync(all, `---\nquestions: [${questions.replaceAll(" ", ", ")}]\n---\n\n# All of it\n\n**Situation:** a b\n\n**Task:** c\n\n**Action:** d\n\n**Result:** 5% e\n`);
        await line("All of it").first().waitFor();
        await runCommand(page, "View: Close All Editors");
        await runCommand(page, "Starling: Rehearse a Question");
        const question = message(page, /Situation 0:30 · Task 0:15/);
        await question.waitFor();
        await screenshot(page, "rehearse");
        await press(question, "Start");
        const timer = message(page, /Situation · 0:\d\d left/);
        await timer.waitFor();
        await screenshot(page, "rehearse, timer");
        await press(timer, "Cancel");
        await message(page, /of 2:30/).waitFor();
        await page.locator(".tab.active", { hasText: ".md" }).waitFor();
        await runCommand(page, "View: Close All Editors");
        rmSync(all);
        await line("All of it").waitFor({ state: "detached" });
    });

    it("gives a story another name wherever it is mentioned", async () => {
        const { page } = editor;
        await line("Rust in six weeks").first().click();
        await tab("rust-in-six-weeks.md").waitFor();
        await endOfTitle(page, /^#.Rust.in.six/);
        await page.keyboard.press("F2");
        const box = page.locator(".rename-box input");
        await box.fill("Rust in a month");
        await box.press("Enter");
        await line("Rust in a month").first().waitFor();
        await runCommand(page, "File: Save All");
        await until(() => readFileSync(join(editor.folder, "questions.md"), "utf8").includes("[Rust in a month](rust-in-six-weeks.md)"));
        assert.match(readFileSync(join(editor.folder, "rust-in-six-weeks.md"), "utf8"), /^# Rust in a month$/m);
    });
});

describe("without a story", () => {
    let editor: Editor;

    before(async () => {
        editor = await Editor.start();
        for (const name of ["README.md", "questions.md"]) {
            writeFileSync(join(editor.folder, name), "# Notes\n");
        }
        const stories = ["export-nobody-could-describe", "flaky-builds-at-noon", "from-support-desk-to-backend", "lag-graph-that-stayed-green"];
        stories.push("ledger-by-month", "payouts-before-the-bank-holiday", "queue-or-call", "rust-in-six-weeks", "search-for-the-sale");
        for (const name of [...stories, "three-short-ones", "two-sprints-for-retries"]) {
            rmSync(join(editor.folder, `${name}.md`));
        }
        await editor.open();
        await openFile(editor.page, "README.md");
    });

    after(() => editor.close());

    it("the view stays out of sight until it is asked for, and then says how to begin", async () => {
        const { page } = editor;
        await page.locator(".activitybar .action-item").first().waitFor();
        assert.equal(await page.locator(".activitybar [aria-label^='Story Bank']").count(), 0);
        await runCommand(page, "Starling: Open Story Bank");
        await page.locator(".welcome-view", { hasText: "no story in this folder yet" }).getByText("New Story").waitFor();
        await screenshot(page, "welcome");
    });

    it("a walkthrough leads through the first minutes", async () => {
        const { page } = editor;
        await page.locator(".welcome-view").getByText("Show the First Steps").click();
        await page.locator(".gettingStartedContainer", { hasText: "Your story bank" }).getByText("Write your first story").waitFor();
        await screenshot(page, "walkthrough");
    });
});
