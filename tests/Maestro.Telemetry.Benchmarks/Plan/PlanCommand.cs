using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Benchmarks.Plan;

/// <summary>How long a plan takes, on one core, with its second opinion.</summary>
internal static class PlanCommand
{
    private const int WarmUps = 20;
    private const int Repeats = 41;

    private static readonly (int Groups, int Sites, int Gateways)[] Fabrics =
        [(5, 1, 14), (50, 50, 700), (50, 5, 700), (1_000, 70, 9_000)];

    public static Command Create()
    {
        var command = new Command("plan", "How long a plan takes for fabrics of growing size, against the smallest of them");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        Console.WriteLine("| groups | sites | SGMs | commands | plan, ms (median) | worst | validator, ms | per group, against the first |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        double? baseline = null;
        foreach (var (groups, sites, gateways) in Fabrics)
        {
            var input = PlanFabric.Make(groups, sites, gateways);
            var plan = ScalingPlanner.Plan(input);
            var planned = Time(() => ScalingPlanner.Plan(input));
            var checkedAgain = Time(() => PlanValidator.Check(input, plan));
            var median = planned[Repeats / 2];
            baseline ??= median / groups;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {groups} | {sites} | {gateways} | {plan.Commands.Length} | {median:F2} | {planned[^1]:F2} "
                    + $"| {checkedAgain[Repeats / 2]:F2} | {median / groups / baseline.Value:F2} |"));
        }

        return 0;
    }

    // The first runs are compiled on the way.
    private static double[] Time(Action work)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            work();
        }

        var times = new double[Repeats];
        for (var i = 0; i < Repeats; i++)
        {
            var began = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }
}
