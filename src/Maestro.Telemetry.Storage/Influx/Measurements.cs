using System.Globalization;
using System.Text;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// The names that points are stored under. Dashboards and other tools read them: what is released never changes its
/// name or its type.
/// </summary>
internal static class Measurements
{
    /// <summary>Raw samples: a float field per metric, one per core, and group_number, which every row has.</summary>
    public const string Samples = "sgm";

    /// <summary>One-minute roll-ups: n, and METRIC_min, METRIC_max, METRIC_sum; METRIC_n where it is not n.</summary>
    public const string Rollups = "sgm_1m";

    /// <summary>Forecasts as issued, at their time of issue.</summary>
    public const string Forecasts = "forecast";

    /// <summary>Quantiles for each interval, at the interval's time; a later forecast replaces an earlier one.</summary>
    public const string ForecastSteps = "forecast_step";

    public const string GroupNumber = "group_number";
    public const string Serial = "serial";
    public const string Group = "security_group";
    public const string Site = "site";
    public const string RowCount = "n";

    private const string CorePrefix = "core_";

    private static readonly string[] TypeNames =
        [.. Enum.GetValues<CoreType>().Select(t => t.ToString().ToLowerInvariant())];

    private static readonly CoreType[] Types = Enum.GetValues<CoreType>();

    /// <summary>The metrics' fields with their equals signs, in the order of <see cref="MetricColumns"/>.</summary>
    public static byte[][] MetricFields { get; } = [.. MetricColumns.Names.Select(n => Utf8(n + "="))];

    public static byte[][] MinFields { get; } = [.. MetricColumns.Names.Select(n => Utf8(n + "_min="))];

    public static byte[][] MaxFields { get; } = [.. MetricColumns.Names.Select(n => Utf8(n + "_max="))];

    public static byte[][] SumFields { get; } = [.. MetricColumns.Names.Select(n => Utf8(n + "_sum="))];

    public static byte[][] CountFields { get; } = [.. MetricColumns.Names.Select(n => Utf8(n + "_n="))];

    /// <summary>The field of a core, for example core_fw_12.</summary>
    public static string CoreField(CoreId core) => string.Create(
        CultureInfo.InvariantCulture, $"{CorePrefix}{TypeNames[Array.IndexOf(Types, core.Type)]}_{core.Number}");

    public static bool TryReadCore(string field, out CoreId core)
    {
        core = default;
        var separator = field.LastIndexOf('_');
        if (!field.StartsWith(CorePrefix, StringComparison.Ordinal) || separator <= CorePrefix.Length
            || !int.TryParse(field.AsSpan(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var type = Array.IndexOf(TypeNames, field[CorePrefix.Length..separator]);
        core = new CoreId(number, type < 0 ? default : Types[type]);
        return type >= 0;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
