using System.CommandLine;
using Maestro.Telemetry.Cli.Common;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>The options that name a recording.</summary>
internal sealed class RecordingOptions
{
    private readonly Option<string[]> _stores = Files(
        "--from-store", "Data directory of the service, or its telemetry.db; it is only read", "dir");

    private readonly Option<string[]> _prometheus = Files(
        "--prometheus", "Answer of Prometheus to a range query; may be given more than once", "file");

    private readonly Option<string[]> _cpview = Files(
        "--cpview", "CPViewDB.dat of an SGM; those of several SGMs are one group", "file");

    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = "JSON file with several groups, each with its trace and policy",
        HelpName = "file",
    };

    private readonly Option<int[]> _groups = new("--group")
    {
        Description = "Security Group in the store; may be given more than once. The default is all",
        HelpName = "n",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _resource = new("--resource")
    {
        Description = $"What is demanded, in a store or CPView: {string.Join(", ", Resources.Names.Keys)}",
        HelpName = "name",
        DefaultValueFactory = _ => Resources.Default,
    };

    private readonly Option<DateTimeOffset?> _from = Times.Option("--from", "Only samples at or after this time");
    private readonly Option<DateTimeOffset?> _to = Times.Option("--to", "Only samples before this time");

    public RecordingOptions() => _resource.AcceptOnlyFromAmong([.. Resources.Names.Keys]);

    /// <summary>Adds the options, and the rule that something must be named.</summary>
    public void AddTo(Command command, Option<string[]> traces)
    {
        Option<string[]>[] files = [traces, _stores, _prometheus, _cpview];
        foreach (var option in (Option[])[_stores, _prometheus, _cpview, _scenario, _groups, _resource, _from, _to])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var named = files.Where(o => result.GetResult(o) is { Implicit: false }).Select(static o => o.Name).ToList();
            if (named.Count == 0 && result.GetResult(_scenario) is null)
            {
                result.AddError("Nothing is named to replay; give --trace, --from-store, --prometheus, --cpview or --scenario.");
            }
            else if (named.Count > 0 && result.GetResult(_scenario) is not null)
            {
                result.AddError($"--scenario names the traces of its groups; leave out {named[0]}.");
            }
        });
    }

    /// <summary>The settings with what the options say.</summary>
    public ReplaySettings Apply(ParseResult parsed, ReplaySettings settings) => settings with
    {
        Sources =
        [
            .. Source(parsed, TraceFormat.Store, _stores),
            .. Source(parsed, TraceFormat.Prometheus, _prometheus),
            .. Source(parsed, TraceFormat.Cpview, _cpview),
        ],
        Scenario = parsed.GetValue(_scenario),
        Groups = parsed.GetValue(_groups)!,
        Resource = Resources.Names[parsed.GetValue(_resource)!],
        From = parsed.GetValue(_from),
        To = parsed.GetValue(_to),
    };

    private static IEnumerable<TraceSource> Source(ParseResult parsed, TraceFormat format, Option<string[]> option) =>
        parsed.GetValue(option) is { Length: > 0 } files ? [new(format, files)] : [];

    private static Option<string[]> Files(string name, string description, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        DefaultValueFactory = _ => [],
    };
}
