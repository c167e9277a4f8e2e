#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# tqemu against qemu-system-arm (its JIT): the same kernel, initrd and command line, in alternation.
#
# usage: scripts/bench.pl TQEMU GUESTDIR [RUNS [boot|programs|bare|v6|disks|WORKLOAD|v6:WORKLOAD|DISK]...]
#        scripts/bench.pl TQEMU GUESTDIR count WORKLOAD...
#
#   boot      from start to the shell prompt, both kernels
#   programs  programs and system work in the guest (scripts/bench/), timed on the host
#   bare      loops without a system (scripts/bench/bare.S), each of which does one thing only
#   v6        boot of zImage-v6 on ARM1176 and ARM1136, and the programs built for ARMv6K on ARM1176
#   disks     work on whole disks in the guest (scripts/bench/diskwork.h), whose blocks are compared; in MB/s
#   DISK      one of them: scsi, virtio, pflash under Linux; sd without a system, as Linux 6.1 finds no SD card
#             in QEMU's board
#   WORKLOAD  one of the programs or loops by its name, such as nbody or exceptions; v6:nbody is the one for ARMv6K
#
# The first four if none is named. Prints minimum, median and maximum of the wall time, of a boot the processor
# time, too, and how many times as fast tqemu is (ratio of the medians; geometric mean for each group); of a
# loop also how many million instructions, exceptions and so on tqemu does in a second. QEMU_TCI=PROGRAM
# names a qemu-system-arm built with the TCG interpreter to be measured, too.
#
# The second form counts the host instructions that tqemu takes for a boot and each workload by itself, with
# valgrind, under -icount: on a busy machine, too, two programs can be compared to a tenth of a percent.
use strict;
use warnings;
use Digest::MD5;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use IO::Compress::Gzip qw(gzip $GzipError);
use Time::HiRes qw(time);

die "usage: $0 TQEMU GUESTDIR [RUNS|count [boot|programs|bare|v6|disks|WORKLOAD|v6:WORKLOAD|DISK]...]\n" if @ARGV < 2;
my ($tqemu, $guest, $runs, @suites) = @ARGV;
$runs ||= 5;
@suites = $runs eq 'count' ? () : qw(boot programs bare v6) if !@suites;
my $append = 'console=ttyAMA0 quiet lpj=500000';
my @disks = qw(scsi virtio pflash sd);
my @loops = qw(alu mul loads stores ldrd mixed branches calls ldm-stm mmio-poll exceptions self-modifying tlb-misses);

# The machines with the options that all have, and with those that only QEMU needs.
sub machines {
    my ($common, @qemu) = @_;
    my @common = ('-m', 128, '-nographic', @$common);
    @qemu = ('-M', 'versatilepb', '-audiodev', 'none,id=snd0', @qemu, @common);
    my @machines = ([ 'tqemu', $tqemu, @common ], [ 'qemu', 'qemu-system-arm', @qemu ]);
    push @machines, [ 'qemu-tci', $ENV{QEMU_TCI}, @qemu ] if $ENV{QEMU_TCI};
    return @machines;
}

sub linux_machines {
    my ($kernel, $initrd, $more, @cpu) = @_;
    my @qemu = ('-dtb', "$guest/versatile-pb.dtb");
    push @qemu, '-device', "loader,file=$guest/$kernel,addr=0x34000000,force-raw=on"
        if $kernel ne 'zImage';    # the others execute in place
    my @common = (@cpu, '-no-reboot', '-kernel', "$guest/$kernel", '-initrd', $initrd, '-append', "$append$more");
    return machines(\@common, @qemu);
}

# Runs a machine until its output matches $until, handing each line (or the last piece of one) and its time
# to $seen. Returns its wall and processor time. Standard input stays open and empty, like an idle terminal.
sub watch {
    my ($until, $seen, @command) = @_;
    pipe(my $out, my $in) or die "pipe: $!\n";
    my $start = time;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        pipe(my $empty, my $open) or die;
        open STDIN, '<&', $empty or die;
        open STDOUT, '>&', $in or die;
        open STDERR, '>', '/dev/null' or die;
        exec @command or die "$command[0]: $!\n";
    }
    close $in;
    my ($rest, $found, $all) = ('', 0, '');
    while (!$found && sysread $out, my $bytes, 65536) {
        my $at = time - $start;
        $rest .= $bytes;
        $all = substr($all . $bytes, -2000);
        $seen->($at, $1) while $rest =~ s/\A([^\n]*)\n//;
        $found = $all =~ $until;
    }
    my $wall = time - $start;
    my ($user, $system) = (times)[ 2, 3 ];
    kill TERM => $pid;
    waitpid $pid, 0;
    my ($user_now, $system_now) = (times)[ 2, 3 ];
    die "@command: ended before $until, having said: $all\n" if !$found;
    return ($wall, $user_now + $system_now - $user - $system);
}

sub sorted { return sort { $a <=> $b } @_ }
sub median { return (sorted(@_))[ @_ / 2 ] }

# One line per machine, and the ratio. $count is how many of $unit a run did, where that is known.
sub report {
    my ($what, $times, $count, $unit) = @_;
    for my $who (grep { $times->{$_} } qw(tqemu qemu qemu-tci)) {
        my @s = sorted(@{ $times->{$who} });
        printf "%-26s %-9s min %7.3f  median %7.3f  max %7.3f s", $what, $who, $s[0], median(@s), $s[-1];
        if ($who ne 'tqemu') {
            printf "   tqemu is %.2f times as fast", median(@s) / median(@{ $times->{tqemu} });
        } elsif ($count) {
            printf "   %.4g million %s a second", $count / 1e6 / median(@s), $unit;
        }
        print "\n";
    }
    return median(@{ $times->{qemu} }) / median(@{ $times->{tqemu} });
}

sub boot {
    my ($what, @machines) = @_;
    my (%wall, %cpu);
    for my $run (0 .. $runs) {
        for (@machines) {
            my ($who, @command) = @$_;
            my ($wall, $cpu) = watch(qr/~ # /, sub { }, @command);
            next if !$run;    # the first warms the caches
            push @{ $wall{$who} }, $wall;
            push @{ $cpu{$who} }, $cpu;
        }
    }
    report("boot $what", \%wall);
    report("boot $what, CPU", \%cpu);
}

sub boot_suite {
    boot($_, linux_machines($_, "$guest/rootfs.cpio", '')) for qw(zImage-xip zImage);
}

sub write_file {
    my ($path, $content) = @_;
    open my $out, '>:raw', $path or die "$path: $!\n";
    print $out $content;
    close $out or die "$path: $!\n";
}

# A MiB of the busybox in a root file system.
sub busybox {
    my ($rootfs) = @_;
    open my $in, '<:raw', $rootfs or die "$rootfs: $!\n";
    my $archive = do { local $/; <$in> };
    # A header has 13 numbers, the seventh is the size; what follows is padded.
    $archive =~ m{070701(?:[\dA-F]{8}){6}([\dA-F]{8})[\dA-F]{48}bin/busybox\0\0\0}g
        && hex $1 >= 1 << 20 or die "$rootfs: no busybox of a MiB\n";
    return substr $archive, pos $archive, 1 << 20;
}

# What the workloads read: the sum of the file that init makes of its busybox; text, and that packed.
sub write_data {
    my ($dir, $rootfs) = @_;
    my $busybox = busybox($rootfs);
    my $text = '';
    for (my $at = 0; length $text < 500_000; $at += 16) {
        my @bytes = unpack 'C16', substr $busybox, $at, 16;
        $text .= sprintf "%08x  %s\n", $at, join ' ', map { sprintf '%02x', $_ } @bytes;
    }
    write_file("$dir/sums", sha256_hex($busybox x 8) . "  /tmp/8m\n");
    write_file("$dir/text", $text);
    write_file("$dir/lines", substr $text, 0, rindex($text, "\n", 80_000) + 1);
    gzip(\$text => "$dir/text.gz", Minimal => 1) or die "$dir/text.gz: $GzipError\n";
}

# For an architecture as gcc names it: the path of a root file system with them, made of another one.
sub make_programs {
    my ($arch, $rootfs) = @_;
    my $here = dirname($0) . '/bench';
    my $dir = "$guest/bench/$arch";
    my @cc = (qw(arm-linux-gnueabi-gcc -O2 -static -s), "-march=$arch");
    system('mkdir', '-p', "$dir/root/bench") == 0 or die;
    system(@cc, '-marm', "$here/workloads.c", '-o', "$dir/root/bench/arm") == 0 or die;
    system(@cc, '-mthumb', "$here/workloads.c", '-o', "$dir/root/bench/thumb") == 0 or die;
    system(@cc, qw(-marm -mfpu=vfp -mfloat-abi=softfp), "$here/float.c", '-o', "$dir/root/bench/float", '-lm') == 0
        or die;
    system('cp', "$here/init", "$dir/root/bench/init") == 0 or die;
    write_data("$dir/root/bench", $rootfs);
    open my $list, '|-', dirname($0) . "/mkcpio > $dir/bench.cpio" or die "mkcpio: $!\n";
    print $list "dir bench 0755\n", map { "file bench/$_ 0755 $dir/root/bench/$_\n" }
        qw(arm float init lines sums text text.gz thumb);
    close $list or die "mkcpio failed\n";
    system("cat $rootfs $dir/bench.cpio > $dir/rootfs.cpio") == 0 or die;
    return "$dir/rootfs.cpio";
}

# A program without a system.
sub make_bare {
    my ($source, @options) = @_;
    my $dir = "$guest/bench";
    system('mkdir', '-p', $dir) == 0 or die;
    system(qw(arm-linux-gnueabi-gcc -O2 -march=armv5te -marm -ffreestanding -fno-pie -nostdlib -static -no-pie),
        '-Wl,-Ttext=0x10000,--build-id=none,-z,noexecstack,--no-warn-rwx-segments',
        @options, dirname($0) . "/bench/$source", '-o', "$dir/bare.elf") == 0
        or die;
    return "$dir/bare.elf";
}

# The loops whose names are given.
sub make_loops {
    return make_bare('bare.S', map { '-Wa,--defsym,run_' . tr/-/_/r . '=1' } @_);
}

# Runs guests that say when each of their workloads begins and ends. $prefix begins the names of their groups.
sub timed_suite {
    my ($prefix, @machines) = @_;
    my (%times, %count, @order);
    for my $run (1 .. $runs) {
        for (@machines) {
            my ($who, @command) = @$_;
            my %begun;
            my $line = sub {
                my ($at, $text) = @_;
                $begun{$1} = $at if $text =~ /^BEGIN (\w+ [\w-]+)/;
                warn "$who: $text\n" if $text =~ /^FAILED/;
                if ($text =~ /^END (\w+ [\w-]+)(?: ([\da-f]+) (\w+))?/) {
                    push @order, $1 if $who eq 'tqemu' && $run == 1;
                    push @{ $times{$1}{$who} }, $at - $begun{$1};
                    $count{$1} = [ hex $2, $3 ] if defined $2;
                }
            };
            watch(qr/BENCH DONE/, $line, @command);
        }
    }
    my %logs;
    for my $what (@order) {
        my ($group) = split ' ', $what;
        push @{ $logs{$group} }, log report("$prefix$what", $times{$what}, @{ $count{$what} || [] });
    }
    for my $group (sort keys %logs) {
        my $sum = 0;
        $sum += $_ for @{ $logs{$group} };
        printf "geometric mean, %s: tqemu is %.2f times as fast as qemu's JIT\n", "$prefix$group",
            exp($sum / @{ $logs{$group} });
    }
}

sub v5_programs { return make_programs('armv5te', "$guest/rootfs.cpio") }

# All, or the named ones.
sub programs_suite {
    my $names = join ' ', ' --', @_;
    timed_suite('', linux_machines('zImage-xip', v5_programs(), " rdinit=/bench/init$names"));
}

sub v6_boot_suite {
    for (qw(arm1176 arm1136)) {
        boot("zImage-v6, $_", linux_machines('zImage-v6', "$guest/rootfs-v6.cpio", '', '-cpu', $_));
    }
}

sub v6_programs_suite {
    my $names = join ' ', ' --', @_;
    my $initrd = make_programs('armv6k', "$guest/rootfs-v6.cpio");
    timed_suite('v6 ', linux_machines('zImage-v6', $initrd, " rdinit=/bench/init$names", '-cpu', 'arm1176'));
}

# The host instructions of a boot, and those that each workload adds to it.
sub count {
    my ($initrd, $boot) = (v5_programs());
    for my $name ('boot', @_) {
        my ($tqemu) = linux_machines('zImage-xip', $initrd, " rdinit=/bench/init -- $name");
        my ($who, @command) = @$tqemu;
        open my $log, '-|', 'sh', '-c', 'exec "$@" 2>&1 </dev/null', 'sh',
            qw(valgrind --tool=callgrind --callgrind-out-file=/dev/null), @command, qw(-icount shift=0)
            or die "valgrind: $!\n";
        my $text = do { local $/; <$log> };
        die "$name: $text" if $text !~ /Collected : (\d+)/ || $text =~ /^FAILED/m;
        my $count = $1;
        printf "%-18s %15s\n", $name, $count - ($boot // 0);
        $boot //= $count;
    }
}

# Of a disk: its device in Linux, the MiB that are used, the random operations of each kind, and the longest in
# KiB. QEMU moves some MB of a card in a second at best.
my %work = (scsi => [ 'sda', 200, 3000, 64 ], virtio => [ 'vda', 200, 3000, 64 ],
    pflash => [ 'mtdblock0', 16, 100, 4 ], sd => [ undef, 16, 500, 64 ]);

# A root file system with the program, whose init it is.
sub make_disk_program {
    my $here = dirname($0) . '/bench';
    my $dir = "$guest/bench/disk";
    system('mkdir', '-p', $dir) == 0 or die;
    system(qw(arm-linux-gnueabi-gcc -O2 -static -s -march=armv5te -marm -D_FILE_OFFSET_BITS=64),
        "$here/disk.c", '-o', "$dir/disk") == 0 or die;
    open my $list, '|-', dirname($0) . "/mkcpio > $dir/bench.cpio" or die "mkcpio: $!\n";
    print $list "dir bench 0755\nfile bench/disk 0755 $dir/disk\nfile bench/disk-init 0755 $here/disk-init\n";
    close $list or die "mkcpio failed\n";
    system("cat $guest/rootfs.cpio $dir/bench.cpio > $dir/rootfs.cpio") == 0 or die;
    return "$dir/rootfs.cpio";
}

# The machines that do the work on an image.
sub disk_machines {
    my ($interface, $image) = @_;
    my ($device, @arguments) = @{ $work{$interface} };
    my @drive = ('-drive', "if=$interface,format=raw,file=$image");
    if (!defined $device) {
        my ($mib, $operations, $most) = @arguments;
        my $program = make_bare('sd.c', "-DMIB=$mib", "-DOPERATIONS=$operations", "-DMOST=$most");
        return machines([ '-kernel', $program, @drive ]);
    }
    return linux_machines('zImage-disk', make_disk_program(),
        " rdinit=/bench/disk-init -- /dev/$device @arguments", @drive);
}

sub md5_of {
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!\n";
    return Digest::MD5->new->addfile($in)->hexdigest;
}

# What the guest measures: the rates of each kind of work. All machines must leave the same image.
sub disk_suite {
    my ($interface) = @_;
    my $image = "$guest/bench/disk-image";
    my (%times, @order, %bytes, $digest);
    my @machines = disk_machines($interface, $image);
    for my $run (1 .. $runs) {
        for (@machines) {
            my ($who, @command) = @$_;
            write_file($image, $interface eq 'pflash' ? "\xff" x (64 << 20) : '');
            truncate $image, 256 << 20 or die "$image: $!\n" if $interface ne 'pflash';
            my $wrong;
            my $line = sub {
                my ($at, $text) = @_;
                $wrong = $text if $text =~ /^WRONG/;
                return if $text !~ /^DISK (\S+) (\d+) (\d+)/;
                push @order, $1 if $who eq 'tqemu' && $run == 1;
                push @{ $times{$1}{$who} }, $3 / 1e6;
                $bytes{$1} = $2;
            };
            watch(qr/BENCH DONE|WRONG[^\n]*\n/, $line, @command);
            die "$who: $wrong\n" if $wrong;
            $digest //= md5_of($image);
            die "$who: the image differs from that of $machines[0][0]\n" if md5_of($image) ne $digest;
        }
    }
    unlink $image;
    report("$interface $_", $times{$_}, $bytes{$_}, 'bytes') for @order;
}

sub bare_suite { timed_suite('', machines([ '-kernel', make_loops(@_) ])) }

if ($runs eq 'count') {
    count(@suites);
    exit;
}
my (%suite, @programs, @bare, @v6, @media);
for my $name (@suites) {
    if    ($name =~ /^(boot|programs|bare|v6)$/) { $suite{$name} = 1 }
    elsif ($name eq 'disks')                     { push @media,    @disks }
    elsif ($name =~ /^v6:(.*)/)                  { push @v6,       $1 }
    elsif (grep { $_ eq $name } @loops)          { push @bare,     $name }
    elsif (grep { $_ eq $name } @disks)          { push @media,    $name }
    else                                         { push @programs, $name }
}
boot_suite() if $suite{boot};
programs_suite($suite{programs} ? () : @programs) if $suite{programs} || @programs;
bare_suite($suite{bare} ? @loops : @bare) if $suite{bare} || @bare;
v6_boot_suite() if $suite{v6};
v6_programs_suite($suite{v6} ? () : @v6) if $suite{v6} || @v6;
disk_suite($_) for @media;
