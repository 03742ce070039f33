"""Reports of `starling check` for other programs, against the schemas that those go by."""

import json
import os
import pathlib
import subprocess
import xml.etree.ElementTree as ET

import jsonschema
import pytest
import xmlschema

HERE = pathlib.Path(__file__).parent
SARIF = json.loads((HERE / "schemas" / "sarif-2.1.0.json").read_text())
JUNIT = xmlschema.XMLSchema(HERE / "schemas" / "junit-10.xsd")

# Something for each kind of finding, with characters that JSON, XML and addresses have to escape.
STORY = """\
# The “queue” & <its> 🎉 night \u0007

**Sitation:** The checkout of our shop failed for a third of all customers.

**Action:** We rolled the release back.

**Result:** The error rate fell a lot.

**Themes:** <nothing> & "more"
"""

FOLDERS = {
    "nothing": {},
    "well": {"a.md": "# Shopping\n"},
    "findings": {"notes/a & b <c> #1 100% é.md": STORY, "copy.md": STORY},
    "settings": {"starling.toml": "[rulez]\n", "a.md": STORY},
}


def check(folder, *arguments):
    program = [os.environ["STARLING_BIN"], "check", *arguments]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(params=FOLDERS)
def folder(request, tmp_path):
    for name, text in FOLDERS[request.param].items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def findings(report):
    return [(file["path"], finding) for file in report["files"] for finding in file["findings"]]


def test_sarif(folder):
    report = json.loads(check(folder, "--format", "json").stdout)
    sarif = json.loads(check(folder, "--format", "sarif").stdout)
    jsonschema.Draft7Validator(SARIF, format_checker=jsonschema.FormatChecker()).validate(sarif)
    run = sarif["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(findings(report))
    for (_, finding), result in zip(findings(report), run["results"], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding["rule"]
        assert result["message"]["text"] == finding["message"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert finding["range"]["start"] == {"line": region["startLine"], "column": region["startColumn"]}


def test_junit(folder):
    report = json.loads(check(folder, "--format", "json").stdout)
    for fail_on, failing in ("hint", {"hint", "information", "warning", "error"}), ("error", {"error"}):
        xml = check(folder, "--format", "junit", "--fail-on", fail_on).stdout
        JUNIT.validate(xml)
        root = ET.fromstring(xml)
        failures = [finding["rule"] for _, finding in findings(report) if finding["severity"] in failing]
        assert [element.get("type") for element in root.iter("failure")] == failures
        assert root.get("failures") == str(len(failures))
        assert len(list(root.iter("testcase"))) == max(1, len(findings(report)))


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00\x00")
    run = json.loads(check(tmp_path, "a.md", "gone <1>.md", "--format", "sarif").stdout)
    jsonschema.validate(run, SARIF)
    invocation = run["runs"][0]["invocations"][0]
    assert not invocation["executionSuccessful"]
    assert len(invocation["toolExecutionNotifications"]) == 2
    xml = check(tmp_path, "a.md", "gone <1>.md", "--format", "junit").stdout
    JUNIT.validate(xml)
    assert ET.fromstring(xml).get("errors") == "2"
