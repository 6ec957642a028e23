# Every target is `python3 -m plugins TARGET`; a machine without make types that instead.
#   make html DATE=2021-03-05    make devserver PORT=8001    make trial CORPUS=folder
#   make new ARGS="policy"       make test ARGS="-k search"
#   make import FILE=table.xlsx AREA=safety VERSION=2021-01
#   make import-gazette FILE=old.pdf LIST=list.csv ISSUE=2018-01 TOTAL=9 PUBLISHED=2018-03-30
#   make release DATE="2021-07-15 16:00"    make verify-releases    make rebuild-check SEQ=7
#   make deploy TARGET=oss:bucket/zwgk    make rollback SEQ=16 TARGET=oss:bucket/zwgk
#   make gc TARGET=/srv/www KEEP=5 DELETE=1    make purge SEND=aliyun    make verify-live URL=https://…
#   make sign ISSUE=2021-01 SEAL=seal.svg    make verify FILE=signed/2021-01.signed.pdf

PYTHON ?= python3
RUN = $(PYTHON) -m plugins $@

FOLDERS = $(if $(CONTENT),--content "$(CONTENT)") $(if $(OUTPUT),--output "$(OUTPUT)") \
	$(if $(CACHE),--cache "$(CACHE)")
BUILD = $(FOLDERS) $(if $(DATE),--build-date "$(DATE)")
OUTPUT_ONLY = $(if $(OUTPUT),--output "$(OUTPUT)")
LISTEN = $(if $(PORT),--port $(PORT)) $(if $(BIND),--bind $(BIND))

IMPORT = $(if $(FILE),"$(FILE)") $(if $(AREA),--area "$(AREA)") \
	$(if $(VERSION),--version "$(VERSION)") $(if $(SHEET),--sheet "$(SHEET)")

BACK_ISSUE = $(if $(FILE),"$(FILE)") $(if $(LIST),--list "$(LIST)") $(if $(ISSUE),--issue "$(ISSUE)") \
	$(if $(TOTAL),--total "$(TOTAL)") $(if $(PUBLISHED),--published "$(PUBLISHED)") \
	$(if $(NAME),--name "$(NAME)") $(if $(BEGINS),--begins "$(BEGINS)") $(if $(SCANNED),--scanned) \
	$(if $(CONTENT),--content "$(CONTENT)")
SEALING = $(if $(ISSUE),"$(ISSUE)") $(if $(CONTENT),--content "$(CONTENT)") \
	$(if $(SEAL),--seal "$(SEAL)") $(if $(FORCE),--force)

ORIGIN = $(if $(SERVER),--server "$(SERVER)") $(if $(SITE),--site "$(SITE)") \
	$(if $(ROOT),--root "$(ROOT)") $(if $(CERTIFICATE),--certificate "$(CERTIFICATE)") \
	$(if $(KEY),--key "$(KEY)") $(if $(BROTLI),--brotli) $(if $(CONFIG),--config "$(CONFIG)")
RELEASES_ONLY = $(if $(RELEASES),--releases "$(RELEASES)")
RELEASING = $(RELEASES_ONLY) $(if $(UNSIGNED),--unsigned) \
	$(if $(PUBLIC_KEY),--public-key "$(PUBLIC_KEY)")
DELIVERY = $(if $(TARGET),--target "$(TARGET)") $(if $(SEQ),--seq $(SEQ)) $(RELEASES_ONLY) \
	$(if $(REMOVALS),--removals $(REMOVALS)) $(if $(KEEP),--keep $(KEEP))
COLLECTING = $(if $(TARGET),--target "$(TARGET)") $(if $(KEEP),--keep $(KEEP)) \
	$(if $(DAYS),--days $(DAYS)) $(if $(DELETE),--delete)
PURGING = $(if $(SEQ),--seq $(SEQ)) $(if $(SINCE),--since $(SINCE)) $(RELEASES_ONLY) \
	$(if $(REQUESTS),--requests "$(REQUESTS)") $(if $(ASSETS),--assets) $(if $(SEND),--send $(SEND))

help:
	@$(RUN)

release:
	@$(RUN) $(BUILD) $(RELEASING) $(ARGS)

verify-releases:
	@$(RUN) $(if $(CONTENT),--content "$(CONTENT)") $(RELEASING) $(ARGS)

rebuild-check:
	@$(RUN) $(if $(CONTENT),--content "$(CONTENT)") $(RELEASES_ONLY) $(if $(SEQ),--seq $(SEQ)) $(ARGS)

deploy rollback:
	@$(RUN) $(DELIVERY) $(ARGS)

gc:
	@$(RUN) $(COLLECTING) $(ARGS)

purge:
	@$(RUN) $(PURGING) $(ARGS)

verify-live:
	@$(RUN) $(if $(URL),--url "$(URL)") $(if $(SEQ),--seq $(SEQ)) $(RELEASES_ONLY) $(ARGS)

gazette freeze:
	@$(RUN) $(if $(ISSUE),"$(ISSUE)") $(BUILD) $(ARGS)

sign:
	@$(RUN) $(SEALING) $(ARGS)

verify:
	@$(RUN) $(if $(FILE),"$(FILE)") $(if $(ROOTS),--roots "$(ROOTS)") $(ARGS)

import:
	@$(RUN) $(IMPORT) $(ARGS)

import-gazette:
	@$(RUN) $(BACK_ISSUE) $(ARGS)

setup new reference lint test:
	@$(RUN) $(ARGS)

check html publish addresses:
	@$(RUN) $(BUILD) $(ARGS)

report circular:
	@$(RUN) $(BUILD) $(if $(REPORT),--report "$(REPORT)") $(if $(PERIOD),--period "$(PERIOD)") $(ARGS)

devserver:
	@$(RUN) $(BUILD) $(LISTEN) $(ARGS)

serve:
	@$(RUN) $(OUTPUT_ONLY) $(LISTEN) $(ARGS)

clean audit:
	@$(RUN) $(OUTPUT_ONLY) $(ARGS)

origin:
	@$(RUN) $(OUTPUT_ONLY) $(ORIGIN) $(ARGS)

trial:
	@$(RUN) $(if $(CORPUS),--corpus "$(CORPUS)") $(OUTPUT_ONLY) $(ARGS)

bench bench-search bench-gazette:
	@$(RUN) $(if $(CORPUS),--corpus "$(CORPUS)") $(ARGS)

.PHONY: help addresses audit bench bench-gazette bench-search check circular clean deploy devserver freeze gazette gc html import import-gazette lint new origin publish purge rebuild-check reference release report rollback serve setup sign test trial verify verify-live verify-releases
