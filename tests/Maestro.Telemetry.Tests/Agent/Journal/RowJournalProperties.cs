using FsCheck;
using FsCheck.Fluent;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class RowJournalProperties
{
    private static readonly Gen<(string Kind, int Size)[]> Scripts = Gen.ArrayOf(
        from kind in Gen.Frequency(
            (8, Gen.Constant("add")), (6, Gen.Constant("send")), (6, Gen.Constant("acknowledge")),
            (2, Gen.Constant("sync")), (3, Gen.Constant("kill")), (1, Gen.Constant("restart")))
        from size in Gen.Choose(0, 1_200)
        select (kind, size));

    [Fact]
    public void NothingUnacknowledgedIsLost_AndNothingDoneIsKept_WhereverTheProcessIsKilled()
    {
        Prop.ForAll(Scripts.ToArbitrary(), script =>
        {
            using var model = new Model();
            foreach (var (kind, size) in script)
            {
                model.Step(kind, size);
            }

            model.End();
        }).QuickCheckThrowOnFailure();
    }

    private sealed class Model : IDisposable
    {
        private JournalHarness _agent = new(new MemoryDisk(), capacity: 4_000);

        // Rows taken that no collector has acknowledged, in order; those of the last write may be cut off by a kill.
        private readonly List<long> _owed = [];
        private int _inLastWrite;
        private int _next;

        public void Step(string kind, int size)
        {
            switch (kind)
            {
                case "add":
                    Add(size);
                    break;
                case "send":
                    _agent.Send();
                    break;
                case "acknowledge":
                    _owed.RemoveRange(0, (int)_agent.Acknowledge(size % 64));
                    break;
                case "sync":
                    _agent.Time.Advance(TimeSpan.FromSeconds(1));
                    CheckFiles();
                    break;
                case "kill":
                    Kill(size);
                    break;
                default:
                    Restart();
                    break;
            }
        }

        public void Dispose() => _agent.Stop();

        public void End()
        {
            Restart();
            var drained = _agent.Drain();
            _agent.Time.Advance(TimeSpan.FromSeconds(1));

            Assert.Equal(_owed, drained);
            Assert.InRange(_agent.Disk.List().Count, 0, 1);
            _owed.Clear();
            Restart();
            Assert.Empty(_agent.Disk.List());
        }

        private void Add(int rows)
        {
            var taken = _agent.Add(_next, rows);
            _owed.AddRange(Enumerable.Range(_next, taken).Select(n => (long)n));
            _inLastWrite = taken > 0 ? taken : _inLastWrite;
            _next += rows;
        }

        /// <summary>What was acknowledged and not written down yet may come again; it comes first.</summary>
        private void Kill(int cut)
        {
            _agent = new(_agent.Disk.Image(cut), capacity: 4_000);
            var certain = cut == 0 ? _owed : _owed[..Math.Max(0, _owed.Count - _inLastWrite)];
            var restored = Restored();
            var again = restored.TakeWhile(row => _owed.Count == 0 || row < _owed[0]).Count();
            var owed = restored[again..];

            Assert.Equal(restored.Order().Distinct(), restored);
            Assert.Equal(owed, _owed[..owed.Count]);
            Assert.True(owed.Count >= certain.Count, $"{certain.Count - owed.Count} rows are lost.");
            _owed.Clear();
            _owed.AddRange(restored);
            _inLastWrite = 0;
        }

        private void Restart()
        {
            // A stop has nothing that is still to be sent acknowledged, and writes down what is done.
            _agent.Stop();
            _agent = new(_agent.Disk.Image(), capacity: 4_000);
            Assert.Equal(_owed, Restored());
            _inLastWrite = 0;
        }

        private List<long> Restored() =>
            [.. new JournalHarness(_agent.Disk.Image(), capacity: 4_000).Drain()];

        private void CheckFiles() => Assert.InRange(
            _agent.Disk.Bytes, 0, (_owed.Count * 32L) + (_owed.Count / 5) + (3 * 65_600));
    }
}
