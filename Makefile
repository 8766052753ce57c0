# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The interpreter that the virtual environment is made from.
PYTHON ?= python3

VENV := .venv
BUILD := build
COLLECTION := $(BUILD)/ansible_collections/community/nexmo
SITE := $(BUILD)/docs
SITE_SOURCES := $(BUILD)/docs-sources
# The collection without the filters, which are its role's alone.
SITE_COLLECTIONS := $(BUILD)/docs-collections
SITE_COLLECTION := $(SITE_COLLECTIONS)/ansible_collections/community/nexmo
VENVS := $(BUILD)/venvs
NPM := $(BUILD)/npm

# The tools come from the virtual environment, which PATH tells their children too,
# and work on the copy in build/.
HOST_PATH := $(PATH)
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(BUILD)

# $(call step,NAME,COMMAND): name each step, and the one that failed.
step = @printf '\n== %s ==\n' '$(1)'; { $(2); } || { printf '\n** failed: %s **\n' '$(1)' >&2; exit 1; }

.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## list what make can do
	@echo 'Usage: make TARGET [PYTHON=python3.11]'
	@$(call targets,For users of the collection:,##)
	@$(call targets,For its developers:,#-)

# $(call targets,TITLE,MARK): the targets whose line has that mark before what they do.
targets = printf '\n%s\n\n' '$(1)'; sed -nE 's/^([a-z0-9-]+):[^\#]* $(subst #,\#,$(2)) (.*)/\1|\2/p' Makefile | \
	while IFS='|' read -r target what; do printf '  %-14s %s\n' "$$target" "$$what"; done

.PHONY: demo
demo: $(VENV)/.demo collection ## show the main job on a simulated API (Python 3.10 or later)
	@tests/demo/run

.PHONY: test
test: lint units quick #- what to run before a commit, in minutes (Python 3.11 to 3.13)

.PHONY: test-all
test-all: test rest #- every test, with check and matrix

# What test leaves out.
.PHONY: rest
rest: sanity coverage e2e faults check matrix

.PHONY: matrix
matrix: $(VENV)/.test collection #- each ansible-core and each Python that is here, once; test-matrix has every pair
	@python -m tests.matrix --each-once

.PHONY: lint
lint: $(VENV)/.test collection #- ruff, mypy, shellcheck, ansible-lint, changelog fragments
	$(call step,ruff,cd $(COLLECTION) && ruff check --no-cache .)
	$(call step,mypy: what runs on managed hosts$(comma) as on Python 3.8,cd $(BUILD) && \
		mypy --config-file $(CURDIR)/pyproject.toml --python-version 3.8 \
			-p ansible_collections.community.nexmo.plugins.module_utils \
			-p ansible_collections.community.nexmo.plugins.modules)
	$(call step,mypy: simulator$(comma) benchmark$(comma) matrix and mutations,mypy --python-version 3.10 \
		-p tests.simulator -p tests.benchmark -p tests.matrix -p tests.mutations)
	$(call step,shellcheck,cd $(COLLECTION) && git grep -lzE '^#!.*[/ ](ba)?sh$$' -- ':!*.py' | xargs -0 shellcheck)
	$(call step,ansible-lint,cd $(COLLECTION) && ansible-lint)
	$(call step,changelog,cd $(COLLECTION) && antsibull-changelog lint)

.PHONY: sanity
sanity: $(VENV)/.test collection #- ansible-test sanity
	$(call step,sanity: preparation,python tests/tools/ansible_test_bootstrap.py)
	$(call step,sanity,cd $(COLLECTION) && ansible-test sanity --requirements --python $(python_version))

.PHONY: units
units: $(VENV)/.test collection #- ansible-test units
	$(call step,units,cd $(COLLECTION) && ansible-test units --requirements --python $(python_version))

# With --coverage, unit tests take three times as long, so that make test runs them without it.
.PHONY: coverage
coverage: $(VENV)/.test collection #- ansible-test units and integration, which have to run 95 % of the code
	$(call step,coverage: units,cd $(COLLECTION) && ansible-test units --coverage --requirements --python $(python_version))
	$(call step,coverage: integration,cd $(COLLECTION) && \
		ansible-test integration --coverage --requirements --python $(python_version))
	$(call step,coverage,coverage combine --quiet $(COLLECTION)/tests/output/coverage/*=coverage.* && \
		coverage report --precision 1 --fail-under 95)

.PHONY: molecule
molecule: $(VENV)/.molecule collection #- the role in a Molecule scenario
	$(call step,molecule,cd $(COLLECTION)/extensions && \
		MOLECULE_EPHEMERAL_DIRECTORY=$(CURDIR)/$(BUILD)/molecule molecule test)

.PHONY: ee
ee: $(VENV)/.ee collection #- what an execution environment with the collection is made of
	$(call step,execution environment: requirements,ansible-builder introspect --write-pip $(BUILD)/ee-requirements.txt $(BUILD) && \
		grep -q '^requests ' $(BUILD)/ee-requirements.txt)
	$(call step,execution environment: context,ansible-builder create --context $(BUILD)/ee \
		--file tests/execution_environment/execution-environment.yml)

.PHONY: quick
quick: $(VENV)/.test collection #- modules and role against the simulator, run by pytest, without what takes long
	$(call step,quick,$(E2E) -m 'not thorough' --ignore tests/e2e/benchmark tests/e2e)

.PHONY: e2e
e2e: $(VENV)/.test $(NPM)/.installed collection #- what quick leaves out, but for the faults
	$(call step,e2e,$(E2E) -m thorough --ignore tests/e2e/faults --ignore tests/e2e/benchmark tests/e2e)

.PHONY: faults
faults: $(VENV)/.test collection #- break each request of each operation, and see the next run put it right
	$(call step,faults,python -m pytest -n 2 tests/e2e/faults)

.PHONY: histories
histories: $(VENV)/.test collection #- everybody acts on one account in random order, some thousand steps
	$(call step,histories,python -m pytest -m thorough tests/e2e/histories)

.PHONY: soak
soak: $(VENV)/.test collection #- the same, on and on, until one goes wrong or you stop it
	$(call step,soak,while HISTORIES=soak python -m pytest -q -m thorough tests/e2e/histories; do :; done; exit 1)

.PHONY: mutations
mutations: $(VENV)/.test collection #- put faults into the collection, one at a time, and see that the tests find each
	$(call step,mutations,python -m tests.mutations $(ARGS))

.PHONY: docs
docs: $(VENVS)/docs/.installed collection ## documentation site, in build/docs
	$(call step,docs: sources,rm -rf $(SITE) $(SITE_SOURCES) && mkdir -p $(SITE_SOURCES) && \
		git -C $(COLLECTION) archive HEAD | tar -xC $(SITE_SOURCES) && \
		cp docs/docsite/index.rst $(SITE_SOURCES))
	$(call step,docs: what users see,rm -rf $(SITE_COLLECTIONS) && mkdir -p $(SITE_COLLECTION) && \
		git -C $(COLLECTION) archive HEAD . ':!plugins/filter' | tar -xC $(SITE_COLLECTION))
	$(call step,docs: pages of modules and role,$(in_docs) ANSIBLE_COLLECTIONS_PATH=$(CURDIR)/$(SITE_COLLECTIONS) antsibull-docs --config-file docs/docsite/antsibull-docs.cfg collection --use-current --fail-on-error \
		--dest-dir $(SITE_SOURCES) community.nexmo)
	$(call step,docs: site,$(in_docs) sphinx-build -q -W --keep-going -d $(BUILD)/doctrees -c docs/docsite \
		$(SITE_SOURCES) $(SITE))
	@echo 'Its start page is $(SITE)/index.html'

# The sessions of antsibull-nox that work with a package index alone; those of ansible-test and ee-check need containers.
.PHONY: check
check: docs molecule ee dist $(VENVS)/nox/.installed $(VENVS)/importer/.installed #- the slower tools: documentation, licences, archive, an import like Galaxy's
	$(call step,antsibull-docs,cd $(COLLECTION) && $(in_docs) antsibull-docs lint-collection-docs --plugin-docs \
		--validate-collection-refs=all --disallow-unknown-collection-refs --check-extra-docs-refs .)
	$(call step,antsibull-nox: lint,$(nox) lint)
	$(call step,antsibull-nox: docs-check,$(nox) docs-check)
	$(call step,antsibull-nox: license-check,$(nox) license-check)
	$(call step,antsibull-nox: extra-checks,$(nox) extra-checks)
	$(call step,antsibull-nox: build-import-check,$(nox) build-import-check)
	$(call step,galaxy-importer,tests/tools/galaxy_import $(COLLECTION) $(BUILD)/import $(VENVS)/importer)

.PHONY: test-matrix
test-matrix: $(VENV)/.test collection #- modules and role on each ansible-core and Python that is here
	@python -m tests.matrix $(ARGS)

.PHONY: dist
dist: $(VENV)/.demo collection #- build the archive for Galaxy, install it and run the demo with it
	@python tests/tools/make_dist.py $(COLLECTION) $(BUILD)/dist

.PHONY: bench
bench: $(VENV)/.test collection #- compare with other means, in 25 minutes; options: make bench ARGS="--help"
	$(call step,bench: its own tests,$(E2E) -q tests/e2e/benchmark)
	@python -m tests.benchmark $(ARGS)

.PHONY: benchdocs
benchdocs: $(VENV)/.bench #- write the figures of the last make bench into docs/performance.md
	@python -m tests.benchmark.page $(ARGS)

.PHONY: simulator
simulator: $(VENV)/.demo ## run the simulated API; its options: make simulator ARGS="--help"
	@python -m tests.simulator --port 8080 $(ARGS)

.PHONY: clean
clean: ## remove the virtual environment, the copy and caches
	rm -rf $(VENV) $(BUILD) .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache tests/output
	find plugins roles tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- what the targets above are made of ---------------------------------------

comma := ,
E2E := python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
PIP_INSTALL := python -m pip install -qq --disable-pip-version-check
# The tools of virtual environments of their own; nox works on the copy.
in_docs = PATH='$(CURDIR)/$(VENVS)/docs/bin:$(PATH)'
nox = cd $(COLLECTION) && PATH='$(CURDIR)/$(VENVS)/nox/bin:$(PATH)' nox --reuse-venv yes \
	--envdir $(CURDIR)/$(VENVS)/sessions --session
python_version = $(shell $(VENV)/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

# ansible-test wants a collection in a folder of that name, in a git repository.
.PHONY: collection
collection: $(VENV)/.demo
	@python tests/tools/sync_collection.py $(COLLECTION)

# Python 3.10 is enough for the demo; the tools of the tests want 3.11, and know up to 3.13.
PYTHONS := 3.10
lint sanity units integration coverage quick e2e faults histories soak mutations docs molecule ee check matrix test-matrix bench benchdocs: PYTHONS := 3.11 3.13

$(VENV)/.demo: tests/requirements/demo.txt tests/requirements/constraints.txt
	@PATH='$(HOST_PATH)' tests/tools/make_venv '$(PYTHON)' $(VENV) $(PYTHONS)
	@echo 'Installing what the demo needs into $(VENV) ...'
	@$(PIP_INSTALL) -r tests/requirements/demo.txt
	@touch $@

$(VENV)/.test: tests/requirements/test.txt $(VENV)/.demo
	@PATH='$(HOST_PATH)' tests/tools/make_venv '$(PYTHON)' $(VENV) $(PYTHONS)
	@echo 'Installing what the tests need into $(VENV) ...'
	@$(PIP_INSTALL) -r tests/requirements/test.txt
	@touch $(VENV)/.demo $@

$(VENV)/.bench: tests/requirements/bench.txt $(VENV)/.test
	@echo 'Installing what the chart of the benchmark needs into $(VENV) ...'
	@$(PIP_INSTALL) -r tests/requirements/bench.txt
	@touch $@

# What the tests do not need, and what would clash with it.
$(VENVS)/%/.installed: tests/requirements/%.txt tests/requirements/demo.txt $(wildcard tests/requirements/constraints*.txt)
	@PATH='$(HOST_PATH)' tests/tools/make_venv '$(PYTHON)' $(@D) $(PYTHONS)
	@echo 'Installing what $(<F) names into $(@D) ...'
	@$(@D)/bin/$(PIP_INSTALL) -r $<
	@touch $@

# The service's own clients of npm. Where they cannot be had, their tests are skipped.
$(NPM)/.installed: tests/e2e/simulator/npm/package.json tests/e2e/simulator/npm/package-lock.json
	@mkdir -p $(NPM) && cp $^ $(NPM)
	@echo "Installing the service's own clients of npm into $(NPM) ..."
	@if cd $(NPM) && npm ci --ignore-scripts --no-audit --no-fund --loglevel error; then touch .installed; else \
		echo 'They cannot be had here: their tests will be skipped.'; fi

$(VENV)/.molecule $(VENV)/.ee: $(VENV)/.%: tests/requirements/%.txt $(VENV)/.test
	@echo 'Installing what make $* needs into $(VENV) ...'
	@$(PIP_INSTALL) -r $<
	@touch $@
