# Every target works from a fresh clone: bootstrap.py makes .venv and installs what is missing.
PYTHON ?= python3
SETUP = @$(PYTHON) -I advocacy/up/bootstrap.py
DEV = $(SETUP) dev --
UP = $(DEV) advocacy.up

export PORT HOST FIRM FEEDS PART FILE CHAOS_BREAK ARGS BROKER SHARES PGBOUNCER

.PHONY: run test test-browser lint format messages journey bench chaos cluster container audit screenshots test-real reliability backup restore verify

run: ## everything, until Ctrl-C; FIRM=1 without the demo, PORT=8123 elsewhere
	$(SETUP) run

test: ## everything that needs no browser
	$(UP) with -- python -m advocacy.up.tests

test-browser: ## what needs Chromium, in front of the running demo and of pages alone
	$(UP) stack -- python -m advocacy.up with -- python -m advocacy.up.tests browser

lint: ## style, types, who may import whom, migrations, production settings, templates
	$(DEV) advocacy.up.lint

messages: ## the catalogues in locale/, up to date with the code
	$(DEV) advocacy.languages messages

format: ## rewrite what a formatter can
	$(DEV) ruff format .

journey: ## the whole way in a real browser, from a feed to the board
	$(DEV) tests.journeys.main

bench: ## the figures; PART=redirects for one of them
	$(UP) stack -- python -m benchmarks
	$(if $(PART),,$(MAKE) bench PART=limits)

bench: export LIMITS = $(if $(filter limits,$(PART)),on,off)
chaos bench: export PATIENT = 1
chaos: export WORKER_APP = $(if $(CHAOS_BREAK),tests.chaos.broken,advocacy)
chaos: ## kills, dropped answers, and a count of what was really published
	$(UP) stack -- python -m tests.chaos

container: export LOCAL = 1
container: ## the steps of deploy/Containerfile in a clean root folder, until /readyz is well
	$(DEV) tests.container

cluster: export LOCAL = 1
cluster: ## several hosts on one machine, cut off and killed; BROKER=rabbitmq, SHARES=500
	$(DEV) tests.cluster

test-browser audit screenshots: export DEMO = 1
audit: ## every page under axe, and every form without JavaScript
	$(UP) stack -- python -m tests.browser.audit

screenshots: ## every page, phone and desk, light and dark
	$(UP) stack -- python -m tests.browser.screenshots

reliability: export WRITE = 1
reliability: ## every fault on every platform, into docs/reliability.md
	$(UP) with -- python -m pytest tests/shares/test_reliability.py -q -p no:xdist

test-real: ## the connector contract against a real Bluesky server
	$(UP) with -- python -m tests.real

backup: ## the database and the pictures, into backups/
	$(SETUP) backup

restore: ## FILE=backups/…: into an empty database
	$(SETUP) restore

verify: ## whether the evidence on guidelines is as it was written; ARGS="--head …" for a seal of an earlier pack
	$(SETUP) verify
