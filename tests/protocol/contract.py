"""What a server may use, by what the client announced."""

import re

# Dynamic registration, by method: where a client announces it.
REGISTRATIONS = {
    "workspace/didChangeWatchedFiles": ("workspace", "didChangeWatchedFiles"),
    "workspace/didChangeConfiguration": ("workspace", "didChangeConfiguration"),
}

# Requests of the server, with the capability that allows them.
SERVER_REQUESTS = {
    "workspace/configuration": ("workspace", "configuration"),
    "workspace/workspaceFolders": ("workspace", "workspaceFolders"),
    "workspace/applyEdit": ("workspace", "applyEdit"),
    "workspace/diagnostic/refresh": ("workspace", "diagnostics", "refreshSupport"),
    "workspace/inlayHint/refresh": ("workspace", "inlayHint", "refreshSupport"),
    "workspace/semanticTokens/refresh": ("workspace", "semanticTokens", "refreshSupport"),
    "workspace/codeLens/refresh": ("workspace", "codeLens", "refreshSupport"),
    "window/showDocument": ("window", "showDocument", "support"),
    "window/workDoneProgress/create": ("window", "workDoneProgress"),
}

# Kinds that a client knows that names none: those of the first version of the protocol.
FIRST_COMPLETION_KINDS = range(1, 19)
FIRST_SYMBOL_KINDS = range(1, 19)

SNIPPET = 2


def order(position):
    """Positions compare as their lines and characters do."""
    return position["line"], position["character"]


class Contract:
    """The capabilities of a client, its documents, and what the server has used so far."""

    def __init__(self, capabilities):
        self.capabilities = capabilities
        self.offered = {}
        self.documents = {}
        # The version of each that diagnostics were last published for.
        self.published = {}
        # The parameters of the request that is being answered.
        self.asking = {}
        self.used = set()

    # --- What the client announced ---

    def announced(self, *path):
        found = self.capabilities
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def text(self, *path):
        return self.announced("textDocument", *path)

    def item(self, *path):
        return self.text("completion", "completionItem", *path)

    def diagnostics(self, name):
        return self.text("publishDiagnostics", name) or self.pulls() and self.text("diagnostic", name)

    def pulls(self):
        """Whether diagnostics are to be pulled: a client that pulls must be able to be told to do so again."""
        refresh = self.announced("workspace", "diagnostics", "refreshSupport")
        return self.text("diagnostic") is not None and bool(refresh)

    def uses(self, feature, allowed):
        assert allowed, f"the client did not announce {feature}"
        self.used.add(feature)

    # --- Its documents ---

    @property
    def asking_about(self):
        return self.asking.get("textDocument", {}).get("uri")

    def open(self, uri, text):
        self.documents[uri] = (1, text)

    def append(self, uri, text):
        version, before = self.documents[uri]
        self.documents[uri] = (version + 1, before + text)
        return version + 1, self.position(before, len(before))

    def position(self, text, at):
        line = text.count("\n", 0, at)
        return {"line": line, "character": self.units(text[text.rfind("\n", 0, at) + 1 : at])}

    def units(self, text):
        match self.offered["positionEncoding"]:
            case "utf-8":
                return len(text.encode())
            case "utf-16":
                return len(text.encode("utf-16-le")) // 2
            case "utf-32":
                return len(text)

    def inside(self, uri, place):
        """Checks a range of an open document: it must exist in the text, and not end before it begins."""
        if uri not in self.documents:
            return
        lines = self.documents[uri][1].split("\n")
        start, end = order(place["start"]), order(place["end"])
        assert start <= end, place
        for line, character in (start, end):
            assert line < len(lines) and character <= self.units(lines[line]), f"{place} is outside of {uri}"

    # --- What the server sends ---

    def check(self, message, method):
        if "method" in message:
            self.check_own(method, message.get("params"))
        elif message.get("result") is not None:
            check = CHECKS.get(method)
            if check:
                check(self, message["result"])

    def check_own(self, method, params):
        """A notification or a request of the server."""
        if method == "textDocument/publishDiagnostics":
            self.check_published(params)
        elif method == "client/registerCapability":
            for registration in params["registrations"]:
                where = REGISTRATIONS[registration["method"]]
                self.uses("registration", self.announced(*where, "dynamicRegistration"))
        elif method in SERVER_REQUESTS:
            self.uses(method, self.announced(*SERVER_REQUESTS[method]))
            self.check_edit(params["edit"] if method == "workspace/applyEdit" else {})
        elif method == "$/progress":
            self.uses(method, self.announced("window", "workDoneProgress"))
        elif method == "starling/bankChanged":
            self.uses(method, self.announced("experimental", "starlingBank"))
        else:
            assert method in ("window/showMessage", "window/logMessage"), f"{method} is not checked here"

    def initialized(self, result):
        self.offered = result["capabilities"]
        encodings = self.announced("general", "positionEncodings") or ["utf-16"]
        self.uses(self.offered.get("positionEncoding", "utf-16"), self.offered["positionEncoding"] in encodings)
        assert ("diagnosticProvider" in self.offered) == self.pulls()
        self.used.add("pull" if self.pulls() else "push")
        for feature in ("semanticTokens", "inlayHint"):
            assert f"{feature}Provider" not in self.offered or self.text(feature) is not None, feature

    def check_published(self, params):
        uri = params["uri"]
        current = self.documents.get(uri, (None, ""))[0]
        if current is not None:
            assert not self.pulls(), f"{uri} is pushed to a client that pulls"
            assert self.published.get(uri, 0) <= params["version"] <= current, f"{params} in version {current}"
            self.published[uri] = params["version"]
        # Of an earlier version the text is not at hand, which its places stand in.
        self.check_diagnostics(uri if params.get("version") == current else None, params["diagnostics"])

    def check_diagnostics(self, uri, diagnostics):
        for diagnostic in diagnostics:
            self.inside(uri, diagnostic["range"])
            if "relatedInformation" in diagnostic:
                self.uses("relatedInformation", self.diagnostics("relatedInformation"))
                for related in diagnostic["relatedInformation"]:
                    self.inside(related["location"]["uri"], related["location"]["range"])
            if "codeDescription" in diagnostic:
                self.uses("codeDescription", self.diagnostics("codeDescriptionSupport"))
            if "data" in diagnostic:
                self.uses("data", self.diagnostics("dataSupport"))
            for tag in diagnostic.get("tags", []):
                self.uses("tags", tag in (self.diagnostics("tagSupport") or {}).get("valueSet", []))

    def check_report(self, report):
        self.uses("pulled", self.pulls())
        self.check_diagnostics(self.asking_about, report.get("items", []))

    def check_markup(self, feature, content, kinds):
        """Documentation in the kind that the client likes best; plain text if it names none."""
        kind = "plaintext" if isinstance(content, str) else content["kind"]
        self.uses(f"{feature} in {kind}", kind == (kinds or ["plaintext"])[0])

    def check_hover(self, hover):
        if "range" in hover:
            self.inside(self.asking_about, hover["range"])
        self.check_markup("hover", hover["contents"], self.text("hover", "contentFormat"))

    def check_completions(self, result):
        items = result if isinstance(result, list) else result["items"]
        for name in {} if isinstance(result, list) else result.get("itemDefaults", {}):
            self.uses("itemDefaults", name in (self.text("completion", "completionList", "itemDefaults") or []))
        for item in items:
            self.check_item(item)

    def check_item(self, item):
        kinds = self.text("completion", "completionItemKind", "valueSet") or FIRST_COMPLETION_KINDS
        assert item.get("kind", 1) in kinds, f"the client does not know the kind of {item}"
        snippet = item.get("insertTextFormat") == SNIPPET
        if snippet:
            self.uses("snippets", self.item("snippetSupport"))
        text = item["textEdit"]["newText"] if "textEdit" in item else item.get("insertText", item["label"])
        assert snippet or not re.search(r"\$(\d|\{\d)", text), f"a snippet that is not called one: {item}"
        for edit in [item.get("textEdit"), *item.get("additionalTextEdits", [])]:
            if edit and "range" in edit:
                self.inside(self.asking_about, edit["range"])
        if "insert" in item.get("textEdit", {}):
            self.uses("insertReplace", self.item("insertReplaceSupport"))
        if "insertTextMode" in item:
            modes = self.item("insertTextModeSupport", "valueSet") or []
            self.uses("insertTextMode", item["insertTextMode"] in modes)
        for name in ("labelDetails", "preselect", "commitCharacters", "deprecated"):
            if name in item:
                support = "commitCharactersSupport" if name == "commitCharacters" else f"{name}Support"
                self.uses(name, self.item(support))
        for tag in item.get("tags", []):
            self.uses("completion tags", tag in (self.item("tagSupport", "valueSet") or []))
        if "documentation" in item:
            self.check_markup("documentation", item["documentation"], self.item("documentationFormat"))

    def check_resolved(self, item):
        """Only what a client can do without until then may come later."""
        later = {"documentation", "detail", *(self.item("resolveSupport", "properties") or [])}
        for name in set(item) | set(self.asking):
            assert name in later or item.get(name) == self.asking.get(name), f"{name} came later: {item}"
        self.check_item(item)

    def check_actions(self, actions):
        for action in actions:
            literal = not isinstance(action.get("command"), str)
            assert not literal or self.text("codeAction", "codeActionLiteralSupport"), action
            if "isPreferred" in action:
                self.uses("isPreferred", self.text("codeAction", "isPreferredSupport"))
            for name in ("disabled", "data"):
                if name in action:
                    self.uses(f"{name} of actions", self.text("codeAction", f"{name}Support"))
            # Nobody has announced a command in `initializationOptions`, and the server has none.
            commands = (self.offered.get("executeCommandProvider") or {}).get("commands", [])
            command = action.get("command")
            assert command is None or command["command"] in commands, f"nobody knows {command}"
            self.check_edit(action.get("edit", {}))
            self.check_diagnostics(self.asking_about, action.get("diagnostics", []))

    def check_edit(self, edit):
        assert len(edit) <= 1, f"changes are told twice: {edit}"
        for uri, edits in edit.get("changes", {}).items():
            self.used.add("changes")
            for change in edits:
                self.inside(uri, change["range"])
        for change in edit.get("documentChanges", []):
            self.uses("documentChanges", self.announced("workspace", "workspaceEdit", "documentChanges"))
            if "kind" in change:
                operations = self.announced("workspace", "workspaceEdit", "resourceOperations") or []
                self.uses(change["kind"], change["kind"] in operations)
                continue
            document = change["textDocument"]
            if document["uri"] in self.documents:
                assert document["version"] == self.documents[document["uri"]][0], change
            for part in change["edits"]:
                assert "annotationId" not in part and "snippet" not in part, part
                self.inside(document["uri"], part["range"])

    def check_symbols(self, symbols):
        kinds = self.text("documentSymbol", "symbolKind", "valueSet") or FIRST_SYMBOL_KINDS
        for symbol in symbols:
            assert symbol["kind"] in kinds, symbol
            if "location" in symbol:
                self.used.add("flat symbols")
                self.inside(symbol["location"]["uri"], symbol["location"]["range"])
            else:
                self.uses("nested symbols", self.text("documentSymbol", "hierarchicalDocumentSymbolSupport"))
                outer, inner = symbol["range"], symbol["selectionRange"]
                assert order(outer["start"]) <= order(inner["start"]), symbol
                assert order(inner["end"]) <= order(outer["end"]), symbol
                self.check_symbols(symbol.get("children", []))

    def check_folds(self, folds):
        for fold in folds:
            assert fold["startLine"] < fold["endLine"], fold
            if "collapsedText" in fold:
                self.uses("collapsedText", self.text("foldingRange", "foldingRange", "collapsedText"))

    def check_links(self, links):
        for link in links:
            self.inside(self.asking_about, link["range"])
            if "tooltip" in link:
                self.uses("link tooltips", self.text("documentLink", "tooltipSupport"))

    def check_hints(self, hints):
        for hint in hints:
            self.used.add("hints")
            self.inside(self.asking_about, {"start": hint["position"], "end": hint["position"]})

    def check_tokens(self, tokens):
        legend = self.offered["semanticTokensProvider"]["legend"]["tokenTypes"]
        data = tokens["data"]
        assert len(data) % 5 == 0
        end = 0
        for lines, columns, length, kind, modifiers in zip(*[iter(data)] * 5):
            end = 0 if lines else end
            # Relative to the start of the last one, so at least its length away on the same line.
            assert length > 0 and kind < len(legend) and modifiers == 0 and columns >= end, tokens
            end = length
            self.used.add("tokens")


CHECKS = {
    "initialize": Contract.initialized,
    "textDocument/diagnostic": Contract.check_report,
    "textDocument/hover": Contract.check_hover,
    "textDocument/completion": Contract.check_completions,
    "completionItem/resolve": Contract.check_resolved,
    "textDocument/codeAction": Contract.check_actions,
    "textDocument/documentSymbol": Contract.check_symbols,
    "textDocument/foldingRange": Contract.check_folds,
    "textDocument/documentLink": Contract.check_links,
    "textDocument/inlayHint": Contract.check_hints,
    "textDocument/semanticTokens/full": Contract.check_tokens,
    "textDocument/semanticTokens/range": Contract.check_tokens,
}
