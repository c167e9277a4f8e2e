#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: [O=DIR] tests/check.sh [TEST...]
#
# Builds what the tests need in and below the directory O (default: build), then runs them with
# prove: all tests, or those named (boot.t, test_cp15). Status 0 if every one passes. `make check`
# calls it. When everything is built, a test also runs by itself: O=build tests/boot.t
#
# A test states what it needs in a line of its head, "needs:" and words, which are
#   program                 build/tqemu, as `make` gives it
#   loop switch clang iso san debug    variants of it, by the names that tests/lib.py knows
#   lib                     the library, static, and shared without optimisation
#   unit san-unit diff      the unit tests, the same with sanitizers, the random instruction tests
#   bare                    the bare-metal programs of tests/guest
#   linux                   the guest Linux, for ARMv5 and ARMv6K
#   disks                   the guest's kernels with disks
#   page                    the web page, and its guest
# or else commands that must be installed.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin # tools of file systems
export O="${O:-build}"

die() {
    echo "check: $*" >&2
    exit 1
}

# The command line of `make check` is not meant for the builds below.
unset MAKEFLAGS MFLAGS MAKELEVEL

# find_test NAME : where it is, built or not.
find_test() {
    case $1 in
    */*) echo "$1" ;;
    *.t) echo "tests/$1" ;;
    *) echo "$O/tests/unit/$1" ;;
    esac
}

# needs_of TEST : the words of its "needs:" line.
needs_of() {
    case $1 in
    */san/tests/unit/*) echo san-unit ;;
    */tests/unit/*) echo unit ;;
    *)
        sed -n '1,/^[^#/]/s/^\(#\|\/\/\) needs: *//p' "$1" | grep . ||
            die "$1: states no needs"
        ;;
    esac
}

# tools_of NEED : the commands that building it takes; any other need is a command itself.
tools_of() {
    case $1 in
    program | loop | switch | iso | san | lib | unit | san-unit) echo gcc make ;;
    clang | debug) echo clang make ;;
    diff | bare) echo arm-linux-gnueabi-gcc arm-linux-gnueabi-objcopy gcc make ;;
    linux | disks) echo arm-linux-gnueabi-gcc bc bison dpkg-source flex gcc lzop make perl ;;
    page) echo arm-linux-gnueabi-gcc bc bison dpkg-source emcc flex gcc lzop make node npm perl ;;
    *) echo "$1" ;;
    esac
}

everything=
if [ $# -eq 0 ]; then
    everything=yes
    set -- tests/*.t
fi
tests=
needs=
for name; do
    test=$(find_test "$name")
    case $test in
    */tests/unit/*) [ -f "tests/unit/$(basename "$test").c" ] || die "$name: no such test" ;;
    *) [ -f "$test" ] || die "$name: no such test" ;;
    esac
    tests="$tests $test"
    needs="$needs $(needs_of "$test")"
done
[ -z "$everything" ] || needs="$needs unit san-unit"

missing=
for need in prove python3 $needs; do
    for tool in $(tools_of "$need"); do
        case " $missing " in *" $tool "*) continue ;; esac
        command -v "$tool" >/dev/null || missing="$missing $tool"
    done
done
[ -z "$missing" ] || die "not installed:$missing: run scripts/deps.sh build guest check web"

part_start=$(date +%s)
# part NAME : says how long what came since the last one took.
part() {
    now=$(date +%s)
    echo "check: $1: $((now - part_start)) s" >&2
    part_start=$now
}

mkdir -p "$O"
log=$(mktemp "$O/check.XXXXXX")
trap 'rm -f "$log"' EXIT
# build ARGUMENT... : runs make; its output is shown if it fails.
build() {
    make -j2 "$@" >"$log" 2>&1 && return
    tail -n 40 "$log" >&2
    die "failed: make $*"
}

needed() {
    case " $needs " in *" $1 "*) return 0 ;; esac
    return 1
}

if needed linux; then
    scripts/guest.sh "$O/guest"
    part 'the guest Linux'
fi
if needed disks; then
    scripts/guest.sh "$O/guest" disk disk-v6
    part 'its kernels with disks'
fi
targets=
! needed program || targets="$targets all"
! needed unit || targets="$targets unit"
! needed lib || targets="$targets $O/libtqemu.a"
! needed diff || targets="$targets diff"
# shellcheck disable=SC2086
[ -z "$targets" ] || build O="$O" CC=gcc DISPATCH=tail $targets
! needed lib || build O="$O/lib" CC=gcc DEBUG=1 "$O/lib/libtqemu.so"
! needed loop || build O="$O/loop" CC=gcc DISPATCH=loop
! needed switch || build O="$O/switch" CC=gcc DISPATCH=switch
! needed clang || build O="$O/clang" CC=clang DISPATCH=tail
! needed iso || build O="$O/iso" CC=gcc HOST=iso
! needed san || build O="$O/san" CC=gcc SAN=address,undefined
! needed san-unit || build O="$O/san" CC=gcc SAN=address,undefined unit
! needed debug || build O="$O/debug" CC=clang DEBUG=1
! needed bare || build O="$(realpath "$O")/tests/guest" -C tests/guest
! needed page || build O="$O" CC=gcc web
part 'building'

# Slow tests first, as the last run of all had them, so that no processor waits for the last one.
# (That option makes prove run all that it remembers, whatever is named.)
order=
if [ -n "$everything" ]; then
    for source in tests/unit/test_*.c; do
        name=$(basename "$source" .c)
        tests="$tests $O/tests/unit/$name $O/san/tests/unit/$name"
    done
    order="--state=$([ ! -f "$O/.prove" ] || echo slow,)save"
fi
# shellcheck disable=SC2086
prove -j2 --timer --failures --comments $order --statefile="$O/.prove" --exec '' $tests ||
    { part 'the tests'; exit 1; }
part 'the tests'
