using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Batch;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>What a batch came to.</summary>
internal sealed class BatchSummary
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly SortedDictionary<string, int> _models = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];

    /// <summary>As many errors are told one by one; all of them are in the output.</summary>
    public const int MostErrors = 10;

    public int Count { get; private set; }

    public int FellBack { get; private set; }

    public int Failed { get; private set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>Wall time for each series, milliseconds; all cores work at once.</summary>
    public double MillisecondsPerSeries => Count == 0 ? 0 : Elapsed.TotalMilliseconds / Count;

    public void Add(BatchForecast result)
    {
        Count++;
        FellBack += result.Status == FitStatus.FellBack ? 1 : 0;
        if (result.Model is { } model)
        {
            _models[model] = _models.GetValueOrDefault(model) + 1;
        }
        else
        {
            Failed++;
            if (_errors.Count < MostErrors)
            {
                _errors.Add(result.Id.Length == 0 ? result.Reason : $"{result.Id}: {result.Reason}");
            }
        }
    }

    public void Print(IAnsiConsole console)
    {
        var models = string.Join(", ", _models.Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count} series: {(models.Length == 0 ? "no forecast" : models)}; {FellBack} fell back, {Failed} without forecast"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds:F1} s, {MillisecondsPerSeries:F1} ms per series"));
    }

    public void PrintErrors(IAnsiConsole console)
    {
        foreach (var error in _errors)
        {
            console.WriteLine(error);
        }

        if (Failed > _errors.Count)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"and {Failed - _errors.Count} more; the output has an error for each"));
        }
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            series = Count,
            models = _models,
            FellBack,
            Failed,
            Seconds = Elapsed.TotalSeconds,
            MillisecondsPerSeries,
        },
        Web);
}
