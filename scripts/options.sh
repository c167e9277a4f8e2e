#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: scripts/options.sh man|bash|zsh|list
#
# The manual page and the completions of two shells, made from the table of options
# (options_table.c), so that an option is described in one place. list: name, argument and help of
# each, separated by tabs.
set -eu
cd "$(dirname "$0")/.."
case ${1-} in
man | bash | zsh | list) ;;
*)
    echo "usage: $0 man|bash|zsh|list" >&2
    exit 1
    ;;
esac
version=$(sed -n 's/.*TQEMU_VERSION "\(.*\)".*/\1/p' util/version.h)

# list : the rows of the table. A heading has no name; another name for the row before has no help.
list() {
    awk '
    # The next field of the row in `rest`: strings are joined, NULL is nothing.
    function field(    text, part) {
        text = ""
        for (;;) {
            sub(/^[ \t]+/, "", rest)
            if (substr(rest, 1, 1) == "\"") {
                rest = substr(rest, 2)
                while (match(rest, /^[^"\\]*\\./)) {
                    part = substr(rest, 1, RLENGTH)
                    text = text substr(part, 1, RLENGTH - 2) substr(part, RLENGTH)
                    rest = substr(rest, RLENGTH + 1)
                }
                match(rest, /^[^"]*/)
                text = text substr(rest, 1, RLENGTH)
                rest = substr(rest, RLENGTH + 2)
            } else {
                match(rest, /^[A-Za-z0-9_()]*/)
                part = substr(rest, 1, RLENGTH)
                rest = substr(rest, RLENGTH + 1)
                if (part in macro) {
                    text = text macro[part]
                } else if (part != "NULL") {
                    text = text part
                }
            }
            sub(/^[ \t]+/, "", rest)
            if (rest == "" || substr(rest, 1, 1) ~ /[,}]/) {
                rest = substr(rest, 2)
                return text
            }
        }
    }
    /^#define [A-Z_]+ +"[^"]*"$/ {
        value = $0
        sub(/^[^"]*"/, "", value)
        sub(/"$/, "", value)
        macro[$2] = value
    }
    /^const Option option_table\[\]/ { inside = 1 }
    inside && /^    \{ "/ {
        rest = substr($0, 7)
        name = field()
        argument = field()
        field()
        help = field()
        print name "\t" argument "\t" help
    }' options_table.c
}

# man : troff. Other names of an option stand with it.
man() {
    cat <<END
.\" SPDX-License-Identifier: MIT
.\" Made by scripts/options.sh.
.TH TQEMU 1 "" "tqemu $version" "User Commands"
.SH NAME
tqemu \- an ARM computer that boots Linux, with the command line of QEMU
.SH SYNOPSIS
.B tqemu
.RI [ options ]
.SH DESCRIPTION
.B tqemu
emulates an ARM board, QEMU's
.BR versatilepb ,
with an ARM926EJ-S, ARM1136 or ARM1176, and interprets its programs. Names and meanings of options are those of
.BR qemu-system-arm (1)
7.2. Called by that name, it wants
.BR \-M ,
as QEMU does. Without
.BR \-kernel ,
.B \-bios
and
.BR \-device ,
a built-in test of the machine runs.
.PP
An option may begin with one dash or two.
.SH OPTIONS
END
    list | awk -F '\t' '
    function troff(text) {
        gsub(/\\/, "\\\\e", text)
        gsub(/-/, "\\\\-", text)
        sub(/^[.\47]/, "\\\\\\&&", text)
        return text
    }
    function flush() {
        if (names != "") {
            print ".TP\n" names "\n" troff(help)
        }
        names = ""
    }
    $1 == "" { flush(); print ".SS \"" troff($3) "\""; next }
    $3 != "" { flush(); help = $3 }
    {
        names = names (names == "" ? "" : ", ") "\\fB\\-" troff($1) "\\fR"
        if ($2 != "") {
            names = names " \\fI" troff($2) "\\fR"
        }
    }
    END { flush() }'
    cat <<END
.SH KEYS
On a terminal:
.TP
.B Ctrl-A x
ends the run
.TP
.B Ctrl-A c
switches between the console and the monitor
.TP
.B Ctrl-A b
sends a break
.TP
.B Ctrl-A h
lists these keys
.TP
.B Ctrl-A Ctrl-A
sends one Ctrl-A
.SH "EXIT STATUS"
.TP
.B 0
The guest powered off, or can never wake again; a reset with
.BR \-no\-reboot ;
Ctrl-A x; the monitor's
.BR quit .
.TP
.B N
The guest's own, from a semihosting exit.
.TP
.B 1
Wrong usage, a bad file, or an error of the host.
.PP
A signal that ends tqemu is passed on, so that a shell shows 128 + its number.
.SH EXAMPLES
.nf
tqemu \-kernel zImage \-initrd rootfs.cpio \-append console=ttyAMA0
tqemu \-M versatilepb \-m 256 \-kernel zImage \-nographic \-append "console=ttyAMA0 quiet"
tqemu \-kernel program.elf \-semihosting
.fi
.SH "SEE ALSO"
.BR qemu-system-arm (1)
END
}

# files : the options whose argument is a file, for a shell's case or pattern.
files() {
    list | awk -F '\t' '$2 == "FILE" || $2 == "DIR" { printf "%s-%s", sep, $1; sep = "|" }'
}

with_argument() {
    list | awk -F '\t' '$1 != "" && $2 != "" { printf "%s-%s", sep, $1; sep = "|" }'
}

bash() {
    cat <<END
# SPDX-License-Identifier: MIT
# Made by scripts/options.sh: bash completion for tqemu.
_tqemu() {
    local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words
    COMPREPLY=()
    case \$before in
    -M | -machine)
        words=\$("\$1" -M help 2>/dev/null | sed -n 's/^\([a-z0-9]*\)  .*/\1/p')
        ;;
    -cpu)
        words=\$("\$1" -cpu help 2>/dev/null | sed -n 's/^  //p')
        ;;
    -d)
        words=\$("\$1" -d help 2>/dev/null | sed -n 's/^  \([a-z_]*\) .*/\1/p')
        ;;
    $(files | sed 's/|/ | /g'))
        mapfile -t COMPREPLY < <(compgen -f -- "\$current")
        compopt -o filenames 2>/dev/null
        return
        ;;
    $(with_argument | sed 's/|/ | /g'))
        return
        ;;
    *)
        words='$(list | awk -F '\t' '$1 != "" { printf "%s-%s", sep, $1; sep = " " }')'
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "\$words" -- "\$current")
}
complete -F _tqemu tqemu
END
}

zsh() {
    cat <<END
#compdef tqemu
# SPDX-License-Identifier: MIT
# Made by scripts/options.sh: zsh completion for tqemu.
_arguments \\
END
    list | awk -F '\t' '
    $1 == "" { next }
    {
        help = $3 == "" ? help : $3
        text = help
        gsub(/\\/, "\\\\\\\\", text)
        gsub(/\[/, "\\[", text)
        gsub(/\]/, "\\]", text)
        gsub(/\47/, "\47\\\47\47", text)
        argument = $2
        gsub(/:/, " ", argument)
        action = ""
        if ($2 == "FILE") {
            action = ":" argument ":_files"
        } else if ($2 != "") {
            action = ":" argument ": "
        }
        gsub(/\47/, "", action)
        printf "    \47*-%s[%s]%s\47 \\\n", $1, text, action
    }'
    echo '    && return 0'
}

"$1"
