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
from checker.words.catalogue import FALLBACK
from checker.words.message import Words

_FAILED = Described(
    id="not-as-stated",
    title="A case does not come out as it states.",
    text="The rule gives another verdict on the case's records than the case states.",
    level=Level.ERROR,
    help="Look which of them is wrong: the rule, the records of the case, or the verdict that it states.",
)
_MISSING = Described(
    id="missing-case",
    title="A rule has no case of a verdict that every rule must have one of.",
    text="Cases show that a rule can be satisfied and violated, and that it does not guess where data are missing.",
    level=Level.WARNING,
    help="Write a case with that verdict in the folder 'cases' of the rulebook.",
)
_RULES = (_FAILED, _MISSING)


def write(tried: Trials, stream: TextIO, presentation: Presentation) -> None:
    """Writes one log with one run."""
    addresses = Addresses(presentation.root)
    run = run_of(_RULES, f"checker-test/{tried.rulebook}/", (), addresses, Words(FALLBACK))
    write_log(run, _results(tried, addresses), stream)


def _results(tried: Trials, addresses: Addresses) -> Iterator[Json]:
    for trial in tried.failed:
        case = trial.case
        said = "; ".join(filter(None, (part for each in trial.failures for part in (failure_text(each), each.message))))
        yield _result(_FAILED, f"{case.rule}: {case.name}: {said}", case.place, f"{case.rule}/{case.name}", addresses)
    for each in tried.coverage:
        if each.missing:
            yield _result(_MISSING, f"{each.rule}: {missing_text(each)}", each.place, each.rule, addresses)


def _result(rule: Described, said: str, place: Place, about: str, addresses: Addresses) -> Json:
    known = fingerprint(rule.id, about)
    return {
        "ruleId": rule.id,
        "ruleIndex": _RULES.index(rule),
        "level": rule.level.value,
        "message": {"text": sentence(said)},
        "locations": [location(place, addresses)],
        "partialFingerprints": {"primaryLocationLineHash": f"{known}:1", "checkerFinding/v1": known},
    }
