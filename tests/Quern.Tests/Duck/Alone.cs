namespace Quern.Tests.Duck;

/// <summary>Tests that measure the whole process: they run when no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
