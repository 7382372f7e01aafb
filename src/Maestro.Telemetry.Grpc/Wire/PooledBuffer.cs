using System.Buffers;

namespace Grpc.Net.Wire;

/// <summary>A growing buffer on rented memory, contiguous, so that a whole frame leaves in one write.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    // What is kept between the messages of a stream; a rare huge one shall not stay in memory.
    private const int MaxKept = 256 * 1024;
    private const int FirstSize = 1024;

    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public Span<byte> WrittenSpan => _array.AsSpan(0, Length);

    public void Reset()
    {
        Length = 0;
        if (_array.Length > MaxKept)
        {
            Dispose();
        }
    }

    public void Reserve(int size) => Grow(size);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _array.AsSpan(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = [];
        Length = 0;
    }

    private void Grow(int size)
    {
        var needed = checked(Length + Math.Max(size, 1));
        if (needed <= _array.Length)
        {
            return;
        }

        var doubled = (int)Math.Min(Array.MaxLength, 2L * _array.Length);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, doubled), FirstSize));
        WrittenSpan.CopyTo(larger);
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
