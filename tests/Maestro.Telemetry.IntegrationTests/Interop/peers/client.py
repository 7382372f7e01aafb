"""The Python client: `client.py descriptors host:port [root.pem]` runs all cases and prints a line for each."""
import queue
import sys
import traceback

import grpc

from testservice import INITIAL, SERVICE, TRAILING, Messages, serialize

m = Messages(sys.argv[1])
LARGE_REQUEST, LARGE_RESPONSE = 271828, 314159
REQUEST_SIZES, RESPONSE_SIZES = [27182, 8, 1828, 45904], [31415, 9, 2653, 58979]
GZIP = grpc.Compression.Gzip


def connect():
    if len(sys.argv) > 3:
        with open(sys.argv[3], "rb") as root:
            credentials = grpc.ssl_channel_credentials(root.read())
        return grpc.secure_channel(sys.argv[2], credentials, (("grpc.ssl_target_name_override", "localhost"),))
    return grpc.insecure_channel(sys.argv[2])


channel = connect()
empty_call = channel.unary_unary(f"/{SERVICE}/EmptyCall", serialize, m.Empty.FromString)
unary_call = channel.unary_unary(f"/{SERVICE}/UnaryCall", serialize, m.SimpleResponse.FromString)
upload_call = channel.stream_unary(f"/{SERVICE}/StreamingInputCall", serialize, m.StreamingInputCallResponse.FromString)
download_call = channel.unary_stream(
    f"/{SERVICE}/StreamingOutputCall", serialize, m.StreamingOutputCallResponse.FromString)
duplex_call = channel.stream_stream(f"/{SERVICE}/FullDuplexCall", serialize, m.StreamingOutputCallResponse.FromString)


def check(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} where {expected!r} was expected")


def fails(run, code, details=None):
    try:
        run()
    except grpc.RpcError as error:
        check(error.code(), code)
        if details is not None:
            check(error.details(), details)
        return
    raise AssertionError("the call did not fail")


def large_request(**fields):
    return m.SimpleRequest(response_size=LARGE_RESPONSE, payload=m.zeros(LARGE_REQUEST), **fields)


def duplex_request(size, response_size):
    request = m.StreamingOutputCallRequest(payload=m.zeros(size))
    request.response_parameters.add(size=response_size)
    return request


def empty_unary():
    check(empty_call(m.Empty()), m.Empty())


def large_unary():
    check(unary_call(large_request()).payload.body, bytes(LARGE_RESPONSE))


def client_streaming():
    requests = (m.StreamingInputCallRequest(payload=m.zeros(size)) for size in REQUEST_SIZES)
    check(upload_call(requests).aggregated_payload_size, 74922)


def server_streaming():
    request = m.StreamingOutputCallRequest()
    for size in RESPONSE_SIZES:
        request.response_parameters.add(size=size)
    check([len(r.payload.body) for r in download_call(request)], RESPONSE_SIZES)


def ping_pong():
    requests = queue.Queue()
    call = duplex_call(iter(requests.get, None))
    for size, response_size in zip(REQUEST_SIZES, RESPONSE_SIZES):
        requests.put(duplex_request(size, response_size))
        check(len(next(call).payload.body), response_size)
    requests.put(None)
    check(list(call), [])


def empty_stream():
    check(list(duplex_call(iter(()))), [])


def client_compressed_unary():
    probe = m.SimpleRequest(expect_compressed={"value": True}, payload=m.zeros(LARGE_REQUEST))
    fails(lambda: unary_call(probe), grpc.StatusCode.INVALID_ARGUMENT)
    for compressed in (True, False):
        request = large_request(expect_compressed={"value": compressed})
        response = unary_call(request, compression=GZIP if compressed else None)
        check(len(response.payload.body), LARGE_RESPONSE)


def server_compressed_unary():
    for compressed in (True, False):
        response = unary_call(large_request(response_compressed={"value": compressed}))
        check(len(response.payload.body), LARGE_RESPONSE)


def client_compressed_streaming():
    compressed = m.StreamingInputCallRequest(expect_compressed={"value": True}, payload=m.zeros(27182))
    plain = m.StreamingInputCallRequest(expect_compressed={"value": False}, payload=m.zeros(45904))
    fails(lambda: upload_call(iter([compressed])), grpc.StatusCode.INVALID_ARGUMENT)
    check(upload_call(iter([compressed, plain]), compression=GZIP).aggregated_payload_size, 73086)


def server_compressed_streaming():
    request = m.StreamingOutputCallRequest()
    request.response_parameters.add(size=31415, compressed={"value": True})
    request.response_parameters.add(size=92653, compressed={"value": False})
    check([len(r.payload.body) for r in download_call(request)], [31415, 92653])


def custom_metadata():
    metadata = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))
    _, call = unary_call.with_call(large_request(), metadata=metadata)
    check(dict(call.initial_metadata())[INITIAL], "test_initial_metadata_value")
    check(dict(call.trailing_metadata())[TRAILING], b"\xab\xab\xab")
    stream = duplex_call(iter([duplex_request(LARGE_REQUEST, LARGE_RESPONSE)]), metadata=metadata)
    check(len(list(stream)), 1)
    check(dict(stream.initial_metadata())[INITIAL], "test_initial_metadata_value")
    check(dict(stream.trailing_metadata())[TRAILING], b"\xab\xab\xab")


def status_code_and_message():
    status = {"code": 2, "message": "test status message"}
    fails(lambda: unary_call(m.SimpleRequest(response_status=status)), grpc.StatusCode.UNKNOWN, status["message"])
    request = m.StreamingOutputCallRequest(response_status=status)
    fails(lambda: list(duplex_call(iter([request]))), grpc.StatusCode.UNKNOWN, status["message"])


def special_status_message():
    status = {"code": 2, "message": "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"}
    fails(lambda: unary_call(m.SimpleRequest(response_status=status)), grpc.StatusCode.UNKNOWN, status["message"])


def unimplemented(path):
    call = channel.unary_unary(path, serialize, m.Empty.FromString)
    fails(lambda: call(m.Empty()), grpc.StatusCode.UNIMPLEMENTED)


def unimplemented_method():
    unimplemented(f"/{SERVICE}/UnimplementedCall")


def unimplemented_service():
    unimplemented("/grpc.testing.UnimplementedService/UnimplementedCall")


def cancel_after_begin():
    requests = queue.Queue()
    call = upload_call.future(iter(requests.get, None))
    call.cancel()
    check(call.cancelled(), True)
    check(call.code(), grpc.StatusCode.CANCELLED)
    requests.put(None)


def cancel_after_first_response():
    requests = queue.Queue()
    call = duplex_call(iter(requests.get, None))
    requests.put(duplex_request(27182, 31415))
    check(len(next(call).payload.body), 31415)
    call.cancel()
    fails(lambda: next(call), grpc.StatusCode.CANCELLED)
    requests.put(None)


def timeout_on_sleeping_server():
    requests = queue.Queue()
    requests.put(m.StreamingOutputCallRequest(payload=m.zeros(27182)))
    fails(lambda: next(duplex_call(iter(requests.get, None), timeout=0.001)), grpc.StatusCode.DEADLINE_EXCEEDED)
    requests.put(None)


CASES = (
    empty_unary, large_unary, client_streaming, server_streaming, ping_pong, empty_stream,
    client_compressed_unary, server_compressed_unary, client_compressed_streaming, server_compressed_streaming,
    custom_metadata, status_code_and_message, special_status_message, unimplemented_method, unimplemented_service,
    cancel_after_begin, cancel_after_first_response, timeout_on_sleeping_server)


for case in CASES:
    try:
        case()
        print(f"CASE {case.__name__} ok", flush=True)
    except Exception:  # the report names what went wrong, whatever it was
        reason = traceback.format_exc().replace("\n", " | ")
        print(f"CASE {case.__name__} {reason}", flush=True)
channel.close()
