// The OpenTelemetry SDK for JavaScript as a sender: `otlp.js grpc|http-json|http-proto URL` exports one sweep of an SGM
// and prints what came of it.
const { ValueType } = require('@opentelemetry/api');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { MeterProvider, PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');

const [protocol, url] = process.argv.slice(2);
const exporters = {
  'grpc': () => new (require('@opentelemetry/exporter-metrics-otlp-grpc').OTLPMetricExporter)({ url }),
  'http-json': () => new (require('@opentelemetry/exporter-metrics-otlp-http').OTLPMetricExporter)({ url, compression: 'gzip' }),
  'http-proto': () => new (require('@opentelemetry/exporter-metrics-otlp-proto').OTLPMetricExporter)({ url }),
};

const exporter = exporters[protocol]();
const provider = new MeterProvider({
  resource: resourceFromAttributes({
    'sp_security_group_id': '1', 'sp_site_id': 1, 'sp_member_id': '1_01', 'host.name': 'sg1-ch01-01',
  }),
  readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
});
const meter = provider.getMeter('skyline');

function gauge(name, unit, points) {
  meter.createObservableGauge(name, { unit, valueType: ValueType.DOUBLE })
    .addCallback(result => points.forEach(([value, attributes]) => result.observe(value, attributes)));
}

gauge('system.cpu.utilization', '1', [0, 1, 2, 3].flatMap(cpu => [
  [0.9 - cpu / 10, { cpu: String(cpu), state: 'idle', type: 'CoreXL_FW' }],
  [0.1 + cpu / 10, { cpu: String(cpu), state: 'user', type: 'CoreXL_FW' }],
]));
gauge('system.traffic.connections', '', [
  [100, { protocol: 'tcp', state: 'established' }], [23, { protocol: 'other', state: 'established' }],
]);
gauge('system.network.interface.io.receive.rate', 'bit/s', [
  [1000, { interface: 'eth1' }], [2000, { interface: 'eth2' }], [3000, { interface: 'TOTAL' }],
]);
gauge('system.uptime', 's', [[5, {}]]);
const latency = meter.createHistogram('some.latency');
latency.record(5);

let result = 'nothing was exported';
const exportOne = exporter.export.bind(exporter);
exporter.export = (batch, done) => exportOne(batch, outcome => {
  result = outcome.code === 0 ? 'SUCCESS' : `FAILURE ${outcome.error?.message}`;
  done(outcome);
});

provider.forceFlush()
  .catch(error => { result = `FAILURE ${error.message}`; })
  .then(() => {
    console.log(result);
    // Not shutdown, which would export once more.
    process.exit(0);
  });
