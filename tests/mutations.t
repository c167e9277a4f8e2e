#!/bin/sh
# SPDX-License-Identifier: MIT
# needs: python3
# Every mutation still applies to the program; `make mutations` runs the tests on each.
exec tests/mutations/run --check
