using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>Values of the core as messages of the control API.</summary>
internal static class WireMapping
{
    public static Wire.PauseState ToWire(IReadOnlyList<PauseRecord> pauses)
    {
        var state = new Wire.PauseState();
        state.Pauses.AddRange(pauses.Select(p => new Wire.Pause
        {
            Group = p.Group?.Value ?? 0,
            Actor = p.Actor,
            Reason = p.Reason,
            Since = p.Since.ToTimestamp(),
            Until = p.Until?.ToTimestamp(),
            Direction = (Wire.PauseDirection)p.Direction,
            Site = p.Site?.Value ?? 0,
        }));
        return state;
    }

    public static Wire.Command ToWire(ScalingCommand command)
    {
        var wire = new Wire.Command
        {
            Id = command.Id,
            Kind = command.Kind.ToString(),
            Serial = command.Serial.Value,
            FromGroup = command.From?.Value ?? 0,
            ToGroup = command.To?.Value ?? 0,
            State = command.State.ToString(),
            Reason = command.Reason,
            CreatedAt = command.CreatedAt.ToTimestamp(),
            UpdatedAt = command.UpdatedAt.ToTimestamp(),
            ExpiresAt = command.ExpiresAt.ToTimestamp(),
            DecisionId = command.DecisionId,
        };
        wire.Steps.AddRange(command.Steps.Select(s => new Wire.CommandStep
        {
            Time = s.Time.ToTimestamp(),
            State = s.State.ToString(),
            Note = $"{s.Actor}: {s.Note}",
        }));
        return wire;
    }

    public static Wire.Decision ToWire(DecisionRecord decision) => new()
    {
        Id = decision.Id,
        Time = decision.Time.ToTimestamp(),
        Group = decision.Group.Value,
        Action = decision.Action.ToString(),
        ReasonCode = ReasonCodes.ToCode(decision.Reason),
        Sentence = decision.Sentence,
        Members = decision.Members,
        Desired = decision.Desired,
        Serial = decision.Serial?.Value ?? "",
        RecordJson = DecisionJson.Write(decision),
    };

    public static Wire.Forecast ToWire(DemandForecast forecast, TimeSeries history)
    {
        var wire = new Wire.Forecast
        {
            Group = forecast.Group.Value,
            Resource = ResourceNames.ToName(forecast.Resource),
            Model = forecast.Model,
            IssuedAt = forecast.IssuedAt.ToTimestamp(),
            Step = forecast.Step.ToDuration(),
            Trusted = forecast.Trust.Trusted,
            TrustReason = forecast.Trust.Reason,
        };
        wire.Levels.AddRange(forecast.Levels);
        wire.Values.AddRange(forecast.Marginal.ToArray());
        for (var i = 0; i < history.Count; i++)
        {
            if (double.IsFinite(history.Values.Span[i]))
            {
                wire.History.Add(new Wire.TimedValue
                {
                    Time = history.TimeAt(i).ToTimestamp(),
                    Value = history.Values.Span[i],
                });
            }
        }

        return wire;
    }
}
