// gRPC C++: one completion queue and one thread on each side, its fastest shape for small calls.
// `serve` | `load PORT PID IN_FLIGHT SECONDS SIZE` | `stream PORT PID COUNT SIZE EVERY PAUSE_US`.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "echo.grpc.pb.h"
#include "measure.h"

namespace {

class Tag {
  public:
    virtual ~Tag() = default;
    virtual void proceed(bool ok) = 0;
};

class UnaryCall final : public Tag {
  public:
    UnaryCall(peers::Echo::AsyncService *service, grpc::ServerCompletionQueue *queue)
        : service(service), queue(queue), responder(&context) {
        service->RequestUnary(&context, &request, &responder, queue, queue, this);
    }

    void proceed(bool ok) override {
        if (isFinished || !ok) {
            delete this;
            return;
        }
        new UnaryCall(service, queue);
        isFinished = true;
        responder.Finish(request, grpc::Status::OK, this);
    }

  private:
    peers::Echo::AsyncService *service;
    grpc::ServerCompletionQueue *queue;
    grpc::ServerContext context;
    peers::Text request;
    grpc::ServerAsyncResponseWriter<peers::Text> responder;
    bool isFinished = false;
};

class StreamCall final : public Tag {
  public:
    StreamCall(peers::Echo::AsyncService *service, grpc::ServerCompletionQueue *queue)
        : service(service), queue(queue), writer(&context) {
        service->RequestStream(&context, &request, &writer, queue, queue, this);
    }

    void proceed(bool ok) override {
        if (isFinished || !ok) {
            delete this;
            return;
        }
        if (!hasBegun) {
            new StreamCall(service, queue);
            hasBegun = true;
            message.set_text(request.text());
        }
        if (sent == request.count()) {
            isFinished = true;
            writer.Finish(grpc::Status::OK, this);
        } else {
            sent += 1;
            writer.Write(message, this);
        }
    }

  private:
    peers::Echo::AsyncService *service;
    grpc::ServerCompletionQueue *queue;
    grpc::ServerContext context;
    peers::StreamRequest request;
    peers::Text message;
    grpc::ServerAsyncWriter<peers::Text> writer;
    uint32_t sent = 0;
    bool hasBegun = false, isFinished = false;
};

void serve() {
    peers::Echo::AsyncService service;
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.SetMaxReceiveMessageSize(-1);
    builder.RegisterService(&service);
    auto queue = builder.AddCompletionQueue();
    auto server = builder.BuildAndStart();
    std::printf("%d\n", port);
    std::fflush(stdout);
    for (int n = 0; n < 128; n++) new UnaryCall(&service, queue.get());
    new StreamCall(&service, queue.get());
    void *tag;
    bool ok;
    while (queue->Next(&tag, &ok)) static_cast<Tag *>(tag)->proceed(ok);
}

std::unique_ptr<peers::Echo::Stub> connect(const char *port) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    auto channel = grpc::CreateCustomChannel(
        std::string("127.0.0.1:") + port, grpc::InsecureChannelCredentials(), arguments);
    return peers::Echo::NewStub(channel);
}

void require(const grpc::Status &status) {
    if (status.ok()) return;
    std::fprintf(stderr, "gRPC: %s\n", status.error_message().c_str());
    std::exit(1);
}

struct Pending {
    grpc::ClientContext context;
    peers::Text reply;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReader<peers::Text>> reader;
    uint64_t begun;
};

void load(const char *port, int pid, int in_flight, double seconds, size_t size) {
    auto stub = connect(port);
    peers::Text request;
    request.set_text(std::string(size, 'x'));
    measure_begin(pid, seconds);
    if (in_flight == 1) {
        // The blocking stub is faster than a queue when there is one call.
        bool more = true;
        while (more) {
            uint64_t begun = measure_now();
            grpc::ClientContext context;
            peers::Text reply;
            require(stub->Unary(&context, request, &reply));
            more = measure_record(begun);
        }
        return measure_print();
    }
    grpc::CompletionQueue queue;
    auto begin = [&] {
        auto *call = new Pending;
        call->begun = measure_now();
        call->reader = stub->AsyncUnary(&call->context, request, &queue);
        call->reader->Finish(&call->reply, &call->status, call);
    };
    for (int n = 0; n < in_flight; n++) begin();
    void *tag;
    bool ok;
    while (queue.Next(&tag, &ok)) {
        std::unique_ptr<Pending> call(static_cast<Pending *>(tag));
        require(call->status);
        if (!measure_record(call->begun)) break;
        begin();
    }
    measure_print();
    std::_Exit(0);
}

/// A reader that pauses: the span is the whole stream, a "call" one message.
void stream(const char *port, int pid, uint32_t count, size_t size, uint32_t every, uint32_t pause) {
    auto stub = connect(port);
    peers::StreamRequest request;
    request.set_text(std::string(size, 'x'));
    request.set_count(count);
    grpc::ClientContext context;
    measure_stream_begin(pid);
    auto reader = stub->Stream(&context, request);
    peers::Text message;
    uint32_t read = 0;
    while (reader->Read(&message)) {
        read += 1;
        if (read % every == 0) std::this_thread::sleep_for(std::chrono::microseconds(pause));
    }
    require(reader->Finish());
    measure_stream_end(read);
}

}  // namespace

int main(int count, char **arguments) {
    if (count == 2 && std::strcmp(arguments[1], "serve") == 0) {
        serve();
    } else if (count == 7 && std::strcmp(arguments[1], "load") == 0) {
        load(
            arguments[2], std::atoi(arguments[3]), std::atoi(arguments[4]), std::atof(arguments[5]),
            static_cast<size_t>(std::atol(arguments[6])));
    } else if (count == 8 && std::strcmp(arguments[1], "stream") == 0) {
        stream(
            arguments[2], std::atoi(arguments[3]), static_cast<uint32_t>(std::atol(arguments[4])),
            static_cast<size_t>(std::atol(arguments[5])), static_cast<uint32_t>(std::atol(arguments[6])),
            static_cast<uint32_t>(std::atol(arguments[7])));
    } else {
        return 64;
    }
}
