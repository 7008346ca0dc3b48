// Thrift: framed transport, binary protocol. A Thrift client has one call under way on a connection, so there are as many connections as
// calls in flight; one thread serves all of them by epoll on the client's side, libevent on the server's.
// `serve threads|events` | `load PORT PID IN_FLIGHT SECONDS SIZE`.
#include <sys/epoll.h>
#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/server/TNonblockingServer.h>
#include <thrift/server/TThreadedServer.h>
#include <thrift/transport/TBufferTransports.h>
#include <thrift/transport/TNonblockingServerSocket.h>
#include <thrift/transport/TServerSocket.h>
#include <thrift/transport/TSocket.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "Echo.h"
#include "measure.h"

using namespace apache::thrift;
using std::make_shared;
using std::shared_ptr;

namespace {

class Handler final : public peers::EchoIf {
  public:
    void unary(peers::Text &reply, const peers::Text &text) override { reply = text; }
};

/// Says the port once the server listens on it.
class Announcer final : public server::TServerEventHandler {
  public:
    explicit Announcer(std::function<int()> port) : port(std::move(port)) {}
    void preServe() override {
        std::printf("%d\n", port());
        std::fflush(stdout);
    }

  private:
    std::function<int()> port;
};

void serve(bool threads) {
    auto processor = make_shared<peers::EchoProcessor>(make_shared<Handler>());
    auto protocol = make_shared<protocol::TBinaryProtocolFactory>();
    if (threads) {
        auto socket = make_shared<transport::TServerSocket>("127.0.0.1", 0);
        server::TThreadedServer server(
            processor, socket, make_shared<transport::TFramedTransportFactory>(), protocol);
        server.setServerEventHandler(make_shared<Announcer>([=] { return socket->getPort(); }));
        server.serve();
    } else {
        auto socket = make_shared<transport::TNonblockingServerSocket>("127.0.0.1", 0);
        server::TNonblockingServer server(processor, protocol, socket);
        server.setServerEventHandler(make_shared<Announcer>([=] { return socket->getListenPort(); }));
        server.serve();
    }
}

struct Caller {
    shared_ptr<transport::TSocket> socket;
    shared_ptr<peers::EchoClient> client;
    uint64_t begun = 0;
};

Caller connect(int port) {
    Caller caller;
    caller.socket = make_shared<transport::TSocket>("127.0.0.1", port);
    caller.socket->setNoDelay(true);
    caller.socket->open();
    caller.client = make_shared<peers::EchoClient>(
        make_shared<protocol::TBinaryProtocol>(make_shared<transport::TFramedTransport>(caller.socket)));
    return caller;
}

void load(int port, int pid, size_t in_flight, double seconds, size_t size) {
    peers::Text request, reply;
    request.text = std::string(size, 'x');
    std::vector<Caller> callers;
    for (size_t n = 0; n < in_flight; n++) callers.push_back(connect(port));
    measure_begin(pid, seconds);
    bool more = true;
    if (in_flight == 1) {
        while (more) {
            uint64_t begun = measure_now();
            callers[0].client->unary(reply, request);
            more = measure_record(begun);
        }
        return measure_print();
    }
    int poll = epoll_create1(0);
    for (size_t n = 0; n < in_flight; n++) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = n;
        if (epoll_ctl(poll, EPOLL_CTL_ADD, callers[n].socket->getSocketFD(), &event) != 0) std::exit(1);
        callers[n].begun = measure_now();
        callers[n].client->send_unary(request);
    }
    std::vector<epoll_event> events(in_flight);
    while (more) {
        int ready = epoll_wait(poll, events.data(), static_cast<int>(events.size()), -1);
        for (int n = 0; n < ready && more; n++) {
            Caller &caller = callers[events[static_cast<size_t>(n)].data.u64];
            caller.client->recv_unary(reply);
            more = measure_record(caller.begun);
            caller.begun = measure_now();
            caller.client->send_unary(request);
        }
    }
    measure_print();
}

}  // namespace

int main(int count, char **arguments) {
    GlobalOutput.setOutputFunction([](const char *) {});
    if (count == 3 && std::strcmp(arguments[1], "serve") == 0) {
        serve(std::strcmp(arguments[2], "threads") == 0);
    } else if (count == 7 && std::strcmp(arguments[1], "load") == 0) {
        load(
            std::atoi(arguments[2]), std::atoi(arguments[3]), static_cast<size_t>(std::atol(arguments[4])),
            std::atof(arguments[5]), static_cast<size_t>(std::atol(arguments[6])));
    } else {
        return 64;
    }
    std::_Exit(0);
}
