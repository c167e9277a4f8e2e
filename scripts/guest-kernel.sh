#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: guest-kernel.sh OUTDIR [xip|zimage]...
#
# Builds Linux for the guest, from Debian's linux-source-6.1, and leaves in OUTDIR
#   for xip     zImage-xip, which executes in place from NOR flash, and System.map-xip
#   for zimage  zImage, the same kernel as an ordinary self-decompressing image, System.map
#               and versatile-pb.dtb, the kernel's own device tree for the board
# Both when none is named. Configured by kernel.config and kernel-xip.config or kernel-zimage.config
# beside this script. Nothing of the machine or of the moment gets into the images: they are the
# same, bit by bit, wherever the same compiler builds them.
#
# What was built is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/tqemu, which may be removed at any
# time. It is built anew when this recipe, the kernel's sources or the compiler change.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/guest-lib.sh"

[ $# -ge 1 ] || die "usage: guest-kernel.sh OUTDIR [xip|zimage]..."
out=$1
shift
[ $# -ge 1 ] || set -- xip zimage

series=6.1
tarball=/usr/src/linux-source-$series.tar.xz
flash=0x34000000

# make for the variant's build directory. Whose machine it is, when it is and which build
# of how many must not show in the image.
kmake() {
    make -s -j"$(nproc)" -C source O="$PWD/build-$variant" ARCH=arm \
        CROSS_COMPILE=arm-linux-gnueabi- KBUILD_BUILD_TIMESTAMP='Sat Jun 10 00:00:00 UTC 2023' \
        KBUILD_BUILD_USER=tqemu KBUILD_BUILD_HOST=tqemu KBUILD_BUILD_VERSION=1 LOCALVERSION= \
        KLZOP="$PWD/lzop" "$@"
}

# Makes ./lzop, which compresses like lzop, but does not put the time and the umask into its output.
timeless_lzop() {
    cat >lzop <<'END'
#!/bin/sh
cat >"$0.in" && chmod 644 "$0.in" && touch -d @0 "$0.in" &&
    exec lzop -c "$@" "$0.in"
END
    chmod +x lzop
}

# Unpacks the kernel's sources, without the biggest parts of what no board of ours has.
unpack() {
    mkdir source
    tar -xf "$tarball" -C source --strip-components=1 --exclude='*/drivers/gpu/*.[ch]' \
        --exclude='*/drivers/media/*.[ch]' --exclude='*/drivers/net/*/*.[ch]' \
        --exclude='*/drivers/staging/*.[ch]' --exclude='*/sound/*.[ch]'
}

# Kconfig drops without a word what it cannot grant: stops if it dropped a line of ./wanted.
check_config() {
    while read -r line; do
        case $line in
        CONFIG_*) grep -qxF "$line" "$1" || echo "$line" ;;
        '# CONFIG_'*' is not set')
            symbol=${line#\# }
            if grep -q "^${symbol% is not set}=" "$1"; then echo "$line"; fi
            ;;
        esac
    done <wanted >dropped
    [ ! -s dropped ] || die "Kconfig did not grant: $(tr '\n' ';' <dropped)"
}

build() {
    say "building Linux $series ($variant), which takes a few minutes"
    if [ ! -d source ]; then
        run unpack
        timeless_lzop
    fi
    cat "$here/kernel.config" "$here/kernel-$variant.config" >wanted
    built=build-$variant
    mkdir "$built"
    run kmake KCONFIG_ALLCONFIG="$PWD/wanted" allnoconfig
    check_config "$built/.config"
    boot=$built/arch/arm/boot
    if [ "$variant" = xip ]; then
        run kmake xipImage
        entry=$(sed -n 's/^CONFIG_XIP_PHYS_ADDR=//p' wanted)
        "$here/mkxip" "$flash" "$entry" "$boot/xipImage" >zImage-xip
        mv "$built/System.map" System.map-xip
        keep zImage-xip System.map-xip
    else
        run kmake zImage versatile-pb.dtb
        keep "$boot/zImage" "$built/System.map" "$boot/dts/versatile-pb.dtb"
    fi
}

source_version=$(dpkg-query -W -f '${Version}' "linux-source-$series" 2>/dev/null) || source_version=
compiler=$(arm-linux-gnueabi-gcc --version 2>/dev/null) || compiler=
if [ -z "$source_version" ] || [ -z "$compiler" ] || [ ! -f "$tarball" ]; then
    die "the packages to build a kernel are not all there: run $here/deps.sh guest"
fi

for variant; do
    case $variant in
    xip) files='zImage-xip System.map-xip' ;;
    zimage) files='zImage System.map versatile-pb.dtb' ;;
    *) die "$variant: is not one of xip and zimage" ;;
    esac
    hash=$(echo "$source_version $compiler" | recipe - "$0" "$here/guest-lib.sh" "$here/mkxip" \
        "$here/kernel.config" "$here/kernel-$variant.config")
    cached "kernel-$variant" "$hash" build
    # shellcheck disable=SC2086
    deliver "$out" $files
done
