#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the built-in firmware from firmware/src: firmware/image.c, and the same bytes as
# firmware.elf and firmware.bin in a directory for use with qemu-system-arm.
#
#   firmware/build.sh [DIR]          make them (DIR: build/firmware)
#   firmware/build.sh --check [DIR]  compare with the image.c that is there; status 1 if it differs,
#                                    77 if this compiler is not the one that made it
set -eu
cd "$(dirname "$0")/.."
check=
if [ "${1-}" = --check ]; then
    check=1
    shift
fi
dir=${1:-build/firmware}
cross=${CROSS:-arm-linux-gnueabi-}
command -v "${cross}gcc" >/dev/null || {
    echo "firmware/build.sh: ${cross}gcc is not there: install gcc-arm-linux-gnueabi" >&2
    exit 1
}
version=$("${cross}gcc" -dumpfullversion)
mkdir -p "$dir"
"${cross}gcc" -march=armv5te -marm -mfloat-abi=soft -Os -std=c11 -Wall -Wextra -Werror \
    -ffreestanding -fno-builtin -fno-delete-null-pointer-checks --param=min-pagesize=0 -fno-tree-loop-distribute-patterns -fno-stack-protector -fno-pic \
    -fno-asynchronous-unwind-tables -nostdlib -static -Wl,--build-id=none,--no-warn-rwx-segments,-z,noexecstack \
    -Wl,-T,firmware/src/firmware.ld -o "$dir/firmware.elf" firmware/src/*.S firmware/src/*.c
"${cross}objcopy" -O binary "$dir/firmware.elf" "$dir/firmware.bin"
{
    echo '/* SPDX-License-Identifier: MIT */'
    echo "/* The built-in firmware as firmware/build.sh made it from firmware/src with gcc $version. */"
    echo '#include "firmware/firmware.h"'
    echo
    echo '/* clang-format off */'
    echo 'const unsigned char firmware_image[] = {'
    od -An -v -tx1 -w16 "$dir/firmware.bin" | sed 's/ \(..\)/ 0x\1,/g; s/^ /    /'
    echo '};'
    echo '/* clang-format on */'
    echo
    echo 'const size_t firmware_image_size = sizeof firmware_image;'
} >"$dir/image.c"
if [ -z "$check" ]; then
    cp "$dir/image.c" firmware/image.c
elif ! grep -q " gcc $version\. " firmware/image.c; then
    echo "firmware/build.sh: this is gcc $version, another made firmware/image.c: not compared" >&2
    exit 77
elif ! cmp -s "$dir/image.c" firmware/image.c; then
    echo "firmware/build.sh: firmware/image.c is not what firmware/src gives: run it without --check" >&2
    exit 1
fi
