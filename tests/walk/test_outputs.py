"""Where reports and findings go: files, links, devices and pipes; and that nothing half-written is left behind."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.atomic_write import PUBLIC, draft_of
from tests.tiny import TINY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices, links and modes as POSIX has them")
RULES = (
    TINY
    + """\
  - {id: peopled, title: Peopled, cites: law art. 1, for: organisations, require: {condition: {that: members >= 9}}}
"""
)
MANY = 1_000
"""Of so many findings a report, and the list of them, is larger than what a pipe holds."""


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a submission is checked with in which each organisation violates a rule."""
    folder = tmp_path_factory.mktemp("filed")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    rows = "".join(f"O{number},1\n" for number in range(MANY))
    (folder / "organisations.csv").write_text(f"id,members\n{rows}", encoding="utf-8")
    judged = ["--rules", str(folder / "rules.yaml"), "--period", "2019", "--as-of", "2019-12-31", "--lang", "vi"]
    return [sys.executable, "-m", "checker", "check", str(folder / "organisations.csv"), *judged]


Ran = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def ran(checked: list[str], tmp_path: Path) -> Ran:
    """Checks it in the folder of the test."""

    def ran(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
        command = [*checked, *arguments]
        return subprocess.run(command, cwd=tmp_path, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=300)

    return ran


def written(path: Path, text: str, mode: int | None = None) -> None:
    with draft_of(path) if mode is None else draft_of(path, mode) as draft:
        draft.write_text(text, encoding="utf-8")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_files_are_private_unless_they_tell_of_nobody(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        written(tmp_path / "report", "of people")
        written(tmp_path / "schema", "of nobody", PUBLIC)
    finally:
        os.umask(before)
    assert (mode_of(tmp_path / "report"), mode_of(tmp_path / "schema")) == (0o600, 0o644)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_an_existing_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "report"
    file.write_text("old", encoding="utf-8")
    file.chmod(mode)
    written(file, "new", PUBLIC)
    assert (file.read_text(encoding="utf-8"), mode_of(file)) == ("new", mode)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_an_existing_file_keeps_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.touch()
    os.chown(file, 12345, 54321)
    written(file, "new")
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 54321)


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "report").symlink_to("second")
    (tmp_path / "second").symlink_to(tmp_path / "elsewhere" / "real")
    for text in ("made", "replaced"):
        written(tmp_path / "report", text)
        assert (tmp_path / "elsewhere" / "real").read_text(encoding="utf-8") == text
    assert (tmp_path / "report").is_symlink()
    assert (tmp_path / "second").is_symlink()


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)], ids=["a folder", "a link to itself"])
def test_what_cannot_be_written_into_stays(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "report")
    with pytest.raises(OSError, match=r"directory|symbolic links"):
        written(tmp_path / "report", "new")
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_what_fails_half_way_leaves_the_old_file_alone(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("old", encoding="utf-8")

    def fail() -> None:
        with draft_of(tmp_path / "report") as draft:
            draft.write_text("half", encoding="utf-8")
            raise InterruptedError("in the middle")

    with pytest.raises(InterruptedError, match="middle"):
        fail()
    assert (tmp_path / "report").read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may make devices")
@pytest.mark.parametrize("minor", [3, 7], ids=["null", "full"])
def test_devices_stay_devices(ran: Ran, tmp_path: Path, minor: int) -> None:
    for name in ("device.json", "device.csv"):
        os.mknod(tmp_path / name, stat.S_IFCHR | 0o666, os.makedev(1, minor))
    ended = ran("-f", "json=device.json", "--findings", "device.csv")
    assert ended.returncode == (1 if minor == 3 else 2), ended.stderr
    assert ("không còn chỗ trống" in ended.stderr.decode()) == (minor == 7)
    assert all(stat.S_ISCHR((tmp_path / name).stat().st_mode) for name in ("device.json", "device.csv"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["device.csv", "device.json"]


@pytest.mark.parametrize("findings", ["pipe.csv", "pipe.parquet", "pipe.ndjson"])
def test_pipes_are_written_into(ran: Ran, tmp_path: Path, findings: str) -> None:
    got: dict[str, bytes] = {}
    for name in ("pipe.json", findings):
        os.mkfifo(tmp_path / name)
    readers = [
        threading.Thread(target=lambda name=name: got.update({name: (tmp_path / name).read_bytes()}), daemon=True)
        for name in ("pipe.json", findings)
    ]
    for reader in readers:
        reader.start()
    ended = ran("-f", "json=pipe.json", "--findings", findings)
    for reader in readers:
        reader.join(60)
    assert ended.returncode == 1, ended.stderr
    assert got["pipe.json"].rstrip().endswith(b"}")
    assert len(got["pipe.json"]) > 2**16
    assert ran("--output", "r.json", "-f", "json", "--findings", f"plain{Path(findings).suffix}").returncode == 1
    assert got[findings] == (tmp_path / f"plain{Path(findings).suffix}").read_bytes()
    assert got["pipe.json"] == (tmp_path / "r.json").read_bytes()
    assert all(stat.S_ISFIFO((tmp_path / name).stat().st_mode) for name in ("pipe.json", findings))


@pytest.mark.skipif(sys.platform != "linux", reason="where an open file has a name")
@pytest.mark.parametrize("name", ["/dev/stdout", "/proc/self/fd/1", "/dev/fd/1", "out"])
def test_a_name_of_standard_output_is_standard_output(ran: Ran, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").symlink_to("/dev/stdout")
    (tmp_path / "log").write_text("before\n", encoding="utf-8")
    with (tmp_path / "log").open("ab") as log:
        assert ran("-f", f"json={name}", stdout=log.fileno()).returncode == 1
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert text.startswith("before\n{")
    assert text.endswith("}\n")


def test_reports_that_would_overwrite_one_another_are_refused(ran: Ran, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("report.csv")
    for arguments in (
        ("-f", "json=report.csv", "-f", "html=./report.csv"),
        ("-f", "json=report.csv", "--findings", "link.csv"),
        ("--findings", "report.csv", "--findings", "link.csv"),
    ):
        assert ran(*arguments).returncode == 2
    assert not (tmp_path / "report.csv").exists()


def test_files_that_grow_too_large_leave_nothing_behind(checked: list[str], tmp_path: Path) -> None:
    """As on a full disk: the limit of the shell is in blocks, and it holds for the report and the findings."""
    (tmp_path / "report.json").write_text("old", encoding="utf-8")
    script = 'ulimit -f 2; "$@"'
    for target in (("-f", "json=report.json"), ("-q", "--findings", "new.csv")):
        command = ["/bin/sh", "-c", script, "sh", *checked, *target]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
        assert ended.returncode == 2, ended.stderr
        assert "Traceback" not in ended.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == "old"
