import { Editor } from "../editor";
import { endOfTitle, openFile, screenshot, squiggle, text } from "./window";

describe("in the window", () => {
    let editor: Editor;

    before(async () => {
        editor = await Editor.start();
        await editor.open();
    });

    afterEach(async function () {
        if (this.currentTest?.state === "failed") {
            await screenshot(editor.page, `failed: ${this.currentTest.title}`);
        }
    });

    after(() => editor.close());

    it("a result without a number is underlined", async () => {
        const { page } = editor;
        await openFile(page, "queue-or-call.md");
        await page.keyboard.press("Control+Shift+M");
        await page.locator(".markers-panel .monaco-list-row", { hasText: "unquantified-result" }).click();
        await page.locator(".monaco-editor .view-line", { hasText: "**Result**" }).waitFor();
        await squiggle(page);
        await screenshot(page, "unquantified-result");
        await page.keyboard.press("Control+J");
    });

    it("hovering over a principle explains it", async () => {
        const { page } = editor;
        await openFile(page, "flaky-builds-at-noon.md");
        await squiggle(page);
        await text(page, "dive-deep").hover();
        await page.locator(".monaco-hover:visible", { hasText: "Dive Deep" }).waitFor();
        await screenshot(page, "hover");
    });

    it("a missing part is underlined and inserted by its quick fix", async () => {
        const { page } = editor;
        await openFile(page, "flaky-builds-at-noon.md");
        await squiggle(page);
        await page.keyboard.press("Control+Shift+M");
        await page.locator(".markers-panel .monaco-list-row", { hasText: "missing-part" }).waitFor();
        await screenshot(page, "missing-part");
        await page.keyboard.press("Control+J");

        await endOfTitle(page, /^#.Flaky.builds/);
        await page.keyboard.press("Control+.");
        await page.locator(".action-widget .monaco-list-row.focused", { hasText: "Insert the Task" }).waitFor();
        await screenshot(page, "quick-fix-menu");
        await page.keyboard.press("Enter");
        await page.locator(".monaco-editor .view-line", { hasText: /##.Task/ }).waitFor();
        await page.locator(".monaco-editor .selected-text").first().waitFor({ state: "attached" });
        await screenshot(page, "quick-fix");
        await page.keyboard.type("I was the one to find out why.");
        await page.locator(".monaco-editor .view-line", { hasText: /^I.was.the.one.to.find.out.why\.$/ }).waitFor();
        await page.locator(".monaco-editor .squiggly-warning").waitFor({ state: "detached" });
    });

    it("principles are offered where one may stand", async () => {
        const { page } = editor;
        await openFile(page, "flaky-builds-at-noon.md");
        await text(page, "dive-deep").click();
        await page.keyboard.press("End");
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.type(",");
        const offered = page.locator(".suggest-widget.visible .monaco-list-row");
        await offered.filter({ hasText: "ownership" }).waitFor();
        await screenshot(page, "completion");
    });
});
