# What one types: `make run` uses the app, `make test` trusts it; the rest is for whoever changes it.
PORT ?= 8501
BIN := .venv/bin
BIOME := node_modules/.bin/biome
export PYTHON

# Every server, worker and example of the tests is a Python of its own; each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

# What fails in the browser is tried once more; what was tried again is told at the end, and more than 3 fail the run.
# A test keeps a core busy: three at once on two cores take longer than two, and a busy server keeps more memory than the
# soak allows. What measures a pace has the machine for itself.
RETRIED = $(BIN)/pytest -q --reruns 1 tests/browser $(LONG)
define IN_BROWSER
$(RETRIED) -n 2 --dist worksteal -m "not alone"
$(RETRIED) -m alone
endef

# Some of these tests wait for processes: one more than there are cores goes on meanwhile.
SIDE_BY_SIDE = -n $$($(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)") --dist worksteal

# What the page's scripts work out by themselves, without a page.
SCRIPTS = node --test --test-reporter=spec tests/js/*.test.js

.DEFAULT_GOAL := help
.PHONY: help run test check quick test-deep mutants bench bench-compare bench-page bench-instant contact-sheet fonts screenshot tools tools-and-lint lint format bench-live bench-people bench-many soak load fuzz test-hosted bounds defences docs words

help:  ## what each word does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: .venv/.runtime  ## start the app on http://localhost:8501 (PORT=... for another port)
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: tools-and-lint  ## lint, types and every test, in the browser too
	$(SCRIPTS)
	$(BIN)/pytest -q $(SIDE_BY_SIDE) --ignore tests/browser
	$(IN_BROWSER)

# What checks style and types waits for files or works on one core most of the time, while the tests go on.
check: .venv/.tests node_modules/.biome  ## lint, types and the quick tests, in under a minute
	@$(MAKE) --no-print-directory -j2 lint quick

quick: .venv/.tests
	$(SCRIPTS)
	$(BIN)/pytest -q -n auto --dist worksteal --ignore tests/browser -m "not slow" --hypothesis-profile=quick

test-deep: LONG = --long --hypothesis-profile=deep
test-deep: tools-and-lint  ## every test on all it has, with twenty-five times the random examples, others each time, a minute of hurry
	$(BIN)/pytest -q $(SIDE_BY_SIDE) --ignore tests/browser --hypothesis-profile=deep
	$(IN_BROWSER)

test-hosted: .venv/.tests tools  ## deploy/ as plain processes: two replicas behind nginx, coturn, a browser; one is killed
	$(BIN)/pytest -q tests/test_hosted.py --hypothesis-profile=deep
	$(BIN)/pytest -q tests/browser/test_hosted.py --hypothesis-profile=deep

fuzz: .venv/.tests tools  ## what strangers send, broken by chance, for MINUTES=10 (ONLY="png icc" for a part)
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10) --seed $$(date +%s) $(ONLY)

mutants: .venv/.mutants tools  ## 200 small mistakes put into the library: how many the quick tests catch (ONLY="effects/plan")
	$(BIN)/python -m tests.mutants $(ONLY)

defences: .venv/.tests  ## each defence of SECURITY.md taken away: whether its test fails then (ONLY="video" for a part)
	$(BIN)/python -m tests.defences $(ONLY)

bounds: .venv/.tests  ## the library at the lowest and the highest versions that pyproject.toml allows
	$(BIN)/python -m tests.portable lowest highest

bench: .venv/.bench  ## every effect and the plan against their peers, in one run (ONLY="plan blur" for a part)
	$(BIN)/python -m benchmarks $(ONLY)

bench-compare: .venv/.tests  ## two such runs in multiples of the limits: make bench-compare BEFORE.json AFTER.json
	@$(BIN)/python -m benchmarks.compare $(filter %.json,$(MAKECMDGOALS))

%.json: ;

bench-page: .venv/.tests tools  ## how fast the page answers: sliders, looks, the picker; what moves meanwhile
	$(BIN)/python -m benchmarks.page

bench-instant: .venv/.tests tools  ## what the browser draws while a slider is dragged: pictures, lag, coverage, weight
	$(BIN)/python -m benchmarks.instant

contact-sheet: .venv/.tests  ## docs/contact-sheet.jpg: every effect and look on one picture
	$(BIN)/python -m tests.golden.sheet docs/contact-sheet.jpg

docs: .venv/.tests  ## what in docs/ is made from the code: the list of effects, the picture of imports
	$(BIN)/python -m tests.documents

fonts: .venv/.tests  ## the page's fonts, cut anew from Streamlit's: for a sign that is missing
	$(BIN)/python -m tests.page_fonts

words: .venv/.tests  ## what pages say, gathered for translators in build/emulsion.pot; their files brought up to date
	$(BIN)/python -m tests.sentences

screenshot: .venv/.tests tools  ## the README's picture, taken anew
	-$(BIN)/pytest -q --hypothesis-profile=deep tests/browser/test_screenshot.py
	cp build/snapshot.jpg docs/snapshot.jpg

bench-people: .venv/.tests  ## which faces are found, by size, light, turn and tone; outlines, and the time
	$(BIN)/python -m benchmarks.people

bench-live: .venv/.tests tools  ## live video from glass to glass, through the server and on the device
	$(BIN)/python -m benchmarks.live
	$(BIN)/python -m benchmarks.live device

bench-many: .venv/.tests tools  ## a folder of photos and a film: how many a second, what of it goes side by side, memory; Dask beside it
	$(BIN)/python -m benchmarks many --rounds 30
	$(BIN)/python -m benchmarks video

soak: .venv/.tests tools  ## three minutes live, thirty connections, five hundred photos: what stays of them
	$(BIN)/python -m benchmarks.soak
	$(BIN)/python -m benchmarks.soak_photos

load: .venv/.tests  ## many people at once: how long each waits, and what the server holds, against the limits
	$(BIN)/python -m benchmarks.load

format: .venv/.tests node_modules/.biome  ## every file laid out as the others are
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

lint: .venv/.tests node_modules/.biome
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIOME) ci --error-on-warnings
	$(BIN)/mypy

# mypy works while the programs are fetched; the first of the two that fails ends it. Biome comes first,
# as node may have to be fetched for it, and a system's packages are fetched by one at a time.
tools-and-lint: .venv/.tests node_modules/.biome
	@$(MAKE) --no-print-directory -j2 tools lint

tools: .venv/.tests  ## the programs tests run against: a Chromium, ffmpeg ...
	$(BIN)/python -m tests.tools

.venv:
	.ci/venv

.venv/.runtime: requirements.txt | .venv
	.ci/install requirements.txt
	touch $@

.venv/.tests: requirements-dev.txt requirements.txt | .venv
	.ci/install requirements-dev.txt
	touch $@ .venv/.runtime

.venv/.mutants: requirements-mutants.txt .venv/.tests
	.ci/install requirements-mutants.txt
	touch $@

.venv/.bench: requirements-bench.txt .venv/.tests
	.ci/install requirements-bench.txt
	touch $@

node_modules/.biome: package.json package-lock.json .npmrc | .venv/.tests
	$(BIN)/python -m tests.tools node npm
	npm ci --loglevel=error
	touch $@
