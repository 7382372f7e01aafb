using System.Diagnostics;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Cli.Replays.Scenarios;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Replay;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Reads traces, replays them, and prints what came of it.</summary>
internal sealed class ReplayRun(ReplaySettings settings)
{
    public Task<int> RunAsync(CancellationToken cancellationToken) => PrintAsync(
        new ReportOutput<ReplayOutcome>
        {
            Source = null,
            Html = settings.Html,
            Json = settings.Json,
            ToHtml = ReplayHtml.Of,
            ToJson = ReplayJson.Of,
            Print = static outcome => ReplayView.Print(Terminal.Out, outcome),
        },
        "replaying",
        (plan, bar) => new ReplayRun(plan.Settings).Run(plan.Groups, bar, cancellationToken),
        cancellationToken);

    /// <summary>Reads what the settings name, works on it, and puts out what came of it.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="what">What is being done, in a word.</param>
    /// <param name="work">The work; it is given null when nobody looks at its progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The exit code.</returns>
    internal async Task<int> PrintAsync<T>(
        ReportOutput<T> output,
        string what,
        Func<ReplayPlan, IProgress<double>?, T> work,
        CancellationToken cancellationToken)
    {
        if (Missing() is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return ExitCodes.Usage;
        }

        return await output.RunAsync(
            () =>
            {
                var plan = Read();
                return ProgressBar.During(what, bar => work(plan, bar));
            },
            cancellationToken);
    }

    /// <summary>Replays traces that are read already.</summary>
    /// <param name="traces">Name and samples of each group, in any unit.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal ReplayOutcome Run(
        IReadOnlyList<(string Name, TimeSeries Series)> traces,
        IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        Run(
            [.. traces.Select(static t => new ReplayGroupPlan { Name = t.Name, Series = t.Series })],
            progress,
            cancellationToken);

    /// <summary>Replays groups whose traces are read already.</summary>
    /// <param name="groups">The groups, served in this order unless their policies say otherwise.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal ReplayOutcome Run(
        IReadOnlyList<ReplayGroupPlan> groups, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (scenario, capacities) = new ReplayTraces(settings).Read(groups);
        var contestants = new Contestants(settings);
        var chosen = contestants.Chosen().ToList();
        var swept = settings.Sweep ? contestants.Sweep().ToList() : [];
        var forecaster = Forecaster(scenario);
        var audit = new ForecastAudit(forecaster, scenario);
        var changes = new ChangeRuns(settings, Forecaster);
        var share = 1.0 / (1 + changes.Count);
        var tracks = ReplayEngine.Run(
            scenario,
            [.. chosen, .. swept.Select(s => s.Contestant)],
            audit,
            PartOfProgress.Between(progress, 0, share),
            cancellationToken);
        return new()
        {
            Settings = settings,
            Scenario = scenario,
            UnitCapacities = capacities,
            Result = ReplayJudge.Judge(scenario, [.. tracks.Take(chosen.Count)], new BlockBootstrap(settings.Seed)),
            Frontier = Frontier(scenario, swept, [.. tracks.Skip(chosen.Count)]),
            Changes = changes.Run(
                scenario, chosen, tracks, PartOfProgress.Between(progress, share, 1), cancellationToken),
            Forecasts = audit.Judge(),
            Fits = forecaster.Fits,
            Took = Stopwatch.GetElapsedTime(began),
        };
    }

    /// <summary>Forecasts as far ahead as a contestant may ask for.</summary>
    internal ReplayForecaster Forecaster(ReplayScenario scenario)
    {
        var needed = scenario.Groups.SelectMany(group =>
            (TimeSpan[])[
                group.Policy.LeadTime + group.Policy.ScaleInHorizon,
                scenario.JoinsOf(group).Lead,
                Contestants.Hold(group.Policy.LeadTime),
            ]);
        var options = new ForecastOptions { Horizon = needed.Max() + TimeSpan.FromMinutes(15) };
        var chain = new FallbackChain([settings.Model, new SeasonalNaiveModel(), new NaiveModel()]);
        return new(scenario, options, chain, settings.RefitEvery);
    }

    private static List<SweepPoint> Frontier(
        ReplayScenario scenario,
        List<(string Policy, double Knob, ReplayContestant Contestant)> swept,
        List<ContestantTracks> tracks)
    {
        var points = new List<SweepPoint>();
        for (var g = 0; g < scenario.Groups.Length; g++)
        {
            var group = scenario.Groups[g];
            var demand = RequiredUnits.Of(group.Demand.Values.Span, scenario.HardUtilization);
            var meter = new ElasticityMeter(demand, scenario.FirstMeasured, scenario.Step);
            points.AddRange(swept.Select((s, i) =>
                new SweepPoint(group.Name, s.Policy, s.Knob, meter.Measure(tracks[i].Groups[g], null))));
        }

        return points;
    }

    /// <summary>What is to be replayed, as the files have it.</summary>
    /// <exception cref="FormatException">A file is not what it should be.</exception>
    internal ReplayPlan Read()
    {
        if (settings.Scenario is { } scenario)
        {
            return ScenarioFile.Read(scenario, settings);
        }

        var traces = TraceImport.Read(settings.AllSources, new()
        {
            Step = settings.Step,
            From = settings.From,
            To = settings.To,
            Resource = settings.Resource,
            Groups = settings.Groups,
            Columns = settings.Columns,
        });
        return new(settings, [.. traces.Select(trace => new ReplayGroupPlan
        {
            Name = trace.Name,
            Series = trace.Series,
            UnitCapacity = settings.PeakUnitsGiven ? null : trace.UnitCapacity,
        })]);
    }

    /// <summary>A sentence about a file that is not there; null when all are.</summary>
    private string? Missing()
    {
        if (settings.Scenario is { } scenario)
        {
            return File.Exists(scenario) ? null : $"--scenario is '{scenario}', and there is no such file.";
        }

        var all = settings.AllSources.SelectMany(
            static source => source.Files, static (source, file) => (source.Format, file));
        var (format, missing) = all.FirstOrDefault(static one => !File.Exists(one.file) && !Directory.Exists(one.file));
        var option = format switch
        {
            TraceFormat.Prometheus => "--prometheus",
            TraceFormat.Cpview => "--cpview",
            TraceFormat.Store => "--from-store",
            _ => "--trace",
        };
        return missing is null ? null : $"{option} is '{missing}', and there is no such file.";
    }
}
