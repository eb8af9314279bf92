# The verbs of the project. `make run` and `make test` need Python 3 and make; everything else they get themselves.
PYTHON ?= python3
WEB = .venv/bin/python
RASA = .venv-rasa/bin/python
QUIET = RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 PYTHONWARNINGS=ignore

.PHONY: run test test-faults train check evaluate bench lock environments tools

run:  ## everything on this machine, until Ctrl-C
	@exec $(PYTHON) -m deploy.local.run

test: environments tools  ## every test that belongs to each change
	@$(PYTHON) -m deploy.local.training
	@$(WEB) -m pytest tests/unit tests/content tests/contract tests/anef tests/mock_anef tests/console --ignore=tests/console/desk
	@$(WEB) -m pytest tests/scenario
	@$(WEB) -m pytest tests/browser
	@$(WEB) -m pytest tests/console/desk
	@$(QUIET) $(RASA) -m pytest tests/rasa
	@$(QUIET) .venv-rasa/bin/rasa test core --stories tests/stories --fail-on-prediction-errors --out .run/results

test-faults: environments  ## long: whether numbers can be told apart by time (about fifteen minutes)
	@$(PYTHON) -m deploy.local.training
	@$(WEB) -m pytest -s tests/long/test_lookup_timing.py

train: environments  ## train the model, stale or not
	@$(PYTHON) -m deploy.local.training --force

check: environments tools  ## lint, types, content, data; trains nothing
	@$(WEB) -m ruff check .
	@$(WEB) -m ruff format --check .
	@$(WEB) -m mypy
	@npx --no-install tsc --noEmit
	@$(WEB) -m pytest tests/content
	@$(WEB) -m evaluation.check
	@$(QUIET) .venv-rasa/bin/rasa data validate >.run/validate.log 2>&1 || { tail -40 .run/validate.log; exit 1; }

evaluate: environments  ## every stored run anew, on the model and through the whole assistant, and the report (some 5 min, after a training when stale)
	@$(PYTHON) -m deploy.local.training
	@$(QUIET) $(RASA) -m evaluation.run
	@$(QUIET) $(RASA) -m evaluation.run --set tuning
	@$(WEB) -m evaluation.through_gateway
	@$(WEB) -m evaluation.report

bench: environments  ## how well and how fast search answers
	@$(WEB) -m bench.search

environments:
	@$(PYTHON) -m deploy.local.environments

tools: environments
	@$(PYTHON) -m deploy.local.tools

lock:  ## remake both locks from pyproject.toml
	uv pip compile --group pyproject.toml:rasa --python-version 3.10 --generate-hashes --no-header --no-annotate -q -o locks/rasa.txt
	uv pip compile --group pyproject.toml:dev --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o locks/web.txt
