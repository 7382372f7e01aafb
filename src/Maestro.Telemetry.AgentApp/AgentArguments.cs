namespace Maestro.Telemetry.AgentApp;

/// <summary>What the command line asks for.</summary>
internal sealed record AgentArguments
{
    public string? ConfigFile { get; private init; }

    public bool Check { get; private init; }

    public bool Version { get; private init; }

    public bool Help { get; private init; }

    public IReadOnlyList<string> Errors { get; private init; } = [];

    public static AgentArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new AgentArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            parsed = arguments[i] switch
            {
                "--config" when i + 1 < arguments.Count => parsed with { ConfigFile = arguments[++i] },
                "--config" => parsed.With("--config needs a file, such as /etc/maestro/agent.json."),
                ['-', '-', 'c', 'o', 'n', 'f', 'i', 'g', '=', .. var file] => parsed with { ConfigFile = file },
                "--check" => parsed with { Check = true },
                "--version" => parsed with { Version = true },
                "--help" or "-h" or "-?" => parsed with { Help = true },
                var other => parsed.With($"'{other}' is no option; --help lists them."),
            };
        }

        return parsed;
    }

    private AgentArguments With(string error) => this with { Errors = [.. Errors, error] };
}
