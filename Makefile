# Giữ Chuẩn. Two commands set everything up: `make run` and `make test`. Neither asks a question.
GO       ?= go
PKGS     ?= ./...
FUZZTIME ?= 30s
BINARY   := build/giuchuan
DEMO     := build/demo

export GO

.PHONY: help run test build lint fmt bench soak fuzz clean

help:
	@echo 'make run     builds the program and shows the demonstration province (SQLite, Go alone)'
	@echo 'make test    vet, format, staticcheck and the whole suite on SQLite and PostgreSQL'
	@echo 'make build   builds $(BINARY)'
	@echo 'make lint    vet, format and staticcheck only;  make fmt formats'
	@echo 'make bench   the table of figures;  make soak the long torture tests'
	@echo 'make fuzz    every Fuzz target for FUZZTIME each (default 30s)'
	@echo 'PKGS=./internal/arch/... narrows test, lint, soak and fuzz to some packages'

build:
	@mkdir -p build
	@echo 'build: $(BINARY)'
	@$(GO) build -trimpath -o $(BINARY) ./cmd/giuchuan

run: build
	@rm -rf $(DEMO)
	@echo 'run: tỉnh minh họa, trong thư mục dữ liệu mới $(DEMO) (SQLite nhúng)'
	@$(BINARY) demo --data $(DEMO)
	@echo 'run: xong. Xem tiếp: $(BINARY) standing --data $(DEMO) --date 2024-10-01'

test:
	@tools/withpg tools/check $(PKGS)

lint:
	@LINT_ONLY=1 tools/check $(PKGS)

fmt:
	@$(GO) tool gofumpt -w $$($(GO) list -f '{{.Dir}}' $(PKGS))

bench:
	@tools/withpg $(GO) run ./bench

soak:
	@GIUCHUAN_SOAK=1 TIMEOUT=8h TESTFLAGS=-count=1 tools/withpg tools/check $(PKGS)

fuzz:
	@FUZZTIME=$(FUZZTIME) tools/fuzz $(PKGS)

clean:
	@rm -rf build
