# Calls a server over TLS without a token, with a wrong one and with the right one, and says what came of each.
# Usage: access.py HOST:PORT CA_FILE TOKEN
import sys

import grpc

address, ca, token = sys.argv[1:4]
with open(ca, "rb") as file:
    credentials = grpc.ssl_channel_credentials(file.read())
with grpc.secure_channel(address, credentials) as channel:
    call = channel.unary_unary("/maestro.telemetry.v1.AutoscalerControl/GetStatus")
    for metadata in (None, [("authorization", "Bearer mst_wrong")], [("authorization", f"Bearer {token}")]):
        try:
            call(b"", metadata=metadata, timeout=20)
            print("OK", flush=True)
        except grpc.RpcError as error:
            print(error.code().name, error.details(), flush=True)
