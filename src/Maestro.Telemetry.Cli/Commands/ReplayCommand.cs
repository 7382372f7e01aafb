using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Replay.Faults;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>What the planner would have done with last month's traffic.</summary>
internal static class ReplayCommand
{
    private const string About =
        "Run the planner over recorded traffic, against rules of thumb and an oracle";

    private static readonly string Lesson = $"""
        The trace is a CSV file with a header: the time, then one column a group, on a regular grid; an empty field is a
        missing value. Any unit will do: a unit of capacity is sized so that the .999 quantile of the trace needs
        --peak-units of them. The first 14 days (7 of a trace shorter than 28) are history; from then on the planner
        decides at each sample with what was known then. What it orders serves after the lead time.

        It may also be what the service has stored, what Prometheus answered to a range query, or what CPView recorded on
        the SGMs. A scenario has several groups, each with a trace, a policy and join times of its own.

          planner      the planner of the service, with its forecasts
          quantile     the same forecasts without the planner's rules
          hpa-64, -56  a ratio rule with a target of 64 or 56 %, stabilized for an hour (hpa-64-5m: five minutes)
          cloudguard   one more above 80 %, one less below 60 %
          predictive   the hour of the week before as a floor under a ratio rule
          schedule     a timetable made of the history; static-max: as many as its busiest sample needed
          oracle-1     the cheapest supply that is never short, at a price of 1 (4, 8) unit-hours for each change

        "under %" is the share of time with fewer units than needed, "× oracle(1)" the unit-hours against the oracle's.

        --fault replays the trace again with telemetry that is wrong, the demand being as it was:

        {ChangeRuns.Lesson(ReplayChanges.Faults)}

        --event with demand that does something else:

        {ChangeRuns.Lesson(ReplayChanges.Events)}

        For each it counts removals caused by bad data, breaches of caps and minimum, and commands carried out in the
        modes observe and recommend. There should be none of any.

        Examples:
          maestro replay --trace demand.csv --lead 15m
          maestro replay --trace demand.csv --policy planner --fault all --event flash
          maestro replay --trace demand.csv --lead 30m --peak-units 8 --survive off --html report.html
          maestro replay --trace demand.csv --policy planner --policy hpa-64 --quantile 0.9 --json
          maestro replay --from-store /var/lib/maestro --group 2 --from 2026-10-01
          maestro replay --cpview sgm1.dat --cpview sgm2.dat --resource connections
          maestro replay --prometheus week1.json --prometheus week2.json --step 5m
          maestro replay --scenario site.json --html report.html
        """;

    public static Command Create()
    {
        var traces = new Option<string[]>("--trace")
        {
            Description = "CSV file, or one of the kinds below; may be given more than once",
            HelpName = "file",
            DefaultValueFactory = _ => [],
        };
        var recordings = new RecordingOptions();
        var columns = SharedOptions.Many("--column", "Column to replay; may be given more than once. The default is all");
        var step = Durations.Option("--step", "The step that the grid must have; the default is that of the first two rows");
        var planned = new PolicyOptions();
        var spread = SharedOptions.Within<double>(
            "--join-spread", "The .9 quantile of join times over their median; 1 when all are the same", 1, 1, 10);
        var failures = SharedOptions.Within<double>("--join-failures", "Share of joins that fail", 0, 0, 0.9);
        var serial = new Option<bool>("--one-by-one") { Description = "Each join waits for the one before" };
        var refit = Durations.Option("--refit-every", "Time after which models are fitted anew; the default is 24h");
        var policies = SharedOptions.Many("--policy", "Policy to replay; may be given more than once. The default is all");
        policies.AcceptOnlyFromAmong([.. Contestants.Names]);
        var sweep = new Option<bool>("--sweep") { Description = "Sweep the knob of each policy; --html does so too" };
        var faults = SharedOptions.Many("--fault", "Telemetry fault to replay too, or all; may be given more than once");
        faults.AcceptOnlyFromAmong([.. ChangeRuns.FaultNames, ChangeRuns.All]);
        var events = SharedOptions.Many("--event", "Event of the demand to replay too, or all; may be given more than once");
        events.AcceptOnlyFromAmong([.. ChangeRuns.EventNames, ChangeRuns.All]);
        var seed = SharedOptions.Within("--seed", "Chooses join times and blocks of the intervals", 1, 0, int.MaxValue);
        var html = SharedOptions.Html();
        var json = SharedOptions.Json();
        var command = new TaughtCommand("replay", About, Lesson)
        {
            traces, columns, step, spread, failures, serial, refit, policies, sweep, faults, events, seed, html, json,
        };
        planned.AddTo(command);
        recordings.AddTo(command, traces);
        command.SetAction((parsed, cancellationToken) => new ReplayRun(recordings.Apply(parsed, planned.Read(parsed) with
        {
            Traces = parsed.GetValue(traces)!,
            Columns = parsed.GetValue(columns)!,
            Step = parsed.GetValue(step),
            JoinSpread = parsed.GetValue(spread),
            JoinFailures = parsed.GetValue(failures),
            JoinsTogether = !parsed.GetValue(serial),
            RefitEvery = parsed.GetValue(refit) ?? TimeSpan.FromHours(24),
            Policies = parsed.GetValue(policies)!,
            Sweep = parsed.GetValue(sweep) || parsed.GetValue(html) is not null,
            Faults = parsed.GetValue(faults)!,
            Events = parsed.GetValue(events)!,
            Seed = (ulong)parsed.GetValue(seed),
            Html = parsed.GetValue(html),
            Json = parsed.GetValue(json),
            PeakUnitsGiven = planned.PeakUnitsGiven(parsed),
        })).RunAsync(cancellationToken));
        return command;
    }
}
