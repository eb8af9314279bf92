# The verbs of the project. `make run` and `make test` need Python 3 and make, nothing else.
PYTHON ?= python3
WEB = .venv/bin/python

.PHONY: run test train check lock

run:  ## everything on this machine, until Ctrl-C
	@exec $(PYTHON) -m deploy.local.run

train:  ## train the model, stale or not
	@$(PYTHON) -m deploy.local.environments
	@$(PYTHON) -m deploy.local.training --force

lock:  ## remake both locks from pyproject.toml
	uv pip compile --group pyproject.toml:rasa --python-version 3.10 --generate-hashes --no-header --no-annotate -q -o locks/rasa.txt
	uv pip compile --group pyproject.toml:dev --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o locks/web.txt
