"""A client of the language server that announces what an editor does, and checks every message that it is sent."""

import json
import os
import queue
import subprocess
import threading
import time

import contract
import shapes

# Seconds that an answer may take; the machine may be busy.
PATIENCE = 30


class Client:
    """A running server, with everything that it said so far."""

    def __init__(self, folder, editor):
        self.folder = folder
        self.sends = editor["sends"]
        self.contract = contract.Contract(editor["capabilities"])
        self.asked = {}
        self.messages = []
        self.incoming = queue.Queue()
        self.over = False
        self.process = subprocess.Popen(
            [os.environ["STARLING_BIN"], "lsp"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        threading.Thread(target=self._read, daemon=True).start()

    def initialize(self):
        """Initializes as the editor does, and returns what the server offers."""
        root = self.folder.as_uri()
        params = {
            "processId": os.getpid() if self.sends["processId"] else None,
            "rootUri": root if self.sends["rootUri"] else None,
            "capabilities": self.contract.capabilities,
        }
        if self.sends["workspaceFolders"]:
            params["workspaceFolders"] = [{"uri": root, "name": "bank"}]
        offered = self.ask("initialize", params)["capabilities"]
        self.notify("initialized", {})
        return offered

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def ask(self, method, params):
        """Sends a request and waits for its result; an error is a failure."""
        number = len(self.asked) + 1
        self.asked[number] = method
        self.contract.asking = params or {}
        self._send({"id": number, "method": method, "params": params})
        answer = self.wait(lambda message: "method" not in message and message["id"] == number)
        assert "error" not in answer, f"{method} {params}: {answer}"
        return answer["result"]

    def wait(self, wanted, patience=PATIENCE):
        """Takes messages in until one is wanted."""
        deadline = time.monotonic() + patience
        while True:
            left = deadline - time.monotonic()
            try:
                message = self.incoming.get(timeout=max(left, 0.001))
            except queue.Empty:
                raise AssertionError(f"the server is silent; last: {self.messages[-3:]}") from None
            assert message is not None, "the server hung up"
            self._take(message)
            if wanted(message):
                return message

    def open(self, uri, text):
        document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.contract.open(uri, text)
        self.notify("textDocument/didOpen", {"textDocument": document})

    def type(self, uri, text):
        """Types at the end of a document, one character after the other; returns the version that comes of it."""
        for character in text:
            version, position = self.contract.append(uri, character)
            change = {"range": {"start": position, "end": position}, "text": character}
            document = {"uri": uri, "version": version}
            self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        return version

    def finish(self):
        """Ends the session; nothing may be left that was not checked."""
        self.ask("shutdown", None)
        self._send({"method": "exit"})
        self.over = True
        assert self.process.wait(PATIENCE) == 0
        while (message := self.incoming.get(timeout=PATIENCE)) is not None:
            self._take(message)

    def _take(self, message):
        self.messages.append(message)
        method = shapes.check(message, self.asked)
        self.contract.check(message, method)
        if "method" in message and "id" in message and not self.over:
            self._send({"id": message["id"], "result": self._answer(method, message.get("params"))})

    @staticmethod
    def _answer(method, params):
        """No settings, no edits: what the server asks for in vain must do no harm."""
        match method:
            case "workspace/configuration":
                return [None] * len(params["items"])
            case "workspace/applyEdit":
                return {"applied": False}

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self):
        stream = self.process.stdout
        while header := stream.readline():
            name, length = header.split(b": ")
            assert name == b"Content-Length" and stream.readline() == b"\r\n"
            self.incoming.put(json.loads(stream.read(int(length))))
        self.incoming.put(None)
