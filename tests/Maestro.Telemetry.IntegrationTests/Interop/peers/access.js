// Calls a server over TLS without a token, with a wrong one and with the right one, and says what came of each.
// Usage: node access.js HOST:PORT CA_FILE TOKEN
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');

const [address, ca, token] = process.argv.slice(2);
const client = new grpc.Client(address, grpc.credentials.createSsl(fs.readFileSync(ca)));
const same = bytes => bytes;

const call = metadata =>
  new Promise(resolve => {
    const deadline = Date.now() + 20_000;
    client.makeUnaryRequest(
      '/maestro.telemetry.v1.AutoscalerControl/GetStatus', same, same, Buffer.alloc(0), metadata, { deadline },
      error => resolve(error ? `${grpc.status[error.code]} ${error.details}` : 'OK'));
  });

(async () => {
  for (const secret of [undefined, 'mst_wrong', token]) {
    const metadata = new grpc.Metadata();
    if (secret) {
      metadata.set('authorization', `Bearer ${secret}`);
    }

    console.log(await call(metadata));
  }

  client.close();
})();
