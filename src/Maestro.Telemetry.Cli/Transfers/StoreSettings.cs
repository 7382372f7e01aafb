using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Storage.Influx;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>A store of the service, as the service's settings name it.</summary>
internal sealed class StoreSettings
{
    private readonly StorageOptions _storage;

    private StoreSettings(StorageOptions storage, string fabric, TimeSpan lateBy) =>
        (_storage, Fabric, LateBy) = (storage, fabric, lateBy);

    /// <summary>The tag fabric of points.</summary>
    public string Fabric { get; }

    /// <summary>How late a sample may come and still be taken by the service.</summary>
    public TimeSpan LateBy { get; }

    /// <summary>True when nothing was ever stored in it, as far as that can be seen without opening it.</summary>
    public bool IsNew => _storage.Kind == StoreKind.Sqlite && !SqliteTelemetryHistory.Exists(_storage.Directory);

    /// <summary>The data directory, which a service with InfluxDB has, too.</summary>
    public string Directory => _storage.Directory;

    public RetentionPolicy Retention => _storage.Retention;

    public string Database => _storage.Influx.Database;

    public string SamplesPolicy => _storage.Influx.SamplesPolicy;

    public override string ToString() =>
        _storage.Kind == StoreKind.Sqlite ? $"sqlite:{_storage.Directory}" : $"influxdb:{_storage.Influx.Url}/{Database}";

    /// <summary>The store's name in its data directory: that of SQLite moves with it.</summary>
    public string ToBook() => _storage.Kind == StoreKind.Sqlite ? "sqlite" : ToString();

    /// <summary>The store of the settings; a directory that is named is SQLite's, whatever they say.</summary>
    /// <exception cref="FormatException">They cannot be used; the message says all that is wrong.</exception>
    public static StoreSettings Of(FileInfo? file, string? data) => Read(
        file,
        data is null
            ? []
            :
            [
                new($"{StorageOptions.SectionName}:{nameof(StorageOptions.Kind)}", "sqlite"),
                new($"{StorageOptions.SectionName}:{nameof(StorageOptions.Directory)}", data),
            ]);

    /// <summary>Reads the settings that `maestro serve` would have.</summary>
    /// <param name="file">The file; null for the usual one.</param>
    /// <param name="over">What wins over it.</param>
    /// <exception cref="FormatException">They cannot be used; the message says all that is wrong.</exception>
    public static StoreSettings Read(FileInfo? file, IEnumerable<KeyValuePair<string, string?>> over) =>
        ServerSettings.Read(file, over, static (settings, errors) =>
        {
            var storage = SectionReader.Read<StorageOptions>(settings, errors);
            var ingest = SectionReader.Read<IngestOptions>(settings, errors);
            return new StoreSettings(
                storage, settings[$"{FabricOptions.SectionName}:Name"] ?? new FabricOptions().Name, ingest.MaxSampleAge);
        });

    /// <summary>What the store holds; the service may run.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public ITelemetryHistory OpenHistory() => _storage.Kind == StoreKind.Sqlite
        ? SqliteTelemetryHistory.Open(_storage.Directory)
        : InfluxTelemetryHistory.Open(Influx(Nowhere));

    /// <summary>The store, to be written.</summary>
    /// <param name="siteOf">The site of an SGM's rows; null where it is not known.</param>
    /// <exception cref="StoreUnavailableException">It cannot be written, or a service has it.</exception>
    public ITelemetryStore OpenStore(Func<GatewaySerial, string?>? siteOf = null) => _storage.Kind == StoreKind.Sqlite
        ? SqliteTelemetryStore.Open(
            new SqliteStoreOptions { Directory = _storage.Directory, SiteOf = siteOf ?? Nowhere }, TimeProvider.System)
        : InfluxTelemetryStore.Open(Influx(siteOf ?? Nowhere), TimeProvider.System);

    /// <summary>The fitted models that the service has with this store; null when there are none.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public IModelStore? OpenModels() => SqliteModelStore.Exists(_storage.Directory)
        ? SqliteModelStore.Open(new SqliteStoreOptions { Directory = _storage.Directory })
        : null;

    private static string? Nowhere(GatewaySerial serial) => null;

    private InfluxStoreOptions Influx(Func<GatewaySerial, string?> siteOf) =>
        _storage.Influx.ToStore(_storage.Retention, Fabric, siteOf);
}
