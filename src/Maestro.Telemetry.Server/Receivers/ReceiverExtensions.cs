using Grpc.AspNetCore.Server;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Listening;
using Maestro.Telemetry.Server.Receivers.Assembly;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Otlp;
using Maestro.Telemetry.Server.Receivers.RemoteWrite;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>The receivers of foreign senders.</summary>
internal static class ReceiverExtensions
{
    extension(IServiceCollection services)
    {
        public void AddForeignReceivers()
        {
            services.AddSection<ReceiverOptions>();
            services.AddSingleton<MappingTable>();
            services.AddSingleton<SeriesMapper>();
            services.AddSingleton<SeriesCatalogue>();
            services.AddSingleton<MemberLocator>();
            services.AddSingleton<ReceiverCounters>();
            services.AddSingleton<ByteBudget>();
            services.AddSingleton<RowOutlet>();
            services.AddSingleton(provider => new PartsKeeper(
                provider.GetRequiredService<KeptParts>().Journal, provider.GetRequiredService<ILogger<PartsKeeper>>()));
            services.AddSingleton(provider => new RowAssembler(
                provider.GetRequiredService<RowOutlet>(),
                provider.GetRequiredService<PartsKeeper>(),
                provider.GetRequiredService<FabricState>(),
                provider.GetRequiredService<IOptions<ReceiverOptions>>().Value,
                TimeProvider.System));
            services.AddSingleton<KeptParts>();
            services.AddSingleton<PointReceiver>();
            services.AddSingleton<ReceiverRequests>();
            services.AddSingleton<OtlpMetricsService>();
            services.AddSingleton<OtlpHttpEndpoint>();
            services.AddSingleton<RemoteWriteEndpoint>();
            services.AddGrpc().AddServiceOptions<OtlpMetricsService>(_ => { });
            services.AddOptions<GrpcServiceOptions<OtlpMetricsService>>().Configure<IOptions<ReceiverOptions>>(
                (grpc, receivers) => grpc.MaxReceiveMessageSize = receivers.Value.MaxRequestBytes);
        }
    }

    extension(WebApplication app)
    {
        public void MapForeignReceivers()
        {
            var otlp = app.Services.GetRequiredService<OtlpHttpEndpoint>();
            var remoteWrite = app.Services.GetRequiredService<RemoteWriteEndpoint>();
            app.MapGrpcService<OtlpMetricsService>().OnSurface(Surface.OtlpGrpc).For(CallerRole.Agent);
            app.MapPost("/v1/metrics", (RequestDelegate)otlp.HandleAsync)
                .OnSurface(Surface.Receiver).For(CallerRole.Agent);
            app.MapPost("/api/v1/write", (RequestDelegate)remoteWrite.HandleAsync)
                .OnSurface(Surface.Receiver).For(CallerRole.Agent);

            // Requests wait for rows that wait for points; when the service stops, no more come.
            var assembler = app.Services.GetRequiredService<RowAssembler>();
            assembler.Restore(
                app.Services.GetRequiredService<KeptParts>().Rows,
                app.Services.GetRequiredService<MappingTable>().RulesOf);
            app.Lifetime.ApplicationStopping.Register(assembler.CloseAll);
        }
    }
}
