"""Cases that do not come out as stated, and verdicts without a case if asked for, as SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from checker.errors import Level, Place
from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.fingerprints import fingerprint
from checker.report.ci.sarif import Described, Json, location, run_of, sentence, write_log
from checker.trials import Trials
from checker.trials.said import failure_text, missing_text
from checker.words.message import Words

_FAILED, _MISSING = "not-as-stated", "missing-case"
_LEVELS = {_FAILED: Level.ERROR, _MISSING: Level.WARNING}


def write(tried: Trials, stream: TextIO, presentation: Presentation) -> None:
    """Writes one log with one run."""
    addresses, words = Addresses(presentation.root), Words(presentation.language)
    rules = [_described(code, level, words) for code, level in _LEVELS.items()]
    run = run_of(rules, f"checker-test/{tried.rulebook}/", (), addresses, words)
    write_log(run, _results(tried, addresses, words), stream)


def _described(code: str, level: Level, words: Words) -> Described:
    title, text, fix = (words(f"trial-{code}-{part}") for part in ("title", "why", "fix"))
    return Described(id=code, title=title, text=text, level=level, help=fix)


def _results(tried: Trials, addresses: Addresses, words: Words) -> Iterator[Json]:
    for trial in tried.failed:
        case = trial.case
        said = "; ".join(filter(None, (part for each in trial.failures for part in (failure_text(each, words), each.message))))
        yield _result(_FAILED, f"{case.rule}: {case.name}: {said}", case.place, f"{case.rule}/{case.name}", addresses)
    for each in tried.coverage:
        if each.lacking:
            yield _result(_MISSING, f"{each.rule}: {missing_text(each, words)}", each.place, each.rule, addresses)


def _result(code: str, said: str, place: Place, about: str, addresses: Addresses) -> Json:
    known = fingerprint(code, about)
    return {
        "ruleId": code,
        "ruleIndex": list(_LEVELS).index(code),
        "level": _LEVELS[code].value,
        "message": {"text": sentence(said)},
        "locations": [location(place, addresses)],
        "partialFingerprints": {"primaryLocationLineHash": f"{known}:1", "checkerFinding/v1": known},
    }
