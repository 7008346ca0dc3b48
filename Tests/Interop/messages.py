"""The messages of the contract by the stock protobuf runtime: classes made from the .proto files, nothing generated is kept."""

import pathlib
import subprocess
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FILES = ["rpc.proto", "health.proto", "interop.proto"]


def _read() -> descriptor_pool.DescriptorPool:
    protos = ROOT / "Protos"
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "set"
        subprocess.run(
            ["protoc", f"-I{protos}", "-I/usr/include", "--include_imports", f"--descriptor_set_out={output}"]
            + [str(protos / name) for name in FILES],
            check=True)
        files = descriptor_pb2.FileDescriptorSet.FromString(output.read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return pool


POOL = _read()


def message(name: str):
    """The class of a message by its full name."""
    return message_factory.GetMessageClass(POOL.FindMessageTypeByName(name))


Hello = message("codingahead.rpc.v1.Hello")
CallHeader = message("codingahead.rpc.v1.CallHeader")
InitHeader = message("codingahead.rpc.v1.InitHeader")
ReplyHeader = message("codingahead.rpc.v1.ReplyHeader")
StatusDetails = message("codingahead.rpc.v1.StatusDetails")
