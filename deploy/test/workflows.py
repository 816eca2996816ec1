"""Compares the jobs of the CI workflow with the Makefile: `python3 deploy/test/workflows.py`."""

import re
import sys
from pathlib import Path

import yaml

# What CI runs in addition: the advisories change from day to day, so that `make test` would, too.
ADDITIONAL = {"advisories"}

root = Path(__file__).resolve().parents[2]
makefile = (root / "Makefile").read_text()
workflow = yaml.safe_load((root / ".github/workflows/ci.yml").read_text())

# The commands of `make test` are calls of make with targets.
recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1]
tested = {word for word in recipe.split() if not word.startswith(("$", "-"))}
commands = [job["strategy"]["matrix"]["command"] for job in workflow["jobs"].values()]
run = {target for matrix in commands for command in matrix for target in command.split()}

for target in sorted(tested - run):
    print(f"no job of .github/workflows/ci.yml runs `make {target}`", file=sys.stderr)
for target in sorted(run - tested - ADDITIONAL):
    print(f".github/workflows/ci.yml runs `make {target}`, which `make test` does not", file=sys.stderr)
sys.exit(run - ADDITIONAL != tested)
