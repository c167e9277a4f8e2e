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
if ! cmp -s "$here/package-lock.json" package-lock.json || [ ! -d node_modules/@xterm ]; then
    cp "$here/package.json" "$here/package-lock.json" .
    npm ci --silent --no-audit --no-fund --ignore-scripts
fi

rm -rf "$out/web.new"
mkdir -p "$out/web.new/guest" "$out/web.new/xterm"
cd "$out/web.new"
cp "$here"/*.js "$here"/*.html "$here"/*.css "$here"/*.svg "$here"/*.d.ts .
# For who installs it: without what only building it needs.
node -e 'const [from, to] = process.argv.slice(1), fs = require("fs"), p = JSON.parse(fs.readFileSync(from));
    delete p.devDependencies; fs.writeFileSync(to, JSON.stringify(p, null, 2) + "\n")' "$here/package.json" package.json
for name in xterm addon-fit; do
    # Without the reference to a source map, which is not here.
    sed '/^\/\/# sourceMappingURL=/d' "$out/npm/node_modules/@xterm/$name/lib/$name.mjs" >"xterm/$name.js"
done
cp "$out/npm/node_modules/@xterm/xterm/css/xterm.css" "$out/npm/node_modules/@xterm/xterm/LICENSE" xterm/
node "$here/pack.mjs" . "$out/packed" "tqemu.wasm.gz=$out/js/tqemu.wasm" \
    "guest/zImage-xip.gz=$out/guest/zImage-page" "guest/rootfs.cpio.gz=$out/guest/rootfs-page.cpio"
# In one step for a server that is looking.
rm -rf "$out/web"
mv "$out/web.new" "$out/web"
