using System.Diagnostics.Metrics;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Storage.Spool;
using Maestro.Telemetry.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Maestro.Telemetry.Server.Ingest.Spooling;

internal static class SpoolingExtensions
{
    extension(IServiceCollection services)
    {
        public void AddSpooling()
        {
            services.AddSection<SpoolOptions>();
            services.AddSingleton<StoreGate>();
            services.AddSingleton(OpenSpool);
            services.TryAddSingleton<ICommitPath>(provider => IsSpooled(provider)
                ? ActivatorUtilities.CreateInstance<SpooledCommit>(provider)
                : ActivatorUtilities.CreateInstance<DirectCommit>(provider));
            services.AddHostedService<SpoolDrainer>();
        }
    }

    private static bool IsSpooled(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<SpoolOptions>>().Value.Enabled
        ?? provider.GetRequiredService<IOptions<StorageOptions>>().Value.Kind != StoreKind.Sqlite;

    // What an earlier configuration has spooled still follows.
    private static ISampleSpool OpenSpool(IServiceProvider provider)
    {
        var store = provider.GetRequiredService<SqliteStoreOptions>();
        if (!IsSpooled(provider) && !File.Exists(Path.Combine(store.Directory, SqliteSampleSpool.FileName)))
        {
            return new NoSpool();
        }

        var maxBytes = provider.GetRequiredService<IOptions<SpoolOptions>>().Value.MaxBytes;
        var spool = SqliteSampleSpool.Open(store, maxBytes);
        SpoolGauges.Add(
            provider.GetRequiredService<IMeterFactory>(), spool, provider.GetRequiredService<TimeProvider>());
        return spool;
    }
}
