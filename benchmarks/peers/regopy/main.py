"""The seven rules as a Rego policy, evaluated by regopy, the interpreter in C++, one document for each organisation."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from regopy import Interpreter

from benchmarks.peers.bodies import Body, bodies, write
from benchmarks.peers.rego import DATA, POLICY, RULE, violations


def main(submission: Path, findings: Path) -> None:
    """Judges the documents one after the other with one interpreter."""
    interpreter = Interpreter()
    interpreter.add_module("policy.rego", POLICY)
    interpreter.add_data_json(DATA)

    def evaluated(document: Body) -> str:
        interpreter.set_input(document)
        return json.dumps(json.loads(str(interpreter.query(RULE)))["expressions"][0])

    write(violations(bodies(submission), evaluated), findings)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
