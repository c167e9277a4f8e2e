#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# usage: show-handler.pl HANDLER < preprocessed C
#
# Prints the functions that a handler of the engine is made of, formatted: the bodies that it calls,
# the handler itself, and its slow path. `make show HANDLER=add_rr_shl_f` calls it.
use strict;
use warnings;

my $handler = shift // '';
die "show: usage: make show HANDLER=add_rr_shl_f\n" unless $handler =~ /^\w+$/;
my $text = do { local $/; <STDIN> };

# The definition of a function: type, name, parameters and the block with its inner blocks.
sub definition
{
    my ($name) = @_;
    my $block = qr/(\{(?:[^{}]++|(?-1))*\})/;
    return $text =~ /(?:^|[;}])\s*((?:static inline )?\w[\w ]*\*?\s*\b$name\([^(){};]*\)\s*$block)/m ? "$1\n\n" : '';
}

my $op = definition("tci_op_$handler") || definition($handler) # a superinstruction's
    or die "show: $handler: no such handler: see the names of -d out_asm\n";
my %seen;
my @bodies = map { definition($_) } grep { !$seen{$_}++ } $op =~ /\b(\w+_(?:body|taken))\(/g;
open my $format, '|-', 'clang-format', '--style=file', '--assume-filename=handler.c' or die "show: clang-format: $!\n";
print $format @bodies, $op, definition("tci_slow_$handler");
close $format or exit 1;
