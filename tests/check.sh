#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: tests/check.sh [O [TEST...]]
#
# Builds all that the tests need in and below the directory O (default: build), then runs the
# tests (default: all) with prove. Status 0 if every one passes. `make check` calls it.
#
# A single test runs by itself, too, when all is built: O=build tests/boot.t
set -eu
cd "$(dirname "$0")/.."
export O="${1:-build}"
[ $# -eq 0 ] || shift

tools='ar bc arm-linux-gnueabi-as arm-linux-gnueabi-gcc arm-linux-gnueabi-objcopy
    arm-linux-gnueabi-objdump clang clang-format clang-tidy cppcheck dpkg-deb dtc gcc git ld lzop make
    emcc mkimage musl-gcc nm node npm patch perl powerpc-linux-gnu-gcc prove python3 qemu-ppc
    qemu-system-arm strip tcc valgrind'
missing=
for tool in $tools; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
    echo "check: not installed:$missing: run scripts/deps.sh build guest check web" >&2
    exit 1
fi

part_start=$(date +%s)
# part NAME : says how long what came since the last one took.
part() {
    now=$(date +%s)
    echo "check: $1: $((now - part_start)) s" >&2
    part_start=$now
}

log=$O/check.log
# What was said on the command line of `make check` is not meant for these.
unset MAKEFLAGS MFLAGS MAKELEVEL
# build ARGUMENT... : runs make; its output is shown if it fails.
build() {
    make -j2 "$@" >"$log" 2>&1 && return
    tail -n 40 "$log" >&2
    echo "check: failed: make $*" >&2
    exit 1
}

mkdir -p "$O"
scripts/guest.sh "$O/guest"
part 'the guest Linux'
# The variants of the program, by the names that tests/lib.py knows.
build O="$O" CC=gcc DISPATCH=tail all unit diff
build O="$O/loop" CC=gcc DISPATCH=loop
build O="$O/switch" CC=gcc DISPATCH=switch
build O="$O/clang" CC=clang DISPATCH=tail
build O="$O/iso" CC=gcc HOST=iso
build O="$O/san" CC=gcc SAN=address,undefined all unit
build O="$O/debug" CC=clang DEBUG=1
build O="$(realpath "$O")/tests/guest" -C tests/guest
build O="$O" CC=gcc web
part 'building'

# Slow tests first, as the last run of all had them, so that no processor waits for the last one.
# (That option makes prove run all that it remembers, whatever is named.)
order=
if [ $# -eq 0 ]; then
    set -- tests/*.t "$O"/tests/unit/test_* "$O"/san/tests/unit/test_*
    order="--state=$([ ! -f "$O/.prove" ] || echo slow,)save"
fi
prove -j2 --timer --failures --comments $order --statefile="$O/.prove" --exec '' "$@" ||
    { part 'the tests'; exit 1; }
part 'the tests'
