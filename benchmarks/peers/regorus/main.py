"""The seven rules as a Rego policy, evaluated by regorus, the interpreter in Rust, one document for each organisation."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import regorus

from benchmarks.peers.bodies import Body, bodies, write
from benchmarks.peers.rego import DATA, POLICY, RULE, violations


def main(submission: Path, findings: Path) -> None:
    """Judges the documents one after the other with one engine."""
    engine = regorus.Engine()
    engine.add_policy("policy.rego", POLICY)
    engine.add_data_json(DATA)

    def evaluated(document: Body) -> str:
        engine.set_input_json(json.dumps(document))
        return str(engine.eval_rule_as_json(RULE))

    write(violations(bodies(submission), evaluated), findings)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
