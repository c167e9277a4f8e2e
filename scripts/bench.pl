#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Boot time to the shell prompt, tqemu against qemu-system-arm, in alternation.
#
# usage: scripts/bench.pl TQEMU GUESTDIR [RUNS]
#
# Both get the same kernel, initrd and command line, no input, and are killed when the prompt has
# appeared. Prints for each kernel the wall and CPU seconds (minimum, median, maximum) and the ratio of
# the medians.
use strict;
use warnings;
use Time::HiRes qw(time);

die "usage: $0 TQEMU GUESTDIR [RUNS]\n" if @ARGV < 2;
my ($tqemu, $guest, $runs) = (@ARGV, 5);
my $append = 'console=ttyAMA0 quiet lpj=500000';
my @qemu = (qw(qemu-system-arm -M versatilepb -m 128 -nographic -no-reboot -audiodev),
    "none,id=snd0",
    '-dtb', "$guest/versatile-pb.dtb");

# One run: wall and CPU seconds from start to the prompt.
sub boot {
    my @command = @_;
    pipe(my $out, my $in) or die "pipe: $!\n";
    my ($user, $system) = (times)[2, 3];
    my $start = time;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        # A terminal that says nothing: standard input stays open and empty.
        pipe(my $empty, my $open) or die;
        open STDIN, '<&', $empty or die;
        open STDOUT, '>&', $in or die;
        open STDERR, '>', '/dev/null' or die;
        exec @command or die "$command[0]: $!\n";
    }
    close $in;
    my $seen = '';
    while (sysread $out, my $bytes, 4096) {
        $seen .= $bytes;
        last if $seen =~ /~ # /;
    }
    my $wall = time - $start;
    kill TERM => $pid;
    waitpid $pid, 0;
    die "@command: no shell prompt in: $seen\n" if $seen !~ /~ # /;
    my ($user2, $system2) = (times)[2, 3];
    return ($wall, $user2 + $system2 - $user - $system);
}

sub median {
    my @sorted = sort { $a <=> $b } @_;
    return $sorted[@sorted / 2];
}

sub row {
    my ($name, @values) = @_;
    my @sorted = sort { $a <=> $b } @values;
    printf "  %-12s min %.3f  median %.3f  max %.3f s\n", $name, $sorted[0], median(@values), $sorted[-1];
}

for my $kernel (qw(zImage-xip zImage)) {
    my @common = ('-kernel', "$guest/$kernel", '-initrd', "$guest/rootfs.cpio", '-append', $append);
    my @flash = $kernel eq 'zImage-xip' ? ('-device', "loader,file=$guest/$kernel,addr=0x34000000,force-raw=on") : ();
    my (%wall, %cpu);
    for my $run (0 .. $runs) {
        for ([ tqemu => $tqemu, '-m', 128, @common ], [ qemu => @qemu, @common, @flash ]) {
            my ($who, @command) = @$_;
            my ($wall, $cpu) = boot(@command);
            next if !$run;    # the first warms the caches
            push @{ $wall{$who} }, $wall;
            push @{ $cpu{$who} }, $cpu;
        }
    }
    print "$kernel to the shell prompt, $runs runs in alternation\n";
    for my $who (qw(tqemu qemu)) {
        row("$who wall", @{ $wall{$who} });
        row("$who cpu", @{ $cpu{$who} });
    }
    printf "  tqemu takes %.2f of qemu's wall time, %.2f of its CPU time\n",
        median(@{ $wall{tqemu} }) / median(@{ $wall{qemu} }),
        median(@{ $cpu{tqemu} }) / median(@{ $cpu{qemu} });
}
