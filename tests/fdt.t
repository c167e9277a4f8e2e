#!/bin/sh
# SPDX-License-Identifier: MIT
# needs: program linux dtc qemu-system-arm
#
# The generated device tree: dtc does not complain, and Linux on QEMU's versatilepb boots with it.
set -u
O=${O:-build}
guest=$O/guest
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failed=0

# ok STATUS NAME [FILE]: one result; the file is shown if it is a failure.
ok() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        failed=$((failed + 1))
        echo "not ok $n - $2"
        [ $# -lt 3 ] || tail -n 60 "$3" | tr -d '\r' | sed 's/^/#   /'
    fi
}

dtb=$work/tree.dtb
"$O/tqemu" -M versatilepb,dumpdtb="$dtb" -m 64 -kernel "$guest/zImage" \
    -initrd "$guest/rootfs.cpio" -append 'console=ttyAMA0 lpj=500000' < /dev/null > "$work/out" 2>&1
ok $? '-M dumpdtb writes the tree' "$work/out"

dtc -I dtb -O dts -o "$work/tree.dts" "$dtb" 2> "$work/warnings"
ok $? 'dtc reads it' "$work/warnings"
[ ! -s "$work/warnings" ]
ok $? 'dtc gives no warning' "$work/warnings"
grep -q 'reg = <0x00 0x4000000>' "$work/tree.dts"
ok $? 'memory is what -m says' "$work/tree.dts"
grep -q 'bootargs = "console=ttyAMA0 lpj=500000"' "$work/tree.dts"
ok $? 'bootargs are what -append says' "$work/tree.dts"

# The shell takes its commands from the kernel's command line: nothing has to be typed in time.
timeout 120 qemu-system-arm -M versatilepb -m 64 -nographic -no-reboot -audiodev none,id=none \
    -kernel "$guest/zImage" -initrd "$guest/rootfs.cpio" -dtb "$dtb" \
    -append 'console=ttyAMA0 lpj=500000 rdinit=/bin/busybox -- sh -c "mount -t sysfs sysfs /sys; '\
'ls /sys/bus/amba/devices; reboot -f"' < /dev/null > "$work/boot" 2>&1
for what in 'Machine model: ARM Versatile PB' \
    'VIC .*: id 0x00041190' \
    'FPGA IRQ chip 0 .* 20 irqs, parent IRQ' \
    'sched_clock: 32 bits at 24MHz' \
    'clocksource: arm,sp804' \
    '101f1000.uart: ttyAMA0 at MMIO 0x101f1000 .* is a PL011' \
    '10009000.uart: ttyAMA3 at MMIO 0x10009000 .* is a PL011' \
    '34000000.flash: Found 1 x32 devices' \
    'rtc-pl031 101e8000.rtc: setting system clock' \
    'versatile reboot driver registered' \
    '101e0000.sctl' \
    '101e3000.timer' \
    'fpga:05' \
    'reboot: Restarting system'; do
    grep -q "$what" "$work/boot"
    ok $? "Linux on QEMU with this tree says: $what" "$work/boot"
done
! grep -qiE 'warning|bug:|oops|panic' "$work/boot"
ok $? 'Linux on QEMU with this tree warns of nothing' "$work/boot"
echo "1..$n"
[ "$failed" -eq 0 ]
