#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: guest.sh OUTDIR [xip|zimage|rootfs|v6|disk|disk-v6|page]...
#
# Leaves the guest Linux in OUTDIR, or the named parts of it:
#   xip     zImage-xip, System.map-xip              see guest-kernel.sh
#   zimage  zImage, System.map, versatile-pb.dtb and for gdb vmlinux: see guest-kernel.sh
#   rootfs  rootfs.cpio                             see guest-rootfs.sh
#   v6      zImage-v6, System.map-v6 and rootfs-v6.cpio: for ARMv6K
#   disk    zImage-disk, System.map-disk            see guest-kernel.sh; disk-v6 is for ARMv6K
#   page    zImage-page, System.map-page and rootfs-page.cpio: the small ones of the web page
# The first four when none is named.
# Takes a few minutes the first time and no time when the cache has it. Needs the packages of
# `deps.sh guest`.
set -eu

# What `make CC=...` was told is for the program, not for the guest's own makefiles.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES

here=$(cd "$(dirname "$0")" && pwd)

if [ $# -lt 1 ]; then
    echo 'usage: guest.sh OUTDIR [xip|zimage|rootfs|v6|disk|disk-v6|page]...' >&2
    exit 1
fi
out=$1
shift
[ $# -ge 1 ] || set -- rootfs xip zimage v6

kernels=
rootfs=
for part; do
    case $part in
    rootfs) rootfs="$rootfs debian" ;;
    v6 | page)
        rootfs="$rootfs $part"
        kernels="$kernels $part"
        ;;
    *) kernels="$kernels $part" ;;
    esac
done
if [ -n "$rootfs" ]; then
    # shellcheck disable=SC2086
    "$here/guest-rootfs.sh" "$out" $rootfs
fi
if [ -n "$kernels" ]; then
    # shellcheck disable=SC2086
    "$here/guest-kernel.sh" "$out" $kernels
fi
