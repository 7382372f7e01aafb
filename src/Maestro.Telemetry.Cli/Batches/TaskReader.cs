using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Maestro.Telemetry.Forecasting.Batch;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>Reads tasks, one a line, holding one line at a time. Empty lines are passed over.</summary>
internal sealed class TaskReader(Stream stream)
{
    /// <summary>A line longer than this is refused, so that a file without line ends does not fill the memory.</summary>
    private const int LongestLine = 64 << 20;

    private long _line;
    private bool _skipping;

    /// <summary>Bytes read so far; for progress.</summary>
    public long Position { get; private set; }

    public async IAsyncEnumerable<BatchSeries> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new(bufferSize: 1 << 16, leaveOpen: true));
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (Next(ref buffer, result.IsCompleted) is var (line, found) && found)
            {
                if (line is not null)
                {
                    yield return line;
                }
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                await reader.CompleteAsync();
                yield break;
            }
        }
    }

    /// <summary>The next line, if the buffer holds one; no task when the line is empty.</summary>
    private (BatchSeries? Task, bool Found) Next(ref ReadOnlySequence<byte> buffer, bool last)
    {
        var end = buffer.PositionOf((byte)'\n');
        if (end is null && buffer.Length > LongestLine)
        {
            return (Skip(ref buffer), true);
        }

        if (end is null && (!last || buffer.IsEmpty))
        {
            return (null, false);
        }

        var line = end is { } at ? buffer.Slice(0, at) : buffer;
        buffer = end is { } after ? buffer.Slice(buffer.GetPosition(1, after)) : buffer.Slice(buffer.End);
        Position += line.Length + (end is null ? 0 : 1);
        if (_skipping)
        {
            _skipping = end is null;
            return (null, true);
        }

        _line++;
        return (IsBlank(line) ? null : ForecastTask.Parse(WithoutMark(line), _line), true);
    }

    /// <summary>Drops what there is of a line that is too long; it is told of once.</summary>
    private BatchSeries? Skip(ref ReadOnlySequence<byte> buffer)
    {
        Position += buffer.Length;
        buffer = buffer.Slice(buffer.End);
        if (_skipping)
        {
            return null;
        }

        _skipping = true;
        _line++;
        return new(string.Empty, null, string.Create(
            CultureInfo.InvariantCulture,
            $"line {_line}: it is longer than {LongestLine >> 20} MiB; write one task a line."));
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        return _line == 1 && reader.IsNext("\uFEFF"u8, advancePast: true) ? reader.UnreadSequence : line;
    }
}
