#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: superinstructions.sh OUTDIR        (make superinstructions)
#
# Writes tci/superinstructions.h again: runs the programs of scripts/corpus in a guest, on an emulator built with
# PROFILE=1, and chooses from the profiles. It takes ten minutes and is needed when ops or handlers change much. The
# same sources and guest always give the same list. Leaves the profiles in OUTDIR/profiles.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || {
    echo "usage: $0 OUTDIR" >&2
    exit 2
}
out=$1
profiles=$out/profiles
mkdir -p "$profiles/corpus"
"$here/guest.sh" "$out/guest"
"$here/userland.sh" "$out/guest" base python
make -s -C "$here/.." PROFILE=1 O="$out/profile" "$out/profile/tqemu"

compile() {
    arm-linux-gnueabi-gcc -static -s -march=armv5te "$@"
}
compiled=
for program in integer lists texts everyday stack machines; do
    compile -O2 -marm "$here/corpus/$program.c" -o "$profiles/corpus/$program-arm"
    compile -O2 -mthumb "$here/corpus/$program.c" -o "$profiles/corpus/$program-thumb"
    compiled="$compiled $program-arm $program-thumb"
done
for program in stack machines; do
    compile -Os -mthumb "$here/corpus/$program.c" -o "$profiles/corpus/$program-small"
    compiled="$compiled $program-small"
done
for program in float numeric; do
    compile -O2 -marm -mfpu=vfp -mfloat-abi=softfp -DROUNDS=60 "$here/corpus/$program.c" \
        -o "$profiles/corpus/$program-vfp" -lm
    compile -O2 -marm -DROUNDS=12 "$here/corpus/$program.c" -o "$profiles/corpus/$program-soft" -lm
    compiled="$compiled $program-vfp $program-soft"
done
for program in shell applets checksums gzip debian python; do
    cp "$here/corpus/$program" "$profiles/corpus/$program"
done

# profile NAME KERNEL ROOTFS [PROGRAM]: what a boot and the program do; the program's output is kept, too. The guest has
# no other program of the corpus, so that a profile stays the same when the corpus grows.
profile() {
    {
        cat "$out/guest/$3.cpio"
        [ $# -lt 4 ] || printf '%s\n' "dir corpus 0755" "file corpus/init 0755 $here/corpus/init" \
            "file corpus/$4 0755 $profiles/corpus/$4" | "$here/mkcpio"
    } >"$profiles/initrd.cpio"
    echo 'poweroff -f' | "$out/profile/tqemu" -icount shift=0 -no-reboot -m 256 -d stats -D "$profiles/$1.profile" \
        -kernel "$out/guest/$2" -initrd "$profiles/initrd.cpio" \
        -append "console=ttyAMA0 quiet lpj=500000 ${4:+rdinit=/corpus/init -- /corpus/$4}" >"$profiles/$1.output"
    echo "$1: $(sed -n 's/^records executed: //p' "$profiles/$1.profile")" >&2
}

profile boot-xip zImage-xip rootfs
profile boot-zimage zImage rootfs
for program in shell applets checksums gzip $compiled; do
    profile $program zImage-xip rootfs $program
done
profile debian zImage-xip userland-base debian
profile python zImage-xip userland-python python
"$here/superinstructions.py" "$profiles"/*.profile >"$profiles/superinstructions.h"
cp "$profiles/superinstructions.h" "$here/../tci/superinstructions.h"
