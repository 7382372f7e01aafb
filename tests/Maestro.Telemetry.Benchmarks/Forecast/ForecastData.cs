using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Reads the recorded series of a directory and makes the cases: six rolling origins of each series.</summary>
internal static class ForecastData
{
    private const int Origins = 6;
    private const double MostMissing = 0.3;
    private const string M4Training = "m4_hourly_train.csv";
    private const string M4Test = "m4_hourly_test.csv";

    /// <exception cref="DirectoryNotFoundException">There is no such directory, or none of the files is in it.</exception>
    /// <exception cref="FormatException">A file is not what its name says.</exception>
    public static List<ForecastCase> Load(string directory)
    {
        var cases = ForecastGroup.All
            .Where(group => File.Exists(Path.Combine(directory, group.File)))
            .SelectMany(group => Rolling(group, Path.Combine(directory, group.File)))
            .ToList();
        if (File.Exists(Path.Combine(directory, M4Training)) && File.Exists(Path.Combine(directory, M4Test)))
        {
            cases.AddRange(M4(directory));
        }

        return cases.Count > 0 ? cases : throw new DirectoryNotFoundException(
            $"--data is '{directory}', and no recorded series is there; docs/backtesting.md lists the files and their sources.");
    }

    [SuppressMessage("Security", "CA5351", Justification = "It is an order of columns, and no secret.")]
    private static IEnumerable<ForecastCase> Rolling(ForecastGroup group, string path)
    {
        var columns = Columns(path)
            .OrderBy(
                column => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(column.Name))),
                StringComparer.Ordinal)
            .Take(group.Columns);
        foreach (var (name, all) in columns)
        {
            var first = Array.FindIndex(all, static value => !double.IsNaN(value));
            var values = all[first..(Array.FindLastIndex(all, static value => !double.IsNaN(value)) + 1)];
            for (var k = 0; k < Origins; k++)
            {
                if (Case(group, name, values, k) is { } found)
                {
                    yield return found;
                }
            }
        }
    }

    private static ForecastCase? Case(ForecastGroup group, string name, double[] values, int k)
    {
        var last = values.Length - group.Horizon;
        var first = Math.Min(Math.Max(values.Length / 2, group.LeastContext), last);
        var origin = k == Origins - 1 ? last : (int)Math.Round(first + (k * ((last - first) / (Origins - 1.0))));
        var context = values[Math.Max(0, origin - group.Context)..origin];
        var test = values[origin..(origin + group.Horizon)];
        var scale = ErrorScale.Of(context, group.Daily);
        var size = context.Where(static value => !double.IsNaN(value)).Select(Math.Abs).DefaultIfEmpty(0).Average();
        return context.Length < group.LeastContext || Missing(context) > MostMissing || Missing(test) > MostMissing
            || !(scale.Absolute > 1e-9 * Math.Max(1, size))
            ? null
            : new()
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{name}@{k}"),
                Series = name,
                Group = group.Name,
                Daily = group.Daily,
                Weekly = group.Weekly,
                Context = context,
                Test = test,
                Scale = scale,
                Sub = k is 1 or 4,
            };
    }

    private static double Missing(double[] values) => (double)values.Count(double.IsNaN) / values.Length;

    private static IEnumerable<ForecastCase> M4(string directory)
    {
        var tests = File.ReadLines(Path.Combine(directory, M4Test)).Select(Ragged).ToDictionary(r => r.Name, r => r.Values);
        return File.ReadLines(Path.Combine(directory, M4Training)).Select(Ragged).Select(row => new ForecastCase
        {
            Id = row.Name,
            Series = row.Name,
            Group = ForecastGroup.M4,
            Daily = 24,
            Weekly = 168,
            Context = row.Values,
            Test = tests[row.Name],
            Scale = ErrorScale.Of(row.Values, 24),
            Sub = true,
        });

        static (string Name, double[] Values) Ragged(string line)
        {
            var fields = line.TrimEnd().Split(',');
            return (fields[0], [.. fields.Skip(1).Select(Number)]);
        }
    }

    private static List<(string Name, double[] Values)> Columns(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split(',');
        var columns = names.Skip(1).Select(name => (Name: name, Values: new double[lines.Length - 1])).ToList();
        for (var row = 1; row < lines.Length; row++)
        {
            var fields = lines[row].Split(',');
            for (var column = 0; column < columns.Count; column++)
            {
                columns[column].Values[row - 1] = Number(fields[column + 1]);
            }
        }

        return columns;
    }

    private static double Number(string field) =>
        field.Length == 0 ? double.NaN : double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);
}
