#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: guest-rootfs.sh OUTDIR
#
# Leaves OUTDIR/rootfs.cpio: a root file system for the guest, an uncompressed initramfs of
# Debian's busybox-static for armel and the files of scripts/rootfs. The package comes over the
# package sources of this machine, with its signature checked, but touches nothing of the
# machine's own package state; no root is needed.
#
# What was built is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/tqemu, which may be removed at any
# time. It is built anew when this recipe (the scripts and the files of rootfs/) changes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/guest-lib.sh"

[ $# -eq 1 ] || die "usage: guest-rootfs.sh OUTDIR"
out=$1

# Fetches the package into the current directory, with a package state of its own in ./state.
fetch() {
    mkdir -p state/lists/partial state/cache/archives/partial
    set -- -q -oAPT::Architecture=armel -oAPT::Architectures=armel \
        -oDir::State="$PWD/state" -oDir::State::lists="$PWD/state/lists" \
        -oDir::State::status=/dev/null -oDir::Cache="$PWD/state/cache" \
        -oAPT::Sandbox::User= -oAcquire::Languages=none
    # Sources that have nothing for armel are no reason to stop: the download will tell.
    apt-get "$@" update || true
    apt-get "$@" download busybox-static
}

# The names busybox answers to. A program for ARM cannot be asked, but the list is in it: sorted,
# each name ended by a zero byte, the first ones are "[" and "[[".
applets() {
    perl -0777 -ne '/\0(\[\0\[\[\0(?:[\w.\[-]+\0)+)/ and print join "\n", split(/\0/, $1), ""' "$1"
}

# The content of the root file system. busybox has hard links because they cost the kernel less than
# symbolic ones, and there are hundreds of them.
list() {
    printf 'dir %s 0755\n' bin dev etc proc root run sys tmp usr var
    printf 'link %s bin\n' sbin
    printf 'link usr/%s ../bin\n' bin sbin
    printf 'link var/%s ../tmp\n' tmp
    # The kernel opens it before anything is mounted.
    printf 'node dev/console 0600 5 1\n'
    printf 'file %s\n' "init 0755 $here/rootfs/init" "etc/fstab 0644 $here/rootfs/fstab" \
        "etc/shrc 0644 $here/rootfs/shrc" "etc/passwd 0644 $here/rootfs/passwd" \
        "etc/group 0644 $here/rootfs/group" "bin/busybox 0755 package/bin/busybox"
    while read -r name; do
        [ "$name" = busybox ] || printf 'hard bin/%s bin/busybox\n' "$name"
    done <names
}

build() {
    say "fetching busybox for the guest"
    run fetch
    dpkg-deb -x busybox-static_*.deb package
    applets package/bin/busybox >names
    for name in sh mount stty setsid cttyhack poweroff vi top; do
        grep -qx "$name" names || die "busybox-static has no $name: is it another package now?"
    done
    list >contents
    "$here/mkcpio" <contents >rootfs.cpio
    keep rootfs.cpio
}

cached rootfs "$(recipe "$0" "$here/guest-lib.sh" "$here/mkcpio" "$here"/rootfs/*)" build
deliver "$out" rootfs.cpio
