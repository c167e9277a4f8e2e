/* SPDX-License-Identifier: MIT */
/* Starts the program that it is linked with. */
#define MAIN
#include "bare.h"
