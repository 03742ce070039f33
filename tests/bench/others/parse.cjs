// Does for vscode-markdown-languageserver what VS Code does: parses Markdown. One text as JSON in, its tokens as JSON out.
const readline = require("node:readline");
const markdown = require("markdown-it")({ html: true });

readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const tokens = markdown.parse(JSON.parse(line), {});
    process.stdout.write(`${JSON.stringify(tokens)}\n`);
});
