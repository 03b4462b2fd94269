"""`condition`: a predicate is true of each subject."""

from __future__ import annotations

from checker.forms.base import ExpressionText, Form


class Condition(Form):
    """A predicate over the subject holds: fewer than nine full members, or a committee."""

    that: ExpressionText
