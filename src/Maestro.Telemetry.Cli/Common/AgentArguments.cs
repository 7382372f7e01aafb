using System.CommandLine;
using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>The options of an agent that are not about its connection.</summary>
internal sealed class AgentArguments
{
    private readonly Option<string> _config = Text(
        "--config", "JSON file with the section Maestro:Agent; environment variables win over it, options over both", "file");

    private readonly Option<string> _serial = Text("--serial", "Serial number of the SGM that the samples are of", "serial");
    private readonly Option<string> _id = Text("--id", "Names this agent across reconnects; by default after the host", "id");
    private readonly Option<int> _site = Number("--site", "Site that the SGM is cabled to; the default is 1", "site");
    private readonly Option<int> _group = Number("--group", "Security Group that the SGM is in; 0, the default, is none", "group");
    private readonly Option<string> _model = Text("--model", "Appliance model, for example 16200", "model");
    private readonly Option<string> _release = Text("--release", "Release, for example R82", "release");

    private readonly Option<string> _source = Text(
        "--source", "linux, the default, measures this host; trace:FILE replays a recorded demand", "source");

    private readonly Option<TimeSpan?> _interval = Durations.Option(
        "--interval", "Time from one reading to the next; the default is 10s");

    private readonly Option<string> _journal = Text(
        "--journal", "Directory in which rows that wait for the collector outlive the agent; without it they do not", "directory");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _config, _serial, _id, _site, _group, _model, _release, _source, _interval, _journal,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>Sets what the file, the environment and the command line give.</summary>
    /// <returns>All errors; what the ranges are is not checked here.</returns>
    public IReadOnlyList<string> Read(ParseResult parsed, AgentOptions options)
    {
        IReadOnlyList<string> errors;
        try
        {
            errors = AgentConfiguration.Load(parsed.GetValue(_config), options);
        }
        catch (InvalidDataException e)
        {
            errors = [e.Message];
        }

        options.Serial = Given(parsed, _serial, options.Serial);
        options.AgentId = Given(parsed, _id, options.AgentId);
        options.Site = Given(parsed, _site, options.Site);
        options.Group = Given(parsed, _group, options.Group);
        options.Model = Given(parsed, _model, options.Model);
        options.Release = Given(parsed, _release, options.Release);
        options.Source = Given(parsed, _source, options.Source);
        options.Interval = parsed.GetValue(_interval) ?? options.Interval;
        options.Journal.Directory = Given(parsed, _journal, options.Journal.Directory);
        return errors;
    }

    private static T Given<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : otherwise;

    private static Option<string> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<int> Number(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
