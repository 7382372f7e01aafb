using System.Diagnostics.Metrics;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Maestro.Telemetry.Server.Diagnostics;

internal static class MetricsExtensions
{
    private const string RuntimeMeter = "System.Runtime";

    // The defaults of OpenTelemetry are for milliseconds; ours are seconds.
    private static readonly double[] SecondsBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 1200, 1800, 3600];

    extension(IServiceCollection services)
    {
        public IServiceCollection AddOwnMetrics()
        {
            services.AddMetrics();
            services.AddSingleton<PrometheusExporter>();
            services.AddSection<OtlpOptions>();
            services.AddSingleton(provider => OpenTelemetrySdk.Create(builder => builder
                .ConfigureResource(resource => Describe(resource, provider.GetRequiredService<IOptions<FabricOptions>>().Value))
                .WithMetrics(metrics => metrics
                    .AddMeter(
                        RowCounters.MeterName,
                        CommandCounters.MeterName,
                        "Maestro.Telemetry.*",
                        "Microsoft.AspNetCore.Hosting",
                        "Microsoft.AspNetCore.Server.Kestrel",
                        RuntimeMeter)
                    .AddView(instrument => View(instrument, provider.GetRequiredService<IMeterFactory>()))
                    .AddReader(new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>())))
                .WithOtlp(provider.GetRequiredService<IOptions<OtlpOptions>>().Value)));
            return services;
        }
    }

    private static void Describe(ResourceBuilder resource, FabricOptions fabric) => resource
        .AddService("maestro", "Maestro.Telemetry", ProductVersion.Current)
        .AddAttributes([new("maestro.fabric", fabric.Name)]);

    /// <summary>
    /// Listening is by name and hears every meter of the process, those of other servers and of clients made by hand
    /// too; this one tells of itself, and of the runtime that all of them share.
    /// </summary>
    private static MetricStreamConfiguration? View(Instrument instrument, IMeterFactory own) =>
        instrument.Meter.Scope != own && instrument.Meter.Name != RuntimeMeter ? MetricStreamConfiguration.Drop
        : instrument.Unit == "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBuckets }
        : null;

    extension(IEndpointRouteBuilder endpoints)
    {
        public void MapOwnMetrics()
        {
            // Made here, so that the readers listen before the first measurement.
            endpoints.ServiceProvider.GetRequiredService<OpenTelemetrySdk>();
            endpoints.MapGet("/metrics", (PrometheusExporter exporter) =>
                Results.Text(exporter.Scrape(), PrometheusExporter.ContentType));
        }
    }
}
