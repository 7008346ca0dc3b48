// The ceiling: frames of this protocol, no headers, no protobuf, epoll and nothing else. `serve` | `load PORT PID IN_FLIGHT SECONDS SIZE`.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

enum { PREFIX = 12, BUFFER = 16 * 1024 * 1024 };

typedef struct {
    int socket;
    size_t received, sent, queued;
    unsigned char *in, *out;
} Connection;

static void check(int result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
}

static uint32_t length_of(const unsigned char *frame) {
    uint32_t length;
    memcpy(&length, frame, sizeof length);
    return length;
}

static Connection *connection(int socket) {
    int on = 1;
    check(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
    Connection *made = calloc(1, sizeof *made);
    made->socket = socket;
    made->in = malloc(BUFFER);
    made->out = malloc(BUFFER);
    return made;
}

static void flush(Connection *c) {
    while (c->sent < c->queued) {
        ssize_t sent = send(c->socket, c->out + c->sent, c->queued - c->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) return;
        if (sent < 0) return;
        c->sent += (size_t)sent;
    }
    c->sent = c->queued = 0;
}

/// Reads what is there; false at the end.
static bool fill(Connection *c) {
    ssize_t got = recv(c->socket, c->in + c->received, BUFFER - c->received, MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN;
    c->received += (size_t)got;
    return got > 0;
}

static void queue(Connection *c, const unsigned char *frame, size_t size) {
    if (c->queued + size > BUFFER) {
        fprintf(stderr, "more in flight than the buffer holds\n");
        exit(1);
    }
    memcpy(c->out + c->queued, frame, size);
    c->queued += size;
}

static void serve(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    check(bind(listener, (struct sockaddr *)&address, size), "bind");
    check(listen(listener, 16), "listen");
    check(getsockname(listener, (struct sockaddr *)&address, &size), "getsockname");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    Connection *c = connection(accept(listener, NULL, NULL));
    struct epoll_event event = {.events = EPOLLIN};
    check(epoll_ctl(poll, EPOLL_CTL_ADD, c->socket, &event), "epoll_ctl");
    bool writing = false;
    while (epoll_wait(poll, &event, 1, -1) > 0) {
        if (event.events & EPOLLOUT) flush(c);
        if (event.events & EPOLLIN) {
            if (!fill(c)) break;
            size_t at = 0;
            while (c->received - at >= PREFIX && c->received - at >= PREFIX + length_of(c->in + at)) {
                size_t whole = PREFIX + length_of(c->in + at);
                queue(c, c->in + at, whole);
                at += whole;
            }
            memmove(c->in, c->in + at, c->received - at);
            c->received -= at;
            flush(c);
        }
        if (writing != (c->queued > 0)) {
            writing = c->queued > 0;
            struct epoll_event wanted = {.events = writing ? EPOLLIN | EPOLLOUT : EPOLLIN};
            check(epoll_ctl(poll, EPOLL_CTL_MOD, c->socket, &wanted), "epoll_ctl");
        }
    }
}

static void load(int port, int pid, uint32_t in_flight, double seconds, size_t size) {
    int made = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    check(connect(made, (struct sockaddr *)&address, sizeof address), "connect");
    Connection *c = connection(made);
    struct epoll_event event = {.events = EPOLLIN};
    check(epoll_ctl(poll, EPOLL_CTL_ADD, c->socket, &event), "epoll_ctl");
    unsigned char *frame = calloc(1, PREFIX + size);
    uint32_t length = (uint32_t)size;
    memcpy(frame, &length, sizeof length);
    uint64_t *begun = calloc(in_flight, sizeof *begun);
    measure_begin(pid, seconds);
    for (uint32_t stream = 0; stream < in_flight; stream++) {
        memcpy(frame + 8, &stream, sizeof stream);
        begun[stream] = measure_now();
        queue(c, frame, PREFIX + size);
    }
    flush(c);
    bool more = true, writing = false;
    while (more) {
        if (writing != (c->queued > 0)) {
            writing = c->queued > 0;
            struct epoll_event wanted = {.events = writing ? EPOLLIN | EPOLLOUT : EPOLLIN};
            check(epoll_ctl(poll, EPOLL_CTL_MOD, c->socket, &wanted), "epoll_ctl");
        }
        check(epoll_wait(poll, &event, 1, -1), "epoll_wait");
        if (event.events & EPOLLOUT) flush(c);
        if (!fill(c)) exit(1);
        size_t at = 0;
        while (more && c->received - at >= PREFIX && c->received - at >= PREFIX + length_of(c->in + at)) {
            uint32_t stream;
            memcpy(&stream, c->in + at + 8, sizeof stream);
            at += PREFIX + length_of(c->in + at);
            more = measure_record(begun[stream]);
            memcpy(frame + 8, &stream, sizeof stream);
            begun[stream] = measure_now();
            queue(c, frame, PREFIX + size);
        }
        memmove(c->in, c->in + at, c->received - at);
        c->received -= at;
        flush(c);
    }
    measure_print();
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "serve") == 0) {
        serve();
    } else if (count == 7 && strcmp(arguments[1], "load") == 0) {
        load(atoi(arguments[2]), atoi(arguments[3]), (uint32_t)atoi(arguments[4]), atof(arguments[5]),
            (size_t)atol(arguments[6]));
    } else {
        return 64;
    }
}
