#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: deps.sh GROUP...
#
# Installs the missing Debian packages of the groups, as root or by `sudo -n`, without a question. A
# user who may do neither gets the command to run, and the exit status is 1. Silent if nothing is
# missing.
#   build   to build tqemu
#   guest   to build the guest Linux
#   check   to run the tests
#   hosts   besides those of check: to run tqemu on many hosts
#   web     to build the page, and to test it
#   firefox to test the page in another browser, too
set -eu

packages_build='gcc libc6-dev make'
packages_guest='bc bison dpkg-dev flex gcc gcc-arm-linux-gnueabi libc6-dev libc6-dev-armel-cross
    linux-source-6.1 lzop make perl-base xz-utils'
packages_check='bc binutils-arm-linux-gnueabi bzip2 clang clang-format clang-tidy cmake cppcheck
    device-tree-compiler e2fsprogs gcc-arm-linux-gnueabi gcc-arm-none-eabi gcc-powerpc-linux-gnu gdb-multiarch git
    libc6-dev-armel-cross libc6-dev-powerpc-cross libclang-rt-dev libnewlib-arm-none-eabi lzop meson musl-tools
    ninja-build openssl patch perl picolibc-arm-none-eabi python3 qemu-system-arm qemu-user tcc u-boot-tools
    valgrind xz-utils zstd'
packages_hosts='gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf gcc-i686-linux-gnu
    gcc-mingw-w64-x86-64-win32 gcc-riscv64-linux-gnu gcc-s390x-linux-gnu libc6-dev-arm64-cross
    libc6-dev-armhf-cross libc6-dev-i386-cross libc6-dev-riscv64-cross libc6-dev-s390x-cross wine64'

if [ $# -eq 0 ]; then
    echo 'usage: deps.sh build|guest|check|hosts|web|firefox...' >&2
    exit 1
fi
wanted=
for group; do
    case $group in
    build) wanted="$wanted $packages_build" ;;
    guest) wanted="$wanted $packages_guest" ;;
    check) wanted="$wanted $packages_check" ;;
    hosts) wanted="$wanted $packages_hosts" ;;
    web)
        wanted="$wanted chromium emscripten"
        # These may have come from elsewhere than Debian.
        command -v node >/dev/null || wanted="$wanted nodejs"
        command -v npm >/dev/null || wanted="$wanted npm"
        ;;
    firefox) wanted="$wanted firefox-esr" ;;
    *)
        echo "deps: $group: is not a group: name build, guest, check, hosts, web or firefox" >&2
        exit 1
        ;;
    esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "deps: this is no Debian: install what these packages hold:$wanted" >&2
    exit 1
fi

missing=
# shellcheck disable=SC2086
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null) || true
for package in $wanted; do
    case "
$installed
 $missing " in
    *"
installed $package
"* | *" $package "*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root='env'
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n env'
else
    echo "deps: packages are missing; install them as root with:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

# shellcheck disable=SC2086
apt() {
    $as_root DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" \
        </dev/null 2>&1
}

echo "deps: installing$missing" >&2
# shellcheck disable=SC2086
{
    # The first try may fail because the package lists are missing or name versions that are gone.
    output=$(apt install --no-install-recommends $missing) && exit 0
    output=$(apt update) && output=$(apt install --no-install-recommends $missing) && exit 0
}
printf '%s\n' "$output" | tail -n 15 >&2
echo "deps: apt-get could not install$missing: see above" >&2
exit 1
