# Two commands: `make run` serves Keel, `make test` checks all of it. The rest are steps of those two.
# Everything is put under .venv/, frontend/node_modules/ and build/; a step that was cut off is done anew.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory -j2

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MODULES := frontend/node_modules
# What developers need holds what the server needs; who has the one does not go back to the other.
DEVELOPING := $(filter test soak lint unit journeys bench bench-server,$(MAKECMDGOALS))
PYTHON_READY := $(VENV)/.$(if $(DEVELOPING)$(wildcard $(VENV)/.dev),dev,runtime)
MODULES_READY := $(MODULES)/.$(if $(DEVELOPING)$(wildcard $(MODULES)/.dev),dev,runtime)
RELEASE := build/release/release.json
GENERATED := frontend/src/generated/safety-plan.ts
COMPILED := $(VENV)/.compiled

# pip and uv ask the same index, whichever pip was told of.
ifneq ($(strip $(PIP_INDEX_URL)),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# A virtual environment that does not run, or whose making was cut off, is made anew.
WHOLE := $(shell test ! -e $(VENV)/.half && $(BIN)/python -c '' 2>/dev/null && echo yes)
ifneq ($(WHOLE),yes)
$(VENV)/.uv: anew
endif

.PHONY: run test soak build types lint unit journeys bench bench-server lines check lock system clean anew
.DEFAULT_GOAL := run

run: $(RELEASE) $(COMPILED)
	@exec $(BIN)/python -m app serve

# Everything below `test` needs what developers need, and a browser of each kind.
test: export KEEL_TEST_BEGAN := $(shell date +%s)
test: system $(PYTHON_READY) $(MODULES_READY) $(RELEASE) $(COMPILED)
	@$(BIN)/python -m tests.run

# The same faults, many more of them; KEEL_SOAK=0.1 is a tenth.
soak: export KEEL_SOAK ?= 1
soak: export KEEL_MUTATIONS ?= 100000
soak: system $(PYTHON_READY) $(MODULES_READY) $(RELEASE)
	@$(BIN)/python -m tests.run soak

build: $(RELEASE)

types: $(GENERATED)

lint: $(PYTHON_READY) $(MODULES_READY) $(GENERATED)
	@$(BIN)/python -m tests.run lint

unit: $(PYTHON_READY) $(MODULES_READY) $(RELEASE)
	@$(BIN)/python -m tests.run unit

journeys: system $(PYTHON_READY) $(MODULES_READY) $(RELEASE)
	@$(BIN)/python -m tests.run journeys

# The device's figures; a quiet machine tells more.
bench: system $(PYTHON_READY) $(MODULES_READY) $(RELEASE) $(COMPILED)
	@$(BIN)/python -m benchmarks.device
	@$(BIN)/python -m benchmarks.argon2

# The server's, beside a bare endpoint that does the same work; needs no browser.
bench-server: $(PYTHON_READY) $(RELEASE) $(COMPILED)
	@$(BIN)/python -m benchmarks.server

lines: $(PYTHON_READY)
	@$(BIN)/python -m app lines

check: $(RELEASE)
	@$(BIN)/python -m app check

# ---- Python -------------------------------------------------------------------------------------

$(VENV)/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Keel needs Python 3.11 or newer. If you have one: make PYTHON=python3.12 run" >&2; exit 1; }
	@test ! -e $(VENV)/.half && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { echo "Making a virtual environment"; $(PYTHON) -m venv --clear $(VENV); }
	@touch $(VENV)/.half
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@rm $(VENV)/.half && touch $@

# Compiled here: where Python may not write beside its packages (PYTHONDONTWRITEBYTECODE, a system
# user), it would compile all of them anew at every start, which doubles it.
SYNC = touch $(VENV)/.half && $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes

$(VENV)/.runtime: $(VENV)/.uv requirements/runtime.txt
	@echo "Installing what the server needs"
	@$(SYNC) requirements/runtime.txt
	@rm $(VENV)/.half && touch $@

$(VENV)/.dev: $(VENV)/.uv requirements/dev.txt
	@echo "Installing what the server and its tests need"
	@$(SYNC) requirements/dev.txt
	@rm $(VENV)/.half && touch $@

$(COMPILED): $(shell find app migrations -name '*.py' 2>/dev/null) | $(PYTHON_READY)
	@$(BIN)/python -m compileall -q app migrations
	@touch $@

# ---- JavaScript ---------------------------------------------------------------------------------

# `npm ci` empties the folder first, and with it the mark of a whole one.
define NPM_CI
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
  || { echo "The page is built with Node.js 20.19 or newer, and npm: install those first." >&2; exit 1; }; \
npm ci --prefix frontend --ignore-scripts --no-audit --no-fund --loglevel=error
endef

$(MODULES)/.runtime: frontend/package.json frontend/package-lock.json
	@echo "Installing what builds the page"
	@$(NPM_CI) --omit=dev
	@touch $@

$(MODULES)/.dev: frontend/package.json frontend/package-lock.json
	@echo "Installing what builds the page and checks it"
	@$(NPM_CI)
	@touch $@

# ---- The release --------------------------------------------------------------------------------

SOURCES := $(shell find app/content app/pages app/plan frontend/src frontend/styles frontend/icons \
  frontend/build.mjs -type f -not -path '*/generated/*' -not -name '*.pyc' 2>/dev/null)

# Made anew when what it is made of changed; packages only have to be there first.
LOCKS := requirements/runtime.txt frontend/package-lock.json
$(RELEASE): $(SOURCES) $(LOCKS) | $(PYTHON_READY) $(MODULES_READY)
	@echo "Building the page"
	@$(BIN)/python -m app types
	@node frontend/build.mjs
	@$(BIN)/python -m app pages

$(GENERATED): $(SOURCES) $(LOCKS) | $(PYTHON_READY) $(MODULES_READY)
	@$(BIN)/python -m app types
	@node frontend/build.mjs --types-only

# ---- Now and then -------------------------------------------------------------------------------

# The browsers that the journeys drive: Chromium, and WebKitGTK as the second engine; and a compiler
# for what records every write and sync, to cut the power at each.
SYSTEM := chromium chromium-driver webkit2gtk-driver xvfb fonts-noto-core fonts-noto-color-emoji gcc libc6-dev
system:
	@for name in chromium chromedriver WebKitWebDriver Xvfb cc; do \
	  command -v $$name >/dev/null || missing="$${missing:-} $$name"; done; \
	if test -n "$${missing:-}"; then \
	  if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	    echo "Installing what the tests need:$$missing"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends $(SYSTEM) >/dev/null; \
	  else \
	    echo "The tests need$$missing. As root: apt-get install $(SYSTEM)" >&2; exit 1; \
	  fi; \
	fi

# The locks: hashes, and no address of any index.
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11
lock: $(VENV)/.uv
	$(LOCK) requirements/uv.in --output-file requirements/uv.txt
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	cd frontend && npm install --package-lock-only --ignore-scripts --loglevel=error

clean:
	rm -rf build $(VENV) $(MODULES) frontend/src/generated
