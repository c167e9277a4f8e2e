# SPDX-License-Identifier: MIT
# tqemu. `make help` lists the targets and the settings.

O        = build
HOST     = posix
SAN      =
DEBUG    =
PROFILE  =
PREFIX   = /usr/local
CC       = $(if $(filter js,$(HOST)),emcc,cc)
CFLAGS   =
LDFLAGS  =
LDLIBS   =

# tcc takes few of gcc's options and makes no tail calls.
tcc      = $(filter tcc,$(notdir $(CC)))
# How a handler goes on to the next one (tci/slot.h). Tail calls want an optimising compiler and no instrumentation;
# WebAssembly has none.
DISPATCH = $(if $(filter js,$(HOST)),switch,$(if $(SAN)$(DEBUG)$(PROFILE)$(tcc),loop,tail))

WARNINGS = $(if $(tcc),-Wall -Werror,-pedantic-errors -Wall -Wextra -Werror)
list_includes = $(if $(tcc),-MD,-MMD -MP)
# What executes guest code is made fast, the rest small: 22 KB. Some files that execute guest code are made small, too: 8 KB,
# for which a boot takes 0.4 % more host instructions. The page fetches the program, so all but the engine is made small
# there. Nothing unwinds the stack: without tables for that the program is 70 KB smaller. Functions that nobody calls go: 12 KB.
fast     = $(if $(filter js,$(HOST)),,bus/bus.c cpu/% tcg/% tci/% util/crc32.c util/deflate.c util/inflate.c util/time% util/vmstate.c)
small    = tcg/dump.c tci/cache.c tci/debug.c tci/dump.c tci/mode.c util/timebase.c \
           $(addprefix cpu/,cpu.c debug.c debug_regs.c mmu.c mmu_v5.c mmu_v6.c semihosting.c softfloat.c softfloat_convert.c vfp.c) \
           $(addprefix cpu/decode/,coprocessor.c disas.c media.c v6.c vfp.c) \
           $(addprefix cpu/translate/,alu.c exclusive.c media.c system.c vfp.c)
SPEED    = $(if $(filter $(fast),$(filter-out $(small),$<)),-O2 $(packed),-Os)
# Functions and what is jumped to at multiples of 16 would take 24 KB more in the handlers, 7 KB in the rest, and no less time.
packed   = $(if $(tcc),,-falign-functions=1 -falign-jumps=1 -falign-loops=1 -Wno-ignored-optimization-argument)
OPTIMISE = $(if $(DEBUG),-O0 -g,$(SPEED) $(if $(SAN),-g,-fno-asynchronous-unwind-tables) $(if $(tcc),,-ffunction-sections))
GARBAGE  = $(if $(DEBUG)$(tcc),,-Wl,--gc-sections)
# For gcc, in the engine. With either optimisation on, handlers take more instructions: -ftree-slp-vectorize joins the stores
# of flags (a boot takes 1.6 % more host instructions), -ftree-ter loads the next handler late (3.2 %). clang has no -ftree-ter.
HANDLERS = -fno-tree-slp-vectorize -fno-tree-ter -Wno-ignored-optimization-argument
SANITISE = $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
# Superinstructions work on copies of their slots, which only a compiler that optimises keeps in registers: for tcc a boot
# takes 0.73 of the time without.
copies = $(if $(SAN)$(DEBUG)$(tcc),-DTCI_NO_COPIES)
dispatch_define_tail = -DTCI_DISPATCH_TAIL
dispatch_define_loop = -DTCI_DISPATCH_LOOP
dispatch_define_switch = -DTCI_DISPATCH_SWITCH
# V8 optimises within functions only, so for it tci/switch.c includes the handlers' files and makes one function of them:
# 1.4 to 2.7 times as fast in node as a function for each.
dispatch_without_tail = tci/switch.c
dispatch_without_loop = tci/switch.c
dispatch_without_switch = $(addprefix tci/ops_,alu.c flow.c mem.c) tci/superinstructions.c
# For files over 2 GiB where `long` has 32 bits: glibc's fopen() refuses them without.
large_files = -D_FILE_OFFSET_BITS=64
host_standard_posix  = -D_POSIX_C_SOURCE=200809L

ifeq ($(dispatch_define_$(DISPATCH)),)
$(error DISPATCH=$(DISPATCH): must be tail, loop or switch)
endif
ifeq ($(wildcard host/$(HOST).c),)
$(error HOST=$(HOST): there is no host/$(HOST).c)
endif

# For JavaScript: functions for web/wasm.js to call. What emscripten makes along with them, a loader of its own, is not
# used; linking with -Os would shorten the names. Debian's emscripten does not find its own tools.
js_exports = main malloc tqemu_slice tqemu_status tqemu_input tqemu_output tqemu_output_size tqemu_instructions tqemu_save
comma      = ,
empty      =
js_list    = $(subst $(empty) $(empty),$(comma),$(strip $(1)))
link_env_js   = NODE_PATH=$${NODE_PATH:-/usr/share/nodejs}
link_flags_js = -sALLOW_MEMORY_GROWTH -sINVOKE_RUN=0 \
                -Wl,--wrap=calloc -Wl,--wrap=free \
                -sEXPORTED_FUNCTIONS=$(call js_list,$(js_exports:%=_%))
link_output_js = $(O)/obj/loader.js
link_after_js  = mv $(O)/obj/loader.wasm $@
program_js     = tqemu.wasm
program        = $(or $(program_$(HOST)),tqemu)

core     = $(filter-out $(dispatch_without_$(DISPATCH)) $(if $(PROFILE),,tci/profile.c), \
               $(wildcard $(addsuffix /*.c,util bus tcg tci cpu cpu/* serial machine machine/* pci virtio scsi block boot debug firmware)))
# With HOST=js the library is JavaScript's: host/js.c has functions of its own by these names.
sources  = $(filter-out $(if $(filter js,$(HOST)),tqemu.c),$(wildcard *.c)) $(core) $(wildcard host/$(HOST).c host/$(HOST)_*.c) $(if $(filter-out posix,$(HOST)),host/bare.c)
objects  = $(sources:%.c=$(O)/obj/%.o)
compile  = $(CC) -std=c11 $(large_files) $(WARNINGS) $(OPTIMISE) $(SANITISE) $(dispatch_define_$(DISPATCH)) $(copies) \
           $(if $(PROFILE),-DTCI_PROFILE) -I. $(CFLAGS)
link     = $(link_env_$(HOST)) $(CC) $(patsubst -Os,-O2,$(OPTIMISE)) $(SANITISE) $(GARBAGE) $(link_flags_$(HOST)) $(LDFLAGS)

.PHONY: all lib web bench-web run guest check check-long check-hosts check-userland lint mutations coverage unit diff fuzz fuzz-cpu soak bench superinstructions firmware show clean install deb dist format help FORCE
all: $(O)/$(program)

$(O)/$(program): $(objects) $(O)/obj/.link $(O)/obj/.linker
	$(link) $$(cat $(O)/obj/.linker) -o $(or $(link_output_$(HOST)),$@) $(objects) -lm $(LDLIBS)
	$(link_after_$(HOST))

$(O)/obj/%.o: %.c $(O)/obj/.compile
	@mkdir -p $(@D)
	$(compile) $(if $(filter tci/%,$<),$(HANDLERS)) $(if $(filter host/%,$<),$(host_standard_$(HOST))) \
	    $(list_includes) -c -o $@ $<

# These files hold the commands of the last make; with another setting, all that depends on them is made again.
compile_command = $(compile) $(HANDLERS) $(HOST)
link_command    = $(link) $(LDLIBS) $(HOST)
ifneq "$(compile_command)" "$(file <$(O)/obj/.compile)"
$(O)/obj/.compile: FORCE
endif
ifneq "$(link_command)" "$(file <$(O)/obj/.link)"
$(O)/obj/.link: FORCE
endif
$(O)/obj/.compile:
	@mkdir -p $(@D)
	@echo '$(compile_command)' > $@
$(O)/obj/.link:
	@mkdir -p $(@D)
	@echo '$(link_command)' > $@
# Options of the linker that not each has. pack-relative-relocs packs the relocations of the tables of handlers, which
# saves 135 KB; the C library must unpack them: glibc since 2.36. noseparate-code lets code and constants share a page: 4 KB.
$(O)/obj/.linker: $(O)/obj/.link
	@: > $@
ifneq ($(HOST),js)
	@for option in pack-relative-relocs noseparate-code; do \
	    echo 'int main(void) { return 0; }' | $(CC) -Wl,-z,$$option -x c -o $@.test - 2> $@.errors && \
	        ! grep -q . $@.errors && { test $$option = noseparate-code || grep -q GLIBC_ABI_DT_RELR $@.test; } && \
	        echo -Wl,-z,$$option >> $@; \
	done; rm -f $@.test $@.errors
endif

# Here speed counts more than size, also in a page: with -Os loops in the guest take 1.4 times as long (node).
$(O)/obj/tci/switch.o: SPEED = -O2

-include $(wildcard $(O)/obj/*.d $(O)/obj/*/*.d $(O)/obj/*/*/*.d)

# -- A guest Linux --

guest:
	scripts/deps.sh guest
	scripts/guest.sh $(O)/guest

run: all
	scripts/deps.sh guest
	scripts/guest.sh $(O)/guest xip rootfs
	$(O)/tqemu -kernel $(O)/guest/zImage-xip -initrd $(O)/guest/rootfs.cpio \
	    -append 'console=ttyAMA0 quiet lpj=500000'

# -- A page that boots it --

# $(O)/web: for any static file server, and for npm.
web:
	scripts/deps.sh guest web
	scripts/guest.sh $(O)/guest page
	$(MAKE) HOST=js CC=emcc DISPATCH=switch O=$(O)/js
	web/build.sh $(O)

bench-web: all web
	O=$(O) node tests/bench-web.js

# -- Tests --

unit_tests = $(wildcard tests/unit/test_*.c)
unit: $(unit_tests:%.c=$(O)/%) $(O)/tests/board/replay $(O)/tests/vfp/gen

# Linked from an archive, so that a test may bring its own side of an interface.
test_link = @mkdir -p $(@D); \
	$(link) -o $@ $< $(O)/obj/core.a -lm $(LDLIBS)
$(O)/tests/unit/%: $(O)/obj/tests/unit/%.o $(O)/obj/core.a $(O)/obj/.link
	$(test_link)
$(O)/tests/vfp/%: $(O)/obj/tests/vfp/%.o $(O)/obj/core.a $(O)/obj/.link
	$(test_link)
$(O)/tests/board/%: $(O)/obj/tests/board/%.o $(O)/obj/core.a $(O)/obj/.link
	$(test_link)

# The differential tests: their generator, and the runtime of the images that it makes.
diff_objects = $(patsubst %.c,$(O)/obj/%.o,$(wildcard tests/diff/*.c))
diff: $(O)/tests/diff/gen $(O)/tests/diff/runtime.bin
$(O)/tests/diff/gen: $(diff_objects) $(O)/obj/core.a $(O)/obj/.link
	@mkdir -p $(@D)
	$(link) -o $@ $(diff_objects) $(O)/obj/core.a -lm $(LDLIBS)
$(O)/tests/diff/runtime.bin: $(addprefix tests/diff/,runtime.S runtime.ld layout.h)
	@mkdir -p $(@D)
	arm-linux-gnueabi-gcc -march=armv5te -nostdlib -Wl,--build-id=none,--no-warn-rwx-segments \
	    -Wl,-T,tests/diff/runtime.ld -o $(@:.bin=.elf) tests/diff/runtime.S
	arm-linux-gnueabi-objcopy -O binary $(@:.bin=.elf) $@

# Debian's armel userland in the guest: all of its checks, of which `make check` runs the quick ones.
check-userland: all guest
	scripts/deps.sh check
	O=$(O) tests/userland.t all

# Linux and the tests on every host that this one can be, for ten minutes.
check-hosts:
	scripts/deps.sh build guest check hosts web
	scripts/guest.sh $(O)/guest
	O=$(O) tests/hosts.t all

# Random instructions against qemu-system-arm, N in each group, from a new seed. CPU=NAME chooses the
# model.
N    = 100000
SEED = $(shell date +%s)
fuzz-cpu: all diff
	O=$(O) tests/diff/run $(if $(CPU),--cpu $(CPU)) --seed $(SEED) --count $(N)

# The library of tqemu.h, static and shared. Only its functions are visible in it: a program may have a deflate() of its own.
lib: $(O)/libtqemu.a $(O)/libtqemu.so
OBJCOPY ?= objcopy
$(O)/obj/libtqemu.o: $(objects)
	$(CC) -r -nostdlib -o $@ $(filter-out $(O)/obj/main.o,$(objects))
	$(OBJCOPY) --wildcard --keep-global-symbol='tqemu_*' $@
$(O)/libtqemu.a: $(O)/obj/libtqemu.o
	rm -f $@
	$(AR) qcs $@ $<
$(O)/libtqemu.so: FORCE
	$(MAKE) O=$(O)/pic CFLAGS='$(CFLAGS) -fPIC' $(O)/pic/obj/libtqemu.o
	$(link) -shared -o $@ $(O)/pic/obj/libtqemu.o -lm

# Appended one by one: files in two folders may have the same name.
$(O)/obj/core.a: $(objects)
	rm -f $@
	$(AR) qcs $@ $(filter-out $(O)/obj/main.o,$(objects))

check:
	scripts/deps.sh build guest check web
	O=$(O) tests/check.sh

# Everything that takes long, for hours: all tests at their full length, then what has a target of its own.
check-long:
	CHECK_LONG=1 $(MAKE) check
	QEMU=qemu-system-arm O=$(O) tests/commandlines.t
	$(MAKE) lint
	$(MAKE) mutations
	$(MAKE) coverage
	$(MAKE) check-hosts
	$(MAKE) check-userland
	$(MAKE) fuzz-cpu N=1000000
	$(MAKE) fuzz
	$(MAKE) soak

# Static analysis; `make check` has the quick part of it.
lint:
	scripts/deps.sh check
	tests/lint.t full

# Applies mutations to a copy of the program, one at a time: a test must catch each.
mutations: guest
	scripts/deps.sh check
	O=$(O) tests/mutations/run

# What of the program the tests execute, by folder.
coverage: guest
	scripts/deps.sh check
	tests/coverage.sh $(O)

# New inputs for each fuzz target for so many seconds; tests/fuzz/run.sh runs one of them for longer.
FUZZ_SECONDS = 600
fuzz:
	scripts/deps.sh check
	for name in loader inflate fdt options cpu mmio block disk mmc lsi virtio snapshot replay gdb; do \
	    tests/fuzz/run.sh $$name $(FUZZ_SECONDS) $(O)/fuzz || exit 1; done

# Half an hour of work in the guest, and the same with counted time.
SOAK_SECONDS = 1800
soak: all guest
	O=$(O) tests/soak.py $(SOAK_SECONDS)

bench: all guest
	scripts/deps.sh check
	scripts/bench.pl $(O)/tqemu $(O)/guest

firmware:
	scripts/deps.sh check
	firmware/build.sh

# The list of superinstructions again, from profiles.
superinstructions:
	scripts/deps.sh build guest check
	scripts/superinstructions.sh $(O)

# -- The rest --

# One handler of the engine with its macros expanded: make show HANDLER=add_rr_shl_f
show:
	@for file in $(wildcard tci/ops_*.c) tci/superinstructions.c; do $(compile) -E -P $$file || exit 1; done | \
	    scripts/show-handler.pl "$(HANDLER)"

version  = $(shell sed -n 's/.*TQEMU_VERSION "\(.*\)".*/\1/p' util/version.h)
bindir   = $(DESTDIR)$(PREFIX)/bin
datadir  = $(DESTDIR)$(PREFIX)/share
LINK     =
# The program, its manual page and completions for bash and zsh; with LINK=yes under QEMU's name, too.
install: all
	install -d $(bindir) $(datadir)/man/man1 $(datadir)/bash-completion/completions $(datadir)/zsh/site-functions
	install -m 755 $(O)/tqemu $(bindir)/tqemu
	scripts/options.sh man > $(O)/tqemu.1
	scripts/options.sh bash > $(O)/tqemu.bash
	scripts/options.sh zsh > $(O)/_tqemu
	install -m 644 $(O)/tqemu.1 $(datadir)/man/man1/tqemu.1
	install -m 644 $(O)/tqemu.bash $(datadir)/bash-completion/completions/tqemu
	install -m 644 $(O)/_tqemu $(datadir)/zsh/site-functions/_tqemu
	$(if $(filter yes,$(LINK)),ln -sf tqemu $(bindir)/qemu-system-arm)

# A Debian package, $(O)/tqemu_VERSION_ARCHITECTURE.deb; from the same sources the same bytes.
deb: all
	scripts/deb.sh $(O) $(version) '$(MAKE)'

# The sources of the last commit, $(O)/tqemu-VERSION.tar.gz; the same commit gives the same bytes.
dist:
	@mkdir -p $(O)
	git archive --format=tar --prefix=tqemu-$(version)/ HEAD | gzip -9n > $(O)/tqemu-$(version).tar.gz

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf $(O)

help:
	@echo 'make            build $$(O)/tqemu'
	@echo 'make lib        the library of tqemu.h: $$(O)/libtqemu.a, $$(O)/libtqemu.so'
	@echo 'make run        build, get a guest Linux, boot it to a shell'
	@echo 'make web        a page that boots the guest in a browser: $$(O)/web'
	@echo 'make bench-web  load time of the page, speed of the guest in it against the native program'
	@echo 'make guest      build the guest: $$(O)/guest/zImage-xip, zImage, rootfs.cpio; zImage-v6, rootfs-v6.cpio'
	@echo 'make check      all tests'
	@echo 'make check-long  all tests at full length, and every target below that tests; hours'
	@echo 'make lint       static analysis in full'
	@echo 'make check-hosts  the program for other processors, compilers and systems; ten minutes'
	@echo 'make check-userland  Debian for ARMv5 in the guest: its own test suites; an hour'
	@echo 'make mutations  mutations of the program, which the tests must catch'
	@echo 'make coverage   how much of the program the tests execute'
	@echo 'make bench      boot time, programs and loops without a system against qemu-system-arm'
	@echo 'make unit       build the unit tests'
	@echo 'make diff       build the random instruction tests'
	@echo 'make fuzz       hostile files, options, guests and register accesses'
	@echo 'make soak       half an hour of work in the guest, watched'
	@echo 'make fuzz-cpu   N random instructions of each kind against qemu-system-arm'
	@echo 'make firmware   make the built-in guest from its sources again'
	@echo 'make superinstructions  choose the superinstructions from profiles again; ten minutes'
	@echo 'make show HANDLER=add_rr_shl_f  a handler of the engine, its macros expanded'
	@echo 'make install    program, manual page, completions to $$(DESTDIR)$$(PREFIX); LINK=yes: as qemu-system-arm, too'
	@echo 'make deb        a Debian package'
	@echo 'make dist       the last commit as a tar file'
	@echo 'make format     clang-format all sources'
	@echo 'make clean      remove $$(O)'
	@echo 'Settings: O=dir HOST=posix|iso|js DISPATCH=tail|loop|switch SAN=address,undefined DEBUG=1 PROFILE=1 CC=gcc|clang|tcc'
