"""Every practice of the report on which the rulebook is built is a rule, and every figure of it is measured and shown."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LISTED: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "rulebooks" / "vn-party-grassroots.yaml").read_text(encoding="utf-8"))
INDICATORS = ROOT / "rules" / "vn-party-grassroots" / "indicators.yaml"
UNSTATED = "–"


def run(*command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_is_current() -> None:
    run("docs/practices.py", "--check")


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """What the report of the example says of each rule, one after another, without separators of thousands."""
    text = run("-m", "checker", "check", LISTED["submission"], "--lang", "en")
    blocks = re.split(r"^(?=[a-z0-9-]+: )", text, flags=re.MULTILINE)
    found: dict[str, str] = {}
    for block in blocks:
        rule = block.partition(":")[0]
        found[rule] = found.get(rule, "") + re.sub(r"\s+|(?<=\d),(?=\d{3})", lambda sign: "" if sign[0] == "," else " ", block)
    return found


def test_every_indicator_is_a_figure_of_a_practice() -> None:
    told = {each["id"] for each in yaml.safe_load(INDICATORS.read_text(encoding="utf-8"))["indicators"]}
    figures = (figure for practice in LISTED["practices"] for figure in practice["figures"])
    assert told == {figure["indicator"] for figure in figures if "indicator" in figure}


FIGURES = [
    (figure.get("rule") or figure["indicator"], figure["subject"], figure["figure"], figure.get("above"))
    for practice in LISTED["practices"]
    for figure in practice["figures"]
    if "subject" in figure and figure["figure"] != UNSTATED
]


@pytest.mark.parametrize(("rule", "subject", "figure", "above"), FIGURES)
def test_a_figure_of_the_report_stands_in_the_report_of_the_check(
    rule: str, subject: str, figure: str, above: str | None, shown: dict[str, str]
) -> None:
    (_, _, measured) = shown[rule].partition(subject)
    if above is None:
        plain = figure.replace(",", "").replace(" %", "%")
        assert re.search(rf"(?<![\d.]){re.escape(plain)}(?![\d.]\d)", measured), shown[rule]
    else:
        found = re.search(r"([\d.]+)%", measured)
        assert found, shown[rule]
        assert float(found[1]) > float(above.removesuffix("%"))
