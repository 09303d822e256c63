# Everything happens in .venv, which is made from requirements/dev.lock when that file changes.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c '$(ENOUGH)' 2>/dev/null && { echo $$each; break; }; done)
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
VENV ?= .venv
SERVICE ?= catalog
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

BIN := $(VENV)/bin
LOCK := requirements/dev.lock
# The name holds the lock's content: another lock is another stamp, also after a change of branch.
STAMP := $(VENV)/.installed-$(shell cksum < $(LOCK) | cut -d' ' -f1)
# Hashes are checked, and nothing is ever compiled: a missing wheel is an error.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --no-compile
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --annotation-style line

help: ## Print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## Make the environment in .venv

$(STAMP):
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(ENOUGH)' 2>/dev/null || { \
		echo "Restwright needs Python 3.11 or newer: $(or $(PYTHON),python3) is not." \
			"Name one with: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; } >&2
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make an environment: install its venv module" \
			"(on Debian and Ubuntu: apt install python3-venv)."; exit 1; } >&2
	@echo "Installing into $(VENV) (about a minute, once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) --require-hashes --only-binary=:all: --requirement $(LOCK)
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

generate: $(STAMP) ## Compile spec/ into generated/
	@$(BIN)/restwright generate $(ARGS)

check: $(STAMP) ## Check spec/, and that generated/ is what it compiles to
	@$(BIN)/restwright generate --check $(ARGS)

run: generate ## Serve SERVICE=catalog (or warehouse) on SQLite at 127.0.0.1, PORT=8000
	@echo "http://$(HOST):$(PORT)/docs"
	@$(BIN)/uvicorn app.$(SERVICE):app --host $(HOST) --port $(PORT) $(RUN_ARGS)

test: $(STAMP) ## Run all tests, several at a time
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

fuzz: $(STAMP) ## Fuzz all services, or SERVICE=catalog, and show what was confirmed
	@$(BIN)/python -m tests.fuzzing $(if $(filter file,$(origin SERVICE)),,$(SERVICE)) $(ARGS)

bench: $(STAMP) ## Measure what a request costs, ours beside its peers (40 to 60 minutes, on a quiet machine)
	@$(BIN)/python -m benchmarks $(ARGS)

lint: $(STAMP) ## Check format, style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

golden: generate ## Accept what the compiler now says and writes as expected; review the diff
	@$(BIN)/python -m pytest --update $(ARGS)

lock: ## Choose the newest versions that pyproject.toml allows (needs uv)
	@$(COMPILE) --upgrade --group dev --output-file requirements/dev.lock pyproject.toml
	@$(COMPILE) --upgrade --group service --constraint requirements/dev.lock \
		--output-file requirements/service.lock
	@$(COMPILE) --upgrade --group bench --output-file requirements/bench.lock

clean: ## Remove the environment, caches and local databases
	@rm -rf $(VENV) .restwright-cache .mypy_cache .ruff_cache .pytest_cache .hypothesis var build dist
	@rm -rf .venv-bench benchmarks/servers/fastify/node_modules
	@find generator generated app tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help install generate check run test fuzz bench lint golden lock clean
