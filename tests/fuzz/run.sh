#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: tests/fuzz/run.sh NAME [SECONDS [DIR]]
#
# Builds tests/fuzz/fuzz_NAME.c with libFuzzer, ASan and UBSan (clang) and runs it over the inputs in
# tests/fuzz/corpus/NAME. With SECONDS above 0 it goes on with new ones for that long; what it
# finds, and a corpus that grows from run to run, is in DIR (default: build/fuzz). Ends with status 0
# if nothing was found.
set -eu
cd "$(dirname "$0")/../.."
name=$1 seconds=${2:-0} dir=${3:-build/fuzz}

case $name in
loader) sources="machine/loader*.c machine/atags.c machine/fdt*.c machine/device.c bus/*.c util/log.c" ;;
*)
    echo "tests/fuzz/run.sh: there is no fuzz target '$name': try loader" >&2
    exit 1
    ;;
esac

mkdir -p "$dir/$name"
# shellcheck disable=SC2086 # a list of patterns
clang -std=c11 -g -O1 -Wall -Wextra -I. -fsanitize=fuzzer,address,undefined \
    -fno-sanitize-recover=undefined -o "$dir/fuzz_$name" "tests/fuzz/fuzz_$name.c" $sources

# The target's own messages are not wanted: close_fd_mask leaves only libFuzzer's.
set -- -close_fd_mask=2 -rss_limit_mb=2000 -artifact_prefix="$dir/$name-"
if [ "$seconds" -gt 0 ]; then
    exec "$dir/fuzz_$name" "$@" -max_len=12000 -max_total_time="$seconds" \
        -dict="tests/fuzz/$name.dict" "$dir/$name" "tests/fuzz/corpus/$name"
fi
exec "$dir/fuzz_$name" "$@" -runs=0 "tests/fuzz/corpus/$name"
