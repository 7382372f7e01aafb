using System.Security.Cryptography;
using System.Text;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Something that goes wrong with the history of a 5-minute series. The same case is harmed alike each time.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Apply">Harms copies.</param>
internal sealed record Corruption(string Name, Func<ForecastCase, Random, ForecastCase> Apply)
{
    public const string ShiftName = "level x1.5 from 6 h before";

    private const int Day = 288;
    private const int Hour = 12;

    public static IReadOnlyList<Corruption> All { get; } =
    [
        new("none", static (one, _) => one),
        new("10 % and a 6 h gap missing", Gaps),
        new("0.5 % spikes x10", Spikes),
        new("last 1 h missing", static (one, _) => Change(one, static c => c.AsSpan(^Hour..).Fill(double.NaN))),
        new(ShiftName, Shift),
        new("only 3 days", static (one, _) => one with { Context = one.Context[^(3 * Day)..] }),
        new("only 5 days", static (one, _) => one with { Context = one.Context[^(5 * Day)..] }),
    ];

    /// <summary>Harms a case. The scale of its errors stays that of the context as it was.</summary>
    public ForecastCase Of(ForecastCase one, int seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}/{one.Id}"));
        return Apply(one, new Random(BitConverter.ToInt32(hash) ^ seed));
    }

    private static ForecastCase Gaps(ForecastCase one, Random random) => Change(one, context =>
    {
        for (var i = 0; i < context.Length; i++)
        {
            context[i] = random.NextDouble() < 0.1 ? double.NaN : context[i];
        }

        context.AsSpan(random.Next(context.Length - (6 * Hour)), 6 * Hour).Fill(double.NaN);
    });

    private static ForecastCase Spikes(ForecastCase one, Random random) => Change(one, context =>
    {
        for (var i = 0; i < context.Length; i++)
        {
            context[i] *= random.NextDouble() < 0.005 ? 10 : 1;
        }
    });

    private static ForecastCase Shift(ForecastCase one, Random random) =>
        Change(one, static context => Raise(context.AsSpan(^(6 * Hour)..))) with { Test = Raised(one.Test) };

    private static ForecastCase Change(ForecastCase one, Action<double[]> change)
    {
        double[] context = [.. one.Context];
        change(context);
        return one with { Context = context };
    }

    private static double[] Raised(double[] values)
    {
        double[] raised = [.. values];
        Raise(raised);
        return raised;
    }

    private static void Raise(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value *= 1.5;
        }
    }
}
