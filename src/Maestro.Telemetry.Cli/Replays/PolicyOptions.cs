using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>The options of a replay that say what is planned with and what for; tuning starts from the same.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<TimeSpan?> _lead =
        Durations.Option("--lead", "From an order until the unit carries its share; the default is 20m");

    private readonly Option<double> _peak = SharedOptions.Within<double>(
        "--peak-units", "Units that the .999 quantile of the trace needs", 8, 1, 1_000);

    private readonly Option<int> _survive = new("--survive")
    {
        Description = "Members whose loss must be survived, or off; the default is 1",
        HelpName = "off|n",
        DefaultValueFactory = _ => 1,
        CustomParser = ParseSurvive,
    };

    private readonly Option<double> _hard =
        SharedOptions.Within<double>("--hard", "Utilization above which it is a violation", 0.8, 0.01, 1);

    private readonly Option<double?> _target = new("--target")
    {
        Description = "Utilization to plan for; the default is that of --hard",
        HelpName = "share",
    };

    private readonly Option<double> _quantile =
        SharedOptions.Within<double>("--quantile", "Share of demand that is to be served", 0.98, 0.5, 0.99);

    private readonly Option<double> _switching = SharedOptions.Within(
        "--switching-cost", "What a change of one unit costs, in hours of an idle unit", 0.25, 0, 100);

    private readonly Option<int> _minimum = SharedOptions.Within("--min", "Fewest units", 1, 1, 1_000);

    private readonly Option<int?> _pool =
        new("--pool") { Description = "Free units; the default is as many as are wanted", HelpName = "n" };

    private readonly Option<TimeSpan?> _train = Durations.Option("--train", "History before the first decision");

    private readonly Option<string> _model = new("--model")
    {
        Description = $"Forecast model: {string.Join(", ", ForecastModels.Names)}",
        HelpName = "name",
        DefaultValueFactory = _ => ForecastModels.Names[0],
    };

    public PolicyOptions() => _model.AcceptOnlyFromAmong([.. ForecastModels.Names]);

    /// <summary>True when the size of a unit was asked for.</summary>
    public bool PeakUnitsGiven(ParseResult parsed) => parsed.GetResult(_peak) is { Implicit: false };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_lead, _peak, _survive, _hard, _target, _quantile, _switching, _minimum, _pool, _train, _model])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings as they were asked for.</summary>
    public ReplaySettings Read(ParseResult parsed) => new()
    {
        Traces = [],
        Columns = [],
        Lead = parsed.GetValue(_lead) ?? TimeSpan.FromMinutes(20),
        PeakUnits = parsed.GetValue(_peak),
        Survive = parsed.GetValue(_survive),
        Hard = parsed.GetValue(_hard),
        Target = parsed.GetValue(_target),
        Quantile = parsed.GetValue(_quantile),
        SwitchingCost = parsed.GetValue(_switching),
        Minimum = parsed.GetValue(_minimum),
        Pool = parsed.GetValue(_pool),
        Train = parsed.GetValue(_train),
        Model = ForecastModels.ByName(parsed.GetValue(_model)!)!,
    };

    private static int ParseSurvive(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (text == "off")
        {
            return 0;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var failures) && failures <= 10)
        {
            return failures;
        }

        result.AddError($"--survive is '{text}'; write off, or how many members may be lost, up to 10.");
        return 0;
    }
}
