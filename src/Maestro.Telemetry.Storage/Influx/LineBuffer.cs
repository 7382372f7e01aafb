using System.Buffers.Text;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Lines of line protocol, as the bytes that are sent. Written for many points a second: no text is made of a number,
/// and nothing is allocated once the buffer has its size. Used again after <see cref="Clear"/>.
/// </summary>
internal sealed class LineBuffer
{
    private const int NumberBytes = 40;

    // Values with few decimals are the rule. The quotient of two exact integers is the double nearest to the decimal
    // fraction, which is what the server reads from the text.
    private const double Thousandths = 1000;
    private const double LargestScaled = 1e12;

    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    /// <summary>Complete lines.</summary>
    public int Lines => _ends.Count;

    public void Clear()
    {
        _ends.Clear();
        _length = 0;
    }

    /// <summary>The bytes of some lines, each with its end of line; valid until the buffer is written again.</summary>
    public ReadOnlyMemory<byte> Slice(int first, int count)
    {
        var start = first == 0 ? 0 : _ends[first - 1];
        return _bytes.AsMemory(start, _ends[first + count - 1] - start);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Append(byte character)
    {
        Room(1)[0] = character;
        _length++;
    }

    /// <summary>A float field's value, read back as the very same double.</summary>
    public void AppendFloat(double value)
    {
        var destination = Room(NumberBytes);
        var scaled = Math.Round(value * Thousandths);
        if (Math.Abs(scaled) < LargestScaled && scaled / Thousandths == value && !IsNegativeZero(value))
        {
            _length += WriteThousandths((long)scaled, destination);
            return;
        }

        Utf8Formatter.TryFormat(value, destination, out var written);
        _length += written;
    }

    /// <summary>An integer field's value.</summary>
    public void AppendInteger(long value)
    {
        AppendNumber(value);
        Append((byte)'i');
    }

    /// <summary>Digits without a type, as a timestamp has them.</summary>
    public void AppendNumber(long value)
    {
        Utf8Formatter.TryFormat(value, Room(NumberBytes), out var written);
        _length += written;
    }

    /// <summary>A string field's value in its quotes.</summary>
    public void AppendText(string text)
    {
        Append((byte)'"');
        Append(System.Text.Encoding.UTF8.GetBytes(text.Replace("\\", "\\\\").Replace("\"", "\\\"")));
        Append((byte)'"');
    }

    public void EndLine()
    {
        Append((byte)'\n');
        _ends.Add(_length);
    }

    private static bool IsNegativeZero(double value) => value == 0 && double.IsNegative(value);

    private static int WriteThousandths(long thousandths, Span<byte> destination)
    {
        var at = 0;
        if (thousandths < 0)
        {
            destination[at++] = (byte)'-';
            thousandths = -thousandths;
        }

        var (whole, rest) = Math.DivRem(thousandths, 1000);
        Utf8Formatter.TryFormat(whole, destination[at..], out var written);
        at += written;
        if (rest == 0)
        {
            return at;
        }

        destination[at++] = (byte)'.';
        destination[at++] = (byte)('0' + (rest / 100));
        if (rest % 100 != 0)
        {
            destination[at++] = (byte)('0' + (rest / 10 % 10));
            if (rest % 10 != 0)
            {
                destination[at++] = (byte)('0' + (rest % 10));
            }
        }

        return at;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
