# `make help` lists the targets. Everything that is built lies below build/, one folder for each variant of the build.

PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
WERROR ?= -Werror
FUZZ_SECONDS ?= 60

VARIANT := $(if $(findstring fuzzer,$(SANITIZE)),fuzz,$(if $(SANITIZE),sanitize,$(if $(STATIC),static,plain)))
VARIANT := $(VARIANT)$(if $(findstring clang,$(CC)),-clang)
OUT := build/$(VARIANT)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual \
            -Wformat=2 -Wvla -Wundef -Wno-missing-field-initializers -Wno-unused-parameter $(WERROR)
# What makes a fault harder to use: a flag counts where the compiler knows it. Nothing of it is for a build that watches
# itself, and a static program is linked at a fixed address: to move itself at each start would cost more than all else.
knows = $(shell $(CC) -Werror $(1) -x c -c -o /dev/null /dev/null 2> /dev/null && echo '$(1)')
HARDEN := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
          $(foreach flag,-fstack-clash-protection -fcf-protection=full -mbranch-protection=standard \
            -ftrivial-auto-var-init=zero,$(call knows,$(flag)))
LINK_HARDENED := -Wl,-z,relro,-z,now,-z,noexecstack
# The fuzzer brings a main() of its own: what has another one is only instrumented for it.
INSTRUMENT := $(if $(SANITIZE),-fsanitize=$(subst fuzzer,fuzzer-no-link,$(SANITIZE)) -fno-sanitize-recover=all \
                -fno-omit-frame-pointer,$(HARDEN))

# The release is one file that starts fast: no dynamic loading, no relocation, few pages to map, and musl, as each start
# on glibc asks the processor for its features, which a virtual machine answers slowly. Debian's static libraries are
# linked as they are, each by its path, as the folder that holds them has glibc too.
ifdef STATIC
$(if $(findstring clang,$(CC)),$(error STATIC=1 wants gcc, whose specs lead to musl))
PLATFORM := $(shell $(CC) -print-multiarch 2> /dev/null)
MUSL := -specs=/usr/lib/$(PLATFORM:gnu=musl)/musl-gcc.specs
COMPILE_MUSL := $(MUSL) -isystem $(OUT)/include -fno-pie -ffunction-sections -fdata-sections
LINK_MUSL := $(MUSL) -static -no-pie -Wl,--gc-sections,-z,noseparate-code,--wrap=strerror,--undefined=__wrap_strerror
LIBRARIES := $(shell for name in pcre2-8 yaml crypt; do $(CC) -print-file-name=lib$$name.a; done 2> /dev/null)
JSON := $(shell $(CC) -print-file-name=libjson-c.a 2> /dev/null)
READY := build/packages-release $(OUT)/include
DYNAMIC := $(OUT)/dynamic
else
LIBRARIES := -lpcre2-8 -lyaml -lcrypt
JSON := -ljson-c
READY := build/packages
DYNAMIC := $(OUT)/obj
endif
PIE := $(if $(STATIC),,-fPIE)
LINK := $(INSTRUMENT) $(LINK_HARDENED) $(if $(STATIC),$(LINK_MUSL),-pie)
COMPILE = $(CC) -std=c17 -D_GNU_SOURCE -Isrc $(CPPFLAGS) $(CFLAGS) $(WARNINGS) $(INSTRUMENT) $(PIE) -MMD -MP -c

SOURCES := $(sort $(shell find src -name '*.c' -not -path 'src/integrations/*' -not -path 'src/embed/*' -not -path 'src/lsp/*'))
# What others share comes first.
SHARED := $(wildcard rules/names.yaml rules/common.yaml)
PACKS := $(SHARED) $(filter-out $(SHARED),$(sort $(wildcard rules/*.yaml)))
CATALOGUES := $(sort $(wildcard rules/*/*.yaml))
UNITS := $(sort $(wildcard src/integrations/systemd/arilint.*))
EXAMPLES := $(sort $(wildcard src/integrations/handlers/*.yaml))
ON_MUSL := $(if $(STATIC),$(sort $(wildcard src/integrations/musl/*.c)))
PARTS := $(patsubst %.c,$(OUT)/obj/%.o,$(filter-out src/main.c,$(SOURCES)) $(ON_MUSL))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(sort $(wildcard tests/unit/*_test.c)))
FAULT_PROGRAMS := $(patsubst tests/faults/%.c,$(OUT)/faults/%,$(sort $(wildcard tests/faults/*.c)))
FUZZ_TARGETS := $(shell sed -n 's/^TARGET.\([a-z0-9]*\),.*/\1/p' tests/fuzz/targets.def)
LSP := $(patsubst %.c,$(OUT)/obj/%.o,$(sort $(wildcard src/lsp/*.c)))
VERIFY := $(patsubst %.c,$(DYNAMIC)/%.o,$(sort $(wildcard src/integrations/verify/*.c src/base/*.c)))
# All targets are in one program; the place of libcurl, of arilint-verify and of an editor is taken by files of tests/fuzz/.
FUZZ := $(patsubst %.c,$(OUT)/obj/%.o,$(filter-out %/replay.c,$(sort $(wildcard tests/fuzz/*.c))) \
          $(filter-out %/main.c,$(sort $(wildcard src/integrations/verify/*.c src/lsp/*.c)))) $(OUT)/parts.a
BENCH := $(addprefix $(OUT)/bench/,stopwatch generate)

say = @printf '  %-8s %s\n' '$(1)' '$(2)'
Q := $(if $(V),,@)
# A make that runs this makefile again builds in parallel, unless its caller has said how.
AGAIN = +@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all program tests release-tests fuzzers try plain sanitize static check check-all check-release check-faults check-secrets-all check-compose check-dotenv check-reports check-editors check-asterisk check-server check-server-all vscode bench bench-keystrokes fuzz install uninstall clean help

all: program
	@ln -sfn $(VARIANT)/arilint build/arilint

help:
	@echo 'make            build build/arilint'
	@echo 'make try        install what is missing, build, and show arilint at work on a broken example'
	@echo 'make check      install what is missing, build with gcc and clang, run the tests: minutes'
	@echo 'make check-all  and put a fault at every system call of a fix, and read hostile input five times as long'
	@echo 'make check-release  run what runs the program on the release build, and hold it against the build on glibc'
	@echo 'make check-faults  that alone, with its counts; SEED= and ROUNDS= of the random set-ups'
	@echo 'make check-secrets-all  plant secrets everywhere and look for them in 100,000 outputs; COUNT= and SEED='
	@echo 'make check-asterisk  hold the asterisk reader against two real servers; needs root and a Debian mirror'
	@echo 'make check-server  foretell and mend SETUPS=150 random set-ups of two real servers, and a backend under pm2; needs'
	@echo '                root, a Debian mirror, npm; make check-server-all takes 1,000 for each server'
	@echo 'make check-dotenv  hold the .env readers against the programs they stand for; SEED, FILES, VALUES choose the run'
	@echo 'make check-compose  hold the reader of compose files against DOCKER_COMPOSE, 2.24 or newer; SEED and FILES choose the run'
	@echo 'make check-reports  have schemas, validators and readers from npm read the reports'
	@echo 'make check-editors  have Neovim, Emacs, Helix, and the extension of VS Code, speak with the language server'
	@echo 'make vscode     pack the extension for VS Code, with the program inside: build/vscode/arilint.vsix'
	@echo 'make bench      compare the speed with programs that everybody has; show how time and memory grow'
	@echo 'make bench-keystrokes  time keystrokes in files of 2,000 lines in the language server, on the release build and this one'
	@echo 'make fuzz       feed hostile input to whatever reads what others wrote, FUZZ_SECONDS=60 for each target'
	@echo 'make install    put it below PREFIX=/usr/local (and DESTDIR)'
	@echo 'make uninstall  take away what make install has put there; the configuration and kept originals stay'
	@echo 'make clean      remove build/'
	@echo
	@echo 'STATIC=1                    the release build: one statically linked file, on musl'
	@echo 'SANITIZE=address,undefined  a build that watches itself'
	@echo 'CC=clang, CFLAGS=-O1, V=1   another compiler, other flags, whole command lines'

program: $(OUT)/arilint $(OUT)/arilint-verify $(OUT)/arilint-lsp $(OUT)/recognised.md

release-tests: $(UNIT_TESTS) $(OUT)/driver/batch

tests: release-tests $(FAULT_PROGRAMS) $(addprefix $(OUT)/replay/,$(FUZZ_TARGETS))

fuzzers: $(addprefix $(OUT)/,$(addsuffix _fuzz,$(FUZZ_TARGETS)))

# Linked beside its name and moved there, so that nobody ever runs half a program; copied between, as a file that is
# written from its start to its end lies in larger pieces of memory, which makes each start a tenth faster.
$(OUT)/arilint: $(OUT)/obj/src/main.o $(OUT)/obj/packs.o $(PARTS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LINK) $(LDFLAGS) -o $@.linked $^ $(LIBRARIES)
	@cp $@.linked $@.new && mv $@.new $@ && rm $@.linked

# What needs HTTP is a program of its own, so that the linter links nothing more; it is never static, nor on musl.
$(OUT)/arilint-verify: $(VERIFY)
	$(call say,LINK,$@)
	$(Q)$(CC) $(INSTRUMENT) $(LINK_HARDENED) -pie $(LDFLAGS) -o $@.new $^ -lcurl
	@mv $@.new $@

# The linter for editors: the same parts, kept in one process, and a library that reads JSON.
$(OUT)/arilint-lsp: $(LSP) $(OUT)/obj/packs.o $(PARTS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LINK) $(LDFLAGS) -o $@.new $^ $(LIBRARIES) $(JSON)
	@mv $@.new $@

# The packs become C constants; a pack with a fault ends the build with the diagnostics that a user would see.
$(OUT)/pack-embed: $(patsubst %.c,$(OUT)/obj/%.o,$(sort $(wildcard src/embed/*.c))) $(PARTS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBRARIES)

$(OUT)/packs.c: $(OUT)/pack-embed $(PACKS) $(CATALOGUES) $(EXAMPLES)
	$(call say,EMBED,$(PACKS))
	$(Q)$(OUT)/pack-embed $(PACKS) -- $(EXAMPLES) > $@

# What the packs recognise, for readers of the manual.
$(OUT)/recognised.md: $(OUT)/arilint
	$(call say,WRITE,$@)
	$(Q)$< rule --settings --format markdown --isolated > $@

$(OUT)/obj/packs.o: $(OUT)/packs.c
	$(call say,CC,$<)
	$(Q)$(COMPILE) $(COMPILE_MUSL) -o $@ $<

$(OUT)/obj/%.o: %.c Makefile | $(READY)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(COMPILE_MUSL) -o $@ $<

$(OUT)/dynamic/%.o: %.c Makefile | build/packages
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -fPIE -o $@ $<

# musl's compiler looks into no folder of glibc's headers: these are the libraries' and the kernel's.
$(OUT)/include: Makefile | build/packages-release
	@rm -rf $@ && mkdir -p $@/sys
	@ln -s /usr/include/pcre2.h /usr/include/yaml.h /usr/include/crypt.h /usr/include/json-c /usr/include/linux /usr/include/asm-generic \
		/usr/include/$(PLATFORM)/asm $@
	@printf '#define %s\n' __BEGIN_DECLS __END_DECLS __THROW > $@/sys/cdefs.h

$(OUT)/parts.a: $(OUT)/obj/packs.o $(PARTS)
	@rm -f $@
	$(Q)ar rcs $@ $^

# The test programs of a folder of tests/ are linked with all parts of the program.
define TEST_PROGRAMS
$(OUT)/$(1)/%: $(OUT)/obj/tests/$(1)/%.o $(OUT)/parts.a
	$$(call say,LINK,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(LINK) $$(LDFLAGS) -o $$@ $$^ $$(LIBRARIES)
endef
$(foreach folder,unit driver faults dotenv,$(eval $(call TEST_PROGRAMS,$(folder))))

$(OUT)/fuzz/replay: $(OUT)/obj/tests/fuzz/replay.o $(FUZZ)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LINK) $(LDFLAGS) -o $@ $^ $(LIBRARIES) $(JSON)

$(OUT)/fuzz/search: $(FUZZ)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(subst fuzzer-no-link,fuzzer,$(LINK)) $(LDFLAGS) -o $@ $^ $(LIBRARIES) $(JSON)

# Their name says which target they are.
$(OUT)/replay/%: $(OUT)/fuzz/replay
	@mkdir -p $(@D)
	@ln -sfn ../fuzz/replay $@

$(OUT)/%_fuzz: $(OUT)/fuzz/search
	@ln -sfn fuzz/search $@

$(OUT)/bench/%: $(DYNAMIC)/tests/bench/%.o
	@mkdir -p $(@D)
	$(Q)$(CC) $(INSTRUMENT) $(LDFLAGS) -o $@ $^

# Says once what a build needs and this machine has not.
build/packages build/packages-release: tests/packages.sh
	@mkdir -p build
	@tests/packages.sh check build $(findstring release,$@)
	@touch $@

try:
	@tests/packages.sh install build
	$(AGAIN) all
	@tests/try.sh $(OUT)/arilint build/try

check check-all:
	@tests/packages.sh install build check
	$(AGAIN) plain sanitize
	@tests/run.sh $(if $(filter check-all,$@),--all) build/plain build/sanitize-clang

# The two builds that are tested, side by side: while one is linked, the other has work for the other cores.
plain:
	+@$(MAKE) --no-print-directory CC=gcc SANITIZE= STATIC= all tests

sanitize:
	+@$(MAKE) --no-print-directory CC=clang CFLAGS='-O1 -gline-tables-only' SANITIZE=address,undefined STATIC= program tests

check-release:
	@tests/packages.sh install build release check
	$(AGAIN) plain static
	@tests/run.sh --release build/static

static:
	+@$(MAKE) --no-print-directory CC=gcc SANITIZE= STATIC=1 program release-tests

check-faults:
	@tests/packages.sh install build check
	$(AGAIN) CC=gcc SANITIZE= STATIC= program tests
	@tests/run.sh --faults build/plain

# Settings: COUNT=, SEED= (see tests/secrets/property.py); `make check` looks at 5,000 outputs.
check-secrets-all:
	@tests/packages.sh install build check
	$(AGAIN) CC=gcc SANITIZE= STATIC= program tests
	@SECRETS=16 BUILD=build/plain ARILINT=build/plain/arilint tests/secrets/processes.py
	@COUNT=$(or $(COUNT),100000) BUILD=build/plain ARILINT=build/plain/arilint tests/secrets/property.py

# Settings: SEED=, FILES=, TREES= (see tests/asterisk/compare.py). The program must be static, as it runs in their roots.
check-asterisk:
	@tests/packages.sh install build release asterisk
	$(AGAIN) STATIC=1 SANITIZE= program
	@tests/asterisk/roots.sh build/asterisk
	@tests/asterisk/compare.py build/asterisk build/static/arilint

# Settings: SEED=, SETUPS=, NUMBER= (see tests/server/repair.py).
check-server check-server-all:
	@tests/packages.sh install build server
	$(AGAIN) CC=gcc SANITIZE= STATIC= program
	@SETUPS=$${SETUPS:-$(if $(findstring all,$@),1000)} tests/server/check.sh build/asterisk build/server build/plain

check-dotenv:
	@tests/packages.sh install build dotenv
	$(AGAIN) program $(OUT)/dotenv/write_values
	@tests/dotenv/check.sh $(OUT)

# The newest of those that check-dotenv fetches, or another that is named.
DOCKER_COMPOSE ?= $(lastword $(sort $(wildcard build/dotenv/deb/docker-compose_*/usr/libexec/docker/cli-plugins/docker-compose)))

check-compose:
	$(AGAIN) program
	@tests/compose/check.py $(OUT)/arilint $(DOCKER_COMPOSE)

check-reports:
	@tests/packages.sh install build reports
	$(AGAIN) CC=gcc SANITIZE= STATIC= program
	@tests/reports/consumers.sh build/reports build/plain

check-editors: vscode
	@tests/packages.sh install build editors
	$(AGAIN) CC=gcc SANITIZE= STATIC= program
	@tests/editors/check.sh build/editors build/plain build/vscode/arilint.vsix

vscode:
	@tests/packages.sh install build release vscode
	$(AGAIN) CC=gcc SANITIZE= STATIC=1 program
	@src/integrations/vscode/pack.sh build/vscode build/static

bench:
	@tests/packages.sh install build release bench
	$(AGAIN) STATIC=1 program build/static/bench/stopwatch build/static/bench/generate
	@tests/bench/bench.sh build/static

# Settings: ROUNDS= (see tests/bench/keystrokes.py).
bench-keystrokes:
	@tests/packages.sh install build release bench
	$(AGAIN) STATIC=1 SANITIZE= program
	$(AGAIN) STATIC= SANITIZE= program
	@tests/bench/keystrokes.py build/static/arilint build/plain/arilint

fuzz:
	@tests/packages.sh install build fuzz
	$(AGAIN) CC=clang SANITIZE=fuzzer,address,undefined fuzzers
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/fuzz.sh build/fuzz-clang $(FUZZ_TARGETS)

install: program
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/libexec/arilint' \
		'$(DESTDIR)$(PREFIX)/share/arilint/rules' '$(DESTDIR)$(PREFIX)/share/doc/arilint'
	install -m 755 $(OUT)/arilint '$(DESTDIR)$(PREFIX)/bin/arilint'
	install -m 755 $(OUT)/arilint-verify $(OUT)/arilint-lsp '$(DESTDIR)$(PREFIX)/libexec/arilint'
	install -m 644 $(PACKS) '$(DESTDIR)$(PREFIX)/share/arilint/rules'
	for file in $(CATALOGUES); do install -D -m 644 $$file '$(DESTDIR)$(PREFIX)/share/arilint/'$$file || exit; done
	install -d '$(DESTDIR)$(PREFIX)/lib/systemd/system'
	for unit in $(UNITS); do sed 's|/usr/local/|$(PREFIX)/|' $$unit | \
		install -m 644 /dev/stdin '$(DESTDIR)$(PREFIX)/lib/systemd/system/'$${unit##*/} || exit; done
	install -m 644 LICENSE README.md src/integrations/debian/changelog '$(DESTDIR)$(PREFIX)/share/doc/arilint'
	install -m 644 rules/README.md '$(DESTDIR)$(PREFIX)/share/doc/arilint/rules.md'
	install -m 644 $(OUT)/recognised.md '$(DESTDIR)$(PREFIX)/share/doc/arilint'

# What was installed, by its names; whatever else lies in those folders stays, and so do /etc/arilint and the originals of
# --fix in /var/lib/arilint.
uninstall:
	cd '$(DESTDIR)$(PREFIX)' && rm -f bin/arilint libexec/arilint/arilint-verify libexec/arilint/arilint-lsp $(UNITS:src/integrations/systemd/%=lib/systemd/system/%) \
		$(addprefix share/arilint/,$(PACKS) $(CATALOGUES)) \
		$(addprefix share/doc/arilint/,LICENSE README.md rules.md recognised.md changelog) && \
		for folder in $(sort $(dir $(CATALOGUES:%=share/arilint/%))) share/arilint/rules share/arilint share/doc/arilint \
			libexec/arilint; do [ ! -d $$folder ] || rmdir --ignore-fail-on-non-empty $$folder || exit; done

clean:
	rm -rf build

-include $(shell find $(OUT)/obj $(OUT)/dynamic -name '*.d' 2>/dev/null)
