#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: scripts/deb.sh O VERSION MAKE
#
# Makes O/tqemu_VERSION_ARCHITECTURE.deb of the program in O: stripped, with its manual page and
# completions, depending on the C library alone. Wants dpkg-deb and readelf; no debhelper. Equal
# programs make equal packages: all dates are SOURCE_DATE_EPOCH's, by default that of the last
# commit, or 0.
set -eu
cd "$(dirname "$0")/.."
O=$1 version=$2 make=$3
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
root=$O/deb
umask 022
rm -rf "$root"
$make -s install O="$O" DESTDIR="$root" PREFIX=/usr
strip "$root/usr/bin/tqemu"
gzip -9n "$root/usr/share/man/man1/tqemu.1"
# Debian's folder for zsh.
mkdir -p "$root/usr/share/zsh/vendor-completions" "$root/usr/share/doc/tqemu" "$root/DEBIAN"
mv "$root/usr/share/zsh/site-functions/_tqemu" "$root/usr/share/zsh/vendor-completions/"
rmdir "$root/usr/share/zsh/site-functions"
cp LICENSE "$root/usr/share/doc/tqemu/copyright"

# The C library's version that the program asks for. Packed relocations came with 2.36.
needed=$(readelf -W --version-info "$root/usr/bin/tqemu" |
    sed -e 's/GLIBC_ABI_DT_RELR/GLIBC_2.36/' | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)
cat > "$root/DEBIAN/control" <<END
Package: tqemu
Version: $version
Architecture: $architecture
Maintainer: tqemu maintainers <maintainers@tqemu.invalid>
Installed-Size: $(du -k -s --apparent-size "$root/usr" | cut -f 1)
Depends: libc6 (>= ${needed#GLIBC_})
Section: otherosfs
Priority: optional
Description: ARM computer in one small program
 Emulates the Versatile/PB board with an ARM926EJ-S, ARM1136 or ARM1176, and
 boots Linux on it, with the command line of qemu-system-arm.
END
dpkg-deb --root-owner-group --build "$root" "$O/tqemu_${version}_$architecture.deb"
