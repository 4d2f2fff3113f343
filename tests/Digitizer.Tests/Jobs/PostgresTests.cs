namespace Digitizer.Tests.Jobs;

/// <summary>Tests that share the server; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
