#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: tests/fuzz/run.sh NAME [SECONDS [DIR]]
#
# Builds tests/fuzz/fuzz_NAME.c with libFuzzer, ASan and UBSan (clang) and runs it over the inputs in
# tests/fuzz/corpus/NAME. With SECONDS above 0 it goes on with new ones for that long; what it
# finds, and a corpus that grows from run to run, is in DIR (default: build/fuzz). Ends with status 0
# if nothing was found. DISPATCH=tail in the environment takes the engine's other dispatch.
set -eu
cd "$(dirname "$0")/../.."
name=$1 seconds=${2:-0} dir=${3:-build/fuzz}
dispatch=${DISPATCH:-loop}
unset DISPATCH
build=$dir/$dispatch cflags=
case $dispatch in
loop) define=-DTCI_DISPATCH_LOOP ;;
*) define=-DTCI_DISPATCH_TAIL ;;
esac

# Where messages are the target's daily work, they are not wanted: close_fd_mask leaves only
# libFuzzer's.
case $name in
loader | fdt) set -- -close_fd_mask=2 -max_len=12000 ;;
inflate) set -- -max_len=4000 ;;
options) set -- -close_fd_mask=3 -max_len=400 ;;
block | cpu | disk | gdb | mmio | lsi | mmc | snapshot | virtio)
    # Values that are compared say little about a guest, and watching them takes half of the time.
    set -- -max_len=2000 -len_control=0
    build=$build-guest cflags=-fno-sanitize-coverage=trace-cmp
    ;;
replay)
    set -- -close_fd_mask=2 -max_len=400 -len_control=0
    build=$build-guest cflags=-fno-sanitize-coverage=trace-cmp
    ;;
*)
    echo "tests/fuzz/run.sh: there is no fuzz target '$name': try block, cpu, disk, fdt, gdb, inflate, loader, lsi, mmc, mmio, options, replay, snapshot or virtio" >&2
    exit 1
    ;;
esac
[ ! -f "tests/fuzz/$name.dict" ] || set -- "$@" -dict="tests/fuzz/$name.dict"

sanitisers=address,undefined
make -s O="$build" CC=clang DISPATCH="$dispatch" SAN=fuzzer-no-link,$sanitisers CFLAGS="$cflags" \
    "$build/obj/core.a" >&2
mkdir -p "$dir/$name"
target=$build/fuzz_$name
clang -std=c11 -g -O1 -Wall -Wextra -I. -fsanitize=fuzzer,$sanitisers -fno-sanitize-recover=all \
    $cflags $define -o "$target" "tests/fuzz/fuzz_$name.c" "$build/obj/core.a" -lm

set -- -rss_limit_mb=2000 -timeout=120 -artifact_prefix="$dir/$name-" "$@"
if [ "$seconds" -gt 0 ]; then
    exec "$target" "$@" -max_total_time="$seconds" "$dir/$name" "tests/fuzz/corpus/$name"
fi
exec "$target" "$@" -runs=0 "tests/fuzz/corpus/$name"
