using System.Globalization;
using System.Text;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Forecasts as points. One at the time of issue holds all of it, without loss; those at the times of the intervals hold
/// the quantiles for charts: of the latest forecast, and of those made a while before.
/// </summary>
internal static class ForecastPoints
{
    // A string field holds 64 KiB at most.
    private const int LongestText = 60_000;
    private const string LeadTag = "lead";
    private const string Latest = "latest";

    private static readonly (string Name, TimeSpan Lead)[] Leads =
    [
        ("15m", TimeSpan.FromMinutes(15)),
        ("1h", TimeSpan.FromHours(1)),
        ("3h", TimeSpan.FromHours(3)),
        ("6h", TimeSpan.FromHours(6)),
        ("24h", TimeSpan.FromHours(24)),
    ];

    /// <summary>Nanoseconds since 1970, within what a server can hold.</summary>
    public static long Nanoseconds(DateTimeOffset time) =>
        Math.Clamp((time - DateTimeOffset.UnixEpoch).Ticks, 0, long.MaxValue / 200) * 100;

    public static void Append(LineBuffer lines, string fabric, DemandForecast forecast)
    {
        var tags = Tags(fabric, forecast);
        AppendWhole(lines, tags, forecast);
        for (var step = 0; step < forecast.Steps; step++)
        {
            var at = forecast.Start + (forecast.Step * step);
            AppendStep(lines, Tags(fabric, forecast, Latest), forecast, step, at);
            foreach (var (name, lead) in Leads)
            {
                var ahead = at - forecast.IssuedAt;
                if (ahead >= lead && ahead < lead + forecast.Step)
                {
                    AppendStep(lines, Tags(fabric, forecast, name), forecast, step, at);
                }
            }
        }
    }

    /// <summary>The forecast in a row of the measurement's every column, its times in nanoseconds.</summary>
    public static DemandForecast Read(InfluxRows row, SecurityGroupId group, Resource resource) => new()
    {
        Group = group,
        Resource = resource,
        IssuedAt = DateTimeOffset.UnixEpoch.AddTicks(row[0].Integer / 100),
        Model = row["model"].Text ?? "",
        Start = DateTimeOffset.UnixEpoch.AddTicks(row["start_ticks"].Integer),
        Step = TimeSpan.FromTicks(row["step_ticks"].Integer),
        Levels = Doubles(row, "levels"),
        Marginal = Doubles(row, "marginal"),
        PathMaximum = Doubles(row, "path_maximum"),
        Trust = new ForecastTrust(
            row["trusted"].Integer != 0, row["skill"].Number, row["coverage"].Number, row["reason"].Text ?? ""),
    };

    private static byte[] Tags(string fabric, DemandForecast forecast, string? lead = null)
    {
        var line = new StringBuilder(lead is null ? Measurements.Forecasts : Measurements.ForecastSteps);
        if (fabric.Length > 0)
        {
            TagText.AppendTag(line, "fabric", TagText.Encode(fabric));
        }

        if (lead is not null)
        {
            TagText.AppendTag(line, LeadTag, lead);
        }

        TagText.AppendTag(line, "resource", ResourceNames.ToName(forecast.Resource));
        TagText.AppendTag(
            line, Measurements.Group, forecast.Group.Value.ToString(CultureInfo.InvariantCulture));
        return Encoding.UTF8.GetBytes(line.Append(' ').ToString());
    }

    private static void AppendWhole(LineBuffer lines, byte[] tags, DemandForecast forecast)
    {
        lines.Append(tags);
        lines.Append("model="u8);
        lines.AppendText(forecast.Model);
        lines.Append(",start_ticks="u8);
        lines.AppendInteger((forecast.Start - DateTimeOffset.UnixEpoch).Ticks);
        lines.Append(",step_ticks="u8);
        lines.AppendInteger(forecast.Step.Ticks);
        lines.Append(forecast.Trust.Trusted ? ",trusted=true"u8 : ",trusted=false"u8);
        lines.Append(",reason="u8);
        lines.AppendText(forecast.Trust.Reason);
        AppendUnlessNaN(lines, "skill", forecast.Trust.SkillVersusNaive);
        AppendUnlessNaN(lines, "coverage", forecast.Trust.Coverage);
        AppendDoubles(lines, "levels", [.. forecast.Levels]);
        AppendDoubles(lines, "marginal", forecast.Marginal.Span);
        AppendDoubles(lines, "path_maximum", forecast.PathMaximum.Span);
        EndLine(lines, forecast.IssuedAt);
    }

    /// <summary>The fields p5, p50, p97_5 and so on, and max_p5 and so on for the maximum up to the interval.</summary>
    private static void AppendStep(
        LineBuffer lines, byte[] tags, DemandForecast forecast, int step, DateTimeOffset at)
    {
        lines.Append(tags);
        lines.Append("issued_ms="u8);
        lines.AppendInteger(forecast.IssuedAt.ToUnixTimeMilliseconds());
        for (var i = 0; i < forecast.Levels.Count; i++)
        {
            var index = (step * forecast.Levels.Count) + i;
            var name = (forecast.Levels[i] * 100).ToString("0.##", CultureInfo.InvariantCulture).Replace('.', '_');
            AppendUnlessNaN(lines, $"p{name}", forecast.Marginal.Span[index]);
            AppendUnlessNaN(
                lines, $"max_p{name}", index < forecast.PathMaximum.Length ? forecast.PathMaximum.Span[index] : double.NaN);
        }

        EndLine(lines, at);
    }

    private static void AppendUnlessNaN(LineBuffer lines, string field, double value)
    {
        if (double.IsFinite(value))
        {
            lines.Append((byte)',');
            lines.Append(Encoding.UTF8.GetBytes(field));
            lines.Append((byte)'=');
            lines.AppendFloat(value);
        }
    }

    private static void AppendDoubles(LineBuffer lines, string field, ReadOnlySpan<double> values)
    {
        var text = Convert.ToBase64String(DoublesCodec.Encode(values));
        var parts = (text.Length + LongestText - 1) / LongestText;
        lines.Append(Encoding.UTF8.GetBytes($",{field}_parts="));
        lines.AppendInteger(parts);
        for (var i = 0; i < parts; i++)
        {
            lines.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{field}_{i}=")));
            lines.AppendText(text.Substring(i * LongestText, Math.Min(LongestText, text.Length - (i * LongestText))));
        }
    }

    private static double[] Doubles(InfluxRows row, string field)
    {
        var text = new StringBuilder();
        var parts = row[$"{field}_parts"].Integer;
        for (var i = 0; i < parts; i++)
        {
            text.Append(row[string.Create(CultureInfo.InvariantCulture, $"{field}_{i}")].Text);
        }

        return DoublesCodec.Decode(Convert.FromBase64String(text.ToString()));
    }

    private static void EndLine(LineBuffer lines, DateTimeOffset at)
    {
        lines.Append((byte)' ');
        lines.AppendNumber(Nanoseconds(at));
        lines.EndLine();
    }
}
