using System.Globalization;
using System.Net;
using System.Text;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Lines and dots over two axes that begin at the lowest values, as an SVG picture.</summary>
/// <param name="title">What it shows.</param>
/// <param name="across">What the horizontal axis is.</param>
/// <param name="up">What the vertical axis is.</param>
/// <param name="id">Tells the elements of this picture from those of others on the page.</param>
internal sealed class ScatterChart(string title, string across, string up, string id)
{
    private const double Width = 920;
    private const double Height = 340;
    private const double Left = 54;
    private const double Right = 130;
    private const double Top = 14;
    private const double Bottom = 44;

    private const double LetterWidth = 6.7;
    private const double LetterHeight = 11;

    /// <summary>Where a name may stand beside its dot, best first; to the left it ends there.</summary>
    private static readonly (double X, double Y)[] Places =
        [(7, 4), (7, -7), (7, 15), (-7, 4), (-7, -7), (-7, 15), (7, -18), (7, 26), (-7, -18), (-7, 26)];

    private readonly List<ScatterLine> _lines = [];
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];
    private (double Low, double High) _x;
    private (double Low, double High) _y;

    /// <summary>Adds points that belong together; with a line through them when there are several.</summary>
    public void Add(ScatterLine line) => _lines.Add(line);

    public string Svg()
    {
        _x = Range(static p => p.X);
        _y = Range(static p => p.Y);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" ")
            .Append(CultureInfo.InvariantCulture, $"aria-labelledby=\"{id}-t\"><title id=\"{id}-t\">{Html(title)}</title>");
        Axes(svg);
        _taken.Clear();
        _taken.AddRange(_lines.SelectMany(static line => line.Points)
            .Select(p => (X(p.X) - 3, Y(p.Y) - 3, X(p.X) + 3, Y(p.Y) + 3)));
        foreach (var line in _lines)
        {
            Draw(svg, line);
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private (double Low, double High) Range(Func<ScatterPoint, double> axis)
    {
        var values = _lines.SelectMany(static line => line.Points).Select(axis).ToList();
        var (low, high) = (values.Min(), values.Max());
        var margin = Math.Max(1e-6, 0.05 * (high - low));
        return (low - margin, high + margin);
    }

    private double X(double value) => Left + ((Width - Left - Right) * (value - _x.Low) / (_x.High - _x.Low));

    private double Y(double value) => Top + ((Height - Top - Bottom) * (_y.High - value) / (_y.High - _y.Low));

    private void Draw(StringBuilder svg, ScatterLine line)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{line.Style}\">");
        if (line.Points.Count > 1)
        {
            svg.Append("<path class=\"line\" d=\"");
            foreach (var (point, i) in line.Points.Select(static (point, i) => (point, i)))
            {
                svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(point.X):F1} {Y(point.Y):F1}");
            }

            svg.Append("\"/>");
        }

        foreach (var point in line.Points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(point.X):F1}\" cy=\"{Y(point.Y):F1}\" r=\"3.5\">")
                .Append(CultureInfo.InvariantCulture, $"<title>{Html(line.Name)} {Html(point.Name)}: ")
                .Append(CultureInfo.InvariantCulture, $"{point.X:0.###}, {point.Y:0.###}</title></circle>");
        }

        var (x, y, anchor) = Place(line.Points[^1], line.Name);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">")
            .Append(CultureInfo.InvariantCulture, $"{Html(line.Name)}</text></g>");
    }

    /// <summary>The first place that no dot and no other name has; the best one when there is none.</summary>
    private (double X, double Y, string Anchor) Place(ScatterPoint point, string name)
    {
        var free = Places.FirstOrDefault(place => !_taken.Any(Overlaps(Box(place))), Places[0]);
        _taken.Add(Box(free));
        return (X(point.X) + free.X, Y(point.Y) + free.Y, free.X > 0 ? "start" : "end");

        (double Left, double Top, double Right, double Bottom) Box((double X, double Y) place)
        {
            var (x, y, width) = (X(point.X) + place.X, Y(point.Y) + place.Y, LetterWidth * name.Length);
            var left = place.X > 0 ? x : x - width;
            return (left, y - LetterHeight, left + width, y + 2);
        }

        static Func<(double Left, double Top, double Right, double Bottom), bool> Overlaps(
            (double Left, double Top, double Right, double Bottom) box) =>
            other => box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom;
    }

    private void Axes(StringBuilder svg)
    {
        foreach (var value in Ticks(_y))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" ")
                .Append(CultureInfo.InvariantCulture, $"y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:F1}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"end\">{value:0.###}</text>");
        }

        foreach (var value in Ticks(_x))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(value):F1}\" y=\"{Height - Bottom + 16}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"middle\">{value:0.###}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2:F0}\" y=\"{Height - 8}\" ")
            .Append(CultureInfo.InvariantCulture, $"text-anchor=\"middle\">{Html(across)}</text>")
            .Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(12 {Height / 2:F0}) rotate(-90)\" ")
            .Append(CultureInfo.InvariantCulture, $"text-anchor=\"middle\">{Html(up)}</text>");
    }

    private static IEnumerable<double> Ticks((double Low, double High) range)
    {
        var wanted = (range.High - range.Low) / 6;
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        var tick = (wanted / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
        for (var value = Math.Ceiling(range.Low / tick) * tick; value <= range.High; value += tick)
        {
            // Not -0.
            yield return Math.Abs(value) < tick / 2 ? 0 : value;
        }
    }
}
