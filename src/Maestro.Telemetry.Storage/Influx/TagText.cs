using System.Globalization;
using System.Text;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// The text of a tag's value. Line protocol has no way to write a backslash before a delimiter or at the end of a value,
/// nor a control character, so these are stored as %XX, and the percent sign too; all else is stored as it is.
/// </summary>
internal static class TagText
{
    /// <summary>What is stored for a value.</summary>
    public static string Encode(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (character is '%' or '\\' || char.IsControl(character))
            {
                foreach (var unit in Encoding.UTF8.GetBytes([character]))
                {
                    text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
                }
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    /// <summary>The value of what is stored; a stored text of another writer that is not encoded is itself.</summary>
    public static string Decode(string stored) =>
        stored.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(stored) : stored;

    /// <summary>Adds a tag with its comma, escaped for line protocol.</summary>
    public static void AppendTag(StringBuilder line, string key, string encoded) => line
        .Append(',')
        .Append(key)
        .Append('=')
        .Append(encoded.Replace(",", "\\,").Replace("=", "\\=").Replace(" ", "\\ "));
}
