"""The requirement forms: one module each, with its model, its query and its sentence."""

from checker.forms.base import Form
from checker.forms.condition import Condition
from checker.forms.coverage import Coverage
from checker.forms.deadline import Deadline
from checker.forms.frequency import Frequency
from checker.forms.freshness import Freshness
from checker.forms.occupancy import Occupancy
from checker.forms.rate import Rate
from checker.forms.sequence import Sequence
from checker.forms.share import Share
from checker.forms.spacing import Spacing
from checker.forms.streak import Streak
from checker.forms.target import Target
from checker.forms.total import Total
from checker.forms.unique import Unique

FORMS: dict[str, type[Form]] = {
    "frequency": Frequency,
    "coverage": Coverage,
    "rate": Rate,
    "share": Share,
    "total": Total,
    "condition": Condition,
    "unique": Unique,
    "freshness": Freshness,
    "deadline": Deadline,
    "sequence": Sequence,
    "spacing": Spacing,
    "streak": Streak,
    "occupancy": Occupancy,
    "target": Target,
}
"""Every form by the name it has in YAML."""
