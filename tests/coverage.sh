#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: tests/coverage.sh [O]
#
# Builds the program for gcov in O/coverage (default: build/coverage), runs the quick part of the
# tests on it, and prints how much of it was executed. `make coverage` calls it. Status 1: a folder
# is below its goal, or a test failed.
#
# tests/coverage.py O/coverage FILE prints a file's lines that were not executed.
set -eu
cd "$(dirname "$0")/.."
O=${1:-build}
dir=$(realpath -m "$O")/coverage
guest=$(realpath "$O")/guest
unset MAKEFLAGS MFLAGS MAKELEVEL
mkdir -p "$dir/iso"
log=$dir/log
gcc -std=c11 -c -o "$dir/raise.o" tests/coverage_raise.c
build() {
    make CC=gcc DEBUG=1 CFLAGS=--coverage LDFLAGS="--coverage -Wl,--wrap=raise $dir/raise.o" "$@" \
        > "$log" 2>&1 || {
        tail -n 40 "$log" >&2
        exit 1
    }
}
build O="$dir" all unit diff
build O="$dir/iso" HOST=iso
build O="$dir/switch" DISPATCH=switch
make -s -C tests/guest O="$dir/tests/guest"
find "$dir" -name '*.gcda' -delete

failed=0
# run COMMAND... : input as given; output is shown if it fails.
run() {
    "$@" > "$log" 2>&1 && ! grep -q '^not ok' "$log" && return
    tail -n 40 "$log" >&2
    echo "coverage: failed: $*" >&2
    failed=1
}

for test in "$dir"/tests/unit/test_*; do
    run "$test" < /dev/null
done
# What executes the guest, and however; what is logged.
for options in '' '-singlestep' '-accel tcg,optimise=off' '-accel tcg,fusion=off' \
    '-icount shift=3' "-D /dev/null -d in_asm,op,op_opt,out_asm,int,mmu,guest_errors,unimp,stats" \
    "-D /dev/null -d exec,cpu"; do
    for image in "$dir"/tests/guest/*.elf; do
        # shellcheck disable=SC2086
        run "$dir/tqemu" -M versatilepb -m 128 -semihosting $options -kernel "$image" < /dev/null
    done
done
for image in "$dir"/tests/guest/*.elf; do
    run "$dir/switch/tqemu" -M versatilepb -m 128 -semihosting -D /dev/null -d out_asm \
        -kernel "$image" < /dev/null
done
O=$dir run tests/diff/run --count 3000 --show 0
O=$dir run tests/vfp/run --count 49152

session='seq 1 1000 | md5sum; ls -lR /dev /proc/1; sleep 1; dmesg | tail; poweroff -f'
for program in "$dir/tqemu" "$dir/iso/tqemu"; do
    for kernel in zImage-xip zImage; do
        echo "$session" | run "$program" -kernel "$guest/$kernel" -initrd "$guest/rootfs.cpio" \
            -append 'console=ttyAMA0 quiet lpj=500000' -nographic
    done
done

# All ways in and out; the variants of the program are all this one, but for HOST=iso.
for variant in loop clang debug san; do
    ln -sfn . "$dir/$variant"
done
ln -sfn "$guest" "$dir/guest"
for test in badinput firmware log outputs pipe terminal; do
    O=$dir run "tests/$test.t"
done

tests/coverage.py "$dir" || failed=1
exit $failed
