#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: guest-rootfs.sh OUTDIR [debian|v6|page]...
#
# Leaves a root file system for the guest, an uncompressed initramfs, in OUTDIR:
#   for debian  rootfs.cpio: Debian's busybox-static for armel and the files of scripts/rootfs
#   for v6      rootfs-v6.cpio: the same busybox, built for ARMv6K with VFP from Debian's sources
#   for page    rootfs-page.cpio, for the web page, whose visitors fetch it: busybox with a third of
#               the size, made of Debian's sources with busybox-page.config and musl; and hostlink, of
#               scripts/rootfs-page, which takes files from the page and gives it files. Beside it
#               rootfs-page.sources, the versions of Debian's packages that it was made from, and their
#               licences, rootfs-page.busybox and rootfs-page.musl
# debian when none is named. Packages come over the package sources of this machine, with their
# signatures checked, but touch nothing of the machine's own package state; no root is needed.
#
# What was built is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/tqemu, which may be removed at any
# time. It is built anew when this recipe (the scripts, the files of rootfs/, the compiler) changes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/guest-lib.sh"

[ $# -ge 1 ] || die "usage: guest-rootfs.sh OUTDIR [debian|v6|page]..."
out=$1
shift
[ $# -ge 1 ] || set -- debian

# apt-get for armel, with a package state of its own in ./state.
apt() {
    apt-get -q -oAPT::Architecture=armel -oAPT::Architectures=armel \
        -oDir::State="$PWD/state" -oDir::State::lists="$PWD/state/lists" \
        -oDir::State::status="$PWD/state/status" -oDir::Cache="$PWD/state/cache" \
        -oAPT::Sandbox::User= -oAcquire::Languages=none "$@"
}

# fetch PACKAGE : fetches it into the current directory.
fetch() {
    mkdir -p state/lists/partial state/cache/archives/partial
    : >state/status
    # Sources that have nothing for armel are no reason to stop: the download will tell.
    apt update || true
    apt download "$1"
}

# fetch_source PACKAGE : unpacks its sources, Debian's patches applied, into the current directory.
fetch_source() {
    mkdir -p state/lists/partial state/cache/archives/partial
    : >state/status
    # The machine's own sources of Debian's packages, as such of sources.
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(ORIGIN) deb-src $(SITE) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' | sed -n 's/^Debian //p' | sort -u >sources.list
    set -- -oDir::Etc::sourcelist="$PWD/sources.list" -oDir::Etc::sourceparts=- "$@"
    apt -oDir::Etc::sourcelist="$PWD/sources.list" -oDir::Etc::sourceparts=- update
    apt source "$@"
}

# The names Debian's busybox answers to. A program for ARM cannot be asked, but the list is in it: sorted,
# each name ended by a zero byte, the first ones are "[" and "[[".
applets() {
    perl -0777 -ne '/\0(\[\0\[\[\0(?:[\w.\[-]+\0)+)/ and print join "\n", split(/\0/, $1), ""' "$1"
}

# list BUSYBOX FOLDER : the content of the root file system, with busybox under the names in ./names,
# and that folder's motd. These are hard links because they cost the kernel less than symbolic ones,
# and there are hundreds of them.
list() {
    printf 'dir %s 0755\n' bin dev etc proc root run sys tmp usr var
    printf 'link %s bin\n' sbin
    printf 'link usr/%s ../bin\n' bin sbin
    printf 'link var/%s ../tmp\n' tmp
    # The kernel opens it before anything is mounted.
    printf 'node dev/console 0600 5 1\n'
    printf 'file %s\n' "init 0755 $here/rootfs/init" "etc/fstab 0644 $here/rootfs/fstab" \
        "etc/shrc 0644 $here/rootfs/shrc" "etc/passwd 0644 $here/rootfs/passwd" \
        "etc/group 0644 $here/rootfs/group" "etc/motd 0644 $2/motd" "bin/busybox 0755 $1"
    for name in sh mount stty setsid cttyhack poweroff vi top; do
        grep -qx "$name" names || die "busybox has no $name: is it another package now?"
    done
    while read -r name; do
        [ "$name" = busybox ] || printf 'hard bin/%s bin/busybox\n' "$name"
    done <names
}

build_debian() {
    say "fetching busybox for the guest"
    run fetch busybox-static
    dpkg-deb -x busybox-static_*.deb package
    applets package/bin/busybox >names
    list package/bin/busybox "$here/rootfs" >contents
    "$here/mkcpio" <contents >rootfs.cpio
    keep rootfs.cpio
}

# Debian's own settings, but for the CPU. The C library that is linked in stays armel's: its code is for
# ARMv5, and calls the kernel's helpers for atomic accesses and thread registers.
build_v6() {
    say "building busybox for ARMv6K, which takes a minute or two"
    mkdir v6
    cd v6
    run fetch_source busybox
    printf '#!/bin/sh\nexec arm-linux-gnueabi-gcc "$@" %s\n' \
        "-march=armv6k -mfpu=vfp -mfloat-abi=softfp -ffile-prefix-map=$PWD=." >cc
    chmod +x cc
    cp busybox-*/debian/config/pkg/static "$(echo busybox-*/)/.config"
    yes '' | busybox_make oldconfig >>log 2>&1 || die "busybox cannot be configured"
    run busybox_make busybox busybox.links
    sed 's,.*/,,' busybox-*/busybox.links | sort >names
    list busybox-*/busybox "$here/rootfs" >contents
    "$here/mkcpio" <contents >../rootfs-v6.cpio
    cd ..
    keep rootfs-v6.cpio
}

# Makes ./cc, a compiler for the guest's CPU with the C library musl. Nothing of this folder's name
# gets into what it makes.
make_compiler() {
    run fetch musl-dev
    dpkg-deb -x musl-dev_*.deb musl
    sed "s,/usr/,$PWD/musl/usr/,g" musl/usr/lib/arm-linux-musleabi/musl-gcc.specs >specs
    mkdir linux-headers
    ln -s /usr/arm-linux-gnueabi/include/linux /usr/arm-linux-gnueabi/include/asm \
        /usr/arm-linux-gnueabi/include/asm-generic /usr/arm-linux-gnueabi/include/mtd linux-headers
    printf '#!/bin/sh\nexec arm-linux-gnueabi-gcc "$@" %s\n' "-specs $PWD/specs \
-idirafter $PWD/linux-headers -fno-pie -march=armv5te -ffile-prefix-map=$PWD=." >cc
    chmod +x cc
}

# busybox_make ARGUMENT... : make for busybox, in its own folder.
busybox_make() {
    make -s -C "$(echo busybox-*/)" -j"$(nproc)" KCONFIG_NOTIMESTAMP=1 HOSTCC=gcc CC="$PWD/cc" \
        CROSS_COMPILE=arm-linux-gnueabi- "$@"
}

# Its Kconfig gives what is new the default, so everything that is not wanted is said to be so.
configure_busybox() {
    sed 's/#.*//' "$here/busybox-page.config" | tr -s ' ' '\n' | sed '/^$/d; s/.*/CONFIG_&=y/' >wanted
    run busybox_make allnoconfig
    find busybox-*/ -name Config.in -exec sed -n 's/^config \(.*\)/CONFIG_\1/p' {} + | sort -u |
        grep -vxF "$(sed 's/=y//' wanted)" | sed 's/.*/# & is not set/' |
        cat - wanted >"$(echo busybox-*/)/.config"
    # Numbers and strings get their defaults.
    yes '' | busybox_make oldconfig >>log 2>&1 || die "busybox cannot be configured"
    grep -vxFf "$(echo busybox-*/)/.config" wanted >dropped || true
    [ ! -s dropped ] || die "busybox's Kconfig did not grant: $(tr '\n' ' ' <dropped)"
}

build_page() {
    say "building busybox for the page's guest, which takes a minute"
    run fetch_source busybox
    make_compiler
    configure_busybox
    run busybox_make busybox busybox.links
    sed 's,.*/,,' busybox-*/busybox.links | sort >names
    run ./cc -std=c11 -Wall -Wextra -Werror -Os -static -s -o hostlink "$here/rootfs-page/hostlink.c"
    mv busybox-*/busybox busybox
    {
        list busybox "$here/rootfs-page"
        printf 'file bin/%s\n' 'hostlink 0755 hostlink' "download 0755 $here/rootfs-page/download"
    } >contents
    "$here/mkcpio" <contents >rootfs-page.cpio
    about_page
    keep rootfs-page.cpio rootfs-page.sources rootfs-page.busybox rootfs-page.musl
}

# What the page's root file system was made from, and the licences of that: who publishes the page has
# to say so.
about_page() {
    {
        sed -n 's/^Version: /busybox /p' busybox_*.dsc | head -n 1
        echo "musl $(dpkg-deb -f musl-dev_*.deb Version)"
    } >rootfs-page.sources
    cp "$(echo busybox-*/debian/copyright)" rootfs-page.busybox
    cp musl/usr/share/doc/musl-dev/copyright rootfs-page.musl
}

# need_compiler GROUP... : leaves the version of ARM's compiler in $compiler. The groups of deps.sh install it.
need_compiler() {
    compiler=$(arm-linux-gnueabi-gcc --version 2>/dev/null) || compiler=
    [ -n "$compiler" ] || die "there is no compiler for ARM: run $here/deps.sh $*"
}

for variant; do
    case $variant in
    debian)
        hash=$(recipe "$0" "$here/guest-lib.sh" "$here/mkcpio" "$here"/rootfs/*)
        cached rootfs "$hash" build_debian
        deliver "$out" rootfs.cpio
        ;;
    v6)
        need_compiler guest
        hash=$(echo "$compiler" | recipe - "$0" "$here/guest-lib.sh" "$here/mkcpio" "$here"/rootfs/*)
        cached rootfs-v6 "$hash" build_v6
        deliver "$out" rootfs-v6.cpio
        ;;
    page)
        need_compiler guest web
        hash=$(echo "$compiler" | recipe - "$0" "$here/guest-lib.sh" "$here/mkcpio" "$here"/rootfs/* \
            "$here"/rootfs-page/* "$here/busybox-page.config")
        cached rootfs-page "$hash" build_page
        deliver "$out" rootfs-page.cpio rootfs-page.sources rootfs-page.busybox rootfs-page.musl
        ;;
    *) die "$variant: is not one of debian, v6 and page" ;;
    esac
done
