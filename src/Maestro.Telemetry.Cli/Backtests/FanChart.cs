using System.Globalization;
using System.Net;
using System.Text;
using Maestro.Telemetry.Forecasting.Backtest;
using static System.FormattableString;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>One forecast as an SVG picture: intervals of 50, 80 and 95 % around the median, and what happened.</summary>
internal sealed class FanChart
{
    private const double Width = 920;
    private const double Height = 280;
    private const double Left = 64;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 34;
    private const int MostPoints = 600;

    private static readonly double[] Levels = [.. BacktestOptions.Levels];

    private readonly SeriesBacktest _series;
    private readonly KeptForecast _kept;
    private readonly string _model;
    private readonly string _id;
    private readonly int _first;
    private readonly int _stride;
    private readonly double _low;
    private readonly double _high;

    /// <param name="id">Tells the elements of this picture from those of others on the page.</param>
    public FanChart(SeriesBacktest series, string model, KeptForecast kept, string id)
    {
        (_series, _model, _kept, _id) = (series, model, kept, id);
        _first = Math.Max(0, kept.Origin - kept.Forecast.Steps);
        _stride = Math.Max(1, (Last - _first) / MostPoints);
        (_low, _high) = Range();
    }

    private int Last => _kept.Origin + _kept.Forecast.Steps;

    /// <summary>A sentence that says what the picture shows.</summary>
    public string Description()
    {
        var (steps, within, known) = (_kept.Forecast.Steps, 0, 0);
        for (var step = 0; step < steps; step++)
        {
            var actual = _series.Values[_kept.Origin + step];
            known += double.IsNaN(actual) ? 0 : 1;
            within += actual >= Quantile(step, 0.025) && actual <= Quantile(step, 0.975) ? 1 : 0;
        }

        return Invariant($"{_series.Name} forecast by {_model} from {_series.TimeOf(_kept.Origin):u}, {steps} steps: ")
            + Invariant($"{within} of {known} known values lie within the 95 % interval.");
    }

    public string Svg()
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" ")
            .Append(CultureInfo.InvariantCulture, $"aria-labelledby=\"{_id}-t {_id}-d\">")
            .Append(CultureInfo.InvariantCulture, $"<title id=\"{_id}-t\">Forecast and what happened: ")
            .Append(CultureInfo.InvariantCulture, $"{Html(_series.Name)}</title>")
            .Append(CultureInfo.InvariantCulture, $"<desc id=\"{_id}-d\">{Html(Description())}</desc>");
        Axes(svg);
        Band(svg, "b95", 0.025, 0.975);
        Band(svg, "b80", 0.1, 0.9);
        Band(svg, "b50", 0.25, 0.75);
        svg.Append("<path class=\"median\" d=\"")
            .Append(Line(_kept.Origin, Last, index => Quantile(index - _kept.Origin, 0.5))).Append("\"/>");
        svg.Append("<path class=\"actual\" d=\"")
            .Append(Line(_first, Last, index => _series.Values[index])).Append("\"/>");
        var origin = X(_kept.Origin);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"origin\" x1=\"{origin:F1}\" x2=\"{origin:F1}\" ")
            .Append(CultureInfo.InvariantCulture, $"y1=\"{Top}\" y2=\"{Height - Bottom}\"/></svg>");
        return svg.ToString();
    }

    /// <summary>The same as rows of text: time, what happened, the median and the intervals; at most 48 of them.</summary>
    public IEnumerable<string[]> Rows()
    {
        var every = Math.Max(1, (_kept.Forecast.Steps + 47) / 48);
        for (var step = every - 1; step < _kept.Forecast.Steps; step += every)
        {
            yield return
            [
                _series.TimeOf(_kept.Origin + step).ToString("u", CultureInfo.InvariantCulture),
                Number(_series.Values[_kept.Origin + step]),
                Number(Quantile(step, 0.5)),
                $"{Number(Quantile(step, 0.25))} to {Number(Quantile(step, 0.75))}",
                $"{Number(Quantile(step, 0.1))} to {Number(Quantile(step, 0.9))}",
                $"{Number(Quantile(step, 0.025))} to {Number(Quantile(step, 0.975))}",
            ];
        }
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double value) =>
        double.IsNaN(value) ? "missing" : value.ToString("G5", CultureInfo.InvariantCulture);

    private double Quantile(int step, double level) =>
        _kept.Forecast.MarginalAt(step, Array.IndexOf(Levels, level));

    private (double Low, double High) Range()
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var index = _first; index < Last; index++)
        {
            Take(_series.Values[index]);
            if (index >= _kept.Origin)
            {
                Take(Quantile(index - _kept.Origin, 0.025));
                Take(Quantile(index - _kept.Origin, 0.975));
            }
        }

        return high > low ? (low, high) : (low - 1, low + 1);

        void Take(double value) =>
            (low, high) = double.IsNaN(value) ? (low, high) : (Math.Min(low, value), Math.Max(high, value));
    }

    private double X(int index) => Left + ((Width - Left - Right) * (index - _first) / Math.Max(1, Last - 1 - _first));

    private double Y(double value) => Top + ((Height - Top - Bottom) * (_high - value) / (_high - _low));

    private string Line(int from, int to, Func<int, double> value)
    {
        var line = new StringBuilder();
        var broken = true;
        for (var index = from; index < to; index += _stride)
        {
            var y = value(index);
            if (!double.IsNaN(y))
            {
                line.Append(CultureInfo.InvariantCulture, $"{(broken ? 'M' : 'L')}{X(index):F1} {Y(y):F1}");
            }

            broken = double.IsNaN(y);
        }

        return line.ToString();
    }

    private void Band(StringBuilder svg, string name, double low, double high)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"{name}\" points=\"");
        var steps = Enumerable.Range(0, _kept.Forecast.Steps).Where(step => step % _stride == 0).ToList();
        foreach (var step in steps)
        {
            svg.Append(CultureInfo.InvariantCulture, $"{X(_kept.Origin + step):F1},{Y(Quantile(step, high)):F1} ");
        }

        foreach (var step in Enumerable.Reverse(steps))
        {
            svg.Append(CultureInfo.InvariantCulture, $"{X(_kept.Origin + step):F1},{Y(Quantile(step, low)):F1} ");
        }

        svg.Append("\"/>");
    }

    private void Axes(StringBuilder svg)
    {
        var tick = Tick((_high - _low) / 6);
        for (var value = Math.Ceiling(_low / tick) * tick; value <= _high; value += tick)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" ")
                .Append(CultureInfo.InvariantCulture, $"y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:F1}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"end\">{Label(value, tick)}</text>");
        }

        for (var i = 0; i <= 4; i++)
        {
            var index = _first + ((Last - 1 - _first) * i / 4);
            var anchor = i switch { 0 => "start", 4 => "end", _ => "middle" };
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(index):F1}\" y=\"{Height - 10}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"{anchor}\">{_series.TimeOf(index):MM-dd HH:mm}</text>");
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, not below the wanted distance.</summary>
    private static double Tick(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }

    private static string Label(double value, double tick)
    {
        var (divisor, unit) = Math.Max(Math.Abs(value), tick) switch
        {
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1, ""),
        };
        return Math.Abs(value) < tick / 2 ? "0" : Invariant($"{value / divisor:0.######}{unit}");
    }
}
