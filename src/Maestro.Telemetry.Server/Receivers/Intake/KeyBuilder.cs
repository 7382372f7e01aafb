namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Puts together the parts of a series' key; what is common to many series stays in front.</summary>
internal sealed class KeyBuilder
{
    // Between the parts; no byte of a text in UTF-8.
    private const byte Separator = 0xFF;

    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Key => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> part)
    {
        if (_bytes.Length - Length <= part.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + part.Length + 1));
        }

        part.CopyTo(_bytes.AsSpan(Length));
        Length += part.Length;
        _bytes[Length++] = Separator;
    }

    /// <summary>Forgets what was appended after this length.</summary>
    public void Truncate(int length) => Length = length;
}
