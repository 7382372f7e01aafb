// A reflection client from npm: `reflect.js host:port version` lists the services and calls one that it learned of.
const grpc = require('@grpc/grpc-js');
const { GrpcReflection } = require('grpc-js-reflection-client');

const [address, version] = process.argv.slice(2);

(async () => {
  const credentials = grpc.credentials.createInsecure();
  const reflection = new GrpcReflection(address, credentials, {}, version);
  for (const service of await reflection.listServices()) {
    const methods = await reflection.listMethods(service);
    console.log(`SERVICE ${service} ${methods.map(method => method.name).join(',')}`);
  }
  const descriptor = await reflection.getDescriptorBySymbol('grpc.testing.TestService');
  const root = descriptor.getPackageObject({ keepCase: true });
  const client = new root.grpc.testing.TestService(address, credentials);
  client.UnaryCall({ response_size: 42 }, (error, response) => {
    console.log(error ? `CALL ${error}` : `CALL ${response.payload.body.length}`);
    process.exit(0);
  });
})();
