/* SPDX-License-Identifier: MIT */
/* The version: the Makefile reads it here, too. */
#ifndef UTIL_VERSION_H
#define UTIL_VERSION_H

#define TQEMU_VERSION "0.1"
#define QEMU_VERSION  "7.2.0" /* whose command line and boards these are */

#endif
