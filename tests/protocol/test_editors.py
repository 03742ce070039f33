"""Sessions of real editors, by what each announced when its capabilities were recorded: whatever the server sends must
be valid, and use nothing that the editor did not announce."""

import json
import pathlib
import shutil
import signal

import pytest

from client import Client

HERE = pathlib.Path(__file__).parent
EDITORS = {path.stem: json.loads(path.read_text()) for path in sorted((HERE / "editors").glob("*.json"))}
CONFIGURATIONS = {"alone": None, "configured": '[docs]\nbase-url = "https://example.org/rules"\n', "broken": "[rulez]\n"}

# Seconds for one session.
LIMIT = 180

# Characters before every place that matters, of one, two and four bytes; and something for every check to look at.
TEXT = """\
---
principles: [Owenrship]
---

<!-- starling-ignore part-order -->

# 🎉 Der Ausfall über Nacht

🎉 **Questions:** production-outage, failure

🎉 **Sitation:** The checkout of our shop failed for a third of all customers, see [the report](report.md) and [🎉 the graphs][graphs].

🎉 **Situation:** The checkout of our shop failed for a third of all customers.

é漢🎉 **Action:** We rolled the release back. We added an index to PostgreSQL, which brought latency to 80 ms.

🎉 **Result:** The error rate fell a lot.

[graphs]: <the graphs.html>
"""

# What an editor is asked for, by what the server offers: each with the positions or ranges that it is asked about.
AT_POSITIONS = {
    "hoverProvider": "textDocument/hover",
    "completionProvider": "textDocument/completion",
    "documentHighlightProvider": "textDocument/documentHighlight",
    "definitionProvider": "textDocument/definition",
    "referencesProvider": "textDocument/references",
}
IN_DOCUMENTS = {
    "documentSymbolProvider": "textDocument/documentSymbol",
    "documentLinkProvider": "textDocument/documentLink",
    "foldingRangeProvider": "textDocument/foldingRange",
    "diagnosticProvider": "textDocument/diagnostic",
}
OTHERS = {
    "codeActionProvider", "selectionRangeProvider", "semanticTokensProvider", "inlayHintProvider",
    "executeCommandProvider", "workspaceSymbolProvider", "renameProvider",
}  # fmt: skip
# The commands of the server, each with what it is asked.
COMMANDS = {
    "starling.bank.report": [{}, {"format": "markdown"}],
    "starling.bank.ask": [{"question": "Tell me about a time you failed."}],
    "starling.bank.tree": [{}],
    "starling.explain": [{"name": "missing-part"}, {"name": "ownership"}],
    "starling.bank.rehearse": [{"number": 7}],
    "starling.bank.new": [{"title": "Ein Ausfall über Nacht 🎉", "question": "production-outage"}],
}
NO_REQUESTS = {"positionEncoding", "textDocumentSync", "workspace"}

# What the recorded editors let the server use; what none of them saw was not checked.
EXPECTED = {
    "utf-8", "utf-16", "push", "pull", "pulled", "registration", "workspace/configuration",
    "workspace/diagnostic/refresh", "relatedInformation", "codeDescription", "data", "tags", "hover in markdown",
    "hover in plaintext", "documentation in markdown", "documentation in plaintext", "snippets", "insertTextMode",
    "isPreferred", "changes", "documentChanges", "create", "flat symbols", "nested symbols", "tokens",
    "hints", "workspace/applyEdit", "window/workDoneProgress/create",
}  # fmt: skip


@pytest.fixture(autouse=True)
def limit():
    """Ends a test that hangs."""

    def expired(*_):
        raise TimeoutError(f"the session took longer than {LIMIT} s")

    signal.signal(signal.SIGALRM, expired)
    signal.alarm(LIMIT)
    yield
    signal.alarm(0)


@pytest.fixture(scope="module")
def used():
    """What all sessions together used."""
    return set()


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@pytest.mark.parametrize("editor", EDITORS)
def test_all_that_is_sent_is_valid_and_announced(editor, configuration, tmp_path, used):
    folder = tmp_path / "a bank"
    shutil.copytree(HERE.parent / "bank", folder)
    if CONFIGURATIONS[configuration]:
        (folder / "starling.toml").write_text(CONFIGURATIONS[configuration])
    client = Client(folder, EDITORS[editor])
    try:
        session(client, folder)
    finally:
        client.process.kill()
    used |= client.contract.used


def test_every_check_had_something_to_check(used):
    assert used >= EXPECTED, EXPECTED - used


def session(client, folder):
    offered = client.initialize()
    unknown = set(offered) - set(AT_POSITIONS) - set(IN_DOCUMENTS) - OTHERS - NO_REQUESTS
    assert not unknown, f"nobody asks for {unknown}"
    texts = {path.as_uri(): path.read_text() for path in sorted(folder.glob("*.md"))}
    for uri, text in texts.items():
        client.open(uri, text)
    uri = (folder / "🎉 ü.md").as_uri()
    client.open(uri, TEXT)
    version = client.type(uri, "\n🎉 **Le")
    for about in [*texts, uri]:
        ask_about_document(client, offered, about)
    ask_at_positions(client, offered, uri)
    ask_to_change(client, offered, uri)
    ask_for_another_name(client, offered, uri)
    execute_commands(client, offered)
    while not client.contract.pulls() and client.contract.published.get(uri) != version:
        client.wait(lambda _: True)
    change_settings(client, folder)
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    del client.contract.documents[uri]
    client.finish()


def ask_about_document(client, offered, uri):
    document = {"textDocument": {"uri": uri}}
    for provider, method in IN_DOCUMENTS.items():
        if provider in offered:
            client.ask(method, document)
    whole = {**document, "range": whole_range(client, uri)}
    if "inlayHintProvider" in offered:
        client.ask("textDocument/inlayHint", whole)
    if "semanticTokensProvider" in offered:
        client.ask("textDocument/semanticTokens/full", document)
        client.ask("textDocument/semanticTokens/range", whole)
    if "selectionRangeProvider" in offered:
        positions = [whole["range"]["start"], whole["range"]["end"]]
        assert len(client.ask("textDocument/selectionRange", {**document, "positions": positions})) == 2


def ask_at_positions(client, offered, uri):
    """Asks near the start, in the middle and at the end of every line, and for the documentation of what can be completed."""
    contract = client.contract
    for line, text in enumerate(contract.documents[uri][1].split("\n")):
        for column in {min(6, len(text)), len(text) // 2, len(text)}:
            position = {"line": line, "character": contract.units(text[:column])}
            # References and completion each read their part of the context.
            context = {"includeDeclaration": True, "triggerKind": 1}
            params = {"textDocument": {"uri": uri}, "position": position, "context": context}
            for provider, method in AT_POSITIONS.items():
                found = client.ask(method, params) if provider in offered else None
                if found and method == "textDocument/completion":
                    for item in found["items"][:: max(1, len(found["items"]) // 4)]:
                        assert "documentation" in client.ask("completionItem/resolve", item) or "data" not in item


def ask_to_change(client, offered, uri):
    if "codeActionProvider" not in offered:
        return
    whole = {"textDocument": {"uri": uri}, "range": whole_range(client, uri)}
    assert client.ask("textDocument/codeAction", {**whole, "context": {"diagnostics": []}})
    for kind in ("quickfix", "source.fixAll"):
        found = client.ask("textDocument/codeAction", {**whole, "context": {"diagnostics": [], "only": [kind]}})
        assert found and all(action["kind"].startswith(kind) for action in found), found


def ask_for_another_name(client, offered, uri):
    """Looks a story up, and gives it another title."""
    if "workspaceSymbolProvider" in offered:
        found = client.ask("workspace/symbol", {"query": "ausfall nacht"})
        assert any(symbol["location"]["uri"] == uri for symbol in found), found
    line = next(n for n, text in enumerate(client.contract.documents[uri][1].split("\n")) if text.startswith("# "))
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 8}}
    if isinstance(offered["renameProvider"], dict):
        assert client.ask("textDocument/prepareRename", place)["placeholder"]
    assert client.ask("textDocument/rename", {**place, "newName": "Der Ausfall"})


def execute_commands(client, offered):
    commands = offered.get("executeCommandProvider", {"commands": []})["commands"]
    assert set(commands) <= set(COMMANDS), f"nobody executes {set(commands) - set(COMMANDS)}"
    for command in commands:
        for argument in COMMANDS[command]:
            assert client.ask("workspace/executeCommand", {"command": command, "arguments": [argument]})


def change_settings(client, folder):
    """Settings and files change; a wrong setting is told of where the client was not asked for settings."""
    client.notify("workspace/didChangeConfiguration", {"settings": {"starling": {"rules": {"thin-action": "loud"}}}})
    change = {"uri": (folder / "starling.toml").as_uri(), "type": 2}
    # All is judged again: the same versions are published anew.
    client.contract.published.clear()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    if client.contract.pulls():
        client.wait(lambda message: message.get("method") == "workspace/diagnostic/refresh")
    elif not client.contract.announced("workspace", "configuration"):
        client.wait(lambda message: message.get("method") == "window/showMessage")


def whole_range(client, uri):
    text = client.contract.documents[uri][1]
    return {"start": {"line": 0, "character": 0}, "end": client.contract.position(text, len(text))}
