# The commands of this project. `make serve` and `make test` set up all they need; `make` lists all.

PYTHON ?= python3
ADDR   ?= 127.0.0.1:8000
BIN    := .venv/bin

export NO_MKDOCS_2_WARNING := 1
# Every test process would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE
# Tests wait for browsers and servers: one process more than there are cores.
export PYTEST_XDIST_AUTO_NUM_WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: help serve build quick test check pytest unbrowsed lint records hooks verify ids schema format snapshots pictures bench lock sbom audit links pythons mutants clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

serve: .venv/ready ## Serve the site at http://127.0.0.1:8000 and rebuild it on every change (ADDR=host:port)
	$(BIN)/mkdocs serve --livereload --dev-addr $(ADDR)

build: .venv/ready ## Build the site into site/; with any problem, list all and leave site/ unchanged
	$(BIN)/mkdocs build

test: check ## Set up everything and run every check

quick: .venv/ready ## Every check that needs no browser, and the time it took
	@started=$$(date +%s) && $(MAKE) --no-print-directory --jobs=3 unbrowsed lint records && \
		echo "make quick took $$(($$(date +%s) - started)) s"

check: .venv/chromium ## Formatting, lint, types, evidence, coverage, tests, build
	@$(MAKE) --no-print-directory --jobs=4 pytest lint records build

pytest: .venv/ready
	$(BIN)/pytest --numprocesses auto

unbrowsed: .venv/ready
	$(BIN)/pytest --quiet --numprocesses auto --ignore=tests/browser

lint: .venv/ready ## Check the format of code and records, and the types
	$(BIN)/ruff format --check macros tests
	$(BIN)/ruff check macros tests
	$(BIN)/yamlfmt -lint data mkdocs.yml
	$(BIN)/mypy

records: .venv/ready ## Check every record, its evidence, and what of the articles is covered
	$(BIN)/python -m tests.support.check_records

hooks: .venv/ready ## Make git run lint and records before a commit, every check before a push
	$(BIN)/pre-commit install --install-hooks --hook-type pre-commit --hook-type pre-push

verify: .venv/ready ## Find every passage in the articles' texts, and write the lock
	$(BIN)/python -m macros verify

ids: .venv/ready ## List every id as published; from then on, removing one needs a redirect
	$(BIN)/python -m macros ids

schema: .venv/ready ## Write the schemas with which a text editor completes fields, values and ids
	$(BIN)/python -m macros schema

format: .venv/ready ## Format the code and the records
	$(BIN)/ruff format macros tests
	$(BIN)/ruff check --fix macros tests
	$(BIN)/yamlfmt data mkdocs.yml

snapshots: .venv/ready ## Render the components' snapshots again; read the diff
	$(BIN)/python -m tests.support.snapshots

pictures: .venv/ready .venv/chromium ## Draw the components' pictures again; look at those that changed
	$(BIN)/python -m tests.support.sheets

bench: .venv/ready ## Compare builds with other generators, into CONTRIBUTING.md (RECORDS=1000 REPEATS=5)
	$(BIN)/python -m tests.support.bench

lock: .venv/ready ## Resolve the dependencies again and pin them with hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --group dev pyproject.toml -o requirements.txt

sbom: .venv/ready ## Write what the site is made with, and under which licences, to site/sbom.cdx.json (CycloneDX)
	$(BIN)/python -m tests.support.sbom > site/sbom.cdx.json

mutants: .venv/ready ## Change the code in thousands of ways, one at a time; list each change that no test notices (hours; MUTANTS="--sample 500")
	$(BIN)/pip install --quiet --disable-pip-version-check --target .cache/mutmut mutmut==3.8.1
	PYTHONPATH=$(abspath .cache/mutmut) SOURCES=$(abspath $(or $(SOURCES),sources)) $(BIN)/python -m tests.support.mutants $(MUTANTS)

pythons: .venv/ready ## Build the site with each Python that is supported and installed; all must be the same
	$(BIN)/python -m tests.support.pythons

links: build ## Ask every address that the site leads to; links.json tells which failed, and on which days
	$(BIN)/python -m tests.support.links

audit: .venv/ready ## Look for known weaknesses of the pinned packages; says so where nobody can be asked
	@$(PYTHON) -m venv .cache/audit && .cache/audit/bin/pip install --quiet pip-audit
	@.cache/audit/bin/pip-audit --strict --disable-pip --requirement requirements.txt 2> .cache/audit/said; \
		status=$$?; cat .cache/audit/said; \
		if grep -qE "could not be audited|ConnectionError|Timeout" .cache/audit/said; then echo "Weaknesses: not checked"; \
		else exit $$status; fi

clean: ## Remove everything that was generated
	rm -rf .venv site site.new .cache mutants .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# In a folder that was renamed or copied, or whose Python is gone, the environment is made again.
ifneq ($(shell .ci/setup whole && echo yes),yes)
.PHONY: .venv/ready
endif

.venv/ready: requirements.txt .ci/setup
	@.ci/setup venv "$(PYTHON)"
	@touch $@

.venv/chromium: .venv/ready
	@.ci/setup chromium
	@touch $@
