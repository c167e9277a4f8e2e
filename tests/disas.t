#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# needs: unit arm-linux-gnueabi-objdump perl
# Our disassembly of random instructions of every line of the decode tables against GNU objdump's,
# which proves the tables' encodings and fields. Usage: disas.t [build directory [seed]]
use strict;
use warnings;
use File::Temp 'tempdir';
use Test::More;

my $build = $ARGV[0] // $ENV{O} // 'build';
my $seed = $ARGV[1] // 1;
my $count = 200;    # of each line
my $dir = tempdir(CLEANUP => 1);

# One spelling for what the two write differently.
sub normal
{
    my ($text) = @_;
    # A comment holds the plain form of a PUSH or POP of one register.
    $text = $1 if $text =~ /[;@] \(((?:str|ldr)\S* .*)\)/;
    $text =~ s/\s*[;@].*//;
    $text =~ s/\s+/ /g;
    $text =~ s/ $//;
    $text =~ s/0x0+(?=[0-9a-f])/0x/g;
    $text =~ s/^stmfd(\S*) sp!,/push$1/;
    $text =~ s/^ldmfd(\S*) sp!,/pop$1/;
    $text =~ s/^(ldm|stm)ia/$1/;
    $text =~ s/^(mrc.*, )APSR_nzcv,/$1pc,/;
    $text =~ s/^((?:ldc|stc).*\[\w+)(?:, #0\]!|\], #0)$/$1]/;
    $text =~ s/^((?:ldc|stc).*\[\w+, #-0\])!$/$1/;
    $text =~ s/\br(1[0-4])\b/(qw(sl fp ip sp lr))[$1 - 10]/ge;    # in LDREX
    $text =~ s/, ROR #/, ror #/;
    $text =~ s/^([su]sat.*, asr #)0$/${1}32/;
    $text =~ s/^csdb(\S*)/nop$1 {20}/;
    $text =~ s/^vpush(\S*) /vstmdb$1 sp!, /;
    $text =~ s/^vpop(\S*) /vldmia$1 sp!, /;
    $text = 'mov r8, r8' if $text eq 'nop';
    return $text;
}

sub compare
{
    my ($set, $cpu, $machine, @options) = @_;
    my $bytes = "$dir/$set.bin";
    open my $ours, '-|', "$build/tests/unit/test_decode", $set, $cpu, $seed, $count, $bytes or die $!;
    my @ours = <$ours>;
    close $ours or die "test_decode failed: $?";
    my %theirs;
    open my $dump, '-|', qw(arm-linux-gnueabi-objdump -D -b binary -m), $machine, @options, $bytes
        or die $!;
    while (<$dump>) {
        $theirs{ hex $1 } = $2 if /^\s*([0-9a-f]+):\t[0-9a-f ]+\t(.*)/;
    }
    close $dump or die "objdump failed: $?";
    my ($compared, $wrong) = (0, 0);
    for (@ours) {
        chomp;
        my ($at, $text) = split /\t/, $_, 2;
        # objdump names the instructions of the coprocessors that ever existed.
        next if $text =~ /^(?:mrc|mcr|cdp|ldc|stc|mrrc|mcrr)\S*\t(?:[1245689]|10|11),/;
        next if $text =~ /^(?:ldc|stc)\S*\t15,/;
        $compared++;
        next if normal($text) eq normal($theirs{ hex $at } // 'nothing');
        diag "seed $seed, $cpu, $set at 0x$at: ours '$text', objdump '", $theirs{ hex $at } // '', "'"
            if $wrong++ < 20;
    }
    is($wrong, 0, "$cpu, $set: $compared instructions disassemble as objdump has them");
    cmp_ok($compared, '>', 5000, "$cpu, $set: enough of them");
}

my %machines = (arm926 => 'armv5tej', arm1136 => 'armv6k');
for my $cpu (sort keys %machines) {
    compare('arm', $cpu, $machines{$cpu});
    compare('thumb', $cpu, $machines{$cpu}, '-M', 'force-thumb');
}
done_testing();
