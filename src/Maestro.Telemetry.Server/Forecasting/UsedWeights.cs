using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// What SGMs weigh by the fabric, each remembered as it was first used, so that what is summed with it can be told from
/// what would be summed today. Not safe for concurrent use.
/// </summary>
/// <param name="fabric">The fabric.</param>
/// <param name="before">Weights for SGMs that the fabric no longer has.</param>
internal sealed class UsedWeights(FabricState fabric, UsedWeights? before = null)
{
    private readonly Dictionary<GatewaySerial, double> _used = [];

    // The dictionary, not its owner: only one generation is kept.
    private readonly Dictionary<GatewaySerial, double>? _before = before?._used;

    /// <summary>True when the fabric now says something else of an SGM whose weight was used.</summary>
    public bool AreOutdated =>
        _used.Any(used => fabric.Current.Find(used.Key) is { } gateway && !gateway.Model.Weight.Equals(used.Value));

    /// <summary>All that was used, in a form that <see cref="AgreeWith"/> reads.</summary>
    public string Text => string.Join(
        ';',
        _used.OrderBy(used => used.Key.Value, StringComparer.Ordinal)
            .Select(used => string.Create(CultureInfo.InvariantCulture, $"{used.Key.Value}={used.Value:R}")));

    /// <summary>True when no SGM weighs something else than in what another generation wrote down.</summary>
    public bool AgreeWith(string text)
    {
        var now = Text.Split(';').ToDictionary(Serial, StringComparer.Ordinal);
        return text.Split(';').All(then => !now.TryGetValue(Serial(then), out var used) || used == then);

        static string Serial(string entry) => entry[..Math.Max(0, entry.LastIndexOf('='))];
    }

    /// <summary>What an SGM weighs, in reference SGMs; 1 when nothing is known of it.</summary>
    public double Of(GatewaySerial serial)
    {
        if (!_used.TryGetValue(serial, out var weight))
        {
            weight = fabric.Current.Find(serial)?.Model.Weight ?? _before?.GetValueOrDefault(serial, 1) ?? 1;
            _used.Add(serial, weight);
        }

        return weight;
    }
}
