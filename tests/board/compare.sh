#!/bin/sh
# SPDX-License-Identifier: MIT
# Plays each register script named on the command line on QEMU's versatilepb (by its qtest protocol,
# its CPU stopped) and on ours (REPLAY, the program made from replay.c) and compares every value
# read. TAP, one test a script.
#
# A line whose comment begins with "differs:" must give different values; the comment says why.
set -u
REPLAY=${REPLAY:?the program made from tests/board/replay.c}
QEMU=${QEMU:-qemu-system-arm}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# A reset request ends QEMU under -no-reboot.
finish='writel 0x10000020 0xa05f
writel 0x10000040 0x105'

test_number=0 failures=0
for script in "$@"; do
    test_number=$((test_number + 1))
    name=$(basename "$script" .regs)
    sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$script" > "$work/lines"
    grep -v '^[[:space:]]*\(#.*\)\{0,1\}$' "$script" > "$work/full"
    "$REPLAY" < "$work/lines" > "$work/ours" 2> "$work/errors"
    { cat "$work/lines"; echo "$finish"; sleep 1; } |
        timeout 60 "$QEMU" -M versatilepb -m 128 -no-reboot -S -display none -monitor none \
            -rtc base=2020-01-01,clock=vm -audiodev none,id=none -serial null -serial null \
            -serial null -serial null -qtest stdio -qtest-log none 2> /dev/null |
        grep -E '^(OK|FAIL|ERR)' | head -n "$(wc -l < "$work/lines")" > "$work/qemu"
    paste -d '|' "$work/full" "$work/ours" "$work/qemu" | awk -F'|' '
        { ours = $(NF - 1); qemu = $NF; line = $1
          differs = line ~ /# *differs:/
          if (line ~ /^read/) reads++
          if (differs) excepted++
          if (ours !~ /^OK/ || qemu !~ /^OK/ || (ours != qemu) != differs) {
              print "#   " line; print "#     ours " ours ", QEMU " qemu; bad++ } }
        END { if (!reads) { print "#   nothing was read"; bad++ }
              printf "%d reads, %d documented differences\n", reads, excepted
              exit bad != 0 }' > "$work/report"
    if [ $? -eq 0 ]; then
        echo "ok $test_number - $name: $(tail -n 1 "$work/report")"
    else
        failures=$((failures + 1))
        echo "not ok $test_number - $name: $(tail -n 1 "$work/report")"
        head -n 40 "$work/report"
    fi
done
echo "1..$test_number"
[ "$failures" -eq 0 ]
