# Giữ Chuẩn. Two commands set everything up: `make run` and `make test`. Neither asks a question.
GO       ?= go
PKGS     ?= ./...
FUZZTIME ?= 30s
BINARY   := build/giuchuan
DEMO     := build/demo

# Nothing needs C: the program runs without a C library, and takes less memory.
CGO_ENABLED ?= 0

export GO CGO_ENABLED

.PHONY: help run test build ui ui-or-plain lint fmt bench bench-directives soak fuzz e2e clean

help:
	@echo 'make run     builds the program, shows the demonstration province and serves its pages at http://127.0.0.1:8080'
	@echo '             (SQLite, Go alone; RUN="--listen 127.0.0.1:9000 --today 2024-12-31" passes options)'
	@echo 'make test    vet, format, staticcheck and the whole suite on SQLite, PostgreSQL, in a browser and in LibreOffice'
	@echo 'make build   builds $(BINARY)'
	@echo 'make ui      builds the styles, scripts and fonts into ui/dist (needs Node 20 and npm); then make build'
	@echo 'make lint    vet, format and staticcheck only;  make fmt formats'
	@echo 'make bench   the table of figures;  make soak the long torture tests'
	@echo 'make bench-directives  how well official documents are read, against those in $(NOTICES) (NOTICES="DIR DIR" names others)'
	@echo 'make e2e     the browser tests only (needs Node 20, npm and Chromium)'
	@echo 'make fuzz    every Fuzz target for FUZZTIME each (default 30s)'
	@echo 'PKGS=./internal/arch/... narrows test, lint, soak and fuzz to some packages'

build:
	@mkdir -p build
	@echo 'build: $(BINARY)'
	@$(GO) build -trimpath -o $(BINARY) ./cmd/giuchuan

# npm fetches sources only; none of their scripts run.
node_modules/.package-lock.json: package.json package-lock.json
	@echo 'ui: npm ci'
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

ui: node_modules/.package-lock.json
	@$(GO) run ./tools/uibuild

# The program works without its styles; whoever lacks Node is told what is missing.
ui-or-plain:
	@if ! command -v node >/dev/null || ! command -v npm >/dev/null; then \
	  echo 'ui: Node and npm are not installed, so styles and fonts were not built: pages will be plain. Install Node 20, then make ui'; \
	elif ! $(MAKE) --no-print-directory ui >build-ui.log 2>&1; then \
	  tail -5 build-ui.log; echo 'ui: styles and fonts were not built (see above): pages will be plain. Try make ui'; \
	else tail -1 build-ui.log; fi; rm -f build-ui.log

run: ui-or-plain build
	@rm -rf $(DEMO)
	@echo 'run: tỉnh minh họa, trong thư mục dữ liệu mới $(DEMO) (SQLite nhúng)'
	@$(BINARY) demo --data $(DEMO) --serve $(RUN)

test:
	@tools/withpg $(if $(filter ./...,$(PKGS)),tools/withbrowser tools/withoffice) tools/check $(PKGS)

lint:
	@LINT_ONLY=1 tools/check $(PKGS)

fmt:
	@$(GO) tool gofumpt -w $$($(GO) list -f '{{.Dir}}' $(PKGS))

bench:
	@tools/withpg $(GO) run ./bench

# Documents with a truth written by hand; our own are always there.
NOTICES ?= ../shared/notices
bench-directives:
	@$(GO) run ./bench/directives $(NOTICES) internal/feature/directive/reading/testdata

soak:
	@GIUCHUAN_SOAK=1 TIMEOUT=8h TESTFLAGS=-count=1 tools/withpg tools/check $(PKGS)

e2e:
	@REQUIRE=browser tools/withbrowser tools/e2e $(E2E)

fuzz:
	@FUZZTIME=$(FUZZTIME) tools/fuzz $(PKGS)

clean:
	@rm -rf build node_modules
	@find ui/dist -mindepth 1 ! -name placeholder.txt -delete
