using System.Collections.Concurrent;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>
/// The series that were seen, by the bytes that their senders write them with: labels are read once, not with each
/// point. Bounded: when it is full it is emptied, and fills with what is still sent.
/// </summary>
internal sealed class SeriesCatalogue
{
    private const int MaxKeyBytes = 16 * 1_024;
    private const long MaxBytes = 64L * 1_024 * 1_024;

    // Beside its key, what an entry takes: dictionary node, array, series.
    private const int EntryBytes = 200;
    private const int MaxMembers = 50_000;

    private readonly SeriesMapper _mapper;
    private readonly ConcurrentDictionary<byte[], KnownSeries> _series = new(ByteArrayComparer.Instance);
    private readonly ConcurrentDictionary<byte[], KnownSeries>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly ConcurrentDictionary<MemberIdentity, KnownMember> _members = [];
    private readonly Func<MemberIdentity, KnownMember> _memberOf;
    private long _bytes;

    public SeriesCatalogue(SeriesMapper mapper)
    {
        _mapper = mapper;
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<byte>>();
        _memberOf = MemberOf;
    }

    public int Count => _series.Count;

    public KnownSeries? Find(ReadOnlySpan<byte> key) => _lookup.TryGetValue(key, out var series) ? series : null;

    public KnownSeries Describe(ReadOnlySpan<byte> key, SeriesDescription description)
    {
        var series = _mapper.Map(description, _memberOf);
        if (key.Length > MaxKeyBytes)
        {
            return series;
        }

        if (Interlocked.Add(ref _bytes, key.Length + EntryBytes) > MaxBytes)
        {
            _series.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }

        _lookup[key] = series;
        return series;
    }

    private KnownMember MemberOf(MemberIdentity identity)
    {
        if (_members.Count > MaxMembers)
        {
            _members.Clear();
        }

        return _members.GetOrAdd(identity, static i => new KnownMember(i));
    }
}
