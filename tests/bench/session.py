"""What the benchmarks share: stories to measure with, and a client that speaks over the binary's pipes."""

import json
import os
import pathlib
import random
import re
import select
import subprocess
import sys
import time

BINARY = os.path.abspath(os.environ.get("STARLING_BIN", ""))
# Keys that are typed before the clock starts: the server reads its word lists at the first of them.
WARM_UP = 20

# Sentences of one story; figures in braces are drawn anew for each.
STORY = """\
# How {team} got {thing} under control, {number}

**Themes:** scaling, production incident

## Situation

In the spring I joined {team}, where {thing} had become the first complaint of every customer. It took {big} requests a \
minute and had grown for {small} years without an owner. The people who had built it were gone, and what they knew was \
spread over old tickets and a wiki that nobody trusted. An alert went off {small} times a week, mostly at night, and each \
one took half a day to close. Everybody had a theory, and no two were the same: some blamed the database, others the \
network, and one of us the weather.

## Task

I was asked to bring the rate of errors under {percent}% within {small} weeks and to report every Friday. Nothing that was \
already promised might be late, and there was no money for more machines. I also had to keep {team} with me, since the \
last attempt had cost them a holiday.

## Action

I began with a year of alerts and sorted them by cause before I listened to any theory. I wrote two pages, gave them to \
the three loudest doubters, and wrote them again. While the first change went out, I paired with the newest of us.

- I measured the slow path with `EXPLAIN ANALYZE` and found one query that took {big} ms.
- I replaced the nightly batch by a worker that drains the queue every {small} minutes.
- I added an alert on lag and a [dashboard](dashboards/{number}.md), and removed {small} that cried wolf.
- I rehearsed the way back **twice** with support before we went live.
- I moved the configuration under review and deleted {big} lines that nobody called.

## Result

{result} Next time I would ask support first: they knew of it long before our alerts did. It was significantly calmer.
"""
MEASURED = """\
Within {small} weeks p99 latency fell from {big} ms to {percent} ms, and alerts from {small} a week to one a month. The \
customer stayed for two more years, worth about €{big},000, and named the work in the contract. {small} other teams took \
the worker over as it was."""
TEAMS = ("the payments team", "our platform group", "the search team", "a team of six", "the night shift")
# Two stories in three have something to be said of them.
VAGUE = """\
Checkout was much faster and the nights were considerably quieter. The customer stayed and named the work in the contract. \
Other teams took the worker over as it was."""
THINGS = ("checkout", "the billing queue", "the search index", "the release train", "the partner API")


def story(chance, number):
    """One story of about three thousand bytes."""
    figures = {"big": lambda: chance.randint(120, 999), "small": lambda: chance.randint(2, 12),
               "percent": lambda: chance.randint(13, 80), "team": lambda: chance.choice(TEAMS),
               "thing": lambda: chance.choice(THINGS), "number": lambda: number}
    text = STORY.replace("{result}", VAGUE if number % 3 == 0 else MEASURED)
    if number % 3 == 1:
        text = text.replace("I wrote", "We wrote").replace("I paired", "we paired").replace("- I", "- We")
    return re.sub(r"\{(\w+)\}", lambda found: str(figures[found[1]]()), text)


def bank(size):
    """Stories of `size` bytes together, the same at every run."""
    chance = random.Random(size)
    stories = []
    while sum(map(len, stories)) < size - len(STORY) / 2:
        stories.append(story(chance, len(stories)))
    return "\n".join(stories)


class Wire:
    """A process that speaks with headers."""

    def __init__(self, command, folder):
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.unread = bytearray()

    def write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        data = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        start = time.perf_counter()
        self.process.stdin.write(data)
        return start, len(data)

    def read(self):
        """The next message, when its last byte came, and its length."""
        while (head := self.unread.find(b"\r\n\r\n") + 4) < 4:
            self.more()
        end = head + int(re.search(rb"content-length: *(\d+)", self.unread[:head], re.IGNORECASE)[1])
        while len(self.unread) < end:
            self.more()
        came = time.perf_counter()
        body = self.unread[head:end]
        del self.unread[:end]
        return json.loads(bytes(body)), came, end

    def more(self):
        chunk = os.read(self.process.stdout.fileno(), 1 << 20)
        if not chunk:
            sys.exit(f"error: {self.process.args[0]} ended early")
        self.unread += chunk

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Session:
    """A server with a client that is pushed diagnostics, or pulls them."""

    def __init__(self, folder, pulls=False):
        self.folder = folder
        self.pulls = pulls
        self.asked = 1
        self.started = time.perf_counter()
        self.wire = Wire([BINARY, "lsp"], folder)
        capabilities = {"textDocument": {
            "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "dataSupport": True}}}
        if pulls:
            capabilities["textDocument"]["diagnostic"] = {"relatedDocumentSupport": True}
            capabilities["workspace"] = {"diagnostics": {"refreshSupport": True}}
        self.wire.write({"id": 1, "method": "initialize", "params": {
            "processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": capabilities}})
        answered = self.until(lambda message: message.get("id") == 1)
        self.start = answered[0] - self.started
        self.notify("initialized", {})

    def notify(self, method, params):
        return self.wire.write({"method": method, "params": params})

    def request(self, method, params):
        """The answer to a request, and when it came."""
        self.asked += 1
        self.wire.write({"id": self.asked, "method": method, "params": params})
        answer = {}

        def wanted(message):
            answer.update(message if message.get("id") == self.asked else {})
            return bool(answer)

        came, _ = self.until(wanted)
        return answer.get("result"), came

    def until(self, wanted):
        """When the message came that is waited for, and its length."""
        while True:
            message, came, length = self.wire.read()
            if wanted(message):
                return came, length

    def published(self, uri, version):
        def wanted(message):
            params = message.get("params", {})
            return message.get("method") == "textDocument/publishDiagnostics" \
                and params["uri"] == uri and params.get("version") == version
        return self.until(wanted)

    def open(self, name, text):
        uri = (self.folder / name).as_uri()
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "markdown", "version": 0, "text": text}})
        if not self.pulls:
            self.published(uri, 0)
        return uri

    def type(self, uri, place, keys, ask=None):
        """Seconds of each key at (line, character), with the lengths of its messages: until its diagnostics have come, or the
        answer to what is asked right behind it."""
        line, character = place
        times = []
        for version in range(1, keys + WARM_UP + 1):
            typed = version % 2 == 1
            end = character if typed else character + 1
            sent, asked = self.notify("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": {"start": {"line": line, "character": character},
                                              "end": {"line": line, "character": end}},
                                    "text": "x" if typed else ""}]})
            if ask is None:
                came, said = self.published(uri, version)
            else:
                came, said = self.ask(ask, uri, place, version)
            times.append(came - sent)
        return times[WARM_UP:], (asked, said)

    def ask(self, method, uri, place, version):
        """When a request about a place is answered, and the length of the answer; the diagnostics come, too."""
        line, character = place
        self.asked += 1
        self.wire.write({"id": self.asked, "method": method, "params": {
            "textDocument": {"uri": uri}, "position": {"line": line, "character": character}}})
        answer, published = None, self.pulls
        while answer is None or not published:
            message, came, length = self.wire.read()
            if message.get("id") == self.asked:
                answer = came, length
            published |= message.get("params", {}).get("version") == version
        return answer

    def wait_until_idle(self):
        """Waits until the server has used no processor for two seconds; what it says is thrown away."""
        times, since = None, time.monotonic()
        while time.monotonic() < since + 2:
            if select.select([self.wire.process.stdout], [], [], 0.1)[0]:
                self.wire.more()
                self.wire.unread.clear()
            if times != (times := self.processor_times()):
                since = time.monotonic()

    def processor_times(self):
        return pathlib.Path(f"/proc/{self.wire.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]

    def memory(self):
        status = pathlib.Path(f"/proc/{self.wire.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def close(self):
        self.notify("exit", None)
        self.wire.close()
