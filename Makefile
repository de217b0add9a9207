# What this project can do. `make` alone lists it; nothing but Python 3.11 or newer, pip and make must be there beforehand.

PYTHON  ?= $(shell command -v python3.11 || command -v python3 || echo python)
CORPORA ?= ../shared/data
VENV    := .venv
BIN     := $(VENV)/bin
RUN     := $(BIN)/python
TESTS   ?= tests
CODE    := src tests lab examples
WORKERS ?= 2
LINES   ?= open research

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test testtrain check gate compare bench reliability tables weights speeches docs picture lock clean

help: ## list what make can do
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev ## everything for working on the project, into .venv, locked by hashes

demo: $(VENV)/.base ## read the example article and show who said what
	@$(BIN)/reportedly read src/reportedly/example/article.txt

test: $(VENV)/.dev ## run all tests
	$(RUN) -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

testtrain: $(VENV)/.train ## tests of what needs PyTorch: training, an encoder from a hub
	$(RUN) -m pytest tests/lab/network tests/reading/statements/learned

check: $(VENV)/.dev ## format, lint, types, plan of the house, front door
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(RUN) -m pytest tests/test_house.py tests/test_imports.py

gate: $(VENV)/.dev ## scores that may not fall; writes docs/quality.md (corpora: CORPORA=FOLDER)
	$(RUN) lab/gate.py --data $(CORPORA)
	$(RUN) -m lab.docs_scores

compare: $(VENV)/.dev ## statements gained and lost since another commit (REF=main)
	$(RUN) lab/compare.py $(or $(REF),$(error say which commit to compare with: make compare REF=main)) --data $(CORPORA)

bench: $(VENV)/.dev ## articles per second, memory, time to the first word
	$(RUN) lab/bench.py --data $(CORPORA)
	$(RUN) -m lab.bench_archive --data $(CORPORA)

reliability: $(VENV)/.dev ## promises of docs/reliability.md, each at its full count: an hour (SHARE=0.1 for a tenth)
	$(RUN) -m lab.reliability --share $(or $(SHARE),1) --write

tables: $(VENV)/.dev ## make the word forms of the German lexicon anew
	$(RUN) lab/tables/wordforms.py $(CORPORA)

weights: $(VENV)/.train ## learn all numbers anew from the corpora: hours (LINES=open for one line)
	$(RUN) -m lab.train.confidence tables --data $(CORPORA)
	for line in $(LINES); do \
	    $(RUN) -m lab.train.network.line $$line --data $(CORPORA) --room build/weights --seeds 3 && \
	    $(RUN) -m lab.train.confidence $$line --data $(CORPORA) || exit; \
	done

speeches: $(VENV)/.train ## learn and score the networks for Bundestag speeches (lab only): hours
	$(RUN) -m lab.train.network.parliament --data $(CORPORA) --room build/weights

docs: $(VENV)/.dev ## write what is generated in the docs: command line, plan, scores, outputs of the examples
	$(RUN) -m lab.docs_cli
	$(RUN) -m lab.docs_plan
	$(RUN) -m lab.docs_scores
	$(RUN) -m lab.docs_run --update

picture: $(VENV)/.dev ## draw docs/images and the pictures that tests compare with anew (needs Chromium)
	$(RUN) -m lab.picture
	REPORTEDLY_PICTURES=draw $(RUN) -m pytest -q tests/web/test_pictures.py -k looks

lock: ## work out requirements/*.txt anew from pyproject.toml
	requirements/lock $(PYTHON)

clean: ## remove .venv and everything else that was made here
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src lab tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment for using it (.base), one for working on it (.dev), and what training needs beside that (.train); each is
# made once, and again when its list changes.
# Debian may ship Python without the part that puts pip into a new environment: then the machine's own pip does the work.

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("reportedly needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; name another: make setup PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --clear --without-pip $(VENV)
	@touch $@

INSTALL = $(if $(wildcard $(BIN)/pip),$(RUN) -m pip,$(PYTHON) -m pip --python $(RUN)) install --quiet --disable-pip-version-check
EDITABLE = $(INSTALL) --no-deps --no-build-isolation --editable .

$(VENV)/.base: $(VENV)/.venv requirements/build.txt requirements/base.txt pyproject.toml
	@echo "installing what reportedly needs into $(VENV) (half a minute, once)"
	@$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/base.txt
	@$(EDITABLE)
	@touch $@

$(VENV)/.dev: $(VENV)/.venv requirements/build.txt requirements/dev.txt pyproject.toml
	@echo "installing what working on reportedly needs into $(VENV) (a minute, once)"
	@$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/dev.txt
	@$(EDITABLE)
	@touch $(VENV)/.base $@

$(VENV)/.train: $(VENV)/.dev requirements/train.txt
	@echo "installing what training needs into $(VENV) (PyTorch: some minutes, once)"
	@$(INSTALL) -r requirements/train.txt
	@touch $@
