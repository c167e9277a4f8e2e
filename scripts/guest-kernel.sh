#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: guest-kernel.sh OUTDIR [xip|zimage|v6|disk|disk-v6|page]...
#
# Builds Linux for the guest, from Debian's linux-source-6.1, and leaves in OUTDIR
#   for xip     zImage-xip, which executes in place from NOR flash, and System.map-xip
#   for zimage  zImage, the same kernel as an ordinary self-decompressing image, System.map,
#               versatile-pb.dtb, the kernel's own device tree for the board, and for gdb vmlinux,
#               vmlinux-gdb.py and scripts/gdb/linux
#   for v6      zImage-v6, like zImage-xip, but for ARMv6K, and System.map-v6
#   for disk    zImage-disk, like zImage, with PCI, virtio, disks and their file systems, and
#               System.map-disk; for disk-v6 the same for ARMv6K
#   for page    zImage-page, like zImage-xip, but small: for the web page, whose visitors fetch it
# The first two when none is named. Configured by kernel.config and the variant's own file beside this
# script. Nothing of the machine or of the moment gets into the images: they are the
# same, bit by bit, wherever the same compiler builds them.
#
# What was built is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/tqemu, which may be removed at any
# time. It is built anew when this recipe, the kernel's sources or the compiler change.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/guest-lib.sh"

[ $# -ge 1 ] || die "usage: guest-kernel.sh OUTDIR [xip|zimage|v6|disk|disk-v6|page]..."
out=$1
shift
[ $# -ge 1 ] || set -- xip zimage

series=6.1
tarball=/usr/src/linux-source-$series.tar.xz
flash=0x34000000
# A build ID that a linker makes depends on the debug information: zImage has one of its own.
build_id=0x849857bfbcf8184b538357a9e6a9e0cdfab72186

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

# Unpacks the kernel's sources, without the biggest parts of what no board of ours has. Linux
# offers the board with a CPU of ARMv5 only, but nothing except its Kconfig stands in the way of ARMv6.
# BUILD_ID is ours. With debug information gcc keeps a variable of initramfs.c that nothing reads.
unpack() {
    mkdir source
    tar -xf "$tarball" -C source --strip-components=1 --exclude='*/drivers/gpu/*.[ch]' \
        --exclude='*/drivers/media/*.[ch]' --exclude='*/drivers/net/*/*.[ch]' \
        --exclude='*/drivers/staging/*.[ch]' --exclude='*/sound/*.[ch]'
    sed -i '/^config ARCH_VERSATILE$/,/^$/ {
        s/depends on ARCH_MULTI_V5$/& || ARCH_MULTI_V6/; s/select CPU_ARM926T$/& if ARCH_MULTI_V5/ }' \
        source/arch/arm/mach-versatile/Kconfig
    sed -i 's/^LDFLAGS_vmlinux += --build-id=sha1$/LDFLAGS_vmlinux += --build-id=$(or $(BUILD_ID),sha1)/' \
        source/Makefile
    echo 'CFLAGS_initramfs.o += -g0' >>source/init/Makefile
}

# Prints the lines of the variant's configuration, the more specific after the more general.
config_lines() {
    set -- "$here/kernel.config" "$here/kernel-$variant.config"
    case $variant in
    page | v6) set -- "$1" "$here/kernel-xip.config" "$2" ;;
    zimage) set -- "$@" "$here/kernel-debug.config" ;;
    disk) set -- "$1" "$here/kernel-zimage.config" "$2" ;;
    disk-v6)
        set -- "$1" "$here/kernel-zimage.config" "$here/kernel-disk.config" "$here/kernel-v6.config"
        ;;
    esac
    cat "$@"
}

# Prints the variant's configuration: of a symbol that stands more than once the last line counts.
wanted() {
    config_lines | awk '/^CONFIG_/ { split($0, part, "="); symbol = part[1] }
        /^# CONFIG_.* is not set$/ { symbol = $2 }
        /^(# )?CONFIG_/ { if (!(symbol in line)) order[++n] = symbol; line[symbol] = $0 }
        END { for (i = 1; i <= n; i++) print line[order[i]] }'
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

# Prints how many bytes from the start of RAM the kernel's data and bss take, hexadecimal.
data_size() {
    end=$(sed -n 's/^\([0-9a-f]*\) . _end$/\1/p' "$built/System.map")
    start=$(sed -n 's/^CONFIG_PAGE_OFFSET=//p' "$built/.config")
    [ -n "$end" ] && [ -n "$start" ] || die "cannot tell how much RAM the kernel's data takes"
    printf '%x\n' $((0x$end - start))
}

build() {
    say "building Linux $series ($variant), which takes a few minutes"
    if [ ! -d source ]; then
        run unpack
        timeless_lzop
    fi
    wanted >wanted
    built=build-$variant
    mkdir "$built"
    run kmake KCONFIG_ALLCONFIG="$PWD/wanted" allnoconfig
    check_config "$built/.config"
    boot=$built/arch/arm/boot
    case $variant in
    zimage)
        # gdb finds the sources where Debian's package is usually unpacked.
        real=$(pwd -P)
        map="-fdebug-prefix-map=$real/source=${tarball%.tar.xz} -fdebug-prefix-map=$real/$built=/build"
        run kmake zImage versatile-pb.dtb scripts_gdb BUILD_ID=$build_id KCFLAGS="$map" KAFLAGS="$map"
        cp -RL "$built/scripts/gdb" "$built/vmlinux-gdb.py" entry/
        keep "$boot/zImage" "$built/System.map" "$boot/dts/versatile-pb.dtb" "$built/vmlinux"
        ;;
    disk | disk-v6)
        run kmake zImage
        mv "$boot/zImage" "zImage-$variant"
        mv "$built/System.map" "System.map-$variant"
        keep "zImage-$variant" "System.map-$variant"
        ;;
    *)
        run kmake xipImage
        entry=$(sed -n 's/^CONFIG_XIP_PHYS_ADDR=//p' wanted)
        ram=$(data_size)
        "$here/mkxip" "$flash" "$entry" "$ram" "$boot/xipImage" >"zImage-$variant"
        mv "$built/System.map" "System.map-$variant"
        keep "zImage-$variant" "System.map-$variant"
        ;;
    esac
}

# Copies what vmlinux-gdb.py imports, which looks for it in scripts/gdb beside itself.
deliver_scripts() {
    entry=$entry/gdb/linux
    # shellcheck disable=SC2046
    deliver "$out/scripts/gdb/linux" $(ls "$entry")
}

source_version=$(dpkg-query -W -f '${Version}' "linux-source-$series" 2>/dev/null) || source_version=
compiler=$(arm-linux-gnueabi-gcc --version 2>/dev/null) || compiler=
if [ -z "$source_version" ] || [ -z "$compiler" ] || [ ! -f "$tarball" ]; then
    die "the packages to build a kernel are not all there: run $here/deps.sh guest"
fi

for variant; do
    tool=
    case $variant in
    xip | page | v6)
        files="zImage-$variant System.map-$variant"
        tool=$here/mkxip
        ;;
    disk | disk-v6) files="zImage-$variant System.map-$variant" ;;
    zimage) files='zImage System.map versatile-pb.dtb vmlinux vmlinux-gdb.py' ;;
    *) die "$variant: is not one of xip, zimage, v6, disk, disk-v6 and page" ;;
    esac
    hash=$({ echo "$source_version $compiler" && config_lines; } |
        recipe - "$0" "$here/guest-lib.sh" ${tool:+"$tool"})
    cached "kernel-$variant" "$hash" build
    # shellcheck disable=SC2086
    deliver "$out" $files
    [ "$variant" != zimage ] || deliver_scripts
done
