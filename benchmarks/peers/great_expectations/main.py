"""The seven rules as Great Expectations suites over pandas frames, with complete results by the key of each row.

Its expectations are about the columns of a table: what is counted and summed is computed before, in pandas, and the
expectations hold the limits. A meeting whose day is unknown counts in every month.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe

from benchmarks.peers.bodies import FIRST, LAST, MONTHS, OLDEST_REVIEW, Violation, write

_COMPLETE = {"result_format": "COMPLETE", "unexpected_index_column_names": ["key"]}

_LIMITS: Mapping[str, int] = {
    "two-plenaries 2025": 2,
    **{f"committee-monthly {month}": 1 for month in MONTHS},
    "attendance 2025": 0,
    "regulations-reviewed": 1,
}


def violations(folder: Path) -> Iterator[Violation]:
    """The unexpected rows of every table; the names of columns are a rule and perhaps a window."""
    tables = {
        name: pd.read_csv(folder / f"{name}.csv") for name in ("organisations", "hamlets", "branches", "documents", "meetings")
    }
    organisations, hamlets, branches, documents, meetings = tables.values()
    for table in (branches, documents, meetings):
        table["key"] = [f"row {number}" for number in range(1, len(table) + 1)]
    hamlets["key"] = hamlets["id"]
    hamlets["hamlet-covered"] = hamlets["id"].isin(branches["hamlet"]).astype(int)
    dated = meetings["held_on"].between(FIRST, LAST)
    meetings["quorum"] = (3 * meetings["present"] - 2 * meetings["entitled"]).where(dated)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    ids, places = organisations["id"].tolist(), hamlets["id"].tolist()
    yield from _unexpected(context, "organisations", _measures(organisations, documents, meetings), {}, _LIMITS)
    yield from _unexpected(context, "hamlets", hamlets, {"organisation": ids}, {"hamlet-covered": 1})
    yield from _unexpected(context, "branches", branches, {"hamlet": places}, {})
    yield from _unexpected(context, "documents", documents, {"organisation": ids}, {})
    yield from _unexpected(context, "meetings", meetings, {"organisation": ids}, {"quorum": 0})


def _measures(organisations: pd.DataFrame, documents: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    undated = meetings["held_on"].isna()
    dated = meetings["held_on"].between(FIRST, LAST)
    margin = 5 * meetings["present"].fillna(meetings["entitled"]) - 4 * meetings["entitled"]
    committee = meetings["kind"] == "committee"
    counted = {"two-plenaries 2025": (meetings["kind"] == "plenary") & (dated | undated)}
    counted |= {
        f"committee-monthly {month}": committee & (undated | meetings["held_on"].str.startswith(month)) for month in MONTHS
    }
    summed = {
        "margin": margin.where(dated, margin.clip(lower=0).where(undated, 0)),
        "entitled": meetings["entitled"].where(dated, 0),
    }
    sums = pd.DataFrame(counted | summed).groupby(meetings["organisation"]).sum()
    measures = organisations[["id"]].rename(columns={"id": "key"}).join(sums, on="key").fillna(0)
    measures["attendance 2025"] = measures["margin"].where(measures["entitled"] > 0, 0)
    fresh = documents["reviewed_on"].between(OLDEST_REVIEW, LAST) | documents["reviewed_on"].isna()
    reviewed = documents[fresh & (documents["kind"] == "working regulations")]
    measures["regulations-reviewed"] = measures["key"].isin(reviewed["organisation"]).astype(int)
    return measures


def _unexpected(
    context: gx.data_context.EphemeralDataContext,
    name: str,
    table: pd.DataFrame,
    references: Mapping[str, list[str]],
    limits: Mapping[str, int],
) -> Iterator[Violation]:
    suite = gx.ExpectationSuite(name=name)
    for column, least in limits.items():
        suite.add_expectation(gxe.ExpectColumnValuesToBeBetween(column=column, min_value=least))
    for column, keys in references.items():
        suite.add_expectation(gxe.ExpectColumnValuesToBeInSet(column=column, value_set=keys))
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe(name).get_batch({"dataframe": table})
    for result in batch.validate(suite, result_format=_COMPLETE).results:
        column = result.expectation_config.kwargs["column"]
        rule, _, window = column.partition(" ")
        if column in references:
            rule = f"records/{name}/{column}/reference"
        yield from ((rule, row["key"], window or None) for row in result.result.get("unexpected_index_list") or ())


if __name__ == "__main__":
    write(violations(Path(sys.argv[1])), Path(sys.argv[2]))
