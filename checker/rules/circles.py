"""Names that lead back to themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter


def circles(leads: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Each way from a name back to itself, which it begins and ends with: the first of the names on it as they are given.

    A way is found until each is broken where it begins.
    """
    order = {name: number for number, name in enumerate(leads)}
    left = {name: [other for other in others if other in leads] for name, others in leads.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as found:
            # The sorter names each before what leads to it.
            way: list[str] = found.args[1][:0:-1]
            begin = min(range(len(way)), key=lambda at: order[way[at]])
            way = [*way[begin:], *way[:begin], way[begin]]
            yield way
            left[way[0]].remove(way[1])
        else:
            return
