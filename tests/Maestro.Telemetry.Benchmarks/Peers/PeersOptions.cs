using System.CommandLine;
using System.CommandLine.Parsing;
using Maestro.Telemetry.Benchmarks.Ingest;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>The options of ingest --peers.</summary>
internal sealed class PeersOptions
{
    private static readonly PeersSettings Defaults = new();

    private readonly Option<int[]> _streams;
    private readonly Option<string?> _peers = new("--peers")
    {
        Description = "Compare collectors; with names separated by commas only these",
        HelpName = "NAME,...",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _baseline = new("--baseline")
    {
        Description = "With --peers: whose figures the others are divided by",
        HelpName = "NAME",
        DefaultValueFactory = _ => Defaults.Baseline,
    };

    private readonly Option<int> _sgms = Numbers.Option(
        "--sgms", "With --peers: SGMs that send", Defaults.Sgms, 15_000);

    private readonly Option<int> _rows = Numbers.Option(
        "--rows", "With --peers: rows of each SGM at full load, 10 s apart", Defaults.Rows, 1_000_000);

    private readonly Option<int> _requestRows = Numbers.Option(
        "--request-rows", "With --peers: rows of each SGM in a request", Defaults.RowsPerRequest, 1_000);

    private readonly Option<int> _pacedSeconds = Numbers.Option(
        "--paced-seconds", "With --peers: seconds at a pace", Defaults.PacedSeconds, 600);

    private readonly Option<int> _pacedRate = Numbers.Option(
        "--paced-rate", "With --peers: rows per second at a pace", Defaults.PacedRate, 1_000_000);

    private readonly Option<bool> _noStreams = new("--no-streams")
    {
        Description = "With --peers: leave out the memory with open streams",
    };

    public PeersOptions(Option<int[]> streams)
    {
        _streams = streams;
        _peers.Validators.Add(CheckNames);
        _baseline.Validators.Add(CheckNames);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _peers, _baseline, _sgms, _rows, _requestRows, _pacedSeconds, _pacedRate, _noStreams,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is asked for; null without --peers.</summary>
    public PeersSettings? Read(ParseResult parsed, bool isSmoke)
    {
        if (parsed.GetResult(_peers) is not { } given)
        {
            return null;
        }

        var names = given.Tokens.SelectMany(token => token.Value.Split(',')).ToList();
        if (isSmoke)
        {
            return PeersSettings.Smoke with { Names = names, Baseline = parsed.GetValue(_baseline)! };
        }

        var sgms = parsed.GetValue(_sgms);
        var settings = Defaults with
        {
            Names = names,
            Baseline = parsed.GetValue(_baseline)!,
            Sgms = sgms,
            SgmsPerRequest = (sgms + Lanes - 1) / Lanes,
            Rows = parsed.GetValue(_rows),
            RowsPerRequest = parsed.GetValue(_requestRows),
            PacedSeconds = parsed.GetValue(_pacedSeconds),
            PacedRate = parsed.GetValue(_pacedRate),
        };
        return settings with
        {
            Streams = parsed.GetValue(_noStreams) ? []
                : parsed.GetResult(_streams) is { Implicit: false } ? parsed.GetValue(_streams)!
                : settings.Streams,
        };
    }

    private const int Lanes = 4;

    private static void CheckNames(OptionResult result)
    {
        foreach (var name in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (PeersBenchmark.All.All(peer => peer.Name != name))
            {
                result.AddError($"'{name}' is no collector; there are {string.Join(", ", PeersBenchmark.All.Select(p => p.Name))}.");
            }
        }
    }
}
