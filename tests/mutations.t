#!/bin/sh
# SPDX-License-Identifier: MIT
# needs: python3
# The list of faults that the tests must notice still fits the program; `make mutations` tries them.
exec tests/mutations/run --check
