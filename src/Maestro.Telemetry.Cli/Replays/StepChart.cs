using System.Globalization;
using System.Net;
using System.Text;
using Maestro.Telemetry.Replay;
using static System.FormattableString;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Units needed and units that served over some days, as an SVG picture; what was short is marked.</summary>
/// <param name="scenario">What was replayed.</param>
/// <param name="demand">Units needed at each sample; 0 where unknown.</param>
/// <param name="policy">Whose units served.</param>
/// <param name="first">The first sample shown.</param>
/// <param name="count">Samples shown.</param>
/// <param name="id">Tells the elements of this picture from those of others on the page.</param>
internal sealed class StepChart(
    ReplayScenario scenario, IReadOnlyList<int> demand, PolicyResult policy, int first, int count, string id)
{
    private const double Width = 920;
    private const double Height = 190;
    private const double Left = 34;
    private const double Right = 8;
    private const double Top = 10;
    private const double Bottom = 26;

    private readonly int _highest = 1 + Enumerable.Range(first, count).Max(t => Math.Max(demand[t], policy.Serving[t]));

    /// <summary>A sentence that says what the picture shows.</summary>
    public string Description()
    {
        var (needed, served, missing) = (0.0, 0.0, 0);
        for (var t = first; t < first + count; t++)
        {
            needed += demand[t];
            served += demand[t] == 0 ? 0 : policy.Serving[t];
            missing += policy.Serving[t] < demand[t] ? 1 : 0;
        }

        return Invariant($"{policy.Name} from {scenario.TimeAt(first):u}, {count} samples: ")
            + Invariant($"{served * scenario.Step.TotalHours:F0} unit-hours for {needed * scenario.Step.TotalHours:F0} needed, ")
            + Invariant($"short at {missing} samples.");
    }

    public string Svg()
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" ")
            .Append(CultureInfo.InvariantCulture, $"aria-labelledby=\"{id}-t {id}-d\">")
            .Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">Units needed and serving: {Html(policy.Name)}</title>")
            .Append(CultureInfo.InvariantCulture, $"<desc id=\"{id}-d\">{Html(Description())}</desc>");
        Axes(svg);
        Short(svg);
        svg.Append("<path class=\"need\" d=\"").Append(Area()).Append("\"/>")
            .Append("<path class=\"serve\" d=\"").Append(Steps(t => policy.Serving[t])).Append("\"/></svg>");
        return svg.ToString();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private double X(int t) => Left + ((Width - Left - Right) * (t - first) / count);

    private double Y(double units) => Top + ((Height - Top - Bottom) * (_highest - units) / _highest);

    private string Area() =>
        Steps(t => demand[t]) + Invariant($"L{X(first + count):F1} {Y(0):F1}L{X(first):F1} {Y(0):F1}Z");

    /// <summary>A line that goes up and down only where the value changes.</summary>
    private string Steps(Func<int, int> value)
    {
        var line = new StringBuilder();
        var last = int.MinValue;
        for (var t = first; t < first + count; t++)
        {
            if (value(t) is var units && units != last)
            {
                line.Append(last == int.MinValue
                    ? Invariant($"M{X(t):F1} {Y(units):F1}")
                    : Invariant($"H{X(t):F1}V{Y(units):F1}"));
                last = units;
            }
        }

        return line.Append(CultureInfo.InvariantCulture, $"H{X(first + count):F1}").ToString();
    }

    private void Short(StringBuilder svg)
    {
        for (var t = first; t < first + count; t++)
        {
            var from = t;
            while (t < first + count && policy.Serving[t] < demand[t])
            {
                t++;
            }

            if (t > from)
            {
                // Never thinner than can be seen.
                var width = Math.Max(1.5, X(t) - X(from));
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"short\" x=\"{X(from):F1}\" y=\"{Top}\" ")
                    .Append(CultureInfo.InvariantCulture, $"width=\"{width:F1}\" height=\"{Height - Top - Bottom}\"/>");
            }
        }
    }

    private void Axes(StringBuilder svg)
    {
        var every = Math.Max(1, (_highest + 4) / 5);
        for (var units = 0; units <= _highest; units += every)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" ")
                .Append(CultureInfo.InvariantCulture, $"y1=\"{Y(units):F1}\" y2=\"{Y(units):F1}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(units) + 4:F1}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"end\">{units}</text>");
        }

        for (var i = 0; i <= 4; i++)
        {
            var t = first + (count * i / 4);
            var anchor = i switch { 0 => "start", 4 => "end", _ => "middle" };
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(t):F1}\" y=\"{Height - 8}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"{anchor}\">{scenario.TimeAt(t):MM-dd HH:mm}</text>");
        }
    }
}
