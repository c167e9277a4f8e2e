#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: web/build.sh O
#
# Puts the page together in O/web from O/js/tqemu.wasm, O/guest and the files beside this script, with the
# packages of package-lock.json (kept in O/npm). `make web` calls it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/npm"
out=$(cd "$1" && pwd)

cd "$out/npm"
if ! cmp -s "$here/package-lock.json" package-lock.json || [ ! -d node_modules/esbuild ]; then
    cp "$here/package.json" "$here/package-lock.json" .
    npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
fi

node "$here/make-booted.mjs" "$out/js/tqemu.wasm" "$out/guest/zImage-page" "$out/guest/rootfs-page.cpio" "$out/booted"

rm -rf "$out/web.new"
folder=$(node "$here/assemble.mjs" "$out" "$out/web.new")
node "$here/pack.mjs" "$out/web.new" "$out/packed" "$folder/tqemu.wasm.gz=$out/js/tqemu.wasm" \
    "$folder/guest/zImage-xip.gz=$out/guest/zImage-page" "$folder/guest/rootfs.cpio.gz=$out/guest/rootfs-page.cpio" \
    "$folder/guest/booted.gz=$out/booted"
# In one step for a server that is looking.
rm -rf "$out/web"
mv "$out/web.new" "$out/web"
