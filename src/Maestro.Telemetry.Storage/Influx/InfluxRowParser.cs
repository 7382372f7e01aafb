using System.Text.Json;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Takes rows out of the chunks of an answer, which are JSON documents one after the other, as their bytes come in. Never
/// holds more than the bytes of one read and their rows.
/// </summary>
internal sealed class InfluxRowParser
{
    private readonly List<InfluxCell> _cells = [];
    private readonly List<(InfluxSeries Series, int FirstCell)> _rows = [];
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true });
    private InfluxSeries? _series;
    private string?[] _lastTexts = [];
    private Part _part;
    private string _tagName = "";
    private int _statement;
    private int _column;
    private bool _inValues;

    private enum Part
    {
        Elsewhere,
        Statement,
        Name,
        Error,
        Tags,
        Columns,
        Values,
        Row,
    }

    /// <summary>Complete rows of the last bytes.</summary>
    public int Rows => _rows.Count;

    /// <summary>What the server says is wrong; null when nothing is.</summary>
    public string? Error { get; private set; }

    public InfluxSeries Series(int row) => _rows[row].Series;

    public InfluxCell Cell(int row, int column) => column < 0 ? InfluxCell.Null : _cells[_rows[row].FirstCell + column];

    /// <summary>Reads what is complete and gives the bytes used. The rows of the bytes before are forgotten.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public int Parse(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var unfinished = _part == Part.Row ? _cells[_rows[^1].FirstCell..] : [];
        var current = _series;
        _cells.Clear();
        _rows.Clear();
        if (_part == Part.Row)
        {
            _rows.Add((current!, 0));
            _cells.AddRange(unfinished);
        }

        var reader = new Utf8JsonReader(bytes, isLast, _state);
        while (reader.Read())
        {
            Take(ref reader);
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    /// <summary>Whether the last row is still being read and belongs to the next bytes.</summary>
    public bool IsLastUnfinished => _part == Part.Row;

    private void Take(ref Utf8JsonReader reader)
    {
        switch (_part)
        {
            case Part.Row:
                TakeCell(ref reader);
                break;
            case Part.Values:
                TakeRow(reader.TokenType);
                break;
            case Part.Columns:
                TakeColumn(ref reader);
                break;
            case Part.Tags:
                TakeTag(ref reader);
                break;
            case Part.Statement:
                _statement = reader.GetInt32();
                _part = Part.Elsewhere;
                break;
            case Part.Name:
                _part = Part.Elsewhere;
                break;
            case Part.Error:
                Error ??= reader.GetString();
                _part = Part.Elsewhere;
                break;
            default:
                _part = reader.TokenType == JsonTokenType.PropertyName ? PartOf(ref reader) : Part.Elsewhere;
                break;
        }
    }

    private Part PartOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("statement_id"))
        {
            return Part.Statement;
        }

        if (reader.ValueTextEquals("name"))
        {
            _tags.Clear();
            return Part.Name;
        }

        return reader.ValueTextEquals("error") ? Part.Error
            : reader.ValueTextEquals("tags") ? Part.Tags
            : reader.ValueTextEquals("columns") ? Part.Columns
            : reader.ValueTextEquals("values") ? Part.Values
            : Part.Elsewhere;
    }

    private void TakeTag(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _tagName = reader.GetString()!;
                break;
            case JsonTokenType.String:
                _tags[_tagName] = reader.GetString()!;
                break;
            case JsonTokenType.EndObject:
                _part = Part.Elsewhere;
                break;
        }
    }

    private void TakeColumn(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                _columns.Clear();
                break;
            case JsonTokenType.String:
                _columns.Add(reader.GetString()!);
                break;
            case JsonTokenType.EndArray:
                _series = new InfluxSeries(
                    _statement, new Dictionary<string, string>(_tags, StringComparer.Ordinal), [.. _columns]);
                _lastTexts = new string?[_columns.Count];
                _part = Part.Elsewhere;
                break;
        }
    }

    private void TakeRow(JsonTokenType token)
    {
        if (token == JsonTokenType.EndArray)
        {
            _part = Part.Elsewhere;
        }
        else if (token == JsonTokenType.StartArray && _inValues)
        {
            _rows.Add((_series ?? throw new JsonException("An answer has values before its columns."), _cells.Count));
            _column = 0;
            _part = Part.Row;
            return;
        }

        _inValues = token == JsonTokenType.StartArray;
    }

    private void TakeCell(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            if (_column != _series!.Columns.Count)
            {
                throw new JsonException("An answer has a row with more or fewer values than columns.");
            }

            _part = Part.Values;
            return;
        }

        if (_column == _series!.Columns.Count)
        {
            throw new JsonException("An answer has a row with more values than columns.");
        }

        _cells.Add(reader.TokenType switch
        {
            JsonTokenType.Number => Number(ref reader),
            JsonTokenType.String => new InfluxCell(double.NaN, 0, Text(ref reader, _column)),
            JsonTokenType.True => new InfluxCell(1, 1, null),
            JsonTokenType.False => new InfluxCell(0, 0, null),
            _ => InfluxCell.Null,
        });
        _column++;
    }

    // A tag's value is the same in row after row; the text of the row before serves again.
    private string Text(ref Utf8JsonReader reader, int column) =>
        _lastTexts[column] is { } last && reader.ValueTextEquals(last)
            ? last
            : _lastTexts[column] = reader.GetString()!;

    private static InfluxCell Number(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var integer)
            ? new InfluxCell(integer, integer, null)
            : new InfluxCell(reader.GetDouble(), 0, null);
}
