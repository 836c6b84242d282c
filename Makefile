# Everything a developer or a newcomer runs. Needs Python 3.11 or newer, git and make; a second run is quick.
# Paths are relative on purpose: the folder's own path may hold blanks.

SHELL := /bin/sh
PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(BIN)/python requirements/install.py
RUN := PATH="$$PWD/$(BIN):$$PATH"
PYTEST := $(RUN) $(BIN)/python -m pytest
SECOND_POSTGRES ?= $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))

.PHONY: help demo test test-all check prove faults docs assets bench sbom audit clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      a running sample on http://127.0.0.1:8000 … 示例系统"
	@echo "make test      the quick tests … 快速测试      make test-all  all that have a time limit … 全部测试"
	@echo "make check     style, types, contracts … 检查   make faults    what kill -9 and a full disk do … 故障"
	@echo "make prove     no time limit … 长时验证         make docs      the documentation … 文档"
	@echo "make bench     figures beside their ceilings … 性能"
	@echo "make sbom      what it is made of … 组成清单      make audit     known weaknesses … 已知弱点"

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name it by PYTHON=… … 需要 Python 3.11 或更新版本"; exit 1; }
	@echo "Making the virtual environment … 建立虚拟环境"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.core: $(VENV)/.venv requirements/core.txt requirements/build.txt pyproject.toml
	@$(INSTALL) "Installing what Gantang needs … 安装依赖" requirements/core.txt requirements/build.txt
	@echo "Installing Gantang itself … 安装本软件"
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements/dev.txt requirements/advice.txt requirements/ground.txt requirements/rosters.txt requirements/telemetry.txt
	@$(INSTALL) "Installing what the tests need … 安装测试工具" requirements/dev.txt requirements/advice.txt \
	  requirements/ground.txt requirements/rosters.txt requirements/telemetry.txt
	@touch $@

# The machine's own Node is used when it is recent enough; else a wheel brings one.
$(VENV)/.node: $(VENV)/.core requirements/assets.txt
	@if npm --version >/dev/null 2>&1 && \
	  node -e 'process.exit(parseInt(process.versions.node) >= 22 ? 0 : 1)' 2>/dev/null; then :; else \
	  $(INSTALL) "Installing Node from a wheel … 安装 Node" requirements/assets.txt; fi
	@touch $@

assets: $(VENV)/.node
	@$(RUN) $(BIN)/gantang assets

demo: assets
	@exec $(BIN)/gantang demo

# The order is fixed here, so that a red build can be repeated; `make prove` shuffles it.
# Files go out by name: left to itself the runner keeps those with few tests, the long ones, for the end, and one core idles.
test: $(VENV)/.dev assets
	$(PYTEST) -p no:randomly -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not slow and not prove"

test-all: $(VENV)/.dev assets
	GANTANG_TESTS=short $(PYTEST) -p no:randomly -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not prove"

faults: $(VENV)/.dev
	$(PYTEST) tests/faults -m "" -v

check: $(VENV)/.dev assets
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gantang manage makemigrations --check --dry-run
	$(BIN)/gantang check

# Everything, then everything again on another PostgreSQL. Seeds and results stand in docs/reference/proof.md.
prove: $(VENV)/.dev assets
	$(PYTEST) -m "" -v
	@if [ -n "$(SECOND_POSTGRES)" ]; then \
	  echo "On another PostgreSQL: $(SECOND_POSTGRES)"; \
	  GANTANG_POSTGRES_BIN="$(SECOND_POSTGRES)" $(PYTEST) -m "not prove" -v; \
	else echo "No second PostgreSQL here; name one by SECOND_POSTGRES=<folder of its programs>."; fi

docs: $(VENV)/.dev
	$(BIN)/gantang reference --write docs/reference
	$(BIN)/zensical build --strict

# What the product is made of, from the lock files (CycloneDX).
sbom: $(VENV)/.core
	$(BIN)/python requirements/sbom.py build/sbom.json

# Exit code 1: a known weakness. 3: a source does not answer, so nothing is known.
audit: $(VENV)/.dev $(VENV)/.node
	@$(RUN) $(BIN)/python requirements/audit.py

bench: $(VENV)/.dev assets
	$(RUN) $(BIN)/python -m bench

clean:
	rm -rf $(VENV) node_modules build dist site src/gantang/faces/static/vendor src/gantang/files/fonts
