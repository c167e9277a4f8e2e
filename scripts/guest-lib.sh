# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# What the scripts that build the guest share; they source it. The cache is a directory of entries
# NAME-HASH, where HASH stands for all that the entry was made from. An entry is made in a
# temporary directory beside it and renamed when it is complete, so that there is never half a one.

cache=${XDG_CACHE_HOME:-${HOME:?is not set}/.cache}/tqemu
work=

say() {
    echo "$(basename "$0" .sh): $*" >&2
}

die() {
    say "$*"
    exit 1
}

# recipe FILE... : prints a hash of the files.
recipe() {
    cat "$@" | sha256sum | cut -c1-16
}

# run COMMAND... : runs it with its output in the file ./log, whose end is shown if it fails.
run() {
    "$@" </dev/null >>log 2>&1 && return
    tail -n 25 log >&2
    die "failed: $*"
}

# keep FILE... : moves files into the entry that is being made.
keep() {
    mv "$@" entry/
}

# cached NAME HASH COMMAND : makes sure the cache has the entry, whose path it leaves in $entry. If
# it is not there, COMMAND makes it; its current directory is a temporary one, the same for
# all entries that this script makes.
cached() {
    entry=$cache/$1-$2
    [ -d "$entry" ] && return
    if [ -z "$work" ]; then
        mkdir -p "$cache"
        # What a killed build of another day left.
        find "$cache" -maxdepth 1 -name 'tmp.*' -mtime +0 -exec rm -rf {} +
        work=$(mktemp -d "$cache/tmp.XXXXXX")
        trap 'rm -rf "$work"' EXIT
        trap 'exit 1' HUP INT TERM
    fi
    mkdir "$work/entry"
    (cd "$work" && "$3") || exit
    # Should somebody else have made it in the meantime, theirs is as good.
    mv -T "$work/entry" "$entry" 2>/dev/null || rm -rf "$work/entry"
    [ -d "$entry" ] || die "cannot write $entry"
}

# deliver OUTDIR FILE... : copies files of the entry to OUTDIR. One that is there with the same
# content stays as it is, but for its time, so that make sees that it was brought up to date.
deliver() {
    outdir=$1
    shift
    mkdir -p "$outdir"
    for file; do
        if cmp -s "$entry/$file" "$outdir/$file"; then
            touch "$outdir/$file"
        else
            cp "$entry/$file" "$outdir/.$file.$$"
            mv "$outdir/.$file.$$" "$outdir/$file"
        fi
    done
}
