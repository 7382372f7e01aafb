using System.Globalization;
using System.Text;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>CSV as RFC 4180 has it: a header, UTF-8, lines that end with CR LF. What is not there is empty.</summary>
internal sealed class CsvExport(Stream output) : IExportWriter
{
    private const int FlushBytes = 1 << 16;

    private static readonly string[] Names = [.. ExportRun.Metrics.Select(static m => Snake(m.ToString()))];

    private readonly StringBuilder _text = new();

    public Task BeginAsync(ExportWhat what, CancellationToken cancellationToken)
    {
        Line(what switch
        {
            ExportWhat.Samples => ["time", "group", "serial", .. Names, "cores"],
            ExportWhat.Rollups =>
            [
                "time", "group", "serial",
                .. Names.SelectMany(static n => (string[])[$"{n}_count", $"{n}_min", $"{n}_max", $"{n}_sum"]),
            ],
            ExportWhat.Forecasts =>
                ["issued", "group", "resource", "model", "trusted", "time", "level", "value", "maximum"],
            _ => [],
        });
        return Task.CompletedTask;
    }

    public Task WriteAsync(StoredSample sample, CancellationToken cancellationToken)
    {
        var raw = sample.Sample;
        Line(
        [
            Time(raw.Time),
            raw.Group?.ToString() ?? "",
            sample.Serial.Value,
            .. ExportRun.Metrics.Select(m => raw.Values.TryGetValue(m, out var value) ? Number(value) : ""),
            string.Join(' ', raw.Cores.Select(static c => string.Create(
                CultureInfo.InvariantCulture, $"{Snake(c.Key.Type.ToString())}_{c.Key.Number}={c.Value:R}"))),
        ]);
        return FlushWhenFullAsync(cancellationToken);
    }

    public Task WriteAsync(RollupRow row, CancellationToken cancellationToken)
    {
        Line(
        [
            Time(row.Minute),
            row.Group?.ToString() ?? "",
            row.Serial.Value,
            .. row.Values.SelectMany(static v => (string[])(v.Count == 0
                ? ["0", "", "", ""]
                : [v.Count.ToString(CultureInfo.InvariantCulture), Number(v.Min), Number(v.Max), Number(v.Sum)])),
        ]);
        return FlushWhenFullAsync(cancellationToken);
    }

    public async Task WriteAsync(DemandForecast forecast, CancellationToken cancellationToken)
    {
        for (var step = 0; step < forecast.Steps; step++)
        {
            for (var level = 0; level < forecast.Levels.Count; level++)
            {
                var index = (step * forecast.Levels.Count) + level;
                Line(
                [
                    Time(forecast.IssuedAt),
                    forecast.Group.ToString(),
                    Snake(forecast.Resource.ToString()),
                    forecast.Model,
                    forecast.Trust.Trusted ? "true" : "false",
                    Time(forecast.Start + (forecast.Step * step)),
                    Number(forecast.Levels[level]),
                    Number(forecast.Marginal.Span[index]),
                    index < forecast.PathMaximum.Length ? Number(forecast.PathMaximum.Span[index]) : "",
                ]);
            }
        }

        await FlushWhenFullAsync(cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(_text.ToString()), cancellationToken);
        _text.Clear();
    }

    /// <summary>A line of fields, each quoted when it must be.</summary>
    public void Line(IEnumerable<string> fields)
    {
        var isFirst = true;
        foreach (var field in fields)
        {
            _text.Append(isFirst ? "" : ",").Append(Quoted(field));
            isFirst = false;
        }

        _text.Append("\r\n");
    }

    /// <summary>Empty when it is not a number.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    public Task FlushWhenFullAsync(CancellationToken cancellationToken) =>
        _text.Length < FlushBytes ? Task.CompletedTask : EndAsync(cancellationToken);

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
