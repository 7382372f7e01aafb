using System.Buffers;
using System.IO.Compression;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Reads the body of an HTTP request, decompressed, within a limit and the budget of all requests.</summary>
internal sealed class RequestBody(ByteBudget budget) : IDisposable
{
    private const int FirstChunk = 16 * 1_024;

    private byte[] _bytes = [];
    private long _budgeted;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Reads all of it; false when the budget of all requests is used up.</summary>
    /// <exception cref="RequestTooLargeException">It is above the limit, after decompression.</exception>
    /// <exception cref="MalformedRequestException">It is no gzip though it says so.</exception>
    public async Task<bool> TryReadAsync(
        Stream body, bool isGzip, int limit, CancellationToken cancellationToken)
    {
        if (!isGzip)
        {
            return await ReadAllAsync(body, limit, cancellationToken);
        }

        try
        {
            await using var inflated = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
            return await ReadAllAsync(inflated, limit, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new MalformedRequestException("The body is no gzip although Content-Encoding says so.");
        }
    }

    /// <summary>More bytes for the same request; false when the budget of all requests is used up.</summary>
    public bool TryBudget(long bytes)
    {
        if (!budget.TryTake(bytes))
        {
            return false;
        }

        _budgeted += bytes;
        return true;
    }

    public void Dispose()
    {
        budget.Return(_budgeted);
        _budgeted = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private async Task<bool> ReadAllAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Length == _bytes.Length && !TryGrow(limit))
            {
                return false;
            }

            var read = await stream.ReadAsync(_bytes.AsMemory(Length), cancellationToken);
            if (read == 0)
            {
                return true;
            }

            Length += read;
            if (Length > limit)
            {
                throw new RequestTooLargeException(FormattableString.Invariant(
                    $"The body has more than {limit} bytes, which Maestro:Receivers:MaxRequestBytes allows; send less in one request."));
            }
        }
    }

    private bool TryGrow(int limit)
    {
        var length = (int)Math.Min(Math.Max(FirstChunk, _bytes.Length * 2L), limit + 1L);
        if (!TryBudget(length - _bytes.Length))
        {
            return false;
        }

        var grown = ArrayPool<byte>.Shared.Rent(length);
        Bytes.Span.CopyTo(grown);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = grown;
        return true;
    }
}
