namespace Quern.Projects.Context;

/// <summary>A yes or no for each part of a relation's name.</summary>
sealed record NameParts(bool Database, bool Schema, bool Identifier)
{
    public static NameParts All { get; } = new(true, true, true);

    public NameParts With(bool? database, bool? schema, bool? identifier) =>
        new(database ?? Database, schema ?? Schema, identifier ?? Identifier);
}
