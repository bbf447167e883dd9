# Everything works on a bare machine with make and Python 3.11 or newer: the environment is made in .venv.

VENV ?= .venv
BIN := $(VENV)/bin
# The first interpreter that is there, runs, and is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$name -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)

.DEFAULT_GOAL := help
.PHONY: help demo test suite quick fuzz constraints pythons api covered clusters browser pictures page page-browser site site-tests serve docs planted mutants bench peers coverage practice practice-pictures practice-speed backtest dmn format clean wheel

help:
	@echo "make demo   the next required activity of a real authority and a real agency"
	@echo "make test   every check: formatting, types, tests, examples"
	@echo "make quick  after a change of a rule: the proof, the snapshot, the cases and the examples; under a minute"
	@echo "make suite  the tests alone"
	@echo "make fuzz SECONDS=600 KILLS=200 PAIRS=100 SEED=1  hostile inputs for every public function and command, for as long as asked"
	@echo "make covered  the tests again, and which lines and branches of the package they never reach; fails below 98%"
	@echo "make clusters  the tables on PySpark and Dask, run here"
	@echo "make browser  opens the report in Chromium, with axe, by keyboard and narrow (needs npm and Debian's chromium)"
	@echo "make page   builds the page that answers in the browser, in site/try (needs npm)"
	@echo "make page-browser  does everything on that page in Chromium (needs npm and Debian's chromium)"
	@echo "make site   builds the documentation, and the page where npm is there, in site/"
	@echo "make site-tests  checks every link of the site, and opens it in Chromium (needs npm and Debian's chromium)"
	@echo "make serve  shows site/ on this machine: http://127.0.0.1:8000 (PORT=... for another)"
	@echo "make pictures  draws the pictures of docs/outlook anew (needs chromium, libreoffice-calc and poppler-utils)"
	@echo "make docs   writes docs/rules, docs/schemas, docs/snapshot/now and docs/laws.md anew"
	@echo "make planted  changes every cell of every row, one at a time, and writes what finds it to docs/planted.md"
	@echo "make mutants  changes the code, one place at a time, and says which changes no test finds: takes hours"
	@echo "make bench  measures import, loading and answering"
	@echo "make peers  the same decision in this library and in other engines, in turns"
	@echo "make coverage AUTHORITIES=... PROVIDERS=...  what is answered on published histories, beside what happened"
	@echo "make practice, make backtest AUTHORITIES=... PROVIDERS=...  fits the table of forecasts, and tries it beside the baselines"
	@echo "make practice-speed AUTHORITIES=... PROVIDERS=...  how long forecasts take; make practice-pictures draws those of docs/practice"
	@echo "make dmn    asks the exported decision tables in engines that are not ours (also AUTHORITIES=..., PROVIDERS=...)"
	@echo "make constraints  pins the newest versions that fit, with their hashes (needs uv)"
	@echo "make pythons  the tests on every Python from 3.11 to 3.14 that this machine has"
	@echo "make api  what changed in the public names since the last tag"
	@echo "make format sorts imports and lays out the code"

# Everything is installed from constraints: pinned versions, each checked by its hash. `make constraints` writes them anew.
# NEWEST=1 installs the newest versions that pyproject.toml allows instead.
LOCKED := -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
ITSELF := -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
NEWEST ?=

$(BIN)/.ready: pyproject.toml constraints-demo.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
ifeq ($(NEWEST),)
	@$(BIN)/python $(LOCKED) constraints-demo.txt
	@$(BIN)/python $(ITSELF)
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable '.[all]'
endif
	@touch $@

$(BIN)/.ready-for-tests: $(BIN)/.ready constraints.txt
ifeq ($(NEWEST),)
	@$(BIN)/python $(LOCKED) constraints.txt
else
	@$(BIN)/python -m pip install --quiet --group test
endif
	@touch $@

demo: $(BIN)/.ready
	@$(BIN)/ilacs-rules next examples/barking_and_dagenham.json --as-of 2026-11-21
	@echo
	@$(BIN)/ilacs-rules next examples/fostering_agency.json --as-of 2025-02-01

test: $(BIN)/.ready-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(MAKE) suite

suite: $(BIN)/.ready-for-tests
	$(BIN)/python -m pytest -n auto --dist worksteal

# What a change of a rule touches: the proof, the snapshot, the cases, the second reading and every example in the documents.
quick: $(BIN)/.ready-for-tests
	$(BIN)/ilacs-rules check --rulebook src/ilacs_rules/rulebook
	$(BIN)/python -m pytest -n auto tests/test_snapshot.py tests/test_cases.py tests/test_case_coverage.py tests/test_second_reading.py README.md docs src/ilacs_rules/answering

# Coverage starts before pytest, which imports the package by its entry points; it also follows what tests start, xdist's workers among them.
covered: $(BIN)/.ready-for-tests
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -n auto --dist worksteal
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

# Hostile inputs for as long as asked; a finding is printed with the command that makes it again. KILLS and PAIRS write real files.
SECONDS ?= 60
SEED ?= 1
KILLS ?= 0
PAIRS ?= 0
fuzz: $(BIN)/.ready-for-tests
	PYTHONPATH=tests $(BIN)/python -W ignore -m fuzz --seconds $(SECONDS) --seed $(SEED) --kills $(KILLS) --pairs $(PAIRS)

docs: $(BIN)/.ready-for-tests
	$(BIN)/python -m ilacs_rules.cli.docs docs
	$(BIN)/python -m ilacs_rules.testing.laws --guide docs/laws.md

clusters: $(BIN)/.ready-for-tests
	@$(BIN)/python -m pip install --quiet --group clusters
	$(BIN)/python -m pytest -rs tests/test_table_clusters.py

# Chromium, its driver in Node and the rules of accessibility; what is installed here is not committed.
tests/browser/node_modules: tests/browser/package-lock.json
	@npm ci --silent --no-audit --no-fund --prefix tests/browser
	@touch $@

browser: $(BIN)/.ready-for-tests tests/browser/node_modules
	$(BIN)/python -m pytest -rs tests/test_browser.py

# The page in the browser. What it brings along is downloaded here, checked against the hashes in web/; it loads nothing when it is used.
web/node_modules: web/package-lock.json
	@npm ci --silent --no-audit --no-fund --prefix web
	@touch $@

build/page/.ready: web/packages.txt $(BIN)/.ready-for-tests
	@rm -rf build/page
	@$(BIN)/python -m pip download -qq --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
		--platform pyemscripten_2026_0_wasm32 --platform manylinux2014_x86_64 --implementation cp --python-version 3.14 \
		--requirement web/packages.txt --dest build/page
	@touch $@

page: build/page/.ready web/node_modules
	@rm -f build/page/ilacs_rules-*.whl
	@SOURCE_DATE_EPOCH=315532800 $(BIN)/python -m hatchling build --target wheel --directory build/page >/dev/null 2>&1
	$(BIN)/python -m web.build site/try

page-browser: page tests/browser/node_modules
	$(BIN)/python -m pytest -rs tests/test_page_browser.py

# The documentation. Its tools are pinned like all others, beside those of the tests.
$(BIN)/.ready-for-site: $(BIN)/.ready-for-tests constraints-site.txt
	@$(BIN)/python $(LOCKED) constraints-site.txt
	@touch $@

site: $(BIN)/.ready-for-site
	@if command -v npm >/dev/null && $(MAKE) --silent web/node_modules >/dev/null 2>&1; then $(MAKE) page; \
	else echo "Without the page in the browser, which needs npm and what it installs."; fi
	$(BIN)/python -m docsite.build site

site-tests: $(BIN)/.ready-for-site tests/browser/node_modules
	$(BIN)/python -m pytest -rs tests/test_site.py tests/test_site_browser.py

PORT ?= 8000
serve:
	@test -f site/index.html || { echo "There is no site yet: run make site"; exit 1; }
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory site $(PORT)

pictures: $(BIN)/.ready-for-tests
	@$(BIN)/python -m pip install --quiet --group pictures
	$(BIN)/python -m benchmarks.pictures

planted: $(BIN)/.ready-for-tests
	$(BIN)/python tests/planted.py

# MUTANTS='answering --sample 100' tries so many of one room. What was tried before is kept in build/mutants.
mutants: $(BIN)/.ready-for-tests
	@$(BIN)/python -m pip install --quiet --group mutants
	PYTHONPATH=. $(BIN)/python -m benchmarks.mutants --reach
	PYTHONPATH=. $(BIN)/python -m benchmarks.mutants $(MUTANTS)
	PYTHONPATH=. $(BIN)/python -m benchmarks.mutants --again $(MUTANTS)
	PYTHONPATH=. $(BIN)/python -m benchmarks.mutants --anew $(MUTANTS)
	PYTHONPATH=. $(BIN)/python -m benchmarks.mutants --shown

bench: $(BIN)/.ready
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/building.py
	$(BIN)/python benchmarks/tables.py

peers: $(BIN)/.ready-for-tests
	@$(BIN)/python -m pip install --quiet --group peers
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.aims $(if $(PROVIDERS),--providers $(PROVIDERS))

# make coverage AUTHORITIES=file.csv PROVIDERS=file.csv
coverage: $(BIN)/.ready
	$(BIN)/python -m benchmarks.coverage $(AUTHORITIES) $(PROVIDERS)

# make practice AUTHORITIES=file.csv PROVIDERS=file.csv fits the shipped table of forecasts; make backtest tries it and draws.
practice: $(BIN)/.ready
	$(BIN)/python -m benchmarks.practice fit $(AUTHORITIES) $(PROVIDERS)

backtest: $(BIN)/.ready
	$(BIN)/python -m benchmarks.practice backtest $(AUTHORITIES) $(PROVIDERS)

practice-speed: $(BIN)/.ready
	$(BIN)/python -m benchmarks.practice speed $(AUTHORITIES) $(PROVIDERS)

practice-pictures: $(BIN)/.ready
	$(BIN)/python -m benchmarks.practice_pictures

# SpiffWorkflow always; the FEEL interpreter where npm is there.
dmn: $(BIN)/.ready-for-tests
	@if command -v npm >/dev/null; then npm ci --silent --prefix benchmarks/dmn; fi
	$(BIN)/python -m benchmarks.dmn $(AUTHORITIES) $(PROVIDERS)

format: $(BIN)/.ready-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Needs uv. The files name versions and hashes, and no registry.
PIN := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
constraints:
	$(PIN) --all-extras --group test --output-file constraints.txt
	$(PIN) --extra all --group build --constraint constraints.txt --output-file constraints-demo.txt
	$(PIN) --group site --constraint constraints.txt --output-file constraints-site.txt

# The tests alone, on every Python that this machine has.
pythons:
	@for name in python3.11 python3.12 python3.13 python3.14; do \
		if $$name -c 'import sys, venv' >/dev/null 2>&1; then echo "== $$name"; $(MAKE) VENV=.venv-$$name PYTHON=$$name suite || exit 1; \
		else echo "== $$name is not here"; fi; \
	done

# Names that were public at the last tag and are not, or are called otherwise, now.
api: $(BIN)/.ready-for-tests
	@if tag=$$(git describe --tags --abbrev=0 2>/dev/null); then $(BIN)/griffe check ilacs_rules --search src --against $$tag; \
	else echo "No tag yet, so there is nothing to compare the public names with."; fi

clean:
	rm -rf $(VENV) .venv-* build dist site web/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
