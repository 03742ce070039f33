"""What Starling offers in Kate, by what its window says to a screen reader, and by keys."""

import os
import pathlib
import subprocess
import sys
import time

from gi.repository import Gio, GLib

LIMIT = 30  # seconds, for one thing to happen
BANK = pathlib.Path(os.environ["BANK"])
FILE = "flaky-builds-at-noon.md"  # its story has no Task


def wait(what, condition):
    """Waits until the condition gives something, which it may fail to do meanwhile, and returns that."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        try:
            if found := condition():
                return found
        except GLib.Error:
            pass  # The window has changed while it was looked at.
        time.sleep(0.05)
    sys.exit(f"{shown()}\n\nFAILED, not so within {LIMIT} s: {what}")


def prove(what, condition):
    found = wait(what, condition)
    print("ok:", what, flush=True)
    return found


class Element:
    """Something in a window, as its program describes it to a screen reader."""

    bus = None  # on which programs do that

    def __init__(self, program, path):
        self.program = program
        self.path = path

    def ask(self, interface, method, arguments=None):
        answer = self.bus.call_sync(self.program, self.path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 10_000, None)
        return answer.unpack()[0] if answer.n_children() else None

    def name(self):
        return self.ask("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Name")))

    def role(self):
        return self.ask("org.a11y.atspi.Accessible", "GetRoleName")

    def children(self):
        return [Element(*child) for child in self.ask("org.a11y.atspi.Accessible", "GetChildren")]

    def text(self):
        return self.ask("org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, -1)))

    def put_cursor(self, position):
        return self.ask("org.a11y.atspi.Text", "SetCaretOffset", GLib.Variant("(i)", (position,)))

    def middle(self):
        """Where it is on the screen, in pixels."""
        left, top, width, height = self.ask("org.a11y.atspi.Component", "GetExtents", GLib.Variant("(u)", (0,)))
        return left + width // 2, top + height // 2

    def act(self):
        return self.ask("org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))


SCREEN = Element("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")


def elements():
    """Everything that programs show or could show."""
    waiting = [SCREEN]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += element.children()


def find(name, role):
    return next((element for element in elements() if element.name() == name and element.role() == role), None)


def named(part):
    """Whether something has these words in its name."""
    return any(part in element.name() for element in elements())


def shown():
    return "\n".join(f"{element.role()}: {element.name()}" for element in elements() if element.name())


def press(name, role="menu item"):
    wait(f"{role} {name}", lambda: (found := find(name, role)) and found.act())


def text():
    return find(FILE, "text").text()


def place(before, after):
    """Puts the cursor between two texts."""
    position = text().index(before + after) + len(before)
    wait(f"the cursor after {before}", lambda: find(FILE, "text").put_cursor(position))


def xdotool(*arguments):
    return subprocess.run(["xdotool", *arguments], stdout=subprocess.PIPE, text=True).stdout


def window():
    """The X window of the file, once it is there."""
    return xdotool("search", "--onlyvisible", "--name", FILE).strip()


def missing_part():
    return named("has no Task")


def explained():
    """Whether something that is shown explains a principle."""
    return any(element.role() == "label" and not element.name() and "Dive Deep" in element.text() for element in elements())


def features():
    wait("the window", window)
    listen()  # Kate joins a bus that comes after it for certain, and one that is there already only at times.
    press("Yes", "push button")  # May the server be started?
    press("Switch to Diagnostics Tab")
    prove("a diagnostic says that the Task is missing", missing_part)

    xdotool("mousemove", *map(str, find(FILE, "text").middle()), "windowfocus", "--sync", window(), "click", "1")
    place("dive", "-deep")
    press("Symbol Info")
    prove("hovering over a principle explains it", explained)

    place("-standards", "]")
    xdotool("type", ", fru")
    prove("completion offers a principle", lambda: named("frugality"))
    xdotool("key", "Return")
    prove("what completion offers is inserted", lambda: "-standards, frugality]" in text())

    place("# Flaky", " builds")
    press("LSP Client")
    press("Code Action")
    press("[quickfix] Insert the Task")
    prove("a quick fix inserts the Task", lambda: "## Task" in text().partition("## Action")[0])
    prove("the diagnostic is gone", lambda: not missing_part())
    press("Save")  # Else Kate asks before it ends.
    wait("the file on the disk", lambda: "## Task" in (BANK / FILE).read_text())


def end(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def listen():
    """Joins the bus for those who read screens, which starts it."""
    session = Element("org.a11y.Bus", "/org/a11y/bus")
    session.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.ask("org.a11y.Bus", "GetAddress")
    client = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    Element.bus = Gio.DBusConnection.new_for_address_sync(address, client, None, None)


def main():
    ours, theirs = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(theirs), "-noreset", "-nolisten", "tcp"], pass_fds=[theirs])
    os.close(theirs)
    try:
        with os.fdopen(ours) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()
        kate = subprocess.Popen(["kate", "--startanon", "--block", BANK / FILE])
        try:
            features()
        finally:
            end(kate)
    finally:
        end(screen)


main()
