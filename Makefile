# Every target works from a fresh clone: bootstrap.py makes .venv and installs what is missing.
PYTHON ?= python3
SETUP = $(PYTHON) -I advocacy/up/bootstrap.py
DEV = $(SETUP) dev --

export PORT HOST FIRM

.PHONY: run test test-browser lint format journey bench chaos audit screenshots test-real backup restore

run:
	@$(SETUP) run

test:
	@$(DEV) advocacy.up with -- pytest -n auto -m "not browser and not real" $(ARGS)
	@echo "Everything that needs no browser has passed. make test-browser runs the rest."
