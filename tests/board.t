#!/bin/sh
# SPDX-License-Identifier: MIT
# needs: unit qemu-system-arm
#
# The registers of the board against QEMU's. Plays each script tests/board/*.regs (or those named on
# the command line) on QEMU's versatilepb, by its qtest protocol and with its CPU stopped, and on
# ours, by tests/board/replay.c, and compares every value read.
#
# A line whose comment begins with "differs:" must give different values; the comment says why. A line
# "# drive: sd 64M" attaches an image of that size at that interface, in which each block of 512 bytes
# begins with its number. A line "# arguments: -device ..." is for both command lines.
set -u
replay=${O:-build}/tests/board/replay
QEMU=${QEMU:-qemu-system-arm}
[ $# -gt 0 ] || set -- tests/board/*.regs
[ -x "$replay" ] || { echo "Bail out! no $replay: make unit"; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

mkfifo "$work/pipe" || exit 1

# A reset request ends QEMU under -no-reboot.
finish='writel 0x10000020 0xa05f
writel 0x10000040 0x105'

test_number=0 failures=0
for script in "$@"; do
    test_number=$((test_number + 1))
    name=$(basename "$script" .regs)
    sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$script" > "$work/lines"
    grep -v '^[[:space:]]*\(#.*\)\{0,1\}$' "$script" > "$work/full"
    sed -n 's/^# drive: //p' "$script" > "$work/drives"
    ours='' theirs=''
    while read -r interface size; do
        image=$work/$interface.img
        perl -e 'open my $f, ">", $ARGV[0]; truncate $f, $ARGV[1] << 20;
            for (0..63) { seek $f, 512 * $_, 0; print $f pack "V", $_ }' "$image" "${size%M}"
        cp "$image" "$image.qemu"
        ours="$ours $interface=$image"
        theirs="$theirs -drive file=$image.qemu,if=$interface,format=raw"
    done < "$work/drives"
    arguments=$(sed -n 's/^# arguments: //p' "$script")
    # shellcheck disable=SC2086
    "$replay" $ours $arguments < "$work/lines" > "$work/ours" 2> "$work/errors"
    # QEMU's end is the end of the script, not that of its input.
    # shellcheck disable=SC2086
    timeout 60 "$QEMU" $theirs $arguments -M versatilepb -m 128 -no-reboot -S -display none -monitor none \
        -rtc base=2020-01-01,clock=vm -audiodev none,id=none -nodefaults -serial null -serial null \
        -serial null -serial null -qtest stdio -qtest-log none \
        < "$work/pipe" > "$work/answers" 2> /dev/null &
    exec 3> "$work/pipe"
    { cat "$work/lines"; echo "$finish"; } >&3
    wait $!
    exec 3>&-
    grep -E '^(OK|FAIL|ERR)' "$work/answers" | head -n "$(wc -l < "$work/lines")" > "$work/qemu"
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
