/** What a user does and sees in the window of VS Code. */

import { join } from "node:path";

import type { Locator, Page } from "playwright-core";

import { PREPARED } from "../editor";
import { until } from "../waiting";

/** Opens a file of the folder from the explorer. */
export async function openFile(page: Page, name: string): Promise<void> {
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().dblclick();
    await page.locator(".tab.active", { hasText: name }).waitFor();
    await page.locator(".monaco-editor .view-line").first().waitFor();
}

/** A piece of text in the editor that is coloured as one. */
export function text(page: Page, exactly: string): Locator {
    return page.locator(".monaco-editor .view-line").getByText(exactly, { exact: true }).first();
}

/**
 * Puts the cursor at the end of a story's title in the active editor. The lens above the title moves it down a line when it
 * comes, so a click before that would land beside the title.
 */
export async function endOfTitle(page: Page, title: RegExp): Promise<void> {
    const editor = page.locator(".editor-group-container.active .monaco-editor");
    await editor.locator(".codelens-decoration", { hasText: /answers|mentioned/ }).first().waitFor();
    await editor.locator(".view-line", { hasText: title }).first().click();
    await page.keyboard.press("End");
}

/** Waits for a wavy line of a warning. */
export async function squiggle(page: Page): Promise<void> {
    await page.locator(".monaco-editor .squiggly-warning").first().waitFor({ state: "attached" });
}

/** Runs a command from the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
    const box = page.locator(".quick-input-widget input");
    // A box that is about to close takes the key with it.
    await until(async () => {
        await page.keyboard.press("F1");
        return box.waitFor({ timeout: 5000 }).then(
            () => box.fill(`>${title}`, { timeout: 5000 }).then(
                () => true,
                () => false,
            ),
            () => false,
        );
    });
    await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

/** A message of Starling's at the lower edge. */
export function message(page: Page, saying: RegExp): Locator {
    return page.locator(".notifications-toasts .notification-list-item", { hasText: saying });
}

/** Presses a button of a message. */
export async function press(shown: Locator, button: string): Promise<void> {
    await shown.locator(".monaco-button", { hasText: button }).click();
}

export async function screenshot(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(PREPARED.screenshots, `${name}.png`) });
}
