# Every command works from any folder (make -C FOLDER, make -f FOLDER/Makefile) and with any characters in the path:
# the shell, not make, takes the path apart, because make splits lists at blanks.
export THIS_MAKEFILE := $(MAKEFILE_LIST)
export PORT INSTANCE ALLOW_SKIP ARGS
in_project = cd -- "$$(dirname -- "$${THIS_MAKEFILE\# }")" && exec

.DEFAULT_GOAL := menu
.NOTPARALLEL:
.PHONY: menu run install test check setup lock docs

##@ Use
run: ## Serve the system on http://127.0.0.1:8000 with demonstration data (PORT=, INSTANCE= choose others)
	@$(in_project) scripts/python -m scripts.tasks run
install: ## Install what running needs and nothing else (for a service, see docs/operations.md)
	@$(in_project) scripts/python -m scripts.tasks install

##@ Develop
test: ## Run the whole suite, the browser journeys included (ARGS="-k word" for a part, ALLOW_SKIP=1 lets skips pass)
	@$(in_project) scripts/python -m scripts.tasks test
check: ## Ask the formatter, the linter, the type checker and the import contracts
	@$(in_project) scripts/python -m scripts.tasks check
setup: ## Make the virtual environment with everything a developer needs
	@$(in_project) scripts/python -m scripts.tasks setup
lock: ## Lock the newest permitted dependencies with their hashes
	@$(in_project) scripts/python -m scripts.tasks lock
docs: ## Draw the generated pages of the documentation anew
	@$(in_project) scripts/python -m scripts.tasks docs

menu:
	@$(in_project) sed -n \
		-e 's/^##@ \(.*\)/\n\1/p' \
		-e 's/^\([a-z]*\): ## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16
