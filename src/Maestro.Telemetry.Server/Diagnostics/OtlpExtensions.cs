using Maestro.Telemetry.Server.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Maestro.Telemetry.Server.Diagnostics;

internal static class OtlpExtensions
{
    extension(IOpenTelemetryBuilder builder)
    {
        /// <summary>
        /// Sends the metrics, and traces, to a collector if there is one. Headers, certificates and time-outs are taken
        /// from the environment variables OTEL_EXPORTER_OTLP_* that the specification names
        /// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
        /// </summary>
        public IOpenTelemetryBuilder WithOtlp(OtlpOptions options)
        {
            if (!options.IsOn)
            {
                return builder;
            }

            builder.WithMetrics(metrics => metrics.AddOtlpExporter((exporter, reader) =>
            {
                Direct(exporter, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            }));
            return options.TraceRatio == 0 ? builder : builder.WithTracing(traces => traces
                .AddSource(Tracing.SourceName, "Microsoft.AspNetCore", "System.Net.Http")
                .SetSampler(Sampler(options.TraceRatio))
                .AddOtlpExporter(exporter => Direct(exporter, options, "v1/traces")));
        }
    }

    private static void Direct(OtlpExporterOptions exporter, OtlpOptions options, string path)
    {
        exporter.Protocol = options.Protocol;
        exporter.Endpoint = options.Address(path);
    }

    // Who calls us does not decide how much we send.
    private static ParentBasedSampler Sampler(double ratio)
    {
        var own = new TraceIdRatioBasedSampler(ratio);
        return new ParentBasedSampler(own, remoteParentSampled: own, remoteParentNotSampled: own);
    }
}
