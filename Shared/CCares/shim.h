// c-ares: DNS records that getaddrinfo does not know of.
#ifndef CODINGAHEAD_CCARES_SHIM_H
#define CODINGAHEAD_CCARES_SHIM_H
#include <arpa/nameser.h>
#include <ares.h>
#include <poll.h>
#endif
