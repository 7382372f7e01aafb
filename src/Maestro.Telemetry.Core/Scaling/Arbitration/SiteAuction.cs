using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>
/// Shares the SGMs of a site between the groups that are short: exactly, by dynamic programming over the groups and
/// what is left of each kind of SGM. Of allocations that cost the same the first group in order gets most.
/// </summary>
internal static class SiteAuction
{
    /// <summary>The allocation that costs least, by bidder.</summary>
    /// <param name="bidders">Groups that are short, in order.</param>
    /// <param name="kinds">The free SGMs.</param>
    /// <param name="mayMix">Whether SGMs of two kinds may both be given to one group; the last is that of a donation.</param>
    /// <param name="donations">SGMs that other groups can give; at most one of them is used in a cycle.</param>
    public static ImmutableArray<Award> Solve(
        IReadOnlyList<Bidder> bidders,
        IReadOnlyList<SgmKind> kinds,
        Func<int, int, bool> mayMix,
        IReadOnlyList<Donation> donations)
    {
        var classes = Classes(bidders, donations);
        var best = new Table(bidders, kinds, mayMix, classes, null).Solve();
        for (var index = 0; index < donations.Count; index++)
        {
            var given = donations[index];
            var table = new Table(bidders, kinds, mayMix, classes, given);
            var (loss, awards) = table.Solve();
            loss = loss.PlusShortage(classes[given.Priority], given.Shortage);
            if (awards.Any(a => a.Donation is not null) && loss.CompareTo(best.Loss) < 0)
            {
                best = (loss, [.. awards.Select(a => a.Donation is null ? a : a with { Donation = index })]);
            }
        }

        return best.Awards;
    }

    private static Dictionary<int, int> Classes(IReadOnlyList<Bidder> bidders, IReadOnlyList<Donation> donations) =>
        bidders.Select(b => b.Priority).Concat(donations.Select(d => d.Priority)).Distinct().Order()
            .Select((priority, place) => (priority, place))
            .ToDictionary(c => c.priority, c => c.place);

    /// <summary>One problem: with one donation that must be used, or without.</summary>
    private sealed class Table
    {
        private readonly IReadOnlyList<Bidder> _bidders;
        private readonly IReadOnlyList<SgmKind> _kinds;
        private readonly Dictionary<int, int> _classes;
        private readonly Donation? _donation;
        private readonly int[] _strides;
        private readonly int _states;
        private readonly ImmutableArray<ImmutableArray<(Award Award, Loss Loss, int Taken)>> _options;

        public Table(
            IReadOnlyList<Bidder> bidders,
            IReadOnlyList<SgmKind> kinds,
            Func<int, int, bool> mayMix,
            Dictionary<int, int> classes,
            Donation? donation)
        {
            (_bidders, _kinds, _classes, _donation) = (bidders, kinds, classes, donation);

            // A state is what is left of each kind, in mixed radix; the donation is the lowest digit.
            _strides = new int[kinds.Count];
            _states = 2;
            for (var k = 0; k < kinds.Count; k++)
            {
                _strides[k] = _states;
                _states *= kinds[k].Count + 1;
            }

            _options = [.. Enumerable.Range(0, bidders.Count).Select(b => Options(b, mayMix))];
        }

        public (Loss Loss, ImmutableArray<Award> Awards) Solve()
        {
            var full = _donation is null ? 0 : 1;
            for (var k = 0; k < _kinds.Count; k++)
            {
                full += _strides[k] * _kinds[k].Count;
            }

            var choice = new int[_bidders.Count, _states];
            var ahead = new Loss[_states];
            Array.Fill(ahead, Loss.None(_classes.Count));
            for (var bidder = _bidders.Count - 1; bidder >= 0; bidder--)
            {
                var now = new Loss[_states];
                for (var state = 0; state < _states; state++)
                {
                    (now[state], choice[bidder, state]) = Best(bidder, state, ahead);
                }

                ahead = now;
            }

            var awards = ImmutableArray.CreateBuilder<Award>(_bidders.Count);
            for (var (bidder, state) = (0, full); bidder < _bidders.Count; bidder++)
            {
                var option = _options[bidder][choice[bidder, state]];
                awards.Add(option.Award);
                state -= option.Taken;
            }

            return (ahead[full], awards.MoveToImmutable());
        }

        private (Loss Loss, int Option) Best(int bidder, int state, Loss[] ahead)
        {
            var best = (Loss: default(Loss), Option: -1);
            for (var i = 0; i < _options[bidder].Length; i++)
            {
                var option = _options[bidder][i];
                if (!IsLeft(state, option.Award))
                {
                    continue;
                }

                var loss = option.Loss.Plus(ahead[state - option.Taken]);
                if (best.Option < 0 || loss.CompareTo(best.Loss) < 0)
                {
                    best = (loss, i);
                }
            }

            return best;
        }

        private bool IsLeft(int state, Award award)
        {
            if (award.Donation is not null && state % 2 == 0)
            {
                return false;
            }

            foreach (var kind in award.Kinds)
            {
                var left = state / _strides[kind] % (_kinds[kind].Count + 1);
                if (left < award.Kinds.Count(k => k == kind))
                {
                    return false;
                }
            }

            return true;
        }

        // Most first, and what a group likes best before the rest: the first of equals is taken.
        private ImmutableArray<(Award, Loss, int)> Options(int bidder, Func<int, int, bool> mayMix)
        {
            // From the heaviest on, so that no SGM is given that the group would not miss, whichever of them it is.
            int[] order = [.. Enumerable.Range(0, _kinds.Count).OrderByDescending(k => _kinds[k].Weight)];
            var found = new List<(ImmutableArray<int> Kinds, bool Given)>();
            Extend([], 0, false);
            return
            [
                .. found
                    .OrderByDescending(o => o.Kinds.Length + (o.Given ? 1 : 0))
                    .ThenBy(o => o.Kinds.Sum(k => _kinds[k].Rank[bidder]))
                    .Select(o => Priced(bidder, o.Kinds, o.Given)),
            ];

            void Extend(ImmutableArray<int> kinds, int from, bool given)
            {
                found.Add((kinds, given));
                var units = kinds.Sum(k => _kinds[k].Weight) + (given ? _donation!.Weight : 0);
                var count = kinds.Length + (given ? 1 : 0);
                if (given || count >= _bidders[bidder].Most || !_bidders[bidder].Wants(count, units))
                {
                    return;
                }

                for (var place = from; place < order.Length; place++)
                {
                    var kind = order[place];
                    if (_kinds[kind].Fits[bidder] && kinds.Count(k => k == kind) < _kinds[kind].Count
                        && kinds.All(k => mayMix(k, kind)))
                    {
                        Extend(kinds.Add(kind), place, false);
                    }
                }

                if (_donation is { } donation && donation.Fits[bidder] && kinds.All(k => mayMix(k, _kinds.Count)))
                {
                    Extend(kinds, from, true);
                }
            }
        }

        private (Award Award, Loss Loss, int Taken) Priced(int bidder, ImmutableArray<int> kinds, bool given)
        {
            var who = _bidders[bidder];
            var units = kinds.Sum(k => _kinds[k].Weight) + (given ? _donation!.Weight : 0);
            var count = kinds.Length + (given ? 1 : 0);
            var loss = Loss.None(_classes.Count)
                .PlusMissingMembers(Math.Max(0, who.MissingMembers - count))
                .PlusShortage(_classes[who.Priority], who.Shortage(units))
                .PlusDisruption((kinds.Length * Loss.AddDisruption) + (given ? Loss.MoveDisruption : 0))
                .PlusUnits(units);
            return (new(kinds, given ? 0 : null), loss, kinds.Sum(k => _strides[k]) + (given ? 1 : 0));
        }
    }
}
