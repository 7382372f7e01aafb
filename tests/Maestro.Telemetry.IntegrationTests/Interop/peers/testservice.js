// What both sides of the Node.js peer share.
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const root = path.join(__dirname, 'protos');
const definition = protoLoader.loadSync(path.join(root, 'grpc/testing/test.proto'), {
  keepCase: true,
  enums: String,
  includeDirs: [root],
});

exports.testing = grpc.loadPackageDefinition(definition).grpc.testing;
exports.initialKey = 'x-grpc-test-echo-initial';
exports.trailingKey = 'x-grpc-test-echo-trailing-bin';
exports.zeros = size => ({ body: Buffer.alloc(size) });
