"""The benchmark's clock, and the page that it writes."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.report import page
from benchmarks.results import Results, Row
from benchmarks.stages import REST, STAGES
from benchmarks.targets import ADJUDICATION, targets

RULES = Path(__file__).parents[2] / "benchmarks" / "rules" / "benchmark"


def test_each_stage_is_gone_through(tmp_path: Path) -> None:
    generate(tmp_path / "filed", 10_000, "parquet")
    arguments = ["check", str(tmp_path / "filed"), "--rules", str(RULES), "--output", str(tmp_path / "report.txt"), "--quiet"]
    subprocess.run([sys.executable, "-m", "benchmarks.stages", str(tmp_path / "stages.json"), *arguments], check=False)
    told = json.loads((tmp_path / "stages.json").read_text(encoding="utf-8"))
    assert list(told) == [*STAGES, REST]
    assert set(ADJUDICATION) < set(told)


def test_a_target_is_reached_or_not() -> None:
    of_a_million = ("sizes", "1,000,000 organisations, Parquet")
    floor = Row(*of_a_million, "hand-fused SQL (the floor)", [4.0, 5.0, 6.0], [1] * 3)
    slow = Row(*of_a_million, "checker", [8.0, 9.0, 12.0], [10**9] * 3)
    found = {each.what.partition(": ")[2]: (each.figure, each.reached) for each in targets(Results(rows=[floor, slow]))}
    assert found == {"at most 1.2 times the floor": ("2.00", False), "at most 1 GB": ("1,000 MB", True)}


def test_the_page_says_what_is_not_reached() -> None:
    rows = [Row("rules", f"{number} rules, 100,000 organisations", "checker", [number / 10.0], [1]) for number in (10, 50, 100)]
    rows += [Row("profile", "52", stage, [1.0]) for stage in STAGES]
    rows[2] = Row("rules", rows[2].submission, "checker", [11.0], [1])
    written = page(Results(rows=rows))
    assert "at most 5 times | 5.00 | yes |" in written
    assert "at most 2 times | 2.20 | **no** |" in written
    assert "| durable-rules | 1.000 s, 7% |" in written
