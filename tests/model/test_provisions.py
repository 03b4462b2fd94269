"""What a source calls the provisions that rules cite: the longest beginning that fits, and never amid a word."""

import pytest

from checker.model.law import Source
from checker.model.words import Text


def both(vi: str, en: str) -> Text:
    return Text((("vi", vi), ("en", en)))


CHARTER = Source(
    "charter",
    Text.of("Charter", "en"),
    provisions=(
        ("art.", both("Điều", "art.")),
        ("§", both("tiểu mục", "§")),
        ("cell", both("chi bộ", "cell")),
        ("cell meetings", both("sinh hoạt chi bộ", "cell meetings")),
    ),
)


@pytest.mark.parametrize(
    ("cited", "vi", "en"),
    [
        ("art. 22(3)", "Điều 22(3)", "art. 22(3)"),
        ("§15.1", "tiểu mục 15.1", "§15.1"),
        ("cell meetings", "sinh hoạt chi bộ", "cell meetings"),
        ("cell 3", "chi bộ 3", "cell 3"),
        ("cells", "cells", "cells"),
        ("s. 4", "s. 4", "s. 4"),
    ],
)
def test_a_provision_is_called_in_each_language(cited: str, vi: str, en: str) -> None:
    assert (CHARTER.provision(cited, "vi"), CHARTER.provision(cited, "en")) == (vi, en)
