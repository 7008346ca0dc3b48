// A gRPC C++ server that answers every call with the bytes of a file: what Envoy transcodes in the comparison.
// `canned FILE` prints its port and serves until its standard input ends.
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace {

grpc::AsyncGenericService service;
std::string answer;

class Call {
  public:
    explicit Call(grpc::ServerCompletionQueue *queue) : queue(queue), stream(&context) {
        service.RequestCall(&context, &stream, queue, queue, this);
    }

    void proceed(bool ok) {
        switch (step++) {
        case 0:
            if (!ok) { delete this; return; }
            new Call(queue);
            stream.Read(&request, this);
            return;
        case 1: {
            grpc::Slice slice(answer.data(), answer.size());
            grpc::ByteBuffer reply(&slice, 1);
            stream.WriteAndFinish(reply, grpc::WriteOptions(), grpc::Status::OK, this);
            return;
        }
        default: delete this;
        }
    }

  private:
    grpc::ServerCompletionQueue *queue;
    grpc::GenericServerContext context;
    grpc::GenericServerAsyncReaderWriter stream;
    grpc::ByteBuffer request;
    int step = 0;
};

} // namespace

int main(int count, char **arguments) {
    if (count != 2) return 64;
    std::ifstream file(arguments[1], std::ios::binary);
    answer.assign(std::istreambuf_iterator<char>(file), {});
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterAsyncGenericService(&service);
    auto queue = builder.AddCompletionQueue();
    auto server = builder.BuildAndStart();
    std::printf("%d\n", port);
    std::fflush(nullptr);
    std::thread worker([&] {
        new Call(queue.get());
        void *tag = nullptr;
        bool ok = false;
        while (queue->Next(&tag, &ok)) static_cast<Call *>(tag)->proceed(ok);
    });
    while (std::getchar() != EOF) {}
    std::_Exit(0);
}
