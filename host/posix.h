/* SPDX-License-Identifier: MIT */
/* Private to host/posix*.c. */
#ifndef HOST_POSIX_H
#define HOST_POSIX_H

#include <stdbool.h>

/* Calls `add` for each file descriptor of sockets and pseudo-terminals that is to be waited for:
 * for input, or (`out`) for room for output. Returns whether some can only be asked from time to
 * time. */
bool posix_sockets_wait(void (*add)(void *opaque, int fd, bool out), void *opaque);

/* Closes all sockets, and removes the names of those of this host. */
void posix_sockets_close(void);

#endif
