// Draws images/icon.png from images/icon.svg: `node scripts/icon.mjs`, after a change of the drawing.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { chromium } from "playwright-core";

const images = join(import.meta.dirname, "..", "images");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<body style="margin: 0">${await readFile(join(images, "icon.svg"), "utf8")}</body>`);
await page.screenshot({ path: join(images, "icon.png"), omitBackground: true });
await browser.close();
