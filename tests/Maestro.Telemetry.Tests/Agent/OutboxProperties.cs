using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class OutboxProperties
{
    private const int Columns = 2;

    /// <summary>What may happen to an outbox, by kind, with a number that says how much.</summary>
    private static readonly Gen<(string Kind, int Size)[]> Scripts = Gen.ArrayOf(
        from kind in Gen.Frequency(
            (6, Gen.Constant("enqueue")), (6, Gen.Constant("send")), (4, Gen.Constant("acknowledge")),
            (2, Gen.Constant("refuse")), (2, Gen.Constant("break")), (1, Gen.Constant("flow")),
            (2, Gen.Constant("linger")), (1, Gen.Constant("flush")))
        from size in Gen.Choose(0, 25)
        select (kind, size));

    [Fact]
    public void EachRow_IsAcknowledgedOrRefusedOrInTheOutbox_WhateverHappens()
    {
        Prop.ForAll(Scripts.ToArbitrary(), script =>
        {
            var model = new Model();
            foreach (var (kind, size) in script)
            {
                model.Step(kind, size);
                model.CheckAccounts();
            }

            model.Drain();
        }).QuickCheckThrowOnFailure();
    }

    private sealed class Model
    {
        private readonly Outbox _outbox = new(
            new() { BatchRows = 7, MaxOutboxRows = 60, MaxWindowBatches = 5 }, Columns, lastSequence: 1_000);

        // What the collector saw last of each row, by sequence number; a number always stands for the same rows.
        private readonly SortedDictionary<ulong, double[]> _seen = [];
        private readonly List<ulong> _onThisStream = [];
        private readonly HashSet<ulong> _done = [];
        private readonly HashSet<double> _refused = [];
        private int _limit = 7;
        private bool _renumbered;
        private int _offered;
        private int _taken;
        private ulong _acknowledged = 1_000;

        public void Step(string kind, int size)
        {
            switch (kind)
            {
                case "enqueue":
                    Enqueue(size);
                    break;
                case "send":
                    Send(size);
                    break;
                case "acknowledge" or "refuse":
                    Acknowledge(size, refuse: kind == "refuse");
                    break;
                case "break":
                    _outbox.Rewind();
                    _onThisStream.Clear();
                    break;
                case "flow":
                    _outbox.Apply(new() { WindowBatches = (uint)(size % 4), MaxBatchRows = (uint)(size % 9) });
                    _limit = size % 9 == 0 ? 7 : Math.Min(7, size % 9);
                    break;
                case "linger":
                    _outbox.Linger();
                    break;
                default:
                    Assert.Equal(_outbox.IsEmpty, _outbox.WaitForFlushAsync().IsCompleted);
                    break;
            }
        }

        public void CheckAccounts()
        {
            var counters = _outbox.Snapshot(reconnects: 0);
            Assert.Equal(_offered, counters.Enqueued + counters.RefusedByOutbox);
            Assert.Equal(
                counters.Enqueued, counters.Acknowledged + counters.RefusedByCollector + counters.Waiting);
            Assert.Equal(_refused.Count, counters.RefusedByCollector);
            Assert.Equal(counters.RefusedByCollector, counters.RefusedByReason.Values.Sum());
            Assert.InRange(counters.Waiting, 0, 60);
            Assert.Equal(
                _onThisStream.Where(s => s > _acknowledged).Sum(s => _seen[s].Length), counters.InFlight);
        }

        /// <summary>
        /// A collector that takes everything: each row that was taken has then been seen exactly once.
        /// </summary>
        public void Drain()
        {
            _outbox.Close();
            _outbox.Rewind();
            _onThisStream.Clear();
            for (var round = 0; !_outbox.IsEmpty; round++)
            {
                Assert.True(round < 10_000, "There are rows in the outbox that it does not send.");
                Send(1);
                Acknowledge(1, refuse: false);
                CheckAccounts();
            }

            Assert.Equal(Enumerable.Range(0, _taken).Select(i => (double)i), _seen.Values.SelectMany(v => v));
            Assert.True(
                _renumbered || Enumerable.Range(1_001, _seen.Count).Select(i => (ulong)i).SequenceEqual(_seen.Keys));
        }

        private void Enqueue(int rows)
        {
            // The first value of a row is its number among those taken.
            var values = Enumerable.Range(_taken, rows).SelectMany(i => new double[] { i, 0 }).ToArray();
            var taken = _outbox.Add(new long[rows], values).Rows;
            _outbox.CountNotTaken(rows - taken);
            _offered += rows;
            _taken += taken;
        }

        private void Send(int batches)
        {
            for (var i = 0; i < batches && _outbox.TryTake(out var request); i++)
            {
                var batch = request.Batch;
                Assert.Equal(batch.TimestampsUnixMs.Count * Columns, batch.Values.Count);
                Assert.InRange(batch.TimestampsUnixMs.Count, 1, _limit);
                Assert.True(_onThisStream.Count == 0 || batch.Sequence > _onThisStream[^1]);
                var rows = batch.Values.Where((_, at) => at % Columns == 0).ToArray();
                Assert.True(!_seen.TryGetValue(batch.Sequence, out var before) || before.SequenceEqual(rows));
                ForgetParted(batch.Sequence, rows);
                _seen[batch.Sequence] = rows;
                _onThisStream.Add(batch.Sequence);
            }
        }

        /// <summary>Rows that come under another number were never acknowledged, nor sent on this stream before.</summary>
        private void ForgetParted(ulong sequence, double[] rows)
        {
            foreach (var parted in _seen.Where(s => s.Key != sequence && s.Value.Intersect(rows).Any()).ToArray())
            {
                Assert.True(parted.Key < sequence);
                Assert.DoesNotContain(parted.Key, _done);
                Assert.DoesNotContain(parted.Key, _onThisStream);
                _seen.Remove(parted.Key);
                _renumbered = true;
            }
        }

        private void Acknowledge(int size, bool refuse)
        {
            var open = _onThisStream.Where(s => s > _acknowledged).ToArray();
            if (open.Length == 0)
            {
                return;
            }

            var upTo = open[Math.Min(size, open.Length - 1)];
            var acknowledgement = new Acknowledgement { UpToSequence = upTo };
            if (refuse)
            {
                // Two reasons for one row, a row that does not exist, and a whole batch now and then.
                var row = (uint)(size % _seen[upTo].Length);
                acknowledgement.Refusals.Add(
                    new Refusal { Sequence = upTo, Rows = { row, 400 }, Reason = RefusalReason.TooNew });
                acknowledgement.Refusals.Add(
                    new Refusal { Sequence = upTo, Rows = { row }, Reason = (RefusalReason)77 });
                _refused.Add(_seen[upTo][row]);
                if (size % 3 == 0)
                {
                    acknowledgement.Refusals.Add(new Refusal { Sequence = upTo, Reason = RefusalReason.Shape });
                    _refused.UnionWith(_seen[upTo]);
                }
            }

            _outbox.Acknowledge(acknowledgement);
            _acknowledged = upTo;
            _done.UnionWith(_onThisStream.Where(s => s <= upTo));
        }
    }
}
