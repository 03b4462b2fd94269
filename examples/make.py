"""Makes the example submissions again: `python examples/make.py`, or `--check` to compare instead of writing."""

from __future__ import annotations

import argparse
import filecmp
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from generator import (
    admission,
    changes,
    companies,
    congresses,
    enterprises,
    figures,
    following,
    inspection,
    parish,
    project,
    regulations,
)
from generator.faults import faults, seed
from generator.meetings import meetings
from generator.readme import listed
from generator.registry import organisations, territories
from generator.tables import Tables
from generator.writing import write_folder, write_workbook, write_yaml

HERE = Path(__file__).resolve().parent
GENERATOR = HERE / "generator"
_ENDINGS = {"text": "txt", "html": "html"}
_PLAIN = os.environ | {"COLUMNS": "80", "NO_COLOR": "1"}
NAME = "rach-gia-2019"
MANIFEST = {
    "title": "Đảng bộ thành phố Rạch Giá, năm 2019",
    "rulebook": "vn-party-grassroots",
    "period": "2019",
    "as_of": "2019-06-30",
    "submitted_by": "Ban Tổ chức Thành ủy Rạch Giá",
}


def tables() -> Tables:
    """The submission as it should be."""
    register = organisations()
    changed = changes.membership_changes(register)
    followed = following.followed_members(register)
    return {
        "organisations": register,
        "organisation_changes": changes.organisation_changes(register),
        "territories": territories(),
        "meetings": meetings(register),
        "documents": figures.documents(register),
        "document_sections": regulations.document_sections(register),
        "posts": regulations.posts(register),
        "campaigns": regulations.campaigns(),
        "campaign_attendance": regulations.campaign_attendance(register),
        "appraisals": regulations.appraisals(),
        "organisation_ratings": figures.organisation_ratings(register),
        "member_ratings": figures.member_ratings(register),
        "membership_changes": changed,
        "probationary_members": admission.probationary_members(changed),
        "congresses": congresses.congresses(register),
        "resolutions": congresses.resolutions(register),
        "targets": figures.targets(),
        "yearly_reports": figures.yearly_reports(register, changed),
        "inspections": inspection.inspections(),
        "inspection_targets": inspection.inspection_targets(register),
        "front_supervisions": inspection.front_supervisions(),
        "discipline": inspection.discipline(changed),
        "followed_members": followed,
        "member_months": following.member_months(followed),
        "enterprises": enterprises.enterprises(),
    }


SMALL = (
    ("parish-councils", "Three parish councils, 2023", parish),
    ("companies", "Four companies, 2024", companies),
    ("project", "A project's technical committee, 2024", project),
)
"""The further submissions, each by the name of its folder, what it is, and the module that makes it."""


REPORTS = (
    ("parish-councils-unmet", ("unmet", "examples/parish-councils", "--as-of", "2023-06-30")),
    ("companies-faulty", ("check", "examples/companies-faulty")),
    ("allotments", ("check", "examples/allotments/records/2025", "--rules", "examples/allotments/statutes")),
    (NAME, ("check", f"examples/{NAME}")),
)
"""The reports that are shown as text and as page: in the course of a year, of a yearly submission, a repository, and the city."""
_NARROWED = {(NAME, "html"): ("--max-findings", "5")}
"""A page that would be of many megabytes lists fewer of the findings that are alike."""


def _write_reports(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, command in REPORTS:
        for kind, ending in _ENDINGS.items():
            file = folder / f"{name}.{ending}"
            asked = (*command, *_NARROWED.get((name, kind), ()), "-f", f"{kind}={file}")
            # The exit code says what was found: here it is not asked.
            subprocess.run([sys.executable, "-m", "checker", *asked], cwd=HERE.parent, env=_PLAIN, check=False)
            file.chmod(0o644)


def make(target: Path) -> None:
    """Writes the submissions, each as it should be and with faults, into that folder."""
    _make_city(target)
    for name, title, maker in SMALL:
        write_folder(target / name, maker.MANIFEST, maker.tables())
        seeded, wrong = faults(GENERATOR / f"faults-{name}.yaml"), maker.tables()
        seed(wrong, seeded)
        write_folder(target / f"{name}-faulty", maker.MANIFEST | {"title": f"{title}, with faults"}, wrong)
        read_me = listed(seeded, name=name, title=title, day=maker.MANIFEST["as_of"])
        (target / f"{name}-faulty" / "README.md").write_text(read_me, encoding="utf-8")
    _write_reports(target / "reports")


def _make_city(target: Path) -> None:
    """Writes the three forms of the city's submission, and the faulty one."""
    right = tables()
    write_folder(target / NAME, MANIFEST, right)
    write_workbook(target / f"{NAME}.xlsx", MANIFEST, right)
    write_yaml(target / f"{NAME}.yaml", MANIFEST, right)
    faulty = target / f"{NAME}-faulty"
    title = {"title": f"{MANIFEST['title']} (có lỗi cài sẵn)", "as_of": "2019-12-31"}
    seeded, wrong = faults(GENERATOR / "faults-rach-gia.yaml"), tables()
    seed(wrong, seeded)
    write_folder(faulty, MANIFEST | title, wrong)
    read_me = listed(seeded, name=NAME, title="Rạch Giá 2019", day="31 December 2019")
    (faulty / "README.md").write_text(read_me, encoding="utf-8")


def differing(target: Path) -> list[str]:
    """The made files that are not, byte for byte, those in this folder."""
    made = sorted(path.relative_to(target) for path in target.rglob("*") if path.is_file())
    return [str(path) for path in made if not _same(target / path, HERE / path)]


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def main() -> int:
    """Makes the examples, or with `--check` says which files differ from what would be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    if not parser.parse_args().check:
        make(HERE)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        different = differing(Path(folder))
    for path in different:
        print(f"examples/{path} differs from what make.py makes; run python examples/make.py")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
