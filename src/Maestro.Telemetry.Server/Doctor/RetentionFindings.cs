using System.Globalization;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>How long InfluxDB keeps what is written, against what the settings keep.</summary>
internal static class RetentionFindings
{
    /// <summary>What can be said of a server: 1.x tells its policies, of others only what they must be.</summary>
    /// <param name="policies">Those of 1.x; null for other releases.</param>
    public static IEnumerable<Finding> Of(
        string area, InfluxStoreOptions options, InfluxServer server, IReadOnlyList<InfluxPolicy>? policies)
    {
        var expected = ExpectedRetention.Of(options);
        if (policies is null)
        {
            return [Told(area, options, server, expected)];
        }

        var findings = new List<Finding>();
        if (expected.Samples is { } samples)
        {
            var policy = policies.FirstOrDefault(p => p.Name == options.SamplesPolicy);
            findings.Add(policy is null
                ? new(
                    area, Verdict.Warning, $"The database {options.Database} has no retention policy {options.SamplesPolicy} yet.",
                    "The service makes it when it starts.")
                : Compare(area, options, policy, samples));
        }

        if (policies.FirstOrDefault(p => p.IsDefault) is { } standard)
        {
            findings.Add(Compare(area, options, standard, expected.Longest));
        }

        return findings;
    }

    private static Finding Compare(string area, InfluxStoreOptions options, InfluxPolicy policy, TimeSpan wanted)
    {
        var keeps = $"The retention policy {policy.Name} of {options.Database} keeps {Words(policy.Keep)}";
        return ExpectedRetention.IsEnough(policy.Keep, wanted)
            ? new(area, Verdict.Ok, $"{keeps}; the settings want {Words(wanted)}.")
            : new(
                area, Verdict.Warning, $"{keeps}, less than the {Words(wanted)} of Maestro:Storage.",
                $"The service sets it when it starts, or run: {ExpectedRetention.Alter(options.Database, policy.Name, wanted)}");
    }

    private static Finding Told(
        string area, InfluxStoreOptions options, InfluxServer server, ExpectedRetention expected)
    {
        var (what, commands) = server.Generation == InfluxGeneration.Two
            ? ("buckets", "influx bucket list shows what they keep; influx bucket update --id ID --retention TIME sets it")
            : ("databases", "influxdb3 update database --database NAME --retention-period TIME sets it");
        var samples = expected.Samples is { } keep
            ? $"{options.Database}/{options.SamplesPolicy} {Words(keep)} and {options.Database} {Words(expected.Longest)}"
            : $"{options.Database} {Words(expected.Longest)}";
        return new(area, Verdict.Ok, $"This release does not tell how long its {what} keep; they must keep: {samples}. {commands}.");
    }

    private static string Words(TimeSpan keep) => keep <= TimeSpan.Zero ? "for ever"
        : keep.TotalDays >= 2 && keep.Ticks % TimeSpan.TicksPerDay == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{keep.Days} days")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(keep.TotalHours):F0} hours");
}
