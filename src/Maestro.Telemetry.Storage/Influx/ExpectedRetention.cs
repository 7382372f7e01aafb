namespace Maestro.Telemetry.Storage.Influx;

/// <summary>How long the server must keep what the settings keep, and the commands that make it so.</summary>
/// <param name="Samples">For the samples policy; null when samples are in the default one.</param>
/// <param name="Longest">For the default policy, which has all else; zero for ever.</param>
public sealed record ExpectedRetention(TimeSpan? Samples, TimeSpan Longest)
{
    public static ExpectedRetention Of(InfluxStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var keep = options.Retention;
        var others = Longer(keep.Rollups, keep.Forecasts);
        return options.SamplesPolicy.Length == 0
            ? new(null, Longer(keep.Samples, others))
            : new(keep.Samples, others);
    }

    /// <summary>How a time is said to a server: whole hours, or INF.</summary>
    public static string Text(TimeSpan keep) => InfluxQl.Duration(keep);

    /// <summary>The statement that makes a policy of 1.x keep for a time.</summary>
    public static string Alter(string database, string policy, TimeSpan keep) =>
        $"ALTER RETENTION POLICY {InfluxQl.Name(policy)} ON {InfluxQl.Name(database)} DURATION {Text(keep)}";

    /// <summary>Whether a server that keeps for one time keeps all that is to be kept for another.</summary>
    public static bool IsEnough(TimeSpan keeps, TimeSpan wanted) =>
        keeps <= TimeSpan.Zero || (wanted > TimeSpan.Zero && keeps >= wanted);

    // Zero is for ever.
    private static TimeSpan Longer(TimeSpan one, TimeSpan other) =>
        one <= TimeSpan.Zero || other <= TimeSpan.Zero ? TimeSpan.Zero
        : one > other ? one
        : other;
}
