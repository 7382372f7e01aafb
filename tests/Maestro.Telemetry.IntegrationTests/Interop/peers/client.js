// The Node.js client: `client.js host:port [root.pem]` runs all cases and prints a line for each.
const assert = require('node:assert');
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const { testing, initialKey, trailingKey, zeros } = require('./testservice');

const [address, root] = process.argv.slice(2);
const credentials = root ? grpc.credentials.createSsl(fs.readFileSync(root)) : grpc.credentials.createInsecure();
const options = root ? { 'grpc.ssl_target_name_override': 'localhost' } : {};
const gzip = { ...options, 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };
const client = new testing.TestService(address, credentials, options);
const gzipClient = new testing.TestService(address, credentials, gzip);
const unimplemented = new testing.UnimplementedService(address, credentials, options);

// The write flag, which the library does not export.
const noCompress = 2;
const largeRequest = 271828;
const largeResponse = 314159;
const requestSizes = [27182, 8, 1828, 45904];
const responseSizes = [31415, 9, 2653, 58979];

function unary(stub, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve, reject) => {
    let headers;
    let trailers;
    let response;
    const call = stub[method](request, metadata, (error, value) => {
      if (error) {
        reject(error);
      }
      response = value;
    });
    call.on('metadata', value => { headers = value; });
    call.on('status', status => {
      trailers = status.metadata;
      resolve({ response, headers, trailers });
    });
  });
}

async function fails(promise, code, details) {
  const error = await promise.then(() => assert.fail('the call did not fail'), e => e);
  assert.strictEqual(error.code, code, error.message);
  if (details !== undefined) {
    assert.strictEqual(error.details, details);
  }
}

function ended(call) {
  return new Promise((resolve, reject) => {
    call.on('error', reject);
    call.on('status', status => status.code === grpc.status.OK ? resolve(status) : undefined);
    call.on('data', () => undefined);
  });
}

async function sizes(call) {
  const received = [];
  for await (const response of call) {
    received.push(response.payload.body.length);
  }
  return received;
}

function upload(stub, messages) {
  return new Promise((resolve, reject) => {
    const call = stub.StreamingInputCall((error, response) => error ? reject(error) : resolve(response));
    messages.forEach(([message, flags]) => call.write(message, flags));
    call.end();
  });
}

async function compressedDownload(compressed) {
  const call = client.StreamingOutputCall({
    response_parameters: [
      { size: 31415, compressed: { value: compressed } },
      { size: 92653, compressed: { value: false } },
    ],
  });
  assert.deepStrictEqual(await sizes(call), [31415, 92653]);
}

const cases = {
  async empty_unary() {
    assert.deepStrictEqual((await unary(client, 'EmptyCall', {})).response, {});
  },
  async large_unary() {
    const { response } = await unary(client, 'UnaryCall', { response_size: largeResponse, payload: zeros(largeRequest) });
    assert.ok(response.payload.body.equals(Buffer.alloc(largeResponse)));
  },
  async client_streaming() {
    const response = await upload(client, requestSizes.map(size => [{ payload: zeros(size) }]));
    assert.strictEqual(response.aggregated_payload_size, 74922);
  },
  async server_streaming() {
    const call = client.StreamingOutputCall({ response_parameters: responseSizes.map(size => ({ size })) });
    assert.deepStrictEqual(await sizes(call), responseSizes);
  },
  async ping_pong() {
    const call = client.FullDuplexCall();
    const responses = call[Symbol.asyncIterator]();
    for (let i = 0; i < requestSizes.length; i++) {
      call.write({ payload: zeros(requestSizes[i]), response_parameters: [{ size: responseSizes[i] }] });
      assert.strictEqual((await responses.next()).value.payload.body.length, responseSizes[i]);
    }
    call.end();
    assert.ok((await responses.next()).done);
  },
  async empty_stream() {
    const call = client.FullDuplexCall();
    call.end();
    assert.deepStrictEqual(await sizes(call), []);
  },
  async client_compressed_unary() {
    const probe = { expect_compressed: { value: true }, payload: zeros(largeRequest) };
    await fails(unary(client, 'UnaryCall', probe), grpc.status.INVALID_ARGUMENT);
    for (const [stub, value] of [[gzipClient, true], [client, false]]) {
      const { response } = await unary(stub, 'UnaryCall', {
        expect_compressed: { value }, response_size: largeResponse, payload: zeros(largeRequest),
      });
      assert.strictEqual(response.payload.body.length, largeResponse);
    }
  },
  async server_compressed_unary() {
    for (const value of [true, false]) {
      const { response } = await unary(client, 'UnaryCall', {
        response_compressed: { value }, response_size: largeResponse, payload: zeros(largeRequest),
      });
      assert.strictEqual(response.payload.body.length, largeResponse);
    }
  },
  async client_compressed_streaming() {
    const compressed = { expect_compressed: { value: true }, payload: zeros(27182) };
    const plain = { expect_compressed: { value: false }, payload: zeros(45904) };
    await fails(upload(client, [[compressed]]), grpc.status.INVALID_ARGUMENT);
    const response = await upload(gzipClient, [[compressed], [plain, noCompress]]);
    assert.strictEqual(response.aggregated_payload_size, 73086);
  },
  async server_compressed_streaming() {
    await compressedDownload(true);
    await compressedDownload(false);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    const bytes = Buffer.from([0xab, 0xab, 0xab]);
    metadata.set(initialKey, 'test_initial_metadata_value');
    metadata.set(trailingKey, bytes);
    const { headers, trailers } = await unary(
      client, 'UnaryCall', { response_size: largeResponse, payload: zeros(largeRequest) }, metadata);
    assert.deepStrictEqual(headers.get(initialKey), ['test_initial_metadata_value']);
    assert.ok(trailers.get(trailingKey)[0].equals(bytes));

    const call = client.FullDuplexCall(metadata);
    const initial = new Promise(resolve => call.on('metadata', resolve));
    const end = ended(call);
    call.write({ payload: zeros(largeRequest), response_parameters: [{ size: largeResponse }] });
    call.end();
    assert.deepStrictEqual((await initial).get(initialKey), ['test_initial_metadata_value']);
    assert.ok((await end).metadata.get(trailingKey)[0].equals(bytes));
  },
  async status_code_and_message() {
    const response_status = { code: 2, message: 'test status message' };
    await fails(unary(client, 'UnaryCall', { response_status }), 2, response_status.message);
    const call = client.FullDuplexCall();
    const end = ended(call);
    call.write({ response_status });
    call.end();
    await fails(end, 2, response_status.message);
  },
  async special_status_message() {
    const response_status = { code: 2, message: '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n' };
    await fails(unary(client, 'UnaryCall', { response_status }), 2, response_status.message);
  },
  async unimplemented_method() {
    await fails(unary(client, 'UnimplementedCall', {}), grpc.status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    await fails(unary(unimplemented, 'UnimplementedCall', {}), grpc.status.UNIMPLEMENTED);
  },
  async cancel_after_begin() {
    await fails(new Promise((resolve, reject) => {
      const call = client.StreamingInputCall((error, response) => error ? reject(error) : resolve(response));
      call.cancel();
    }), grpc.status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = client.FullDuplexCall();
    const end = ended(call);
    call.once('data', () => call.cancel());
    call.write({ payload: zeros(27182), response_parameters: [{ size: 31415 }] });
    await fails(end, grpc.status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const call = client.FullDuplexCall({ deadline: Date.now() + 1 });
    const end = ended(call);
    call.write({ payload: zeros(27182) });
    await fails(end, grpc.status.DEADLINE_EXCEEDED);
  },
};

(async () => {
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run();
      console.log(`CASE ${name} ok`);
    } catch (error) {
      console.log(`CASE ${name} ${String(error.stack).replaceAll('\n', ' | ')}`);
    }
  }
  process.exit(0);
})();
