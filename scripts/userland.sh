#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: userland.sh OUTDIR [PART]...
#
# Makes root file systems for the guest out of Debian's own packages for armel: ARMv5 with soft
# float, the CPU that the board has. Leaves OUTDIR/userland-PART.cpio for each part, all of them
# when none is named:
#   base     bash, coreutils and their like, apt, dpkg, openssl, gzip, xz, bzip2, zstd
#   perl     perl with all its modules
#   python   python3 with the test suite of its standard library
#   compile  gcc, binutils and tcc with the C library's headers
#   stress   stress-ng
# Each is an uncompressed initramfs that fits in the board's 256 MiB and has busybox, a shell and
# coreutils. It has no /init: who boots it appends an archive with one.
#
# The packages come over the package sources of this machine, with their signatures checked, but
# touch nothing of the machine's own package state. They are unpacked and not configured; no root is
# needed. What was built is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/tqemu, which may be removed at
# any time. It is built anew when this recipe changes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/guest-lib.sh"

parts='base perl python compile stress'

# The packages of a part; what they depend on comes with them.
packages() {
    echo bash busybox-static coreutils dash mawk sed
    case $1 in
    base) echo apt bc bzip2 diffutils file findutils grep gzip libc-bin openssl tar xz-utils zstd ;;
    perl) echo perl ;;
    python) echo python3 libpython3.11-testsuite ;;
    compile) echo gcc libc6-dev tcc ;;
    stress) echo stress-ng ;;
    esac
}

[ $# -ge 1 ] || die "usage: userland.sh OUTDIR [PART]..."
out=$1
shift
# shellcheck disable=SC2086
[ $# -ge 1 ] || set -- $parts

# apt with a package state of its own in ./state, in which nothing is installed.
apt() {
    command=$1
    shift
    "$command" -q -oAPT::Architecture=armel -oAPT::Architectures=armel \
        -oDir::State="$PWD/state" -oDir::State::lists="$PWD/state/lists" \
        -oDir::State::status="$PWD/state/status" -oDir::Cache="$PWD/state/cache" \
        -oAPT::Sandbox::User= -oAcquire::Languages=none "$@"
}

update() {
    mkdir -p state/lists/partial state/cache/archives/partial
    : >state/status
    # Sources that have nothing for armel are no reason to stop: what follows will tell.
    run apt apt-get update || true
}

# Fetches the named packages and all that they depend on into ./debs.
fetch() {
    mkdir -p debs
    apt apt-get -s --no-install-recommends install "$@" >plan
    sed -n 's/^Inst \([^ ]*\) .*/\1/p' plan >names
    [ -s names ] || die "apt would install nothing for $*"
    # shellcheck disable=SC2046
    (cd debs && apt apt-get -oDir::State="$OLDPWD/state" -oDir::State::lists="$OLDPWD/state/lists" \
        -oDir::State::status="$OLDPWD/state/status" -oDir::Cache="$OLDPWD/state/cache" \
        download $(cat ../names))
}

# Unpacks ./debs into ./root, without what nobody reads in there, nor the bulkiest of
# what no check needs: gcc's link time optimiser and its sanitizers.
unpack() {
    mkdir -p root/usr/bin root/usr/sbin root/usr/lib
    for name in bin sbin lib; do
        ln -s usr/$name root/$name
    done
    for package in debs/*.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar -x -C root --keep-directory-symlink \
            --no-same-owner --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' \
            --exclude='./usr/share/info' --exclude='./usr/share/locale/*' \
            --exclude='./usr/share/lintian' --exclude='./usr/lib/*/gconv/*' \
            --exclude='*/lto1' --exclude='*-lto-dump*' --exclude='*/lib[at]san*' \
            --exclude='*/libubsan*' --exclude='*ld.gold' --exclude='*-dwp'
    done
}

# What a root file system has besides its packages. What alternatives and scripts of packages
# would have made is made here.
finish() {
    (
        cd root
        mkdir -p dev etc proc root run sys tmp var
        cp "$here/rootfs/passwd" "$here/rootfs/group" etc
        [ -e usr/bin/awk ] || ln -s mawk usr/bin/awk
        ln -sf dash usr/bin/sh
    )
    # mkcpio's list has no way to name these.
    find root -name '*[[:space:]]*' -delete
}

list() {
    find root -mindepth 1 \( -type d -printf 'dir %P 0%m\n' -o -type l -printf 'link %P %l\n' \
        -o -type f -printf 'file %P 0%m root/%P\n' \) | LC_ALL=C sort -k2,2
    # The kernel opens it before anything is mounted.
    echo 'node dev/console 0600 5 1'
}

build() {
    say "fetching Debian's armel packages for the part $part"
    [ -d state ] || update
    rm -rf root debs
    # shellcheck disable=SC2046
    run fetch $(packages "$part")
    unpack
    finish
    list >contents
    "$here/mkcpio" <contents >"userland-$part.cpio"
    keep "userland-$part.cpio"
}

for part; do
    case " $parts " in
    *" $part "*) ;;
    *) die "$part: is not one of $parts" ;;
    esac
    cached "userland-$part" "$(recipe "$0" "$here/guest-lib.sh" "$here/mkcpio" \
        "$here/rootfs/passwd" "$here/rootfs/group")" build
    deliver "$out" "userland-$part.cpio"
done
