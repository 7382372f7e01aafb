// The Node.js server: `server.js [certificate.pem key.pem]` prints its port and serves until its input ends.
const fs = require('node:fs');
const timers = require('node:timers/promises');
const grpc = require('@grpc/grpc-js');
const { testing, initialKey, trailingKey, zeros } = require('./testservice');

function echo(call) {
  const headers = new grpc.Metadata();
  call.metadata.get(initialKey).forEach(value => headers.set(initialKey, value));
  if (headers.get(initialKey).length > 0) {
    call.sendMetadata(headers);
  }
  const trailers = new grpc.Metadata();
  call.metadata.get(trailingKey).forEach(value => trailers.set(trailingKey, value));
  return trailers;
}

function refusal(request) {
  // grpc-js does not tell handlers how a request was compressed; its call object knows.
  const status = request.response_status;
  return status ? { code: status.code, details: status.message } : null;
}

function compressionRefusal(call, request) {
  const expected = request.expect_compressed?.value;
  return expected && call.call.incomingEncoding !== 'gzip'
    ? { code: grpc.status.INVALID_ARGUMENT, details: 'The message was to be compressed.' }
    : null;
}

async function answer(call, request) {
  for (const parameters of request.response_parameters ?? []) {
    await timers.setTimeout((parameters.interval_us ?? 0) / 1000);
    call.write({ payload: zeros(parameters.size) });
  }
}

const service = {
  EmptyCall: (call, callback) => callback(null, {}),
  UnaryCall(call, callback) {
    const trailers = echo(call);
    const error = compressionRefusal(call, call.request) ?? refusal(call.request);
    callback(error, error ? null : { payload: zeros(call.request.response_size ?? 0) }, trailers);
  },
  async StreamingOutputCall(call) {
    const trailers = echo(call);
    await answer(call, call.request);
    call.end(trailers);
  },
  StreamingInputCall(call, callback) {
    let size = 0;
    let error = null;
    call.on('data', request => {
      error ??= compressionRefusal(call, request);
      size += request.payload.body.length;
    });
    call.on('end', () => callback(error, error ? null : { aggregated_payload_size: size }));
  },
  FullDuplexCall(call) {
    const trailers = echo(call);
    let answered = Promise.resolve();
    call.on('data', request => {
      const error = refusal(request);
      answered = error ? Promise.reject(error) : answered.then(() => answer(call, request));
      answered.catch(reason => call.emit('error', reason));
    });
    call.on('end', () => answered.then(() => call.end(trailers), () => undefined));
  },
};

const [certificate, key] = process.argv.slice(2);
const credentials = certificate
  ? grpc.ServerCredentials.createSsl(null, [{ cert_chain: fs.readFileSync(certificate), private_key: fs.readFileSync(key) }])
  : grpc.ServerCredentials.createInsecure();
const server = new grpc.Server();
server.addService(testing.TestService.service, service);
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) {
    throw error;
  }
  console.log(`PORT ${port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
