/* SPDX-License-Identifier: MIT */
/* Singly linked lists of structs that hold their own links. */
#ifndef UTIL_LIST_H
#define UTIL_LIST_H

/* Takes `item`, which is in it, out of the list that starts at the pointer `head`. `next` is the
 * field with the link. */
#define LIST_REMOVE(Type, head, item, next)                                                        \
    do {                                                                                           \
        Type **link_ = &(head);                                                                    \
        while (*link_ != (item)) {                                                                 \
            link_ = &(*link_)->next;                                                               \
        }                                                                                          \
        *link_ = (item)->next;                                                                     \
    } while (0)

#endif
