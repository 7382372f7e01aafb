using System.Buffers.Binary;
using System.Text;
using Maestro.Telemetry.Protocol;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>
/// Two files that take turns: while one is written, the rows of the other settle, and then it is emptied. A record is
/// its length, its CRC-32C and its bytes; a torn record ends its file.
/// </summary>
internal sealed class PartsJournal : IPartsJournal, IDisposable
{
    private const int Generations = 2;
    private const int HeadBytes = 8;
    private const int MaxRecordBytes = 16 * 1_024 * 1_024;
    private const long TurnBytes = 8L * 1_024 * 1_024;

    private readonly FileStream[] _files;
    private readonly int[] _unsettled = new int[Generations];
    private int _current;

    private PartsJournal(FileStream[] files) => _files = files;

    /// <summary>
    /// Opens the journal of a directory. What it kept from before is of generation 0, a row by each record; the caller
    /// settles each.
    /// </summary>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    public static PartsJournal Open(string directory, out IReadOnlyList<IReadOnlyList<HeldPart>> kept)
    {
        OwnFile.EnsureDirectory(directory);
        var paths = Enumerable.Range(0, Generations).Select(i => PathOf(directory, i)).ToArray();
        kept = [.. paths.SelectMany(ReadFile)];

        // All in one file before the other is emptied: a crash on the way leaves records twice, which is no harm.
        var renewed = paths[0] + ".new";
        using (var file = OpenFile(renewed))
        {
            file.SetLength(0);
            foreach (var parts in kept)
            {
                file.Write(Encode(parts));
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(renewed, paths[0], overwrite: true);
        var journal = new PartsJournal([.. paths.Select(OpenFile)]);
        journal._files[1].SetLength(0);
        journal._unsettled[0] = kept.Count;
        return journal;
    }

    public int Append(IReadOnlyList<IReadOnlyList<HeldPart>> rows)
    {
        TakeTurn();
        var file = _files[_current];
        var before = file.Length;
        try
        {
            file.Position = before;
            foreach (var parts in rows)
            {
                file.Write(Encode(parts));
            }

            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Half a record would hide those that come after it, and whole ones would be kept for nobody.
            file.SetLength(before);
            throw;
        }

        _unsettled[_current] += rows.Count;
        return _current;
    }

    public void Settle(int generation) => _unsettled[generation]--;

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static string PathOf(string directory, int generation) =>
        Path.Combine(directory, FormattableString.Invariant($"receiver-parts-{generation}.log"));

    private static FileStream OpenFile(string path) => OwnFile.Open(path, FileMode.OpenOrCreate, FileShare.None);

    private static List<IReadOnlyList<HeldPart>> ReadFile(string path)
    {
        using var file = OpenFile(path);
        return [.. ReadAll(file)];
    }

    private void TakeTurn()
    {
        if (_unsettled[_current] == 0 && _files[_current].Length > 0)
        {
            _files[_current].SetLength(0);
        }

        var other = (_current + 1) % Generations;
        if (_files[_current].Length > TurnBytes && _unsettled[other] == 0)
        {
            _current = other;
            _files[other].SetLength(0);
        }
    }

    private static byte[] Encode(IReadOnlyList<HeldPart> parts)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(0L);
        foreach (var part in parts)
        {
            writer.Write(part.Serial.Value);
            writer.Write(part.TimeMs);
            writer.Write(part.Metric);
            writer.Write((byte)part.Target);
            writer.Write(part.Core.Number);
            writer.Write((byte)part.Core.Type);
            writer.Write(part.Part);
            writer.Write(part.Value);
        }

        var record = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), Checksum.Of(record.AsSpan(HeadBytes)));
        return record;
    }

    private static IEnumerable<IReadOnlyList<HeldPart>> ReadAll(FileStream file)
    {
        var head = new byte[HeadBytes];
        while (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length is < 0 or > MaxRecordBytes || length > file.Length - file.Position)
            {
                yield break;
            }

            var record = new byte[length];
            file.ReadExactly(record);
            if (Checksum.Of(record) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)))
            {
                yield break;
            }

            yield return Decode(record);
        }
    }

    private static List<HeldPart> Decode(byte[] record)
    {
        var parts = new List<HeldPart>();
        using var reader = new BinaryReader(new MemoryStream(record), Encoding.UTF8);
        while (reader.BaseStream.Position < record.Length)
        {
            parts.Add(new HeldPart(
                new(reader.ReadString()),
                reader.ReadInt64(),
                reader.ReadString(),
                (MetricTarget)reader.ReadByte(),
                new CoreId(reader.ReadInt32(), (CoreType)reader.ReadByte()),
                reader.ReadString(),
                reader.ReadDouble()));
        }

        return parts;
    }
}
