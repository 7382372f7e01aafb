namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>The fields of a point; what is not known is left out.</summary>
internal sealed class FieldList
{
    private readonly List<(string Name, object Value)> _fields = [];

    public IReadOnlyList<(string Name, object Value)> All => _fields;

    public FieldList Number(string name, double value)
    {
        if (double.IsFinite(value))
        {
            _fields.Add((name, value));
        }

        return this;
    }

    public FieldList Count(string name, long value)
    {
        _fields.Add((name, value));
        return this;
    }

    public FieldList Flag(string name, bool value)
    {
        // A number, because a panel cannot draw a boolean.
        _fields.Add((name, value ? 1L : 0L));
        return this;
    }

    public FieldList Text(string name, string value)
    {
        if (value.Length > 0)
        {
            _fields.Add((name, value));
        }

        return this;
    }
}
