"""A library that hands out what it is given, in the place of `checker.api`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from checker.errors import Problem, UsageError
from checker.model.law import Source
from checker.model.plan import ParameterPlan
from checker.model.report import Report, RuleSummary
from checker.model.words import Text
from checker.request import CheckRequest
from tests.report.fixture import RULES, SOURCES, both, report
from tests.said import just


@dataclass(frozen=True)
class Face:
    name: str
    title: Text
    version: str
    languages: tuple[str, ...] = ("vi", "en")
    rules: tuple[RuleSummary, ...] = ()
    parameters: tuple[ParameterPlan, ...] = ()
    sources: tuple[Source, ...] = ()


LIMITS = (
    ParameterPlan("attendance", ((date(2018, 7, 6), "85%"), (date(2020, 1, 1), "90%"))),
    ParameterPlan("excellent", ((date(2019, 10, 18), "20%"),)),
)
FACE = Face(
    "vn-party-grassroots",
    both("Tổ chức cơ sở đảng", "Grassroots Party organisations"),
    "2019.1",
    rules=RULES,
    parameters=LIMITS,
    sources=SOURCES,
)


@dataclass
class Stub:
    """Stands for the module; `requests` are what it was asked."""

    made: Report = field(default_factory=report)
    fault: BaseException | None = None
    problems: tuple[Problem, ...] = ()
    requests: list[CheckRequest] = field(default_factory=list)

    def checked(self, request: CheckRequest) -> Report:
        self.requests.append(request)
        if request.progress is not None:
            request.progress("measuring")
        if self.fault is not None:
            raise self.fault
        if request.per_body is not None:
            request.per_body(self.made, iter([self.made]))
        return self.made

    def lint(self, rulebook: str, **_: object) -> tuple[Problem, ...]:
        if rulebook == "nowhere":
            raise UsageError(Problem("no-such-rulebook", just("there is no rulebook 'nowhere'"), just("Name one.")))
        return self.problems

    def rulebooks(self) -> tuple[Face, ...]:
        return (FACE,)

    def describe(self, rulebook: str) -> Face:
        assert rulebook == FACE.name
        return FACE
