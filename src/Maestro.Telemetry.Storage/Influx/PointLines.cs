using System.Text;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Lines of points for dashboards.</summary>
internal static class PointLines
{
    /// <exception cref="ArgumentException">A field is of a type that has no form in line protocol.</exception>
    public static void Append(LineBuffer lines, IEnumerable<DataPoint> points)
    {
        foreach (var point in points.Where(p => p.Fields.Count > 0))
        {
            var tags = new StringBuilder(point.Measurement);
            foreach (var (name, value) in point.Tags.Where(t => t.Value.Length > 0).OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                TagText.AppendTag(tags, name, TagText.Encode(value));
            }

            lines.Append(Encoding.UTF8.GetBytes(tags.Append(' ').ToString()));
            AppendFields(lines, point);
            lines.Append((byte)' ');
            lines.AppendNumber(point.Time.ToUnixTimeMilliseconds());
            lines.EndLine();
        }
    }

    private static void AppendFields(LineBuffer lines, DataPoint point)
    {
        var separator = "";
        foreach (var (name, value) in point.Fields)
        {
            lines.Append(Encoding.UTF8.GetBytes($"{separator}{name}="));
            separator = ",";
            switch (value)
            {
                case double number:
                    lines.AppendFloat(number);
                    break;
                case long count:
                    lines.AppendInteger(count);
                    break;
                case string text:
                    // A string field may not have a line's end, whatever server it is.
                    lines.AppendText(text.ReplaceLineEndings(" "));
                    break;
                default:
                    throw new ArgumentException(
                        $"Field {name} of {point.Measurement} is a {value.GetType().Name}; give a double, a long or a string.");
            }
        }
    }
}
