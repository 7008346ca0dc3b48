// Cap'n Proto RPC: one connection, one kj event loop on each side. `serve` | `load PORT PID IN_FLIGHT SECONDS SIZE`.
#include <capnp/ez-rpc.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "echo.capnp.h"
#include "measure.h"

namespace {

class EchoServer final : public Echo::Server {
  protected:
    kj::Promise<void> unary(UnaryContext context) override {
        context.getResults().setText(context.getParams().getText());
        return kj::READY_NOW;
    }
};

capnp::ReaderOptions options() {
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 64 * 1024 * 1024;
    return options;
}

void serve() {
    capnp::EzRpcServer server(kj::heap<EchoServer>(), "127.0.0.1", 0, options());
    auto &wait = server.getWaitScope();
    std::printf("%u\n", server.getPort().wait(wait));
    std::fflush(stdout);
    kj::NEVER_DONE.wait(wait);
}

kj::Promise<void> call(Echo::Client &echo, const std::string &text) {
    uint64_t begun = measure_now();
    auto request = echo.unaryRequest();
    request.setText(capnp::Text::Reader(text.data(), text.size()));
    return request.send().then([&echo, &text, begun](auto &&reply) -> kj::Promise<void> {
        if (reply.getText().size() != text.size()) std::exit(1);
        if (!measure_record(begun)) return kj::READY_NOW;
        return call(echo, text);
    });
}

void load(unsigned port, int pid, int in_flight, double seconds, size_t size) {
    capnp::EzRpcClient client("127.0.0.1", port, options());
    auto &wait = client.getWaitScope();
    auto echo = client.getMain<Echo>();
    std::string text(size, 'x');
    measure_begin(pid, seconds);
    kj::Promise<void> first = call(echo, text);
    kj::Vector<kj::Promise<void>> others;
    for (int n = 1; n < in_flight; n++) {
        others.add(call(echo, text).eagerlyEvaluate([](kj::Exception &&) { std::exit(1); }));
    }
    first.wait(wait);
    measure_print();
    std::_Exit(0);
}

}  // namespace

int main(int count, char **arguments) {
    if (count == 2 && std::strcmp(arguments[1], "serve") == 0) {
        serve();
    } else if (count == 7 && std::strcmp(arguments[1], "load") == 0) {
        load(
            static_cast<unsigned>(std::atoi(arguments[2])), std::atoi(arguments[3]), std::atoi(arguments[4]),
            std::atof(arguments[5]), static_cast<size_t>(std::atol(arguments[6])));
    } else {
        return 64;
    }
}
