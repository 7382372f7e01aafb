using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Where data is kept, and for how long.</summary>
public sealed class StorageOptions : ISection
{
    public static string SectionName => "Maestro:Storage";

    /// <summary>The directory of the SQLite files; made when it is missing.</summary>
    /// <value>The default is maestro-data in the working directory.</value>
    public string Directory { get; set; } = "maestro-data";

    /// <summary>What keeps samples, roll-ups and forecasts. Models and the ledger are always in SQLite.</summary>
    /// <value>The default is sqlite; the other is influxdb.</value>
    public StoreKind Kind { get; set; } = StoreKind.Sqlite;

    /// <summary>The InfluxDB server of the kind influxdb.</summary>
    public InfluxOptions Influx { get; set; } = new();

    /// <summary>How long samples are kept; zero keeps them for ever.</summary>
    /// <value>The default is 7 days.</value>
    public TimeSpan KeepSamples { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long one-minute roll-ups are kept; zero keeps them for ever.</summary>
    /// <value>The default is 400 days.</value>
    public TimeSpan KeepRollups { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long forecasts are kept; zero keeps them for ever.</summary>
    /// <value>The default is 90 days.</value>
    public TimeSpan KeepForecasts { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long decisions are kept; zero keeps them for ever.</summary>
    /// <value>The default is 400 days.</value>
    public TimeSpan KeepDecisions { get; set; } = TimeSpan.FromDays(400);

    public RetentionPolicy Retention => new(KeepSamples, KeepRollups, KeepForecasts);

    public void Check(SettingErrors errors)
    {
        errors.Required(nameof(Directory), Directory, "/var/lib/maestro");
        if (!Enum.IsDefined(Kind))
        {
            errors.Add(nameof(Kind), Kind, "it must be sqlite or influxdb.");
        }

        if (Kind == StoreKind.InfluxDb)
        {
            Influx.Check(nameof(Influx), errors);
        }

        errors.Range(nameof(KeepSamples), KeepSamples, TimeSpan.Zero, TimeSpan.FromDays(3_650));
        errors.Range(nameof(KeepRollups), KeepRollups, TimeSpan.Zero, TimeSpan.FromDays(3_650));
        errors.Range(nameof(KeepForecasts), KeepForecasts, TimeSpan.Zero, TimeSpan.FromDays(3_650));
        errors.Range(nameof(KeepDecisions), KeepDecisions, TimeSpan.Zero, TimeSpan.FromDays(3_650));
    }
}
