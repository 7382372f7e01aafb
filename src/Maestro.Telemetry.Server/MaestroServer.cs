using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Control;
using Maestro.Telemetry.Server.Dashboards;
using Maestro.Telemetry.Server.Diagnostics;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Maestro.Telemetry.Server.Learning;
using Maestro.Telemetry.Server.Listening;
using Maestro.Telemetry.Server.Polling;
using Maestro.Telemetry.Server.Receivers;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Maestro.Telemetry.Storage.Influx;
using Maestro.Telemetry.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Maestro.Telemetry.Server;

/// <summary>The composition root of the service: features in, one application out.</summary>
public static class MaestroServer
{
    /// <summary>Adds every feature. What a test or the demo replaces (clock, controller) may be registered before.</summary>
    public static void AddMaestroServer(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSection<ServerOptions>();
        services.AddSection<FabricOptions>();
        services.AddAccess();
        services.AddStorage();
        services.AddFabric();
        services.AddIngest();
        services.AddForeignReceivers();
        services.AddPolling();
        services.AddAutoscaling(builder.Configuration);
        services.AddControl();
        services.AddOwnMetrics();
        services.AddHealth();
        builder.AddListeners();
    }

    /// <summary>Maps every endpoint.</summary>
    public static void MapMaestroServer(this WebApplication app)
    {
        app.UseHostFiltering();
        app.UseSurfaces();
        app.UseSecurityHeaders();
        app.UseAccess();
        app.UseOutages();
        app.MapGrpcService<TelemetryCollectorService>().OnSurface(Surface.Native).For(CallerRole.Agent);
        app.MapGrpcService<AutoscalerControlService>().OnSurface(Surface.Native).ForViewersAndOperators();
        app.MapForeignReceivers();
        app.MapGrpcHealthChecksService().ForAnybody();
        app.MapGrpcReflectionService().For(CallerRole.Viewer);
        app.MapGroup("").OnSurface(Surface.Console).MapSessions();
        app.MapGroup("").OnSurface(Surface.Console).For(CallerRole.Viewer).MapConsole();
        app.MapGroup("").OnSurface(Surface.Console).For(CallerRole.Viewer).MapOwnMetrics();
        app.MapGroup("").OnSurface(Surface.AnyHttp).ForAnybody().MapHealth();
    }

    private static ITelemetryStore OpenTelemetryStore(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        if (options.Kind == StoreKind.Sqlite)
        {
            return SqliteTelemetryStore.Open(provider.GetRequiredService<SqliteStoreOptions>(), time);
        }

        var fabric = provider.GetRequiredService<FabricState>();
        var name = provider.GetRequiredService<IOptions<FabricOptions>>().Value.Name;
        return InfluxTelemetryStore.Open(
            options.Influx.ToStore(options.Retention, name, serial => SiteOf(fabric, serial)), time);
    }

    private static string? SiteOf(FabricState fabric, GatewaySerial serial) =>
        fabric.Current.Find(serial)?.Site.Value.ToString(CultureInfo.InvariantCulture);

    extension(IServiceCollection services)
    {
        private void AddStorage()
        {
            services.AddSection<StorageOptions>();
            services.TryAddSingleton(provider => new SqliteStoreOptions
            {
                Directory = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Directory,
                SiteOf = serial => SiteOf(provider.GetRequiredService<FabricState>(), serial),
            });
            services.TryAddSingleton(OpenTelemetryStore);
            services.TryAddSingleton<IModelStore>(provider => SqliteModelStore.Open(
                provider.GetRequiredService<SqliteStoreOptions>()));
            services.TryAddSingleton<ILedger>(provider => SqliteLedger.Open(
                provider.GetRequiredService<SqliteStoreOptions>()));
        }

        private void AddFabric()
        {
            services.AddGaia();
            services.AddSingleton<FabricState>();
            services.AddSingleton<LearnedFabric>();
            services.AddSingleton<BreachMonitor>();
            services.AddSingleton<FabricReader>();
        }

        private void AddIngest()
        {
            services.AddSection<IngestOptions>();
            services.AddSingleton<RowCounters>();
            services.AddSingleton<IngestQueue>();
            services.AddSingleton<LatestBoard>();
            services.AddSingleton<StoreHealth>();
            services.AddSingleton<StoreWriter>();
            services.AddSingleton<StreamAdmission>();
            services.AddSingleton<StreamRegistry>();
            services.AddSingleton<SenderClocks>();
            services.AddSingleton<BatchAssembler>();
            services.AddSingleton<TelemetryCollectorService>();

            services.AddHostedService<Warmup>();
            services.AddSpooling();

            // Before the web server in the order of start, and so after it in the order of stop: it drains last.
            services.AddHostedService<SampleWriter>();
        }

        private void AddAutoscaling(IConfiguration configuration)
        {
            services.AddSection<AutoscalerOptions>();
            services.AddSingleton<PolicyCatalogue>();
            services.AddSingleton<CommandCounters>();
            services.AddSingleton<DemandBoard>();
            services.AddSingleton<ForecastCounters>();
            services.AddSingleton<MemberLoads>();
            services.AddSingleton<ModelFitter>();
            services.AddSingleton<ModelKeeper>();
            services.AddSingleton<ForecastService>();
            services.AddSingleton<LongForecasts>();
            services.AddSingleton<DemandHistory>();
            services.AddSingleton<TelemetryObserver>();
            services.AddSingleton<PlanBoard>();
            services.AddSingleton<CommandRecheck>();
            services.AddSingleton<ScalingExecutor>();
            services.AddSingleton<JoinTimes>();
            services.AddSingleton<EfficiencyHistory>();
            services.AddSingleton<DecisionJournal>();
            services.AddSingleton<DashboardRecorder>();
            services.AddSingleton<PlanningCycle>();
            services.AddSchedule(configuration);
        }

        private void AddControl()
        {
            services.AddGrpc(grpc => grpc.Interceptors.Add<OutageInterceptor>());
            services.AddOptions<Grpc.AspNetCore.Server.GrpcServiceOptions>().Configure<IOptions<IngestOptions>>(
                (grpc, ingest) => grpc.MaxReceiveMessageSize = ingest.Value.MaxMessageBytes);
            services.AddGrpcReflection();
            services.AddSingleton<StatusBuilder>();
            services.AddSingleton<ControlQueries>();
            services.AddSingleton<ExplainQuery>();
            services.AddSingleton<FabricCheckQuery>();
            services.AddSingleton<UpgradeQuery>();
            services.AddSingleton<RunwayQuery>();
            services.AddSingleton<OperatorActions>();
            services.AddSingleton<AutoscalerControlService>();
        }
    }
}
