# thinline: `make run` is the first minute, `make test` the whole gate, `make help` the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
SCENARIO ?= reassurance_force
PYTEST ?= -n 2 --dist loadfile --durations=40
# Many tests start a process, which must not compile the sources anew, also where Python is told to
# keep no compiled modules.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test checks kernels deep lowest bench reference wasm docs site lock clean

help:  ## what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp  ## set up, run the main scenario, end with the path of its report
	$(BIN)/thinline run $(SCENARIO)
	@echo 'To use the command thinline in this terminal: . $(BIN)/activate'

test: $(VENV)/dev.stamp  ## the whole gate: style, types, import directions, tests
	+@$(MAKE) --no-print-directory --output-sync -j2 kernels checks
	$(BIN)/python -m pytest $(PYTEST)
	$(BIN)/python -m tests.compile_kernels --check

checks:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --collect-only -qq >/dev/null

# Before pytest starts its workers, so that each finds compiled kernels; the checks also leave
# compiled tests on disk.
kernels:
	$(BIN)/python -m tests.compile_kernels

deep: $(VENV)/dev.stamp  ## the long checks
	$(BIN)/python -m pytest -m deep $(PYTEST)

# What depends on the packages: numbers, files of results, the command.
LOWEST_TESTS = tests/tools/test_fingerprints.py tests/unit/engines tests/unit/test_rng.py \
	tests/unit/experiments/storage tests/unit/test_tables.py tests/integration/test_cli_run.py

lowest: $(VENV)/dev.stamp  ## the lowest allowed versions of the packages, on PYTHON (3.11)
	$(BIN)/uv venv --quiet --clear --python $(or $(PYTHON),3.11) build/lowest
	$(BIN)/uv pip install --quiet --python build/lowest --resolution lowest-direct \
		-e '.[cluster,pandas,test]'
	build/lowest/bin/python -m pytest $(LOWEST_TESTS)

bench: $(VENV)/dev.stamp  ## how fast it is, as ratios measured in one go
	$(BIN)/python -m benchmarks

reference: $(VENV)/dev.stamp  ## rewrite the fingerprints, after a change that moves numbers
	$(BIN)/python -m tools.docgen fingerprints
	$(BIN)/python -m tests.small_world

wasm: $(VENV)/dev.stamp  ## rebuild the WebAssembly module, after a change of the model (needs lld, binaryen)
	$(BIN)/python -m tools.wasm

docs: $(VENV)/dev.stamp  ## rewrite the generated pages, figures and console examples
	$(BIN)/python -m tools.docgen
	$(BIN)/python docs/theory/figures.py
	$(BIN)/python -m tests.docs.renew

site: $(VENV)/dev.stamp  ## build the documentation site, which opens from disk
	$(BIN)/python -m sphinx -q -n -W --keep-going -b html docs build/site
	@echo 'open build/site/index.html'

# One version of everything on every Python; the second lock adds to the first.
LOCK = $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url --no-header --upgrade --quiet

lock: $(VENV)/dev.stamp  ## renew the pinned, hashed lists of packages
	$(LOCK) -o requirements/run.lock
	$(LOCK) --extra dev -c requirements/run.lock -o requirements/dev.lock
	$(BIN)/python -m tools.sbom >requirements/sbom.json

clean:  ## remove the environment and every cache; results stay
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/python.stamp:
	@sh requirements/python.sh $(VENV) "$(PYTHON)"
	@touch $@

$(VENV)/%.stamp: requirements/%.lock pyproject.toml $(VENV)/python.stamp
	@sh requirements/install.sh $(VENV) $<
	@touch $@
