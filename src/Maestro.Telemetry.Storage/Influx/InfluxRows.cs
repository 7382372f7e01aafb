using System.Text.Json;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>The rows of an answer, read from the network as they are asked for.</summary>
internal sealed class InfluxRows(HttpResponseMessage response, Stream stream, InfluxStoreOptions options)
    : IAsyncDisposable
{
    private const int ReadBytes = 64 * 1024;
    private const int LongestTokenBytes = 16 * 1024 * 1024;

    private readonly InfluxRowParser _parser = new();
    private byte[] _bytes = new byte[ReadBytes];
    private int _held;
    private int _row = -1;
    private int _complete;
    private bool _isEnd;

    /// <summary>The series of the row in hand.</summary>
    public InfluxSeries Series => _parser.Series(_row);

    /// <summary>A value of the row in hand; null when the column is below 0.</summary>
    public InfluxCell this[int column] => _parser.Cell(_row, column);

    public InfluxCell this[string column] => this[Series.IndexOf(column)];

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="StoreUnavailableException">The server says that something is wrong, or breaks off.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (++_row >= _complete)
        {
            if (_isEnd)
            {
                return false;
            }

            await FillAsync(cancellationToken);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        response.Dispose();
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_held == _bytes.Length)
            {
                Grow();
            }

            // The client's own timeout ends with the headers.
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bound.CancelAfter(options.Timeout);
            var read = await stream.ReadAsync(_bytes.AsMemory(_held), bound.Token);
            _held += read;
            _isEnd = read == 0;
            Parse();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StoreUnavailableException(
                $"InfluxDB at {options.Url} gave an answer that is not what it documents: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException(
                $"InfluxDB at {options.Url} stopped amid an answer for {options.Timeout.TotalSeconds:F0} s.", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new StoreUnavailableException($"InfluxDB at {options.Url} broke off amid an answer: {e.Message}", e);
        }
    }

    private void Parse()
    {
        if (_isEnd && _held == 0)
        {
            // Between documents the reader has nothing to finish.
            _row = -1;
            _complete = 0;
            return;
        }

        var used = _parser.Parse(_bytes.AsSpan(0, _held), _isEnd);
        _bytes.AsSpan(used, _held - used).CopyTo(_bytes);
        _held -= used;
        _row = -1;
        _complete = _parser.Rows - (_parser.IsLastUnfinished ? 1 : 0);
        if (_parser.Error is { } error)
        {
            throw new StoreUnavailableException($"InfluxDB at {options.Url} refuses a query: {error}");
        }
    }

    private void Grow()
    {
        if (_bytes.Length >= LongestTokenBytes)
        {
            throw new JsonException($"a value is longer than {LongestTokenBytes} bytes.");
        }

        Array.Resize(ref _bytes, _bytes.Length * 2);
    }
}
