using System.Reflection;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Maestro.Telemetry.Tests.Service;

public sealed class SectionReaderTests
{
    [Fact]
    public void Read_GroupWhoseIdIsNoNumber_IsNotLeftOutInSilence()
    {
        var (_, errors) = Read<FabricOptions>(
            ("Maestro:Fabric:Groups:0:Id", "1"), ("Maestro:Fabric:Groups:1:Id", "two"), ("Maestro:Fabric:Groups:1:Minimum", "0"));

        Assert.Equal(2, errors.Count);
        Assert.Contains(errors, e => e.StartsWith("Maestro:Fabric:Groups:1:Id is 'two'; it cannot be read: ", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Maestro:Fabric:Groups:1:Minimum is 0; it must be", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_WhatTheSectionRefuses_IsToldUnderItsOwnName()
    {
        var (options, errors) = Read<IngestOptions>(("Maestro:Ingest:QueueBatches", "0"), ("Maestro:Ingest:CommitRows", "7000"));

        Assert.Equal("Maestro:Ingest:QueueBatches is 0; it must be from 1 to 65536.", Assert.Single(errors));
        Assert.Equal(7_000, options.CommitRows);
    }

    [Fact]
    public void Read_NothingThere_GivesTheDefaults() => Assert.Empty(Read<FabricOptions>().Errors);

    [Fact]
    public void EverySetting_ThatIsNoText_IsRefusedWhenItIsNoValueOfItsType()
    {
        var refuse = typeof(SectionReaderTests).GetMethod(nameof(RefusesAll), BindingFlags.NonPublic | BindingFlags.Static)!;
        var keys = typeof(ISection).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(ISection)))
            .Sum(section => (int)refuse.MakeGenericMethod(section).Invoke(null, null)!);

        Assert.True(keys > 100, $"only {keys} settings were found");
    }

    private static int RefusesAll<T>()
        where T : class, ISection, new()
    {
        var keys = TypedKeys(typeof(T), T.SectionName).ToList();
        foreach (var key in keys)
        {
            var (_, errors) = Read<T>((key, "no such value"));
            Assert.True(
                errors.Any(e => e.StartsWith($"{key} is 'no such value'; it cannot be read: ", StringComparison.Ordinal)),
                $"{key}: {string.Join(' ', errors)}");
        }

        return keys.Count;
    }

    private static IEnumerable<string> TypedKeys(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var key = $"{path}:{property.Name}";
            var of = property.PropertyType;
            if (Nullable.GetUnderlyingType(of) is null && of.GetGenericArguments() is [var item])
            {
                (key, of) = ($"{key}:0", item);
            }

            foreach (var typed in Leaves(of, key))
            {
                yield return typed;
            }
        }
    }

    private static IEnumerable<string> Leaves(Type type, string key) =>
        type == typeof(string) || type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? []
        : (Nullable.GetUnderlyingType(type) ?? type).IsValueType ? [key]
        : TypedKeys(type, key);

    private static (T Options, IReadOnlyList<string> Errors) Read<T>(params (string Key, string Value)[] settings)
        where T : class, ISection, new()
    {
        var errors = new SettingErrors("Maestro");
        return (SectionReader.Read<T>(Configuration(settings), errors), errors.All);
    }

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
        .Build();
}
