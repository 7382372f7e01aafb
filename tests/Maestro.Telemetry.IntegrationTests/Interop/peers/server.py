"""The Python server: `server.py descriptors [certificate.pem key.pem]` prints its port and serves until its input ends."""
import sys
import time
from concurrent import futures

import grpc

from testservice import INITIAL, SERVICE, TRAILING, Messages, serialize

m = Messages(sys.argv[1])


def echo(context, compress=False):
    metadata = dict(context.invocation_metadata())
    if compress:
        context.set_compression(grpc.Compression.Gzip)
    if INITIAL in metadata:
        context.send_initial_metadata(((INITIAL, metadata[INITIAL]),))
    if TRAILING in metadata:
        context.set_trailing_metadata(((TRAILING, metadata[TRAILING]),))


def refuse_if_asked(request, context):
    if request.HasField("response_status"):
        # abort() takes enumerations only; all codes of the cases are defined ones.
        code = next(c for c in grpc.StatusCode if c.value[0] == request.response_status.code)
        context.abort(code, request.response_status.message)


def empty_call(request, context):
    return m.Empty()


def unary_call(request, context):
    echo(context, request.response_compressed.value)
    refuse_if_asked(request, context)
    return m.SimpleResponse(payload=m.zeros(request.response_size))


def streaming_input_call(requests, context):
    return m.StreamingInputCallResponse(aggregated_payload_size=sum(len(r.payload.body) for r in requests))


def answer(request, context):
    for parameters in request.response_parameters:
        time.sleep(parameters.interval_us / 1e6)
        if not parameters.compressed.value:
            context.disable_next_message_compression()
        yield m.StreamingOutputCallResponse(payload=m.zeros(parameters.size))


def streaming_output_call(request, context):
    echo(context, any(p.compressed.value for p in request.response_parameters))
    yield from answer(request, context)


def full_duplex_call(requests, context):
    echo(context)
    for request in requests:
        refuse_if_asked(request, context)
        yield from answer(request, context)


def handlers():
    simple, stream = m.SimpleRequest, m.StreamingOutputCallRequest
    return {
        "EmptyCall": grpc.unary_unary_rpc_method_handler(empty_call, m.Empty.FromString, serialize),
        "UnaryCall": grpc.unary_unary_rpc_method_handler(unary_call, simple.FromString, serialize),
        "StreamingInputCall": grpc.stream_unary_rpc_method_handler(
            streaming_input_call, m.StreamingInputCallRequest.FromString, serialize),
        "StreamingOutputCall": grpc.unary_stream_rpc_method_handler(streaming_output_call, stream.FromString, serialize),
        "FullDuplexCall": grpc.stream_stream_rpc_method_handler(full_duplex_call, stream.FromString, serialize),
    }


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers()),))
    if len(sys.argv) > 2:
        with open(sys.argv[2], "rb") as certificate, open(sys.argv[3], "rb") as key:
            credentials = grpc.ssl_server_credentials(((key.read(), certificate.read()),))
        port = server.add_secure_port("127.0.0.1:0", credentials)
    else:
        port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"PORT {port}", flush=True)
    sys.stdin.read()
    server.stop(0)


main()
