# Everything that is typed in this repository; `make` alone lists it. The first call sets up .venv, later ones begin at once.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GOLD ?= tests/pages
SITES ?=
PAGES ?=

# The first Python of 3.11 or newer that can make virtual environments; `make PYTHON=/path/to/python` names another.
CAN_DO := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
FIND_PYTHON := for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$name -c '$(CAN_DO)' >/dev/null 2>&1 && echo $$name && break; done
PYTHON = $(shell $(FIND_PYTHON))

.DEFAULT_GOAL := help
.PHONY: help setup demo test soak wacz lint check evaluate benchmark benchmark-crawl benchmark-diff benchmark-memory dictionary calibration \
	sample-web lock clean
.DELETE_ON_ERROR:

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## make the virtual environment .venv from requirements.lock

demo: $(READY) ## crawl the bundled sample web into output/demo
	@$(BIN)/samverkan demo

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest

soak: $(READY) ## the long tests: thousands of generated cases
	@$(BIN)/python -m pytest -m soak

wacz: $(READY) ## hand archives of runs to wacz, warcio and pywb, in .venv-wacz
	@.ci/wacz

lint: $(READY) ## ruff, mypy and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/lint-imports

check: lint test ## what a change must pass: lint and test

evaluate: $(READY) ## score the extraction against annotated pages: GOLD=tests/independent SITES=tests/independent/sites.toml
	@$(BIN)/samverkan evaluate $(GOLD) $(if $(SITES),--sites $(SITES))

benchmark: $(READY) ## what a page's facts cost beside lxml's parse: PAGES="archive or folder ..."
	@$(BIN)/python -m benchmarks.page_cost $(PAGES)

benchmark-crawl: $(READY) ## what a crawled page costs beside bare Scrapy
	@$(BIN)/python -m benchmarks.crawl_cost

benchmark-diff: $(READY) ## what comparing runs of 1 and 10 million facts costs beside DuckDB alone; takes ten minutes
	@$(BIN)/python -m benchmarks.diff_cost

benchmark-memory: $(READY) ## the memory of crawls of 1,000 and of 20,000 pages; takes a quarter of an hour
	@$(BIN)/python -m benchmarks.crawl_memory

dictionary: $(READY) ## generate docs/data-dictionary.md from the code
	$(BIN)/python -m schemas.dictionary > docs/data-dictionary.md

calibration: $(READY) ## count which rules hold, and generate pipelines/confidence.toml and docs/reliability.md
	$(BIN)/python -m samverkan.evaluation.calibrate > pipelines/confidence.toml.new
	mv pipelines/confidence.toml.new pipelines/confidence.toml
	$(BIN)/python -m samverkan.evaluation.reliability > docs/reliability.md

sample-web: $(READY) ## pack the sample web and the annotated pages that come from it
	$(BIN)/python -m tests.web.build

lock: ## resolve the dependencies anew into requirements.lock and tests/archive/wacz-requirements.txt (needs uv)
	uv pip compile pyproject.toml --extra dev --extra build --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o requirements.lock
	uv pip compile tests/archive/wacz-requirements.in --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o tests/archive/wacz-requirements.txt

clean: ## remove the virtual environments and caches, but no output
	rm -rf $(VENV) .venv-wacz .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt install python3-venv), or make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON); this takes a minute or two, once."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip check --quiet --disable-pip-version-check
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --no-index --editable .
	@touch $@
