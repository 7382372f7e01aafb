using System.Text.Json;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class DecisionSentencesTests
{
    [Theory]
    [InlineData(ReasonCode.WithinDeadband, "WITHIN_DEADBAND")]
    [InlineData(ReasonCode.NPlusF, "NPLUSF")]
    [InlineData(ReasonCode.GroupMin, "GROUP_MIN")]
    [InlineData(ReasonCode.Stale, "STALE")]
    public void Code_IsTheNameInUpperSnake(ReasonCode reason, string code) =>
        Assert.Equal(code, ReasonCodes.ToCode(reason));

    [Fact]
    public void EveryReason_HasItsOwnCodeAndSentence()
    {
        var reasons = Enum.GetValues<ReasonCode>();

        Assert.Distinct(reasons.Select(ReasonCodes.ToCode));
        Assert.Distinct(reasons.Select(ReasonCodes.Describe));
        Assert.All(reasons, r => Assert.EndsWith(".", ReasonCodes.Describe(r), StringComparison.Ordinal));
    }

    [Fact]
    public void Explanation_TellsTheDecisionItsTermsAndWhatItRestsOn()
    {
        var record = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Decide();

        var sentences = DecisionSentences.Explain(record);

        Assert.Equal(record.Sentence, sentences[0]);
        Assert.Contains(sentences, s => s.StartsWith("Reason POOL_EMPTY: ", StringComparison.Ordinal));
        Assert.Contains(
            "predicted asks for 5.0 units: the forecast 3.40 busy SGMs of CPU work "
            + "(95 % quantile at 11:58 UTC, at 70 % of capacity).",
            sentences);
        Assert.Contains("The newest sample was 5 s old, and 100 % of the ACTIVE members had fresh samples.", sentences);
        Assert.Contains("It follows version 1 of the group's policy.", sentences);
    }

    [Fact]
    public void Explanation_GoesFromTheDecisionToTheRiskToWhatItRestsOn()
    {
        var scene = DecisionRiskTests.Peak(top: 4.2);
        var record = scene.Decide();

        var sentences = DecisionSentences.Explain(record).ToList();

        int[] places =
        [
            sentences.IndexOf(record.Sentence),
            sentences.FindIndex(s => s.StartsWith("Reason ", StringComparison.Ordinal)),
            sentences.FindIndex(s => s.StartsWith("If nothing is done, ", StringComparison.Ordinal)),
            sentences.FindIndex(s => s.StartsWith("The newest sample was ", StringComparison.Ordinal)),
            sentences.FindIndex(s => s.StartsWith("The gate says of it for CPU work: good enough; ", StringComparison.Ordinal)),
            sentences.FindIndex(s => s.StartsWith("Adds: mode recommend", StringComparison.Ordinal)),
        ];
        Assert.Equal(0, places[0]);
        Assert.Equal(places.Order(), places);
        Assert.Distinct(places);
    }

    [Fact]
    public void Risk_IsSaidInOneSentence()
    {
        var record = new Scene().Group(1, members: 4, demand: 2).Decide() with
        {
            Risk = new(0.62, At(8, 35), At(9, 20), ShortUnits: 2.1, ShortUnitHours: 0.6, Overload: 0.004),
        };

        var sentences = DecisionSentences.Explain(record);

        Assert.Contains(
            "If nothing is done, 2.1 units are short between 08:35 and 09:20 UTC with a probability of 62 %.", sentences);
        Assert.Contains(
            "That is 0.6 unit-hours to be expected; the probability that the hard limit is passed is less than 1 %.",
            sentences);

        static DateTimeOffset At(int hour, int minute) => new(2026, 3, 4, hour, minute, 0, TimeSpan.Zero);
    }

    [Fact]
    public void Loser_IsToldTheWinnerAndItsNeed()
    {
        var plan = new Scene()
            .Group(1, members: 4, demand: 2.8, forecast: 3.4, policy: p => p with { Priority = 3 })
            .Group(2, members: 4, demand: 2.8, forecast: 3.4, policy: p => p with { Priority = 1 })
            .Pool(1)
            .Plan();

        var lost = plan.Decisions[0].Lost!;

        Assert.Equal(("FREE101", 2, 1, 3), (lost.Serial.Value, lost.Winner.Value, lost.WinnerPriority, lost.Priority));
        Assert.Null(plan.Decisions[1].Lost);
        Assert.Equal(
            [
                "SGM FREE101 went to SG 2, which has priority 1 where SG 1 has 3; the lower number is served first.",
                $"The need of SG 2: {plan.Decisions[1].Sentence}",
            ],
            DecisionSentences.Explain(plan.Decisions[0]).TakeLast(2));
    }

    [Fact]
    public void LoserOfASparedSgm_IsToldTheWinnerToo()
    {
        var plan = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 4, demand: 2, forecast: 3.4, policy: p => p with { Priority = 3 })
            .Group(3, members: 6, demand: 1.5)
            .Plan();

        var loser = plan.Decisions[1];

        Assert.Equal(DecisionAction.MoveIn, plan.Decisions[0].Action);
        Assert.Equal(("G3M06", 1), (loser.Lost?.Serial.Value, loser.Lost?.Winner.Value));
    }

    [Fact]
    public void RecordOfAnEarlierRelease_IsReadAndExplained()
    {
        var record = DecisionRiskTests.Peak(top: 4.2).Decide();
        var json = JsonNode.Parse(DecisionJson.Write(record))!.AsObject();
        foreach (var name in new[] { "risk", "forecast", "forecastProblem", "modeOut", "modeIn", "lost" })
        {
            json.Remove(name);
        }

        var old = JsonSerializer.Deserialize(json.ToJsonString(), LedgerJson.Default.DecisionRecord)!;

        Assert.Null(old.Risk);
        Assert.Equal(record.Sentence, DecisionSentences.Explain(old)[0]);
        Assert.DoesNotContain(DecisionSentences.Explain(old), s => s.Contains("nothing is done", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryReason_IsInTheTableOfTheDocumentation()
    {
        var rows = Repository.Read("docs/policies.md")
            .Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal) && l.Split('`')[1].All(c => c is '_' || char.IsUpper(c)))
            .Select(l => (Code: l.Split('`')[1], Meaning: l.Split('|')[2].Trim()));

        Assert.Equal(
            Enum.GetValues<ReasonCode>().Select(r => (ReasonCodes.ToCode(r), ReasonCodes.Describe(r))).Order(),
            rows.Order());
    }

    [Fact]
    public void EveryRecord_CanBeExplainedAndKeptAsJson() => RandomScenes.Check(300, input =>
    {
        foreach (var record in ScalingPlanner.Plan(input).Decisions)
        {
            Assert.All(DecisionSentences.Explain(record), s => Assert.False(string.IsNullOrWhiteSpace(s)));

            // No NaN anywhere, which JSON cannot say.
            var json = JsonSerializer.Serialize(record);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<DecisionRecord>(json)));
        }
    });
}
