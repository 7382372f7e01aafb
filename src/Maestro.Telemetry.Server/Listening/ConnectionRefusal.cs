using System.Buffers.Binary;
using System.Text;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>What a connection that is over a limit is told before it is closed, in its own protocol.</summary>
internal static class ConnectionRefusal
{
    private const int FrameHeadBytes = 9;
    private const byte SettingsFrame = 4;
    private const byte GoAwayFrame = 7;
    private const int EnhanceYourCalm = 0xB;

    /// <summary>An answer over HTTP/1.1.</summary>
    public static byte[] Http1(string sentence) => Encoding.ASCII.GetBytes(FormattableString.Invariant(
        $"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Type: text/plain\r\nContent-Length: {sentence.Length}\r\n\r\n{sentence}"));

    /// <summary>The server's preface of HTTP/2, and the frame that ends a connection (RFC 9113, 6.8).</summary>
    public static byte[] Http2(string sentence)
    {
        var text = Encoding.ASCII.GetBytes(sentence);
        var bytes = new byte[FrameHeadBytes + FrameHeadBytes + sizeof(int) + sizeof(int) + text.Length];
        bytes[3] = SettingsFrame;
        var goAway = bytes.AsSpan(FrameHeadBytes);
        BinaryPrimitives.WriteUInt16BigEndian(goAway[1..], (ushort)(sizeof(int) + sizeof(int) + text.Length));
        goAway[3] = GoAwayFrame;
        BinaryPrimitives.WriteInt32BigEndian(goAway[(FrameHeadBytes + sizeof(int))..], EnhanceYourCalm);
        text.CopyTo(goAway[(FrameHeadBytes + sizeof(int) + sizeof(int))..]);
        return bytes;
    }
}
