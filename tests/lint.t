#!/bin/sh
# SPDX-License-Identifier: MIT
# needs: clang clang-tidy cppcheck git
#
# Static analysis of the C files: cppcheck on all of them, clang-tidy on those of the program.
# .cppcheck-suppressions and .clang-tidy say what is left out, and why.
#
# usage: tests/lint.t [full]
#
# clang-tidy's path-sensitive checks (clang-analyzer-*) take a minute and are made with `full` only,
# which is what `make lint` gives.
set -u
checks=-clang-analyzer-* at_once=100
# In one run over many files the analyser takes the state of one for that of the next.
[ "${1-}" != full ] || checks='' at_once=1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failed=0

# report STATUS NAME: the findings are in $work/found.
report() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        failed=1
        echo "not ok $n - $2"
        sed 's/^/# /' "$work/found"
    fi
}

defines='-DTCI_DISPATCH_TAIL -D_POSIX_C_SOURCE=200809L'

# shellcheck disable=SC2046,SC2086
cppcheck -q --std=c11 --enable=warning,style,performance,portability --error-exitcode=1 \
    --suppressions-list=.cppcheck-suppressions -I. $defines $(git ls-files '*.c') \
    > "$work/found" 2>&1
report $? cppcheck

# The rest is for the guest, or are tests.
# shellcheck disable=SC2086
git ls-files '*.c' ':!tests' ':!scripts' ':!firmware/src' ':!tci/switch.c' ':!tci/profile.c' |
    xargs -n $at_once -P 2 sh -c 'checks=$1; shift; defines=$1; shift
        clang-tidy --quiet --checks="$checks" "$@" -- -std=c11 -I. $defines 2> /dev/null' \
        lint "$checks" "$defines" > "$work/found"
report $? "clang-tidy${1+, $1}"
# Handlers included from other files, for the one dispatch that compiles it.
clang-tidy --quiet --checks="$checks,-bugprone-suspicious-include" tci/switch.c -- -std=c11 -I. \
    -DTCI_DISPATCH_SWITCH > "$work/found" 2> /dev/null
report $? "clang-tidy of switch dispatch${1+, $1}"
clang-tidy --quiet --checks="$checks" tci/profile.c -- -std=c11 -I. -DTCI_DISPATCH_LOOP \
    -DTCI_PROFILE > "$work/found" 2> /dev/null
report $? "clang-tidy of the profile${1+, $1}"

echo "1..$n"
exit $failed
