using System.Text.Json;
using Maestro.Telemetry.Scaling;

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
